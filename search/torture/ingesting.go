package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// built lays out a site and builds it.
func (c *harness) built(ctx context.Context, pages int) (state string, err error) {
	if err := c.found(pages); err != nil {
		return "", err
	}
	if !c.ingest(ctx) {
		return "", fmt.Errorf("the site cannot be built at all")
	}
	return c.state(ctx), nil
}

// killsOfOneEdit is how often, at most, a build of the same edit is killed.
const killsOfOneEdit = 5

// kills ends ingest at random.
func kills(ctx context.Context, c *harness) error {
	state, err := c.built(ctx, 8)
	if err != nil {
		return err
	}
	usual := 600 * time.Millisecond
	for c.next(ctx) {
		if err := c.edit(); err != nil {
			return err
		}
		var between []string
		for range killsOfOneEdit {
			cmd := exec.CommandContext(ctx, c.binary, "--data", c.data(), "ingest", c.site())
			start := time.Now()
			if err := cmd.Start(); err != nil {
				return err
			}
			deadline := time.AfterFunc(time.Duration(c.random.Int64N(int64(usual))), func() { cmd.Process.Kill() })
			ended := cmd.Wait()
			deadline.Stop()
			if took := time.Since(start); ended == nil { // it was done before
				usual = (usual + took) / 2
				break
			}
			c.rounds++
			usual += usual / 50
			between = append(between, c.state(ctx))
		}
		state = c.settled(ctx, state, between...)
		if c.random.IntN(20) == 0 {
			c.fresh(ctx)
		}
	}
	return nil
}

// callKills ends ingest at a system call.
func callKills(ctx context.Context, c *harness) error {
	return c.traced(ctx, func() string {
		call := pick(c, []string{"openat", "write", "pwrite64", "fsync", "renameat", "unlinkat", "mkdirat", "ftruncate", "mmap",
			"close", "flock", "fchmodat", "getdents64"})
		return fmt.Sprintf("%s:signal=SIGKILL:when=%d", call, 1+c.random.IntN(1<<c.random.IntN(8)))
	})
}

// failures makes a system call of ingest fail. Those that the language's own runtime needs are left out.
func failures(ctx context.Context, c *harness) error {
	return c.traced(ctx, func() string {
		call := pick(c, []string{"pwrite64", "fsync", "renameat", "unlinkat", "mkdirat", "ftruncate", "fchmodat", "getdents64",
			"newfstatat", "fallocate", "flock"})
		return fmt.Sprintf("%s:error=%s:when=%d+", call, pick(c, []string{"EIO", "ENOSPC", "EACCES"}), 1+c.random.IntN(1<<c.random.IntN(7)))
	})
}

// traced runs ingest under strace, which does something to it at a call.
func (c *harness) traced(ctx context.Context, what func() string) error {
	strace, err := exec.LookPath("strace")
	if err != nil {
		return fmt.Errorf("%w: strace is not installed", errUnable)
	}
	state, err := c.built(ctx, 6)
	if err != nil {
		return err
	}
	for c.next(ctx) {
		if err := c.edit(); err != nil {
			return err
		}
		inject := what()
		call, _, _ := strings.Cut(inject, ":")
		var between []string
		for range killsOfOneEdit {
			r := c.exec(ctx, strace, "-f", "-qq", "-o", os.DevNull, "-e", "trace="+call, "-e", "inject="+inject, c.binary,
				"--data", c.data(), "ingest", c.site())
			if r.code == 0 { // of no consequence
				break
			}
			c.rounds++
			between = append(between, c.state(ctx))
			inject = what()
			call, _, _ = strings.Cut(inject, ":")
		}
		state = c.settled(ctx, state, between...)
		if c.random.IntN(20) == 0 {
			c.fresh(ctx)
		}
	}
	return nil
}

// fullDisk builds where there is not enough room.
func fullDisk(ctx context.Context, c *harness) error {
	if err := c.found(8); err != nil {
		return err
	}
	if err := os.Mkdir(c.data(), 0o755); err != nil {
		return err
	}
	for c.next(ctx) {
		if err := c.edit(); err != nil {
			return err
		}
		size := 40 + c.random.IntN(400)
		if out, err := exec.CommandContext(ctx, "mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dk", size), "tmpfs",
			c.data()).CombinedOutput(); err != nil {
			return fmt.Errorf("%w: no tmpfs can be mounted: %s", errUnable, firstLine(string(out)))
		}
		r := c.call(ctx, "ingest", c.site())
		before := c.state(ctx)
		if r.code != 0 && before != "" {
			c.count(lost, "ingest failed on a full disk, and yet there is a generation")
		}
		err := c.roomier(ctx, before, r.code != 0)
		if out, err := exec.Command("umount", c.data()).CombinedOutput(); err != nil {
			return fmt.Errorf("unmount %s: %s", c.data(), firstLine(string(out)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// roomier fills the disk up behind a generation, and then gives it room.
func (c *harness) roomier(ctx context.Context, before string, failed bool) error {
	if failed {
		c.rounds++
	}
	if out, err := exec.CommandContext(ctx, "mount", "-o", "remount,size=8m", c.data()).CombinedOutput(); err != nil {
		return fmt.Errorf("make room: %s", firstLine(string(out)))
	}
	state := c.settled(ctx, before)
	if err := c.edit(); err != nil {
		return err
	}
	filler := filepath.Join(c.data(), "cache", "filler")
	if err := os.WriteFile(filler, make([]byte, 7<<20+c.random.IntN(900<<10)), 0o644); err != nil {
		return nil // full already
	}
	if r := c.call(ctx, "ingest", c.site()); r.code != 0 {
		c.rounds++
	}
	between := c.state(ctx)
	if err := os.Remove(filler); err != nil {
		return err
	}
	if between == "" {
		c.count(lost, "the generation is gone that was there when the disk was full")
	}
	if between != state { // the build had room after all
		state = between
	}
	c.settled(ctx, state)
	return nil
}

// edits compares builds on what was there with builds from nothing. The site is large enough for an edit to leave most of the index.
func edits(ctx context.Context, c *harness) error {
	if _, err := c.built(ctx, 60); err != nil {
		return err
	}
	for c.next(ctx) {
		for range 1 + c.random.IntN(3) {
			if err := c.edit(); err != nil {
				return err
			}
		}
		if c.ingest(ctx) {
			c.rounds++
			c.fresh(ctx)
			c.whole(ctx)
		}
	}
	return nil
}

// manners are the ways in which a file is damaged; each returns what it makes of the bytes.
var manners = []struct {
	name string
	do   func(c *harness, b []byte) []byte
}{
	{"a bit flipped", func(c *harness, b []byte) []byte { b[c.random.IntN(len(b))] ^= 1 << c.random.IntN(8); return b }},
	{"cut short", func(c *harness, b []byte) []byte { return b[:c.random.IntN(len(b))] }},
	{"emptied", func(*harness, []byte) []byte { return nil }},
	{"a stretch of zeros", func(c *harness, b []byte) []byte {
		at := c.random.IntN(len(b))
		clear(b[at:min(len(b), at+4096)])
		return b
	}},
	{"random bytes", func(c *harness, b []byte) []byte {
		at := c.random.IntN(len(b))
		for i := at; i < min(len(b), at+64); i++ {
			b[i] = byte(c.random.Uint32())
		}
		return b
	}},
	{"longer", func(c *harness, b []byte) []byte { return append(b, make([]byte, 1+c.random.IntN(5000))...) }},
	{"twice over", func(c *harness, b []byte) []byte { return append(b, b...) }},
	{"turned round", func(c *harness, b []byte) []byte { slices.Reverse(b); return b }},
}

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/search/store"
)

// patience is how long a command may take, on a machine that has much else to do.
const patience = 5 * time.Minute

// result is what came of a command.
type result struct {
	code     int // -1 if it was killed
	out, err string
}

var fault = regexp.MustCompile(`(?m)^(?:panic: |fatal error: |goroutine \d+ \[|SIG[A-Z]+: )|unexpected fault address|a fault of rapporteur`)

// call runs the program on the harness's data folder. What ends by its own fault, or does not end, is counted.
func (c *harness) call(ctx context.Context, args ...string) result {
	return c.exec(ctx, append([]string{c.binary, "--data", c.data()}, args...)...)
}

func (c *harness) exec(ctx context.Context, words ...string) result {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(limited, words[0], words[1:]...)
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &errs, time.Second
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	err := cmd.Run()
	r := result{0, out.String(), errs.String()}
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil: // we are to stop
		r.code = -1
	case limited.Err() != nil:
		c.count(hung, "%s", strings.Join(words, " "))
		r.code = -1
	case errors.As(err, &ended):
		r.code = ended.ExitCode()
	case err != nil:
		r.code = -1
	}
	if at := fault.FindStringIndex(r.err); at != nil {
		c.count(panicked, "%s: %s", strings.Join(words, " "), firstLine(r.err[at[0]:]))
	}
	return r
}

func (c *harness) data() string { return filepath.Join(c.dir, "data") }
func (c *harness) site() string { return filepath.Join(c.dir, "site") }

// ingest builds the site; that must work.
func (c *harness) ingest(ctx context.Context) bool {
	r := c.call(ctx, "ingest", c.site())
	if r.code != 0 && ctx.Err() == nil {
		c.count(lost, "ingest fails: %s", firstLine(r.err))
	}
	return r.code == 0
}

// state is the digest of all that the current generation says; "" if there is none.
func (c *harness) state(ctx context.Context) string {
	r := c.call(ctx, "export", "--format", "nquads")
	if r.code != 0 {
		return ""
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(r.out)))[:16]
}

// settled brings the site to its generation after something went wrong on the way from the state before, and counts what does
// not hold: in between there was the state before or the state after, and afterwards all is whole, and nothing is left over.
func (c *harness) settled(ctx context.Context, before string, between ...string) (after string) {
	if between == nil {
		between = []string{c.state(ctx)}
	}
	if !c.ingest(ctx) {
		return ""
	}
	after = c.state(ctx)
	if ctx.Err() != nil {
		return after
	}
	for _, state := range between {
		switch {
		case state == "" && before != "":
			c.count(lost, "no generation could be read")
		case state != before && state != after:
			c.count(mixed, "the answers are neither those of before nor those of after")
		}
	}
	c.whole(ctx)
	return after
}

// whole holds that the data folder is as a finished build leaves it.
func (c *harness) whole(ctx context.Context) {
	if r := c.call(ctx, "check"); r.code != 0 && ctx.Err() == nil {
		c.count(lost, "check: %s", firstLine(r.out+r.err))
	}
	c.tidy()
}

// fresh holds that the current generation is what a build from nothing gives: file by file, and of the index, whose bytes are
// those of its library, answer by answer.
func (c *harness) fresh(ctx context.Context) {
	other := *c
	other.dir = filepath.Join(c.dir, "fresh")
	defer os.RemoveAll(other.dir)
	r := c.exec(ctx, c.binary, "--data", other.data(), "ingest", c.site())
	if r.code != 0 {
		if ctx.Err() == nil {
			c.count(lost, "a build from nothing fails: %s", firstLine(r.err))
		}
		return
	}
	mine, err := manifest(c.data())
	theirs, err2 := manifest(other.data())
	if err := errors.Join(err, err2); err != nil {
		c.count(lost, "%v", err)
		return
	}
	if d := cmp.Diff(theirs, mine); d != "" {
		c.count(lost, "the build differs from one from nothing (-):\n%s", d)
	}
	for _, words := range []string{pick(c, subjects), pick(c, speakers), pick(c, bodies) + " " + pick(c, subjects)} {
		args := []string{"search", "--format", "json", "--limit", "100", words}
		here, there := c.call(ctx, args...), c.exec(ctx, append([]string{c.binary, "--data", other.data()}, args...)...)
		if took.ReplaceAllString(here.out, "") != took.ReplaceAllString(there.out, "") && ctx.Err() == nil {
			c.count(lost, "other answers to %q than from a build from nothing", words)
		}
	}
}

var took = regexp.MustCompile(`"took_ms": [^,\n]*`)

// manifest is that of the current generation, which holds the hash of each file, without the files of the index: of two builds these
// differ, and answer alike.
func manifest(data string) (*store.Manifest, error) {
	id, err := os.ReadFile(filepath.Join(data, "CURRENT"))
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(data, "generations", strings.TrimSpace(string(id)), "manifest.json"))
	if err != nil {
		return nil, err
	}
	m := &store.Manifest{}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, err
	}
	m.Sum = ""
	m.Files = slices.DeleteFunc(m.Files, func(f store.File) bool { return strings.HasPrefix(f.Path, "index/") })
	return m, nil
}

// tidy counts what does not belong into a data folder.
func (c *harness) tidy() {
	generations := 0
	err := filepath.WalkDir(c.data(), func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path, err := filepath.Rel(c.data(), name)
		if err != nil {
			return err
		}
		switch depth := strings.Split(filepath.ToSlash(path), "/"); {
		case depth[0] == "." || len(depth) > 2:
		case len(depth) == 1 && slices.Contains([]string{"CURRENT", "lock", "cache", "generations", "places.json"}, depth[0]):
		case path == filepath.Join("cache", "drafts"), path == filepath.Join("cache", "asks"):
		case depth[0] == "generations" && len(depth) == 2 && depth[1][0] != '.':
			if generations++; generations > 2 {
				c.count(leaked, "more than two generations are kept")
			}
		default:
			c.count(leaked, "%s is left over", path)
		}
		return nil
	})
	if err != nil {
		c.count(lost, "%v", err)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

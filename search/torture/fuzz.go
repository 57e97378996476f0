package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	target     = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)
	executions = regexp.MustCompile(`execs: (\d+)`)
)

// fuzz runs all fuzz targets of the module that it is started in, one after the other, each for its share of the time.
func fuzz(ctx context.Context, c *harness) error {
	if _, err := exec.LookPath("go"); err != nil {
		return fmt.Errorf("%w: Go is not installed", errUnable)
	}
	if _, err := os.Stat("go.mod"); err != nil {
		return fmt.Errorf("%w: start it in the source's folder", errUnable)
	}
	type found struct{ dir, name string }
	var all []found
	for _, top := range []string{"ingest", "index", "graph", "search", "cmd"} {
		files, err := filesBelow(top)
		if err != nil {
			return err
		}
		for _, name := range files {
			if !strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			for _, m := range target.FindAllSubmatch(text, -1) {
				all = append(all, found{filepath.Dir(name), string(m[1])})
			}
		}
	}
	if len(all) == 0 {
		return fmt.Errorf("%w: no fuzz targets here", errUnable)
	}
	// Building takes minutes on a small machine, and is no part of the time: each target has its share, or a second at least.
	length, built := time.Until(c.end), map[string]string{} // programs, by folder
	for _, t := range all {
		if built[t.dir] != "" || ctx.Err() != nil {
			continue
		}
		built[t.dir] = filepath.Join(c.dir, strings.ReplaceAll(filepath.ToSlash(t.dir), "/", "-")+".test")
		cmd := exec.CommandContext(ctx, "go", "test", "-c", "-fuzz", "^Fuzz", "-o", built[t.dir], "./"+filepath.ToSlash(t.dir))
		out, err := cmd.CombinedOutput()
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("%w: the tests of %s cannot be built: %s", errUnable, t.dir, lastLines(string(out), 10))
		}
	}
	share := max(length/time.Duration(len(all)), time.Second)
	for _, t := range all {
		length := share.Round(time.Second).String()
		if c.most > 0 {
			length = fmt.Sprintf("%dx", c.most)
		}
		cmd := exec.CommandContext(ctx, built[t.dir], "-test.run", "^$", "-test.fuzz", "^"+t.name+"$", "-test.fuzztime", length,
			"-test.parallel", "1", "-test.fuzzcachedir", filepath.Join(c.dir, "inputs"))
		cmd.Dir = t.dir
		out, err := cmd.CombinedOutput()
		n := 0
		for _, m := range executions.FindAllSubmatch(out, -1) {
			n, _ = strconv.Atoi(string(m[1])) // digits
		}
		c.rounds += n
		fmt.Fprintf(c.told, "%s %s: %d executions\n", t.dir, t.name, n)
		if err != nil && ctx.Err() == nil {
			c.count(panicked, "%s %s: %s", t.dir, t.name, lastLines(string(out), 30))
		}
	}
	return nil
}

func lastLines(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Every command has help that fits a terminal of 80 columns, and says in its first line what it does.
func TestHelp(t *testing.T) {
	var commands [][]string
	var collect func(c *cobra.Command, path []string)
	collect = func(c *cobra.Command, path []string) {
		commands = append(commands, path)
		for _, sub := range c.Commands() {
			if !sub.IsAvailableCommand() && sub.Name() != "help" || sub.GroupID == "" {
				continue
			}
			if sub.Short == "" || sub.Long == "" || strings.HasSuffix(sub.Short, ".") {
				t.Errorf("%s wants a short line without a full stop, and a long text", sub.CommandPath())
			}
			collect(sub, append(path[:len(path):len(path)], sub.Name()))
		}
	}
	collect(newRootCommand(newApp(nil, new(bytes.Buffer), new(bytes.Buffer), noEnv)), nil)
	if len(commands) < 5 {
		t.Fatalf("only %d commands", len(commands))
	}
	for _, path := range commands {
		var out, errs bytes.Buffer
		if code := newApp(nil, &out, &errs, noEnv).run(context.Background(), append(path, "--help")); code != exitDone || errs.Len() > 0 {
			t.Errorf("%v --help: exit code %d, %s", path, code, errs.String())
		}
		for line := range strings.Lines(out.String()) {
			if w := width(strings.TrimRight(line, "\n")); w > 80 {
				t.Errorf("%v --help has a line of %d columns: %s", path, w, line)
			}
		}
	}
}

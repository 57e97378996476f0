package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the scripts' cmp commands found into the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rapporteur": func() { os.Exit(run()) }})
}

// The scripts read like a terminal: "rapporteur ..." runs the program. $SITE is the invented site of testdata, $REPO
// the repository, "exits N command..." holds a command to its exit code, and "transcript FILE" holds the console
// sessions of a Markdown file to what the program says.
func TestScript(t *testing.T) {
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	built := &builtSite{dir: t.TempDir()}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPO", repo)
			env.Setenv("SITE", filepath.Join(repo, "testdata", "site"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "transcript": transcript, "built": built.copy},
	})
}

// builtSite is the data folder of the invented site.
type builtSite struct {
	once sync.Once
	dir  string
}

// copy puts the data folder of the invented site into the folder given.
func (b *builtSite) copy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: built DIR")
	}
	b.once.Do(func() { ts.Check(ts.Exec("rapporteur", "ingest", "--data", b.dir, ts.Getenv("SITE"))) })
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(b.dir)))
}

// exits runs a command, and fails unless it ends with the exit code given. Its output is there for "stdout" and "stderr".
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// measured is what differs from run to run in what the program prints.
var measured = regexp.MustCompile(`\d+\.\d+ m?s\b`)

// transcript runs the lines that start with "$ " in the ```console blocks of a file, and compares what follows each with
// what the command prints. With -update it writes what the commands print into the file.
func transcript(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: transcript FILE")
	}
	text, err := os.ReadFile(args[0])
	ts.Check(err)
	var out strings.Builder
	var said string // what the last command printed
	inside, ran := false, 0
	for line := range strings.Lines(string(text)) {
		command, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case inside && (isCommand || strings.HasPrefix(line, "```")):
			out.WriteString(said)
			said = ""
			out.WriteString(line)
			if !isCommand {
				inside = false
				break
			}
			ran++
			fields := strings.Fields(command)
			if strings.ContainsAny(command, `"'|`) {
				fields = []string{"sh", "-c", command}
			}
			ts.Check(ts.Exec(fields[0], fields[1:]...))
			said = ts.ReadFile("stdout")
		case inside: // what it said when the file was written
		default:
			inside = strings.HasPrefix(line, "```console")
			out.WriteString(line)
		}
	}
	if ran == 0 {
		ts.Fatalf("%s holds no ```console block with a command", args[0])
	}
	if *update {
		ts.Check(os.WriteFile(args[0], []byte(out.String()), 0o644))
		return
	}
	want, got := measured.ReplaceAllString(string(text), "N"), measured.ReplaceAllString(out.String(), "N")
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		ts.Fatalf("%s is not what the program says any more (go test ./cmd/rapporteur -run Script -update writes it anew):\n%s", args[0], diff)
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"rapporteur/search/answer"

	"rapporteur/ingest/pipeline"
	"rapporteur/search"

	"github.com/spf13/cobra"
)

// The exit codes of the program.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitSkipped = 3 // done, but some pages were skipped (--strict)
	exitNothing = 4 // nothing found
)

// What commands return to end with a code of its own; app.exit knows them. They are wrapped with what was being done.
var (
	errUsage   = errors.New("wrong usage")
	errSkipped = errors.New("some pages were skipped")
	errNothing = errors.New("nothing found")
)

// usagef makes an error that ends the program with exit code 2.
func usagef(format string, args ...any) error {
	return &saidError{errUsage, fmt.Sprintf(format, args...)}
}

// nothingf makes an error that ends the program with exit code 4. The message is printed as it is.
func nothingf(format string, args ...any) error {
	return &saidError{errNothing, fmt.Sprintf(format, args...)}
}

// saidError is a sentinel in the words of its occasion.
type saidError struct {
	is   error
	said string
}

func (e *saidError) Error() string { return e.said }
func (e *saidError) Unwrap() error { return e.is }

// app is what all commands share: where they read and write, and the data folder.
type app struct {
	in       io.Reader
	out, err io.Writer // cleaned of what steers a terminal
	raw      io.Writer // out, for what is no text
	bar      io.Writer // err, for what moves on the terminal
	env      func(string) string
	dataFlag string
	verbose  bool // tell how long each stage takes
	profiles profiles
	program  string           // its hash, once it was asked for
	memory   *pipeline.Memory // of a server that ingests again and again
	ran      bool             // a command's RunE was reached: the command line was right

	terminal // of out
	errTerm  terminal
}

func newApp(in io.Reader, out, err io.Writer, env func(string) string) *app {
	a := &app{in: in, raw: out, bar: err, env: env, terminal: terminalOf(out, env), errTerm: terminalOf(err, env)}
	a.out, a.err = &cleaner{w: out, colour: a.colour}, &cleaner{w: err, colour: a.errTerm.colour}
	return a
}

// dataDir is the folder of the generations.
func (a *app) dataDir() string {
	for _, dir := range []string{a.dataFlag, a.env("RAPPORTEUR_DATA")} {
		if dir != "" {
			return dir
		}
	}
	return ".rapporteur"
}

// generation opens the current generation. The caller calls done when it has its answers.
func (a *app) generation() (g *search.Generation, done func(), err error) {
	store, err := search.Open(a.dataDir())
	if err != nil {
		return nil, nil, err
	}
	a.warn(store.Fault())
	g, release := store.Acquire()
	return g, func() { release(); store.Close() }, nil
}

// warn tells that answers come from an older generation, if they do.
func (a *app) warn(fault error) {
	if fault != nil {
		fmt.Fprintf(a.err, "rapporteur: answers come from an older generation: %s\n", fault)
	}
}

// started marks that the command line was understood: what fails from here on is not wrong usage. It profiles the run, if
// that was asked for.
func (a *app) started(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a.ran = true
		stop, err := a.profiles.start()
		if err != nil {
			return err
		}
		return errors.Join(run(cmd, args), stop())
	}
}

// run executes the command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	root := newRootCommand(a)
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	fmt.Fprintf(a.err, "rapporteur: %s\n", err)
	code := a.code(err)
	if code == exitUsage {
		fmt.Fprintf(a.err, "Try: %s --help\n", cmd.CommandPath())
	}
	return code
}

// code decides the exit code: here and nowhere else.
func (a *app) code(err error) int {
	var notFound *answer.NotFoundError
	var ambiguous *answer.AmbiguousError
	var query *answer.QueryError
	switch {
	case !a.ran, errors.Is(err, errUsage), errors.As(err, &query):
		return exitUsage
	case errors.Is(err, errSkipped):
		return exitSkipped
	case errors.Is(err, errNothing), errors.As(err, &notFound), errors.As(err, &ambiguous):
		return exitNothing
	}
	return exitFailed
}

// formatFlag adds --format with the formats that a command can write, the first being the default.
// Anything else is wrong usage.
func formatFlag(cmd *cobra.Command, format *string, formats ...string) {
	*format = formats[0]
	cmd.Flags().Var(&choice{format, formats}, "format", "one of "+strings.Join(formats, ", "))
}

// choice is a flag that takes one of several words.
type choice struct {
	value *string
	words []string
}

func (c *choice) String() string { return *c.value }
func (c *choice) Type() string   { return "word" }
func (c *choice) Set(s string) error {
	if !slices.Contains(c.words, s) {
		return fmt.Errorf("want one of %s", strings.Join(c.words, ", "))
	}
	*c.value = s
	return nil
}

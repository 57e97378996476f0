package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"runtime"

	"rapporteur/ingest/pipeline"
	"rapporteur/ingest/work"

	"github.com/spf13/cobra"
)

// WorkOptions are the flags of rapporteur work.
type WorkOptions struct {
	Places int
}

func newWorkCommand(a *app) *cobra.Command {
	var opts WorkOptions
	cmd := &cobra.Command{
		Use:   "work URL",
		Short: "Read pages that \"ingest --workers\" on other machines gives out",
		Long: `Takes pages from a queue and gives back what is found on them, until it is told to end. URL is
` + work.Form + `: NATS nodes with JetStream, and a name that is the same for "rapporteur ingest
SITE --workers URL". A worker needs neither the site's folder nor a data folder: pages travel as they were read, and what is found
on one depends on nothing else.

All machines must run the same build: another one is refused, and says so. If a worker is killed, the pages that it had go to
others. Where the nodes cannot be reached it waits for them.`,
		Example: "  rapporteur work nats://one:4222,two:4222,three:4222/our-pages",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runWork(cmd.Context(), a, opts, args[0])
		},
	}
	cmd.Flags().IntVar(&opts.Places, "pages", 0, "how many pages at a time (default as many as there are processors)")
	return cmd
}

func runWork(ctx context.Context, a *app, opts WorkOptions, where string) error {
	if opts.Places < 0 || opts.Places > work.MostOut {
		return usagef("--pages %d: from 1 to %d can be read at a time", opts.Places, work.MostOut)
	}
	if opts.Places == 0 {
		opts.Places = runtime.GOMAXPROCS(0)
	}
	defer letGarbageLie()()
	program, err := a.build()
	if err != nil {
		return err
	}
	drafter, err := pipeline.NewDrafter()
	if err != nil {
		return err
	}
	tell := func(text string) { fmt.Fprintf(a.err, "rapporteur: %s\n", text) }
	tell(fmt.Sprintf("this is %s; it reads pages, %d at a time", program, opts.Places))
	done, err := work.Work(ctx, where, work.Options{Program: program, Places: opts.Places, Do: drafter.Draft, Tell: tell})
	switch {
	case err != nil && !errors.Is(err, work.ErrRefused):
		return usagef("%s", err)
	case err != nil:
		return err
	}
	tell(fmt.Sprintf("%s read", counted(done, "page was", "pages were")))
	return nil
}

// build tells this program from those that might find something else on a page: by its bytes, and by how this machine calculates.
func (a *app) build() (work.Program, error) {
	if a.program == "" {
		var err error
		if a.program, err = programHash(); err != nil {
			return work.Program{}, err
		}
	}
	h := sha256.New()
	fmt.Fprintln(h, a.program)
	for i := range 64 { // some processors round the last bit in another way
		x := float64(i)/7 - 4.3
		fmt.Fprintln(h, math.Float64bits(math.Exp(x)), math.Float64bits(math.Log1p(math.Abs(x))), math.Float64bits(math.Tanh(x)))
	}
	return work.Program{ID: hex.EncodeToString(h.Sum(nil)), Version: version()}, nil
}

// ingestWorkers are the workers that an ingestion has, if any.
type ingestWorkers struct {
	a     *app
	queue *work.Queue
}

// workersAt looks for workers at a URL; "" has none.
func (a *app) workersAt(ctx context.Context, where string) (*ingestWorkers, error) {
	c := &ingestWorkers{a: a}
	if where == "" {
		return c, nil
	}
	program, err := a.build()
	if err != nil {
		return nil, err
	}
	c.queue, err = work.Open(ctx, where, program, func(text string) { fmt.Fprintf(a.err, "rapporteur: %s\n", text) })
	if err != nil {
		return nil, usagef("%s", err)
	}
	return c, nil
}

// others are what the pipeline gives pages to.
func (c *ingestWorkers) others() pipeline.Others {
	if c.queue == nil {
		return nil
	}
	return c.queue
}

// leave lets the workers go, and tells what they did.
func (c *ingestWorkers) leave() {
	if c.queue == nil {
		return
	}
	n := c.queue.Close()
	text := fmt.Sprintf("%s read by %s", counted(n.Back, "page was", "pages were"), counted(n.Workers, "worker", "workers"))
	if n.Given > n.Back {
		text += fmt.Sprintf(", %s given out and read here in the end", counted(n.Given-n.Back, "was", "were"))
	}
	if n.Large > 0 {
		text += fmt.Sprintf(", %s too large to be given out", counted(n.Large, "was", "were"))
	}
	fmt.Fprintf(c.a.err, "rapporteur: %s\n", text)
}

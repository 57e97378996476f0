package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"rapporteur/search/store"

	"rapporteur/search"
	"rapporteur/search/mcp"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"
)

func newMCPCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "mcp",
		Short: "Answer an assistant (Model Context Protocol on stdio)",
		Long: `Speaks the Model Context Protocol on standard input and output, so that an assistant can ask what was ingested. Tools:
search, profile, connections, path, recommendations, related; each answer cites the page, the words and their address.

In the settings of the assistant, give the command "rapporteur --data DIR mcp".`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runMCP(cmd.Context(), a) },
	}
}

func runMCP(ctx context.Context, a *app) (err error) {
	generations, err := search.Open(a.dataDir())
	if err != nil {
		return err
	}
	a.warn(generations.Fault())
	defer func() { err = errors.Join(err, generations.Close()) }()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go generations.Follow(ctx, followEvery, func(_ *store.Manifest, err error) {
		if err != nil {
			fmt.Fprintf(a.err, "rapporteur: stay with the generation that is open: %s\n", err)
		}
	})
	server := mcp.NewServer(func() (mcp.Generation, func()) { return generations.Acquire() }, version())
	err = server.Run(ctx, &sdk.IOTransport{Reader: io.NopCloser(a.in), Writer: writeCloser{a.raw}})
	if errors.Is(err, io.EOF) || ctx.Err() != nil {
		return nil // the assistant has gone
	}
	return err
}

// writeCloser is standard output, which is not ours to close.
type writeCloser struct{ io.Writer }

func (writeCloser) Close() error { return nil }

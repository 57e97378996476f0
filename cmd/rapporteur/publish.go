package main

import (
	"context"
	"fmt"

	"rapporteur/search/publish"

	"github.com/spf13/cobra"
)

// PublishOptions are the flags of rapporteur publish.
type PublishOptions struct {
	Format string
	Anew   bool
}

func newPublishCommand(a *app) *cobra.Command {
	var opts PublishOptions
	cmd := &cobra.Command{
		Use:   "publish URL",
		Short: "Put what was built into a store that other machines follow",
		Long: `Publishes the current generation to a store, from which "rapporteur serve --follow URL" takes it on any number of
machines. URL is ` + publish.Forms + `.

Only what has changed is sent. Readers have the generation before or the new one, never half of one; of two publishers
at the same time one wins, and the other is told. Where somebody is erased, all that knew them goes from the store too.

Keys are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for s3://, and from the file that NATS_CREDS or ?creds=
names for nats://.`,
		Example: "  rapporteur publish /mnt/shared/our-site\n  rapporteur publish nats://one:4222,two:4222,three:4222/our-site?replicas=3",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPublish(cmd.Context(), a, opts, args[0])
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	cmd.Flags().BoolVar(&opts.Anew, "anew", false, "send everything again, such as after a chunk in the store was damaged")
	return cmd
}

func runPublish(ctx context.Context, a *app, opts PublishOptions, where string) error {
	s, err := publish.Open(where)
	if err != nil {
		return usagef("%s", err)
	}
	defer s.Close()
	r, err := publish.Publish(ctx, s, a.dataDir(), publish.Options{Anew: opts.Anew})
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	switch {
	case opts.Format == "json":
		return printJSON(a.out, r)
	case r.UpToDate:
		fmt.Fprintf(a.out, "Generation %s is what is published there already.\n", r.Generation)
	default:
		fmt.Fprintf(a.out, "Published generation %s: %s sent in %s (the whole has %s in %s), %s removed.\n", r.Generation,
			kilobytes(r.Sent), counted(r.SentChunks, "chunk", "chunks"), kilobytes(r.Bytes), thousands(r.Chunks),
			counted(r.Removed, "object", "objects"))
	}
	return nil
}

func kilobytes(n int64) string { return thousands(int((n+999)/1000)) + " kB" }

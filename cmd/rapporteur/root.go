package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// The groups of commands in the help.
const (
	groupMake = "make"
	groupAsk  = "ask"
	groupTell = "tell"
)

// newRootCommand gathers the commands. One command is one file: newXCommand(*app) *cobra.Command for flags and help,
// XOptions for what they hold, runX(ctx, *app, XOptions, ...) for what is done.
func newRootCommand(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "rapporteur",
		Short: "Who spoke, for whom, about what, and what was recommended",
		Long: `rapporteur reads a folder of event pages (Jekyll, Hugo, Zola, 11ty), finds who spoke, for whom, about what,
and what was recommended, and answers questions about it, each answer with the sentence that says so.

Start with "rapporteur serve SITE", or "rapporteur ingest SITE" and then "rapporteur search WORDS".`,
		Version: version(),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				return usagef("there is no command %q; did you mean %s?", args[0], strings.Join(near, " or "))
			}
			return usagef("there is no command %q", args[0])
		},
		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true, // app.exit prints them, with the exit code
		SilenceUsage:               true,
		RunE:                       func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	root.Long = a.paragraphs(root.Long)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.PersistentFlags().StringVar(&a.dataFlag, "data", "",
		"`DIR` that holds what was built (default $RAPPORTEUR_DATA, else .rapporteur)")
	root.PersistentFlags().BoolVar(&a.verbose, "verbose", false, "tell how long each stage of reading a site takes")
	root.PersistentFlags().StringVar(&a.profiles.cpu, "cpuprofile", "", "write a profile of the processor's time to `FILE`")
	root.PersistentFlags().StringVar(&a.profiles.memory, "memprofile", "", "write a profile of the memory to `FILE`")
	root.SetVersionTemplate("rapporteur {{.Version}}\n")

	root.AddGroup(
		&cobra.Group{ID: groupMake, Title: "Read a site:"},
		&cobra.Group{ID: groupAsk, Title: "Ask:"},
		&cobra.Group{ID: groupTell, Title: "Publish:"},
	)
	add := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
			c.RunE = a.started(c.RunE)
			c.Args = inWords(c.Args)
			c.Long = a.paragraphs(c.Long)
			a.completes(c)
			root.AddCommand(c)
		}
	}
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages", fmt.Sprintf(".FlagUsagesWrapped %d", a.width)))
	add(groupMake,
		newInitCommand(a),
		newIngestCommand(a),
		newWorkCommand(a),
		newExtractCommand(a),
		newEvalCommand(a),
		newCheckCommand(a),
		newErasedCommand(a),
		newReviewCommand(a),
	)
	add(groupAsk,
		newSearchCommand(a),
		newShowCommand(a),
		newConnectionsCommand(a),
		newPathCommand(a),
		newGraphCommand(a),
		newRecommendationsCommand(a),
		newRelatedCommand(a),
	)
	add(groupTell,
		newServeCommand(a),
		newPublishCommand(a),
		newExportCommand(a),
		newMCPCommand(a),
		newSBOMCommand(a),
	)
	return root
}

// inWords says in words what a command wants that is given too few or too many arguments.
func inWords(check cobra.PositionalArgs) cobra.PositionalArgs {
	if check == nil {
		return nil
	}
	return func(cmd *cobra.Command, args []string) error {
		err := check(cmd, args)
		if err == nil || errors.Is(err, errUsage) {
			return err
		}
		use := cmd.Root().Name() + " " + cmd.Use
		if !strings.Contains(cmd.Use, " ") {
			return usagef("%s takes nothing but flags, not %q", cmd.Name(), args[0])
		}
		if len(args) == 0 {
			return usagef("%s is told too little: write %s", cmd.Name(), use)
		}
		return usagef("%s is told %s: write %s", cmd.Name(), counted(len(args), "thing", "things"), use)
	}
}

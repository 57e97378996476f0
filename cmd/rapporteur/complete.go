package main

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// maxCompletions is how many names a shell is offered.
const maxCompletions = 20

// named are the arguments and flags that take names of things, with the kinds of these; none stands for all.
var (
	namedArguments = map[string][]kinds.Kind{
		"show": nil, "connections": nil, "path": nil, "related": {kinds.Page},
	}
	namedFlags = map[string][]kinds.Kind{
		"person": {kinds.Person}, "organisation": {kinds.Organisation}, "topic": {kinds.Topic}, "country": {kinds.Country},
		"by": {kinds.Person, kinds.Organisation}, "addressee": {kinds.Organisation}, "with": {kinds.Person, kinds.Organisation},
	}
	wordFlags = map[string][]string{
		"genre":    genres(),
		"kind":     {"page", "event", "post", "project", "recommendation", "person", "organisation", "country", "topic"},
		"strength": {string(ingest.Must), string(ingest.Should), string(ingest.Could), string(ingest.Need)},
	}
)

func genres() []string {
	var out []string
	for _, g := range ingest.Genres {
		out = append(out, string(g))
	}
	return out
}

// completes teaches shells what a command takes: the words of its flags, and names of what was ingested.
func (a *app) completes(cmd *cobra.Command) {
	if of, ok := namedArguments[cmd.Name()]; ok {
		cmd.ValidArgsFunction = a.completeNames(of)
	}
	if cmd.Name() == "graph" {
		cmd.ValidArgsFunction = a.completeQuestion
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		complete := cobra.CompletionFunc(nil)
		if of, ok := namedFlags[f.Name]; ok {
			complete = a.completeNames(of)
		}
		if words, ok := wordFlags[f.Name]; ok {
			complete = cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
		}
		if c, ok := f.Value.(*choice); ok {
			complete = cobra.FixedCompletions(c.words, cobra.ShellCompDirectiveNoFileComp)
		}
		if complete == nil {
			return
		}
		if err := cmd.RegisterFlagCompletionFunc(f.Name, complete); err != nil {
			panic(err) // the flag is the command's own, and comes once
		}
	})
}

// completeQuestion offers the questions that the graph knows, and then names of what the chosen one starts from.
func (a *app) completeQuestion(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var questions []cobra.Completion
	var of []kinds.Kind
	for _, w := range search.Walks() {
		questions = append(questions, cobra.CompletionWithDesc(w.Name, w.Says))
		if len(args) > 0 && w.Name == args[0] {
			for _, kind := range w.From {
				of = append(of, kinds.Kind(kind))
			}
		}
	}
	switch {
	case len(args) == 0:
		return questions, cobra.ShellCompDirectiveNoFileComp
	case len(args) == 1 && len(of) > 0:
		return a.completeNames(of)(cmd, args, begun)
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// completeNames offers names of things of some kinds that begin so.
func (a *app) completeNames(of []kinds.Kind) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		g, done, err := a.generation()
		if err != nil { // nothing was ingested yet
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		defer done()
		found, err := g.Suggest(cmd.Context(), begun, maxCompletions)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var names []cobra.Completion
		for _, s := range found {
			wanted := len(of) == 0
			for _, k := range of {
				wanted = wanted || s.Kind == k
			}
			if wanted && strings.HasPrefix(strings.ToLower(s.Name), strings.ToLower(begun)) { // shells drop what begins otherwise
				names = append(names, cobra.CompletionWithDesc(s.Name, string(s.Kind)))
			}
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}

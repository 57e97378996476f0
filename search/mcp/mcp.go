// Package mcp answers the questions of package search over the Model Context Protocol, so that assistants can ask them.
// Every fact that a tool gives comes with citations: the page, the words that say it, and the address that opens them.
package mcp

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"rapporteur/search/answer"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"rapporteur/ingest"
)

// Finder answers what is typed.
type Finder interface {
	Search(context.Context, answer.Request) (*answer.Response, error)
	Recommendations(context.Context, answer.Request) ([]answer.Recommendation, int, error)
}

// Knower tells what is known of one thing. Lookup takes a name, an IRI, a path or a URL.
type Knower interface {
	Lookup(ctx context.Context, name string) (answer.Ref, error)
	Profile(context.Context, ingest.IRI) (*answer.Profile, error)
}

// Connector tells what belongs together.
type Connector interface {
	ConnectionsOf(ctx context.Context, name string, limit int) (of answer.Ref, all map[string][]answer.Connection, err error)
	Paths(ctx context.Context, from, to ingest.IRI, limit int) ([]answer.Path, error)
	Related(ctx context.Context, page ingest.IRI, limit int) (*answer.Related, error)
}

// Generation is one immutable build, open for questions.
type Generation interface {
	Finder
	Knower
	Connector
}

// Acquire gives the newest generation; it stays open until release is called.
type Acquire func() (gen Generation, release func())

const instructions = `This server knows the event pages of one site: who spoke, for whom, about what, and what was recommended.
Names may be written as people write them; where one is not clear, the error lists what was perhaps meant.
Cite what you use: every fact has the page, the words that say it, and a URL that opens them.`

// NewServer makes the server with its tools: search, profile, connections, path, recommendations and related.
func NewServer(acquire Acquire, version string) *sdk.Server {
	s := sdk.NewServer(&sdk.Implementation{Name: "rapporteur", Title: "rapporteur", Version: version},
		&sdk.ServerOptions{Instructions: instructions})
	add(s, acquire, "search", "Search pages, people, organisations, countries, topics and recommendations.", findAll)
	add(s, acquire, "profile", "All that is known of a person, an organisation, a topic or a country: affiliations, where it appeared, "+
		"what it recommended.", profile)
	add(s, acquire, "connections", "What a person, organisation, topic, country or any subject in words is connected with, by kind, "+
		"the strongest tie first.", connections)
	add(s, acquire, "path", "How two people, organisations, topics or countries are tied to each other, step by step.", path)
	add(s, acquire, "recommendations", "What was recommended, by whom and to whom; all of it, or what fits a query and filters.",
		recommendations)
	add(s, acquire, "related", "The pages most related to a page, with the reasons.", related)
	return s
}

// add registers a tool that only reads. A call holds one generation.
func add[In, Out any](s *sdk.Server, acquire Acquire, name, description string, ask func(context.Context, Generation, In) (Out, error)) {
	closed := false
	tool := &sdk.Tool{
		Name: name, Description: description,
		Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
	}
	sdk.AddTool(s, tool, func(ctx context.Context, _ *sdk.CallToolRequest, in In) (*sdk.CallToolResult, Out, error) {
		gen, release := acquire()
		defer release()
		out, err := whole(func() (Out, error) { return ask(ctx, gen, in) })
		return nil, out, plain(err)
	})
}

// whole lets a fault of the program break off one answer, and not the server.
func whole[Out any](ask func() (Out, error)) (out Out, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = &answer.FaultError{Cause: fmt.Sprint(cause), Stack: string(debug.Stack())}
		}
	}()
	return ask()
}

// plain words an error for whoever called the tool: the choices with their ids, so that the next call can be exact.
func plain(err error) error {
	var missing *answer.NotFoundError
	var ambiguous *answer.AmbiguousError
	switch {
	case errors.As(err, &missing) && len(missing.Nearest) > 0:
		return fmt.Errorf("nothing is called %q; perhaps one of: %s", missing.Name, choices(missing.Nearest))
	case errors.As(err, &ambiguous):
		return fmt.Errorf("%q names more than one thing; give the id of one of: %s", ambiguous.Name, choices(ambiguous.Choices))
	}
	return err
}

func choices(refs []answer.Ref) string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = fmt.Sprintf("%s (%s, %s)", r.Name, r.Kind, r.ID)
	}
	return strings.Join(out, "; ")
}

// clamp gives a number between 1 and most; missing if none was given.
func clamp(n, missing, most int) int {
	if n <= 0 {
		n = missing
	}
	return min(n, most)
}

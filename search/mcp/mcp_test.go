package mcp

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/search/searchtest"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
)

// connect builds an invented site and connects the SDK's client to a server over it.
func connect(t *testing.T) (*sdk.ClientSession, *ingest.Site) {
	t.Helper()
	site := invent.Site(60, 1)
	store := searchtest.Open(t, site)
	here, there := sdk.NewInMemoryTransports()
	server, err := NewServer(func() (Generation, func()) { return store.Acquire() }, "test").Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	client, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), there, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client, site
}

// call asks a tool, and reads its answer.
func call[Out any](t *testing.T, client *sdk.ClientSession, tool string, arguments any) Out {
	t.Helper()
	var out Out
	answer, err := client.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	if answer.IsError {
		t.Fatalf("%s: %s", tool, said(answer))
	}
	b, err := json.Marshal(answer.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return out
}

func said(answer *sdk.CallToolResult) string {
	var out strings.Builder
	for _, c := range answer.Content {
		if text, ok := c.(*sdk.TextContent); ok {
			out.WriteString(text.Text)
		}
	}
	return out.String()
}

// holds checks that citations stand on their pages: the quoted words are in the text, and the address leads to them.
func holds(t *testing.T, site *ingest.Site, what string, citations []Citation) {
	t.Helper()
	if len(citations) == 0 {
		t.Errorf("%s: nothing is cited", what)
	}
	for _, c := range citations {
		i := slices.IndexFunc(site.Records, func(r *ingest.Record) bool { return r.Path == c.Page })
		if i < 0 {
			t.Errorf("%s: there is no page %q", what, c.Page)
			continue
		}
		r := site.Records[i]
		text := fold.Space(r.Title + " " + r.Text)
		for _, part := range strings.Split(c.Quote, "…") {
			if part = fold.Space(part); part != "" && !strings.Contains(text, part) {
				t.Errorf("%s: %s does not say %q", what, c.Page, part)
			}
		}
		if u, err := url.Parse(c.URL); err != nil || !strings.HasPrefix(c.URL, r.URL) || c.Quote != "" &&
			!strings.Contains(u.EscapedFragment(), ":~:text=") {
			t.Errorf("%s: %q does not lead to the words on %s", what, c.URL, r.URL)
		}
	}
}

func TestTools(t *testing.T) {
	client, site := connect(t)
	list, err := client.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range list.Tools {
		names = append(names, tool.Name)
		if tool.Description == "" || tool.Annotations == nil || !tool.Annotations.ReadOnlyHint {
			t.Errorf("%s: %+v", tool.Name, tool)
		}
	}
	slices.Sort(names)
	if want := []string{"connections", "path", "profile", "recommendations", "related", "search"}; !slices.Equal(names, want) {
		t.Errorf("tools %q, want %q", names, want)
	}

	found := call[Found](t, client, "search", map[string]any{"query": "procurement", "limit": 5, "kinds": []string{"page"}})
	if found.Total == 0 || len(found.Results) != 5 {
		t.Errorf("search: %d of %d", len(found.Results), found.Total)
	}
	for _, r := range found.Results {
		holds(t, site, "search: "+r.Name, r.Citations)
	}

	person := site.Records[0].People[0].Name
	counts := map[kinds.Kind]int{}
	for _, query := range []string{person, site.Records[0].Organisations[0].Name, "transparency", "public bodies should"} {
		for _, r := range call[Found](t, client, "search", map[string]any{"query": query, "limit": 10}).Results {
			counts[r.Kind]++
			holds(t, site, "search: "+r.Name, r.Citations)
		}
	}
	if len(counts) < 4 {
		t.Errorf("kinds of thing found: %v", counts)
	}
	known := call[ProfileAnswer](t, client, "profile", map[string]any{"name": person})
	if known.Name != person || known.Kind != kinds.Person || len(known.Affiliations) == 0 || len(known.Appearances) == 0 {
		t.Errorf("profile: %+v", known)
	}
	for _, a := range known.Affiliations {
		holds(t, site, "affiliation with "+a.With.Name, a.Citations)
	}
	for _, a := range known.Appearances {
		holds(t, site, "appearance at "+a.Page.Name, a.Citations)
	}

	tied := call[ConnectionsAnswer](t, client, "connections", map[string]any{"name": string(known.ID), "limit": 3})
	if len(tied.Connections["organisation"]) == 0 {
		t.Errorf("connections: %+v", tied)
	}
	for kind, list := range tied.Connections {
		for _, c := range list {
			holds(t, site, "connection with "+kind+" "+c.With.Name, c.Citations)
		}
	}

	way := call[PathAnswer](t, client, "path", map[string]any{"from": person, "to": tied.Connections["organisation"][0].With.Name})
	if len(way.Ways) == 0 {
		t.Fatal("path: none")
	}
	for _, step := range way.Ways[0] {
		holds(t, site, "step to "+step.To.Name, step.Citations)
	}

	asks := call[RecommendationsAnswer](t, client, "recommendations", map[string]any{"limit": 4})
	if asks.Total == 0 || len(asks.Recommendations) != 4 {
		t.Errorf("recommendations: %d of %d", len(asks.Recommendations), asks.Total)
	}
	for _, ask := range asks.Recommendations {
		holds(t, site, "recommendation", ask.Citations)
	}

	near := call[RelatedAnswer](t, client, "related", map[string]any{"page": site.Records[0].Path, "limit": 3})
	if len(near.Pages) != 3 {
		t.Errorf("related: %d pages", len(near.Pages))
	}
	for _, p := range near.Pages {
		if len(p.Reasons) == 0 || len(p.Citations) == 0 {
			t.Errorf("related: %+v has no reason or citation", p)
		}
	}
}

func TestWrongCalls(t *testing.T) {
	client, site := connect(t)
	for _, test := range []struct {
		tool      string
		arguments map[string]any
		says      string
	}{
		{"profile", map[string]any{"name": "Nobody Atall"}, "nothing is called"},
		{"profile", map[string]any{"name": site.Records[0].People[0].Name[:4]}, "give the id of one of"},
		{"search", map[string]any{"query": "a", "sort": "luck"}, "use relevance or date"},
		{"related", map[string]any{"page": site.Records[0].People[0].Name}, "no page"},
	} {
		answer, err := client.CallTool(t.Context(), &sdk.CallToolParams{Name: test.tool, Arguments: test.arguments})
		if err != nil {
			t.Errorf("%s %v: %v", test.tool, test.arguments, err)
		} else if !answer.IsError || !strings.Contains(said(answer), test.says) {
			t.Errorf("%s %v: %v %q, want %q", test.tool, test.arguments, answer.IsError, said(answer), test.says)
		}
	}
	if answer, err := client.CallTool(t.Context(), &sdk.CallToolParams{Name: "profile", Arguments: map[string]any{"wizard": 1}}); err == nil &&
		!answer.IsError {
		t.Error("a call without its argument was answered")
	}
	if _, err := client.CallTool(context.Background(), &sdk.CallToolParams{Name: "spell"}); err == nil {
		t.Error("a tool that is not there was called")
	}
}

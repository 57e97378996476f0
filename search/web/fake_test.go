package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/search"
)

// fake answers from the records of an invented site, so that this package is tested without an index or a graph.
type fake struct {
	site      *ingest.Site
	catalogue *search.Catalogue
	profiles  map[ingest.IRI]*search.Profile
	manifest  *search.Manifest
	users     atomic.Int64
	closed    atomic.Bool
	fail      func() error // if it gives an error, every question fails with it
}

// hostile is a name that would be a script if anything were left unescaped.
const hostile = `<script>alert("x")</script> & Sons' "Trust"`

func newFake(id string, pages int) *fake {
	site := invent.Site(pages, 1)
	site.Records[0].Title = hostile
	site.Records[0].Text = strings.Replace(site.Records[0].Text, "\n", " <img src=x onerror=alert(1)>\n", 1)
	site.Skips = []ingest.Skip{{Path: "_events/broken.md", Line: 3, Cause: "<b>unclosed</b> front matter"}}
	site.Doubts = []ingest.Doubt{{
		Kind: ingest.Person, Question: "Are these two one person?", Entities: []ingest.IRI{site.Entities[0].IRI},
		Lines: "same:\n  - [A, B]\n", Evidence: []ingest.Evidence{{Page: "a.md", Quote: hostile}},
	}}
	profiles := slices.Collect(search.Profiles(site))
	f := &fake{
		site: site, catalogue: search.MakeCatalogue(site), profiles: map[ingest.IRI]*search.Profile{},
		manifest: &search.Manifest{Format: 1, ID: id, Name: site.Name, URL: site.URL, Skips: site.Skips, Counts: search.Counts{Pages: len(site.Records)}},
		fail:     func() error { return nil },
	}
	for i := range profiles {
		f.profiles[profiles[i].ID] = profiles[i]
	}
	return f
}

func (f *fake) Catalogue() *search.Catalogue { return f.catalogue }
func (f *fake) Manifest() *search.Manifest   { return f.manifest }

func (f *fake) check(ctx context.Context) error {
	if f.closed.Load() {
		panic("asked after it was closed")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.fail()
}

func (f *fake) Search(ctx context.Context, req search.Request) (*search.Response, error) {
	out := &search.Response{Query: req.Query, Hits: []search.Hit{}, Facets: map[string][]search.FacetValue{"year": f.catalogue.Years}}
	for _, p := range f.catalogue.Pages {
		if strings.Contains(strings.ToLower(p.Name+p.Summary), strings.ToLower(req.Query)) {
			out.Hits = append(out.Hits, search.Hit{Kind: search.Page, ID: p.ID, Path: p.Path, URL: p.URL, Href: p.Href, Title: p.Name, Date: p.Date, Fragments: []string{"a <mark>b&lt;</mark> c"}})
		}
	}
	for _, topic := range part(f.catalogue.Topics, 3, 0) {
		out.Facets["topic"] = append(out.Facets["topic"], search.FacetValue{Value: string(topic.ID), Name: topic.Name, Count: topic.Pages})
	}
	out.Total = len(out.Hits)
	out.Hits = part(out.Hits, req.Limit, req.Offset)
	return out, f.check(ctx)
}

func (f *fake) Suggest(ctx context.Context, prefix string, limit int) ([]search.Suggestion, error) {
	var out []search.Suggestion
	for _, p := range f.catalogue.People {
		if strings.HasPrefix(fold(p.Name), fold(prefix)) {
			out = append(out, search.Suggestion{Ref: p.Ref, Text: p.Name})
		}
	}
	return part(out, limit, 0), f.check(ctx)
}

func (f *fake) Recommendations(ctx context.Context, req search.Request) ([]search.Ask, int, error) {
	var out []search.Ask
	for _, p := range f.profiles {
		if p.Kind == search.Person {
			out = append(out, p.Asks...)
		}
	}
	slices.SortFunc(out, func(a, b search.Ask) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return part(out, max(req.Limit, 1), req.Offset), len(out), f.check(ctx)
}

func (f *fake) Lookup(ctx context.Context, name string) (search.Ref, error) {
	if err := f.check(ctx); err != nil {
		return search.Ref{}, err
	}
	name = strings.TrimPrefix(name, "page: ")
	if name == "two" {
		return search.Ref{}, &search.AmbiguousError{Name: name, Choices: []search.Ref{f.catalogue.People[0].Ref, f.catalogue.People[1].Ref}}
	}
	for _, p := range f.profiles {
		if p.Name == name || string(p.ID) == name {
			return p.Ref, nil
		}
	}
	for _, p := range f.catalogue.Pages {
		if p.Path == name || string(p.ID) == name || p.URL == name {
			return p.Ref, nil
		}
	}
	return search.Ref{}, &search.NotFoundError{Name: name, Nearest: []search.Ref{f.catalogue.People[0].Ref}}
}

func (f *fake) Profile(ctx context.Context, id ingest.IRI) (*search.Profile, error) {
	p := f.profiles[id]
	if p == nil {
		return nil, &search.NotFoundError{Name: string(id)}
	}
	return p, f.check(ctx)
}

func (f *fake) PageRecord(ctx context.Context, id ingest.IRI) (*ingest.Record, error) {
	for _, r := range f.site.Records {
		if r.IRI == id {
			return r, f.check(ctx)
		}
	}
	return nil, &search.NotFoundError{Name: string(id)}
}

func (f *fake) Connections(ctx context.Context, id ingest.IRI, limit int) (map[string][]search.Connection, error) {
	return f.profiles[id].Connections, f.check(ctx)
}

func (f *fake) About(ctx context.Context, words string, limit int) (map[string][]search.Connection, error) {
	for _, p := range f.profiles {
		if len(p.Connections) > 0 {
			return p.Connections, f.check(ctx)
		}
	}
	return nil, f.check(ctx)
}

func (f *fake) Around(ctx context.Context, of ingest.IRI, hops int, kinds []search.Kind, limit int) (*search.Surroundings, error) {
	return &search.Surroundings{Nodes: []search.Neighbour{{Ref: f.profiles[of].Ref, Hops: hops, Pages: 1}}, Links: []search.Link{}, Total: 1}, f.check(ctx)
}

func (f *fake) Shared(ctx context.Context, of ingest.IRI, kind search.Kind, since string, limit int) ([]search.Kinship, int, error) {
	return []search.Kinship{{To: f.profiles[of].Ref, Pages: 1, Years: []string{"2024"}}}, 1, f.check(ctx)
}

func (f *fake) Compare(ctx context.Context, first, second ingest.IRI, kind search.Kind, limit int) (*search.Comparison, error) {
	a, b := f.profiles[first], f.profiles[second]
	none := []search.Kinship{}
	return &search.Comparison{First: a.Ref, Second: b.Ref, Together: a.Appearances, Both: none, Only1: none, Only2: none, Linked: []search.Linking{}}, f.check(ctx)
}

func (f *fake) Circles(ctx context.Context, limit int) ([]search.Circle, error) {
	return []search.Circle{{Size: 1, Members: []search.CircleMember{{Ref: f.catalogue.People[0].Ref, Weight: 1}}}}, f.check(ctx)
}

func (f *fake) Walk(ctx context.Context, question string, of ingest.IRI, limit int) ([]search.Found, int, error) {
	return []search.Found{{Ref: f.catalogue.People[0].Ref, Pages: []search.Ref{}}}, 1, f.check(ctx)
}

func (f *fake) AskGraph(ctx context.Context, question string) (map[string]any, error) {
	if question == "{" {
		return nil, &search.QueryError{Problem: "not understood", Filter: search.GraphQuestion}
	}
	return map[string]any{"nodes": question}, f.check(ctx)
}

func (f *fake) Ways(ctx context.Context, from, to ingest.IRI, limit int) ([]search.Way, error) {
	a, b := f.profiles[from], f.profiles[to]
	return []search.Way{{{From: a.Ref, To: b.Ref, Relation: "named with", Evidence: a.Appearances[0].Evidence}}}, f.check(ctx)
}

func (f *fake) Related(ctx context.Context, page ingest.IRI, limit int) (*search.Feed, error) {
	out := &search.Feed{Version: "https://jsonfeed.org/version/1.1", Title: "Related", Items: []search.FeedItem{}}
	for _, p := range part(f.catalogue.Pages, limit, 0) {
		out.Items = append(out.Items, search.FeedItem{ID: string(p.ID), URL: p.URL, Title: p.Name, DatePublished: "2024-01-02T00:00:00Z", Ties: search.FeedTies{Path: p.Path, Href: p.Href, Why: []search.FeedWhy{
			{Type: "organisation", Label: "both with <b>Tide Trust</b>", Quote: "Tide Trust's people spoke of “gauges” at length.", Href: search.TextFragment(p.URL, "Tide Trust's people")},
			{Type: "date", Label: "3 days later"},
		}}})
	}
	return out, f.check(ctx)
}

func (f *fake) Vicinity(ctx context.Context, of ingest.IRI, perKind int) (*search.Vicinity, error) {
	v := &search.Vicinity{Centre: f.profiles[of].Ref}
	for _, r := range rooms {
		group := search.VicinityGroup{Kind: r.Kind}
		for _, c := range part(f.profiles[of].Connections[string(r.Kind)], perKind, 0) {
			group.Members = append(group.Members, search.Kinship{To: c.To, Pages: c.Pages, Years: c.Years})
		}
		group.Total = len(group.Members)
		v.Groups = append(v.Groups, group)
	}
	return v, f.check(ctx)
}

func (f *fake) TopicMap(ctx context.Context, organisations, topics int) (*search.TopicMap, error) {
	m := &search.TopicMap{}
	for _, l := range part(f.catalogue.Organisations, organisations, 0) {
		m.Organisations = append(m.Organisations, search.Kinship{To: l.Ref, Pages: l.Pages})
	}
	for _, l := range part(f.catalogue.Topics, topics, 0) {
		m.Topics = append(m.Topics, search.Kinship{To: l.Ref, Pages: l.Pages})
	}
	m.Links = slices.Grow(m.Links, 1)[:1]
	m.Links[0].Pages = 1
	return m, f.check(ctx)
}

// shelf hands out the newest fake and notes who has one.
type shelf struct {
	mu  sync.Mutex
	gen *fake
}

func (s *shelf) acquire() (Generation, func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.gen
	g.users.Add(1)
	return g, func() { g.users.Add(-1) }
}

func newTestSite(t testing.TB, options Options) (*Site, *fake) {
	t.Helper()
	gen := newFake("0123456789abcdef", 40)
	s, err := New((&shelf{gen: gen}).acquire, options)
	if err != nil {
		t.Fatal(err)
	}
	return s, gen
}

func visitSite(s http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

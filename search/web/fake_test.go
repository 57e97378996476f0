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

	"rapporteur/ingest/fold"
	"rapporteur/ingest/inversion"
	"rapporteur/search/present"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
	"rapporteur/search/store"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
)

// fake answers from the records of an invented site, so that this package is tested without an index or a graph.
type fake struct {
	site      *ingest.Site
	catalogue *answer.Catalogue
	profiles  map[ingest.IRI]*answer.Profile
	manifest  *store.Manifest
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
		Kind: kinds.Person, Question: "Are these two one person?", Entities: []ingest.IRI{site.Entities[0].IRI},
		Lines: "same:\n  - [A, B]\n", Evidence: []ingest.Evidence{{Page: "a.md", Quote: hostile}},
	}}
	derived := derive.Of(inversion.Of(site))
	profiles := make([]*answer.Profile, len(site.Entities))
	for n := range profiles {
		profiles[n], _ = derived.Profile(n).Whole(func(page ingest.IRI) (*ingest.Record, error) {
			return site.Records[slices.IndexFunc(site.Records, func(r *ingest.Record) bool { return r.IRI == page })], nil
		}, func(entity ingest.IRI) (answer.Ref, bool) {
			at := slices.IndexFunc(site.Entities, func(e ingest.Entity) bool { return e.IRI == entity })
			return answer.Ref{ID: entity, Kind: site.Entities[at].Kind, Name: site.Entities[at].Name}, true
		})
	}
	f := &fake{
		site: site, catalogue: present.JSON(derive.Catalogue(derived), ""), profiles: map[ingest.IRI]*answer.Profile{},
		manifest: &store.Manifest{Format: 1, ID: id, Name: site.Name, URL: site.URL, Skips: site.Skips,
			Counts: store.Counts{Pages: len(site.Records)}},
		fail: func() error { return nil },
	}
	for i := range profiles {
		f.profiles[profiles[i].ID] = profiles[i]
	}
	return f
}

func (f *fake) Catalogue() *answer.Catalogue { return f.catalogue }
func (f *fake) Manifest() *store.Manifest    { return f.manifest }

func (f *fake) check(ctx context.Context) error {
	if f.closed.Load() {
		panic("asked after it was closed")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.fail()
}

func (f *fake) Search(ctx context.Context, req answer.Request) (*answer.Response, error) {
	out := &answer.Response{Query: req.Query, Hits: []answer.Hit{}, Facets: map[string][]answer.FacetValue{"year": f.catalogue.Years}}
	for _, p := range f.catalogue.Pages {
		if strings.Contains(strings.ToLower(p.Name+p.Summary), strings.ToLower(req.Query)) {
			out.Hits = append(out.Hits, answer.Hit{Kind: kinds.Page, ID: p.ID, Path: p.Path, URL: p.URL, Title: p.Name, Date: p.Date,
				Passages: []answer.Passage{{Text: "a b< c", Marks: []ingest.Span{{Start: 2, End: 4}}}}})
		}
	}
	for _, topic := range part(f.catalogue.Topics, 3, 0) {
		out.Facets["topic"] = append(out.Facets["topic"], answer.FacetValue{Value: string(topic.ID), Name: topic.Name, Count: topic.Pages})
	}
	out.Total = len(out.Hits)
	out.Hits = part(out.Hits, req.Limit, req.Offset)
	return out, f.check(ctx)
}

func (f *fake) Suggest(ctx context.Context, prefix string, limit int) ([]answer.Suggestion, error) {
	var out []answer.Suggestion
	for _, p := range f.catalogue.People {
		if strings.HasPrefix(fold.Text(p.Name), fold.Text(prefix)) {
			out = append(out, answer.Suggestion{Ref: p.Ref, Text: p.Name})
		}
	}
	return part(out, limit, 0), f.check(ctx)
}

func (f *fake) Recommendations(ctx context.Context, req answer.Request) ([]answer.Recommendation, int, error) {
	var out []answer.Recommendation
	for _, p := range f.profiles {
		if p.Kind == kinds.Person {
			out = append(out, p.Recommendations...)
		}
	}
	slices.SortFunc(out, func(a, b answer.Recommendation) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return part(out, max(req.Limit, 1), req.Offset), len(out), f.check(ctx)
}

func (f *fake) Lookup(ctx context.Context, name string) (answer.Ref, error) {
	if err := f.check(ctx); err != nil {
		return answer.Ref{}, err
	}
	name = strings.TrimPrefix(name, "page: ")
	if name == "two" {
		return answer.Ref{}, &answer.AmbiguousError{Name: name, Choices: []answer.Ref{f.catalogue.People[0].Ref, f.catalogue.People[1].Ref}}
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
	return answer.Ref{}, &answer.NotFoundError{Name: name, Nearest: []answer.Ref{f.catalogue.People[0].Ref}}
}

func (f *fake) Profile(ctx context.Context, id ingest.IRI) (*answer.Profile, error) {
	p := f.profiles[id]
	if p == nil {
		return nil, &answer.NotFoundError{Name: string(id)}
	}
	return p, f.check(ctx)
}

func (f *fake) PageRecord(ctx context.Context, id ingest.IRI) (*ingest.Record, error) {
	for _, r := range f.site.Records {
		if r.IRI == id {
			return r, f.check(ctx)
		}
	}
	return nil, &answer.NotFoundError{Name: string(id)}
}

func (f *fake) ConnectionsOf(ctx context.Context, name string, limit int) (answer.Ref, map[string][]answer.Connection, error) {
	of, err := f.Lookup(ctx, name)
	if err != nil {
		return of, nil, err
	}
	return of, f.profiles[of.ID].Connections, f.check(ctx)
}

func (f *fake) About(ctx context.Context, words string, limit int) (map[string][]answer.Connection, error) {
	for _, p := range f.profiles {
		if len(p.Connections) > 0 {
			return p.Connections, f.check(ctx)
		}
	}
	return nil, f.check(ctx)
}

func (f *fake) Around(ctx context.Context, of ingest.IRI, hops int, kinds []kinds.Kind, limit int) (*answer.Surroundings, error) {
	return &answer.Surroundings{Nodes: []answer.Neighbour{{Ref: f.profiles[of].Ref, Hops: hops, Pages: 1}}, Links: []answer.Link{}, Total: 1},
		f.check(ctx)
}

func (f *fake) Shared(ctx context.Context, of ingest.IRI, kind kinds.Kind, since string, limit int) ([]answer.CoOccurrence, int, error) {
	return []answer.CoOccurrence{{To: f.profiles[of].Ref, Pages: 1, Years: []string{"2024"}}}, 1, f.check(ctx)
}

func (f *fake) Compare(ctx context.Context, first, second ingest.IRI, kind kinds.Kind, limit int) (*answer.Comparison, error) {
	a, b := f.profiles[first], f.profiles[second]
	none := []answer.CoOccurrence{}
	return &answer.Comparison{First: a.Ref, Second: b.Ref, Together: a.Appearances, Both: none, Only1: none, Only2: none,
		Linked: []answer.Broker{}}, f.check(ctx)
}

func (f *fake) Communities(ctx context.Context, limit int) ([]answer.Community, error) {
	return []answer.Community{{Size: 1, Members: []answer.CommunityMember{{Ref: f.catalogue.People[0].Ref, Weight: 1}}}}, f.check(ctx)
}

func (f *fake) Walk(ctx context.Context, question string, of ingest.IRI, limit int) ([]answer.Found, int, error) {
	return []answer.Found{{Ref: f.catalogue.People[0].Ref, Pages: []answer.Ref{}}}, 1, f.check(ctx)
}

func (f *fake) AskGraph(ctx context.Context, question string) (map[string]any, error) {
	if question == "{" {
		return nil, &answer.QueryError{Problem: "not understood", Filter: answer.GraphQuestion}
	}
	return map[string]any{"nodes": question}, f.check(ctx)
}

func (f *fake) Paths(ctx context.Context, from, to ingest.IRI, limit int) ([]answer.Path, error) {
	a, b := f.profiles[from], f.profiles[to]
	return []answer.Path{{{From: a.Ref, To: b.Ref, Relation: "named with", Evidence: a.Appearances[0].Evidence}}}, f.check(ctx)
}

func (f *fake) Related(ctx context.Context, page ingest.IRI, limit int) (*answer.Related, error) {
	out := &answer.Related{Page: &f.catalogue.Pages[0]}
	for i := range part(f.catalogue.Pages, limit, 0) {
		out.Items = append(out.Items, answer.RelatedPage{Page: &f.catalogue.Pages[i], Why: []answer.Reason{
			{Type: "organisation", Label: "both with <b>Tide Trust</b>", Quote: "Tide Trust's people spoke of “gauges” at length."},
			{Type: "date", Label: "3 days later"},
		}})
	}
	return out, f.check(ctx)
}

func (f *fake) TopicMap(ctx context.Context, organisations, topics int) (*answer.TopicMap, error) {
	m := &answer.TopicMap{}
	for _, l := range part(f.catalogue.Organisations, organisations, 0) {
		m.Organisations = append(m.Organisations, answer.CoOccurrence{To: l.Ref, Pages: l.Pages})
	}
	for _, l := range part(f.catalogue.Topics, topics, 0) {
		m.Topics = append(m.Topics, answer.CoOccurrence{To: l.Ref, Pages: l.Pages})
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

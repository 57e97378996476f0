package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/present"
)

// A query that cannot be read is answered with what is wrong, and the box to mend it in.
func TestUnreadableQuery(t *testing.T) {
	s, _, _ := openSite(t, 12)
	query := url.QueryEscape(`year:soon "a`)
	w := visitSite(s, "GET", "/search?q="+query)
	if body := w.Body.String(); w.Code != http.StatusBadRequest || !strings.Contains(body, "cannot be read") ||
		!strings.Contains(body, `value="year:soon &#34;a"`) {
		t.Errorf("%d %s", w.Code, body)
	}
	if w := visitSite(s, "GET", "/api/v1/search?q="+query); w.Code != http.StatusBadRequest ||
		!strings.Contains(w.Body.String(), "cannot be read") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// A text of kilobytes stands on the page a few times, not in every link of it.
func TestPageOfALongQuery(t *testing.T) {
	s, _, _ := openSite(t, 12)
	for _, query := range []string{strings.Repeat("river ", 2700), strings.Repeat("-x ", 5400), strings.Repeat("(", 16000),
		strings.Repeat("\u0301", 8000)} {
		for _, path := range []string{"/search", "/recommendations"} {
			w := visitSite(s, "GET", path+"?q="+url.QueryEscape(query))
			if w.Code != http.StatusOK || w.Body.Len() > 200<<10 {
				t.Errorf("%s for %.9q…: status %d, %d bytes", path, query, w.Code, w.Body.Len())
			}
		}
	}
	if w := visitSite(s, "GET", "/search?q=river"); !strings.Contains(w.Body.String(), `id="facets"`) {
		t.Error("what a short query finds cannot be narrowed")
	}
}

func TestPicturesAsFiles(t *testing.T) {
	s, _, _ := openSite(t, 12)
	if w := visitSite(s, "GET", "/explore?format=svg&picture=none"); w.Code != http.StatusNotFound {
		t.Errorf("a picture that is not there: %d", w.Code)
	}
	w := visitSite(s, "GET", "/explore?format=svg")
	if body := w.Body.String(); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml; charset=utf-8" ||
		!strings.HasPrefix(body, "<svg") || strings.Contains(body, `href="/`) {
		t.Errorf("%v %.200s", w.Header(), body)
	}
}

func TestGraphQuestions(t *testing.T) {
	s, _, _ := openSite(t, 12)
	for _, test := range []struct {
		query  string
		status int
		want   string
	}{
		{"query=" + url.QueryEscape("{ nodes { id } }"), http.StatusOK, `"answer":{"nodes":`},
		{"query=" + url.QueryEscape("{"), http.StatusBadRequest, "The question to the graph: not understood"},
		{"question=co-speakers&name=Zzyzx", http.StatusNotFound, "Zzyzx"},
		{"question=co-speakers", http.StatusBadRequest, "Give query, or question and name."},
	} {
		if w := visitSite(s, "GET", "/api/v1/graph?"+test.query); w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
			t.Errorf("%s: %d %s", test.query, w.Code, w.Body)
		}
	}
}

// Whatever the parameters are: an answer or a clear refusal, never a failure, nothing unescaped, nothing left open.
func FuzzParameters(f *testing.F) {
	s, store, _ := openSite(f, 12)
	g, release := store.Acquire()
	person := g.Catalogue().People[0]
	release()
	paths := []string{
		"/search", "/recommendations", "/people", "/events", "/explore", "/compare", "/review", "/about", present.Href(person.Kind, person.ID),
		"/search.atom", "/opensearch/suggest", "/api/v1/search", "/api/v1/suggest", "/api/v1/related", "/api/v1/connections", "/api/v1/about",
		"/api/v1/around", "/api/v1/shared", "/api/v1/compare", "/api/v1/path", "/api/v1/recommendations", "/api/v1/entities", "/api/v1/pages",
		"/api/v1/graph",
	}
	names := []string{"q", "kind", "person", "organisation", "country", "topic", "category", "year", "from", "to", "sort", "limit", "offset",
		"name", "letter", "page", "of", "explain", "first", "second", "hops", "since", "query", "question"}
	for i, value := range []string{"", "a", `"`, `<script>alert(1)</script>`, "person:", "-", "*", "a*", "*a", "AND OR NOT", "(((", "é",
		"\x00", "\xff\xfe", "2024-13-45", "-1", "9999999999999999999999", "../../etc/passwd", "https://invented.example/id/person/x", "%",
		"{{.}}", strings.Repeat("a ", 400), person.Name, string(person.ID), "year:2020..2021", "a~9", `person:"`, "\u202e", "😀"} {
		f.Add(uint8(i), uint8(i*7), uint8(i*3), value, "b")
	}
	f.Fuzz(func(t *testing.T, path, first, second uint8, one, two string) {
		q := url.Values{}
		q.Add(names[int(first)%len(names)], one)
		q.Add(names[int(second)%len(names)], two)
		address := paths[int(path)%len(paths)] + "?" + q.Encode()
		w := visitSite(s, "GET", address)
		switch w.Code {
		case 200, 400, 404, 409, 414, 422:
		default:
			t.Errorf("GET %s: %d\n%.400s", address, w.Code, w.Body)
		}
		if body := w.Body.String(); strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") &&
			(strings.Contains(body, "<script>") || strings.Contains(body, "ZgotmplZ")) {
			t.Errorf("GET %s: something is not escaped", address)
		}
	})
}

// A slug is the last part of an address: whatever it is, it is found or it is not.
func FuzzSlugs(f *testing.F) {
	s, _, _ := openSite(f, 12)
	for _, slug := range []string{"", "a", "..", "%2e%2e", "a/b", "a%2fb", "%00", "%ff", "<script>", "aba-ashgrove", "ABA-ashgrove"} {
		f.Add(slug)
	}
	f.Fuzz(func(t *testing.T, slug string) {
		for _, section := range []string{"/people/", "/events/", "/countries/", "/recommendations/", "/id/person/", "/assets/", "/api/v1/pages/",
			"/api/v1/entities/person/"} {
			w := visitSite(s, "GET", section+url.PathEscape(slug))
			switch w.Code {
			case 200, 301, 303, 307, 308, 400, 404, 414, 422:
			default:
				t.Errorf("GET %s%q: %d", section, slug, w.Code)
			}
			if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") && strings.Contains(w.Body.String(), "<script>") {
				t.Errorf("GET %s%q: not escaped", section, slug)
			}
		}
	})
}

// relating answers a question about things with one that has the word and two that have only related ones.
type relating struct{ *fake }

func (r relating) Search(ctx context.Context, req answer.Request) (*answer.Response, error) {
	out, err := r.fake.Search(ctx, req)
	if err == nil && slices.Contains(req.Filter.Kinds, kinds.Organisation) {
		out.Hits, out.Total, out.Partial = nil, 1, 2
		for _, name := range []string{"Weir Keepers", "Lock Office", "Quay Works"} {
			out.Hits = append(out.Hits, answer.Hit{Kind: kinds.Organisation, ID: ingest.IRI("urn:" + name), Title: name})
		}
	}
	return out, err
}

// What has only related words is not shown as what a search is about.
func TestThingsOfASearch(t *testing.T) {
	s, err := New(func() (Generation, func()) { return relating{newFake("one", 12)}, func() {} }, Options{})
	if err != nil {
		t.Fatal(err)
	}
	body := visitSite(s, "GET", "/search?q=e").Body.String()
	if !strings.Contains(body, "Weir Keepers") || strings.Contains(body, "Lock Office") || !strings.Contains(body, "best 1 of 1") {
		t.Errorf("the page says\n%s", body)
	}
}

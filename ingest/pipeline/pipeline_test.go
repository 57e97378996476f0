package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"rapporteur/ingest"
	"rapporteur/ingest/site"
)

const invented = "../../testdata/site"

func read(t *testing.T, fsys fs.FS, opts Options) *ingest.Site {
	t.Helper()
	s, err := Run(context.Background(), fsys, opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The same files give the same site, byte for byte: with one worker or many, without a cache, with a new one, with an old one.
func TestSameFilesSameSite(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the site several times")
	}
	fsys := os.DirFS(invented)
	want := asJSON(t, read(t, fsys, Options{Workers: 1}))
	cached := Options{CacheDir: t.TempDir(), Version: "1", Workers: 4}
	for name, opts := range map[string]Options{"four workers": {Workers: 4}, "a cache": cached} {
		if got := asJSON(t, read(t, fsys, opts)); got != want {
			t.Errorf("with %s: another site than with one worker", name)
		}
	}
	if got := asJSON(t, read(t, fsys, cached)); got != want {
		t.Error("from the cache: another site than without")
	}
}

// Whatever is found lies in the text where it says.
func TestSpansLieInTheText(t *testing.T) {
	s := read(t, os.DirFS(invented), Options{})
	checked := 0
	for _, r := range s.Records {
		in := func(what string, span ingest.Span) {
			checked++
			if span.Start < 0 || span.Start > span.End || span.End > len(r.Text) {
				t.Errorf("%s: %s: [%d,%d) is not in a text of %d bytes", r.Path, what, span.Start, span.End, len(r.Text))
			}
		}
		mentioned := func(what string, ms []ingest.Mention) {
			for _, m := range ms {
				in(what, m.Span)
				if got := m.In(r.Text); got != m.Text {
					t.Errorf("%s: %s: the text has %q where the mention says %q", r.Path, what, got, m.Text)
				}
			}
		}
		for _, b := range r.Blocks {
			in("block", b.Span)
		}
		for _, l := range r.Links {
			in("link", l.Span)
		}
		for _, p := range r.People {
			mentioned(p.Name, p.Mentions)
			in(p.Name+"'s part", p.Evidence)
			for _, a := range p.Affiliations {
				in(p.Name+" of "+a.Name, a.Span)
				if o := r.Reference(a.Organisation); o == nil || o.Name != a.Name || o.IRI != a.IRI {
					t.Errorf("%s: %s is tied to number %d, %q", r.Path, p.Name, a.Organisation, a.Name)
				}
			}
		}
		for _, o := range r.Organisations {
			mentioned(o.Name, o.Mentions)
		}
		for _, c := range r.Countries {
			mentioned(c.Name, c.Mentions)
		}
		for _, t := range r.Topics {
			mentioned(t.Name, t.Mentions)
		}
		for _, c := range r.Recommendations {
			in("recommendation", c.Span)
			in("who asks", c.ByEvidence)
		}
	}
	if checked < 1000 {
		t.Errorf("only %d spans checked", checked)
	}
}

func TestFingerprint(t *testing.T) {
	site := func(change func(fstest.MapFS)) string {
		t.Helper()
		m := fstest.MapFS{
			"_config.yml":        {Data: []byte("title: A\n")},
			"_events/one.md":     {Data: []byte("---\ntitle: One\n---\ntext\n")},
			"_data/people.csv":   {Data: []byte("name\nAda\n")},
			"img/one.jpg":        {Data: []byte("bytes")},
			".git/HEAD":          {Data: []byte("ref")},
			"node_modules/a.js":  {Data: []byte("1")},
			".eleventy.js":       {Data: []byte("module.exports = {}")},
			"rapporteur.yaml":    {Data: []byte("same: []\n")},
			"content/_index.md":  {Data: []byte("+++\n+++\n")},
			"content/two/two.md": {Data: []byte("text")},
		}
		change(m)
		f, err := Fingerprint(context.Background(), m)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	same := site(func(fstest.MapFS) {})
	for name, test := range map[string]struct {
		change func(fstest.MapFS)
		seen   bool
	}{
		"nothing":                      {func(fstest.MapFS) {}, false},
		"another word on a page":       {func(m fstest.MapFS) { m["_events/one.md"] = &fstest.MapFile{Data: []byte("other")} }, true},
		"a page more":                  {func(m fstest.MapFS) { m["new.md"] = &fstest.MapFile{Data: []byte("x")} }, true},
		"a page less":                  {func(m fstest.MapFS) { delete(m, "content/two/two.md") }, true},
		"a page of another name":       {func(m fstest.MapFS) { m["b.md"] = m["_events/one.md"]; delete(m, "_events/one.md") }, true},
		"other settings":               {func(m fstest.MapFS) { m["_config.yml"] = &fstest.MapFile{} }, true},
		"other settings of 11ty":       {func(m fstest.MapFS) { m[".eleventy.js"] = &fstest.MapFile{} }, true},
		"other decisions":              {func(m fstest.MapFS) { m["rapporteur.yaml"] = &fstest.MapFile{} }, true},
		"another picture":              {func(m fstest.MapFS) { m["img/one.jpg"] = &fstest.MapFile{} }, false},
		"another state of the archive": {func(m fstest.MapFS) { m[".git/HEAD"] = &fstest.MapFile{} }, false},
	} {
		if got := site(test.change) != same; got != test.seen {
			t.Errorf("%s: seen %v, want %v", name, got, test.seen)
		}
	}
}

func TestNoPages(t *testing.T) {
	s, err := Run(context.Background(), fstest.MapFS{"a.md": {Data: []byte("\x00\x01\x02")}}, Options{})
	if !errors.Is(err, site.ErrNoPages) || s == nil || len(s.Skips) != 1 || s.Skips[0].Path != "a.md" {
		t.Fatalf("got %+v, %v; want ErrNoPages, and a.md skipped", s, err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, os.DirFS(invented), Options{}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want context.Canceled", err)
	}
}

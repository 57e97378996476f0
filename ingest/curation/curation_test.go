package curation

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	got, err := Parse("rapporteur.yaml", []byte(`url: https://x.example/site/
name: Example
exclude: ["old/**"]
pages: {event: ["gatherings/*.md"]}
same:
  - [Jane Roe, J. Roe]
different:
  - [A Institute, B Institute]
alias: {Open Example Institute: [OEI]}
kind: {ExampleCon: none}
hide: Web Master
erase: [John Doe]
sameAs:
  Open Example Institute: https://x.example/1
topics:
  Procurement: [purchasing, tenders]
  Work:
same:
  - [C, D]
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Digest) != 64 {
		t.Errorf("the digest is %q", got.Digest)
	}
	want := &File{
		Name: "rapporteur.yaml", Digest: got.Digest, URL: "https://x.example/site", Title: "Example",
		Exclude: []Entry{{"old/**", 3}}, Pages: []Kind{{Entry{"gatherings/*.md", 4}, "event"}},
		Same:      []Group{{[]string{"Jane Roe", "J. Roe"}, 6}, {[]string{"C", "D"}, 19}},
		Different: []Group{{[]string{"A Institute", "B Institute"}, 8}},
		Aliases:   []Group{{[]string{"Open Example Institute", "OEI"}, 9}},
		Kinds:     []Kind{{Entry{"ExampleCon", 10}, "none"}},
		Hide:      []Entry{{"Web Master", 11}}, Erase: []Entry{{"John Doe", 12}},
		SameAs: []Group{{[]string{"Open Example Institute", "https://x.example/1"}, 14}},
		Topics: []Group{{[]string{"Procurement", "purchasing", "tenders"}, 16}, {[]string{"Work"}, 17}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestParseWrong(t *testing.T) {
	for src, want := range map[string]string{
		"sane:\n  - [a, b]\n": `f:1: "sane" is no setting; there are url, name, skip, exclude, include, fields, kinds, languages, ` +
			`pages, same, different, alias, kind, hide, erase, contacts, noTie, noAsk, sameAs, topics and brand`,
		"hide: [a]\nsame:\n  - a\n":   `f:3: expected at least two names: "- [one name, another name]"`,
		"kind:\n  A: company\n":       `f:2: "company" is no kind; there are person, organisation, country, topic and none`,
		"url: example.org\n":          `f:1: url must start with https:// or http://, and is "example.org"`,
		"url: https://a\nurl: b\n":    `f:2: "url" stands already on line 1; keep one of them`,
		"exclude: [\"a/[\"]\n":        `f:1: "a/[" is no glob: syntax error in pattern`,
		"pages:\n  talk: [a]\n":       `f:2: "talk" is no kind of page; there are event, post, person, organisation, topic, project and page`,
		"same: {a: b}\n":              `f:1: expected a list of lists: "- [one name, another name]" on each line`,
		"same:\n- [a, b\nhide: [c]\n": `f:2: this is not YAML: did not find expected ',' or ']'`,
		"- a\n":                       `f:1: expected settings, such as "same:", at the start of a line`,
		"erase: [\"\"]\n":             `f:1: expected a name or value here, found nothing`,
	} {
		_, err := Parse("f", []byte(src))
		var place *Error
		if !errors.As(err, &place) || err.Error() != want {
			t.Errorf("%q:\ngot  %v\nwant %s", src, err, want)
		}
	}
	for _, src := range []string{"", "# nothing yet\n", "same:\n"} {
		if f, err := Parse("f", []byte(src)); err != nil || len(f.Same) != 0 {
			t.Errorf("%q: %v %v", src, f, err)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		glob, name string
		want       bool
	}{
		{"old", "old/a/b.md", true}, {"old/**", "old/a/b.md", true}, {"*.md", "a.md", true}, {"*.md", "a/b.md", false},
		{"**/b.md", "a/c/b.md", true},
		{"**/*.md", "b.md", true}, {"a/?.md", "a/b.md", true}, {"older", "old/a.md", false}, {"./a/", "a/b.md", true}, {"a/b/c", "a/b", false},
	} {
		if got, err := Match(test.glob, test.name); got != test.want || err != nil {
			t.Errorf("Match(%q, %q) = %v, %v", test.glob, test.name, got, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("same:\n  - [a, b]\nkind: {a: none}\n")
	f.Add("topics:\n  a: &x [b]\n  c: *x\nerase: *x\n")
	f.Add("a: [\n")
	f.Fuzz(func(t *testing.T, src string) {
		file, err := Parse("f", []byte(src))
		var place *Error
		if err != nil && (!errors.As(err, &place) || place.Line < 1) {
			t.Fatalf("an error without its place: %v", err)
		}
		if err == nil && file == nil {
			t.Fatal("neither a file nor an error")
		}
	})
}

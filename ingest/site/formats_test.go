package site

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"rapporteur/ingest"
	"rapporteur/ingest/markdown"
)

// evening is one page in every format: each says the same title, author, heading, list and link.
var evening = map[string]string{
	"a.md": "Title: Weir evening\nDate: 2031-02-03\nAuthors: Senta Holm; Ulf Berring\n\nWe met.\n\n## Speakers\n\n* Edda Voss, [Pier " +
		"Labs](https://pier.example)\n  * nested\n",
	"b.qmd": "---\ntitle: Weir evening\ndate: 2031-02-03\nauthors: [Senta Holm, Ulf Berring]\n---\n::: {.note}\nWe met.\n:::\n\n## " +
		"Speakers\n\n* Edda Voss, [Pier Labs](https://pier.example)\n  * nested\n",
	"c.rst": "Weir evening\n############\n\n:date: 2031-02-03\n:authors: Senta Holm; Ulf Berring\n\nWe met.\n\nSpeakers\n========\n\n* " +
		"Edda Voss, `Pier Labs <https://pier.example>`_\n\n  * nested\n",
	"d.adoc": "= Weir evening\nSenta Holm <s@x.example>; Ulf Berring\n2031-02-03\n\nWe met.\n\n== Speakers\n\n* Edda Voss, " +
		"https://pier.example[Pier Labs]\n** nested\n",
	"e.org": "#+TITLE: Weir evening\n#+DATE: <2031-02-03 Mon>\n#+AUTHOR: Senta Holm, Ulf Berring\n\nWe met.\n\n* Speakers\n- Edda Voss, " +
		"[[https://pier.example][Pier Labs]]\n  - nested\n",
	"f.html": "<!doctype html>\n<html><head><title>Weir evening | Ferry</title><meta name=\"date\" " +
		"content=\"2031-02-03\"></head>\n<body><nav><a href=\"/\">Home</a></nav><main>\n<p>We met.</p>\n<h2>Speakers</h2>\n" +
		"<ul><li>Edda Voss, <a href=\"https://pier.example\">Pier " +
		"Labs</a><ul><li>nested</li></ul></li></ul>\n</main><footer>Imprint</footer></body></html>\n",
	"g.ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20310203T190000Z\r\n" +
		"DTEND:20310203T210000Z\r\nSUMMARY:Weir evening\r\nDESCRIPTION:We met.\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
}

func TestFormats(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range evening {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	folder, err := Read(t.Context(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	if len(folder.Pages) != len(evening) || len(folder.Skips) > 0 {
		t.Fatalf("%d pages of %d, skips %v", len(folder.Pages), len(evening), folder.Skips)
	}
	for _, p := range folder.Pages {
		if p.Title != "Weir evening" || p.Date != "2031-02-03" {
			t.Errorf("%s: title %q, date %q", p.Path, p.Title, p.Date)
		}
		var got []string
		for _, b := range p.Blocks {
			if b.Key == "" {
				got = append(got, fmt.Sprintf("%s %s", b.Kind, b.In(p.Text)))
			}
		}
		body := strings.Join(got, "; ")
		if want := "paragraph We met.; heading Speakers; item Edda Voss, Pier Labs; item nested"; p.Path != "g.ics" && body != want {
			t.Errorf("%s: body %q, want %q", p.Path, body, want)
		}
		if p.Path == "g.ics" && (p.Kind != ingest.EventPage || body != "paragraph We met.") {
			t.Errorf("%s: a %s that says %q", p.Path, p.Kind, body)
		}
		if p.Path != "g.ics" && (len(p.Links) != 1 || p.Links[0].Target != "https://pier.example" || p.Links[0].In(p.Text) != "Pier Labs") {
			t.Errorf("%s: links %v", p.Path, p.Links)
		}
	}
}

// Every beginning of every page, and every page of thousands of times the same, is read to an end: nothing panics, spans are
// in order, and no word of the page's own is invented.
func TestFormatsDamaged(t *testing.T) {
	for _, f := range formats(markdown.New()) {
		for name, text := range evening {
			if formatOf([]Format{f}, name) == nil {
				continue
			}
			check := func(src string) {
				values, body, line := f.Reader.Head([]byte(src))
				s := &source{path: name, rel: name, matter: head(values)}
				c := f.Reader.Content(s.fields(&config{}, &directory{}, namer{}), body, line)
				for i, b := range c.Blocks {
					if b.Start > b.End || b.End > len(c.Text) || i > 0 && b.Start < c.Blocks[i-1].End || b.Line < 1 {
						t.Fatalf("%s: block %d is %+v in a text of %d bytes, of %q", name, i, b, len(c.Text), src[:min(len(src), 200)])
					}
				}
			}
			for end := range len(text) {
				check(text[:end])
			}
			check(strings.Repeat(text, 200))
			for _, nest := range []string{"* ", "> ", "(", "[", "*", "`", "<div>", "====\n", "----\n", "| ", "|===\n", "- ", "  * a\n    ",
				".. note::\n   ", "{{", ":a: ", "_", "[[", "BEGIN:VEVENT\r\n", "#+BEGIN_QUOTE\n"} {
				check(strings.Repeat(nest, 2000))
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	for name, src := range map[string]string{
		"Windows-1252": "---\ntitle: Caf\xe9\n---\nEin sch\xf6ner Tag.\n",
		"UTF-16": "\xff\xfe-\x00-\x00-\x00\n\x00t\x00i\x00t\x00l\x00e\x00:\x00 " +
			"\x00C\x00a\x00f\x00\xe9\x00\n\x00-\x00-\x00-\x00\n\x00x\x00\n\x00",
	} {
		folder, err := Read(t.Context(), fstest.MapFS{"a.md": {Data: []byte(src)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := folder.Pages[0].Title; got != "Café" {
			t.Errorf("%s: title %q", name, got)
		}
		if len(folder.Skips) != 1 || !folder.Skips[0].Part || !strings.Contains(folder.Skips[0].Cause, name) {
			t.Errorf("%s: skips %v", name, folder.Skips)
		}
	}
}

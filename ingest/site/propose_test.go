package site

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"rapporteur/ingest/curation"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// What is proposed is accepted as it stands, and with every proposal taken.
func TestPropose(t *testing.T) {
	fsys := fstest.MapFS{
		"_config.yml":        file("title: Weir Commons\nurl: https://weir.example\n"),
		"gatherings/one.md":  file("---\ntitle: One\nled_by: Edda Voss\n---\nText.\n"),
		"gatherings/two.md":  file("---\ntitle: Two\nled_by: Martin Crane\n---\nText.\n"),
		"gatherings/memo.md": file("---\ntitle: Memo\nprivate: true\n---\nText.\n"),
		"notes/a.odt":        file("x"),
	}
	f, err := Read(context.Background(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	text := f.Propose()
	for _, want := range []string{"url: \"https://weir.example\"", "led_by", "**/*.odt", "gatherings/memo.md"} {
		if !strings.Contains(text, want) {
			t.Errorf("the proposal lacks %q:\n%s", want, text)
		}
	}
	taken := strings.ReplaceAll(text, "\n# ", "\n")
	taken = strings.ReplaceAll(taken, "\n#  ", "\n  ")
	for _, src := range []string{text, strings.Replace(strings.Replace(taken, "Pages by kind", "# Pages by kind", 1), "\n# What", "\n", 1)} {
		if _, err := curation.Parse(curation.FileName, []byte(src)); err != nil {
			t.Errorf("%v in\n%s", err, src)
		}
	}
}

// A key of a person points to the record with it: the page shows the name and the body, and the record is a page of its own.
func TestPointers(t *testing.T) {
	fsys := fstest.MapFS{
		"_config.yml": file("title: Weir Commons\nurl: https://weir.example\ncollections: {events: {output: true}}\n"),
		"_data/crew.yml": file("evoss:\n  first_name: Edda\n  last_name: Voss\n  company: Lock Studio\nmcrane:\n  name: Martin Crane\n  " +
			"title: Keeper, Weirhaus\n"),
		"_data/talks.json": file(`[{"id": "t1", "title": "On weirs", "date": "2031-05-06", "speakers": ["evoss"], "url": ` +
			`"/events/weirs.html"}]`),
		"_events/weirs.md":   file("---\ntitle: On weirs\n---\nText.\n"),
		"_events/locks.md":   file("---\ntitle: On locks\ndate: 2031-02-30\npresenters: [mcrane, nobody1]\n---\nText.\n"),
		"_events/rivers.md":  file("---\ntitle: Rivers, June 5-8, 2031\nhosts: [N/A]\n---\nText.\n"),
		"_data/empty.yml":    file("a: b\n"),
		"_data/cut.json":     file("[{"),
		"_data/settings.yml": file("a: b\n"),
	}
	f, err := Read(context.Background(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range f.Pages {
		got = append(got, p.Path+" "+string(p.Kind)+" "+p.Date+" "+p.EndDate+" "+strings.ReplaceAll(p.Text, "\n", "|"))
	}
	want := []string{
		"_data/crew.yml#evoss person   Edda Voss|Edda Voss|Lock Studio",
		"_data/crew.yml#mcrane person   Martin Crane|Martin Crane|Keeper, Weirhaus",
		"_events/locks.md event   On locks|Martin Crane|Weirhaus|Keeper|nobody1|Text.",
		"_events/rivers.md event 2031-06-05 2031-06-08 Rivers, June 5-8, 2031|Text.",
		"_events/weirs.md event 2031-05-06  On weirs|Edda Voss|Lock Studio|Text.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("pages\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	kinds := map[string]bool{}
	for _, g := range f.Account {
		kinds[string(g.Kind)] = true
	}
	if !kinds["pointer"] || !kinds["date"] || !kinds["data"] {
		t.Errorf("account %+v", f.Account)
	}
	if len(f.Skips) != 2 || f.Skips[0].Path != "_data/cut.json" || f.Skips[1].Line != 3 {
		t.Errorf("skips %+v", f.Skips)
	}
}

package pipeline

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// harrows is a site on which one person has several names.
func harrows(decisions string) fstest.MapFS {
	page := func(title, body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\n---\n" + body + "\n")}
	}
	return fstest.MapFS{
		"_config.yml":     {Data: []byte("title: Sluice Forum\nurl: https://sluice.example\ncollections: {events: {output: true}}\n")},
		"rapporteur.yaml": {Data: []byte(decisions)},
		"_events/2024-05-01-locks.md": page("Locks",
			"**Robert Harrow**, director of the Weir Trust, spoke in May 2024 of hope.\n\n**Ida Quill** of the Weir Trust chaired."),
		"_events/2024-06-01-weirs.md": page("Weirs",
			"**Bob Harrow**, director of the Weir Trust, spoke.\n\n**Rachel Harrow** of the Mill Board replied."),
		"_events/2024-07-01-mills.md": page("Mills", "**Robert Harow**, director of the Weir Trust, spoke.\n\n**Ida Quill** chaired."),
		"_events/2024-08-01-dams.md":  page("Dams", "**R. Harrow** of the Weir Trust spoke.\n\n**Ida Quill** of the Weir Trust chaired."),
		"_events/2024-09-01-tides.md": page("Tides", "**May Hope** of the Mill Board spoke in May 2024."),
	}
}

// Whoever is erased by one name, or by an address, is gone under all that the site's pages call them; others stay.
func TestErasedUnderAllNames(t *testing.T) {
	for name, entry := range map[string]string{"name": "Robert Harrow", "another name": "Bob Harrow",
		"address": "https://sluice.example/id/person/robert-harrow"} {
		t.Run(name, func(t *testing.T) {
			kept := asJSON(t, read(t, harrows("erase: [\""+entry+"\", May Hope]\n"), Options{}))
			for _, gone := range []string{"Robert", "Bob Harrow", "Harow", "R. Harrow", "robert-harrow", "May Hope"} {
				if strings.Contains(kept, gone) {
					t.Errorf("%s is still there", gone)
				}
			}
			for _, stays := range []string{"Rachel Harrow", "Ida Quill", "May 2024", "Weir Trust"} {
				if !strings.Contains(kept, stays) {
					t.Errorf("%s is gone", stays)
				}
			}
		})
	}
}

// What an erased person is called on the pages depends on these alone: not on the cache, on what was read before, nor on workers.
func TestErasingByEntityIsTheSameEachTime(t *testing.T) {
	fsys := harrows("erase: [Robert Harrow]\n")
	want := asJSON(t, read(t, fsys, Options{Workers: 1}))
	dir, memory := t.TempDir(), &Memory{}
	before := read(t, harrows("name: Sluice Forum\n"), Options{CacheDir: dir, Version: "1", Memory: memory})
	if !strings.Contains(asJSON(t, before), "Bob Harrow") {
		t.Fatal("Bob Harrow was never there")
	}
	for range 2 {
		if got := asJSON(t, read(t, fsys, Options{CacheDir: dir, Version: "1", Memory: memory, Workers: 4})); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		for _, name := range []string{draftsName, asksName} {
			c := openCache(dir, name, "1")
			if len(c.old) == 0 {
				t.Errorf("the cache of %s is empty", name)
			}
			for _, kept := range c.old {
				if strings.Contains(string(kept), "Bob Harrow") {
					t.Errorf("the cache of %s holds the erased person's other name", name)
				}
			}
		}
	}
}

// A form that may mean somebody else stays, and the report says so without it.
func TestFormsOfOthersStay(t *testing.T) {
	fsys := harrows("erase: [Robert Harrow]\nalias:\n  Bob Harrow: [Bertie]\n")
	s := read(t, fsys, Options{})
	told := slices.ContainsFunc(s.Notes, func(n string) bool { return strings.Contains(n, "rapporteur.yaml:1: erase: 1 further form") })
	if !told || strings.Contains(strings.Join(s.Notes, "\n"), "Harrow") {
		t.Errorf("notes: %q", s.Notes)
	}
}

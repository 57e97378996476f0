package curation

import "testing"

func TestErase(t *testing.T) {
	f, err := Parse("rapporteur.yaml", []byte("erase: [John Doe, Zoë O'Hara]\nalias:\n  John Doe: [Johnny D., J. Doe]\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, src, want string }{
		{"plain", "We met John Doe there.", "We met (name removed) there."},
		{"case, line break", "JOHN\nDOE spoke", "(name removed)\n spoke"},
		{"markup between the words stays", "**John** [Doe](x) spoke", "**(name removed)** [](x) spoke"},
		{"possessive", "John Doe's talk, John’s view", "(name removed)'s talk, (name removed)’s view"},
		{"parts alone, where the whole stands", "John Doe spoke. John said so. Mr Doe left. Then Doe came.", "(name removed) spoke. (name removed) said so. Mr (name removed) left. Then (name removed) came."},
		{"parts alone elsewhere", "John said so.", "John said so."},
		{"somebody else's name", "John Doe met John Smith and Jane Doe.", "(name removed) met John Smith and Jane Doe."},
		{"accents", "Zoe O’Hara and ZOË OHARA", "(name removed) and (name removed)"},
		{"aliases", "Johnny D. and J. Doe", "(name removed) and (name removed)"},
		{"addresses", "[x](https://t.example/johndoe) [y](/people/john-doe) a_john_doe.png", "[x](https://t.example/removed) [y](/people/removed) a_removed.png"},
		{"longer words", "John Doerr and Ajohn Doe", "John Doerr and Ajohn Doe"},
		{"front matter", "---\nauthor: John Doe\nauthors: [john-doe]\n---\n", "---\nauthor: (name removed)\nauthors: [removed]\n---\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, changed := f.Eraser().Text(test.src)
			if got != test.want || changed != (got != test.src) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestEraserCounts(t *testing.T) {
	f, err := Parse("rapporteur.yaml", []byte("erase:\n  - John Doe\n  - Jane Roe\n"))
	if err != nil {
		t.Fatal(err)
	}
	e := f.Eraser()
	e.Text("John Doe")
	if e.Count() != 1 || len(e.Missed()) != 1 || e.Missed()[0] != 3 {
		t.Errorf("count %d, missed %v", e.Count(), e.Missed())
	}
	if !e.About("JANE  Roe") || e.Count() != 2 {
		t.Error("a page about Jane Roe is not known as one")
	}
	var none *File
	if got, changed := none.Eraser().Text("John Doe"); changed || got != "John Doe" {
		t.Error("without decisions something was erased")
	}
}

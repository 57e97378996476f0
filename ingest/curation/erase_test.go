package curation

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func ordinary(word string) bool { return word == "may" || word == "hope" || word == "will" }

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
		{"parts alone, where the whole stands", "John Doe spoke. John said so. Mr Doe left. Then Doe came.",
			"(name removed) spoke. (name removed) said so. Mr (name removed) left. Then (name removed) came."},
		{"behind a word of address in other languages", "John Doe sprach. Frau Doe ging, mit Herrn Doe und Sra. Doe.",
			"(name removed) sprach. Frau (name removed) ging, mit Herrn (name removed) und Sra. (name removed)."},
		{"the surname cut short", "John Doe spoke, John D. said. John D left, John E. came.",
			"(name removed) spoke, (name removed) said. John D left, John E. came."},
		{"parts alone elsewhere", "John said so.", "John said so."},
		{"somebody else's name", "John Doe met John Smith and Jane Doe.", "(name removed) met John Smith and Jane Doe."},
		{"somebody else's name begins a sentence", "John Doe met us. Rachel Doe came. Will Doe came?",
			"(name removed) met us. Rachel Doe came. Will (name removed) came?"},
		{"accents", "Zoe O’Hara and ZOË OHARA", "(name removed) and (name removed)"},
		{"apostrophes as blanks", "Zoë O Hara, Zoë O’ Hara, zoe-o-hara", "(name removed), (name removed), removed"},
		{"aliases", "Johnny D. and J. Doe", "(name removed) and (name removed)"},
		{"addresses", "[x](https://t.example/johndoe) [y](/people/john-doe) a_john_doe.png",
			"[x](https://t.example/removed) [y](/people/removed) a_removed.png"},
		{"longer words", "John Doerr and Ajohn Doe", "John Doerr and Ajohn Doe"},
		{"spelt with entities, escapes and without width",
			"John&nbsp;Doe, J&#111;hn D&#x6f;e, John\u00a0Doe, John Do\u00ade, Jo\u200bhn Doe, \"J\\u006fhn\\x20Doe\"",
			"(name removed), (name removed), (name removed), (name removed), (name removed), \"(name removed)\""},
		{"markup within", "Jo<!-- x -->hn Doe, Jo<b>h</b>n Doe, <td>John</td><td>Doe</td>",
			"(name removed), (name removed)<b></b>, <td>(name removed)</td><td></td>"},
		{"further given names", "John Q. Doe, John Quentin Doe, John “Jack” Doe", "(name removed), (name removed), (name removed)"},
		{"surname first", "Doe, John; DOE John", "(name removed); (name removed)"},
		{"an initial", "J. Doe and J Doe spoke", "(name removed) and (name removed) spoke"},
		{"handles and mail", "@johndoe, @jdoe, jdoe@x.example, john.doe@x.example, %4Aohn%20Doe",
			"@removed, @removed, removed@x.example, removed@x.example, (name removed)"},
		{"an attribute", `<img alt="John Doe" src="john_doe.png">`, `<img alt="(name removed)" src="removed.png">`},
		{"sentences apart", "We met John. Doe is a deer.", "We met John. Doe is a deer."},
		{"front matter", "---\nauthor: John Doe\nauthors: [john-doe]\n---\n", "---\nauthor: (name removed)\nauthors: [removed]\n---\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, changed := f.Eraser(ordinary).Text(test.src)
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
	e := f.Eraser(ordinary)
	e.Text("John Doe")
	if missed := e.Missed(); len(missed) != 1 || missed[0].Line != 3 {
		t.Errorf("missed %v, want line 3 alone", missed)
	}
	if !e.About("JANE  Roe") || len(e.Missed()) != 0 {
		t.Error("a page about Jane Roe is not known as one")
	}
	var none *File
	if got, changed := none.Eraser(ordinary).Text("John Doe"); changed || got != "John Doe" {
		t.Error("without decisions something was erased")
	}
}

// Names that are ordinary words, too, go only where they are names.
func TestEraseOrdinaryWords(t *testing.T) {
	f, err := Parse("rapporteur.yaml", []byte("erase: [May Hope]\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ src, want string }{
		{"In May 2024 we hope to meet.", "In May 2024 we hope to meet."},
		{"May Hope spoke in May 2024. We may hope so. Ms Hope left.",
			"(name removed) spoke in May 2024. We may hope so. Ms (name removed) left."},
		{"It may hope for rain.", "It may hope for rain."},
		{"In May, Hope House opens.", "In May, Hope House opens."},
		{"Since May: Hope | May / Hope", "Since May: Hope | May / Hope"},
		{"| May | Hope |", "| May | Hope |"},
		{"In May: hope. Until May; then hope.", "In May: hope. Until May; then hope."},
		{"tags: [may-hope]", "tags: [removed]"},
	} {
		if got, _ := f.Eraser(ordinary).Text(test.src); got != test.want {
			t.Errorf("got  %q\nwant %q", got, test.want)
		}
	}
}

// An initial may be somebody else's: whom the page names in full.
func TestEraseInitials(t *testing.T) {
	f, err := Parse("rapporteur.yaml", []byte("erase: [John Doe]\n"))
	if err != nil {
		t.Fatal(err)
	}
	e := f.Eraser(ordinary)
	if got, _ := e.Text("Jane Doe spoke. J. Doe left."); got != "Jane Doe spoke. J. Doe left." {
		t.Error(got)
	}
	if got := e.Remains(); len(got) != 1 || !strings.Contains(got[0].Says, "no page has the whole name;") ||
		strings.Contains(got[0].Says, "Doe") {
		t.Errorf("nobody was erased, and %v remains", got)
	}
	e.Text("John Doe came. Jane Doe did not.")
	if got := e.Remains(); len(got) != 1 || got[0].Line != 1 {
		t.Errorf("%v remains", got)
	}
}

// Many names of which the same is to be said are one note.
func TestManyNotes(t *testing.T) {
	var list strings.Builder
	list.WriteString("erase:\n")
	for i := range 3000 {
		fmt.Fprintf(&list, "  - John Doe%c%c%c\n", 'a'+i%26, 'a'+i/26%26, 'a'+i/676)
	}
	f, err := Parse("rapporteur.yaml", []byte(list.String()))
	if err != nil {
		t.Fatal(err)
	}
	e := f.Eraser(ordinary)
	e.Text("John Doe spoke, and so did John Doebaa. Doebaa and Doecaa left.")
	e.Text("Doecaa came, Doedaa came, Doeeaa came, Doefaa came.")
	notes := Told("rapporteur.yaml", slices.Concat(e.Missed(), e.Remains()))
	missed := "rapporteur.yaml:2: erase: this name stands on no page. The same of 2994 more: lines 8, 9"
	if len(notes) != 2 || !strings.HasPrefix(notes[0], missed) ||
		!strings.HasPrefix(notes[1], "rapporteur.yaml:4: erase: no page has the whole name;") ||
		!strings.HasSuffix(notes[1], "The same of 3 more: lines 5, 6, 7") {
		t.Errorf("%d notes: %q", len(notes), notes)
	}
}

func FuzzErase(f *testing.F) {
	file, err := Parse("rapporteur.yaml", []byte("erase: [John Doe, Zoë van Øst, 王 伟]\n"))
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"John&nbsp;Doe", "<b>John</b> [Doe](x)", "Doe,\nJohn", "%4Aohn\\u0020Doe", "Zoe\u0308 VAN Øst",
		"<!-- John Doe",
		"王伟 王 伟", "](John Doe)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		e := file.Eraser(ordinary)
		out, changed := e.Text(src)
		if strings.Count(out, "\n") != strings.Count(src, "\n") {
			t.Errorf("line breaks changed: %q -> %q", src, out)
		}
		if changed != (out != src) && out == src {
			t.Errorf("%q is said to have changed", src)
		}
		if again, more := e.Text(out); more {
			t.Errorf("%q -> %q -> %q", src, out, again)
		}
	})
}

package curation

import (
	"strings"
	"testing"
)

func TestAdd(t *testing.T) {
	for _, c := range []struct{ name, file, lines, note, want string }{
		{"the first decision of all", "", "same:\n  - [Jane Roe, J. Roe]\n", "2026-01-02 Ann: one person",
			"same:\n  - [Jane Roe, J. Roe] # 2026-01-02 Ann: one person\n"},
		{"under its heading, among others", "url: https://a.example\nsame: # ours\n- [A B, A C]\n# the rest\nhide: [X Y]\n",
			"same:\n  - [Jane Roe, J. Roe]\n", "",
			"url: https://a.example\nsame: # ours\n- [A B, A C]\n- [Jane Roe, J. Roe]\n# the rest\nhide: [X Y]\n"},
		{"a heading on one line stays as it is", "hide: [X Y]", "hide: [Z]\n", "", "hide: [X Y]\nhide:\n  - Z\n"},
		{"a table", "kind:\n    Expo: none # a fair\n", "kind:\n  \"Fair, The\": none\n", "no\nbody",
			"kind:\n    Expo: none # a fair\n    \"Fair, The\": none # no body\n"},
		{"no end of line", "same:\n  - [A B, A C]", "same:\n  - [D E, D F]\n", "", "same:\n  - [A B, A C]\n  - [D E, D F]\n"},
		{"what is there already", "hide:\n  - X Y # old\n", "hide: [X Y]\n", "again", "hide:\n  - X Y # old\n"},
		{"commas stay in a name", "", "different:\n  - [\"Roe, Jane\", Roe]\n", "", "different:\n  - [\"Roe, Jane\", Roe]\n"},
		{"several at once", "name: S\n", "noTie:\n  - [Jane Roe, Example Society]\nnoAsk:\n  - \"We must: go\"\n", "",
			"name: S\nnoTie:\n  - [Jane Roe, Example Society]\nnoAsk:\n  - \"We must: go\"\n"},
	} {
		got, err := Add(FileName, []byte(c.file), []byte(c.lines), c.note)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", c.name, err, got, c.want)
		}
	}
	for _, c := range []struct{ name, file, lines, want string }{
		{"both the same and not", "same:\n  - [A B, A C]\n", "different:\n  - [a b, A C]\n", "rapporteur.yaml:4: these are called the same"},
		{"two kinds", "kind:\n  Expo: none\n", "kind:\n  Expo: person\n", `rapporteur.yaml:3: "Expo" is called person here and none on line 2`},
		{"erases what it decides on", "", "same:\n  - [A B, A C]\nerase: [A C]\n", "rapporteur.yaml:4: line 2 decides on a name"},
		{"no YAML", "", "same: [", "lines:1: this is not YAML"},
		{"no setting", "", "merge: [A, B]\n", `lines:1: "merge" is no setting`},
		{"a file that is broken", "same: [\n", "hide: [A]\n", "rapporteur.yaml:1: this is not YAML"},
	} {
		if got, err := Add(FileName, []byte(c.file), []byte(c.lines), ""); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, %q", c.name, err, got)
		}
	}
}

// What was contradictory before is no reason to refuse something else.
func TestAddBesideAnOldContradiction(t *testing.T) {
	file := "same:\n  - [A B, A C]\ndifferent:\n  - [A B, A C]\n"
	if _, err := Add(FileName, []byte(file), []byte("hide: [X]\n"), ""); err != nil {
		t.Error(err)
	}
}

func FuzzAdd(f *testing.F) {
	f.Add("same:\n  - [A, B]\n", "hide: [X]\nsame:\n  - [C, D]\n", "why")
	f.Add("kind: {A: none}", "alias:\n  A: [B, \"C, D\"]\n", "# x")
	f.Fuzz(func(t *testing.T, file, lines, note string) {
		out, err := Add(FileName, []byte(file), []byte(lines), note)
		if err != nil {
			return
		}
		if _, err := Parse(FileName, out); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		again, err := Add(FileName, out, []byte(lines), note)
		if err != nil || string(again) != string(out) {
			t.Fatalf("a second time: %v\n%q\nafter\n%q", err, again, out)
		}
	})
}

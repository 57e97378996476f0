package fold

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestForms(t *testing.T) {
	for in, want := range map[string]struct{ text, name, slug string }{
		"The Harbour’s Fund":  {"the harbour's fund", "harbour fund", "the-harbours-fund"},
		"Łukasz  Żółć":        {"lukasz  zolc", "lukasz zolc", "lukasz-zolc"},
		"Søren Æbelø-Øye":     {"soren aebelo-oye", "soren aebelo oye", "soren-aebelo-oye"},
		"Þóra Ðað, İbrahim ı": {"thora dad, ibrahim i", "thora dad ibrahim i", "thora-dad-ibrahim-i"},
		"Straße":              {"strasse", "strasse", "strasse"},
		"Pat O'Neill":         {"pat o'neill", "pat o neill", "pat-oneill"},
		"Anne‑Marie ﬁsh":      {"anne-marie fish", "anne marie fish", "anne-marie-fish"},
		"हिन्दी समिति":        {"हिन्दी समिति", "हिन्दी समिति", "हिन्दी-समिति"},
		"한국 がくせい":             {"한국 がくせい", "한국 がくせい", "한국-がくせい"},
		"U.S. Shore Service":  {"u.s. shore service", "u s shore service", "us-shore-service"},
		"":                    {"", "", Digest(6, "")},
		"?!":                  {"?!", "", Digest(6, "?!")},
	} {
		if got := Text(in); got != want.text {
			t.Errorf("Text(%q) = %q, want %q", in, got, want.text)
		}
		if got := Name(in); got != want.name {
			t.Errorf("Name(%q) = %q, want %q", in, got, want.name)
		}
		if got := Slug(in); got != want.slug {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want.slug)
		}
	}
}

func FuzzSlug(f *testing.F) {
	f.Add("A name of Ærø’s \u0301 people")
	f.Add(strings.Repeat("long ", 40))
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, s string) {
		slug := Slug(s)
		if slug == "" || len(slug) > longestSlug || !utf8.ValidString(slug) || strings.ContainsAny(slug, " /.?#'\"<>%") ||
			strings.Contains(slug, "--") {
			t.Errorf("Slug(%q) = %q", s, slug)
		}
		if again := Slug(slug); again != slug {
			t.Errorf("Slug(%q) = %q, and of that %q", s, slug, again)
		}
	})
}

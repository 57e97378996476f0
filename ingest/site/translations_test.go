package site

import (
	"context"
	"testing"
	"testing/fstest"
)

// The same path below folders of languages, or with a language at the end of the name, or the same key, is one page in several
// languages; two pages in one language are two.
func TestTranslations(t *testing.T) {
	page := func(lang, more string) *fstest.MapFile {
		return file("---\ntitle: T\nlang: " + lang + "\n" + more + "---\nText.\n")
	}
	f, err := Read(context.Background(), fstest.MapFS{
		"_config.yml":          file("title: Weir Commons\nurl: https://weir.example\n"),
		"en/talks/eels.md":     page("en", ""),
		"fr/talks/eels.md":     page("fr", ""),
		"fr/talks/salmon.md":   page("fr", ""),
		"en/talks/roach.md":    page("en", ""),
		"about.md":             page("en", ""),
		"about.de.md":          page("de", ""),
		"notes/pike.md":        page("en", "ref: pike\n"),
		"notizen/hecht.md":     page("de", "ref: pike\n"),
		"de/talks/karpfen.md":  page("de", ""),
		"talks/karpfen.md":     page("de", ""),
		"pt-BR/talks/perch.md": page("pt-BR", ""),
		"en/talks/perch.md":    page("en", ""),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"fr/talks/eels.md": "en/talks/eels.md", "about.de.md": "about.md", "notizen/hecht.md": "notes/pike.md",
		"pt-BR/talks/perch.md": "en/talks/perch.md"}
	for _, p := range f.Pages {
		if p.TranslationOf != want[p.Path] {
			t.Errorf("%s is a translation of %q, want %q", p.Path, p.TranslationOf, want[p.Path])
		}
	}
}

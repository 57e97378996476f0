package site

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/language"
)

// translationKeys are keys of front matter by which the versions of a page in several languages call themselves the same.
var translationKeys = []string{"translationKey", "translation_key", "translation_id", "lang-ref", "lang_ref", "page_id", "ref"}

// translate finds the pages that are one page in several languages: those with the same path but for the folder of a language
// or the ending of the name that says one, or with the same key. One of them is the original: that in the site's language, else
// the one whose path says no language, else the English one, else the first; the others say which page they translate.
func (c *config) translate(folder *Folder, sources []*source) {
	groups := map[string][]int{}
	var order []string
	for i, p := range folder.Pages {
		if p.Lang == "" {
			continue
		}
		key := c.untranslated(sources[i], p)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], i)
	}
	translated, example := 0, ""
	for _, key := range order {
		spoken := map[string]bool{}
		group := slices.DeleteFunc(groups[key], func(i int) bool { // a second page in one language is another page
			lang := language.Base(folder.Pages[i].Lang)
			twice := spoken[lang]
			spoken[lang] = true
			return twice
		})
		if len(group) < 2 {
			continue
		}
		original := group[0]
		for _, is := range []func(i int) bool{
			func(i int) bool { return language.Base(folder.Pages[i].Lang) == "en" },
			func(i int) bool { return folder.Pages[i].Path == key },
			func(i int) bool { return c.lang != "" && language.Base(folder.Pages[i].Lang) == language.Base(c.lang) },
		} {
			if k := slices.IndexFunc(group, is); k >= 0 {
				original = group[k]
			}
		}
		for _, i := range group {
			if i == original {
				continue
			}
			folder.Pages[i].TranslationOf = folder.Pages[original].Path
			if translated++; translated == 1 {
				example = folder.Pages[i].Path + " of " + folder.Pages[original].Path
			}
		}
	}
	if translated > 0 {
		folder.Notes = append(folder.Notes, fmt.Sprintf("%d pages were taken for translations of others, such as %s: what both say is found "+
			"and counted once", translated, example))
	}
}

// untranslated is what the versions of a page in several languages have in common: a key that they give, or their path without
// the language.
func (c *config) untranslated(s *source, page *ingest.Page) string {
	for _, k := range translationKeys {
		if v, ok := s.matter.values[k].(string); ok && v != "" {
			return k + ": " + v
		}
	}
	name := page.Path
	if inner, ok := c.languageFolder(name); ok {
		name = "content: " + inner
	}
	says := func(code string) bool {
		return len(code) >= 2 && language.Base(code) == language.Base(page.Lang) &&
			(len(code) == 2 || len(code) == 5 && (code[2] == '-' || code[2] == '_'))
	}
	dir, base := path.Split(name)
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if i := strings.LastIndexAny(stem, "._"); i > 0 && says(stem[i+1:]) {
		return dir + stem[:i] + ext
	}
	parts := strings.Split(dir, "/")
	if i := slices.IndexFunc(parts, says); i >= 0 {
		parts = slices.Delete(parts, i, i+1)
	}
	return strings.Join(parts, "/") + base
}

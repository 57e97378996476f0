package site

import (
	"path"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/language"
)

// language finds the language of a page and of those of its blocks that are in another one: what rapporteur.yaml or its front matter says,
// else its folder or the ending of its name, else its text, else the site's settings.
func (c *config) language(s *source, page *ingest.Page) {
	if page.Lang = c.decidedLanguage(s.path); page.Lang == "" {
		page.Lang = strings.ReplaceAll(s.matter.inside("lang", "language", "locale"), "_", "-")
	}
	text := ""
	if page.Lang == "" {
		text = language.Detect(prose(page))
	}
	if page.Lang == "" {
		page.Lang = s.lang
	}
	if page.Lang == "" {
		page.Lang = pathLanguage(s.rel, text)
	}
	if page.Lang == "" && text != "" {
		if page.Lang = text; language.Base(c.lang) == text {
			page.Lang = strings.ReplaceAll(c.lang, "_", "-") // which may name a region, too
		}
	}
	if page.Lang == "" {
		page.Lang = strings.ReplaceAll(c.lang, "_", "-")
	}
	for i := range page.Blocks {
		if b := &page.Blocks[i]; b.Kind != ingest.CodeBlock {
			b.Lang = language.Other(b.In(page.Text), page.Lang)
		}
	}
}

// prose is the beginning of what a page says in its body; if it says next to nothing there, of its front matter too.
func prose(page *ingest.Page) string {
	const enough, little = 4000, 200
	for _, fields := range []bool{false, true} {
		var b strings.Builder
		for i := range page.Blocks {
			bl := &page.Blocks[i]
			if bl.Kind == ingest.CodeBlock || bl.Key != "" && !fields {
				continue
			}
			b.WriteString(bl.In(page.Text))
			b.WriteByte('\n')
			if b.Len() > enough {
				break
			}
		}
		if b.Len() > little || fields {
			return b.String()
		}
	}
	return ""
}

// pathLanguage is the language that a page's folders or the end of its name say: "de/about.md", "about.de.md". A code that
// could be a word ("it", "no") counts only if the text is in that language.
func pathLanguage(rel, text string) string {
	stem := strings.TrimSuffix(path.Base(rel), path.Ext(rel))
	parts := append(strings.Split(path.Dir(rel), "/"), "")
	if i := strings.LastIndexAny(stem, "._"); i >= 0 {
		parts[len(parts)-1] = stem[i+1:]
	}
	for i := len(parts) - 1; i >= 0; i-- {
		code := strings.ReplaceAll(parts[i], "_", "-")
		base := language.Base(code)
		if len(base) != 2 || len(code) != 2 && (len(code) != 5 || code[2] != '-') {
			continue
		}
		if base == text || language.Of(base).Depth != language.Structure && text == "" {
			return code
		}
	}
	return ""
}

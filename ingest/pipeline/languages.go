package pipeline

import (
	"fmt"
	"sort"

	"rapporteur/ingest"
	"rapporteur/ingest/language"
)

// languageNotes say of the pages in other languages than English how much was made out on them, most pages first.
func languageNotes(records []*ingest.Record) []string {
	type sum struct {
		of          *language.Language
		pages, held int
		example     string
	}
	sums := map[string]*sum{}
	for _, r := range records {
		l := language.Of(r.Lang)
		if l.Depth == language.Full {
			continue
		}
		s := sums[l.Tag]
		if s == nil {
			s = &sum{of: l, example: r.Path}
			sums[l.Tag] = s
		}
		s.pages++
		s.held += r.HeldBack
	}
	all := make([]*sum, 0, len(sums))
	for _, s := range sums {
		all = append(all, s)
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].pages != all[j].pages {
			return all[i].pages > all[j].pages
		}
		return all[i].of.Tag < all[j].of.Tag
	})
	var notes []string
	for _, s := range all {
		pages := "pages are"
		if s.pages == 1 {
			pages = "page is"
		}
		how := "there a name counts only where something beside its capital says so (a list, a link, a given name, the word for a body)"
		if s.of.Depth == language.Structure {
			how = "of that language only front matter, links and lists are understood"
		}
		notes = append(notes, fmt.Sprintf("%d %s in %s, such as %s: %s; %d possible names were held back, and recommendations are looked for "+
			"in English only. Where the language is wrong, write lang: in the front matter",
			s.pages, pages, s.of.Name, s.example, how, s.held))
	}
	return notes
}

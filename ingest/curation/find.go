package curation

// Found is a place where somebody is named who is to be erased.
type Found struct {
	Line  int  // of the decisions
	Start int  // byte of the text
	Whole bool // else it is a surname, or an initial with it, which may mean somebody else
}

// Find lists where a text names people whom Text would take out, whole names first. It changes nothing.
func (e *Eraser) Find(text string) []Found {
	if e == nil {
		return nil
	}
	var whole, parts []Found
	for _, as := range []view{written, humps, rendered} {
		if as == humps && !hasHumps(text) {
			continue
		}
		words := visibleWords(text, as)
		within := map[int]bool{}
		for _, c := range e.names(text, words) {
			f := Found{e.people[c.person].entry.Line, words[c.from].start, !c.short}
			if c.short {
				parts = append(parts, f)
			} else {
				whole = append(whole, f)
			}
			for i := c.from; i < c.to; i++ {
				within[i] = true
			}
		}
		if as != rendered {
			continue
		}
		for i, w := range words {
			if within[i] || e.common(w.folded) {
				continue
			}
			for _, p := range e.parts[w.folded] {
				if e.isSurname(p, w.folded) {
					parts = append(parts, Found{Line: e.people[p].entry.Line, Start: w.start})
				}
			}
		}
	}
	return append(whole, parts...)
}

// isSurname says whether a word is the last of a form of somebody's name.
func (e *Eraser) isSurname(person int, word string) bool {
	for _, form := range e.people[person].forms {
		if form[len(form)-1] == word {
			return true
		}
	}
	return false
}

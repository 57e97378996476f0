package ties

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// workHeads are words of headings and lead-ins over what can be read elsewhere.
var workHeads = fold.Set(`resource resources reference references reading readings reads papers articles preprints
	bibliography literature publications sources citations literatur quellen bibliographie références`)

// shownThere are words of an item that leads to what somebody showed or said at the occasion itself.
var shownThere = fold.Set(`slides slide deck video recording talk talks presentation keynote session speaker speakers`)

// listedWork reports whether a name stands in an item that points to a work: as its author, after the work's linked title with its
// year, or as what an item of a list of works is called. Whoever is named so alone was read, not heard.
func (v *view) listedWork(f names.Found) bool {
	bl := v.Block(f.From)
	if bl.Kind != ingest.ItemBlock && bl.Kind != ingest.ParagraphBlock && bl.Kind != ingest.CellBlock {
		return false
	}
	if v.citation(f) || v.underWorks(f) {
		return true
	}
	const longest = 60 // tokens of an item that is a work and no more
	span := v.Blocks[v.Toks[f.From].Block]
	if span.To-span.From > longest {
		return false
	}
	titled, year := false, false
	for i := span.From; i < span.To; i++ {
		t := &v.Toks[i]
		if shownThere[t.Lower] {
			return false
		}
		if i < f.From && t.Link > 0 && t.Link != v.Toks[f.From].Link {
			titled = true
		}
		if i >= f.To && i < f.To+15 && isYear(t.Text) {
			year = true
		}
	}
	if titled && year {
		return true
	}
	for _, over := range []int{bl.LeadIn, bl.Heading} {
		if over < 0 {
			continue
		}
		words, works := 0, false
		for i := v.Blocks[over].From; i < v.Blocks[over].To; i++ {
			t := &v.Toks[i]
			if floorHeads[t.Lower] || shownThere[t.Lower] {
				return false
			}
			if t.Word() {
				words++
			}
			works = works || workHeads[t.Lower]
		}
		if works && words <= 12 {
			before := v.lower(f.To, f.From) == ":" && f.To+1 < span.To && v.Toks[f.To+1].Link > 0 // "Jane Roe: [The quiet lock]"
			return titled || before || v.Toks[f.From].Link > 0 || year
		}
	}
	return false
}

// citationWords stand behind the title of a work that is cited.
var citationWords = fold.Set(`preprint arxiv doi vol pp proceedings journal ieee acm zenodo press isbn`)

// andOthers may stand between the authors and the title.
var andOthers = fold.Set(`and et al`)

// citation reports whether a name is one of those that open a block as authors of a work that is cited:
// `J. Roe, A. Doe, "The Quiet Lock," Journal of Tides, vol. 3`.
func (v *view) citation(f names.Found) bool {
	const longest = 70
	s := v.Blocks[v.Toks[f.From].Block]
	to := f.To
	for to < s.To && v.lower(to, f.From) != "\"" && v.lower(to, f.From) != "“" && v.lower(to, f.From) != "‘" {
		if t := &v.Toks[to]; t.Shape == text.LowerShape && !andOthers[t.Lower] && t.Class&gazetteer.Particle == 0 {
			return false
		}
		to++
	}
	first := s.From
	for i := f.From; i > s.From; i-- {
		if v.Toks[i].Line {
			first = i
			break
		}
	}
	if to >= s.To || v.Toks[first].Shape == text.LowerShape || f.From-first > longest {
		return false
	}
	for i := first; i < f.From; i++ {
		if t := &v.Toks[i]; t.Shape == text.LowerShape && !andOthers[t.Lower] && t.Class&gazetteer.Particle == 0 {
			return false
		}
	}
	for i := to; i < min(s.To, to+longest); i++ {
		if citationWords[v.Toks[i].Lower] {
			return true
		}
	}
	return false
}

// paperWords are what is written by several, in the lead-in of a list of it.
var paperWords = fold.Set(`papers articles preprints publications chapters posters posts`)

// underWorks reports whether a name ends an item behind "by", in a list whose lead-in says that these are papers.
func (v *view) underWorks(f names.Found) bool {
	bl := v.Block(f.From)
	if bl.Kind != ingest.ItemBlock || bl.LeadIn < 0 {
		return false
	}
	by := v.Blocks[v.Toks[f.From].Block].From
	for by < f.From && v.Toks[by].Link > 0 {
		by++
	}
	if v.lower(by, f.From) != "by" || by >= f.From {
		return false
	}
	s := v.Blocks[bl.LeadIn]
	works := false
	for i := s.From; i < s.To; i++ {
		w := v.Toks[i].Lower
		if v.Toks[i].Opens || shownThere[w] {
			works = false
		}
		works = works || paperWords[w]
	}
	return works
}

// onlyRead reports whether the page's text names somebody as the author of listed works alone.
func (v *view) onlyRead(s *names.Named) bool {
	listed := 0
	for _, f := range s.Places {
		if !v.listedWork(f) {
			return false
		}
		listed++
	}
	return listed > 0
}

// interviews are what is done to interviews by those who ask.
var interviews = fold.Set(`performed performing conducted conducting did led recorded`)

// asksOthers reports whether a name is that of who asked in an interview, whose bodies are those of others: "Jane Roe performed the
// interview", "interviewed by Jane Roe".
func (v *view) asksOthers(f names.Found) bool {
	at := f.To
	if v.lower(at, f.From) == "for" {
		at++
	}
	if interviews[v.lower(at, f.From)] {
		for i := at + 1; i < at+4; i++ {
			if w := v.lower(i, f.From); w == "interview" || w == "interviews" {
				return true
			}
		}
	}
	before := v.lower(f.From-2, f.From)
	return v.lower(f.From-1, f.From) == "by" && (before == "interview" || before == "interviewed")
}

package names

import (
	"cmp"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// The parts of a block, as marks part it, say what one of them is: who stands before it, what the tagger made of its neighbours, and
// of the parts at the same place of the lines, or cells, above and below.

// part is a part of a block, without its marks.
type part struct {
	from, to int
	kind     tagger.Label // of the one name that fills it, O if none does
	person   bool         // a person is in it
	role     bool
}

// partsSeen are the parts of the blocks of a page, with what the tagger made of them.
type partsSeen struct {
	blocks [][]part
	of     []int32        // by token: number of its part in its block, -1 for a mark
	kinds  []tagger.Label // by token: of the name that it is part of, O outside of names
}

// partsOf parts the blocks of a page on which these names were found.
func (v *View) partsOf(names []Found) *partsSeen {
	s := &partsSeen{blocks: make([][]part, len(v.Blocks)), of: make([]int32, len(v.Toks)), kinds: make([]tagger.Label, len(v.Toks))}
	for _, f := range names {
		for i := f.From; i < f.To; i++ {
			s.kinds[i] = f.Kind
		}
	}
	next := 0
	for b, stretch := range v.Blocks {
		for i := stretch.From; i < stretch.To; {
			if v.isParting(i) {
				s.of[i] = -1
				i++
				continue
			}
			p := part{from: i}
			for i < stretch.To && !v.isParting(i) && (i == p.from || !v.Toks[i].Line) {
				s.of[i] = int32(len(s.blocks[b]))
				p.role = p.role || v.Toks[i].Class&gazetteer.Role != 0
				p.person = p.person || v.Hints[i].Rule.Person()
				i++
			}
			p.to = i
			for next < len(names) && names[next].To <= p.from {
				next++
			}
			for k := next; k < len(names) && names[k].From < p.to; k++ {
				f := &names[k]
				p.person = p.person || f.Kind == tagger.BeginPerson
				if v.fills(f.From, f.To, p) {
					p.kind = f.Kind
				}
			}
			s.blocks[b] = append(s.blocks[b], p)
		}
	}
	return s
}

// fills reports whether a range of tokens is all of a part but for an article before it and a full stop after it.
func (v *View) fills(from, to int, p part) bool {
	return (from <= p.from || from == p.from+1 && v.Toks[p.from].Lower == "the") && (to >= p.to || to == p.to-1 && v.Toks[to].Text == ".")
}

// before reports whether one of the two parts before the part of token i, in its block, has a person, and whether one has a role.
func (s *partsSeen) before(v *View, i int) (person, role bool) {
	parts, at := s.blocks[v.Toks[i].Block], int(s.of[i])
	for k := max(0, at-2); k < at; k++ {
		person, role = person || parts[k].person, role || parts[k].role
	}
	return person, role
}

// near says of a place that fills a part which share of its neighbours in the block, and of the parts at its place in the blocks of its
// kind above and below, are bodies, and are persons, as the tagger has it.
func (s *partsSeen) near(v *View, f Found) (shares [4]float64) {
	block, at := int(v.Toks[f.From].Block), int(s.of[f.From])
	parts := s.blocks[block]
	if at < 0 || !v.fills(f.From, f.To, parts[at]) {
		return shares
	}
	count := func(k int, p part, of *float64) {
		*of++
		switch p.kind {
		case tagger.BeginOrganisation:
			shares[k]++
		case tagger.BeginPerson:
			shares[k+1]++
		}
	}
	var beside, aside float64
	for k := max(0, at-2); k <= min(at+2, len(parts)-1); k++ {
		if k != at {
			count(0, parts[k], &beside)
		}
	}
	kind := v.Page.Blocks[block].Kind
	if kind != ingest.ParagraphBlock {
		for _, step := range []int{-1, 1} {
			found := 0
			for b := block + step; b >= 0 && b < len(s.blocks) && found < 3 && (b-block)*step < 24; b += step {
				other := &v.Page.Blocks[b]
				if other.Kind != kind || kind == ingest.CellBlock && other.Index != v.Page.Blocks[block].Index {
					if kind == ingest.CellBlock && other.Kind == kind {
						continue
					}
					break
				}
				if found++; at < len(s.blocks[b]) {
					count(2, s.blocks[b][at], &aside)
				}
			}
		}
	} else {
		// lines of one paragraph
		for _, k := range []int{at - 4, at - 3, at + 3, at + 4} {
			if k >= 0 && k < len(parts) {
				count(2, parts[k], &aside)
			}
		}
	}
	for k := range shares {
		if k < 2 && beside > 0 {
			shares[k] /= beside
		}
		if k >= 2 && aside > 0 {
			shares[k] /= aside
		}
	}
	return shares
}

// longestPart is how many tokens a part of a block has at most that may be one name.
const longestPart = 10

// withBlockParts adds the parts of blocks that may be one name as a whole where the tagger found a piece of it, or nothing:
// "Jane Roe ([Mend the Weir])", "chair, [Institute for Roe and Doe]". Parts that hold a person or a role are none.
func (v *View) withBlockParts(all []*group, byKey map[string]*group, names []Found) []*group {
	placed := map[[2]int]bool{} // the ranges of tokens of parts
	for b, parts := range v.seen.blocks {
		if v.Page.Blocks[b].Kind == ingest.TitleBlock {
			continue
		}
		for _, p := range parts {
			from, ok := v.mayBeName(p)
			if !ok || v.linkedName(from, p.to) < p.to {
				continue
			}
			key := fold.Name(v.Text(from, p.to))
			g := byKey[key]
			if g == nil && key != "" {
				g = &group{key: key, part: true}
				byKey[key] = g
				all = append(all, g)
			}
			if g != nil && g.part {
				g.places = append(g.places, Found{From: from, To: p.to})
				g.kinds[tagger.O]++
				placed[[2]int{from, p.to}] = true
			}
		}
	}
	all = v.withJoined(all, byKey, names, placed)
	for _, g := range all {
		if !g.part {
			continue
		}
		p := g.places[0]
		i, _ := slices.BinarySearchFunc(names, p.From, func(f Found, at int) int { return cmp.Compare(f.To, at+1) })
		for ; i < len(names) && names[i].From < p.To; i++ {
			if names[i].Kind == tagger.BeginOrganisation {
				g.inside++
				g.insideSure = max(g.insideSure, names[i].Confidence)
			}
		}
	}
	return all
}

// binding are the small words that hold a body's name together.
var binding = fold.SetOf("of", "for", "and", "&", "the", "de", "del", "della", "des", "du", "für", "der", "und", "et", "y", "e", "do", "da",
	"pour", "para")

// withJoined adds runs of capitals that small words hold together, where the tagger saw a body, or some other thing, in a piece of them:
// "the [Institute of Roe and Doe Services] said".
func (v *View) withJoined(all []*group, byKey map[string]*group, names []Found, placed map[[2]int]bool) []*group {
	last := 0
	for _, f := range names {
		if f.Kind != tagger.BeginOrganisation && f.Kind != tagger.BeginOther || f.From < last {
			continue
		}
		from, to := f.From, f.To
		for j := from - 1; v.At(j, f.From) != nil && from-j < 4 && !v.Toks[j+1].Line && (v.Toks[j].Capital() || binding[v.Toks[j].Lower]); j-- {
			if v.Toks[j].Capital() && (!v.Toks[from].Opens || from == f.From) {
				from = j
			}
			if v.Toks[j+1].Opens {
				break
			}
		}
		for j := to; v.At(j, f.From) != nil && j-to < 3 && !v.Toks[j].Line && !v.Toks[j].Opens; j++ {
			if !v.Toks[j].Capital() && !binding[v.Toks[j].Lower] {
				break
			}
			if v.Toks[j].Capital() {
				to = j + 1
			}
		}
		if last = to; from == f.From && to == f.To || to-from > longestPart {
			continue
		}
		ok := true
		for i := from; i < to; i++ {
			t := &v.Toks[i]
			ok = ok && !v.Hints[i].Rule.Person() && (t.Class&(gazetteer.Role|gazetteer.Title|gazetteer.Month) == 0 || t.Class&gazetteer.OrgHead != 0)
		}
		key := fold.Name(v.Text(from, to))
		if g := byKey[key]; ok && key != "" && (g == nil || g.part) && !placed[[2]int{from, to}] {
			if g == nil {
				g = &group{key: key, part: true}
				byKey[key] = g
				all = append(all, g)
			}
			g.places = append(g.places, Found{From: from, To: to})
			g.kinds[tagger.O]++
		}
	}
	return all
}

// mayBeName reports whether a part of a block may be one name that joining words hold together, and where it begins.
func (v *View) mayBeName(p part) (from int, ok bool) {
	from = p.from
	if v.Toks[from].Lower == "the" {
		from++
	}
	if p.kind != tagger.O || p.to-from < 2 || p.to-from > longestPart || !v.Toks[from].Capital() || !v.Toks[p.to-1].Capital() {
		return from, false
	}
	joined := false
	for i := from; i < p.to; i++ {
		t := &v.Toks[i]
		small := text.Joins[t.Lower] || t.Lower == "the"
		switch {
		case v.Hints[i].Rule.Person(), t.Class&(gazetteer.Role|gazetteer.Title) != 0 && t.Class&gazetteer.OrgHead == 0,
			!small && !t.Capital(), t.Opens && i > from:
			return from, false
		}
		joined = joined || small
	}
	return from, joined
}

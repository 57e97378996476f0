package names

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
)

// surroundings are what the tagger sees of the page and block that a token stands in: the genre, the layout, and which part
// of the block it is, as marks part it: "Name, role, body", "time - title (name)". Each is hashed; 0 is none.
type surroundings struct {
	genre, list, column, heading, people, outer uint32 // of the block
	segment                                     uint32 // number of the part, at most 5, and how many there are
	open, close                                 uint32 // the marks around the part
	from, to                                    int    // tokens of the part
	block                                       text.Stretch
	parts                                       int // seen before the part
}

// parting are the marks that part a block.
var parting = map[string]bool{",": true, ";": true, ":": true, "(": true, ")": true, "–": true, "—": true, "|": true, "/": true, "[": true,
	"]": true, "@": true}

// isParting reports whether token i parts its block; a dash does where it stands by itself.
func (v *View) isParting(i int) bool {
	t := &v.Toks[i]
	return t.Shape == text.MarkShape && (parting[t.Text] || t.Text == "-" && t.Spaced)
}

func (v *View) surroundings(s text.Stretch) *surroundings {
	block := int(v.Toks[s.From].Block)
	bl := &v.Page.Blocks[block]
	a := &surroundings{genre: text.Hash(string(v.Page.Genre)), block: s, from: s.From, to: s.From}
	switch bl.Kind {
	case ingest.ItemBlock:
		a.list = text.Hash(v.ListSort(block))
	case ingest.CellBlock:
		a.list = text.Hash(v.ListSort(block))
		if head := v.ColumnHead(int32(block)); head >= 0 && v.Blocks[head].To > v.Blocks[head].From {
			a.column = text.Hash(v.Toks[v.Blocks[head].To-1].Lower)
		}
	case ingest.FieldBlock:
		if outer, _, ok := strings.Cut(bl.Key, "."); ok {
			a.outer = text.Hash(strings.ToLower(outer))
		}
	}
	const telling = gazetteer.ListHead | gazetteer.AttendHead | gazetteer.Speak | gazetteer.OrgHead | gazetteer.Role
	if bl.Heading >= 0 {
		a.heading = 1 + uint32(v.Sorts[bl.Heading]&telling)
	}
	if bl.LeadIn >= 0 && bl.LeadIn != bl.Heading {
		a.heading = a.heading*31 + 1 + uint32(v.Sorts[bl.LeadIn]&telling)
	}
	people := 0
	for i := s.From; i < s.To; i++ {
		if h := &v.Hints[i]; h.Rule.Person() && !h.Inside {
			people++
		}
	}
	a.people = uint32(min(people, 3) + 1)
	a.move(v, s.From)
	return a
}

// move goes on to the part of the block that token i stands in; a mark belongs to the part that it closes.
func (a *surroundings) move(v *View, i int) {
	for ; i > a.to || a.segment == 0; a.segment = 1 + uint32(min(a.parts, 5))*8 + uint32(min(a.to-a.from, 6)) {
		if a.segment != 0 {
			a.from = a.to + 1
			a.parts++
		}
		for a.to = a.from; a.to < a.block.To && !v.isParting(a.to); a.to++ {
		}
		a.open, a.close = 1, 1
		if a.from > a.block.From {
			a.open = text.Hash(v.Toks[a.from-1].Text)
		}
		if a.to < a.block.To {
			a.close = text.Hash(v.Toks[a.to].Text)
		}
	}
}

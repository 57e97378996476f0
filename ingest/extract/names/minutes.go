package names

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/tagger"
)

// glossaryHeads are words at the head of a table's column that holds the initials or handles by which minutes call those present.
var glossaryHeads = map[string]bool{"abbreviation": true, "abbreviations": true, "abbr": true, "abbr.": true, "initials": true,
	"initial": true, "handle": true, "handles": true, "nick": true, "nickname": true,
	"irc": true, "github": true, "username": true, "acronym": true, "kürzel": true, "sigle": true, "iniciales": true}

// standings say what somebody is at a meeting who is there for no body.
var standings = map[string]bool{"invited expert": true, "observer": true, "guest": true, "individual": true, "independent": true,
	"individual contributor": true, "self": true, "member": true, "unaffiliated": true,
	"independent consultant": true, "freelance": true, "freelancer": true, "public": true, "remote": true, "in person": true, "present": true,
	"absent": true, "regrets": true, "apologies": true, "chair": true}

// withoutMarks leaves out what minutes write where a body's name could stand: numbers of issues, initials and handles in the
// column for them, standings, and words of the label before a bare link.
func (v *View) withoutMarks(found []Found) []Found {
	out := found[:0]
	glossary := v.Glossary()
	for _, f := range found {
		if f.Kind == tagger.BeginOrganisation && len(glossary) > 0 && f.To-f.From == 1 {
			if _, stands := glossary[v.Toks[f.From].Text]; stands {
				continue
			}
		}
		if f.Kind != tagger.BeginOrganisation || !v.isMark(f) {
			out = append(out, f)
		}
	}
	return out
}

// Glossary is what the tables of those present say: by initials or handle, as written, the block of the cell with the name in its row.
func (v *View) Glossary() map[string]int {
	var out map[string]int
	for b := range v.Page.Blocks {
		bl := &v.Page.Blocks[b]
		if bl.Kind != ingest.CellBlock || bl.Row < 2 || !v.glossaryCell(b) {
			continue
		}
		mark := strings.TrimPrefix(strings.TrimSpace(bl.In(v.Page.Text)), "@")
		for n := b; n >= 0 && mark != "" && v.Page.Blocks[n].List == bl.List && v.Page.Blocks[n].Row == bl.Row; n-- {
			if v.Page.Blocks[n].Index == 1 {
				if out == nil {
					out = map[string]int{}
				}
				out[mark] = n
			}
		}
	}
	return out
}

// glossaryCell reports whether a cell stands in the column for initials or handles.
func (v *View) glossaryCell(block int) bool {
	head := v.ColumnHead(int32(block))
	if head < 0 {
		return false
	}
	h := v.Blocks[head]
	for i := h.From; i < h.To; i++ {
		if glossaryHeads[v.Toks[i].Lower] {
			return true
		}
	}
	return false
}

func (v *View) isMark(f Found) bool {
	first, bl := &v.Toks[f.From], v.Block(f.From)
	if first.Shape == text.HandleShape && strings.HasPrefix(first.Text, "#") {
		return true
	}
	if standings[strings.ToLower(v.Name(f.From, f.To))] &&
		(bl.Kind == ingest.CellBlock || v.At(f.From-1, f.From) != nil && v.Toks[f.From-1].Text == "(") {
		return true
	}
	s := v.Blocks[first.Block]
	if bl.Kind == ingest.CellBlock && f.From == s.From && f.To == s.To && v.glossaryCell(int(first.Block)) {
		return true
	}
	// "**GitHub Issue**: https://..."
	if first.Strong == 0 || bl.Kind != ingest.ItemBlock && bl.Kind != ingest.ParagraphBlock {
		return false
	}
	i := s.From
	for i < s.To && v.Toks[i].Strong > 0 {
		i++
	}
	if i < s.To && v.Toks[i].Text == ":" {
		i++
	}
	if i <= f.From || i >= s.To || v.Toks[i-1].Text != ":" {
		return false
	}
	for ; i < s.To; i++ {
		if v.Toks[i].Link == 0 && v.Toks[i].Shape != text.AddressShape && v.Toks[i].Word() {
			return false
		}
	}
	return true
}

package ties

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
)

// runsOf gives by the first token of a person's place the tokens of the run of people that it stands in, joined by commas and "and",
// brackets left aside, and how many people the run has. Who stands alone has no run.
func (v *view) runsOf(people []*names.Named) map[int]run {
	at := map[int]int{} // first token of a place: its end
	for _, s := range people {
		for _, f := range s.Places {
			at[f.From] = f.To
		}
	}
	out := map[int]run{}
	for i := 0; i < len(v.Toks); i++ {
		end, ok := at[i]
		if !ok {
			continue
		}
		if _, done := out[i]; done {
			continue
		}
		members := []int{i}
		for {
			next := v.joined(end, i, at)
			if next < 0 {
				break
			}
			members = append(members, next)
			end = at[next]
		}
		if len(members) > 1 {
			for _, m := range members {
				out[m] = run{text.Stretch{From: i, To: end}, len(members)}
			}
		}
	}
	return out
}

// run is a run of people.
type run struct {
	text.Stretch
	people int
}

// joined returns the person's place that only commas, "and" and brackets part from token i on, -1 if there is none.
func (v *view) joined(i, block int, at map[int]int) int {
	joins := false
	if w := v.lower(i, block); w == "of" || w == "at" || w == "from" { // "Ann Roe of Harbour Trust, John Doe of"
		k := i + 1
		for k < i+9 && v.At(k, block) != nil {
			t := &v.Toks[k]
			if _, person := at[k]; person || !t.Capital() && t.Lower != "of" && t.Lower != "the" && t.Text != "&" && t.Lower != "for" {
				break
			}
			k++
		}
		if t := v.At(k, block); t == nil || k == i+1 || t.Text != "," && t.Text != ";" && t.Lower != "and" {
			return -1
		}
		i = k
	}
	for k := i; k < i+24; k++ {
		t := v.At(k, block)
		if t == nil {
			return -1
		}
		if _, ok := at[k]; ok && joins {
			return k
		}
		switch {
		case t.Text == "(":
			end := v.closing(k)
			if end < 0 {
				return -1
			}
			k = end
		case t.Text == ",", t.Text == ";", t.Text == "&", t.Lower == "and", t.Lower == "und", t.Lower == "et", t.Lower == "y":
			joins = true
		case t.Class&gazetteer.Title != 0 && joins:
		default:
			return -1
		}
	}
	return -1
}

// labels gives by block the bodies that open a line or block and are set before a list by a colon, in order: "Harbour Trust: Ann Roe,
// John Doe".
func (v *view) labels(bodies []*names.Named) map[int32][]placed {
	out := map[int32][]placed{}
	for _, o := range bodies {
		for _, f := range o.Places {
			t := &v.Toks[f.From]
			first := f.From-v.Blocks[t.Block].From <= 1
			if !first && !t.Line && !t.Opens || v.Kind(f.From) == ingest.FieldBlock {
				continue
			}
			for i := f.To; i < f.To+4; i++ {
				w := v.At(i, f.From)
				if w == nil || w.Line {
					break
				}
				if w.Text == ":" {
					out[t.Block] = append(out[t.Block], placed{o, f})
					break
				}
				if w.Shape == text.LowerShape && w.Class&(gazetteer.Role|gazetteer.OrgHead) == 0 {
					break
				}
			}
		}
	}
	return out
}

// labelOf returns the label that a place of a block stands behind, nil if there is none.
func labelOf(labels []placed, f names.Found) *placed {
	var last *placed
	for i := range labels {
		if o := &labels[i]; o.f.To <= f.From && (last == nil || o.f.From > last.f.From) {
			last = o
		}
	}
	return last
}

// opensLine reports whether a person's name opens a line inside a block, a number or a mark left aside.
func (v *view) opensLine(f names.Found) bool {
	for i := f.From; i > f.From-3; i-- {
		t := v.At(i, f.From)
		if t == nil {
			return false
		}
		if t.Line {
			return true
		}
		if before := v.At(i-1, f.From); before == nil ||
			before.Shape != text.MarkShape && before.Shape != text.NumberShape && before.Class&gazetteer.Title == 0 {
			return false
		}
	}
	return false
}

// inOffice reports whether words for a role stand directly about a person's name.
func (v *view) inOffice(f names.Found) bool {
	for i := f.From - 1; i >= f.From-4; i-- {
		t := v.At(i, f.From)
		if t == nil || t.Text == "." || t.Text == ";" || t.Text == ")" {
			break
		}
		if t.Class&gazetteer.Role != 0 {
			return true
		}
	}
	for i := f.To; i < f.To+6; i++ {
		t := v.At(i, f.From)
		if t == nil || t.Opens || t.Text == ";" {
			break
		}
		if t.Class&gazetteer.Role != 0 {
			return true
		}
	}
	return false
}

package extract

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// Small words that stand around a role but are no part of it.
var roleEdges = map[string]bool{"a": true, "an": true, "the": true, "is": true, "was": true, "as": true, "our": true, "at": true, "of": true, "for": true, "from": true, "with": true, "in": true, "and": true,
	"who": true, "by": true, "to": true, "their": true, "his": true, "her": true, "now": true, "both": true, "on": true, "also": true, "then": true, "currently": true, "s": true, "be": true, "are": true, "were": true, "works": true, "working": true, "serves": true, "based": true}

// role finds the words that say what the person is at the body, at the nearest place that has them, "" if the page gives none.
func (v *view) role(x *pair, names []int8) (string, ingest.Span) {
	role, span := v.roleAt(x, names)
	for i := range x.others {
		o := &x.others[len(x.others)-1-i]
		if role != "" || o.how != "block" || o.distance > 16 {
			continue
		}
		if r, s := v.roleAt(o, names); r != "" {
			return r, s
		}
	}
	return role, span
}

// roleAt finds the words that say what the person is at the body, "" if that place gives none.
func (v *view) roleAt(x *pair, names []int8) (string, ingest.Span) {
	whole := ingest.Span{Start: min(v.toks[x.p.from].start, v.toks[x.b.from].start), End: max(v.toks[x.p.to-1].end, v.toks[x.b.to-1].end)}
	switch x.how {
	case "fields":
		return v.fieldRole(x), whole
	case "field", "author":
		return "", v.span(x.b.from, x.b.to)
	case "row", "below", "child", "parent":
		s := v.blocks[v.toks[x.b.from].block]
		if r := v.roleIn(s.from, x.b.from, names, true); r != "" {
			return r, whole
		}
		if x.how == "row" {
			return v.rowRole(x, names), whole
		}
		return "", whole
	}
	if x.b.from >= x.p.to {
		from := x.p.to
		// what follows a body that stands between belongs to the next one
		for i := x.b.from - 1; i >= from; i-- {
			if names[i] == 3 {
				if r := v.roleIn(i+1, x.b.from, names, true); r != "" {
					return r, whole
				}
				// "Director, A and B" is director of both
				if v.onlyJoins(i+1, x.b.from) {
					for i > from && names[i-1] == 3 {
						i--
					}
					return v.roleIn(from, i, names, true), whole
				}
				return "", whole
			}
		}
		if r := v.roleIn(from, x.b.from, names, true); r != "" {
			return r, whole
		}
		// "Jane Roe, X's director", "Jane Roe (X), director"
		end := x.b.to
		if t := v.at(end, x.p.from); t != nil && (t.text == "'" || t.text == "’") && v.at(end+1, x.p.from) != nil && v.toks[end+1].lower == "s" {
			end += 2
		}
		if r := v.roleAfter(end, names); r != "" {
			return r, ingest.Span{Start: whole.Start, End: max(whole.End, v.toks[end].end)}
		}
		// "director Jane Roe of X"
		return v.roleBefore(x.p.from, names), whole
	}
	// "X director Jane Roe", "the director of X, Jane Roe"
	from, to := x.b.to, x.p.from
	if r := v.roleIn(from, to, names, false); r != "" {
		return r, whole
	}
	for i := from; i < to; i++ {
		if t := &v.toks[i]; t.word() && t.class&gazetteer.Title == 0 && !roleEdges[t.lower] {
			return "", whole
		}
	}
	return v.roleBefore(x.b.from, names), whole
}

func (v *view) onlyJoins(from, to int) bool {
	for i := from; i < to; i++ {
		if t := &v.toks[i]; t.word() && t.lower != "and" && t.lower != "the" && t.lower != "at" && t.lower != "in" {
			return false
		}
	}
	return true
}

func (v *view) hasRole(from, to int) bool {
	for i := from; i < to; i++ {
		if v.toks[i].class&gazetteer.Role != 0 {
			return true
		}
	}
	return false
}

// roleIn reads a role from the words between a name and a body: the last stretch between marks that holds a word for a role.
func (v *view) roleIn(from, to int, names []int8, after bool) string {
	if to-from > 30 || !v.hasRole(from, to) {
		return ""
	}
	// brackets and quotes around it, "who is the"
	start, end := from, to
	cut := func(i int) bool {
		t := &v.toks[i]
		return t.text == "(" || t.text == ")" || t.text == ":" || t.text == "–" || t.text == "—" || t.text == "-" && t.spaced || t.text == ";" || t.text == "|" || t.text == "[" || t.text == "]" || t.text == "/" ||
			names[i] == 1 || t.opens && i > from
	}
	for i := from; i < to; i++ {
		if cut(i) {
			if v.hasRole(start, i) {
				end = i
				if !v.hasRole(i+1, to) {
					break
				}
			}
			start, end = i+1, to
		}
	}
	start, end = v.roleTrim(start, end)
	// commas: keep those that stand inside the role, drop clauses before it
	for i := start; i < end; i++ {
		if v.toks[i].text == "," && !v.hasRole(start, i) {
			start = i + 1
		}
	}
	start, end = v.roleTrim(start, end)
	// "spoke as director": a verb in small letters before the role
	for i := start; i < end; i++ {
		if w := v.toks[i].lower; (w == "as" || w == "is" || w == "was" || w == "who") && v.hasRole(i+1, end) {
			start = i + 1
		}
	}
	start, end = v.roleTrim(start, end)
	if start >= end || end-start > 14 || !v.hasRole(start, end) {
		return ""
	}
	return v.name(start, end)
}

func (v *view) roleTrim(start, end int) (int, int) {
	for start < end && (v.toks[start].shape == markShape || roleEdges[v.toks[start].lower] || v.toks[start].class&gazetteer.PostNominal != 0 && v.toks[start].shape == upperShape && start+1 < end && v.toks[start+1].shape == markShape) {
		start++
	}
	for end > start && (v.toks[end-1].shape == markShape || roleEdges[v.toks[end-1].lower]) {
		end--
	}
	return start, end
}

// roleAfter reads a role that follows: ", director" up to the next mark.
func (v *view) roleAfter(from int, names []int8) string {
	if from >= len(v.toks) || v.at(from, from-1) == nil {
		return ""
	}
	to := from
	for to < len(v.toks) && v.at(to, from) != nil && to < from+9 {
		t := &v.toks[to]
		// "MP for Roe and Doe": a seat's place belongs to the role
		seat := to > from && names[to] == int8(tagger.BeginPlace) && (v.toks[to-1].lower == "for" || v.toks[to-1].lower == "and" || v.toks[to-1].capital())
		if names[to] != 0 && !seat || t.opens || t.shape == markShape && t.text != "&" && t.text != "-" && !(to <= from && (t.text == "," || t.text == ")" || t.text == "(")) {
			break
		}
		if t.shape == lowerShape && t.class&gazetteer.Speak != 0 {
			break
		}
		to++
	}
	start, end := v.roleTrim(from, to)
	if start < end && v.toks[start].class&gazetteer.Role != 0 && end-start <= 6 || end-start > 0 && end-start <= 6 && v.toks[end-1].class&gazetteer.Role != 0 {
		return v.name(start, end)
	}
	return ""
}

// roleBefore reads a role that stands directly before token to: "Director Jane Roe", "director of X, Jane Roe".
func (v *view) roleBefore(to int, names []int8) string {
	end := to
	for end > 0 && v.at(end-1, to) != nil && (roleEdges[v.toks[end-1].lower] || v.toks[end-1].text == ",") {
		end--
	}
	start := end
	for start > 0 && end-start < 8 && v.at(start-1, to) != nil {
		t := &v.toks[start-1]
		if names[start-1] != 0 || t.shape == markShape && t.text != "&" && t.text != "-" || t.shape == lowerShape && t.class&(gazetteer.Role|gazetteer.OrgHead) == 0 && !joins[t.lower] {
			break
		}
		start--
		if v.toks[start].opens {
			break
		}
	}
	start, end = v.roleTrim(start, end)
	for start < end && v.toks[start].class&gazetteer.Title != 0 && v.toks[start].class&gazetteer.Role == 0 {
		start++
	}
	if start < end && v.hasRole(start, end) {
		return v.name(start, end)
	}
	return ""
}

// fieldRole is the role among the fields beside a name: speakers.0.role, .title, .position.
func (v *view) fieldRole(x *pair) string {
	key := v.block(x.p.from).Key
	parent := key[:strings.LastIndexByte(key, '.')+1]
	for i := range v.page.Blocks {
		b := &v.page.Blocks[i]
		if b.Kind != ingest.FieldBlock || !strings.HasPrefix(b.Key, parent) {
			continue
		}
		switch strings.ToLower(lastKey(b.Key)) {
		case "role", "title", "position", "job", "job_title", "jobtitle":
			return strings.Join(strings.Fields(b.In(v.page.Text)), " ")
		}
	}
	return ""
}

// rowRole is the text of another cell of the row that reads like a role.
func (v *view) rowRole(x *pair, names []int8) string {
	block := int(v.toks[x.p.from].block)
	bl := &v.page.Blocks[block]
	for i := range v.page.Blocks {
		o := &v.page.Blocks[i]
		if o.Kind != ingest.CellBlock || o.List != bl.List || o.Row != bl.Row || i == block {
			continue
		}
		s := v.blocks[i]
		if s.to > s.from && s.to-s.from < 9 && v.hasRole(s.from, s.to) && names[s.from] == 0 {
			return v.name(s.from, s.to)
		}
	}
	return ""
}

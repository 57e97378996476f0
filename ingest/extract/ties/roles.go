package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// Small words that stand around a role but are no part of it.
var roleEdges = map[string]bool{"a": true, "an": true, "the": true, "is": true, "was": true, "as": true, "our": true, "at": true,
	"of": true, "for": true, "from": true, "with": true, "in": true, "and": true,
	"who": true, "by": true, "to": true, "their": true, "his": true, "her": true, "now": true, "both": true, "on": true, "also": true,
	"then": true, "currently": true, "s": true, "be": true, "are": true, "were": true, "works": true, "working": true, "serves": true,
	"based": true, "under": true}

// role finds the words that say what the person is at the body, at the nearest place that has them, "" if the page gives none.
func (v *view) role(x *pair, named []int8) (string, ingest.Span) {
	role, span := v.roleAt(x, named)
	for i := range x.others {
		o := &x.others[len(x.others)-1-i]
		if role != "" || o.how != "block" || o.distance > 16 {
			continue
		}
		if r, s := v.roleAt(o, named); r != "" {
			return r, s
		}
	}
	return role, span
}

// roleAt finds the words that say what the person is at the body, "" if that place gives none.
func (v *view) roleAt(x *pair, named []int8) (string, ingest.Span) {
	whole := ingest.Span{Start: min(v.Toks[x.p.From].Start, v.Toks[x.b.From].Start), End: v.Toks[max(x.p.To, x.b.To)-1].End}
	switch x.how {
	case "fields":
		return v.fieldRole(x), whole
	case "field":
		if v.states(x) {
			return v.fieldRole(x), v.Span(x.b.From, x.b.To)
		}
		return "", v.Span(x.b.From, x.b.To)
	case "home", "group", "label", "run":
		return v.roleAfter(x.p.To, named), v.Span(x.b.From, x.b.To)
	case "office":
		if r := v.roleAfter(x.p.To, named); r != "" {
			return r, v.Span(x.p.From, x.p.To)
		}
		return v.roleBefore(x.p.From, named), v.Span(x.p.From, x.p.To)
	case "author":
		return "", v.Span(x.b.From, x.b.To)
	case "row", "below", "child", "parent":
		s := v.Blocks[v.Toks[x.b.From].Block]
		if r := v.roleIn(s.From, x.b.From, named, true); r != "" {
			return r, whole
		}
		if x.how == "row" {
			return v.rowRole(x, named), whole
		}
		return "", whole
	}
	if x.b.From >= x.p.To {
		from := x.p.To
		if j := v.cameBy(x.b.From, from); j >= 0 { // "the director left to join X as a fellow": what they were before is no role there
			if r := v.roleIn(j+1, x.b.From, named, true); r != "" {
				return r, whole
			}
			if v.lower(x.b.To, x.b.From) == "as" {
				r := v.roleAfter(x.b.To+1, named)
				if r != "" {
					whole.End = v.Toks[min(x.b.To+len(strings.Fields(r))+1, len(v.Toks)-1)].End
				}
				return r, whole
			}
			return "", whole
		}
		// what follows a body that stands between belongs to the next one
		for i := x.b.From - 1; i >= from; i-- {
			if named[i] == 3 {
				behind := v.pastBrackets(i+1, x.b.From) // what they tell is that body's
				if r := v.roleIn(behind, x.b.From, named, true); r != "" {
					return r, whole
				}
				// "Director, A and B" is director of both
				if v.onlyJoins(behind, x.b.From) {
					for i > from && named[i-1] == 3 {
						i--
					}
					return v.roleIn(from, i, named, true), whole
				}
				return "", whole
			}
		}
		if r := v.roleIn(from, x.b.From, named, true); r != "" {
			return r, whole
		}
		// "Jane Roe, X's director", "Jane Roe (X), director"
		end := x.b.To
		if t := v.At(end, x.p.From); t != nil && (t.Text == "'" || t.Text == "’") && v.At(end+1, x.p.From) != nil && v.Toks[end+1].Lower == "s" {
			end += 2
		}
		if t := v.At(end, x.p.From); t != nil && t.Text == "(" && v.At(end+2, x.p.From) != nil && v.Toks[end+2].Text == ")" { // its short form
			end += 3
		}
		if r := v.roleAfter(end, named); r != "" {
			return r, ingest.Span{Start: whole.Start, End: max(whole.End, v.Toks[end].End)}
		}
		// "director Jane Roe of X", but not "Y director Jane Roe of X"
		role := v.roleBefore(x.p.From, named)
		for i := x.p.From - 1; role != "" && v.At(i, x.p.From) != nil && x.p.From-i < 9; i-- {
			if named[i] == 3 {
				return "", whole
			}
			if t := &v.Toks[i]; t.Shape == text.MarkShape || t.Opens {
				break
			}
		}
		return role, whole
	}
	// "X director Jane Roe", "the director of X, Jane Roe"
	from, to := x.b.To, x.p.From
	if r := v.roleIn(from, to, named, false); r != "" {
		return r, whole
	}
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		if t.Word() && t.Class&gazetteer.Title == 0 && !roleEdges[t.Lower] || t.Lower == "and" || t.Lower == "with" || t.Text == "&" {
			return "", whole // "[the director of X] and Jane Roe"
		}
	}
	return v.roleBefore(x.b.From, named), whole
}

// pastBrackets returns the token after brackets that open at a token and close before another, or the token itself.
func (v *view) pastBrackets(i, to int) int {
	if i >= to || v.Toks[i].Text != "(" {
		return i
	}
	for k := i + 1; k < to; k++ {
		if v.Toks[k].Text == ")" {
			return k + 1
		}
	}
	return i
}

// joinVerbs tell of somebody who comes to a body that they were not of before.
var joinVerbs = fold.Set(`join joins joined joining rejoin rejoins rejoined`)

// cameBy returns the last verb between a person and a body that says that they came to it, -1 if there is none: one before another
// sentence, or before somebody else's name, says so of something else.
func (v *view) cameBy(body, person int) int {
	const farthest = 12
	for i := body - 1; i >= max(person, body-farthest); i-- {
		if v.ends[i+1] || v.Toks[i].Text == ";" || v.Toks[i+1].Opens && i+1 < body {
			return -1
		}
		if joinVerbs[v.Toks[i].Lower] {
			return i
		}
	}
	return -1
}

func (v *view) onlyJoins(from, to int) bool {
	for i := from; i < to; i++ {
		if t := &v.Toks[i]; t.Word() && t.Lower != "and" && t.Lower != "the" && t.Lower != "at" && t.Lower != "in" {
			return false
		}
	}
	return true
}

// roleIn reads a role from the words between a name and a body: the last stretch between marks that holds a word for a role.
func (v *view) roleIn(from, to int, named []int8, after bool) string {
	if to-from > 30 || !v.HasRole(from, to) {
		return ""
	}
	// brackets and quotes around it, "who is the"
	start, end := from, to
	cut := func(i int) bool {
		t := &v.Toks[i]
		return t.Text == "(" || t.Text == ")" || t.Text == ":" || t.Text == "–" || t.Text == "—" || t.Text == "-" && t.Spaced || t.Text == ";" ||
			t.Text == "|" || t.Text == "[" || t.Text == "]" || t.Text == "/" ||
			named[i] == 1 || t.Opens && i > from
	}
	for i := from; i < to; i++ {
		if cut(i) {
			if v.HasRole(start, i) {
				end = i
				if !v.HasRole(i+1, to) {
					break
				}
			}
			start, end = i+1, to
		}
	}
	start, end = v.roleTrim(start, end)
	// commas: keep those that stand inside the role, drop clauses before it
	for i := start; i < end; i++ {
		if v.Toks[i].Text == "," && !v.HasRole(start, i) {
			start = i + 1
		}
	}
	start, end = v.roleTrim(start, end)
	// "spoke as director": a verb in small letters before the role
	for i := start; i < end; i++ {
		if w := v.Toks[i].Lower; (w == "as" || w == "is" || w == "was" || w == "who") && v.HasRole(i+1, end) {
			start = i + 1
		}
	}
	start, end = v.roleTrim(start, end)
	if start >= end || end-start > 14 || !v.HasRole(start, end) || v.clause(start, end) {
		return ""
	}
	return v.Name(start, end)
}

func (v *view) roleTrim(start, end int) (int, int) {
	for start < end && (v.Toks[start].Shape == text.MarkShape || roleEdges[v.Toks[start].Lower] ||
		v.Toks[start].Class&gazetteer.PostNominal != 0 && v.Toks[start].Shape == text.UpperShape && start+1 < end &&
			v.Toks[start+1].Shape == text.MarkShape) {
		start++
	}
	for end > start && (v.Toks[end-1].Shape == text.MarkShape || roleEdges[v.Toks[end-1].Lower]) {
		end--
	}
	return start, end
}

// roleAfter reads a role that follows: ", director" up to the next mark.
func (v *view) roleAfter(from int, named []int8) string {
	if from >= len(v.Toks) || v.At(from, from-1) == nil {
		return ""
	}
	to := from
	for to < len(v.Toks) && v.At(to, from) != nil && to < from+9 {
		t := &v.Toks[to]
		// "MP for Roe and Doe": a seat's place belongs to the role
		seat := to > from && named[to] == int8(tagger.BeginPlace) &&
			(v.Toks[to-1].Lower == "for" || v.Toks[to-1].Lower == "and" || v.Toks[to-1].Capital())
		if named[to] != 0 && !seat || t.Opens || t.Shape == text.MarkShape && t.Text != "&" && t.Text != "-" &&
			!(to <= from && (t.Text == "," || t.Text == ")" || t.Text == "(")) {
			break
		}
		if t.Shape == text.LowerShape && t.Class&gazetteer.Speak != 0 {
			break
		}
		to++
	}
	start, end := v.roleTrim(from, to)
	if start < end && v.Toks[start].Class&gazetteer.Role != 0 && end-start <= 6 || end-start > 0 && end-start <= 6 &&
		v.Toks[end-1].Class&gazetteer.Role != 0 {
		return v.Name(start, end)
	}
	return ""
}

// roleBefore reads a role that stands directly before token to: "Director Jane Roe", "director of X, Jane Roe".
func (v *view) roleBefore(to int, named []int8) string {
	end := to
	for end > 0 && v.At(end-1, to) != nil && (roleEdges[v.Toks[end-1].Lower] || v.Toks[end-1].Text == ",") {
		end--
	}
	start := end
	for start > 0 && end-start < 8 && v.At(start-1, to) != nil {
		t := &v.Toks[start-1]
		if named[start-1] != 0 || t.Shape == text.MarkShape && t.Text != "&" && t.Text != "-" ||
			t.Shape == text.LowerShape && t.Class&(gazetteer.Role|gazetteer.OrgHead) == 0 && !text.Joins[t.Lower] ||
			t.Text == "-" && t.Spaced || t.Link > 0 && t.Link != v.Toks[to].Link { // "[Chair of the Board Games] - Jane Roe"
			break
		}
		start--
		if v.Toks[start].Opens {
			break
		}
	}
	start, end = v.roleTrim(start, end)
	for start < end && v.Toks[start].Class&gazetteer.Title != 0 && v.Toks[start].Class&gazetteer.Role == 0 {
		start++
	}
	if start < end && v.HasRole(start, end) {
		return v.Name(start, end)
	}
	return ""
}

// fieldRole is the role among the fields beside a name: speakers.0.role, .title, .position.
func (v *view) fieldRole(x *pair) string {
	key := v.Block(x.p.From).Key
	parent := key[:strings.LastIndexByte(key, '.')+1]
	for i := range v.Page.Blocks {
		b := &v.Page.Blocks[i]
		if b.Kind != ingest.FieldBlock || !strings.HasPrefix(b.Key, parent) || strings.Contains(b.Key[len(parent):], ".") {
			continue
		}
		switch strings.ToLower(text.LastKey(b.Key)) {
		case "role", "title", "position", "job", "job_title", "jobtitle":
			return fold.Space(b.In(v.Page.Text))
		}
	}
	return ""
}

// rowRole is the text of another cell of the row that reads like a role.
func (v *view) rowRole(x *pair, named []int8) string {
	block := int(v.Toks[x.p.From].Block)
	bl := &v.Page.Blocks[block]
	for i := range v.Page.Blocks {
		o := &v.Page.Blocks[i]
		if o.Kind != ingest.CellBlock || o.List != bl.List || o.Row != bl.Row || i == block {
			continue
		}
		s := v.Blocks[i]
		if s.To > s.From && s.To-s.From < 9 && v.HasRole(s.From, s.To) && named[s.From] == 0 {
			return v.Name(s.From, s.To)
		}
	}
	return ""
}

// clauseWords are words of sentences, and of no role.
var clauseWords = fold.Set(`have has had been is are was were will would could that which it this under told said says he she they we i my
	our me us
	works worked working served serves founded makes made put join joined joining met gave wrote asked
	attended spoke talked visited responded thanked launched published read went`)

// clause reports whether words read like part of a sentence, not like a role.
func (v *view) clause(from, to int) bool {
	for i := from; i < to; i++ {
		if t := &v.Toks[i]; clauseWords[t.Lower] && t.Shape != text.UpperShape { // "IT", "US"
			return true
		}
	}
	return false
}

package ties

import (
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// A body that nothing about its words gives away is known by where it stands: beside a person and a role, or where the bodies of the
// other people of a list stand.

// besideRule is the rule of a body that only its place shows.
const besideRule = "beside-a-person"

// besideSure is the confidence of such a body.
const besideSure = 0.7

// position is a place beside a person where a body may stand.
type position struct {
	kind     string // which: "(", ",", "-", "role,", "at" (a role, too), "from", "of"
	from, to int    // tokens
	fill     occupant
}

// occupant is what stands in a position.
type occupant int

const (
	unknown occupant = iota // capitals that name nothing known
	aBody                   // a body that was found
	somethingElse
)

// Beside adds to the names of a page those bodies that only their places beside people show.
func Beside(page *names.View, found []names.Found) []names.Found {
	v := &view{View: page}
	at := v.namesAt(found)
	var positions []position
	for _, f := range found {
		if f.Kind == tagger.BeginPerson && (!f.Short || v.Block(f.From).Kind == ingest.ItemBlock) {
			positions = v.positionsOf(positions, f, at)
		}
	}
	count := map[string]*[3]int{}
	for _, s := range positions {
		if count[s.kind] == nil {
			count[s.kind] = &[3]int{}
		}
		count[s.kind][s.fill]++
	}
	var added []names.Found
	for _, s := range positions {
		if s.fill != unknown || !v.holdsBody(s, count[s.kind]) {
			continue
		}
		added = append(added, names.Found{From: s.from, To: s.to, Kind: tagger.BeginOrganisation, Rule: besideRule, Confidence: besideSure})
	}
	if len(added) == 0 {
		return found
	}
	out := slices.DeleteFunc(slices.Clone(found), func(f names.Found) bool {
		return (f.Kind == tagger.BeginOther || f.Kind == tagger.BeginPerson) &&
			slices.ContainsFunc(added, func(a names.Found) bool { return a.From < f.To && f.From < a.To })
	})
	out = append(out, added...)
	slices.SortStableFunc(out, func(a, b names.Found) int { return a.From - b.From })
	return slices.CompactFunc(out, func(a, b names.Found) bool { return a.Rule == besideRule && b.Rule == besideRule && b.From < a.To })
}

// holdsBody reports whether what stands in a position is held for a body: some positions say so, others if those of other people
// of the page hold bodies.
func (v *view) holdsBody(s position, count *[3]int) bool {
	switch s.kind {
	case "at", "post", "genitive":
		return true
	case "from", "of", "role,":
		return s.to-s.from > 1 ||
			v.Toks[s.from].Class&(gazetteer.Common|gazetteer.Forename|gazetteer.Surname) == 0 && (s.kind != "of" || v.odd(s))
	}
	if v.odd(s) && count[aBody] >= 1 {
		return true
	}
	return count[aBody] >= 2 && count[aBody] >= count[somethingElse] && count[aBody]*2 >= count[unknown]
}

// odd reports whether the words of a position look like no ordinary words: capitals only, capitals inside, the head of a body's name.
func (v *view) odd(s position) bool {
	for i := s.from; i < s.to; i++ {
		if t := &v.Toks[i]; t.Shape == text.UpperShape || t.Shape == text.MixedShape || t.Class&gazetteer.OrgHead != 0 {
			return true
		}
	}
	return false
}

// happenings begin, beside a name, what happened to somebody and when: "Jane Roe [Elected 2031]".
var happenings = fold.Set(`appointed elected re-elected reelected joined rejoined retired resigned nominated selected co-opted updated since
	until stepped born died independent`)

// positionsOf adds the positions about a place that names a person.
func (v *view) positionsOf(all []position, f names.Found, at []int8) []position {
	add := func(kind string, from int) int {
		to := v.runFrom(from, f.From, at)
		if to == from || happenings[v.Toks[from].Lower] {
			return from
		}
		last := to
		for (kind == "-" || kind == ",") && last > from+1 &&
			v.Toks[last-1].Class&gazetteer.Role != 0 && v.Toks[last-1].Class&gazetteer.OrgHead == 0 {
			last-- // "Jane Roe - Harbour Representative"
		}
		all = append(all, position{kind, from, last, v.occupant(from, last, at)})
		return to
	}
	if at := v.postBefore(f, at); at >= 0 {
		all = append(all, position{"post", at, at + 1, unknown})
	}
	if from, to := v.ownerBefore(f, at); from >= 0 {
		all = append(all, position{"genitive", from, to, v.occupant(from, to, at)})
	}
	next := v.At(f.To, f.From)
	if next == nil {
		return all
	}
	if at := v.postAfter(f, at); at >= 0 {
		return append(all, position{"post", at, at + 1, unknown})
	}
	switch {
	case next.Text == "(" || next.Text == "[":
		end := v.closing(f.To)
		if end < 0 {
			return all
		}
		if to, ok := v.afterRole(f.To+1, end, f.From, at); ok {
			add("at", to)
			return all
		}
		to := add("(", f.To+1)
		if t := v.At(to, f.From); to > f.To+1 && t != nil && !partEnds[t.Text] {
			all = all[:len(all)-1]
		}
	case next.Lower == "from" || next.Text == "," && v.lower(f.To+1, f.From) == "from":
		from := f.To + 1
		if next.Text == "," {
			from++
		}
		add("from", from)
	case next.Lower == "of" || next.Lower == "at":
		add(next.Lower, f.To+1)
	case next.Text == "," || next.Text == "-" || next.Text == "–" || next.Text == "—" || next.Text == "|":
		end := f.To + 1
		for end < f.To+24 && v.At(end, f.From) != nil && at[end] != 1 {
			if t := &v.Toks[end]; t.Line || t.Text == ";" || t.Opens && v.Toks[end-1].Text == "." {
				break
			}
			end++
		}
		if to, ok := v.afterRole(f.To+1, end, f.From, at); ok {
			add("at", to)
			return all
		}
		if from, ok := v.lastPart(f.To+1, end, at); ok {
			add("role,", from)
			return all
		}
		kind := next.Text
		if kind != "," {
			kind = "-"
		}
		if to := add(kind, f.To+1); to > f.To+1 && !v.closes(to, f.From, at) {
			all = all[:len(all)-1]
		}
	}
	return all
}

// partEnds are marks that end a part of what stands in brackets.
var partEnds = map[string]bool{")": true, "]": true, ",": true, ";": true, "/": true, "-": true, "–": true}

// initials reports whether a token nobody has named is three capitals or more, as those of a body are, and no office or thing.
func (v *view) initials(i int, at []int8) bool {
	t := &v.Toks[i]
	return t.Shape == text.UpperShape && len(t.Text) > 2 && at[i] != 1 && at[i] != 3 && v.Hints[i].Place == gazetteer.NoPlace &&
		v.Hints[i].Thing == 0 && t.Class&(gazetteer.Role|gazetteer.PostNominal|gazetteer.Common|gazetteer.Title) == 0 && !trades[t.Lower]
}

// trades are initials of what people do, not of whom they do it for.
var trades = fold.Set(`api seo sql css html xml json gdpr gis iot ict rse phd hpc stem ceo cto cfo coo cio cso vip nhs-r esg crm erp`)

// postAfter returns the initials of a body between a person's name and an office: "Jane Roe, DHW director", "Jane Roe, a DHW adviser"; -1
// if there are none.
func (v *view) postAfter(f names.Found, at []int8) int {
	i := f.To + 1
	if v.lower(f.To, f.From) != "," {
		return -1
	}
	if w := v.lower(i, f.From); w == "a" || w == "an" || w == "the" || w == "former" {
		i++
	}
	if t := v.At(i+1, f.From); t != nil && t.Class&gazetteer.Role != 0 && v.initials(i, at) {
		return i
	}
	return -1
}

// postBefore returns the initials of a body before an office and a person's name: "DHW secretary Jane Roe"; -1 if there are none.
func (v *view) postBefore(f names.Found, at []int8) int {
	role := false
	for i := f.From - 1; i > f.From-5; i-- {
		t := v.At(i, f.From)
		if t == nil {
			return -1
		}
		switch {
		case t.Class&gazetteer.Role != 0:
			role = true
		case role && v.initials(i, at):
			return i
		case t.Class&gazetteer.Title != 0, t.Lower == "of", t.Lower == "state":
		default:
			return -1
		}
	}
	return -1
}

// ownerBefore returns the capitals before a genitive that a person's name follows: "Ferryline's Jane Roe"; from is -1 if there are none.
func (v *view) ownerBefore(f names.Found, at []int8) (from, to int) {
	mark := v.At(f.From-2, f.From)
	if mark == nil || v.lower(f.From-1, f.From) != "s" || mark.Text != "'" && mark.Text != "’" {
		return -1, -1
	}
	to = f.From - 2
	from = to
	for v.At(from-1, f.From) != nil && v.Toks[from-1].Capital() && at[from-1] == 0 && to-from < 5 && !(from < to && v.Toks[from].Opens) {
		from--
	}
	if from == to || v.Toks[from].Opens && v.Toks[from].Class&gazetteer.Common != 0 || v.Toks[to-1].Class&gazetteer.Surname != 0 {
		return -1, -1
	}
	return from, to
}

// lower is the word at token i in small letters, "" outside of the block of token j.
func (v *view) lower(i, j int) string {
	if t := v.At(i, j); t != nil {
		return t.Lower
	}
	return ""
}

// closing is the token of the bracket that closes the one at token i, -1 if none does soon.
func (v *view) closing(i int) int {
	for k := i + 1; k < i+20 && v.At(k, i) != nil; k++ {
		if t := v.Toks[k].Text; t == ")" || t == "]" {
			return k
		}
	}
	return -1
}

// headsOf are roles whose "of" a body follows.
var headsOf = fold.Set(`ceo cto cfo coo cio founder co-founder cofounder founders co-founders president`)

// afterRole returns the token after "at" or "of" that a role before it joins to a body, in a range of tokens that begins with the role.
func (v *view) afterRole(from, end, near int, at []int8) (int, bool) {
	role, head := false, false
	for i := from; i < end; i++ {
		t := &v.Toks[i]
		if at[i] != 0 || t.Text == "(" || t.Text == ";" {
			return 0, false
		}
		if role && (t.Lower == "at" || t.Lower == "@" || t.Lower == "of" && head || t.Text == "," && head) && i+1 < end {
			to := i + 1
			if w := v.Toks[to].Lower; (w == "the" || w == "at") && to+1 < end {
				to++
			}
			return to, true
		}
		role = role || t.Class&gazetteer.Role != 0
		head = headsOf[t.Lower]
	}
	return 0, false
}

// lastPart returns the first token of what follows the last comma of a range of tokens that has a role before it: "director, Harbour".
func (v *view) lastPart(from, end int, at []int8) (int, bool) {
	role, last := false, 0
	for i := from; i < end; i++ {
		t := &v.Toks[i]
		if t.Text == "(" || t.Text == ":" || t.Shape == text.LowerShape && (plainVerbs[t.Lower] || floorVerbs[t.Lower] || reportVerbs[t.Lower]) {
			return 0, false
		}
		if t.Text == "," && role {
			last = i + 1
		}
		role = role || t.Class&gazetteer.Role != 0
	}
	if last == 0 || last >= end || v.HasRole(last, end) || v.runFrom(last, last, at) != end && v.Toks[end-1].Text != "." {
		return 0, false
	}
	return last, true
}

// runFrom returns the end of the capitals that begin at a token: words that could name a body.
func (v *view) runFrom(from, near int, at []int8) int {
	first := v.At(from, near)
	if first == nil || !first.Capital() && at[from] != 3 {
		return from
	}
	if at[from] == 1 { // one word that was taken for somebody's
		if next := v.At(from+1, near); next == nil || next.Text != ")" || first.Class&(gazetteer.Forename|gazetteer.Surname) != 0 ||
			v.lower(from-1, near) != "(" {
			return from
		}
		return from + 1
	}
	end := from + 1
	for end < from+9 {
		t := v.At(end, near)
		if t == nil || t.Line || at[end] == 1 {
			break
		}
		if t.Capital() || t.Shape == text.NumberShape || at[end] == at[from] && at[from] == 3 {
			end++
			continue
		}
		binds := t.Lower == "of" || t.Lower == "the" || t.Lower == "for" || t.Text == "&" || t.Text == "-" && !t.Spaced ||
			t.Text == "'" || t.Text == "’"
		if next := v.At(end+1, near); binds && next != nil &&
			(next.Capital() || t.Lower == "of" && next.Lower == "the") && !next.Line {
			end++
			continue
		}
		break
	}
	return end
}

// closes reports whether what a position holds ends where a list's item does.
func (v *view) closes(to, near int, at []int8) bool {
	t := v.At(to, near)
	if t == nil || t.Line {
		return true
	}
	switch t.Text {
	case ".", ";", ",", ")", "(", "/":
		return true
	}
	return t.Lower == "and" && to+1 < len(at) && at[to+1] == 1
}

// noBodies are words that stand beside people's names in lists and name no body.
var noBodies = fold.Set(`twitter x github linkedin mastodon bluesky facebook instagram youtube orcid website blog email e-mail
	web slides video recording remote online virtual chair host moderator speaker individual independent retired guest student
	tbc tba absent present apologies yes no he she they him her them his person voting non-voting member slack discord zoom
	skype phone invited photo image pictured left right`)

// occupant says what stands in a range of tokens.
func (v *view) occupant(from, to int, at []int8) occupant {
	capitals := false
	for i := from; i < to; i++ {
		if at[i] == 3 {
			return aBody
		}
	}
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		h := &v.Hints[i]
		switch {
		case noBodies[t.Lower], at[i] == int8(tagger.BeginPlace), h.Place != gazetteer.NoPlace && to-from < 3,
			t.Class&(gazetteer.Role|gazetteer.Month|gazetteer.Title|gazetteer.Particle) != 0 && t.Class&gazetteer.OrgHead == 0,
			t.Class&gazetteer.PostNominal != 0 && t.Shape == text.UpperShape:
			return somethingElse
		}
		capitals = capitals || t.Capital()
	}
	t := &v.Toks[from]
	plain := t.Class&gazetteer.Forename != 0 || t.Class&gazetteer.Common != 0 && t.Shape == text.TitleShape
	if to-from == 1 && (plain || len(t.Text) < 2 || t.Shape == text.InitShape) {
		return somethingElse
	}
	if !capitals {
		return somethingElse
	}
	return unknown
}

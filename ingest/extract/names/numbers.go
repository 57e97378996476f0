package names

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// What describes a group of places in numbers, for trees: what a sum of weights cannot say, such as "the tagger is sure, and a word
// for a kind of body ends it".

// numbers collects what describes one thing, always in the same order.
type numbers []float32

func (n *numbers) put(x float64) { *n = append(*n, float32(x)) }
func (n *numbers) count(x int)   { *n = append(*n, float32(x)) }
func (n *numbers) is(b bool)     { *n = append(*n, float32(text.B2(b))) }

// groupKinds are what the tagger may take the words of a group for.
var groupKinds = [...]tagger.Label{tagger.O, tagger.BeginPerson, tagger.BeginOrganisation, tagger.BeginOther, tagger.BeginPlace}

// groupNumbers describes a group in numbers. The first is left for the chance that its features give.
func (v *View) groupNumbers(g *group, known map[string]bool) []float32 {
	n := make(numbers, 1, 64)
	all := float64(len(g.places))
	for _, k := range groupKinds {
		n.put(float64(g.kinds[k]) / all)
		n.put(g.conf[k])
	}
	n.count(len(g.places))
	n.is(g.part)
	n.count(g.inside)
	n.put(g.insideSure)
	f := g.places[0]
	for _, p := range g.places {
		if p.Kind != tagger.O {
			f = p
			break
		}
	}
	v.wordNumbers(&n, f, known)
	v.placeNumbers(&n, g)
	return n
}

// wordNumbers describes the words of a group, as one of its places has them.
func (v *View) wordNumbers(n *numbers, f Found, known map[string]bool) {
	words := f.To - f.From
	var heads, roles, given, surnames, common, plain, unknown, places, inPeople, small, capitals, joins, marks, titles, months int
	body, thing, uni, acronym, strict := 0, 0, 0, false, 0
	rule := 0
	for i := f.From; i < f.To; i++ {
		t, c := &v.Toks[i], &v.Hints[i]
		count := func(k *int, class gazetteer.Class) {
			if t.Class&class != 0 {
				*k++
			}
		}
		if t.Capital() {
			count(&heads, gazetteer.OrgHead)
			capitals++
		}
		count(&roles, gazetteer.Role)
		count(&given, gazetteer.Forename)
		count(&surnames, gazetteer.Surname)
		count(&common, gazetteer.Common)
		count(&titles, gazetteer.Title)
		count(&months, gazetteer.Month)
		count(&strict, gazetteer.Misc)
		switch {
		case text.Joins[t.Lower]:
			joins++
		case t.Shape == text.MarkShape:
			marks++
		case v.plain(i):
			plain++
		case t.Class == 0:
			unknown++
		}
		if c.Place != gazetteer.NoPlace {
			places++
		}
		if known[t.Lower] {
			inPeople++
		}
		small = max(small, min(v.Small[t.Lower], 3)*int(text.B2(t.Class&gazetteer.Common == 0 || t.Capital())))
		if c.Body {
			body++
		}
		if c.Thing != 0 {
			thing++
		}
		if c.Uni {
			uni++
		}
		acronym = acronym || c.Acro
		if c.Rule != text.NoRule && !c.Inside {
			rule = int(c.Rule)
		}
	}
	first, last := &v.Toks[f.From], &v.Toks[f.To-1]
	for _, k := range []int{words, heads, roles, given, surnames, common, plain, unknown, places, inPeople, small, capitals, joins, marks,
		titles, months, strict, body, thing, uni, rule} {
		n.count(k)
	}
	n.is(acronym)
	n.is(v.whole(f.From, f.To))
	n.is(last.Class&gazetteer.OrgHead != 0)
	n.is(first.Class&gazetteer.OrgHead != 0)
	n.is(last.Class&gazetteer.Misc != 0)
	n.count(int(first.Shape))
	n.count(int(last.Shape))
	n.count(int(v.Hints[f.From].Place))
	n.count(int(v.Hints[f.From].Thing))
	n.count(min(len(v.Text(f.From, f.To)), 60))
}

// placeNumbers describes the places of a group: what joins them to what stands before and after, and the parts of blocks they fill.
func (v *View) placeNumbers(n *numbers, g *group) {
	var whole, bracketed, afterPerson, afterRole, afterAt, afterThe, beforeVerb, linked, hosted, bold, opens, more, joined, we, list int
	kinds := map[ingest.BlockKind]int{}
	stated := 0
	var near [4]float64
	for _, p := range g.places {
		bl := v.Block(p.From)
		kinds[bl.Kind]++
		before, after := v.At(p.From-1, p.From), v.At(p.To, p.From)
		opened := before == nil || v.isParting(p.From-1) || v.Toks[p.From].Line
		closed := after == nil || v.isParting(p.To) || after.Line || after.Text == "."
		if opened && closed {
			whole++
			part, role := v.seen.before(v, p.From)
			if part {
				afterPerson++
			}
			if role {
				afterRole++
			}
		}
		for k, share := range v.seen.near(v, p) {
			near[k] += share
		}
		if before != nil && after != nil && before.Text == "(" {
			bracketed++
		}
		if before != nil {
			word := before.Lower
			if word == "the" {
				afterThe++
				if t := v.At(p.From-2, p.From); t != nil {
					word = t.Lower
				}
			}
			switch word {
			case "at", "from", "with", "by", "@", "for", "of", "joined", "founded", "via":
				afterAt++
			}
			if before.Class&gazetteer.Role != 0 && !before.Capital() {
				afterRole++
			}
			if before.Lower == "we" || before.Lower == "our" {
				we++
			}
			if before.Capital() && v.Toks[p.From].Spaced {
				more++
			}
		}
		if after != nil {
			if after.Class&gazetteer.Speak != 0 || after.Lower == "is" || after.Lower == "has" || after.Lower == "will" {
				beforeVerb++
			}
			if after.Capital() && after.Spaced {
				more++
			}
			if after.Shape == text.LowerShape && text.Joins[after.Lower] || after.Text == "," || after.Text == "&" {
				if next := v.At(p.To+1, p.From); next != nil && next.Capital() {
					joined++
				}
			}
			if after.Shape == text.LowerShape && !text.Joins[after.Lower] && after.Class&gazetteer.Speak == 0 &&
				v.Toks[p.To-1].Class&gazetteer.OrgHead == 0 {
				list++
			}
		}
		if l := v.linked(p); l != nil {
			linked++
			if h := text.Host(l.Target); h != "" && NamesHost(v.Text(p.From, p.To), h) {
				hosted++
			}
		}
		if v.Toks[p.From].Strong > 0 {
			bold++
		}
		if v.Toks[p.From].Opens {
			opens++
		}
		if v.StatesBody(int(v.Toks[p.From].Block)) {
			stated++
		}
	}
	var posts, jobs, coordinated, withPeople, owners, beforeRole int
	for _, p := range g.places {
		post, job := v.Post(p.From)
		body, person := v.seen.coordinated(v, p)
		posts += b2i(post)
		jobs += b2i(job)
		coordinated += body
		withPeople += person
		if after := v.At(p.To, p.From); after != nil && (after.Text == "'" || after.Text == "’") {
			owners++
		} else if after != nil && after.Class&gazetteer.Role != 0 {
			beforeRole++
		}
	}
	share := 1 / float64(len(g.places))
	for _, k := range []int{posts, jobs, coordinated, withPeople, owners, beforeRole} {
		n.put(float64(k) * share)
	}
	for _, k := range []int{whole, bracketed, afterPerson, afterRole, afterAt, afterThe, beforeVerb, linked, hosted, bold, opens, more,
		joined, we, list, stated} {
		n.put(float64(k) * share)
	}
	for _, k := range near {
		n.put(k * share)
	}
	for _, k := range []ingest.BlockKind{ingest.TitleBlock, ingest.HeadingBlock, ingest.ParagraphBlock, ingest.ItemBlock, ingest.CellBlock,
		ingest.FieldBlock} {
		n.put(float64(kinds[k]) * share)
	}
}

func b2i(b bool) int { return int(text.B2(b)) }

// jobVerbs lead to the body that somebody works at.
var jobVerbs = fold.SetOf("work", "works", "worked", "working", "joined", "joining", "joins", "founded", "co-founded",
	"cofounded", "founding",
	"leads",
	"led", "runs", "ran", "running", "leading", "heads", "headed", "served", "serves", "studied", "studies", "internship", "internships",
	"experience", "career", "position", "positions", "job", "fellowship", "degree", "phd", "ma", "msc", "bachelor", "masters", "master",
	"doctorate", "graduated", "graduate", "employed", "based", "interned", "role", "roles", "team", "time", "years", "represents",
	"representing", "volunteers", "volunteered", "taught", "teaches", "lectures")

// Post reports whether the words before a token are those of somebody's post, up to "of" or "at": "the director of policy at
// [Roe Institute]", and whether they are those of a job, "before she worked for [Roe Institute]".
func (v *View) Post(from int) (post, job bool) {
	i := from - 1
	for t := v.At(i, from); t != nil && (t.Lower == "the" || t.Lower == "a" || t.Lower == "an"); t = v.At(i, from) {
		i--
	}
	t := v.At(i, from)
	if t == nil {
		return false, false
	}
	lead := t.Lower
	switch lead {
	case "of", "at", "for", "with", "from", "@", "in":
	case "joined", "joining", "founded", "co-founded", "cofounded", "leads", "runs", "ran", "heads":
		return false, true
	default:
		return false, false
	}
	for k := i - 1; k > i-9; k-- {
		t := v.At(k, from)
		if t == nil || t.Text == "." || t.Text == ";" || t.Text == ")" {
			break
		}
		post = post || t.Class&gazetteer.Role != 0 && (lead != "in" && lead != "of" && lead != "for" || k > i-3)
		job = job || t.Shape != text.MarkShape && jobVerbs[t.Lower] && k > i-5
		if t.Opens {
			break
		}
	}
	return post, job
}

// coordinated says whether "and" or a comma joins a place to a body before or after it, as the tagger has it, and to a person: how many
// of the two sides.
func (s *partsSeen) coordinated(v *View, f Found) (body, person int) {
	joint := func(i int) bool {
		t := v.At(i, f.From)
		return t != nil && (t.Lower == "and" || t.Text == "," || t.Text == "&" || t.Lower == "or" || t.Text == "/" || t.Text == ";")
	}
	count := func(i int) {
		if v.At(i, f.From) == nil {
			return
		}
		switch s.kinds[i] {
		case tagger.BeginOrganisation:
			body++
		case tagger.BeginPerson:
			person++
		}
	}
	i := f.From - 1
	for t := v.At(i, f.From); t != nil && (t.Lower == "the" || t.Lower == "by" || t.Lower == "from"); t = v.At(i, f.From) {
		i--
	}
	if joint(i) {
		for joint(i) { // ", and"
			i--
		}
		count(i)
	}
	if i = f.To; joint(i) {
		for joint(i) {
			i++
		}
		if t := v.At(i, f.From); t != nil && t.Lower == "the" {
			i++
		}
		count(i)
	}
	return body, person
}

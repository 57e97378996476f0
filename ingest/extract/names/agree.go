package names

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// The tagger sees one sentence at a time. Here all places of a page that hold the same words are seen together, what the tagger
// made of each, and runs of capitals that it passed over; they are said once for all to name a body or a person.

// group is the places of a page that hold the same words.
type group struct {
	key        string
	places     []Found // kind O where the tagger passed over them
	part       bool    // the tagger saw other words in the places, or none
	inside     int     // how many bodies it saw in the first of them, and how surely
	insideSure float64
	kinds      [9]int // how many of them the tagger gave each kind
	conf       [9]float64
}

// groups gathers the names that the tagger found, and the runs of capitals that it did not, by their words.
func (v *View) groups(names []Found) []*group {
	var all []*group
	byKey := map[string]*group{}
	covered := make([]bool, len(v.Toks))
	add := func(f Found, fresh bool) {
		key := fold.Name(v.Text(f.From, f.To))
		if key == "" {
			return
		}
		g := byKey[key]
		if g == nil {
			if !fresh {
				return
			}
			g = &group{key: key}
			byKey[key] = g
			all = append(all, g)
		}
		g.places = append(g.places, f)
		g.kinds[f.Kind]++
		g.conf[f.Kind] = max(g.conf[f.Kind], f.Confidence)
	}
	for _, f := range names {
		for i := f.From; i < f.To; i++ {
			covered[i] = true
		}
		add(f, true)
	}
	v.seen = v.partsOf(names)
	for i := 0; i < len(v.Toks); {
		t := &v.Toks[i]
		if !t.Capital() || covered[i] {
			i++
			continue
		}
		end := i + 1
		for end < len(v.Toks) && !covered[end] && v.Toks[end].Block == t.Block && v.Toks[end].Capital() && v.Toks[end].Spaced &&
			!v.Toks[end].Line {
			end++
		}
		if t.Lower == "the" && end > i+1 {
			i++
			continue
		}
		plain := end == i+1 && (t.Shape == text.TitleShape && (t.Class&gazetteer.Common != 0 || t.Opens) || t.Shape == text.InitShape ||
			len(t.Text) < 2)
		add(Found{From: i, To: end}, (!plain || v.placedAsBody(i, end)) && end-i < 7 && v.Block(i).Kind != ingest.TitleBlock)
		i = end
	}
	return v.withBlockParts(all, byKey, names)
}

// placedWithBodies reports whether a place of a group stands behind a post or a job, or is joined to a body.
func (v *View) placedWithBodies(g *group) bool {
	for _, p := range g.places {
		lead := v.lower(p.From-1, p.From)
		seat := p.To-p.From == 1 && (lead == "for" || lead == "of") // "councillor for Lindley"
		if post, job := v.Post(p.From); (post || job) && lead != "in" && !seat && v.Hints[p.From].Place == gazetteer.NoPlace {
			return true
		}
		if body, person := v.seen.coordinated(v, p); body > 0 && person == 0 && p.To-p.From > 1 {
			return true
		}
	}
	return false
}

// placedAsBody reports whether a word stands where the name of a body does, although it is a common one: alone in brackets,
// "(The Gauge)", or behind a post or a job, "director at Gauge".
func (v *View) placedAsBody(from, to int) bool {
	if to-from > 1 || len(v.Toks[from].Text) < 3 {
		return false
	}
	before, after := v.At(from-1, from), v.At(to, from)
	if before != nil && before.Lower == "the" {
		before = v.At(from-2, from)
	}
	if before != nil && after != nil && before.Text == "(" && after.Text == ")" {
		return true
	}
	post, job := v.Post(from)
	return post || job
}

// The classifiers of words.
const (
	IsBody   = "is a body"
	IsPerson = "is a person"
)

// groupFeatures describes a group for the classifiers.
func (v *View) groupFeatures(g *group, known map[string]bool) []uint32 {
	b := v.Bag()
	b.Note("any words")
	n := len(g.places)
	for kind := range g.kinds {
		if g.kinds[kind] == 0 {
			continue
		}
		k := string(rune('a' + kind))
		b.Note("taken for", k)
		b.Note("taken for, how surely", k, text.Grade(g.conf[kind]))
		share := "some"
		if g.kinds[kind] == n {
			share = "all"
		} else if g.kinds[kind]*2 > n {
			share = "most"
		}
		b.Note("taken for, how often", k, share, text.Count(min(n, 4)))
	}
	f := g.places[0]
	for _, p := range g.places {
		if p.Kind != tagger.O {
			f = p
			break
		}
	}
	words := f.To - f.From
	b.Note("number of words", text.Count(words))
	var all gazetteer.Class
	joined := false
	for i := f.From; i < f.To; i++ {
		t, c := &v.Toks[i], &v.Hints[i]
		b.Note("word", t.Lower)
		all |= t.Class
		joined = joined || text.Joins[t.Lower]
		if c.Rule != text.NoRule {
			b.Note("rule", text.RuleNames[c.Rule])
		}
		if c.Body {
			b.Note("known as", "known")
		}
		if c.Thing != 0 {
			b.Note("known as", "thing", text.Count(int(c.Thing)), text.Yes(c.Body))
		}
		if c.Uni {
			b.Note("known as", "university")
		}
		if c.Acro {
			b.Note("known as", "explained")
		}
		if known[t.Lower] {
			b.Note("known as", "a person's word")
		}
		if c.Place != gazetteer.NoPlace {
			b.Note("place", string(rune('0'+c.Place)), text.Yes(words == 1))
		}
		if t.Class&gazetteer.Common != 0 && v.Small[t.Lower] > 0 {
			b.Note("also in small letters", "small too")
		}
	}
	first, last := &v.Toks[f.From], &v.Toks[f.To-1]
	b.Note("first word", first.Lower)
	b.Note("last word", last.Lower)
	b.NoteNumbers("family of the first word", uint32(first.Family.Mid), uint32(min(words, 3)))
	b.NoteNumbers("family of the last word", uint32(last.Family.Mid), uint32(min(words, 3)))
	b.NoteNumbers("wide family of the last word", uint32(last.Family.Wide), uint32(min(words, 3)))
	b.NoteNumbers("class and shape of the last word", uint32(last.Class), uint32(last.Shape))
	b.NoteNumbers("class and shape of the first word", uint32(first.Class), uint32(first.Shape))
	b.NoteNumbers("classes of all words", uint32(
		all&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role|gazetteer.Forename|gazetteer.Surname|gazetteer.Common)), uint32(min(words, 3)))
	if joined {
		b.Note("joined by a small word")
	}
	if c := &v.Hints[f.From]; c.Body && !c.BodyIn {
		end := f.From + 1
		for end < f.To && v.Hints[end].BodyIn {
			end++
		}
		if end == f.To {
			b.Note("wholly a known body", "wholly known", text.Count(words))
		}
	}
	if words == 1 {
		b.NoteNumbers("shape and class of the one word", uint32(first.Shape), uint32(first.Class))
		b.Note("length and shape of the one word", text.Count(len(first.Text)), string(rune('a'+first.Shape)))
		if len(first.Lower) > 3 {
			b.Note("ending of the one word", first.Lower[len(first.Lower)-3:])
		}
	}
	b.Note("number of places", text.Count(n))
	for k, p := range g.places[:min(n, 8)] {
		v.groupPlace(&b, p, k)
	}
	return b.Fs
}

// groupPlace describes one place of a group.
func (v *View) groupPlace(b *text.Bag, p Found, _ int) {
	bl := v.Block(p.From)
	word := func(i int) string {
		t := v.At(i, p.From)
		switch {
		case t == nil:
			return "|"
		case t.Shape == text.NumberShape:
			return "9"
		case t.Class&gazetteer.Role != 0:
			return "<r>"
		case t.Capital() && !t.Opens:
			return "Xx"
		}
		return t.Lower
	}
	b.Note("word before", word(p.From-1))
	b.Note("word after", word(p.To))
	b.Note("two words before", word(p.From-2), word(p.From-1))
	b.Note("two words after", word(p.To), word(p.To+1))
	b.Note("words around", word(p.From-1), word(p.To))
	b.Note("block", string(bl.Kind))
	if bl.Kind == ingest.FieldBlock {
		b.Note("key", strings.ToLower(text.LastKey(bl.Key)))
	}
	if l := v.Toks[p.From].Link; l > 0 {
		link := &v.Page.Links[l-1]
		whole := v.Toks[p.From].LinkOpens && (v.At(p.To, p.From) == nil || v.Toks[p.To].Link != l)
		b.NoteNumbers("link, whole", text.LinkSort(link), text.B2(whole))
		if h := text.Host(link.Target); h != "" {
			b.Note("link names its host", text.Yes(NamesHost(v.Text(p.From, p.To), h)), text.Yes(whole))
		}
	}
	if v.Toks[p.From].Strong > 0 {
		b.Note("bold")
	}
	for i := p.From - 4; i < p.To+3; i++ {
		if t := v.At(i, p.From); t != nil && (i < p.From || i >= p.To) && (t.Lower == "we" || t.Lower == "our" || t.Lower == "us") {
			b.Note("beside we", t.Lower)
		}
	}
	// the last role, title or person before it in the sentence
	for i := p.From - 1; i >= max(0, p.From-6) && v.At(i, p.From) != nil; i-- {
		if v.Toks[i].Class&gazetteer.Role != 0 {
			b.Note("before it", "role before")
			break
		}
		if v.Hints[i].Rule.Person() {
			b.Note("before it", "person before")
			break
		}
		if v.Toks[i].Opens {
			break
		}
	}
	if w := v.At(p.To, p.From); w != nil && w.Class&gazetteer.Speak != 0 {
		b.Note("a speaker's verb follows")
	}
}

// namesHost reports whether a server's name is made of the name's letters or initials: "Roe Institute" and roe-institute.org,
// roeinstitute.eu, ri.org.
func NamesHost(name, host string) bool {
	host, _, _ = strings.Cut(strings.ReplaceAll(host, "-", ""), "/")
	label := host
	if parts := strings.Split(host, "."); len(parts) > 1 {
		label = ""
		for _, p := range parts[:len(parts)-1] {
			if len(p) > len(label) {
				label = p
			}
		}
	}
	key := fold.Name(name)
	if plain := strings.ReplaceAll(key, " ", ""); len(plain) > 2 &&
		(strings.Contains(plain, label) && len(label) > 3 || strings.Contains(label, plain)) {
		return true
	}
	for _, a := range initials(name) {
		if strings.EqualFold(a, label) {
			return true
		}
	}
	return false
}

// agree gives every group one kind, as far as the classifiers are sure, and returns the names that remain, in order.
func (x *Finder) agree(v *View, names []Found) []Found {
	if x.body.Linear == nil || x.person.Linear == nil {
		return names
	}
	known := v.personWords(names)
	out := names[:0:0]
	var parts []Found
	for _, g := range v.groups(names) {
		if stands := v.standsFor(g, known); stands || g.stated(v) {
			for _, p := range g.places {
				if !stands && p.To-p.From > 1 && (p.Kind == tagger.O || p.Kind == tagger.BeginOther) && g.kinds[tagger.BeginOrganisation] > 0 {
					p.Kind, p.Rule, p.Confidence = tagger.BeginOrganisation, "same-words", sure
				}
				if p.Kind == tagger.BeginPerson || p.Kind == tagger.BeginOrganisation {
					out = append(out, p)
				}
			}
			continue
		}
		fs, numbers := v.groupFeatures(g, known), v.groupNumbers(g, known)
		pb, pp := x.body.Probability(fs, numbers), x.person.Probability(fs, numbers)
		kind, chance := tagger.O, 1-max(pb, pp)
		switch {
		case pb >= bodySure && pb >= pp, pb >= placedSure && pb >= pp && v.placedWithBodies(g):
			kind, chance = tagger.BeginOrganisation, pb
		case pp >= personSure:
			kind, chance = tagger.BeginPerson, pp
		}
		for _, p := range g.places {
			was := p.Kind
			if g.part {
				if kind == tagger.BeginOrganisation {
					p.Kind, p.Rule, p.Confidence = kind, "part", chance
					parts = append(parts, p)
				}
				continue
			}
			if kind == tagger.O {
				if was == tagger.BeginPerson || was == tagger.BeginOrganisation || was == tagger.O {
					continue
				}
				out = append(out, p)
				continue
			}
			p.Confidence = chance
			if was != kind {
				p.Rule = "same-words"
			}
			p.Kind, p.Short = kind, kind == tagger.BeginPerson && p.To-p.From == 1
			out = append(out, p)
		}
	}
	sortFound(out)
	return v.withParts(out, parts)
}

// withParts puts parts of blocks that name a body in place of the pieces of it, unless these are likelier.
func (v *View) withParts(found, parts []Found) []Found {
	parts = slices.DeleteFunc(parts, func(p Found) bool {
		from, _ := slices.BinarySearchFunc(found, p.From, func(f Found, at int) int { return cmp.Compare(f.To, at+1) })
		for to := from; to < len(found) && found[to].From < p.To; to++ {
			f := &found[to]
			surer := f.Confidence > p.Confidence && (f.Kind == tagger.BeginPerson || f.Kind == tagger.BeginOrganisation && to > from)
			if surer || f.From < p.From || f.To > p.To {
				return true
			}
		}
		return false
	})
	return claim(found, parts)
}

// From what chance on a group is held to name a body or a person.
const (
	bodySure   = 0.5
	placedSure = 0.35 // where a post, a job or a body beside it says that it is one
	personSure = 0.3
)

// stated reports whether the front matter or a table's head says what the group is.
func (g *group) stated(v *View) bool {
	for _, p := range g.places {
		block := v.Blocks[v.Toks[p.From].Block]
		if v.slug(p) || p.Kind == tagger.BeginPerson && (v.statesOneWord(block) || v.statesSpeaker(block)) ||
			p.Kind == tagger.BeginOrganisation && p.Rule == "front-matter" && v.StatesBody(int(v.Toks[p.From].Block)) {
			return true
		}
	}
	return false
}

// standsFor reports whether a group is one word that is part of a person's full name on the page and was taken for a person.
func (v *View) standsFor(g *group, known map[string]bool) bool {
	f := g.places[0]
	return f.To-f.From == 1 && known[v.Toks[f.From].Lower] && g.kinds[tagger.BeginPerson] > 0
}

// personWords are the words of the persons' full names.
func (v *View) personWords(names []Found) map[string]bool {
	known := map[string]bool{}
	for _, f := range names {
		if f.Kind == tagger.BeginPerson && !f.Short {
			for i := f.From; i < f.To; i++ {
				known[v.Toks[i].Lower] = true
			}
		}
	}
	return known
}

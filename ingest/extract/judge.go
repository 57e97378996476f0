package extract

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// The tagger sees one sentence at a time. The judge sees all places of a page that hold the same words together, what the
// tagger made of each, and runs of capitals that it passed over, and says once for all of them whether they name a body or a person.

// group is the places of a page that hold the same words.
type group struct {
	key    string
	places []found // kind O where the tagger passed over them
	kinds  [9]int  // how many of them the tagger gave each kind
	conf   [9]float64
}

// groups gathers the names that the tagger found, and the runs of capitals that it did not, by their words.
func (v *view) groups(names []found) []*group {
	var all []*group
	byKey := map[string]*group{}
	covered := make([]bool, len(v.toks))
	add := func(f found, fresh bool) {
		key := fold(v.text(f.from, f.to))
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
		g.kinds[f.kind]++
		g.conf[f.kind] = max(g.conf[f.kind], f.confidence)
	}
	for _, f := range names {
		for i := f.from; i < f.to; i++ {
			covered[i] = true
		}
		add(f, true)
	}
	for i := 0; i < len(v.toks); {
		t := &v.toks[i]
		if !t.capital() || covered[i] {
			i++
			continue
		}
		end := i + 1
		for end < len(v.toks) && !covered[end] && v.toks[end].block == t.block && v.toks[end].capital() && v.toks[end].spaced {
			end++
		}
		plain := end == i+1 && (t.shape == titleShape && (t.class&gazetteer.Common != 0 || t.opens) || t.shape == initShape || len(t.text) < 2)
		add(found{from: i, to: end}, !plain && end-i < 7 && v.block(i).Kind != ingest.TitleBlock)
		i = end
	}
	return all
}

// The classifiers of the judge.
const (
	isBody   = "is a body"
	isPerson = "is a person"
)

// groupFeatures describes a group for the judge.
func (v *view) groupFeatures(g *group, known map[string]bool) []uint32 {
	var b bag
	b.add(1)
	n := len(g.places)
	for kind := range g.kinds {
		if g.kinds[kind] == 0 {
			continue
		}
		k := string(rune('a' + kind))
		b.add(2, k)
		b.add(3, k, confidence(g.conf[kind]))
		share := "some"
		if g.kinds[kind] == n {
			share = "all"
		} else if g.kinds[kind]*2 > n {
			share = "most"
		}
		b.add(4, k, share, count(min(n, 4)))
	}
	f := g.places[0]
	for _, p := range g.places {
		if p.kind != tagger.O {
			f = p
			break
		}
	}
	words := f.to - f.from
	b.add(5, count(words))
	var all gazetteer.Class
	joined := false
	for i := f.from; i < f.to; i++ {
		t, c := &v.toks[i], &v.clues[i]
		b.add(6, t.lower)
		all |= t.class
		joined = joined || joins[t.lower]
		if c.rule != noRule {
			b.add(7, ruleNames[c.rule])
		}
		if c.body {
			b.add(8, "known")
		}
		if c.thing != 0 {
			b.add(8, "thing", count(int(c.thing)), yes(c.body))
		}
		if c.uni {
			b.add(8, "university")
		}
		if c.acro {
			b.add(8, "explained")
		}
		if known[t.lower] {
			b.add(8, "a person's word")
		}
		if c.place != gazetteer.NoPlace {
			b.add(9, string(rune('0'+c.place)), yes(words == 1))
		}
		if t.class&gazetteer.Common != 0 && v.small[t.lower] > 0 {
			b.add(10, "small too")
		}
	}
	first, last := &v.toks[f.from], &v.toks[f.to-1]
	b.add(11, first.lower)
	b.add(12, last.lower)
	b.put(mix(51, uint32(first.kin.Mid), uint32(min(words, 3))))
	b.put(mix(52, uint32(last.kin.Mid), uint32(min(words, 3))))
	b.put(mix(53, uint32(last.kin.Wide), uint32(min(words, 3))))
	b.put(mix(13, uint32(last.class), uint32(last.shape)))
	b.put(mix(14, uint32(first.class), uint32(first.shape)))
	b.put(mix(15, uint32(all&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role|gazetteer.Forename|gazetteer.Surname|gazetteer.Common)), uint32(min(words, 3))))
	if joined {
		b.add(16)
	}
	if c := &v.clues[f.from]; c.body && !c.bodyIn {
		end := f.from + 1
		for end < f.to && v.clues[end].bodyIn {
			end++
		}
		if end == f.to {
			b.add(54, "wholly known", count(words))
		}
	}
	if words == 1 {
		b.put(mix(17, uint32(first.shape), uint32(first.class)))
		b.add(18, count(len(first.text)), string(rune('a'+first.shape)))
		if len(first.lower) > 3 {
			b.add(19, first.lower[len(first.lower)-3:])
		}
	}
	b.add(20, count(n))
	for k, p := range g.places[:min(n, 8)] {
		v.groupPlace(&b, p, k)
	}
	return b.fs
}

func confidence(c float64) string {
	switch {
	case c > 0.95:
		return "A"
	case c > 0.85:
		return "B"
	case c > 0.7:
		return "C"
	case c > 0.6:
		return "D"
	}
	return "E"
}

// groupPlace describes one place of a group.
func (v *view) groupPlace(b *bag, p found, _ int) {
	bl := v.block(p.from)
	word := func(i int) string {
		t := v.at(i, p.from)
		switch {
		case t == nil:
			return "|"
		case t.shape == numberShape:
			return "9"
		case t.class&gazetteer.Role != 0:
			return "<r>"
		case t.capital() && !t.opens:
			return "Xx"
		}
		return t.lower
	}
	b.add(30, word(p.from-1))
	b.add(31, word(p.to))
	b.add(32, word(p.from-2), word(p.from-1))
	b.add(33, word(p.to), word(p.to+1))
	b.add(34, word(p.from-1), word(p.to))
	b.add(35, string(bl.Kind))
	if bl.Kind == ingest.FieldBlock {
		b.add(36, strings.ToLower(lastKey(bl.Key)))
	}
	if l := v.toks[p.from].link; l > 0 {
		link := &v.page.Links[l-1]
		whole := v.toks[p.from].linkOpens && (v.at(p.to, p.from) == nil || v.toks[p.to].link != l)
		b.put(mix(37, linkFace(link), b2(whole)))
		if h := host(link.Target); h != "" {
			b.add(38, yes(namesHost(v.text(p.from, p.to), h)), yes(whole))
		}
	}
	if v.toks[p.from].strong > 0 {
		b.add(39)
	}
	for i := p.from - 4; i < p.to+3; i++ {
		if t := v.at(i, p.from); t != nil && (i < p.from || i >= p.to) && (t.lower == "we" || t.lower == "our" || t.lower == "us") {
			b.add(42, t.lower)
		}
	}
	// the last role, title or person before it in the sentence
	for i := p.from - 1; i >= max(0, p.from-6) && v.at(i, p.from) != nil; i-- {
		if v.toks[i].class&gazetteer.Role != 0 {
			b.add(40, "role before")
			break
		}
		if v.clues[i].rule.person() {
			b.add(40, "person before")
			break
		}
		if v.toks[i].opens {
			break
		}
	}
	if w := v.at(p.to, p.from); w != nil && w.class&gazetteer.Speak != 0 {
		b.add(41)
	}
}

// namesHost reports whether a server's name is made of the name's letters or initials: "Roe Institute" and roe-institute.org, roeinstitute.eu, ri.org.
func namesHost(name, host string) bool {
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
	key := fold(name)
	if plain := strings.ReplaceAll(key, " ", ""); len(plain) > 2 && (strings.Contains(plain, label) && len(label) > 3 || strings.Contains(label, plain)) {
		return true
	}
	for _, a := range initials(name) {
		if strings.EqualFold(a, label) {
			return true
		}
	}
	return false
}

// judge gives every group one kind, as far as the classifiers are sure, and returns the names that remain, in order.
func (x *Extractor) judge(v *view, names []found) []found {
	body, person := x.models.Linear[isBody], x.models.Linear[isPerson]
	if body == nil || person == nil {
		return names
	}
	known := v.personWords(names)
	out := names[:0:0]
	for _, g := range v.groups(names) {
		if v.standsFor(g, known) || g.stated(v) {
			for _, p := range g.places {
				if p.kind == tagger.BeginPerson || p.kind == tagger.BeginOrganisation {
					out = append(out, p)
				}
			}
			continue
		}
		fs := v.groupFeatures(g, known)
		pb, pp := body.Probability(fs), person.Probability(fs)
		kind, chance := tagger.O, 1-max(pb, pp)
		switch {
		case pb >= bodySure && pb >= pp:
			kind, chance = tagger.BeginOrganisation, pb
		case pp >= personSure:
			kind, chance = tagger.BeginPerson, pp
		}
		for _, p := range g.places {
			was := p.kind
			if kind == tagger.O {
				if was == tagger.BeginPerson || was == tagger.BeginOrganisation || was == tagger.O {
					continue
				}
				out = append(out, p)
				continue
			}
			p.confidence = chance
			if was != kind {
				p.rule = "same-words"
			}
			p.kind, p.short = kind, kind == tagger.BeginPerson && p.to-p.from == 1
			out = append(out, p)
		}
	}
	sortFound(out)
	return out
}

// From what chance on the judge holds a group to name a body or a person.
const (
	bodySure   = 0.5
	personSure = 0.3
)

// stated reports whether the front matter or a table's head says what the group is.
func (g *group) stated(v *view) bool {
	for _, p := range g.places {
		if v.slug(p) || p.kind == tagger.BeginOrganisation && p.rule == "front-matter" && v.statesBody(int(v.toks[p.from].block)) {
			return true
		}
	}
	return false
}

// standsFor reports whether a group is one word that is part of a person's full name on the page and was taken for a person.
func (v *view) standsFor(g *group, known map[string]bool) bool {
	f := g.places[0]
	return f.to-f.from == 1 && known[v.toks[f.from].lower] && g.kinds[tagger.BeginPerson] > 0
}

// personWords are the words of the persons' full names.
func (v *view) personWords(names []found) map[string]bool {
	known := map[string]bool{}
	for _, f := range names {
		if f.kind == tagger.BeginPerson && !f.short {
			for i := f.from; i < f.to; i++ {
				known[v.toks[i].lower] = true
			}
		}
	}
	return known
}

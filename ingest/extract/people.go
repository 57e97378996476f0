package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// someone is a person or body of the page: the places that name it.
type someone struct {
	name       string
	key        []string // folded words of the name
	places     []found  // in order
	confidence float64
}

func (s *someone) add(f found) {
	s.places = append(s.places, f)
	s.confidence = max(s.confidence, f.confidence)
}

// people groups the persons' names of a page by person: full names first, then first names and surnames alone.
func (v *view) people(names []found) []*someone {
	var all []*someone
	byKey := map[string]*someone{}
	known := newRegister()
	number := map[*someone]int{}
	var short []found
	for _, f := range names {
		if f.kind != tagger.BeginPerson {
			continue
		}
		if f.short && !v.slug(f) {
			short = append(short, f)
			continue
		}
		name := v.personName(f)
		key := fold(name)
		s := byKey[key]
		if s == nil {
			s = v.sameFull(all, known, strings.Fields(key))
		}
		if s == nil {
			s = &someone{name: name, key: strings.Fields(key)}
			number[s] = len(all)
			known.add(number[s], s.key)
			all = append(all, s)
		}
		byKey[key] = s
		if len(name) > len(s.name) && len(strings.Fields(key)) >= len(s.key) {
			s.name, s.key = name, strings.Fields(key)
			known.add(number[s], s.key)
		}
		s.add(f)
	}
	loose := map[string]*someone{}
	for _, f := range short {
		word := fold(v.toks[f.from].text)
		if s := v.meant(all, known, f, word); s != nil {
			s.add(f)
			continue
		}
		if f.confidence < shortSure || v.toks[f.from].shape == initShape {
			continue
		}
		s := loose[word]
		if s == nil {
			s = &someone{name: v.text(f.from, f.to), key: []string{word}}
			loose[word] = s
			all = append(all, s)
		}
		s.add(f)
	}
	for _, s := range all {
		sort.Slice(s.places, func(i, j int) bool { return s.places[i].from < s.places[j].from })
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].places[0].from < all[j].places[0].from })
	return all
}

// shortSure is the confidence that a first name needs to be a person by itself.
const shortSure = 0.8

// personName is how the name is written, in usual letters where the page has capitals only.
func (v *view) personName(f found) string {
	name := v.name(f.from, f.to)
	if v.slug(f) {
		return unslug(name)
	}
	for i := f.from; i < f.to; i++ {
		if t := &v.toks[i]; t.shape != upperShape && t.shape != initShape && t.class&gazetteer.Particle == 0 {
			return name
		}
	}
	words := strings.Fields(name)
	for i, w := range words {
		if len(w) > 2 {
			r := []rune(strings.ToLower(w))
			up := true
			for k, c := range r {
				if up {
					r[k] = []rune(strings.ToUpper(string(c)))[0]
				}
				up = c == '-' || c == '\'' || c == '’'
			}
			words[i] = string(r)
		}
	}
	return strings.Join(words, " ")
}

// slug reports whether the name is written as a slug in the front matter: jane-roe.
func (v *view) slug(f found) bool {
	t := &v.toks[f.from]
	return f.to-f.from == 1 && t.shape == lowerShape && v.block(f.from).Kind == ingest.FieldBlock && strings.Contains(t.text, "-")
}

// unslug writes a slug as a name: "jane-roe" is Jane Roe.
func unslug(s string) string {
	words := strings.Split(s, "-")
	for i, w := range words {
		if r := []rune(w); len(r) > 0 {
			r[0] = unicode.ToUpper(r[0])
			words[i] = string(r)
		}
	}
	return strings.Join(words, " ")
}

// sameFull finds a person whose full name is the same but for middle names, initials or letters' marks.
func (v *view) sameFull(all []*someone, known register, key []string) (same *someone) {
	if len(key) < 2 {
		return nil
	}
	eachOf(func(i int) bool {
		s := all[i]
		if len(s.key) < 2 {
			return false
		}
		a, b := s.key[0], key[0]
		y, z := s.key[len(s.key)-1], key[len(key)-1]
		// a second surname left off, or a slip of the pen
		if a == b && s.key[1] == key[1] || (a == b && slip(y, z) || y == z && slip(a, b)) && len(s.key) == len(key) {
			same = s
		} else if y == z && (a == b || len(a) == 1 && strings.HasPrefix(b, a) || len(b) == 1 && strings.HasPrefix(a, b)) {
			same = s
		}
		return same != nil
	}, known.first[key[0]], known.last[key[len(key)-1]])
	return same
}

// slip reports whether two words of five letters or more differ in one letter put in, left out or changed.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 5 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// meant finds the person whom a single name means: the last one named before whose first name, else surname, it is.
func (v *view) meant(all []*someone, known register, f found, word string) *someone {
	var best *someone
	at, rank := -1, 0
	eachOf(func(i int) bool {
		s := all[i]
		if len(s.key) < 2 {
			return false
		}
		r := 0
		switch {
		case s.key[0] == word:
			r = 2
		case s.key[len(s.key)-1] == word:
			r = 1
		case len(s.key) > 2 && strings.Join(s.key[1:], " ") == word, len(word) > 3 && strings.HasPrefix(s.key[0], word) && word == fold(v.toks[f.from].text) && len(s.key[0])-len(word) < 5:
			r = 1
		}
		if r == 0 || r < rank {
			return false
		}
		last := -1
		for _, p := range slices.Backward(s.places) {
			if p.from < f.from {
				last = p.from
				break
			}
		}
		if r > rank || best == nil || last > at {
			best, at, rank = s, last, r
		}
		return false
	}, known.first[word], known.last[word], known.begin[word])
	return best
}

func (v *view) mentions(s *someone) []ingest.Mention {
	out := make([]ingest.Mention, len(s.places))
	for i, f := range s.places {
		out[i] = ingest.Mention{Span: v.span(f.from, f.to), Text: v.text(f.from, f.to), Rule: f.rule, Confidence: f.confidence}
	}
	return out
}

// participants makes the records of a page's people: what they did and whom they stand for.
func (x *Extractor) participants(v *view, people, bodies []*someone, names []found) []ingest.Participant {
	out := make([]ingest.Participant, len(people))
	index := map[*someone]int{}
	for i, s := range people {
		index[s] = i
		p := ingest.Participant{Reference: ingest.Reference{Name: s.name, Confidence: s.confidence, Mentions: v.mentions(s)}, Affiliations: []ingest.Affiliation{}}
		chance := x.models.Linear[speaks].Probability(v.partFeatures(s, people))
		p.Part, p.Evidence, p.Rule = v.part(s)
		if p.Speaker = chance >= speakSure; !p.Speaker {
			p.Part, p.Rule = v.otherPart(s)
		}
		out[i] = p
	}
	at := v.namesAt(names)
	pairs := v.pairs(people, bodies)
	all := rivalsOf(pairs)
	for i := range pairs {
		p := &pairs[i]
		chance := x.models.Linear[affiliated].Probability(v.pairFeatures(p, all, at))
		if (p.how == "fields" || p.how == "row") && v.statesBody(int(v.toks[p.b.from].block)) {
			chance = max(chance, 0.95)
		}
		if chance < tieSure || chance < tieAcross && (v.across(p) || v.page.Kind == ingest.PostPage && p.how == "block") {
			continue
		}
		role, span := v.role(p, at)
		who := &out[index[p.person]]
		who.Affiliations = append(who.Affiliations, ingest.Affiliation{Span: span, Organisation: p.body.name, Role: role, Rule: p.how, Confidence: chance})
	}
	return out
}

// across reports whether a sentence ends between the person and the body of a pair, and the next does not go on about the person.
func (v *view) across(p *pair) bool {
	if p.how != "block" || p.b.from < p.p.to {
		return false
	}
	first, _ := v.sentence(p.b.from)
	if first <= p.p.from {
		return false
	}
	switch v.toks[first].lower {
	case "she", "he", "they", "her", "his", "their":
		return false
	}
	return true
}

// From what chance on a person is held to speak, and to stand for a body.
const (
	speakSure = 0.55
	tieSure   = 0.35
	tieAcross = 0.6 // where a sentence ends between them, or the page is a post, which names many things that have nothing to do with each other
)

// otherPart says what somebody did who does not speak.
func (v *view) otherPart(s *someone) (ingest.Part, string) {
	for _, f := range s.places {
		bl := v.block(f.from)
		if bl.Kind == ingest.FieldBlock && strings.HasPrefix(strings.ToLower(bl.Key), "author") {
			return ingest.Author, "author of the page"
		}
	}
	for _, f := range s.places {
		bl := v.block(f.from)
		for _, b := range []int{bl.Heading, bl.LeadIn} {
			if b < 0 || bl.Kind != ingest.ItemBlock && bl.Kind != ingest.CellBlock {
				continue
			}
			if v.present[b] {
				return ingest.Attendee, "listed as present"
			}
		}
	}
	return "", ""
}

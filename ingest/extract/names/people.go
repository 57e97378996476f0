package names

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// named is a person or body of the page: the places that name it.
type Named struct {
	ID         ingest.LocalID // in the record
	Name       string
	Key        []string // folded words of the name
	Places     []Found  // in order
	Confidence float64
	Also       []string // other full names that the page gives
}

func (s *Named) add(f Found) {
	s.Places = append(s.Places, f)
	for _, also := range f.Also {
		if also != s.Name && !slices.Contains(s.Also, also) {
			s.Also = append(s.Also, also)
		}
	}
	s.Confidence = max(s.Confidence, f.Confidence)
}

// people groups the persons' names of a page by person: full names first, then first names and surnames alone.
func (v *View) People(names []Found) []*Named {
	var all []*Named
	byKey := map[string]*Named{}
	known := newRegister()
	number := map[*Named]int{}
	var short []Found
	for _, f := range names {
		if f.Kind != tagger.BeginPerson {
			continue
		}
		if f.Short && !v.slug(f) {
			short = append(short, f)
			continue
		}
		name := v.personName(f)
		key := fold.Name(name)
		s := byKey[key]
		if s == nil {
			s = v.sameFull(all, known, strings.Fields(key))
		}
		if s == nil {
			s = &Named{Name: name, Key: strings.Fields(key)}
			number[s] = len(all)
			known.add(number[s], s.Key)
			all = append(all, s)
		}
		byKey[key] = s
		if len(name) > len(s.Name) && len(strings.Fields(key)) >= len(s.Key) {
			s.Name, s.Key = name, strings.Fields(key)
			known.add(number[s], s.Key)
		}
		s.add(f)
	}
	loose := map[string]*Named{}
	for _, f := range short {
		word := fold.Name(v.Toks[f.From].Text)
		if s := v.meant(all, known, f, word); s != nil {
			s.add(f)
			continue
		}
		if f.Confidence < shortSure || v.Toks[f.From].Shape == text.InitShape {
			continue
		}
		s := loose[word]
		if s == nil {
			s = &Named{Name: v.Text(f.From, f.To), Key: []string{word}}
			loose[word] = s
			all = append(all, s)
		}
		s.add(f)
	}
	for _, s := range all {
		sort.Slice(s.Places, func(i, j int) bool { return s.Places[i].From < s.Places[j].From })
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Places[0].From < all[j].Places[0].From })
	return all
}

// shortSure is the confidence that a first name needs to be a person by itself.
const shortSure = 0.8

// personName is how the name is written, in usual letters where the page has capitals only.
func (v *View) personName(f Found) string {
	if f.Name != "" {
		return f.Name
	}
	name := v.Name(f.From, f.To)
	if v.slug(f) {
		return unslug(name)
	}
	for i := f.From; i < f.To; i++ {
		if t := &v.Toks[i]; t.Shape != text.UpperShape && t.Shape != text.InitShape && t.Class&gazetteer.Particle == 0 {
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
func (v *View) slug(f Found) bool {
	t := &v.Toks[f.From]
	return f.To-f.From == 1 && t.Shape == text.LowerShape && v.Block(f.From).Kind == ingest.FieldBlock && strings.Contains(t.Text, "-")
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
func (v *View) sameFull(all []*Named, known register, key []string) (same *Named) {
	if len(key) < 2 {
		return nil
	}
	eachOf(func(i int) bool {
		s := all[i]
		if len(s.Key) < 2 {
			return false
		}
		a, b := s.Key[0], key[0]
		y, z := s.Key[len(s.Key)-1], key[len(key)-1]
		// a second surname left off, or a slip of the pen
		if a == b && s.Key[1] == key[1] || (a == b && slip(y, z) || y == z && slip(a, b)) && len(s.Key) == len(key) {
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
func (v *View) meant(all []*Named, known register, f Found, word string) *Named {
	var best *Named
	at, rank := -1, 0
	first, _, _ := strings.Cut(word, " ") // "Anne-Marie"
	eachOf(func(i int) bool {
		s := all[i]
		if len(s.Key) < 2 {
			return false
		}
		r := 0
		switch {
		case s.Key[0] == word, len(s.Key) > 2 && s.Key[0]+" "+s.Key[1] == word:
			r = 2
		case s.Key[len(s.Key)-1] == word:
			r = 1
		case len(s.Key) > 2 && strings.Join(s.Key[1:], " ") == word, len(word) > 3 && strings.HasPrefix(s.Key[0], word) &&
			word == fold.Name(v.Toks[f.From].Text) && len(s.Key[0])-len(word) < 5:
			r = 1
		}
		if r == 0 || r < rank {
			return false
		}
		last := -1
		for _, p := range slices.Backward(s.Places) {
			if p.From < f.From {
				last = p.From
				break
			}
		}
		if r > rank || best == nil || last > at {
			best, at, rank = s, last, r
		}
		return false
	}, known.first[first], known.last[word], known.begin[word])
	return best
}

func (v *View) Mentions(s *Named) []ingest.Mention {
	out := make([]ingest.Mention, len(s.Places))
	for i, f := range s.Places {
		span := v.Span(f.From, f.To)
		span.End -= f.Cut
		out[i] = ingest.Mention{Span: span, Text: span.In(v.Page.Text), Rule: f.Rule, Confidence: f.Confidence}
	}
	return out
}

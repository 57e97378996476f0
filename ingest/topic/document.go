package topic

import (
	"math"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/sentence"
)

// document is a page as a bag of words.
type document struct {
	lower string   // text in small letters, byte for byte
	title string   // the same of the title
	terms []term   // by word; of length one together
	by    []string // what it shares with others: "project X", "author Y"
	links []int    // pages that it links to
}

// term is a word of a page, its weight there, and where it stands first (nowhere for a name, which counts as one word).
type term struct {
	word   int
	weight float64
	first  ingest.Span
}

// count makes the documents, and adds up those of each label.
func (s *site) count() {
	s.docs = make([]document, len(s.records))
	bags := make([]bag, len(s.records))
	s.each(func(i int) { bags[i] = s.bag(i) })
	number := map[string]int{}
	var pages []int // of each word
	for _, b := range bags {
		for _, w := range b.order {
			k, ok := number[w]
			if !ok {
				k = len(pages)
				number[w] = k
				pages = append(pages, 0)
			}
			pages[k]++
		}
	}
	at := map[string]int{}
	for i, r := range s.records {
		at[r.Path] = i
	}
	s.each(func(i int) {
		d := &s.docs[i]
		d.lower, d.title = lower(s.records[i].Text), lower(s.records[i].Title)
		square := 0.0
		for _, w := range bags[i].order {
			k := number[w]
			if pages[k] < 2 || float64(pages[k]) > commonWord*float64(len(s.records))+2 {
				continue
			}
			f := bags[i].found[w]
			weight := math.Log1p(f.n) * math.Log(float64(len(s.records)+1)/float64(pages[k]))
			square += weight * weight
			d.terms = append(d.terms, term{k, weight, f.first})
		}
		for k := range d.terms {
			d.terms[k].weight /= math.Sqrt(square)
		}
		slices.SortFunc(d.terms, func(a, b term) int { return a.word - b.word })
		for _, l := range s.records[i].Links {
			if to, ok := at[l.Page]; ok && to != i && !slices.Contains(d.links, to) {
				d.links = append(d.links, to)
			}
		}
		d.by = s.shares(i)
	})
	s.label()
}

// shares lists what page i has in common with others: projects, authors, categories.
func (s *site) shares(i int) []string {
	r := s.records[i]
	var out []string
	for _, t := range s.stated[i] {
		if t.Scheme == Project {
			out = append(out, projectOf+t.Name)
		}
	}
	for _, p := range r.People {
		if p.Part == ingest.Author {
			out = append(out, authorOf+p.Name)
		}
	}
	for _, c := range r.Categories {
		out = append(out, categoryOf+c)
	}
	return out
}

// What pages share, before its name.
const (
	projectOf  = "project "
	authorOf   = "author "
	categoryOf = "category "
)

// label finds the topics that can be inferred, and adds up the pages that state them.
func (s *site) label() {
	counts := map[string]int{}
	for _, stated := range s.stated {
		for _, t := range stated {
			if t.Scheme == Scheme {
				counts[t.Name]++
			}
		}
	}
	for n, c := range counts {
		if c >= fewestPages {
			s.labels = append(s.labels, n)
		}
	}
	slices.Sort(s.labels)
	number := map[string]int{}
	for l, n := range s.labels {
		number[n] = l
	}
	s.has = make([][]bool, len(s.records))
	s.prior = make([]int, len(s.labels))
	s.norms = make([]float64, len(s.labels))
	s.sums, s.post, s.given = map[int][]float64{}, map[int][]posting{}, map[string]tallies{}
	for i := range s.records {
		s.has[i] = make([]bool, len(s.labels))
		labelled := false
		for _, t := range s.stated[i] {
			if l, ok := number[t.Name]; ok && t.Scheme == Scheme {
				s.has[i][l] = true
				s.prior[l]++
				labelled = true
			}
		}
		if labelled {
			s.teach(i)
		}
	}
	words := make([]int, 0, len(s.sums))
	for w := range s.sums {
		words = append(words, w)
	}
	slices.Sort(words)
	for _, w := range words {
		for l, v := range s.sums[w] {
			s.norms[l] += v * v
		}
	}
}

// teach adds a page that states topics to the sums.
func (s *site) teach(i int) {
	s.taught = append(s.taught, i)
	for _, t := range s.docs[i].terms {
		sum := s.sums[t.word]
		if sum == nil {
			sum = make([]float64, len(s.labels))
			s.sums[t.word] = sum
		}
		for l, has := range s.has[i] {
			if has {
				sum[l] += t.weight
			}
		}
	}
	for _, t := range voices(s.docs[i].terms) {
		s.post[t.word] = append(s.post[t.word], posting{i, t.weight})
	}
	for _, by := range s.docs[i].by {
		g, ok := s.given[by]
		if !ok {
			g.labels = make([]int, len(s.labels))
		}
		g.pages++
		for l, has := range s.has[i] {
			if has {
				g.labels[l]++
			}
		}
		s.given[by] = g
	}
}

// voices returns the weightiest words of a page: by them it finds its neighbours.
func voices(terms []term) []term {
	if len(terms) <= voters {
		return terms
	}
	out := slices.Clone(terms)
	slices.SortStableFunc(out, func(a, b term) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	return out[:voters]
}

// bag counts the words of a page, in the order in which they come first.
type bag struct {
	order []string
	found map[string]found
}

type found struct {
	n     float64
	first ingest.Span
}

func (b *bag) add(w string, n float64, at ingest.Span) {
	f, ok := b.found[w]
	if !ok {
		b.order = append(b.order, w)
		f.first = at
	}
	f.n += n
	b.found[w] = f
}

// bag reads page i: words of a title count three times, of a heading twice; a name found on the page is a word of its own.
// Fields of the front matter other than the title are left out, since they say the topics.
func (s *site) bag(i int) bag {
	r := s.records[i]
	text := lower(r.Text)
	b := bag{found: map[string]found{}}
	for _, block := range r.Blocks {
		n := 1.0
		switch block.Kind {
		case ingest.TitleBlock:
			n = 3
		case ingest.HeadingBlock:
			n = 2
		case ingest.CodeBlock, ingest.FieldBlock:
			continue
		}
		for at := range sentence.Words(text, block.Span) {
			if w := stem(at.In(text)); w != "" {
				b.add(w, n, at)
			}
		}
	}
	for _, o := range r.Organisations {
		b.add("@"+o.Name, 2, ingest.Span{})
	}
	for _, p := range r.People {
		b.add("@"+p.Name, 2, ingest.Span{})
	}
	return b
}

// stem returns the word without a plural's ending, or "" for a word that says nothing.
func stem(w string) string {
	if len(w) < 3 || stop[w] || w[0] >= '0' && w[0] <= '9' {
		return ""
	}
	switch {
	case len(w) > 5 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 4 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:len(w)-1]
	}
	return w
}

// lower is the text in small letters, byte for byte: all of ASCII.
func lower(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// stop are words that say nothing of what a page is about.
var stop = fold.Set(`the and for are was were with that this these those from have has had not but you your our their they
		them his her she him its who what when where which why how
		will would can could should may might must been being also more most some any all other than then there here about into over after before
		between through during out off own same such only very just
		because while both each few new one two three first many much well like get got make made use used using way ways day days year years
		time week people via per let see say said says http https www com org html`)

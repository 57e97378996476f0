package material

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/score"
	"rapporteur/ingest/tagger"
)

// Spans finds the places of an annotation's mentions in the page's text: every occurrence of every mention, the longest first.
func (a *Page) Spans() []names.Labelled {
	p, g := a.Page, a.Gold
	type form struct {
		text string
		kind tagger.Label
		rank int
	}
	var forms []form
	add := func(written []string, kind tagger.Label, rank int) {
		for _, n := range written {
			if n = fold.Space(n); n != "" {
				forms = append(forms, form{n, kind, rank})
			}
		}
	}
	for _, e := range g.People {
		var written []string
		for _, n := range append([]string{e.Name}, e.Mentions...) {
			written = append(written, bare(n))
		}
		add(written, tagger.BeginPerson, 0)
	}
	for _, e := range g.Organisations {
		kind := tagger.BeginOrganisation
		if e.Optional {
			kind = tagger.BeginOther
		}
		add(append([]string{e.Name}, e.Mentions...), kind, 1)
	}
	for _, c := range g.Countries {
		add(c.Mentions, tagger.BeginPlace, 2)
	}
	sort.SliceStable(forms, func(i, j int) bool {
		if len(forms[i].text) != len(forms[j].text) {
			return len(forms[i].text) > len(forms[j].text)
		}
		return forms[i].rank < forms[j].rank
	})
	text, at := flat(p.Text)
	taken := make([]bool, len(text))
	var spans []names.Labelled
	for _, f := range forms {
		want, _ := flat(f.text)
		for from := 0; ; {
			i := strings.Index(text[from:], want)
			if i < 0 {
				break
			}
			i += from
			j := i + len(want)
			from = i + 1
			before, _ := utf8.DecodeLastRuneInString(text[:i])
			after, _ := utf8.DecodeRuneInString(text[j:])
			first, _ := utf8.DecodeRuneInString(want)
			last, _ := utf8.DecodeLastRuneInString(want)
			if i > 0 && inWord(before) && inWord(first) || j < len(text) && inWord(after) && inWord(last) || taken[i] || taken[j-1] {
				continue
			}
			for k := i; k < j; k++ {
				taken[k] = true
			}
			spans = append(spans, names.Labelled{Span: ingest.Span{Start: at[i].Start, End: at[j-1].End}, Kind: f.kind})
		}
	}
	sort.Slice(spans, func(i, j int) bool { return spans[i].Start < spans[j].Start })
	return spans
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// bare leaves titles off a person's name.
func bare(n string) string {
	for {
		first, rest, ok := strings.Cut(n, " ")
		if !ok || !strings.Contains(" dr dr. prof prof. professor mr mr. mrs ms sir dame lord lady baroness ", " "+strings.ToLower(first)+" ") {
			return n
		}
		n = rest
	}
}

// flat folds quotes, dashes and white space and gives for each byte of the result the place in s that it comes from.
func flat(s string) (folded string, at []ingest.Span) {
	var b strings.Builder
	space := true
	for i, r := range s {
		from := ingest.Span{Start: i, End: i + utf8.RuneLen(r)}
		switch {
		case unicode.IsSpace(r) || r == '\u00a0':
			if space {
				continue
			}
			space = true
			r = ' '
		case r == '’' || r == '‘':
			r, space = '\'', false
		case r == '“' || r == '”':
			r, space = '"', false
		case r == '–' || r == '—' || r == '‑':
			r, space = '-', false
		default:
			space = false
		}
		b.WriteRune(r)
		for len(at) < b.Len() {
			at = append(at, from)
		}
	}
	return b.String(), at
}

// Truth is an annotation as the extractor asks for it.
type Truth struct {
	gold   *score.Page
	people []map[string]bool
	bodies map[string]map[string]bool // by folded name: its forms
}

// Truth returns the annotation of the page.
func (a *Page) Truth() *Truth {
	g := a.Gold
	t := &Truth{gold: g, bodies: map[string]map[string]bool{}}
	for _, p := range g.People {
		t.people = append(t.people, folded(append([]string{p.Name}, p.Mentions...)))
	}
	for _, o := range g.Organisations {
		t.bodies[score.Fold(o.Name)] = folded(append([]string{o.Name}, o.Mentions...))
	}
	return t
}

func folded(names []string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out[score.Fold(n)] = true
	}
	return out
}

func (t *Truth) Person(names []string) int {
	best, most := -1, 0
	for i, forms := range t.people {
		n := 0
		for f := range folded(names) {
			if forms[f] {
				n += 1 + strings.Count(f, " ")*3
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	if best >= 0 && t.gold.People[best].Optional {
		return -1
	}
	return best
}

func (t *Truth) Speaks(person int) bool { return t.gold.People[person].Speaker }

func (t *Truth) Affiliated(person int, body []string) bool { return t.tie(person, body) != nil }

func (t *Truth) Former(person int, body []string) (is, sure bool) {
	a := t.tie(person, body)
	if a == nil || a.Former == nil {
		return false, false
	}
	return *a.Former, true
}

func (t *Truth) Member(person int, body []string) (is, sure bool) {
	a := t.tie(person, body)
	if a == nil || a.Relation == "" {
		return false, false
	}
	return a.Relation == ingest.Member, true
}

// tie returns the annotated affiliation of a person with the body of these names, nil if there is none.
func (t *Truth) tie(person int, body []string) *score.Affiliation {
	have := folded(body)
	for i := range t.gold.People[person].Affiliations {
		a := &t.gold.People[person].Affiliations[i]
		name := score.Fold(a.Organisation)
		if have[name] {
			return a
		}
		for f := range t.bodies[name] {
			if have[f] {
				return a
			}
		}
	}
	return nil
}

func (t *Truth) Named(words string) (person, body, sure bool) {
	f := score.Fold(words)
	sure = true
	for i, forms := range t.people {
		if forms[f] {
			if t.gold.People[i].Optional {
				return false, false, false
			}
			person = true
		}
	}
	for _, o := range t.gold.Organisations {
		if t.bodies[score.Fold(o.Name)][f] {
			if o.Optional {
				return false, false, false
			}
			body = true
		}
	}
	return person, body && !person, sure
}

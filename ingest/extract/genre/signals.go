package genre

import (
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// signals are what is counted on a page.
type signals struct {
	v     *names.View
	title string // in small letters

	tokens, blocks                                   int
	items, cells, headings, paragraphs, quotes, code int // blocks of each kind
	links, outside                                   int // links, and those that leave the site
	linkItems                                        int // items that a link opens or makes up
	outlets                                          int // blocks that end in a name in brackets: (The Paper)
	people                                           int // names of people that rules mark
	peopleBlocks                                     int // blocks that hold one
	i, we, you, question, clock, years, capitals     int // tokens
	come, said, they                                 int // tokens: how to come to an occasion, who said, he and she
	present, business                                int // headings, lead-ins and labels that say who was there, and what minutes are made of
	own                                              bool
}

// business are words of headings and labels in minutes.
var business = map[string]bool{"apologies": true, "actions": true, "action": true, "agenda": true, "minutes": true, "matters": true,
	"aob": true, "decisions": true, "resolved": true,
	"quorum": true, "adjourned": true, "decision": true, "absent": true, "regrets": true, "chair": true, "secretary": true, "notetaker": true,
	"scribe": true}

func signalsOf(v *names.View) *signals {
	p := v.Page
	s := &signals{v: v, title: strings.ToLower(p.Title), tokens: len(v.Toks)}
	for b := range p.Blocks {
		at := v.Blocks[b]
		if at.To == at.From {
			if p.Blocks[b].Kind == ingest.CodeBlock {
				s.code++
			}
			continue
		}
		s.block(&p.Blocks[b], at)
	}
	for i := range v.Toks {
		s.token(i)
	}
	s.links = len(p.Links)
	for i := range p.Links {
		if p.Links[i].Page == "" && strings.Contains(p.Links[i].Target, "://") {
			s.outside++
		}
	}
	words := v.Words
	if f := strings.Fields(p.Title); len(f) > 1 && len(f) < 5 {
		first := words.Word(strings.ToLower(f[0]))
		s.own = first&gazetteer.Forename != 0 && words.Word(strings.ToLower(f[len(f)-1]))&(gazetteer.Common|gazetteer.OrgHead) == 0
	}
	return s
}

// block counts a block that has words.
func (s *signals) block(bl *ingest.Block, at text.Stretch) {
	v := s.v
	if bl.Kind == ingest.FieldBlock || bl.Kind == ingest.TitleBlock {
		return
	}
	s.blocks++
	switch bl.Kind {
	case ingest.ItemBlock:
		s.items++
		if v.Toks[at.From].Link > 0 || v.Toks[at.To-1].Link > 0 {
			s.linkItems++
		}
	case ingest.CellBlock:
		s.cells++
	case ingest.HeadingBlock:
		s.headings++
	case ingest.ParagraphBlock:
		s.paragraphs++
	case ingest.QuoteBlock:
		s.quotes++
	}
	person := false
	for i := at.From; i < at.To; i++ {
		if h := &v.Hints[i]; h.Rule.Person() && !h.Inside {
			s.people++
			person = true
		}
	}
	if person {
		s.peopleBlocks++
	}
	last := at.To - 1
	if v.Toks[last].Text == "." && last > at.From {
		last--
	}
	if v.Toks[last].Text == ")" && at.To-at.From > 4 {
		for i := last - 1; i > max(at.From, last-7); i-- {
			if v.Toks[i].Text == "(" {
				if v.Toks[i+1].Capital() {
					s.outlets++
				}
				break
			}
		}
	}
	if label := bl.Kind == ingest.HeadingBlock || v.Toks[at.From].Strong > 0 || at.To-at.From < 4 ||
		at.From+1 < at.To && v.Toks[at.From+1].Text == ":"; label {
		for i := at.From; i < min(at.To, at.From+4); i++ {
			w := v.Toks[i].Lower
			if strings.HasPrefix(w, "attend") || w == "present" || w == "participants" || w == "apologies" || w == "anwesend" {
				s.present++
			}
			if business[w] {
				s.business++
			}
		}
	}
}

// comeWords say how to come to an occasion, and what it will offer.
var comeWords = fold.Set(`register registration rsvp ticket tickets venue doors zoom livestream agenda attend attending speakers speaker
	panellists panelists panel keynote keynotes moderator refreshments`)

func (s *signals) token(i int) {
	t := &s.v.Toks[i]
	switch {
	case t.Text == "I" || t.Lower == "my" || t.Lower == "i'm" || t.Lower == "i've" || t.Lower == "me":
		s.i++
	case t.Lower == "we" || t.Lower == "our" || t.Lower == "us":
		s.we++
	case t.Lower == "you" || t.Lower == "your":
		s.you++
	case comeWords[t.Lower]:
		s.come++
	case t.Lower == "said" || t.Lower == "says":
		s.said++
	case t.Lower == "he" || t.Lower == "she" || t.Lower == "his" || t.Lower == "her":
		s.they++
	case t.Text == "?":
		s.question++
	case t.Text == ":" && i > 0 && i+1 < len(s.v.Toks) && s.v.Toks[i-1].Shape == text.NumberShape && s.v.Toks[i+1].Shape == text.NumberShape:
		s.clock++
	case t.Shape == text.NumberShape && len(t.Text) == 4 && (t.Text[0] == '1' || t.Text[0] == '2'):
		s.years++
	case t.Capital() && !t.Opens:
		s.capitals++
	}
}

// share says in words how much of all n is.
func share(n, all int) string {
	if all == 0 || n == 0 {
		return "none"
	}
	switch p := 100 * n / all; {
	case p < 1:
		return "<1%"
	case p < 3:
		return "<3%"
	case p < 8:
		return "<8%"
	case p < 20:
		return "<20%"
	case p < 45:
		return "<45%"
	case p < 80:
		return "<80%"
	}
	return "most"
}

// size says in words how many there are.
func size(n int) string {
	steps := "0"
	for _, s := range []struct {
		from int
		name string
	}{{1, "1"}, {2, "2"}, {4, "4"}, {8, "8"}, {16, "16"}, {40, "40"}, {100, "100"}, {300, "300"}, {800, "800"}, {2000, "2000"},
		{6000, "6000"}} {
		if n >= s.from {
			steps = s.name
		}
	}
	return steps
}

// features are the signals as the classifiers see them.
func (s *signals) features() []uint32 {
	b := s.v.Bag()
	p := s.v.Page
	b.Note("any page")
	b.Note("kind", string(p.Kind))
	b.Note("length", size(s.tokens))
	for _, c := range []struct {
		name   string
		n, all int
	}{
		{"items", s.items, s.blocks}, {"cells", s.cells, s.blocks}, {"headings", s.headings, s.blocks}, {"paragraphs", s.paragraphs, s.blocks},
		{"quotes", s.quotes, s.blocks}, {"code", s.code, s.blocks + s.code}, {"links by word", s.links * 10, s.tokens},
		{"links that leave", s.outside, s.links},
		{"items that are links", s.linkItems, s.blocks}, {"outlets", s.outlets, s.blocks}, {"people by word", s.people * 10, s.tokens},
		{"blocks with people", s.peopleBlocks, s.blocks}, {"I", s.i * 5, s.tokens}, {"we", s.we * 5, s.tokens}, {"you", s.you * 5, s.tokens},
		{"questions", s.question * 10, s.tokens}, {"years", s.years * 10, s.tokens}, {"capitals", s.capitals, s.tokens},
	} {
		b.Note(c.name, share(c.n, c.all))
	}
	b.Note("how to come", size(s.come))
	b.Note("how to come, times", text.Yes(s.come > 1), text.Yes(s.clock > 0))
	b.Note("said", size(s.said))
	b.Note("he and she", share(s.they*5, s.tokens))
	b.Note("times", size(s.clock))
	b.Note("people", size(s.people))
	b.Note("links", size(s.links))
	b.Note("outlets many", size(s.outlets))
	b.Note("paragraph", size(s.tokens/max(1, s.blocks)))
	b.Note("title is a person's", text.Yes(s.own))
	b.Note("title is a person's, people", text.Yes(s.own), size(s.people))
	b.Note("I and outlets", share(s.i*5, s.tokens), share(s.outlets, s.blocks))
	b.Note("length and people", size(s.tokens), share(s.people*10, s.tokens))
	for i, w := range words(s.title) {
		b.Note("title word", w)
		if i < 2 {
			b.Note("title begins", w)
		}
	}
	for _, sort := range titleSorts(s.title) {
		b.Note("title's sort", sort)
	}
	b.Note("title with number", text.Yes(strings.ContainsFunc(s.title, unicode.IsDigit)))
	b.Note("title with colon", text.Yes(strings.Contains(s.title, ":")))
	for _, w := range words(strings.ToLower(p.Collection)) {
		b.Note("collection word", strings.TrimSuffix(w, "s"))
	}
	for _, w := range words(strings.ToLower(path.Dir(p.Path))) {
		b.Note("folder word", strings.TrimSuffix(w, "s"))
	}
	for _, c := range p.Categories {
		for _, w := range words(strings.ToLower(c)) {
			b.Note("category word", strings.TrimSuffix(w, "s"))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(p.FrontMatter)) {
		b.Note("key", strings.ToLower(k))
	}
	if layout, ok := p.FrontMatter["layout"].(string); ok {
		for _, w := range words(strings.ToLower(layout)) {
			b.Note("layout word", w)
		}
	}
	headings, seen := 0, 0
	for i := range s.v.Toks {
		t := &s.v.Toks[i]
		switch s.v.Kind(i) {
		case ingest.HeadingBlock:
			if t.Word() && headings < 60 {
				headings++
				b.Note("heading word", t.Lower)
			}
		case ingest.FieldBlock, ingest.TitleBlock:
		default:
			if t.Word() && !t.Capital() && seen < 40 {
				seen++
				b.Note("early word", t.Lower)
			}
		}
	}
	return b.Fs
}

// words cuts a string of small letters at what is no letter; numbers are one word.
func words(s string) []string {
	all := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range all {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			all[i] = "9"
		}
	}
	return all
}

// titleKinds are words of titles by the sort of page that they announce, whatever site it is on.
var titleKinds = map[string]map[string]bool{
	"news of many things": fold.Set(`newsletter newscast digest weekly roundup round-up bulletin newsbrief rundschau rundbrief`),
	"what happened to somebody": fold.Set(`announces announcing welcome welcomes welcoming named joins appoints appointed elected honours
		honors honouring honoring awards award winners winner wins recipients obituary memoriam remembering fellows cohort congratulations gets`),
	"a body's people": fold.Set(`team staff volunteers organisation organization executive trustees officers board members people about
		acknowledgements contributors organisers organizers`),
	"how it stands": fold.Set(`report status quarterly annual evaluation progress`),
	"an election":   fold.Set(`election elections candidates candidate nominations nominees ballot`),
	"an occasion": fold.Set(`webinar workshop seminar panel conference meetup hackathon summit symposium talk lecture talks colloquium event
		roundtable festival unconference launch debate hustings soirée vortrag`),
	"looking back": fold.Set(`recap highlights recapping reflections reflecting roundup takeaways lessons happened`),
	"of somebody":  fold.Set(`interview conversation meet spotlight know profile getting`),
}

// months are names of months, which title a regular letter together with "news" or "issue".
var months = fold.Set(`january february march april may june july august september october november december`)

// titleSorts are the sorts of page that the words of a title announce, in order of their names; together they say more.
func titleSorts(title string) []string {
	var sorts []string
	month, news, number := false, false, false
	for _, w := range words(title) {
		month, news, number = month || months[w], news || w == "news" || w == "issue" || w == "edition", number || w == "9"
	}
	if news && (month || number) {
		sorts = append(sorts, "a regular letter")
	}
	for _, sort := range slices.Sorted(maps.Keys(titleKinds)) {
		if slices.ContainsFunc(words(title), func(w string) bool { return titleKinds[sort][w] }) {
			sorts = append(sorts, sort)
		}
	}
	if len(sorts) > 1 {
		sorts = append(sorts, strings.Join(sorts, " and "))
	}
	return sorts
}

package text

import (
	"strings"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
	"rapporteur/ingest/wordclass"
)

func (v *View) HasRole(from, to int) bool {
	for i := from; i < to; i++ {
		if v.Toks[i].Class&gazetteer.Role != 0 {
			return true
		}
	}
	return false
}

// name is the text of a range of tokens with white space folded.
func (v *View) Name(from, to int) string {
	return fold.Space(v.Text(from, to))
}

// Reader cuts pages into tokens and notes what the tables say of them. It is safe for parallel use.
type Reader struct {
	Words   *gazetteer.Gazetteer
	Classes *wordclass.Classes
	kept    sync.Pool // of vocabularies
}

// View is a page as the rules and the models look at it.
type View struct {
	Trace     Trace // of what is observed, where somebody wants to know
	Page      *ingest.Page
	Words     *gazetteer.Gazetteer
	Toks      []Token
	languages []*language.Language // by index of Page.Blocks
	Blocks    []Stretch            // by index of Page.Blocks: its tokens
	Sorts     []gazetteer.Class    // by block: the classes of its words, together
	lists     []int                // by block: the first block of the unbroken list or table that it is in
	Present   []bool               // by block: it speaks of those who are there
	listSorts map[int]string       // by such a first block: what listSort says of the list
	Voice     []int                // the tokens by which those who write speak of themselves: the first thousand
	Hints     []hint               // by token: what the rules and tables say
	Small     map[string]int       // how often a word stands in small letters on the page
	Big       map[string]int       // how often it stands with a capital where no sentence opens
}

// Bag is an empty bag of features that traces what the page traces.
func (v *View) Bag() Bag { return Bag{Trace: v.Trace} }

// Stretch is a range of tokens.
type Stretch struct{ From, To int }

// hint is what is known of a token before the tagger sees it.
type hint struct {
	Rule         RuleID // the rule that marks it, 0 for none
	Inside       bool   // it is not the first token of what the rule marks
	Place        gazetteer.Form
	PlaceIn      bool
	Country      gazetteer.Place
	Uni          bool
	Body, BodyIn bool  // part of a well-known body's name, not its first word
	Thing        uint8 // part of the name of a known thing that is no body: 1 inside a longer run of capitals, 2 the whole of one
	Run          uint8 // its number in a run of capitalised words, from 1; 0 outside
	RunLen       uint8
	Head         gazetteer.Class // classes of the words of its run, together
	Loose        uint8           // in a run joined by of, for, and: 1, plus 2 a head stands before in it, 4 one after, 8 an of or for is open
	Known        uint8           // 1 part of a person's full name elsewhere on the page, 2 first word of one
	Acro         bool            // an acronym that the page explains
}

// Look cuts a page into tokens and notes what the tables say of them.
func (x *Reader) Look(p *ingest.Page) *View {
	v := &View{Page: p, Words: x.Words, languages: languagesOf(p), Toks: x.tokenise(p), Blocks: make([]Stretch, len(p.Blocks)),
		Sorts: make([]gazetteer.Class, len(p.Blocks)), Present: make([]bool, len(p.Blocks)), lists: make([]int, len(p.Blocks)),
		listSorts: map[int]string{}, Small: map[string]int{}, Big: map[string]int{}}
	v.Hints = make([]hint, len(v.Toks))
	for i := 0; i < len(v.Toks); {
		j := i
		for j < len(v.Toks) && v.Toks[j].Block == v.Toks[i].Block {
			j++
		}
		v.Blocks[v.Toks[i].Block] = Stretch{i, j}
		i = j
	}
	for i := range p.Blocks {
		if v.lists[i] = i; i > 0 && p.Blocks[i].List == p.Blocks[i-1].List {
			v.lists[i] = v.lists[i-1]
		}
	}
	for i := range v.Toks {
		t := &v.Toks[i]
		v.Sorts[t.Block] |= t.Class
		switch t.Lower {
		case "we", "our", "us", "i", "my":
			if len(v.Voice) < 1000 {
				v.Voice = append(v.Voice, i)
			}
		}
		if strings.HasPrefix(t.Lower, "attend") || strings.HasPrefix(t.Lower, "participa") || t.Lower == "present" {
			v.Present[t.Block] = true
		}
		switch {
		case t.Shape == LowerShape:
			v.Small[t.Lower]++
		case t.Capital() && !t.Opens && v.Kind(i) != ingest.HeadingBlock && v.Kind(i) != ingest.TitleBlock:
			v.Big[t.Lower]++
		}
	}
	v.runs()
	v.looseRuns()
	v.tables()
	v.foreignPlaces()
	v.codes()
	return v
}

func (v *View) Block(i int) *ingest.Block { return &v.Page.Blocks[v.Toks[i].Block] }

func (v *View) Kind(i int) ingest.BlockKind { return v.Page.Blocks[v.Toks[i].Block].Kind }

func (v *View) Text(from, to int) string { return v.Page.Text[v.Toks[from].Start:v.Toks[to-1].End] }

func (v *View) Span(from, to int) ingest.Span {
	return ingest.Span{Start: v.Toks[from].Start, End: v.Toks[to-1].End}
}

// at returns token i if it is in the block of token j, else nil.
func (v *View) At(i, j int) *Token {
	if i < 0 || i >= len(v.Toks) || v.Toks[i].Block != v.Toks[j].Block {
		return nil
	}
	return &v.Toks[i]
}

// runs numbers the words of every run of capitalised words.
func (v *View) runs() {
	for i := 0; i < len(v.Toks); {
		if !v.Toks[i].Capital() {
			i++
			continue
		}
		j := i + 1
		head := v.Toks[i].Class
		for j < len(v.Toks) && v.Toks[j].Block == v.Toks[i].Block {
			t := &v.Toks[j]
			if t.Capital() || t.Class&gazetteer.Particle != 0 && j+1 < len(v.Toks) && v.Toks[j+1].Capital() && v.Toks[j+1].Block == t.Block {
				head |= t.Class
				j++
				continue
			}
			break
		}
		for k := i; k < j; k++ {
			v.Hints[k].Run, v.Hints[k].RunLen, v.Hints[k].Head = uint8(min(k-i+1, 9)), uint8(min(j-i, 9)), head
		}
		i = j
	}
}

// looseRuns notes of words in runs of capitalised words that of, for, and join where the heads of bodies' names stand.
func (v *View) looseRuns() {
	for i := 0; i < len(v.Toks); {
		if !v.Toks[i].Capital() {
			i++
			continue
		}
		end := i + 1
		for j := i + 1; j < len(v.Toks) && v.Toks[j].Block == v.Toks[i].Block && j < i+20; j++ {
			t := &v.Toks[j]
			if t.Capital() {
				end = j + 1
			} else if !(Joins[t.Lower] || t.Text == ",") || j-end >= 2 {
				break
			}
		}
		var state uint8 = 1
		for j := i; j < end; j++ {
			t := &v.Toks[j]
			v.Hints[j].Loose = state
			switch {
			case t.Class&gazetteer.OrgHead != 0 && t.Capital():
				state = state&^8 | 2
			case t.Lower == "of" || t.Lower == "for" || t.Lower == "on":
				state |= 8
			case t.Lower == "and" || t.Text == "&":
				state |= 16
			}
		}
		after := false
		for j := end - 1; j >= i; j-- {
			if after {
				v.Hints[j].Loose |= 4
			}
			after = after || v.Toks[j].Class&gazetteer.OrgHead != 0 && v.Toks[j].Capital()
		}
		i = end
	}
}

// tables marks countries, cities and universities, the longest name first.
func (v *View) tables() {
	for i := range v.Toks {
		t := &v.Toks[i]
		if !t.Word() || t.Shape == LowerShape && t.Class&gazetteer.Common != 0 && t.Lower != "the" {
			continue
		}
		if n := int(t.begins.place); n > 0 && v.Hints[i].Place == gazetteer.NoPlace {
			var found gazetteer.Place
			end := v.longest(i, n+1, false, func(s string) bool {
				p, ok := v.Words.Place(s)
				if ok {
					found = p
				}
				return ok
			})
			for k := i; k < end; k++ {
				v.Hints[k].Place, v.Hints[k].PlaceIn, v.Hints[k].Country = found.Form, k > i, found
			}
		}
		if n := int(t.begins.body); n > 0 && !v.Hints[i].Body {
			for k, end := i, v.longest(i, n, false, v.Words.Body); k < end; k++ {
				v.Hints[k].Body, v.Hints[k].BodyIn = true, k > i
			}
		}
		if n := int(t.begins.thing); n > 0 && v.Hints[i].Thing == 0 {
			end := v.longest(i, n, false, v.Words.Thing)
			what := uint8(2)
			if before, after := v.At(i-1, i), v.At(end, i); before != nil && t.Spaced && before.Capital() && !before.Opens ||
				after != nil && after.Spaced && after.Capital() {
				what = 1
			}
			for k := i; k < end; k++ {
				v.Hints[k].Thing = what
			}
		}
		if n := int(t.begins.university); n > 1 && t.Capital() {
			for k, end := i, v.longest(i, n, true, v.Words.University); k < end; k++ {
				v.Hints[k].Uni = true
			}
		}
	}
}

// longest returns the end of the longest phrase of up to n tokens from i on that is listed, i if none is.
func (v *View) longest(i, n int, lower bool, listed func(string) bool) int {
	end := i
	if !lower {
		for j := i; j < i+n && v.At(j, i) != nil; j++ {
			gap := 0
			if j > i {
				gap = v.Toks[j].Start - v.Toks[j-1].End
			}
			if gap > 1 || gap == 1 && v.Page.Text[v.Toks[j].Start-1] != ' ' {
				return v.longestSpaced(i, n, lower, listed)
			}
			if listed(v.Text(i, j+1)) {
				end = j + 1
			}
		}
		return end
	}
	return v.longestSpaced(i, n, lower, listed)
}

// longestSpaced is longest for words that more than a single space may part.
func (v *View) longestSpaced(i, n int, lower bool, listed func(string) bool) int {
	end := i
	var phrase []byte
	for j := i; j < i+n && v.At(j, i) != nil; j++ {
		t := &v.Toks[j]
		if j > i && t.Spaced {
			phrase = append(phrase, ' ')
		}
		if lower {
			phrase = append(phrase, t.Lower...)
		} else {
			phrase = append(phrase, t.Text...)
		}
		if listed(string(phrase)) {
			end = j + 1
		}
	}
	return end
}

// codes marks country codes in brackets, "(DK)", on pages that give several so.
func (v *View) codes() {
	var at []int
	seen := map[string]bool{}
	for i := 1; i+1 < len(v.Toks); i++ {
		t := &v.Toks[i]
		if t.Shape != UpperShape || len(t.Text) < 2 || len(t.Text) > 3 || v.Toks[i-1].Text != "(" && v.Toks[i-1].Text != "[" &&
			v.Toks[i-1].Text != "," || v.Toks[i+1].Text != ")" && v.Toks[i+1].Text != "]" || v.Hints[i].Place != gazetteer.NoPlace {
			continue
		}
		if v.Words.Code(t.Text) != "" {
			at = append(at, i)
			seen[t.Text] = true
		}
	}
	if len(seen) < 3 {
		return
	}
	for _, i := range at {
		v.Hints[i].Place, v.Hints[i].Country = gazetteer.ByName, gazetteer.Place{Code: v.Words.Code(v.Toks[i].Text), Form: gazetteer.ByName}
	}
}

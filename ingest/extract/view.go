package extract

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
)

// view is a page as the rules and the tagger look at it.
type view struct {
	page    *ingest.Page
	words   *gazetteer.Gazetteer
	toks    []token
	blocks  []stretch         // by index of Page.Blocks: its tokens
	sorts   []gazetteer.Class // by block: the classes of its words, together
	lists   []int             // by block: the first block of the unbroken list or table that it is in
	present []bool            // by block: it speaks of those who are there
	faces   map[int]string    // by such a first block: what listFace says of the list
	voice   []int             // the tokens by which those who write speak of themselves: the first thousand
	clues   []clue            // by token: what the rules and tables say
	small   map[string]int    // how often a word stands in small letters on the page
	big     map[string]int    // how often it stands with a capital where no sentence opens
}

// stretch is a range of tokens.
type stretch struct{ from, to int }

// clue is what is known of a token before the tagger sees it.
type clue struct {
	rule         ruleID // the rule that marks it, 0 for none
	inside       bool   // it is not the first token of what the rule marks
	place        gazetteer.Form
	placeIn      bool
	country      gazetteer.Place
	uni          bool
	body, bodyIn bool  // part of a well-known body's name, not its first word
	thing        uint8 // part of the name of a known thing that is no body: 1 inside a longer run of capitals, 2 the whole of one
	run          uint8 // its number in a run of capitalised words, from 1; 0 outside
	runLen       uint8
	head         gazetteer.Class // classes of the words of its run, together
	loose        uint8           // in a run joined by of, for, and: 1, plus 2 a head stands before in it, 4 one after, 8 an of or for is open
	known        uint8           // 1 part of a person's full name elsewhere on the page, 2 first word of one
	acro         bool            // an acronym that the page explains
}

func (x *Extractor) look(p *ingest.Page) *view {
	v := &view{page: p, words: x.words, toks: x.tokenise(p), blocks: make([]stretch, len(p.Blocks)), sorts: make([]gazetteer.Class, len(p.Blocks)), present: make([]bool, len(p.Blocks)), lists: make([]int, len(p.Blocks)), faces: map[int]string{}, small: map[string]int{}, big: map[string]int{}}
	v.clues = make([]clue, len(v.toks))
	for i := 0; i < len(v.toks); {
		j := i
		for j < len(v.toks) && v.toks[j].block == v.toks[i].block {
			j++
		}
		v.blocks[v.toks[i].block] = stretch{i, j}
		i = j
	}
	for i := range p.Blocks {
		if v.lists[i] = i; i > 0 && p.Blocks[i].List == p.Blocks[i-1].List {
			v.lists[i] = v.lists[i-1]
		}
	}
	for i := range v.toks {
		t := &v.toks[i]
		v.sorts[t.block] |= t.class
		switch t.lower {
		case "we", "our", "us", "i", "my":
			if len(v.voice) < 1000 {
				v.voice = append(v.voice, i)
			}
		}
		if strings.HasPrefix(t.lower, "attend") || strings.HasPrefix(t.lower, "participa") || t.lower == "present" {
			v.present[t.block] = true
		}
		switch {
		case t.shape == lowerShape:
			v.small[t.lower]++
		case t.capital() && !t.opens && v.kind(i) != ingest.HeadingBlock && v.kind(i) != ingest.TitleBlock:
			v.big[t.lower]++
		}
	}
	v.runs()
	v.looseRuns()
	v.tables()
	v.codes()
	v.applyRules()
	return v
}

func (v *view) block(i int) *ingest.Block   { return &v.page.Blocks[v.toks[i].block] }
func (v *view) kind(i int) ingest.BlockKind { return v.page.Blocks[v.toks[i].block].Kind }
func (v *view) text(from, to int) string    { return v.page.Text[v.toks[from].start:v.toks[to-1].end] }
func (v *view) span(from, to int) ingest.Span {
	return ingest.Span{Start: v.toks[from].start, End: v.toks[to-1].end}
}

// at returns token i if it is in the block of token j, else nil.
func (v *view) at(i, j int) *token {
	if i < 0 || i >= len(v.toks) || v.toks[i].block != v.toks[j].block {
		return nil
	}
	return &v.toks[i]
}

// runs numbers the words of every run of capitalised words.
func (v *view) runs() {
	for i := 0; i < len(v.toks); {
		if !v.toks[i].capital() {
			i++
			continue
		}
		j := i + 1
		head := v.toks[i].class
		for j < len(v.toks) && v.toks[j].block == v.toks[i].block {
			t := &v.toks[j]
			if t.capital() || t.class&gazetteer.Particle != 0 && j+1 < len(v.toks) && v.toks[j+1].capital() && v.toks[j+1].block == t.block {
				head |= t.class
				j++
				continue
			}
			break
		}
		for k := i; k < j; k++ {
			v.clues[k].run, v.clues[k].runLen, v.clues[k].head = uint8(min(k-i+1, 9)), uint8(min(j-i, 9)), head
		}
		i = j
	}
}

// looseRuns notes of words in runs of capitalised words that of, for, and join where the heads of bodies' names stand.
func (v *view) looseRuns() {
	for i := 0; i < len(v.toks); {
		if !v.toks[i].capital() {
			i++
			continue
		}
		end := i + 1
		for j := i + 1; j < len(v.toks) && v.toks[j].block == v.toks[i].block && j < i+20; j++ {
			t := &v.toks[j]
			if t.capital() {
				end = j + 1
			} else if !(joins[t.lower] || t.text == ",") || j-end >= 2 {
				break
			}
		}
		var state uint8 = 1
		for j := i; j < end; j++ {
			t := &v.toks[j]
			v.clues[j].loose = state
			switch {
			case t.class&gazetteer.OrgHead != 0 && t.capital():
				state = state&^8 | 2
			case t.lower == "of" || t.lower == "for" || t.lower == "on":
				state |= 8
			case t.lower == "and" || t.text == "&":
				state |= 16
			}
		}
		after := false
		for j := end - 1; j >= i; j-- {
			if after {
				v.clues[j].loose |= 4
			}
			after = after || v.toks[j].class&gazetteer.OrgHead != 0 && v.toks[j].capital()
		}
		i = end
	}
}

// tables marks countries, cities and universities, the longest name first.
func (v *view) tables() {
	for i := range v.toks {
		t := &v.toks[i]
		if !t.word() || t.shape == lowerShape && t.class&gazetteer.Common != 0 && t.lower != "the" {
			continue
		}
		if n := v.words.LongestPlace(t.text); n > 0 && v.clues[i].place == gazetteer.NoPlace {
			var found gazetteer.Place
			end := v.longest(i, n+1, false, func(s string) bool {
				p, ok := v.words.Place(s)
				if ok {
					found = p
				}
				return ok
			})
			for k := i; k < end; k++ {
				v.clues[k].place, v.clues[k].placeIn, v.clues[k].country = found.Form, k > i, found
			}
		}
		if n := v.words.LongestBody(t.text); n > 0 && !v.clues[i].body {
			for k, end := i, v.longest(i, n, false, v.words.Body); k < end; k++ {
				v.clues[k].body, v.clues[k].bodyIn = true, k > i
			}
		}
		if n := v.words.LongestThing(t.text); n > 0 && v.clues[i].thing == 0 {
			end := v.longest(i, n, false, v.words.Thing)
			what := uint8(2)
			if before, after := v.at(i-1, i), v.at(end, i); before != nil && t.spaced && before.capital() && !before.opens || after != nil && after.spaced && after.capital() {
				what = 1
			}
			for k := i; k < end; k++ {
				v.clues[k].thing = what
			}
		}
		if n := v.words.LongestUniversity(t.lower); n > 1 && t.capital() {
			for k, end := i, v.longest(i, n, true, v.words.University); k < end; k++ {
				v.clues[k].uni = true
			}
		}
	}
}

// longest returns the end of the longest phrase of up to n tokens from i on that is listed, i if none is.
func (v *view) longest(i, n int, lower bool, listed func(string) bool) int {
	end := i
	var phrase []byte
	for j := i; j < i+n && v.at(j, i) != nil; j++ {
		t := &v.toks[j]
		if j > i && t.spaced {
			phrase = append(phrase, ' ')
		}
		if lower {
			phrase = append(phrase, t.lower...)
		} else {
			phrase = append(phrase, t.text...)
		}
		if listed(string(phrase)) {
			end = j + 1
		}
	}
	return end
}

// codes marks country codes in brackets, "(DK)", on pages that give several so.
func (v *view) codes() {
	var at []int
	seen := map[string]bool{}
	for i := 1; i+1 < len(v.toks); i++ {
		t := &v.toks[i]
		if t.shape != upperShape || len(t.text) < 2 || len(t.text) > 3 || v.toks[i-1].text != "(" && v.toks[i-1].text != "[" && v.toks[i-1].text != "," || v.toks[i+1].text != ")" && v.toks[i+1].text != "]" || v.clues[i].place != gazetteer.NoPlace {
			continue
		}
		if v.words.Code(t.text) != "" {
			at = append(at, i)
			seen[t.text] = true
		}
	}
	if len(seen) < 3 {
		return
	}
	for _, i := range at {
		v.clues[i].place, v.clues[i].country = gazetteer.ByName, gazetteer.Place{Code: v.words.Code(v.toks[i].text), Form: gazetteer.ByName}
	}
}

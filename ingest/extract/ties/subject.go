package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
)

// How the subject of a sentence is known.
const (
	byName    = "name"    // it is named where the sentence begins
	byPronoun = "pronoun" // "she", "their": whom the sentences before tell of
	byVoice   = "voice"   // "I": who writes, or whose turn it is
	byPlace   = "place"   // nothing says so but where the sentence stands: under somebody's name, on somebody's page
)

// telling is a sentence and whom it tells of.
type telling struct {
	text.Stretch              // its tokens
	who          *names.Named // nil where that is not known
	how          string
	anchor       text.Stretch // the words that stand for the subject; empty, at the sentence's first token, where none do
}

// standing is who is named at a place, and the token behind it.
type standing struct {
	who *names.Named
	to  int
}

// tellings cuts the page into sentences and finds whom each tells of.
func (v *view) tellings(people []*names.Named) []telling {
	named := map[int]standing{} // by first token of a place
	for _, s := range people {
		for _, f := range s.Places {
			named[f.From] = standing{s, f.To}
		}
	}
	leaders := v.leaders(people)
	author := v.writer
	var all []telling
	var last *names.Named // whom the sentence before told of
	section, turn := -2, (*names.Named)(nil)
	stranger := false // the turn is somebody's who was not found
	for b := range v.Blocks {
		s := v.Blocks[b]
		bl := &v.Page.Blocks[b]
		if s.To == s.From || bl.Kind == ingest.FieldBlock || bl.Kind == ingest.TitleBlock {
			continue
		}
		home := leaders[b]
		if bl.Heading != section || bl.Kind == ingest.HeadingBlock || home != nil && last != home && !v.pronounFirst(s.From) {
			section, last, turn, stranger = bl.Heading, home, nil, false
		}
		if speaker := v.turnOf(s, named); speaker != nil {
			turn, stranger = speaker, false
		} else if turn != nil && v.strange(s) {
			turn, stranger = nil, true
		}
		for i := s.From; i < s.To; {
			from, to := i, i+1
			for to < s.To && !v.Toks[to].Opens {
				to++
			}
			i = to
			t := telling{Stretch: text.Stretch{From: from, To: to}, anchor: text.Stretch{From: from, To: from}}
			voice := turn
			if voice == nil && home != nil {
				voice = home
			}
			if voice == nil && !stranger {
				voice = author
			}
			v.subject(&t, named, last, voice)
			switch {
			case t.who == nil && t.how == "" && home != nil:
				t.who, t.how = home, byPlace
			case t.who == nil && t.how == "" && last != nil && bl.Kind == ingest.ParagraphBlock && from > s.From:
				t.who, t.how = last, byPlace
			}
			if t.who != nil && t.how != byVoice && t.how != byPlace {
				last = t.who
			}
			all = append(all, t)
		}
	}
	v.told = all
	return all
}

// subject finds whom a sentence tells of by its first words.
func (v *view) subject(t *telling, named map[int]standing, last, voice *names.Named) {
	for i := t.From; i < min(t.To, t.From+9); i++ {
		if s, ok := named[i]; ok {
			t.who, t.how, t.anchor = s.who, byName, text.Stretch{From: i, To: s.to}
			return
		}
		switch w := v.Toks[i].Lower; {
		case pronouns[w] && v.Toks[i].Shape != text.UpperShape:
			t.how = byPronoun
			if last != nil {
				t.who, t.anchor = last, text.Stretch{From: i, To: i + 1}
			}
			return
		case v.Toks[i].Text == "I", w == "i'm", w == "i’m", w == "my":
			t.how = byVoice
			if voice != nil {
				t.who, t.anchor = voice, text.Stretch{From: i, To: i + 1}
			}
			return
		}
	}
}

var pronouns = map[string]bool{"he": true, "she": true, "they": true, "his": true, "her": true, "their": true, "er": true, "sie": true,
	"il": true, "elle": true}

// pronounFirst reports whether a pronoun stands among the first words from a token on.
func (v *view) pronounFirst(from int) bool {
	for i := from; i < from+4 && v.At(i, from) != nil; i++ {
		if pronouns[v.Toks[i].Lower] {
			return true
		}
	}
	return false
}

// turnOf returns whose turn a block is in a conversation: "**Jane Roe:** I think", "Jane: I think".
func (v *view) turnOf(s text.Stretch, named map[int]standing) *names.Named {
	at, ok := named[s.From]
	if ok && at.to < s.To && v.Toks[at.to].Text == ":" {
		return at.who
	}
	return nil
}

// strange reports whether a block of a conversation is the turn of somebody who is not known: up to three capitals and a colon open it.
func (v *view) strange(s text.Stretch) bool {
	for i := s.From; i < s.To && i < s.From+4; i++ {
		if v.Toks[i].Text == ":" {
			return i > s.From
		}
		if !v.Toks[i].Capital() {
			return false
		}
	}
	return false
}

// author returns the one author that the front matter names, nil if there are none or several.
func (v *view) author(people []*names.Named) *names.Named {
	var one *names.Named
	for _, s := range people {
		for _, f := range s.Places {
			if bl := v.Block(f.From); bl.Kind == ingest.FieldBlock && authorKey(bl.Key) {
				if one != nil && one != s {
					return nil
				}
				one = s
			}
		}
	}
	return one
}

// authorKey reports whether a key of the front matter names authors: "author", "authors.0", "extra.author".
func authorKey(key string) bool {
	key = strings.ToLower(key)
	return strings.HasPrefix(key, "author") || strings.Contains(key, ".author")
}

// leaders returns by block the person under whose name it stands: that of the heading above, of a line with nothing but
// a name and what follows it before, or of the page.
func (v *view) leaders(people []*names.Named) []*names.Named {
	heads := make([]*names.Named, len(v.Blocks)) // blocks that are somebody's name
	sole := make([]int, len(v.Blocks))           // people named there
	var page *names.Named
	pages := 0
	for _, s := range people {
		seen := map[int32]bool{}
		for _, f := range s.Places {
			b := v.Toks[f.From].Block
			if !seen[b] {
				seen[b] = true
				sole[b]++
			}
			bl := &v.Page.Blocks[b]
			st := v.Blocks[b]
			lead := f.From-st.From <= 2 && len(s.Key) > 1
			switch bl.Kind {
			case ingest.HeadingBlock:
				if lead || st.To-f.To <= 1 {
					heads[b] = s
				}
			case ingest.ParagraphBlock, ingest.ItemBlock, ingest.CellBlock:
				if lead && (st.To-st.From <= 24 && !v.verbIn(f.To, st.To)) {
					heads[b] = s
				}
			case ingest.TitleBlock:
				if len(s.Key) > 1 && page != s {
					page = s
					pages++
				}
			case ingest.FieldBlock:
				if last := strings.ToLower(bl.Key); (last == "name" || last == "full_name" || last == "fullname") && page != s {
					page = s
					pages++
				}
			}
		}
	}
	for b := range heads {
		if sole[b] > 1 {
			heads[b] = nil
		}
	}
	if pages != 1 || v.Page.Kind != ingest.PersonPage && v.Page.Genre != ingest.ProfileGenre && !v.allOf(page) {
		page = nil
	}
	out := make([]*names.Named, len(v.Blocks))
	var line *names.Named // of the last line that is a name
	lineHeading, lineAt := -2, 0
	for b := range out {
		bl := &v.Page.Blocks[b]
		switch {
		case bl.Kind == ingest.FieldBlock || bl.Kind == ingest.TitleBlock:
			continue
		case bl.Kind == ingest.HeadingBlock:
			out[b] = heads[b]
			line = nil
			continue
		}
		if line != nil && lineHeading != bl.Heading {
			line = nil
		}
		if heads[b] != nil {
			line, lineHeading, lineAt = heads[b], bl.Heading, b
			out[b] = line
			continue
		}
		if line != nil && bl.Kind == ingest.ParagraphBlock && b-lineAt <= 6 && sole[b] <= 1 {
			out[b] = line
			continue
		}
		for h, up := bl.Heading, 0; h >= 0 && up < 3; h, up = v.Page.Blocks[h].Heading, up+1 {
			if heads[h] != nil {
				out[b] = heads[h]
				break
			}
			if h == v.Page.Blocks[h].Heading {
				break
			}
		}
		if out[b] == nil {
			out[b] = page
		}
	}
	return out
}

// allOf reports whether the title is nobody's but this person's name.
func (v *view) allOf(s *names.Named) bool {
	if s == nil {
		return false
	}
	for _, f := range s.Places {
		b := v.Toks[f.From].Block
		if v.Page.Blocks[b].Kind == ingest.TitleBlock && f.From-v.Blocks[b].From <= 1 && v.Blocks[b].To-f.To <= 1 {
			return true
		}
	}
	return false
}

// verbIn reports whether a range of tokens reads like a sentence: it holds a common verb in small letters.
func (v *view) verbIn(from, to int) bool {
	for i := from; i < to; i++ {
		if t := &v.Toks[i]; t.Shape == text.LowerShape &&
			(plainVerbs[t.Lower] || t.Class&gazetteer.Speak != 0 && t.Class&gazetteer.Role == 0 && strings.HasSuffix(t.Lower, "ed")) {
			return true
		}
	}
	return false
}

var plainVerbs = map[string]bool{"is": true, "was": true, "are": true, "were": true, "has": true, "have": true, "had": true, "will": true,
	"be": true, "been": true, "works": true, "worked": true, "does": true, "do": true, "did": true, "can": true,
	"holds": true, "held": true, "serves": true, "served": true, "leads": true, "led": true, "said": true, "says": true, "joined": true,
	"joins": true, "became": true, "studied": true, "received": true, "spoke": true, "gave": true, "ist": true, "war": true, "est": true,
	"talks": true, "talked": true, "welcomed": true}

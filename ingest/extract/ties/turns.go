package ties

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
)

// leastTurns is how many blocks of a page begin with the mark of somebody and a colon if it tells who said what.
const leastTurns = 3

// rollCalls are answers to a roll call or a vote, which nobody makes a turn of.
var rollCalls = fold.Set(`present absent apologies yes no aye nay yea abstain abstained excused regrets here late
	left joined yes/no maybe n/a`)

// turn returns the token of the colon after the mark of whoever takes a turn in minutes or a transcript: one to four words that a
// block begins with, before what they say; 0 if the block is no turn.
func (v *view) turn(block int) int {
	s := v.Blocks[block]
	if k := v.Page.Blocks[block].Kind; k != ingest.ParagraphBlock && k != ingest.ItemBlock {
		return 0
	}
	for i := s.From + 1; i < s.To && i < s.From+6; i++ {
		if v.Toks[i].Text != ":" {
			continue
		}
		words := 0
		for k := i + 1; k < s.To && words < 3; k++ {
			if v.Toks[k].Word() && v.Toks[k].Shape != text.AddressShape && !rollCalls[v.Toks[k].Lower] {
				words++
			}
		}
		if words == 0 {
			return 0
		}
		return i
	}
	return 0
}

// talkers are the people who take turns on a page that is written in turns: under their name, the first name that they alone of
// those named there have, or the initials or handle that the table of those present gives them.
func (v *view) talkers(people []*names.Named) map[*names.Named]bool {
	first, at := map[string]*names.Named{}, map[int]*names.Named{}
	for _, s := range people {
		if len(s.Key) > 1 {
			if _, twice := first[s.Key[0]]; twice {
				first[s.Key[0]] = nil
			} else {
				first[s.Key[0]] = s
			}
		}
		for _, f := range s.Places {
			at[f.From] = s
		}
	}
	glossary := v.Glossary()
	out := map[*names.Named]bool{}
	turns := 0
	for b, s := range v.Blocks {
		colon := v.turn(b)
		if colon == 0 {
			continue
		}
		who := at[s.From]
		if cell, ok := glossary[v.Toks[s.From].Text]; who == nil && ok {
			who = at[v.Blocks[cell].From]
		}
		if who == nil && colon == s.From+1 {
			who = first[fold.Name(v.Toks[s.From].Text)]
		}
		if who != nil {
			turns++
			out[who] = true
		}
	}
	if turns < leastTurns || len(out) < 2 {
		return nil
	}
	return out
}

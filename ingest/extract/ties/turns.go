package ties

import (
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
)

// leastTurns is how many blocks of a page begin with the name of somebody and a colon if it tells who said what.
const leastTurns = 3

// turn reports whether a place is the mark of somebody's turn in minutes or a transcript: the name that a block begins with,
// before a colon and what they say.
func (v *view) turn(f names.Found) bool {
	s := v.Blocks[v.Toks[f.From].Block]
	if f.From != s.From || f.To+1 >= s.To || v.Toks[f.To].Text != ":" {
		return false
	}
	words := 0
	for i := f.To + 1; i < s.To && words < 3; i++ {
		if v.Toks[i].Word() && v.Toks[i].Shape != text.AddressShape {
			words++
		}
	}
	return words > 0
}

// talkers are the people who take turns on a page that is written in turns.
func (v *view) talkers(people []*names.Named) map[*names.Named]bool {
	out := map[*names.Named]bool{}
	turns := 0
	for _, s := range people {
		for _, f := range s.Places {
			if v.turn(f) {
				turns++
				out[s] = true
			}
		}
	}
	if turns < leastTurns || len(out) < 2 {
		return nil
	}
	return out
}

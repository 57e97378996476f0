package ties

import (
	"rapporteur/ingest/extract/names"
)

// tie is a pair as the classifiers look at it.
type tie struct {
	pair
	features []uint32
	numbers  []float32
	veto     string // why it is none, whatever they say
}

// ties lists the pairs of a page with what describes them.
func (v *view) ties(people, bodies []*names.Named, found []names.Found, tell []telling) []tie {
	at := v.namesAt(found)
	pairs := v.pairs(people, bodies, tell)
	all := rivalsOf(pairs)
	v.compare(pairs, tell, all)
	out := make([]tie, len(pairs))
	for i := range pairs {
		x := &pairs[i]
		out[i] = tie{*x, v.pairFeatures(x, all, at), v.pairNumbers(x, all, at), v.vetoed(x, all)}
	}
	return out
}

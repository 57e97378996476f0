package ties

import (
	"slices"

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
	v.settle(pairs, tell)
	all := rivalsOf(pairs)
	v.compare(pairs, tell, all)
	out := make([]tie, len(pairs))
	for i := range pairs {
		x := &pairs[i]
		out[i] = tie{*x, v.pairFeatures(x, all, at), v.pairNumbers(x, all, at), v.vetoed(x, all)}
	}
	return out
}

// settle puts in place of the nearest place of each pair that which says in plain words that the person is of the body, and where nothing
// but vetoes speaks of the nearest one, the next behind the name that none speaks against.
func (v *view) settle(pairs []pair, tell []telling) {
	for i := range pairs {
		x := &pairs[i]
		v.read(x, tell)
		for j := range x.others {
			v.read(&x.others[j], tell)
		}
		if !x.job {
			x.prefer(func(o *pair) bool { return o.job })
		}
	}
	all := rivalsOf(pairs)
	for i := range pairs {
		if x := &pairs[i]; !x.job && v.vetoed(x, all) != "" {
			at := x.b.From
			x.prefer(func(o *pair) bool { return o.b.From != at && o.b.From >= o.p.To && v.vetoed(o, all) == "" })
		}
	}
}

// read notes what the sentence of a pair's body says of the person.
func (v *view) read(x *pair, tell []telling) {
	t := tellingOf(tell, x.b.From)
	x.subject = t != nil && t.who == x.person
	if r := v.runs[x.p.From]; t != nil && r.people > 0 && t.how == byName { // one of those whom it tells of
		x.subject = x.subject || t.anchor.From >= r.From && t.anchor.From < r.To
	}
	x.job = v.jobTold(x)
}

// prefer puts the first of the further places that fits in place of the nearest one.
func (x *pair) prefer(fits func(*pair) bool) {
	for j := range x.others {
		if fits(&x.others[j]) {
			others, best := slices.Clone(x.others), x.others[j]
			others[j] = *x
			others[j].others = nil
			*x = best
			x.others = others
			return
		}
	}
}

package learn

import (
	"cmp"
	"maps"
	"slices"

	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/training/material"
)

// How many trees are grown for a classifier whose cases have numbers; of words there are many cases, which fewer trees fit.
const (
	trees        = 300
	treesOfWords = 150
)

// ensembles learns classifiers from the cases of all folds but one.
func ensembles(cases [material.Folds]map[string][]tagger.Case, but int) *tagger.Models {
	parts := map[string][][]tagger.Case{}
	for k := range cases {
		if k != but {
			for name, cs := range cases[k] {
				parts[name] = append(parts[name], cs)
			}
		}
	}
	made := &tagger.Models{Linear: map[string]*tagger.Linear{}, Trees: map[string]*tagger.Trees{}}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		e := Ensemble(name, parts[name])
		made.Linear[name] = e.Linear
		if e.Trees != nil {
			made.Trees[name] = e.Trees
		}
	}
	return made
}

// Ensemble learns the classifier of that name from cases in parts, each of other sites than the others. Where cases have
// numbers, trees learn from these and from the chance that a logistic regression learnt from the other parts gives.
func Ensemble(name string, parts [][]tagger.Case) tagger.Ensemble {
	rounds := cmp.Or(passes[name], 12)
	all := slices.Concat(parts...)
	e := tagger.Ensemble{Linear: Logistic(all, 16, rounds, decay)}
	if len(all) == 0 || all[0].Numbers == nil {
		return e
	}
	var described []tagger.Case
	for k := range parts {
		m := Logistic(slices.Concat(slices.Concat(parts[:k]...), slices.Concat(parts[k+1:]...)), 16, rounds, decay)
		for _, c := range parts[k] {
			c.Numbers = slices.Clone(c.Numbers)
			c.Numbers[0] = float32(m.Probability(c.Features))
			described = append(described, c)
		}
	}
	n := trees
	if name == names.IsBody {
		n = treesOfWords
	}
	e.Trees = Boosted(described, n)
	return e
}

package learn

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/extract/confidence"
	"rapporteur/ingest/score"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/training/material"
)

// Extracted are the records of the annotated pages of a fold.
type Extracted map[*material.Page]*ingest.Record

// Extract extracts the annotated pages of a fold, each site by itself, with models that have seen none of them. It finds no
// recommendations: see FillAsks.
func (c *Crossed) Extract(m *material.Material, k int) Extracted {
	models := c.Classifiers(k)
	models.Names = c.Names[k]
	x := extract.With(models, m.Tables)
	records := Records(m, x, Drafts(m, x))
	out := Extracted{}
	for _, a := range m.Pages {
		if a.Fold == k && !a.Invented {
			out[a] = records[a.Page]
		}
	}
	return out
}

// Confidence learns how likely facts are right from what the models of the folds got right on pages that they had not seen: those of
// all folds but one, of all if that is none of them. Folds that were not extracted teach nothing.
func Confidence(m *material.Material, folds [material.Folds]Extracted, but int) map[string]*tagger.Linear {
	all := map[string][]tagger.Case{}
	for k, records := range folds {
		if k == but {
			continue
		}
		for _, a := range m.Pages { // in order
			r := records[a]
			if r == nil {
				continue
			}
			for _, f := range score.Facts(a.Gold, r) {
				name, fs := confidence.Case(r, string(f.Kind), f.Of, f.At)
				if name != "" {
					all[name] = append(all[name], tagger.Case{Features: fs, Is: f.Right, Weight: 1})
				}
			}
		}
	}
	linear := map[string]*tagger.Linear{}
	for name, cases := range all {
		linear[name] = Logistic(cases, confidenceBits, confidencePasses, confidenceDecay)
	}
	return linear
}

const (
	confidenceBits   = 12
	confidencePasses = 8
	confidenceDecay  = 3e-3
)

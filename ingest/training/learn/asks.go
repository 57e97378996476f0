package learn

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/recommend"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/training/material"
)

// Records extracts every annotated page, each site by itself. drafts are the finished records of the real site.
func Records(m *material.Material, x *extract.Extractor, drafts []*ingest.Record) map[*ingest.Page]*ingest.Record {
	out := map[*ingest.Page]*ingest.Record{}
	for _, r := range drafts {
		out[r.Page] = r
	}
	sites := map[string][]*ingest.Record{}
	for _, a := range m.Pages {
		if out[a.Page] == nil {
			out[a.Page] = x.Draft(a.Page)
			sites[a.Site] = append(sites[a.Site], out[a.Page])
		}
	}
	for _, s := range slices.Sorted(maps.Keys(sites)) {
		x.Revise(sites[s])
	}
	return out
}

// Lessons are the annotated recommendations of the pages that use allows. The invented pages are left out: they are dense
// with recommendations, and a finder that learns from them sees too many on real ones.
func Lessons(m *material.Material, records map[*ingest.Page]*ingest.Record, use func(*material.Page) bool) []recommend.Lesson {
	var out []recommend.Lesson
	for _, a := range m.Pages {
		if a.Invented || !use(a) {
			continue
		}
		l := recommend.Lesson{Record: records[a.Page]}
		for _, r := range a.Gold.Recommendations {
			l.Asks = append(l.Asks, recommend.Answer{Text: r.Text, Core: r.Tier == "core"})
		}
		out = append(out, l)
	}
	return out
}

// Drafts extracts the real site by itself.
func Drafts(m *material.Material, x *extract.Extractor) []*ingest.Record {
	drafts := make([]*ingest.Record, len(m.Real))
	for i, p := range m.Real {
		drafts[i] = x.Draft(p)
	}
	x.Revise(drafts)
	return drafts
}

// Asks teaches the finder of recommendations from the pages of all folds but one, of all if that is none of them. The people and
// bodies that the records name were found by models that had seen none of these pages, as it will be on pages that are new.
func Asks(m *material.Material, folds [material.Folds]Extracted, but int) (*recommend.Finder, error) {
	records := map[*ingest.Page]*ingest.Record{}
	for _, f := range folds {
		for a, r := range f {
			records[a.Page] = r
		}
	}
	lessons := Lessons(m, records, func(a *material.Page) bool { return a.Fold != but && records[a.Page] != nil })
	fmt.Fprintf(os.Stderr, "learn: recommendations learnt from %d pages\n", len(lessons))
	return recommend.Learn(lessons, GrowAsks)
}

// FillAsks finds the recommendations of every fold with what the others teach.
func FillAsks(m *material.Material, folds [material.Folds]Extracted) error {
	var finders [material.Folds]*recommend.Finder
	var errs [material.Folds]error
	var wait sync.WaitGroup
	gate := make(chan struct{}, runtime.NumCPU())
	for k := range folds {
		if len(folds[k]) == 0 {
			continue
		}
		wait.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			finders[k], errs[k] = Asks(m, folds, k)
		})
	}
	wait.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	for k, f := range folds {
		for _, r := range f {
			finders[k].Fill(r)
		}
	}
	return nil
}

// askTrees are grown for recommendations.
const askTrees = 120

// GrowAsks grows the trees of the finder of recommendations.
func GrowAsks(cases []tagger.Case) *tagger.Trees { return Boosted(cases, askTrees) }

package main

import (
	"fmt"
	"maps"
	"os"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/recommend"
	"rapporteur/ingest/tagger"
)

// records extracts every annotated page, each site by itself. drafts are the finished records of the real site.
func (m *material) records(x *extract.Extractor, drafts []*ingest.Record) map[*ingest.Page]*ingest.Record {
	out := map[*ingest.Page]*ingest.Record{}
	for _, r := range drafts {
		out[r.Page] = r
	}
	sites := map[string][]*ingest.Record{}
	for _, a := range m.pages {
		if out[a.page] == nil {
			out[a.page] = x.Draft(a.page)
			sites[a.site] = append(sites[a.site], out[a.page])
		}
	}
	for _, s := range slices.Sorted(maps.Keys(sites)) {
		x.Revise(sites[s])
	}
	return out
}

// lessons are the annotated recommendations of the pages that use allows. The invented pages are left out: they are dense
// with recommendations, and a finder that learns from them sees too many on real ones.
func (m *material) lessons(records map[*ingest.Page]*ingest.Record, use func(*annotated) bool) []recommend.Lesson {
	var out []recommend.Lesson
	for _, a := range m.pages {
		if a.fold == always || !use(a) {
			continue
		}
		l := recommend.Lesson{Record: records[a.page]}
		for _, r := range a.gold.Recommendations {
			l.Asks = append(l.Asks, recommend.Answer{Text: r.Text, Core: r.Tier == "core"})
		}
		out = append(out, l)
	}
	return out
}

// learnAsks teaches the finder of recommendations from all pages, with the people whom the models find there.
func (m *material) learnAsks(models *tagger.Models, file string) error {
	x, err := extract.With(models)
	if err != nil {
		return err
	}
	drafts := make([]*ingest.Record, len(m.real))
	for i, p := range m.real {
		drafts[i] = x.Draft(p)
	}
	x.Revise(drafts)
	lessons := m.lessons(m.records(x, drafts), func(*annotated) bool { return true })
	fmt.Fprintf(os.Stderr, "train: recommendations learnt from %d pages\n", len(lessons))
	if err := os.WriteFile(file, recommend.Learn(lessons).Save(), 0o644); err != nil {
		return fmt.Errorf("writing the model of recommendations: %w", err)
	}
	return nil
}

package learn

import (
	"fmt"
	"maps"
	"os"
	"slices"

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

// Asks teaches the finder of recommendations from all pages, with the people whom the models find there.
func Asks(m *material.Material, models *tagger.Models) (*recommend.Finder, error) {
	x := extract.With(models, m.Tables)
	lessons := Lessons(m, Records(m, x, Drafts(m, x)), func(*material.Page) bool { return true })
	fmt.Fprintf(os.Stderr, "learn: recommendations learnt from %d pages\n", len(lessons))
	return recommend.Learn(lessons)
}

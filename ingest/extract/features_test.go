package extract

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/site"
)

// Whatever is observed on a page stands in the registry, by which a model file is refused or not.
func TestFeatureNames(t *testing.T) {
	x := extractor(t)
	listed := map[string]bool{}
	for room, names := range Features() {
		sorted := slices.Sorted(slices.Values(names))
		if len(slices.Compact(sorted)) != len(names) {
			t.Errorf("%s lists a feature twice", room)
		}
		for _, n := range names {
			listed[n] = true
		}
	}
	folder, err := site.Read(context.Background(), os.DirFS("../../testdata/training/pages"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range folder.Pages[:25] {
		v := x.names.Look(p)
		v.Trace = text.Trace{}
		x.genre.Of(v)
		found := x.names.Find(v)
		people, bodies := v.People(found), v.Bodies(found)
		for i, s := range slices.Concat(bodies, people) {
			s.ID = ingest.LocalID(i + 1)
		}
		x.ties.Participants(v, people, bodies, found)
		for _, said := range v.Trace {
			name, _, _ := strings.Cut(said, ": ")
			if former, rest, ok := strings.Cut(said, ": "); ok && (former == "former" || former == "relation") {
				inner, _, _ := strings.Cut(rest, ": ")
				name = former + ": " + inner
			}
			if seen[name] = true; !listed[name] {
				t.Errorf("%q is observed and stands in no registry", name)
				listed[name] = true
			}
		}
	}
	if len(seen) < 150 {
		t.Errorf("only %d features were observed", len(seen))
	}
}

// An explanation names the rule and the features that decided.
func TestExplain(t *testing.T) {
	x := extractor(t)
	p := written(t, "---\ntitle: Talks on the quay\n---\n\nSpeakers:\n\n* Runa Silverlock, Director, Harbour Institute\n* Sorin Larkmoor, "+
		"Head of Policy, Lantern Trust\n")
	kinds := map[string]int{}
	for _, e := range x.Explain(p, "Silverlock") {
		kinds[e.What]++
		if e.Said == "" || e.Rule == "" || e.Chance < 0 || e.Chance > 1 {
			t.Errorf("%+v says too little", e)
		}
		if e.At.End > len(p.Text) || e.What == "mention" && !strings.Contains(e.At.In(p.Text), "Silverlock") {
			t.Errorf("%+v stands elsewhere", e)
		}
		for _, r := range e.Reasons {
			if r.Weight == 0 || strings.HasPrefix(r.Feature, "without a name") {
				t.Errorf("%s of %q: %+v", e.What, e.Text, r)
			}
		}
	}
	for _, what := range []string{"mention", "part", "tie", "genre"} {
		if kinds[what] == 0 {
			t.Errorf("nothing is said of the %s: %v", what, kinds)
		}
	}
	if e := x.Explain(p, "Nobody"); len(e) != 0 {
		t.Errorf("of nobody it says %+v", e)
	}
}

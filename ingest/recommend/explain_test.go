package recommend

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	file "rapporteur/ingest/model"
	"rapporteur/ingest/site"
)

// Whatever is observed on a page stands in the registry, and all that stands there is observed.
func TestFeaturesAreThoseOfTheRegistry(t *testing.T) {
	if !slices.IsSorted(Features) || len(slices.Compact(slices.Clone(Features))) != len(Features) {
		t.Error("the features are not sorted, or one stands there twice")
	}
	f := finder(t)
	folder, err := site.Read(context.Background(), os.DirFS("../../testdata/training/pages"))
	if err != nil {
		t.Fatal(err)
	}
	const more = "\nIs it enough? It must be!\n\n* Building more\n\nSee mail@invented.example, which should do.\n"
	records := []*ingest.Record{read(t, meeting+more, "", []string{"Ana Roe", "Bela Poe"}, []string{"Lantern Institute"})}
	for _, p := range folder.Pages {
		records = append(records, &ingest.Record{Page: p})
	}
	records[1].Genre = ingest.PostGenre
	seen := map[string]bool{}
	for _, r := range records {
		v := f.view(r)
		v.trace = trace{}
		_, first, second, _, near := f.read(v)
		for i := range v.candidates {
			if n := f.numbers(v, i, first, second[i], near); len(n) != len(Numbers) {
				t.Fatalf("%d numbers, and %d names of them", len(n), len(Numbers))
			}
		}
		for _, said := range v.trace {
			name, _, _ := strings.Cut(said, ": ")
			seen[name] = true
		}
	}
	for name := range seen {
		if _, listed := slices.BinarySearch(Features, name); !listed {
			t.Errorf("%q is observed and does not stand in the registry", name)
		}
	}
	for _, name := range Features {
		if !seen[name] {
			t.Errorf("%q stands in the registry and was not observed", name)
		}
	}
}

// A model that was learnt by other features is refused, and told which they are.
func TestModelOfOtherFeaturesIsRefused(t *testing.T) {
	old, oldNumbers := Features, Numbers
	defer func() { Features, Numbers = old, oldNumbers }()
	for name, c := range map[string]struct {
		features, numbers []string
		says              string
	}{
		"a feature more": {append(slices.Clone(old), "tide"), oldNumbers, "tide"},
		"a feature less": {old[1:], oldNumbers, old[0]},
		"a number less":  {old, oldNumbers[:len(oldNumbers)-1], oldNumbers[len(oldNumbers)-1]},
		"other order":    {old, append(slices.Clone(oldNumbers[1:]), oldNumbers[0]), "another order"},
	} {
		Features, Numbers = c.features, c.numbers
		if _, err := New(); !errors.Is(err, file.ErrRefused) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestExplain(t *testing.T) {
	f := finder(t)
	r := read(t, "Ministers must publish the ledger of every lock.\n\n"+
		"The ledger of the mill was closed, because keepers have to meet the quota.\n\nLunch was late.\n", "", nil, nil)
	f.Fill(r)
	said := map[string]string{}
	for _, e := range f.Explain(r, "ledger") {
		said[e.Text[:9]] = e.Said + " " + e.Rule
		if e.Chance <= 0 || e.Chance >= 1 || len(e.Reasons) == 0 || e.At.End <= e.At.Start {
			t.Errorf("%+v says too little", e)
		}
		for _, reason := range e.Reasons {
			name, _, _ := strings.Cut(reason.Feature, ": ")
			if _, listed := slices.BinarySearch(Features, name); !listed && name != "number" {
				t.Errorf("%q is no feature", reason.Feature)
			}
		}
	}
	if said["Ministers"] != "ask modal" {
		t.Errorf("said %v", said)
	}
	if other, ok := said["The ledge"]; ok && !strings.HasPrefix(other, nothing) {
		t.Errorf("said %v", said)
	}
	if len(f.Explain(r, "lunch")) > 0 {
		t.Error("what nobody takes for an ask is explained")
	}
}

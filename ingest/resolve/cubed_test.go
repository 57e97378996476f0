package resolve

import (
	"context"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/site"
)

// annotation is what a careful reader found on a page of the invented site.
type annotation struct {
	Page   string
	People []struct {
		Name         string
		Mentions     []string
		Speaker      bool
		Affiliations []struct{ Organisation, Role string }
	}
	Organisations []struct {
		Name     string
		Mentions []string
	}
}

// apart are names of the invented site that two bear: page, name, which of them it is there. All others who share a name are one.
var apart = map[[2]string]string{
	{"2024-02-22-ward-walk", "David Marlowe"}:             "the councillor",
	{"2025-11-06-annual-gathering", "Grace Winterbourne"}: "the poet",
}

// TestBCubed marks the resolver on the invented site, with the annotations in place of extraction (Bagga and Baldwin 1998:
// precision and recall of each reference's cluster, averaged over the references).
func TestBCubed(t *testing.T) {
	folder, err := site.Read(context.Background(), os.DirFS("../../testdata/site"))
	if err != nil {
		t.Fatal(err)
	}
	var records []*ingest.Record
	annotated := 0
	for _, p := range folder.Pages {
		r := &ingest.Record{Page: p}
		stem := strings.TrimSuffix(path.Base(p.Path), path.Ext(p.Path))
		if b, err := os.ReadFile(filepath.Join("../../testdata/gold", stem+".json")); err == nil && strings.HasPrefix(p.Path, "_events/") {
			var a annotation
			if err := json.Unmarshal(b, &a); err != nil {
				t.Fatal(err)
			}
			annotated++
			annotate(r, a)
		}
		records = append(records, r)
	}
	if annotated < 24 {
		t.Fatalf("%d annotated pages", annotated)
	}
	resolved(t, records, nil)
	for _, kind := range []kinds.Kind{kinds.Person, kinds.Organisation} {
		type item struct{ found, true string }
		var items []item
		for _, r := range records {
			stem := strings.TrimSuffix(path.Base(r.Path), path.Ext(r.Path))
			var references []ingest.Reference
			if kind == kinds.Organisation {
				references = r.Organisations
			}
			for _, p := range r.People {
				if kind == kinds.Person {
					references = append(references, p.Reference)
				}
			}
			for _, ref := range references {
				truth := ref.Name + apart[[2]string{stem, ref.Name}]
				items = append(items, item{string(ref.IRI), truth})
			}
		}
		found, truth := map[string]int{}, map[string]int{}
		both := map[item]int{}
		for _, i := range items {
			found[i.found]++
			truth[i.true]++
			both[i]++
		}
		var precision, recall float64
		mixed := map[string][]string{}
		for _, i := range items {
			precision += float64(both[i]) / float64(found[i.found]) / float64(len(items))
			recall += float64(both[i]) / float64(truth[i.true]) / float64(len(items))
			if !slices.Contains(mixed[i.found], i.true) {
				mixed[i.found] = append(mixed[i.found], i.true)
			}
		}
		for iri, names := range mixed {
			if len(names) > 1 {
				t.Errorf("%s is several: %s", iri, strings.Join(names, "; "))
			}
		}
		f1 := 2 * precision * recall / (precision + recall)
		t.Logf("%s: %d references, %d entities, B-cubed precision %.3f, recall %.3f, F1 %.3f", kind, len(items), len(found), precision, recall,
			f1)
		if f1 < 0.97 {
			t.Errorf("%s: F1 %.3f is below .97", kind, f1)
		}
	}
}

// annotate fills a record as if extraction had found what the annotation says.
func annotate(r *ingest.Record, a annotation) {
	mentions := func(forms []string) []ingest.Mention {
		var out []ingest.Mention
		for _, f := range forms {
			if i := strings.Index(r.Text, f); i >= 0 {
				out = append(out, ingest.Mention{Span: ingest.Span{Start: i, End: i + len(f)}, Text: f, Confidence: 1})
			}
		}
		return out
	}
	ids := map[string]ingest.LocalID{}
	for i, o := range a.Organisations {
		ids[o.Name] = ingest.LocalID(i + 1)
		r.Organisations = append(r.Organisations, ingest.Reference{ID: ids[o.Name], Name: o.Name, Confidence: 1, Mentions: mentions(o.Mentions)})
	}
	for _, p := range a.People {
		who := ingest.Participant{Reference: ingest.Reference{ID: r.NextID(), Name: p.Name, Confidence: 1, Mentions: mentions(p.Mentions)},
			Speaker: p.Speaker}
		for _, f := range p.Affiliations {
			who.Affiliations = append(who.Affiliations, ingest.Affiliation{Organisation: ids[f.Organisation], Role: f.Role})
		}
		r.People = append(r.People, who)
	}
}

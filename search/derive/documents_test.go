package derive

import (
	"encoding/json"
	"fmt"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
	"rapporteur/search/store"
)

// thankful is a site on whose pages the same words thank somebody. The last page does not name her, and has other words unless again.
func thankful(again bool) *ingest.Site {
	const name = "Ann Roe"
	site := &ingest.Site{Entities: []ingest.Entity{{IRI: "ann", Kind: kinds.Person, Name: name}}}
	for i := range repeatedPages {
		text, last := "Thanks to Ann Roe for the tea.", i == repeatedPages-1
		if last && !again {
			text = "The tide is low."
		}
		title := fmt.Sprint("Tea ", i)
		start := len(title) + 1
		text = title + "\n" + text
		r := &ingest.Record{IRI: ingest.IRI(fmt.Sprint("page-", i)), Page: &ingest.Page{Path: fmt.Sprint(i, ".md"), Text: text,
			Blocks: []ingest.Block{{Span: ingest.Span{Start: 0, End: len(title)}, Kind: ingest.TitleBlock},
				{Span: ingest.Span{Start: start, End: len(text)}, Kind: ingest.ParagraphBlock}}}}
		if !last {
			at := []ingest.Mention{{Span: ingest.Span{Start: start + 10, End: start + 10 + len(name)}}}
			r.People = []ingest.Participant{{Reference: ingest.Reference{ID: 1, IRI: "ann", Name: name, Mentions: at}}}
		}
		site.Records = append(site.Records, r)
	}
	return site
}

// A document whose digest is that of the generation before is copied: whatever it is made from is in the digest, also that words which
// stand on many pages are no page's own.
func TestDocumentsOfOneDigestAreTheSame(t *testing.T) {
	made := map[string]string{} // by key and digest
	found := false
	for _, again := range []bool{false, true} {
		site := thankful(again)
		digests, err := store.DigestRecords(site)
		if err != nil {
			t.Fatal(err)
		}
		for d := range Of(inversion.Of(site)).Documents(digests, nil) {
			text, err := json.Marshal(d.Make())
			if err != nil {
				t.Fatal(err)
			}
			key := fmt.Sprintf("%s %x", d.Key, d.From)
			if before, ok := made[key]; ok && before != string(text) {
				t.Errorf("%s was\n%s\nand is\n%s", d.Key, before, text)
			}
			made[key] = string(text)
			found = found || d.Key == ProfilePrefix+"ann"
		}
	}
	if !found {
		t.Error("no profile was made")
	}
}

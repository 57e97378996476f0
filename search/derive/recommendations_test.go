package derive

import (
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/recommend"
	"rapporteur/search/answer"
	"rapporteur/search/store"
)

// Every recommendation of a site is shown once: as itself, or as another place of the first that asks the same.
func TestAsksShowEveryPlaceOnce(t *testing.T) {
	site := invent.Site(60, 3)
	recommend.Settle(site.URL, site.Records, site.Entities)
	places, repeated := 0, 0
	for _, r := range site.Records {
		for _, a := range r.Recommendations {
			places++
			if a.SameAs != "" {
				repeated++
			}
		}
	}
	if repeated == 0 {
		t.Fatal("the invented site repeats nothing")
	}
	shown := 0
	seen := map[ingest.IRI]bool{}
	derived := Of(inversion.Of(site))
	for place := range derived.Documents(make([]store.Digest, len(site.Records)), nil) {
		if !strings.HasPrefix(place.Key, RecommendationPrefix) {
			continue
		}
		a := place.Make().(answer.Recommendation)
		if seen[a.ID] {
			t.Errorf("%s is shown twice", a.ID)
		}
		seen[a.ID] = true
		shown += 1 + len(a.Also)
		if len(a.Evidence) == 0 || a.Evidence[0].URL == "" || a.Evidence[0].Quote == "" {
			t.Errorf("%s without evidence: %+v", a.ID, a.Evidence)
		}
		for _, also := range a.Also {
			if also.Date < a.Date {
				t.Errorf("%q of %s is shown before the one of %s", a.Text, a.Date, also.Date)
			}
		}
	}
	if shown != places {
		t.Errorf("%d places are shown, of %d", shown, places)
	}
}

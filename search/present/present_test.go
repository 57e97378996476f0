package present

import (
	"encoding/json"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// What is filled is a copy, wherever in the answer it stands; the answer itself stays without addresses.
func TestJSON(t *testing.T) {
	ref := answer.Ref{ID: "urn:x:/id/person/jane-roe", Kind: kinds.Person, Name: "Jane Roe"}
	found := map[string][]answer.Connection{"person": {{To: ref, Evidence: []answer.Evidence{{Page: "a.md", PageID: "urn:x:/id/event/a"}}}}}
	filled := JSON(found, "/site")["person"][0]
	if filled.To.Href != "/site/people/jane-roe" || filled.Evidence[0].Href != "/site/events/a" {
		t.Errorf("filled: %+v", filled)
	}
	if plain := found["person"][0]; plain.To.Href != "" || plain.Evidence[0].Href != "" {
		t.Errorf("what was answered is changed: %+v", plain)
	}
	hit := &answer.Hit{Kind: kinds.Page, ID: "urn:x:/id/event/a", By: &ref,
		Passages: []answer.Passage{{Text: "a <b> & tide", Marks: []ingest.Span{{Start: 8, End: 12}}}}}
	shown := JSON(any(hit), "").(*answer.Hit)
	if shown.Href != "/events/a" || shown.By.Href != "/people/jane-roe" || shown.Fragments[0] != "a &lt;b&gt; &amp; <mark>tide</mark>" ||
		hit.By.Href != "" {
		t.Errorf("shown: %+v", shown)
	}
	if b, err := json.Marshal(JSON(any(struct{ Of answer.Ref }{ref}), "")); err != nil ||
		string(b) != `{"Of":{"id":"urn:x:/id/person/jane-roe","kind":"person","name":"Jane Roe","href":"/people/jane-roe"}}` {
		t.Errorf("%s, %v", b, err)
	}
}

package pipeline

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"
)

// What is kept of a page has no e-mail address and no telephone number, unless the site says that it is to.
func TestContactsAreMasked(t *testing.T) {
	const page = "---\ntitle: Ask ada.quill@millpond.example\ncontact: {mail: ada.quill@millpond.example}\n---\n" +
		"**Ada Quill** of the Millpond Trust spoke. Write to [her](mailto:ada.quill@millpond.example) or ring +44 20 7946 0958.\n\n" +
		"The Millpond Trust should publish ada.quill@millpond.example in every report.\n"
	for decisions, want := range map[string][2]bool{"name: Millpond\n": {false, false}, "contacts: [email]\n": {true, false},
		"contacts: [email, telephone]\n": {true, true}} {
		site, err := Run(t.Context(), fstest.MapFS{"_config.yml": {Data: []byte("title: Millpond\ncollections: {events: {output: true}}\n")},
			"rapporteur.yaml": {Data: []byte(decisions)}, "_events/2024-05-01-quill.md": {Data: []byte(page)}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		kept, err := json.Marshal(site)
		if err != nil {
			t.Fatal(err)
		}
		got := [2]bool{strings.Contains(string(kept), "quill@"), strings.Contains(string(kept), "7946")}
		if got != want {
			t.Errorf("%s: address and number are kept: %v, not %v\n%s", decisions, got, want, kept)
		}
		if !strings.Contains(string(kept), "Ada Quill") {
			t.Error("Ada Quill is lost")
		}
	}
}

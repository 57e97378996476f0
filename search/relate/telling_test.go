package relate

import "testing"

func TestTelling(t *testing.T) {
	for phrase, want := range map[string]bool{
		"peer research": true, "stories and narratives": true, "freedom of information": true, "AI literacy": true, "GDPR": true,
		"vibe": false, "uploading": false, "collectively get": false, "one focus": false, "data that affects": false,
		"Office had been leading": false, "us select": false, "2026": false, "": false, "Office": false, "NHS’": true,
	} {
		if got := telling(phrase); got != want {
			t.Errorf("%q tells: %v", phrase, got)
		}
	}
}

package ingest

import (
	"strings"
	"testing"
)

func TestLowerCaseKeepsOffsets(t *testing.T) {
	for _, text := range []string{"", "Jane ROE", "Étude de la FORÊT – « Straße »", "İstanbul", "\xff\xfeA", "ΑΘΗΝΑ and Ⱥ"} {
		want := strings.ToLower(text)
		if len(want) != len(text) {
			want = text
		}
		if got := lowerCase(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

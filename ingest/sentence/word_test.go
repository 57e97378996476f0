package sentence

import (
	"slices"
	"testing"

	"rapporteur/ingest"
)

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, " … ": nil, "We shouldn't.": {"We", "shouldn", "t"}, "Zoë's 2nd naïve\nplan—B": {"Zoë", "s", "2nd", "naïve", "plan", "B"},
		"\xffa\xc3": {"a"},
	} {
		var got []string
		for s := range Words(text, ingest.Span{End: len(text)}) {
			got = append(got, s.In(text))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q has the words %q, want %q", text, got, want)
		}
	}
	for s := range Words("one two three", ingest.Span{Start: 4, End: 10}) {
		if s != (ingest.Span{Start: 4, End: 7}) {
			t.Errorf("the first word is %v", s)
		}
		break
	}
}

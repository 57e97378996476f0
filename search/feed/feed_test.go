package feed

import (
	"testing"

	"rapporteur/search/answer"
)

// Every item has content, which JSON Feed 1.1 asks for, and the language of its page.
func TestRelated(t *testing.T) {
	list := &answer.Related{Page: &answer.ListedPage{Ref: answer.Ref{Name: "Pegel"}, Lang: "de"}, Items: []answer.RelatedPage{
		{Page: &answer.ListedPage{Ref: answer.Ref{Name: "Marées"}, Lang: "fr", Summary: "Les marées montent."}},
		{Page: &answer.ListedPage{Ref: answer.Ref{Name: "Deiche"}}},
	}}
	f := Related(list, "")
	if f.Language != "de" || f.Items[0].Language != "fr" || f.Items[1].Language != "" {
		t.Errorf("languages: feed %q, items %q and %q", f.Language, f.Items[0].Language, f.Items[1].Language)
	}
	if f.Items[0].ContentText != "Les marées montent." || f.Items[1].ContentText != "Deiche" {
		t.Errorf("content: %q and %q", f.Items[0].ContentText, f.Items[1].ContentText)
	}
}

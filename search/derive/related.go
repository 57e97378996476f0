package derive

import (
	"math"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/search/answer"
	"rapporteur/search/relate"
)

// RelatedPage is a related page as it is kept: what the catalogue knows of the page is left out.
type RelatedPage struct {
	To    ingest.IRI      `json:"to"`
	Score float64         `json:"score"`
	Why   []answer.Reason `json:"why"`
}

// Related finds the related pages of all pages of a site, as its records.
func Related(site *inversion.Site) ([][]relate.Item, error) {
	analyzer, err := index.NewAnalyzer(index.Language(siteLanguage(site)))
	if err != nil {
		return nil, err
	}
	return relate.Site(site, analyzer.Terms, answer.RelatedMost), nil
}

// siteLanguage is the language that most pages say they are in.
func siteLanguage(site *inversion.Site) string {
	count := map[string]int{}
	best := ""
	for _, r := range site.Records {
		count[r.Lang]++
		if count[r.Lang] > count[best] {
			best = r.Lang
		}
	}
	return best
}

// keep tells a page's list as it is kept.
func keep(site *ingest.Site, items []relate.Item) []RelatedPage {
	out := make([]RelatedPage, len(items))
	for i, it := range items {
		out[i] = RelatedPage{To: site.Records[it.To].IRI, Score: math.Round(it.Score*1000) / 1000}
		quoted := map[string]bool{}
		for _, why := range it.Why {
			r, quote := site.Records[why.Page], ""
			if at := placeOf(r, why.Span); at.End > at.Start {
				quote = words(r, at)
			}
			if quoted[quote] {
				quote = "" // once is enough
			}
			quoted[quote] = true
			out[i].Why = append(out[i].Why, answer.Reason{Type: why.Type, ID: why.ID, Label: why.Label, Quote: quote, Here: why.Page != it.To})
		}
	}
	return out
}

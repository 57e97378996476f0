package pipeline

import (
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/contact"
	"rapporteur/ingest/curation"
)

// maskContacts makes e-mail addresses and telephone numbers unreadable in all that is kept of pages, unless the site's decisions
// say that they are to be shown. Every word stays in its place.
func maskContacts(records []*ingest.Record, doubts []ingest.Doubt, account []ingest.Gap, c *curation.File) {
	var shown []string
	if c != nil {
		for _, k := range c.Contacts {
			shown = append(shown, k.Value)
		}
	}
	if slices.Contains(shown, contact.Email) && slices.Contains(shown, contact.Telephone) {
		return
	}
	mask := func(texts ...*string) {
		for _, t := range texts {
			*t = contact.Mask(*t, shown...)
		}
	}
	mentions := func(list []ingest.Mention) {
		for i := range list {
			mask(&list[i].Text)
		}
	}
	for i := range doubts {
		for k := range doubts[i].Evidence {
			mask(&doubts[i].Evidence[k].Quote)
		}
	}
	for i := range account {
		mask(&account[i].Example)
	}
	for _, r := range records {
		if masked := contact.Mask(r.Text, shown...); masked != r.Text {
			r.Rewrite(masked)
		}
		mask(&r.Title)
		if r.FrontMatter != nil {
			r.FrontMatter = contact.MaskValue(r.FrontMatter, shown...).(map[string]any)
		}
		r.Links = slices.Clone(r.Links) // others may have them
		for i := range r.Links {
			mask(&r.Links[i].Target)
		}
		for i := range r.People {
			p := &r.People[i]
			mentions(p.Mentions)
			if p.Occasion != nil {
				mask(&p.Occasion.Name)
			}
			for k := range p.Affiliations {
				mask(&p.Affiliations[k].Role)
			}
		}
		for i := range r.Organisations {
			mentions(r.Organisations[i].Mentions)
		}
		for i := range r.Acronyms {
			mask(&r.Acronyms[i].Long)
		}
		for _, list := range [][]ingest.Recommendation{r.Recommendations, r.Unlisted} {
			for i := range list {
				mask(&list[i].Text, &list[i].Context, &list[i].Heading, &list[i].LeadIn, &list[i].To)
			}
		}
	}
}

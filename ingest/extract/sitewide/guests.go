package sitewide

import (
	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// ownPosts is on how many pages of a site somebody is named as the author who is more than a guest on it.
const ownPosts = 3

// guestSure is how sure it is at most that a guest belongs to the body for which a byline alone speaks: less than is shown.
const guestSure = 0.8

// authorRule is the rule of ties between a page's author and the body whose "we" the page is.
const authorRule = "author"

// Guests makes ties of authors less sure that rest on the byline alone, of those who have no page of their own on the site and wrote
// fewer than ownPosts of its pages: sites publish what others write for them.
func Guests(drafts []*ingest.Record) {
	wrote, own := map[string]int{}, map[string]bool{}
	for _, r := range drafts {
		if r.Kind == ingest.PersonPage {
			own[fold.Name(r.Title)] = true
		}
		for i := range r.People {
			if p := &r.People[i]; r.Wrote(p) {
				wrote[fold.Name(p.Name)]++
			}
		}
	}
	for _, r := range drafts {
		for i := range r.People {
			p := &r.People[i]
			if name := fold.Name(p.Name); own[name] || wrote[name] >= ownPosts {
				continue
			}
			for k := range p.Affiliations {
				if a := &p.Affiliations[k]; a.Rule == authorRule {
					a.Confidence = min(a.Confidence, guestSure)
				}
			}
		}
	}
}

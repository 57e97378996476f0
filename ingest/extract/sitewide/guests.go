package sitewide

import (
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// ownPosts is on how many pages of a site somebody is named as the author who is more than a guest on it.
const ownPosts = 3

// guestSure is how sure it is at most that a guest belongs to the body for which a byline alone speaks, or that a namesake spoke: less
// than is shown.
const guestSure = 0.7

// authorRule is the rule of ties between a page's author and the body whose "we" the page is.
const authorRule = "author"

// Namesakes makes speakers less sure of whom a digest or a diary tells by a first name alone, where somebody with a page of their
// own on the site, whom the page names nowhere in full, has the same: "Adam spoke at the fair" in the news of Adam Roe's house is hardly of
// the Adam who wrote something that the page leads to.
func Namesakes(drafts []*ingest.Record) {
	own := map[string][]string{} // folded names of those with a page of their own, by first name
	for _, r := range drafts {
		if name := fold.Name(r.Title); r.Kind == ingest.PersonPage && strings.Contains(name, " ") {
			first, _, _ := strings.Cut(name, " ")
			own[first] = append(own[first], name)
		}
	}
	for _, r := range drafts {
		if r.Genre != ingest.DigestGenre && r.Genre != ingest.DiaryGenre {
			continue
		}
		here := map[string]bool{}
		for i := range r.People {
			here[fold.Name(r.People[i].Name)] = true
		}
		for i := range r.People {
			p := &r.People[i]
			name := fold.Name(p.Name)
			first, _, _ := strings.Cut(name, " ")
			other := slices.ContainsFunc(own[first], func(o string) bool { return o != name && !here[o] })
			full, bare := false, false // how who speaks is named where the page says so
			for _, m := range p.Mentions {
				if p.Evidence.Holds(m.Span) {
					whole := strings.Contains(m.In(r.Text), " ")
					full, bare = full || whole, bare || !whole
				}
			}
			if p.Speaker && other && bare && !full && !slices.Contains(own[first], name) {
				p.Sure = min(p.Sure, guestSure)
			}
		}
	}
}

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

package sitewide

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// siteName is what a site says of one name of a body.
type siteName struct {
	text  string
	pages int     // that take it for a body
	held  int     // that hold the words at all
	sure  float64 // highest confidence
	own   bool    // the site has a page about it
}

// Revise mends the drafts of one site, in place, by what they know together: a name that the site takes for a body on most
// pages that hold it is one on all of them; a name that it hardly ever takes for one is none. The order of drafts does not matter.
func Revise(drafts []*ingest.Record, words *gazetteer.Gazetteer) {
	linkFirstNames(drafts, words)
	known := siteBodies(drafts, words)
	if len(known) == 0 {
		return
	}
	byFirst := map[string][]*siteName{}
	for _, n := range known {
		first, _, _ := strings.Cut(n.text, " ")
		byFirst[first] = append(byFirst[first], n)
	}
	for _, list := range byFirst {
		slices.SortFunc(list, func(a, b *siteName) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), strings.Compare(a.text, b.text))
		})
	}
	places := make([][]sitePlace, len(drafts))
	for i, r := range drafts {
		places[i] = namesIn(r, byFirst)
		seen := map[*siteName]bool{}
		for _, p := range places[i] {
			if !seen[p.name] {
				seen[p.name] = true
				p.name.held++
			}
		}
	}
	for i, r := range drafts {
		drop(r, known)
		addBodies(r, places[i])
	}
}

// usual reports whether the name is a body on most of the pages that hold it; rare whether it hardly ever is.
func (n *siteName) usual() bool {
	return n.own || n.pages >= 2 && n.sure > 0.8 && 5*n.pages >= 3*n.held
}

func (n *siteName) rare() bool { return !n.own && n.held >= 4 && 4*n.pages <= n.held }

// siteBodies lists the names that the drafts take for bodies, by name.
func siteBodies(drafts []*ingest.Record, words *gazetteer.Gazetteer) map[string]*siteName {
	named := map[string]*siteName{}
	people := map[string]bool{}
	for _, r := range drafts {
		for i := range r.People {
			people[r.People[i].Name] = true
		}
		if r.Kind == ingest.OrganisationPage && distinct(r.Title) {
			named[r.Title] = &siteName{text: r.Title, sure: 1, own: true}
		}
	}
	for _, r := range drafts {
		for i := range r.Organisations {
			seen := map[string]bool{}
			for _, m := range r.Organisations[i].Mentions {
				t := fold.Space(m.Text)
				if seen[t] || people[t] || !distinct(t) && !coined(t, words) {
					continue
				}
				seen[t] = true
				n := named[t]
				if n == nil {
					n = &siteName{text: t}
					named[t] = n
				}
				n.pages++
				n.sure = max(n.sure, m.Confidence)
			}
		}
	}
	return named
}

// distinct reports whether a name can hardly mean anything else: two words or more, or one with capitals inside.
func distinct(s string) bool {
	capitals := 0
	for i, r := range s {
		if unicode.IsUpper(r) && i > 0 {
			capitals++
		}
	}
	return capitals > 0 && utf8.RuneCountInString(s) > 2
}

// coined reports whether a name is one capitalised word of four letters or more that is no word, person's name or place that is known.
func coined(s string, words *gazetteer.Gazetteer) bool {
	lower := strings.ToLower(s)
	if strings.ContainsAny(s, " -.'’") || utf8.RuneCountInString(s) < 4 || lower == s {
		return false
	}
	_, place := words.Place(lower)
	return !place && words.Word(lower) == 0
}

// sitePlace is a place that holds a name of the site's.
type sitePlace struct {
	span ingest.Span
	name *siteName
}

// namesIn finds the site's names in a page's text, the longest first, whole words only, in order.
func namesIn(r *ingest.Record, byFirst map[string][]*siteName) []sitePlace {
	var out []sitePlace
	written := r.Text
	block := 0
	for i := 0; i < len(written); {
		c, size := utf8.DecodeRuneInString(written[i:])
		if !text.IsWord(c) {
			i += size
			continue
		}
		end := i + size
		for end < len(written) {
			c, size := utf8.DecodeRuneInString(written[end:])
			if !text.IsWord(c) && c != '-' && c != '.' {
				break
			}
			end += size
		}
		next := end
		for block < len(r.Blocks) && r.Blocks[block].End <= i {
			block++
		}
		if block < len(r.Blocks) && r.Blocks[block].Start <= i && r.Blocks[block].Kind != ingest.CodeBlock {
			for _, n := range byFirst[strings.TrimRight(written[i:end], ".")] {
				span := ingest.Span{Start: i, End: i + len(n.text)}
				if !strings.HasPrefix(written[i:], n.text) || span.End > r.Blocks[block].End {
					continue
				}
				if after, _ := utf8.DecodeRuneInString(written[span.End:]); span.End < len(written) && (text.IsWord(after) || after == '-') {
					continue
				}
				out = append(out, sitePlace{span, n})
				next = span.End
				break
			}
		}
		i = next
	}
	return out
}

// addBodies adds to a record the site's bodies that stand where nothing else was found.
func addBodies(r *ingest.Record, places []sitePlace) {
	taken := takenSpans(r)
	bodies := map[string]int{}
	for i := range r.Organisations {
		bodies[names.BodyKey(r.Organisations[i].Name)] = i
		for _, m := range r.Organisations[i].Mentions {
			bodies[names.BodyKey(m.Text)] = i
		}
	}
	added := false
	for _, p := range places {
		if !p.name.usual() || overlaps(taken, p.span) {
			continue
		}
		m := ingest.Mention{Span: p.span, Text: p.name.text, Rule: "site-name", Confidence: p.name.sure * 0.9}
		key := names.BodyKey(p.name.text)
		at, ok := bodies[key]
		if !ok {
			at = len(r.Organisations)
			bodies[key] = at
			r.Organisations = append(r.Organisations, ingest.Reference{ID: r.NextID(), Name: p.name.text, Confidence: m.Confidence})
		}
		o := &r.Organisations[at]
		o.Mentions = append(o.Mentions, m)
		added = true
	}
	if !added {
		return
	}
	for i := range r.Organisations {
		slices.SortFunc(r.Organisations[i].Mentions, func(a, b ingest.Mention) int { return a.Start - b.Start })
	}
	slices.SortStableFunc(r.Organisations, func(a, b ingest.Reference) int { return a.Mentions[0].Start - b.Mentions[0].Start })
}

// drop takes out of a record the bodies all of whose names the site hardly ever takes for one, unless a person stands for them.
func drop(r *ingest.Record, known map[string]*siteName) {
	stood := map[ingest.LocalID]bool{}
	for i := range r.People {
		for _, a := range r.People[i].Affiliations {
			stood[a.Organisation] = true
		}
	}
	r.Organisations = slices.DeleteFunc(r.Organisations, func(o ingest.Reference) bool {
		if stood[o.ID] {
			return false
		}
		for _, m := range o.Mentions {
			n := known[fold.Space(m.Text)]
			if n == nil || !n.rare() {
				return false
			}
		}
		return true
	})
}

// takenSpans are the places of a record's people and organisations, in order.
func takenSpans(r *ingest.Record) []ingest.Span {
	var out []ingest.Span
	for i := range r.People {
		for _, m := range r.People[i].Mentions {
			out = append(out, m.Span)
		}
	}
	for i := range r.Organisations {
		for _, m := range r.Organisations[i].Mentions {
			out = append(out, m.Span)
		}
	}
	slices.SortFunc(out, func(a, b ingest.Span) int { return a.Start - b.Start })
	return out
}

func overlaps(sorted []ingest.Span, s ingest.Span) bool {
	i, _ := slices.BinarySearchFunc(sorted, s.Start, func(t ingest.Span, at int) int { return cmp.Compare(t.End, at+1) })
	return i < len(sorted) && sorted[i].Overlaps(s)
}

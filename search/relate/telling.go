package relate

import (
	"cmp"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// A thing that stands on more than this part of the pages, and on more than tellingPages, is no reason to read one of them.
const commonPart = 1.0 / 6

// tells reports whether a thing that so many pages share says something about any two of them.
func (m *Model) tells(pages int) bool {
	return pages <= tellingPages || float64(pages) <= commonPart*float64(len(m.records))
}

// central reports whether what a page says of a thing is more than a name in passing: it is named twice, or in the title, or
// somebody of it took part. Topics are what pages are about.
func central(r *ingest.Record, id ingest.IRI) bool {
	start := bodyStart(r.Page)
	often := func(ref *ingest.Reference) bool {
		if len(ref.Mentions) > 1 {
			return true
		}
		return len(ref.Mentions) == 1 && ref.Mentions[0].Start < start
	}
	for i := range r.People {
		p := &r.People[i]
		if p.IRI == id {
			part, speaks := r.Did(p)
			return speaks || part != "" || len(p.Affiliations) > 0 || often(&p.Reference)
		}
		for k := range p.Affiliations {
			if p.Affiliations[k].IRI == id && p.Affiliations[k].Confidence >= ingest.SureEnough {
				return true
			}
		}
	}
	for i := range r.Organisations {
		if r.Organisations[i].IRI == id {
			return often(&r.Organisations[i])
		}
	}
	for i := range r.Countries {
		if r.Countries[i].IRI == id {
			return often(&r.Countries[i].Reference)
		}
	}
	return true
}

// plainWords are words that a phrase may have and that say nothing of what it is about.
var plainWords = fold.Set(`
		a about across after against all also although among an and another any are around as at be because been before being
		between both but by can could did do does doing done each either even every few first for from get gets getting give
		given gives go goes going good got great had has have having he help her here him his how i if in interesting into is
		it its just keep know last less like look looking lot made make makes making many may me might more most much must my
		need needs new next no not now of off on one only or other others our out over own part people point really said same
		say says see seen she should so some something start started still such take taken takes taking than that the their
		them then there these they thing things think this those though through throughout time to too towards two under until
		up upon us use used uses using very want was way ways we week well went were what when where whether which while who
		whole whose why will with within without work worked working works would year years yet you your`)

// telling reports whether words that two pages share can be quoted as what both speak of: a short form or name in one word, or two
// words that both say something, with at most "of", "and" or "the" between.
func telling(phrase string) bool {
	words := strings.Fields(phrase)
	said := 0
	for i, w := range words {
		plain := strings.ToLower(strings.Trim(w, "'’"))
		switch {
		case i > 0 && i < len(words)-1 && (plain == "of" || plain == "and" || plain == "the" || plain == "&" || plain == "for"):
			continue
		case plainWords[plain], strings.HasSuffix(plain, "ly"):
			return false
		}
		if len([]rune(plain)) < 3 && strings.ToUpper(w) != w {
			return false
		}
		said++
	}
	if said > 1 {
		return len(words) <= 4
	}
	capitals := 0
	for _, r := range cmp.Or(strings.Trim(phrase, "'’"), " ") {
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return said == 1 && capitals > 1
}

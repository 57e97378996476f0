package confidence

import (
	"math"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/extract/ties"
	"rapporteur/ingest/tagger"
)

// The classifiers, by kind of fact.
const (
	person       = "sure: person"
	organisation = "sure: body"
	speaker      = "sure: speaker"
	affiliation  = "sure: tie"
)

// Finder says how likely facts are right. It is safe for parallel use.
type Finder struct{ person, organisation, speaker, affiliation *tagger.Linear }

// New makes a Finder from the classifiers; where there is none, confidences stay as they are.
func New(models *tagger.Models) *Finder {
	return &Finder{models.Linear[person], models.Linear[organisation], models.Linear[speaker], models.Linear[affiliation]}
}

// Set puts the chance that they are right in place of the confidences of a record's facts. Those of mentions stay.
func (x *Finder) Set(r *ingest.Record) {
	type fact struct {
		at    *float64
		model *tagger.Linear
		fs    []uint32
	}
	var all []fact
	for i := range r.People {
		p := &r.People[i]
		all = append(all, fact{&p.Confidence, x.person, Person(r, i)})
		if p.Speaker {
			all = append(all, fact{&p.Sure, x.speaker, Speaker(r, i)})
		}
		for n := range p.Affiliations {
			all = append(all, fact{&p.Affiliations[n].Confidence, x.affiliation, Affiliation(r, i, n)})
		}
	}
	for i := range r.Organisations {
		all = append(all, fact{&r.Organisations[i].Confidence, x.organisation, Organisation(r, i)})
	}
	// what is put in place is looked at by none of the others
	for _, f := range all {
		if f.model != nil {
			*f.at = math.Round(f.model.Probability(f.fs)*1000) / 1000
		}
	}
}

// steps are the confidences between which a classifier can tell.
var steps = []float64{0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995}

// raw notes how sure the finder is.
func raw(b *text.Bag, c float64, with ...string) {
	for _, s := range steps {
		if c >= s {
			b.Note("sure from", text.Decimal(s))
			for _, w := range with {
				b.Note("sure from, with", text.Decimal(s), w)
			}
		}
	}
}

// weighedAs is the genre as whose page one is weighed: reports, of which few are annotated, tell of people as posts do.
func weighedAs(g ingest.Genre) string {
	if g == ingest.ReportGenre {
		g = ingest.PostGenre
	}
	return string(g)
}

// reference notes what is known of one that a page names.
func reference(b *text.Bag, r *ingest.Record, ref *ingest.Reference) {
	genre := weighedAs(r.Genre)
	b.Note("any fact")
	b.Note("genre", genre)
	raw(b, ref.Confidence, genre)
	rules := map[string]bool{}
	most := 0.0
	for i := range ref.Mentions {
		m := &ref.Mentions[i]
		most = max(most, m.Confidence)
		if !rules[m.Rule] && len(rules) < 4 {
			rules[m.Rule] = true
			b.Note("rule", m.Rule)
			b.Note("rule and surest", m.Rule, text.Yes(ref.Confidence >= 0.9))
		}
	}
	b.Note("mentions", text.Count(min(len(ref.Mentions), 9)))
	words := len(strings.Fields(ref.Name))
	b.Note("words", text.Count(min(words, 6)))
	b.Note("words and mentions", text.Count(min(words, 4)), text.Count(min(len(ref.Mentions), 4)))
	b.Note("in capitals", text.Yes(ref.Name == strings.ToUpper(ref.Name)), text.Count(min(words, 3)))
}

// Person describes a person of a record.
func Person(r *ingest.Record, i int) []uint32 {
	var b text.Bag
	p := &r.People[i]
	reference(&b, r, &p.Reference)
	b.Note("tied", text.Yes(len(p.Affiliations) > 0), text.Yes(p.Speaker))
	return b.Fs
}

// Organisation describes an organisation of a record.
func Organisation(r *ingest.Record, i int) []uint32 {
	var b text.Bag
	o := &r.Organisations[i]
	reference(&b, r, o)
	tied := 0
	for j := range r.People {
		for _, a := range r.People[j].Affiliations {
			if a.Organisation == o.ID {
				tied++
			}
		}
	}
	b.Note("tied", text.Count(min(tied, 4)))
	return b.Fs
}

// Speaker describes that a person of a record speaks.
func Speaker(r *ingest.Record, i int) []uint32 {
	var b text.Bag
	p := &r.People[i]
	genre := weighedAs(r.Genre)
	b.Note("any fact")
	b.Note("genre", genre)
	b.Note("kind", string(r.Kind))
	wording := ties.Wording(p.Rule)
	raw(&b, p.Sure, genre, string(r.Kind), wording)
	b.Note("wording", wording)
	b.Note("wording, genre", wording, genre)
	b.Note("rule", p.Rule)
	b.Note("rule, genre", p.Rule, genre)
	b.Note("part", string(p.Part), genre)
	b.Note("occasion", text.Yes(p.Occasion != nil), genre)
	b.Note("person from", text.Decimal(math.Floor(p.Confidence*10)/10))
	b.Note("people", text.Count(len(r.People)), genre)
	b.Note("tied", text.Yes(len(p.Affiliations) > 0), genre)
	return b.Fs
}

// Affiliation describes the tie of that number of a person of a record.
func Affiliation(r *ingest.Record, i, n int) []uint32 {
	var b text.Bag
	p := &r.People[i]
	a := &p.Affiliations[n]
	genre := weighedAs(r.Genre)
	b.Note("any fact")
	b.Note("genre", genre)
	b.Note("kind", string(r.Kind))
	raw(&b, a.Confidence, genre, a.Rule)
	b.Note("rule", a.Rule)
	b.Note("rule, genre", a.Rule, genre)
	b.Note("role", text.Yes(a.Role != ""), genre)
	b.Note("role, rule", text.Yes(a.Role != ""), a.Rule)
	b.Note("relation", string(a.Relation), text.Yes(a.Former))
	b.Note("bodies", text.Count(min(len(p.Affiliations), 5)), genre)
	b.Note("speaks", text.Yes(p.Speaker), genre)
	b.Note("person from", text.Decimal(math.Floor(p.Confidence*10)/10))
	for j := range r.Organisations {
		if o := &r.Organisations[j]; o.ID == a.Organisation {
			b.Note("body from", text.Decimal(math.Floor(o.Confidence*10)/10))
			b.Note("body's mentions", text.Count(min(len(o.Mentions), 5)))
		}
	}
	b.Note("people", text.Count(len(r.People)), genre)
	return b.Fs
}

// Case returns the classifier of a kind of fact and what describes the fact of that number: of an affiliation, the number with its
// person, of. The name is empty for facts that are calibrated elsewhere.
func Case(r *ingest.Record, kind string, of, at int) (string, []uint32) {
	switch kind {
	case "person":
		return person, Person(r, at)
	case "organisation":
		return organisation, Organisation(r, at)
	case "speaker":
		return speaker, Speaker(r, at)
	case "affiliation":
		return affiliation, Affiliation(r, of, at)
	}
	return "", nil
}

package genre

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/tagger"
)

// Learnt are the genres that annotated pages have; a classifier answers for each.
var Learnt = []ingest.Genre{ingest.EventGenre, ingest.PostGenre, ingest.DiaryGenre, ingest.DigestGenre, ingest.ProfileGenre,
	ingest.ReportGenre,
	ingest.ResourceGenre, ingest.OtherGenre}

// prefix begins the names of the classifiers.
const prefix = "genre: "

// Finder finds the genre of pages. It is safe for parallel use.
type Finder struct{ models []*tagger.Linear }

// New makes a Finder from the classifiers of genres; without them no genre is found.
func New(models *tagger.Models) *Finder {
	x := &Finder{}
	for _, g := range Learnt {
		if m := models.Linear[prefix+string(g)]; m != nil {
			x.models = append(x.models, m)
		}
	}
	return x
}

// Of returns the genre of a page, empty if there are no classifiers.
func (x *Finder) Of(v *names.View) ingest.Genre {
	if len(x.models) < len(Learnt) {
		return ""
	}
	s := signalsOf(v)
	switch {
	case s.minutes():
		return ingest.MinutesGenre
	case s.letter():
		return ingest.DigestGenre
	case s.ofEvents():
		return ingest.EventGenre
	case s.reports() && v.Page.Kind == ingest.OtherPage:
		return ingest.ReportGenre
	}
	fs := s.features()
	best, most := ingest.OtherGenre, 0.0
	for i, m := range x.models {
		if s.own && Learnt[i] == ingest.ProfileGenre && !s.occasion() {
			return Learnt[i]
		}
		if p := m.Probability(fs); p > most && (Learnt[i] != ingest.EventGenre || s.occasion()) {
			best, most = Learnt[i], p
		}
	}
	return best
}

// Cases returns what the classifiers can learn from a page of known genre, by classifier.
func Cases(v *names.View, is ingest.Genre) map[string][]tagger.Case {
	cases := map[string][]tagger.Case{}
	fs := signalsOf(v).features()
	for _, g := range Learnt {
		cases[prefix+string(g)] = []tagger.Case{{Features: fs, Is: g == is, Weight: 1}}
	}
	return cases
}

// minutes reports whether a page is the minutes of a meeting: it calls itself so, or lists who was there and what is to be done.
func (s *signals) minutes() bool {
	for _, w := range strings.Fields(s.title) {
		if w == "minutes" || w == "protokoll" || w == "transcript" {
			return true
		}
	}
	return s.present > 0 && s.business > 1
}

// saidOutright are the reasons for genres that nothing needs to be weighed for.
var saidOutright = map[ingest.Genre]string{
	ingest.MinutesGenre: "calls itself minutes, or lists who was there and what is to be done",
	ingest.DigestGenre:  "calls itself a regular letter",
	ingest.EventGenre:   "kept among events, or says when and how to come",
	ingest.ReportGenre:  "its title says that it tells how something stands",
}

// Explain says which rule decided about the genre of a page, how sure it is, and what its features weigh. The view must trace.
func (x *Finder) Explain(v *names.View) (rule string, chance float64, weights []tagger.Weight) {
	is := x.Of(v)
	s := signalsOf(v)
	if s.minutes() || s.letter() || s.ofEvents() || s.reports() && v.Page.Kind == ingest.OtherPage {
		return saidOutright[is], 1, nil
	}
	for i, m := range x.models {
		if Learnt[i] == is {
			fs := s.features()
			return "signals of the page", m.Probability(fs), m.Weights(fs)
		}
	}
	return "", 0, nil
}

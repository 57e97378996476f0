package extract

import (
	"fmt"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/genre"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/sitewide"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/extract/ties"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/wordclass"
)

// Extractor finds what pages name. It is safe for parallel use.
type Extractor struct {
	words *gazetteer.Gazetteer
	genre *genre.Finder
	names *names.Finder
	ties  *ties.Finder
}

// New makes an Extractor from the embedded model and gazetteers.
func New() (*Extractor, error) {
	models, err := tagger.Load()
	if err != nil {
		return nil, fmt.Errorf("making an extractor: %w", err)
	}
	return With(models)
}

// With makes an Extractor from models that were just learnt.
func With(models *tagger.Models) (*Extractor, error) {
	words, err := gazetteer.Load()
	if err != nil {
		return nil, fmt.Errorf("making an extractor: %w", err)
	}
	classes, err := wordclass.Load()
	if err != nil {
		return nil, fmt.Errorf("making an extractor: %w", err)
	}
	return &Extractor{words, genre.New(models), names.New(&text.Reader{Words: words, Classes: classes}, models), ties.New(models)}, nil
}

// Draft returns what the page by itself shows, and gives the page its genre if it has none yet. IRIs are empty.
func (x *Extractor) Draft(page *ingest.Page) *ingest.Record {
	v := x.names.Look(page)
	if page.Genre == "" {
		page.Genre = x.genre.Of(v)
	}
	found := x.names.Find(v)
	r := &ingest.Record{Page: page, Acronyms: v.Acronyms}
	people := v.People(found)
	bodies := v.Bodies(found)
	for i, s := range slices.Concat(bodies, people) {
		s.ID = ingest.LocalID(i + 1)
	}
	r.People = x.ties.Participants(v, people, bodies, found)
	r.Organisations = v.References(bodies)
	r.Countries = v.Countries(found)
	r.HeldBack = v.Held
	return r
}

// Revise mends the drafts of one site, in place, by what they know together. The order of drafts does not matter.
func (x *Extractor) Revise(drafts []*ingest.Record) { sitewide.Revise(drafts, x.words) }

// OwnPeople ties the people who have pages of their own to the body whose site it is, by its name, once Revise is done.
func (x *Extractor) OwnPeople(drafts []*ingest.Record, site string) { sitewide.OwnPeople(drafts, site) }

package extract

import (
	"bytes"
	"fmt"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/confidence"
	"rapporteur/ingest/extract/genre"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/sitewide"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/extract/ties"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/model"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/wordclass"
)

// Extractor finds what pages name. It is safe for parallel use.
type Extractor struct {
	words *gazetteer.Gazetteer
	genre *genre.Finder
	names *names.Finder
	ties  *ties.Finder
	sure  *confidence.Finder
}

// New makes an Extractor from the model file that this program carries.
func New() (*Extractor, error) {
	f, err := model.Embedded()
	if err != nil {
		return nil, fmt.Errorf("making an extractor: %w", err)
	}
	return Of(f)
}

// Of makes an Extractor from a model file. One whose features are not those of this program is refused.
func Of(f *model.File) (*Extractor, error) {
	for room, features := range Features() {
		if err := f.Check(room, features); err != nil {
			return nil, fmt.Errorf("making an extractor: %w", err)
		}
	}
	models, err := tagger.Load(f)
	if err != nil {
		return nil, fmt.Errorf("making an extractor: %w", err)
	}
	tables, err := TablesOf(f.All())
	if err != nil {
		return nil, fmt.Errorf("making an extractor: %w", err)
	}
	return With(models, tables), nil
}

// Tables are what words are looked up in.
type Tables struct {
	Words   *gazetteer.Gazetteer
	Classes *wordclass.Classes
}

// TablesOf reads the tables among the parts of a model file.
func TablesOf(parts map[string][]byte) (*Tables, error) {
	words, err := gazetteer.Read(model.Below(parts, gazetteer.Tables))
	if err != nil {
		return nil, err
	}
	classes, err := wordclass.Read(bytes.NewReader(parts[wordclass.Name]))
	if err != nil {
		return nil, err
	}
	return &Tables{words, classes}, nil
}

// With makes an Extractor from models that were just learnt.
func With(models *tagger.Models, tables *Tables) *Extractor {
	return &Extractor{tables.Words, genre.New(models), names.New(&text.Reader{Words: tables.Words, Classes: tables.Classes}, models),
		ties.New(models), confidence.New(models)}
}

// Draft returns what the page by itself shows, and gives the page its genre if it has none yet. IRIs are empty.
func (x *Extractor) Draft(page *ingest.Page) *ingest.Record {
	v := x.names.Look(page)
	if page.Genre == "" {
		page.Genre = x.genre.Of(v)
	}
	found := ties.Beside(v, x.names.Find(v))
	r := &ingest.Record{Page: page, Acronyms: acronymsOf(page, v.Acronyms)}
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

// Revise mends the drafts of one site, in place, by what they know together, puts into words which rule found a fact, and the
// chance that it is right in place of its confidence. The order of drafts does not matter.
func (x *Extractor) Revise(drafts []*ingest.Record) {
	sitewide.Revise(drafts, x.words)
	for _, r := range drafts {
		tellRules(r) // the chances are learnt from rules in words
		x.sure.Set(r)
	}
	sitewide.Guests(drafts)
	sitewide.Namesakes(drafts)
}

// Own finds the body whose site it is on the pages that name it, and ties the people who have pages of their own to it, by its name, once
// Revise is done.
func (x *Extractor) Own(drafts []*ingest.Record, site string) {
	sitewide.OwnBody(drafts, site, x.words)
	sitewide.OwnPeople(drafts, site)
}

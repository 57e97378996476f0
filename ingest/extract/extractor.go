package extract

import (
	"fmt"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/kin"
	"rapporteur/ingest/tagger"
)

// Extractor finds what pages name. It is safe for parallel use.
type Extractor struct {
	words   *gazetteer.Gazetteer
	kin     *kin.Kin
	models  *tagger.Models
	bias    [9]float32
	scratch *scratches
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
	families, err := kin.Load()
	if err != nil {
		return nil, fmt.Errorf("making an extractor: %w", err)
	}
	return &Extractor{words: words, kin: families, models: models, scratch: &scratches{}}, nil
}

// Draft returns what the page by itself shows. IRIs are empty.
func (x *Extractor) Draft(page *ingest.Page) *ingest.Record {
	v := x.look(page)
	names := x.judge(v, x.tag(v))
	r := &ingest.Record{Page: page}
	people := v.people(names)
	bodies := v.bodies(names)
	r.People = x.participants(v, people, bodies, names)
	r.Organisations = v.references(bodies)
	r.Countries = v.countries(names)
	return r
}

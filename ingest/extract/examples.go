package extract

import (
	"maps"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/confidence"
	"rapporteur/ingest/extract/genre"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/ties"
	"rapporteur/ingest/tagger"
)

// Features are the names of the features that the models see, by the room that observes them. They are part of the model file.
func Features() map[string][]string {
	return map[string][]string{"names": names.Features[:], "words": names.WordFeatures, "genre": genre.Features, "ties": ties.Features,
		"confidence": confidence.Features}
}

// Examples turns a page and its labelled spans, in order and not overlapping, into sequences to learn names from, one a block.
func (x *Extractor) Examples(p *ingest.Page, spans []names.Labelled, weight float32) []tagger.Example {
	return x.names.Examples(p, spans, weight)
}

// Genre returns the genre that the page seems to be of.
func (x *Extractor) Genre(p *ingest.Page) ingest.Genre { return x.genre.Of(x.names.Look(p)) }

// GenreCases returns what the classifiers of genres can learn from a page of known genre, by classifier.
func (x *Extractor) GenreCases(p *ingest.Page, is ingest.Genre) map[string][]tagger.Case {
	return genre.Cases(x.names.Look(p), is)
}

// Truth answers what an annotator said of a page, for training.
type Truth interface {
	names.Truth
	ties.Truth
}

// Cases returns what the classifiers can learn from a page, by classifier.
func (x *Extractor) Cases(p *ingest.Page, truth Truth) map[string][]tagger.Case {
	v := x.names.Look(p)
	found := x.names.Tag(v)
	cases := v.Cases(found, truth)
	maps.Copy(cases, ties.Cases(v, found, truth))
	return cases
}

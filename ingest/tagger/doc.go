// Package tagger holds the trained models of extraction; ingest/training learns them.
//
// A Model labels sequences: an averaged structured perceptron (Collins 2002) with first-order transitions and hashed features.
// A Linear scores single things: a hashed logistic regression. Both know nothing of text: a feature is a number that the
// extractor makes. Weights are stored in 8 bits with one scale a model, kept in the model file,
// and learnt by `make train` (ingest/model/ATTRIBUTION.md names what from). Training is deterministic.
package tagger

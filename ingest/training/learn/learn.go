// Package learn makes the models of extraction from annotated pages and free corpora. It is deterministic.
package learn

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"rapporteur/ingest/extract"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/training/material"
)

const (
	parts  = 3 // that the pages are cut into for the classifiers
	bits   = 20
	rounds = 12
	cost   = 40
)

// passes over its cases that each classifier makes: few cases are soon learnt by heart. decay pulls its weights to nought.
var passes = map[string]int{"speaks": 3, "affiliated": 10, "is a body": 12, "is a person": 6}

const decay = 3e-3

// Models makes models from the free corpora and those annotated pages that use allows. The classifiers learn from what
// name models make of pages that these have not seen, so that they meet the mistakes that they are to mend. Name models
// are kept in files that begin with kept, if that is not empty.
func Models(m *material.Material, use func(*material.Page) bool, kept string) (*tagger.Models, error) {
	whole, err := names(m, use, rounds, kept, "")
	if err != nil {
		return nil, err
	}
	cases := map[string][]tagger.Case{}
	var pages []*material.Page
	for _, a := range m.Pages {
		if use(a) {
			pages = append(pages, a)
		}
	}
	part := map[*material.Page]int{}
	sites := map[string]int{}
	for i, a := range pages {
		if a.Site == material.Real {
			part[a] = i % parts
			continue
		}
		if _, ok := sites[a.Site]; !ok {
			sites[a.Site] = len(sites)
		}
		part[a] = sites[a.Site] % parts
	}
	for k := range parts {
		model, err := names(m, func(a *material.Page) bool { return use(a) && part[a] != k }, rounds*2/3, kept, fmt.Sprint("-", k))
		if err != nil {
			return nil, err
		}
		x, err := extract.With(&tagger.Models{Names: model})
		if err != nil {
			return nil, err
		}
		for _, a := range pages {
			if part[a] == k {
				for name, cs := range x.Cases(a.Page, a.Truth()) {
					cases[name] = append(cases[name], cs...)
				}
			}
		}
	}
	linear := map[string]*tagger.Linear{}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		linear[name] = Logistic(cases[name], 16, passes[name], decay)
		fmt.Fprintf(os.Stderr, "learn: %q learnt from %d cases\n", name, len(cases[name]))
	}
	return &tagger.Models{Names: whole, Linear: linear}, nil
}

// names learns a name model, or reads the one kept.
func names(m *material.Material, use func(*material.Page) bool, rounds int, kept, suffix string) (*tagger.Model, error) {
	if kept != "" {
		kept += suffix + ".bin"
		if f, err := os.Open(kept); err == nil {
			defer f.Close()
			models, err := tagger.Read(f)
			if err != nil {
				return nil, err
			}
			return models.Names, nil
		}
	}
	x, err := extract.With(&tagger.Models{})
	if err != nil {
		return nil, err
	}
	start := time.Now()
	var examples []tagger.Example
	for _, s := range m.Free {
		examples = append(examples, x.Examples(s.Page, s.Spans, 1)...)
	}
	for _, a := range m.Pages {
		if use(a) {
			examples = append(examples, x.Examples(a.Page, a.Spans(), 2)...)
		}
	}
	model := Perceptron(examples, bits, rounds, cost)
	fmt.Fprintf(os.Stderr, "learn: names learnt from %d blocks in %.1fs\n", len(examples), time.Since(start).Seconds())
	if kept == "" {
		return model, nil
	}
	f, err := os.Create(kept)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return model, (&tagger.Models{Names: model}).Write(f)
}

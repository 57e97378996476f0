// Package learn makes the models of extraction from annotated pages and free corpora. It is deterministic.
package learn

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"rapporteur/ingest/extract"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/training/material"
)

const (
	bits   = 20
	rounds = 12
	cost   = 40
)

// Orders is how many orders of the examples the name model is learnt from; those of the folds, for time's sake, from one.
const Orders = 2

// passes over its cases that each classifier makes: few cases are soon learnt by heart. decay pulls its weights to nought.
var passes = map[string]int{"speaks": 3, "affiliated": 5, "former": 5, "member": 5, "is a body": 12, "is a person": 6}

const decay = 3e-3

// learnGenres learns the classifiers of genres and gives every page the genre that those say that have not seen it.
func (c *Crossed) learnGenres(m *material.Material) error {
	blank := extract.With(&tagger.Models{}, m.Tables)
	for _, a := range m.Pages {
		if c.genre[a.Fold] == nil {
			c.genre[a.Fold] = map[string][]tagger.Case{}
		}
		if a.Invented { // event pages all of them
			continue
		}
		for name, cs := range blank.GenreCases(a.Page, a.Gold.Genre) {
			c.genre[a.Fold][name] = append(c.genre[a.Fold][name], cs...)
		}
	}
	for k := range material.Folds {
		x := extract.With(&tagger.Models{Linear: c.Genres(k)}, m.Tables)
		for _, a := range m.Pages {
			if a.Fold == k {
				a.Page.Genre = x.Genre(a.Page)
			}
		}
	}
	all := extract.With(&tagger.Models{Linear: c.Genres(None)}, m.Tables)
	for _, p := range m.Real {
		if p.Genre == "" {
			p.Genre = all.Genre(p)
		}
	}
	return nil
}

// Genres learns the classifiers of genres from the pages of all folds but one, of all if that is none of them.
func (c *Crossed) Genres(but int) map[string]*tagger.Linear { return ensembles(c.genre, but).Linear }

// Crossed is what the folds teach one another: of each fold a name model that has seen none of its pages, and what the
// classifiers can learn from its pages with the names that this model finds, so that they meet the mistakes that they are to mend.
type Crossed struct {
	Names [material.Folds]*tagger.Model
	cases [material.Folds]map[string][]tagger.Case // of names and ties
	genre [material.Folds]map[string][]tagger.Case
}

// New learns the genre of pages, which is looked at by everything else, and gives every page its own.
func New(m *material.Material) (*Crossed, error) {
	c := &Crossed{}
	return c, c.learnGenres(m)
}

// Read reads the material of a folder, and crosses its folds.
func Read(ctx context.Context, shared, keep string) (*material.Material, *Crossed, error) {
	m, err := material.Read(ctx, shared)
	if err != nil {
		return nil, nil, err
	}
	c, err := New(m)
	if err != nil {
		return nil, nil, err
	}
	return m, c, c.Cross(m, keep)
}

// Cross learns the name models of all folds and reads the cases off their pages. Name models are kept in a folder, if keep is not
// empty, and read from it: whoever changes the classifiers only need not learn names again.
func (c *Crossed) Cross(m *material.Material, keep string) error {
	if keep != "" {
		if err := os.MkdirAll(keep, 0o755); err != nil {
			return err
		}
	}
	var errs [material.Folds]error
	var wait sync.WaitGroup
	gate := make(chan struct{}, runtime.NumCPU())
	for k := range material.Folds {
		wait.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			errs[k] = c.fold(m, k, keep)
		})
	}
	wait.Wait()
	return errors.Join(errs[:]...)
}

func (c *Crossed) fold(m *material.Material, k int, keep string) (err error) {
	if keep != "" {
		keep = filepath.Join(keep, fmt.Sprintf("names%d.bin", k))
	}
	if c.Names[k], err = Names(m, func(a *material.Page) bool { return a.Fold != k }, 1, keep); err != nil {
		return err
	}
	x := extract.With(&tagger.Models{Names: c.Names[k]}, m.Tables)
	c.cases[k] = map[string][]tagger.Case{}
	for _, a := range m.Pages {
		if a.Fold == k {
			for name, cs := range x.Cases(a.Page, a.Truth()) {
				c.cases[k][name] = append(c.cases[k][name], cs...)
			}
		}
	}
	return nil
}

// Classifiers learns all classifiers from the cases of all folds but one, of all if that is none of them.
func (c *Crossed) Classifiers(but int) *tagger.Models {
	made := ensembles(c.cases, but)
	maps.Copy(made.Linear, c.Genres(but))
	return made
}

// None is no fold.
const None = -1

// Names learns a name model from several orders of the free corpora and those annotated pages that use allows, or reads the one kept, if
// kept is not empty.
func Names(m *material.Material, use func(*material.Page) bool, orders int, kept string) (*tagger.Model, error) {
	if kept != "" {
		if f, err := os.Open(kept); err == nil {
			defer f.Close()
			models, err := tagger.Read(f)
			if err != nil {
				return nil, err
			}
			return models.Names, nil
		}
	}
	x := extract.With(&tagger.Models{}, m.Tables)
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
	model := Perceptron(examples, bits, rounds, orders, cost)
	fmt.Fprintf(os.Stderr, "learn: names learnt from %d blocks in %.1fs\n", len(examples), time.Since(start).Seconds())
	if kept == "" {
		return model, nil
	}
	var b bytes.Buffer
	if err := (&tagger.Models{Names: model}).Write(&b); err != nil {
		return nil, err
	}
	if err := os.WriteFile(kept+".new", b.Bytes(), 0o644); err != nil {
		return nil, err
	}
	return model, os.Rename(kept+".new", kept) // what is there is whole
}

package learn

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"rapporteur/ingest/extract"
	"rapporteur/ingest/model"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/training/material"
)

// Finish learns from all folds what the program carries, and writes the model file and the model of recommendations. folds are what
// the models of the folds extracted: they teach how likely facts are right.
func (c *Crossed) Finish(m *material.Material, folds [material.Folds]Extracted, keep, file, asks string) error {
	if keep != "" {
		keep = filepath.Join(keep, "names.bin")
	}
	names, err := Names(m, func(*material.Page) bool { return true }, Orders, keep)
	if err != nil {
		return err
	}
	models := c.Classifiers(None)
	models.Names = names
	maps.Copy(models.Linear, Confidence(m, folds, None))
	b, err := Stored(m, models)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, b, 0o644); err != nil {
		return fmt.Errorf("writing the model file: %w", err)
	}
	if asks == "" {
		return nil
	}
	return WriteAsks(m, folds, asks)
}

// WriteAsks learns the model of recommendations from all folds and writes it.
func WriteAsks(m *material.Material, folds [material.Folds]Extracted, file string) error {
	finder, err := Asks(m, folds, None)
	if err != nil {
		return err
	}
	b, err := finder.Save(m.Hash)
	if err == nil {
		err = os.WriteFile(file, b, 0o644)
	}
	if err != nil {
		return fmt.Errorf("writing the model of recommendations: %w", err)
	}
	return nil
}

// Stored are the bytes of a model file.
func Stored(m *material.Material, models *tagger.Models) ([]byte, error) {
	var weights, file bytes.Buffer
	if err := models.Write(&weights); err != nil {
		return nil, err
	}
	parts := maps.Clone(m.Files)
	parts[tagger.Name] = weights.Bytes()
	err := model.Write(&file, model.Header{Features: extract.Features(), Tables: model.TablesHash(m.Files), Material: m.Hash}, parts)
	return file.Bytes(), err
}

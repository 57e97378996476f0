// Train learns the models of extraction from annotated pages and free corpora and writes them.
//
//	go run ./ingest/training/train
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"rapporteur/ingest/training/learn"
	"rapporteur/ingest/training/material"
)

func main() {
	shared := flag.String("shared", "../shared", "folder with data, gold and corpus")
	out := flag.String("out", "ingest/tagger/weights.bin", "file to write the models of names and ties to")
	asks := flag.String("asks", "ingest/recommend/weights.bin", "file to write the model of recommendations to")
	keep := flag.String("keep", "", "folder that keeps the name models of the folds, as measure's does")
	flag.Parse()
	if err := run(context.Background(), *shared, *out, *asks, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, shared, out, asks, keep string) error {
	m, err := material.Read(ctx, shared)
	if err != nil {
		return err
	}
	crossed, err := learn.Cross(m, keep)
	if err != nil {
		return err
	}
	names, err := learn.Names(m, func(*material.Page) bool { return true }, "")
	if err != nil {
		return err
	}
	models := crossed.Classifiers(learn.None)
	models.Names = names
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := models.Write(f); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	finder, err := learn.Asks(m, models)
	if err != nil {
		return err
	}
	if err := os.WriteFile(asks, finder.Save(), 0o644); err != nil {
		return fmt.Errorf("writing the model of recommendations: %w", err)
	}
	return nil
}

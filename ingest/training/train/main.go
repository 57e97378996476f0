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
	out := flag.String("out", "ingest/model/model.bin", "file to write the models of names and ties and the tables to")
	asks := flag.String("asks", "ingest/recommend/weights.bin", "file to write the model of recommendations to")
	keep := flag.String("keep", "", "folder that keeps the name models, as measure's does: what is there is not learnt again")
	flag.Parse()
	if err := run(context.Background(), *shared, *out, *asks, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, shared, out, asks, keep string) error {
	m, crossed, err := learn.Read(ctx, shared, keep)
	if err != nil {
		return err
	}
	var folds [material.Folds]learn.Extracted
	for k := range folds {
		folds[k] = crossed.Extract(m, k)
	}
	return crossed.Finish(m, folds, keep, out, asks)
}

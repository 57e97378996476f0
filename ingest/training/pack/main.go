// Pack puts the tables of this tree into the model file, so that there is one to begin training with; weights that are there stay.
//
//	go run ./ingest/training/pack
package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"

	"rapporteur/ingest/model"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/training/material"
)

const file = "ingest/model/model.bin"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run() error {
	tables, err := material.ReadTables(".")
	if err != nil {
		return err
	}
	parts, header := maps.Clone(tables), model.Header{Tables: model.TablesHash(tables)}
	if b, err := os.ReadFile(file); err == nil {
		if old, err := model.Read(b); err == nil {
			header.Features, header.Material = old.Features, old.Material
			if weights, err := old.Part(tagger.Name); err == nil {
				parts[tagger.Name] = weights
			}
		}
	}
	var out bytes.Buffer
	if err := model.Write(&out, header, parts); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}

package site

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/markdown"
	"rapporteur/ingest/visible"
)

// Memory keeps the content of the pages that were read last, so that a site that is read again and again has only its
// changed pages parsed. It is not safe for parallel use.
type Memory struct {
	formats  []Format
	names    namer
	old, new map[contentSum]visible.Content
}

// contentSum is what a page's content was made of, by its SHA-256.
type contentSum [sha256.Size]byte

// NewMemory returns a Memory of nothing.
func NewMemory() *Memory { return &Memory{formats: formats(markdown.New())} }

// begin forgets what the last reading of the site did not ask for.
func (m *Memory) begin() error {
	m.old, m.new = m.new, map[contentSum]visible.Content{}
	if m.names.words == nil {
		words, err := gazetteer.Load()
		if err != nil {
			return fmt.Errorf("load the words of names: %w", err)
		}
		m.names = namer{words}
	}
	return nil
}

// content returns what read returned for the same source, or what it returns now.
func (m *Memory) content(k contentSum, read func() visible.Content) visible.Content {
	c, ok := m.new[k]
	if !ok {
		c, ok = m.old[k]
	}
	if !ok {
		c = read()
	}
	m.new[k] = c
	c.Links = slices.Clone(c.Links) // whose targets depend on the rest of the site
	return c
}

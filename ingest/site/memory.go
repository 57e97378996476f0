package site

import (
	"crypto/sha256"
	"slices"

	"rapporteur/ingest/markdown"
	"rapporteur/ingest/visible"
)

// Memory keeps the content of the pages that were read last, so that a site that is read again and again has only its
// changed pages parsed. It is not safe for parallel use.
type Memory struct {
	formats  []Format
	old, new map[source256]visible.Content
}

// source256 is a page's source, by its SHA-256, and how it was read.
type source256 struct {
	sum    [sha256.Size]byte
	format string
}

// NewMemory returns a Memory of nothing.
func NewMemory() *Memory { return &Memory{formats: formats(markdown.New())} }

// begin forgets what the last reading of the site did not ask for.
func (m *Memory) begin() { m.old, m.new = m.new, map[source256]visible.Content{} }

// content returns what read returned for the same source, or what it returns now.
func (m *Memory) content(k source256, read func() visible.Content) visible.Content {
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

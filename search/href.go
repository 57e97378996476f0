package search

import (
	"strings"

	"rapporteur/ingest"
)

// Slug returns the last segment of an IRI: what tells it from others of its kind.
func Slug(id ingest.IRI) string {
	return string(id[strings.LastIndexByte(string(id), '/')+1:])
}

// Href returns the address on this server, from "/", of the page about a thing.
// It is empty for a kind that has none.
func Href(kind Kind, id ingest.IRI) string {
	var room string
	switch kind {
	case Page:
		room = "/events/"
	case Person:
		room = "/people/"
	case Organisation:
		room = "/organisations/"
	case Topic:
		room = "/topics/"
	case Country:
		room = "/countries/"
	case Recommendation:
		room = "/recommendations/"
	default:
		return ""
	}
	return room + Slug(id)
}

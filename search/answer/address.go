package answer

import (
	"strings"

	"rapporteur/ingest"
)

// Slug returns the last segment of an IRI: what tells it from others of its kind.
func Slug(id ingest.IRI) string {
	return string(id[strings.LastIndexByte(string(id), '/')+1:])
}

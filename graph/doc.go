// Package graph keeps who connects with what, and which page says so, as the quads of one generation. It alone knows
// Cayley: a Snapshot is a Cayley quad store that is written once, sorted, into one file, and read from mapped memory.
//
//	Quads     the facts of a site's records, in the vocabulary of vocabulary.go; the label of a quad is the page that says it
//	Create    sorts them into a snapshot
//	Open      maps a snapshot: a Reader, safe for parallel use by many goroutines and processes
//	Reader    answers: what stands on a page, which pages name an entity, paths between two, neighbourhoods, communities
//	Export    the same facts in the formats of other tools
//
// A snapshot never changes, so that there is nothing to lock, nothing to repair and nothing that can be half-written.
package graph

package graph

import (
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// What the tests of the contracts know of the inside.
const (
	MaxQueryBytes = maxQueryBytes
	QueryRows     = queryRows
)

// StoreOf is the store of a snapshot of quads.
func StoreOf(t testing.TB, quads []quad.Quad) graph.QuadStore {
	return store{snapshot: snapshotOf(t, quads)}
}

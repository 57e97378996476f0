package resolve

import "hash/maphash"

// remembered is what was found of a group, with a digest of what it was found from: groups with thousands of names or references are
// asked again and again while others are merged.
type remembered[T any] struct {
	from  uint64
	known bool
	value T
}

// get returns what find returned when the digest was the same, or what it returns now.
func (m *remembered[T]) get(from uint64, find func() T) T {
	if !m.known || m.from != from {
		*m = remembered[T]{from, true, find()}
	}
	return m.value
}

// digester makes digests that are the same within one run of the program.
type digester struct{ seed maphash.Seed }

var digests = digester{maphash.MakeSeed()}

func (d digester) text(s string) uint64 { return maphash.String(d.seed, s) }

func (d digester) ref(r ref) uint64 { return maphash.Comparable(d.seed, r) }

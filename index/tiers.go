package index

import (
	"math"
	"math/bits"
)

// Tier says how well a document answers.
type Tier uint8

// The tiers of hits.
const (
	Partly  Tier = iota // meets half of the clauses, or fewer
	Answers             // meets most
	Typed               // meets all, by what the user wrote
)

// maxCounted is how many clauses say whether a document answers: the first ones.
const maxCounted = 64

// coverage holds the clauses that a document meets, a bit each.
type coverage struct {
	met, typed uint64
	lifted     bool // it has something near to a word, which does not meet a clause
}

// number gives a bit to each clause that counts; one that stands for others has theirs.
func (s *scored) number(clauses []Clause) []uint64 {
	bit := make([]uint64, len(clauses))
	for i := range clauses {
		if c := &clauses[i]; !c.Not && !c.Extra && len(s.common) < maxCounted {
			bit[i] = 1 << len(s.common)
			s.common = append(s.common, c.Common)
		}
	}
	for i := range clauses {
		for _, other := range clauses[i].Stands {
			bit[i] |= bit[other]
		}
	}
	return bit
}

// tiers tells the tiers of documents.
type tiers struct {
	found   *scored
	lang    []uint8
	content []uint64 // by language: the clauses that are no stop words there
	need    []int
}

func (r *Reader) newTiers(found *scored, share float64) *tiers {
	t := &tiers{found: found, lang: r.columns.lang}
	for lang := range r.stats.Languages {
		var content uint64
		for i, common := range found.common {
			if common == nil || !common[lang] {
				content |= 1 << i
			}
		}
		t.content = append(t.content, content)
		t.need = append(t.need, mostOf(bits.OnesCount64(content), share))
	}
	return t
}

// mostOf is how many of n words a document has to have to answer.
func mostOf(n int, share float64) int {
	switch {
	case n == 0:
		return 0
	case share > 0:
		return max(1, int(math.Ceil(share*float64(n))))
	}
	return n/2 + 1
}

// near reports whether a document meets a clause only by what is near to it.
func (t *tiers) near(doc uint32) bool {
	cover := t.found.cover[doc]
	return cover.met&^cover.typed != 0 || cover.lifted && t.of(doc) != Typed
}

// typed reports whether a document meets most clauses by what the user wrote.
func (t *tiers) typed(doc uint32) bool {
	lang := t.lang[doc]
	return bits.OnesCount64(t.found.cover[doc].typed&t.content[lang]) >= t.need[lang]
}

func (t *tiers) of(doc uint32) Tier {
	content := t.content[t.lang[doc]]
	cover := t.found.cover[doc]
	switch {
	case cover.typed&content == content:
		return Typed
	case bits.OnesCount64(cover.met&content) >= t.need[t.lang[doc]]:
		return Answers
	}
	return Partly
}

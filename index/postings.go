package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	bleve "github.com/blevesearch/bleve_index_api"
)

// The parameters of BM25F.
const k1 = 1.2

var (
	fieldWeight = [wordFields]float64{titleField: 3, headingsField: 1.5, bodyField: 1, namesField: 0.5}
	fieldB      = [wordFields]float64{titleField: 0.6, headingsField: 0.6, bodyField: 0.6, namesField: 0.6}
)

// posting says how well a document answers a word or phrase: the saturated term frequency of BM25F, in (0, k1+1),
// before it is multiplied by the inverse document frequency.
type posting struct {
	doc    uint32
	impact float32
}

// postings of a word or phrase, with how many documents of each kind have it.
type postings struct {
	list        []posting
	frequencies []int
}

// maxCachedPostings bounds the cache: 8 bytes each, so 128 MB.
const maxCachedPostings = 16 << 20

// postingsCache keeps what was read, since impacts do not depend on the query. It is emptied when it is full.
type postingsCache struct {
	mu    sync.RWMutex
	byKey map[string]*postings
	size  int
}

func (c *postingsCache) get(key string) (*postings, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	p, ok := c.byKey[key]
	return p, ok
}

func (c *postingsCache) put(key string, p *postings) {
	c.mu.Lock()
	defer c.mu.Unlock()
	cost := len(p.list) + 16
	if c.byKey == nil || c.size+cost > maxCachedPostings {
		c.byKey, c.size = map[string]*postings{}, 0
	}
	c.byKey[key] = p
	c.size += cost
}

// lookup returns the postings of a word, or of a phrase of several.
func (r *Reader) lookup(ctx context.Context, terms []string) (*postings, error) {
	key := strings.Join(terms, " ")
	if p, ok := r.postings.get(key); ok {
		return p, nil
	}
	weights := r.pools.floats()
	defer r.pools.putFloats(weights)
	var touched []uint32
	var err error
	if len(terms) == 1 {
		touched, err = r.readTerm(ctx, terms[0], *weights)
	} else {
		touched, err = r.readPhrase(ctx, terms, *weights)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the postings of %q: %w", key, err)
	}
	slices.Sort(touched)
	p := &postings{list: make([]posting, len(touched)), frequencies: make([]int, len(r.stats.Kinds))}
	for i, doc := range touched {
		w := (*weights)[doc]
		p.list[i] = posting{doc, w * (k1 + 1) / (w + k1)}
		p.frequencies[r.columns.kind[doc]]++
		(*weights)[doc] = 0
	}
	r.postings.put(key, p)
	return p, nil
}

// weigh is the share of one field in the term frequency of BM25F.
func (r *Reader) weigh(field int, doc uint32, frequency, length float64) float32 {
	average := r.average[r.columns.kind[doc]][field]
	b := fieldB[field]
	return float32(fieldWeight[field] * frequency / (1 - b + b*length/average))
}

// fieldLength undoes Bleve's norm, which is 1/sqrt(tokens of the field).
func fieldLength(norm float64) float64 { return 1 / (norm * norm) }

// readTerm adds up the weighted frequencies of a word over the fields, and returns the documents that have it.
func (r *Reader) readTerm(ctx context.Context, term string, weights []float32) ([]uint32, error) {
	var touched []uint32
	for field, name := range fieldNames {
		err := r.each(ctx, term, name, false, func(doc uint32, t *bleve.TermFieldDoc) {
			if weights[doc] == 0 {
				touched = append(touched, doc)
			}
			weights[doc] += r.weigh(field, doc, float64(t.Freq), fieldLength(t.Norm))
		})
		if err != nil {
			return nil, err
		}
	}
	return touched, nil
}

// readPhrase does the same for a phrase: terms that follow each other directly, stop words between them left out of account.
func (r *Reader) readPhrase(ctx context.Context, terms []string, weights []float32) ([]uint32, error) {
	var touched []uint32
	for field, name := range fieldNames {
		starts, lengths, err := r.phraseStarts(ctx, terms, name)
		if err != nil {
			return nil, err
		}
		for doc, positions := range starts {
			if weights[doc] == 0 {
				touched = append(touched, doc)
			}
			weights[doc] += r.weigh(field, doc, float64(len(positions)), lengths[doc])
		}
	}
	return touched, nil
}

// phraseStarts returns where the phrase stands in one field of each document: positions of its last term. A gap ("" among
// the terms) stands for one stop word.
func (r *Reader) phraseStarts(ctx context.Context, terms []string, field string) (ends map[uint32][]uint64, lengths map[uint32]float64, err error) {
	step := uint64(0)
	for i, term := range terms {
		step++
		if term == "" {
			continue
		}
		next := map[uint32][]uint64{}
		lengths = map[uint32]float64{}
		err := r.each(ctx, term, field, true, func(doc uint32, t *bleve.TermFieldDoc) {
			var before []uint64
			if i > 0 {
				if before = ends[doc]; len(before) == 0 {
					return
				}
			}
			var at []uint64
			for _, v := range t.Vectors {
				if i == 0 || slices.Contains(before, v.Pos-step) {
					at = append(at, v.Pos)
				}
			}
			if len(at) > 0 {
				next[doc] = at
				lengths[doc] = fieldLength(t.Norm)
			}
		})
		if err != nil || len(next) == 0 {
			return nil, nil, err
		}
		ends, step = next, 0
	}
	return ends, lengths, nil
}

// each calls visit for every document that has term in a field. The TermFieldDoc is only good within the call.
func (r *Reader) each(ctx context.Context, term, field string, positions bool, visit func(doc uint32, t *bleve.TermFieldDoc)) (err error) {
	reader, err := r.snapshot.TermFieldReader(ctx, []byte(term), field, true, true, positions)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	var buffer bleve.TermFieldDoc
	for {
		t, err := reader.Next(buffer.Reset())
		if err != nil {
			return err
		}
		if t == nil {
			return ctx.Err()
		}
		if doc := r.columns.number[t.ID.Value()]; doc != none {
			visit(doc, t)
		}
	}
}

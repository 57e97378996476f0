package index

import (
	"cmp"
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
	return r.phrases(ctx, terms, anyGap)
}

// tied returns the postings of a word of several parts.
func (r *Reader) tied(ctx context.Context, terms []string) (*postings, error) {
	return r.phrases(ctx, terms, 1)
}

// anyGap says that any signs may stand between the terms of a phrase.
const anyGap = -1

// phrases returns the postings of a phrase, between whose terms at most gap bytes stand: anyGap, or less than widestGap.
func (r *Reader) phrases(ctx context.Context, terms []string, gap int) (*postings, error) {
	key := strings.Join(terms, " ")
	if gap != anyGap && len(terms) > 1 {
		key = strings.Join(terms, "-")
	}
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
		touched, err = r.readPhrase(ctx, terms, gap, *weights)
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
		err := r.each(ctx, term, name, func(doc uint32, t *bleve.TermFieldDoc) {
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

// readPhrase does the same for a phrase: terms that follow each other directly, "" standing for a stop word between them.
func (r *Reader) readPhrase(ctx context.Context, terms []string, gap int, weights []float32) ([]uint32, error) {
	docs, err := r.withAll(ctx, terms)
	if err != nil {
		return nil, err
	}
	found, err := r.phrase(ctx, terms, gap, docs)
	if err != nil {
		return nil, err
	}
	var touched []uint32
	for i, w := range found {
		if w > 0 {
			weights[docs[i]] = w
			touched = append(touched, docs[i])
		}
	}
	return touched, nil
}

// apart returns the postings of several words that all stand in a document somewhere: it answers as well as its rarest word does.
func (r *Reader) apart(ctx context.Context, terms []string) (*postings, error) {
	key := strings.Join(terms, " & ")
	if p, ok := r.postings.get(key); ok {
		return p, nil
	}
	docs, err := r.withAll(ctx, terms)
	if err != nil {
		return nil, err
	}
	p := &postings{list: make([]posting, len(docs)), frequencies: make([]int, len(r.stats.Kinds))}
	for i, doc := range docs {
		p.list[i] = posting{doc, k1 + 1}
		p.frequencies[r.columns.kind[doc]]++
	}
	for _, term := range terms {
		if term == "" {
			continue
		}
		one, err := r.lookup(ctx, []string{term})
		if err != nil {
			return nil, err
		}
		at := 0
		for i := range p.list {
			for one.list[at].doc < p.list[i].doc {
				at++
			}
			p.list[i].impact = min(p.list[i].impact, one.list[at].impact)
		}
	}
	r.postings.put(key, p)
	return p, nil
}

// withAll returns the documents that have all terms somewhere.
func (r *Reader) withAll(ctx context.Context, terms []string) ([]uint32, error) {
	var docs []uint32
	first := true
	for _, term := range terms {
		if term == "" {
			continue
		}
		p, err := r.lookup(ctx, []string{term})
		if err != nil {
			return nil, err
		}
		if first {
			first = false
			for _, posting := range p.list {
				docs = append(docs, posting.doc)
			}
			continue
		}
		kept, at := docs[:0], 0
		for _, doc := range docs {
			for at < len(p.list) && p.list[at].doc < doc {
				at++
			}
			if at < len(p.list) && p.list[at].doc == doc {
				kept = append(kept, doc)
			}
		}
		docs = kept
	}
	return docs, nil
}

// phrase returns the weighted frequency of a phrase in each of the documents, 0 where it does not stand. The documents are put
// into Bleve's order.
func (r *Reader) phrase(ctx context.Context, terms []string, gap int, docs []uint32) ([]float32, error) {
	slices.SortFunc(docs, func(a, b uint32) int { return cmp.Compare(r.columns.bleve[a], r.columns.bleve[b]) })
	weights := make([]float32, len(docs))
	if len(docs) == 0 {
		return weights, nil
	}
	ends := make([][]uint64, len(docs)) // where the terms so far end, in the field at hand
	for field := range wordFields {
		step := uint64(0)
		for i, term := range terms {
			step++
			if term == "" {
				continue
			}
			last := i == len(terms)-1
			err := r.among(ctx, term, fieldNames[field], docs, func(n int, t *bleve.TermFieldDoc) {
				if t == nil {
					ends[n] = ends[n][:0]
					return
				}
				ends[n] = follow(ends[n], t.Vectors, i == 0, step, gap)
				if last && len(ends[n]) > 0 {
					weights[n] += r.weigh(field, docs[n], float64(len(ends[n])), fieldLength(t.Norm))
				}
			})
			if err != nil {
				return nil, err
			}
			step = 0
		}
	}
	return weights, nil
}

// follow returns the positions of a term that stands step positions behind one of the ends of what comes before it, and at most gap bytes;
// of the first term, all. The result takes the place of ends.
func follow(ends []uint64, vectors []*bleve.TermFieldVector, first bool, step uint64, gap int) []uint64 {
	if first {
		ends = ends[:0]
		eachPlace(vectors, func(position, _ uint64) { ends = append(ends, position) })
		return ends
	}
	kept, at := 0, 0
	eachPlace(vectors, func(position, between uint64) { // both ascend
		for at < len(ends) && ends[at]+step < position {
			at++
		}
		if at < len(ends) && ends[at]+step == position {
			if gap == anyGap || step > 1 || between <= uint64(gap) {
				ends[kept] = position
				kept++
			}
			at++
		}
	})
	return ends[:kept]
}

// among calls visit for each of the documents, which are in Bleve's order, with the positions of a term in a field: nil where it
// does not stand.
func (r *Reader) among(ctx context.Context, term, field string, docs []uint32, visit func(n int, t *bleve.TermFieldDoc)) error {
	from := 0
	for _, p := range r.parts {
		to := from
		for to < len(docs) && uint64(r.columns.bleve[docs[to]]) < p.first+p.size {
			to++
		}
		if to == from {
			continue
		}
		if err := r.amongPart(ctx, p, term, field, docs[from:to], func(n int, t *bleve.TermFieldDoc) { visit(from+n, t) }); err != nil {
			return err
		}
		from = to
	}
	return ctx.Err()
}

func (r *Reader) amongPart(ctx context.Context, p *openedPart, term, field string, docs []uint32,
	visit func(n int, t *bleve.TermFieldDoc)) (err error) {
	reader, err := p.snapshot.TermFieldReader(ctx, []byte(term), field, true, true, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	if reader.Count() == 0 {
		for n := range docs {
			visit(n, nil)
		}
		return nil
	}
	var buffer bleve.TermFieldDoc
	var id bleve.IndexInternalID
	var t *bleve.TermFieldDoc
	over := false
	for n, doc := range docs {
		number := uint64(r.columns.bleve[doc]) - p.first
		if !over && (t == nil || t.ID.Value() < number) {
			id = bleve.NewIndexInternalID(id, number)
			if t, err = reader.Advance(id, buffer.Reset()); err != nil {
				return err
			}
			over = t == nil
		}
		if over || t.ID.Value() != number {
			visit(n, nil)
		} else {
			visit(n, t)
		}
	}
	return nil
}

// each calls visit for every document that has term in a field. The TermFieldDoc is only good within the call.
func (r *Reader) each(ctx context.Context, term, field string, visit func(doc uint32, t *bleve.TermFieldDoc)) error {
	for _, p := range r.parts {
		if err := r.eachIn(ctx, p, term, field, visit); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (r *Reader) eachIn(ctx context.Context, p *openedPart, term, field string, visit func(doc uint32, t *bleve.TermFieldDoc)) (err error) {
	reader, err := p.snapshot.TermFieldReader(ctx, []byte(term), field, true, true, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	var buffer bleve.TermFieldDoc
	for {
		t, err := reader.Next(buffer.Reset())
		if err != nil || t == nil {
			return err
		}
		if doc := r.columns.number[p.first+t.ID.Value()]; doc != none {
			visit(doc, t)
		}
	}
}

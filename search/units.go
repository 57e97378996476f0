package search

import (
	"encoding/json"
	"fmt"
	"hash"
	"runtime"
	"slices"
	"sync"

	"rapporteur/ingest"

	"golang.org/x/sync/errgroup"
)

// Keys of the shelf.
const (
	profilePrefix = "profile:"
	recordPrefix  = "record:"
	askPrefix     = "ask:"
)

// digestRecords digests the records of a site, as the JSON that they are kept in.
func digestRecords(site *ingest.Site) ([]digest, error) {
	out := make([]digest, len(site.Records))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, r := range site.Records {
		group.Go(func() error {
			text, err := json.Marshal(r)
			if err != nil {
				return fmt.Errorf("hash the record of %s: %w", r.Path, err)
			}
			out[i] = digestOf(text)
			return nil
		})
	}
	return out, group.Wait()
}

// units lists what the shelf of a site holds: the records, the recommendations, the profiles. Digests are of the records.
//
// What is made of a page depends on its record, and on the names and kinds that the site gives to what the record refers
// to: that is the page's leaf. A recommendation depends on the leaves of the pages that ask the same; a profile on the
// entity, and on the leaves of the pages that name it, that ask for something that concerns it, and that is its own.
func (b *book) units(digests []digest) func(yield func(unit) bool) {
	leaves := b.digestLeaves(digests)
	group := func(h hash.Hash, rec *ingest.Recommendation) {
		for _, s := range b.asker.groups[firstOf(rec)] {
			h.Write(leaves[b.page[s.page.Path]][:])
		}
	}
	return func(yield func(unit) bool) {
		for i, r := range b.site.Records {
			if !yield(unit{recordPrefix + string(r.IRI), digests[i], func() any { return r }}) {
				return
			}
		}
		h := newHash()
		for i, r := range b.site.Records {
			for k := range r.Recommendations {
				rec := &r.Recommendations[k]
				if rec.SameAs != "" { // shown with the first that asks the same
					continue
				}
				h.Reset()
				h.Write(leaves[i][:])
				group(h, rec)
				if !yield(unit{askPrefix + string(rec.IRI), sum(h), func() any { return b.asker.ask(r, rec) }}) {
					return
				}
			}
		}
		scratches := sync.Pool{New: func() any { return newMeetings(len(b.site.Entities)) }}
		for n := range b.site.Entities {
			e := &b.site.Entities[n]
			h.Reset()
			fmt.Fprintf(h, "%q %q %q %q %q %q %q %q\n", e.IRI, e.Kind, e.Name, e.Aliases, e.Code, e.Scheme, e.Homepage, e.SameAs)
			if own, ok := b.page[e.Page]; ok && e.Page != "" {
				h.Write(leaves[own][:])
			}
			for _, s := range b.seen[n] {
				h.Write(leaves[s.page][:])
			}
			h.Write([]byte{'\n'})
			for _, a := range b.asks[n] {
				fmt.Fprintf(h, "%d", a.at)
				h.Write(leaves[a.page][:])
				group(h, &b.site.Records[a.page].Recommendations[a.at])
			}
			profile := func() any {
				scratch := scratches.Get().(*meetings)
				defer scratches.Put(scratch)
				p := b.profile(n, scratch)
				return &p
			}
			if !yield(unit{profilePrefix + string(e.IRI), sum(h), profile}) {
				return
			}
		}
	}
}

// digestLeaves digests each page with what the site calls the things that it refers to.
func (b *book) digestLeaves(records []digest) []digest {
	out := make([]digest, len(records))
	h := newHash()
	for i, r := range b.site.Records {
		var referred []int
		refer := func(iris ...ingest.IRI) {
			for _, iri := range iris {
				if n, ok := b.number[iri]; ok {
					referred = append(referred, n)
				}
			}
		}
		for k := range r.People {
			refer(r.People[k].IRI)
			for _, a := range r.People[k].Affiliations {
				refer(a.IRI)
			}
		}
		for k := range r.Organisations {
			refer(r.Organisations[k].IRI)
		}
		for k := range r.Countries {
			refer(r.Countries[k].IRI)
		}
		for k := range r.Topics {
			refer(r.Topics[k].IRI)
		}
		for k := range r.Recommendations {
			rec := &r.Recommendations[k]
			refer(rec.ByIRI, rec.ToIRI)
			refer(rec.Topics...)
			refer(rec.Mentions...)
		}
		slices.Sort(referred)
		h.Reset()
		h.Write(records[i][:])
		for _, n := range slices.Compact(referred) {
			fmt.Fprintf(h, "%q %q %q\n", b.refs[n].ID, b.refs[n].Kind, b.refs[n].Name)
		}
		out[i] = sum(h)
	}
	return out
}

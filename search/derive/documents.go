package derive

import (
	"fmt"
	"hash"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/search/relate"
	"rapporteur/search/store"
)

// Keys of documents.
const (
	ProfilePrefix        = "profile:"
	RecordPrefix         = "record:" // all but the text
	TextPrefix           = "text:"   // of a translation: that of other pages is in the index
	RecommendationPrefix = "recommendation:"
	RelatedPrefix        = "related:"
)

// Documents lists the documents of a site: the records, the recommendations, the profiles, the related pages. Digests are
// of the records.
//
// What is made of a page depends on its record, on the names and kinds that the site gives to what the record refers to, and
// on which of its blocks stand on many pages: that is the page's digest. A recommendation depends on the digests of the pages
// that ask the same; a profile on the entity, and on the digests of the pages that name it, that ask for something that
// concerns it, and that is its own.
func (b *Site) Documents(digests []store.Digest, related [][]relate.Item) func(yield func(store.Document) bool) {
	pages := b.digestPages(digests)
	groups := map[ingest.IRI]store.Digest{} // of those that ask the same: of what is asked in a thousand places, made once
	group := func(h hash.Hash, rec *ingest.Recommendation) {
		first := inversion.First(rec)
		digest, ok := groups[first]
		if !ok {
			of := store.NewHash()
			for _, s := range b.Asked[first] {
				of.Write(pages[b.Page[s.Page.Path]][:])
			}
			digest = store.Sum(of)
			groups[first] = digest
		}
		h.Write(digest[:])
	}
	return func(yield func(store.Document) bool) {
		for i, r := range b.Records {
			bare := func() any {
				bare := *r
				bare.Page = r.Page.WithoutText()
				return &bare
			}
			if !yield(store.Document{Key: RecordPrefix + string(r.IRI), From: digests[i], Alone: true, Make: bare}) {
				return
			}
			if r.TranslationOf != "" && !yield(store.Document{Key: TextPrefix + string(r.IRI), From: digests[i], Alone: true,
				Make: func() any { return r.Text }}) {
				return
			}
		}
		h := store.NewHash()
		for i, r := range b.Records {
			for k := range r.Recommendations {
				rec := &r.Recommendations[k]
				if rec.SameAs != "" { // shown with the first that asks the same
					continue
				}
				h.Reset()
				h.Write(pages[i][:])
				group(h, rec)
				if !yield(store.Document{Key: RecommendationPrefix + string(rec.IRI), From: store.Sum(h),
					Make: func() any { return b.Recommendation(r, rec, NewEvidence) }}) {
					return
				}
			}
		}
		for i, list := range related {
			h.Reset()
			h.Write(pages[i][:])
			for _, it := range list {
				h.Write(pages[it.To][:])
				fmt.Fprintf(h, "%v\n", it)
			}
			if !yield(store.Document{Key: RelatedPrefix + string(b.Records[i].IRI), From: store.Sum(h),
				Make: func() any { return keep(b.Site.Site, list) }}) {
				return
			}
		}
		for n := range b.Entities {
			e := &b.Entities[n]
			h.Reset()
			fmt.Fprintf(h, "%q %q %q %q %q %q %q %q\n", e.IRI, e.Kind, e.Name, e.Aliases, e.Code, e.Scheme, e.Homepage, e.SameAs)
			if own, ok := b.Page[e.Page]; ok && e.Page != "" {
				h.Write(pages[own][:])
			}
			for _, s := range b.Seen[n] {
				h.Write(pages[s.Page][:])
			}
			h.Write([]byte{'\n'})
			for _, a := range b.Concerning[n] {
				fmt.Fprintf(h, "%d", a.At)
				h.Write(pages[a.Page][:])
				group(h, &b.Records[a.Page].Recommendations[a.At])
			}
			if !yield(store.Document{Key: ProfilePrefix + string(e.IRI), From: store.Sum(h), Make: func() any { return b.Profile(n) }}) {
				return
			}
		}
	}
}

// digestPages digests each page with what the site calls the things that it refers to, and with the blocks that many pages have.
func (b *Site) digestPages(records []store.Digest) []store.Digest {
	out := make([]store.Digest, len(records))
	h := store.NewHash()
	for i, r := range b.Records {
		var referred []int
		refer := func(iris ...ingest.IRI) {
			for _, iri := range iris {
				if n, ok := b.Number[iri]; ok {
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
		for k := range r.Blocks {
			if b.again[r.Blocks[k].In(r.Text)] > 0 {
				fmt.Fprintln(h, k)
			}
		}
		out[i] = store.Sum(h)
	}
	return out
}

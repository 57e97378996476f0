package relate

import (
	"math"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
)

// longestTitle is how many words of a title are looked for.
const longestTitle = 12

// place is where a page points to another: by a link, or by holding its title.
type place struct {
	ingest.Span
	link bool
}

// naming is which pages name which. A page that many name counts less, in [0, 1].
type naming struct {
	places       []map[int]place // of each page: the pages that it names, and where it does so first
	names, named [][]scored
}

// newNaming follows the links among the pages and looks for the titles of all in the texts of all. A title with a colon
// is also looked for by each of its two parts; a form that several titles share names none of them.
func newNaming(site *inversion.Site, t *texts) *naming {
	records := site.Records
	n := len(records)
	forms, starts := titleForms(records, t)
	x := &naming{places: make([]map[int]place, n)}
	each(n, func(i int) {
		found := map[int]place{}
		for _, l := range records[i].Links {
			if other, ok := site.Page[l.Page]; ok && other != i {
				if _, ok := found[other]; !ok {
					found[other] = place{l.Span, true}
				}
			}
		}
		words := t.bodies[i]
		var key strings.Builder
		for at, w := range words {
			if !starts[w.number] {
				continue
			}
			key.Reset()
			for k := at; k < len(words) && k < at+longestTitle; k++ {
				addWord(&key, words[k])
				other, ok := forms[key.String()]
				if !ok || other < 0 || other == i {
					continue
				}
				if _, ok := found[other]; !ok {
					found[other] = place{ingest.Span{Start: int(w.start), End: int(words[k].end)}, false}
				}
			}
		}
		x.places[i] = found
	})
	frequency := make([]int, n)
	for _, found := range x.places {
		for other := range found {
			frequency[other]++
		}
	}
	x.names = make([][]scored, n)
	for i, found := range x.places {
		for _, other := range sortedKeys(found) {
			x.names[i] = append(x.names[i], scored{other, 1 - math.Log(float64(frequency[other]))/math.Log(float64(n+1))})
		}
	}
	x.named = transpose(x.names)
	return x
}

// titleForms returns the forms by which a page may be named, each with its page (-1 if several), and the words that they start with.
func titleForms(records []*ingest.Record, t *texts) (forms map[string]int, starts map[uint32]bool) {
	forms, starts = map[string]int{}, map[uint32]bool{}
	add := func(page int, words []word) {
		if len(words) == 0 || len(words) == 1 && words[0].end-words[0].start < 8 {
			return // a short word is no name
		}
		var key strings.Builder
		for _, w := range words[:min(longestTitle, len(words))] {
			addWord(&key, w)
		}
		if other, ok := forms[key.String()]; ok && other != page {
			page = -1
		}
		forms[key.String()] = page
		starts[words[0].number] = true
	}
	for i, r := range records {
		words := t.titles[i]
		add(i, words)
		if colon := strings.Index(r.Title, ": "); colon >= 0 {
			k := 0
			for k < len(words) && int(words[k].end) <= colon {
				k++
			}
			add(i, words[:k])
			add(i, words[k:])
		}
	}
	return forms, starts
}

func addWord(key *strings.Builder, w word) {
	key.Write([]byte{byte(w.number), byte(w.number >> 8), byte(w.number >> 16), byte(w.number >> 24)})
}

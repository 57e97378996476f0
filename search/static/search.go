package static

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest/kinds"
	"rapporteur/search/query"
)

// The search in the browser: a page, a script, and an index in small files, of which a query loads the few that it needs. All addresses
// are relative to the script's own, so that it works wherever the site is put.
const (
	searchFolder = "rapporteur"
	searchPage   = "search.html"
	searchFormat = 1
	chunkWords   = 512      // of a page's text, that are loaded at once to quote from
	overlap      = 200      // bytes of the text before and behind a chunk, that are in its file too
	facetSize    = 20 << 10 // bytes of a facet's file; values of few pages are left out where there are more
	leastHolders = 2        // pages of a value that is worth to be filtered by
)

// assets are the page, its style, and the scripts.
//
//go:embed search.html search.css search.js texts.js engine.js words.js
var assets embed.FS

// searchFacets are the facets that results can be narrowed by, in the order shown.
func searchFacets() []searchFacet {
	return []searchFacet{
		{string(kinds.Person), "People"}, {string(kinds.Organisation), "Organisations"}, {string(kinds.Topic), "Topics"}, {"year", "Years"},
	}
}

type searchFacet struct {
	Name string `json:"name"`
	Head string `json:"heading"`
}

// searchHead is what a search loads first.
type searchHead struct {
	Format    int           `json:"format"`
	Version   string        `json:"version"` // of all other files: what is kept of another version is not read
	Site      string        `json:"site"`
	Pages     int           `json:"pages"`
	All       int           `json:"all"`     // documents of every kind, by which values of facets are weighed
	Average   [2]float64    `json:"average"` // words of a title and of a body
	Weight    [2]float64    `json:"weight"`  // of these
	B         float64       `json:"b"`
	K1        float64       `json:"k1"`
	Steps     int           `json:"steps"` // of an impact
	Chunk     int           `json:"chunk"`
	Languages []string      `json:"languages"`
	Facets    []searchFacet `json:"facets"`
	Shards    []string      `json:"shards"` // the first key of each
	English   *index.Tables `json:"english"`
}

// pageText is a chunk of a page.
type pageText struct {
	Title string `json:"title"`
	URL   string `json:"url"` // relative to the site's root, or absolute
	Date  string `json:"date,omitempty"`
	Lang  string `json:"lang,omitempty"`
	Text  string `json:"text"`
}

// searchWriter writes the index of a search.
type searchWriter struct {
	*export
	listing *query.Listing
	folder  string
	page    []int // by document: its number in the export, the oldest first, so that a new page leaves the others' files alone
	sum     []byte
}

// writeSearch writes the search in the browser.
func (e *export) writeSearch(ctx context.Context) error {
	listing, err := e.gen.Listing(ctx, chunkWords)
	if err != nil {
		return err
	}
	w := &searchWriter{export: e, listing: listing, folder: e.published(searchFolder)}
	w.order()
	entries, err := w.entries(ctx)
	if err != nil {
		return err
	}
	all, first := shards(entries)
	for i, shard := range all {
		if err := w.data(fmt.Sprintf("words/%d.bin", i), shard); err != nil {
			return err
		}
	}
	if err := w.writeFacets(); err != nil {
		return err
	}
	if err := w.writeTexts(); err != nil {
		return err
	}
	return w.writeHead(first)
}

// order numbers the pages by date, those without one first.
func (w *searchWriter) order() {
	documents := w.listing.Documents
	order := make([]int, len(documents))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(documents[a].Date, documents[b].Date), cmp.Compare(b, a))
	})
	w.page = make([]int, len(documents))
	for number, document := range order {
		w.page[document] = number
	}
}

// entries are what the shards hold.
func (w *searchWriter) entries(ctx context.Context) ([]shardEntry, error) {
	var entries []shardEntry
	terms := map[string]bool{}
	err := w.listing.Terms(ctx, func(term string, at []index.Occurrence) error {
		terms[term] = true
		entries = append(entries, shardEntry{term, termEntry, postings(at, w.page)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = w.listing.Words(func(word string, other []string) error {
		written, err := w.listing.Written(word)
		switch {
		case len(other) > 0 || len(written) > 0:
			entries = append(entries, shardEntry{word + wordMark, wordEntry, ascending(list(other), w.pages(written))})
		case !terms[word]:
			entries = append(entries, shardEntry{word + wordMark, wordEntry, nil})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	spelled := w.listing.Spelled()
	for _, short := range slices.Sorted(maps.Keys(spelled)) {
		entries = append(entries, shardEntry{short + acronymMark, acronymEntry, list(spelled[short])})
	}
	related, err := w.listing.Related(ctx)
	for _, r := range related {
		entries = append(entries, shardEntry{r.Term + relatedMark, relatedEntry, sameMeaning(r)})
	}
	return append(entries, w.names()...), err
}

// names are the entries of people, bodies and topics, under each of their names.
func (w *searchWriter) names() []shardEntry {
	var entries []shardEntry
	for _, facet := range searchFacets()[:3] {
		for _, v := range w.listing.Facet(facet.Name) {
			names := append([]string{v.Name}, v.Also...)
			payload := ascending(append(text(nil, facet.Name), list(names)...), w.pages(v.Documents))
			seen := map[string]bool{"": true}
			for _, name := range names {
				if key := nameKey(name); !seen[key] {
					seen[key] = true
					entries = append(entries, shardEntry{key, nameEntry, payload})
				}
			}
		}
	}
	return entries
}

// pages are the numbers of documents.
func (w *searchWriter) pages(documents []int) []int {
	numbers := make([]int, len(documents))
	for i, d := range documents {
		numbers[i] = w.page[d]
	}
	slices.Sort(numbers)
	return numbers
}

// writeFacets writes a file for each facet: names, and the pages of each.
func (w *searchWriter) writeFacets() error {
	for _, facet := range searchFacets() {
		var file []byte
		values := w.listing.Facet(facet.Name)
		if facet.Name == "year" {
			slices.SortFunc(values, func(a, b query.FacetHolders) int { return cmp.Compare(b.Name, a.Name) })
		}
		for _, v := range values {
			if len(v.Documents) < leastHolders && facet.Name != "year" {
				continue
			}
			one := ascending(text(nil, v.Name), w.pages(v.Documents))
			if len(file)+len(one) > facetSize {
				break
			}
			file = append(file, one...)
		}
		if err := w.data("facets/"+facet.Name+".bin", file); err != nil {
			return err
		}
	}
	return nil
}

// writeTexts writes the text of the pages, in chunks.
func (w *searchWriter) writeTexts() error {
	lengths := make([][2]int, len(w.listing.Documents))
	for i := range w.listing.Documents {
		d := &w.listing.Documents[i]
		lengths[w.page[i]] = [2]int{d.Title, d.Terms}
		hit := w.listing.Shown(i)
		shown := pageText{Title: hit.Title, URL: w.relative(hit.URL), Date: hit.Date}
		if l := w.export.pages[hit.ID]; l != nil {
			shown.Lang = l.Lang
		}
		for chunk := range max(1, len(d.Cuts)) {
			from, to := 0, len(d.Text)
			if chunk > 0 {
				from = max(0, d.Cuts[chunk]-overlap)
			}
			if chunk+1 < len(d.Cuts) {
				to = min(len(d.Text), d.Cuts[chunk+1]+overlap)
			}
			shown.Text = whole(d.Text, from, to)
			if chunk == 0 {
				shown.Text = strings.TrimLeft(strings.TrimPrefix(shown.Text, hit.Title), "\n ")
			}
			b, err := json.Marshal(shown)
			if err != nil {
				return err
			}
			if err := w.data(fmt.Sprintf("text/%d-%d.json", w.page[i], chunk), b); err != nil {
				return err
			}
		}
	}
	var b []byte
	for _, l := range lengths {
		b = number(number(b, l[0]), l[1])
	}
	return w.data("pages.bin", b)
}

// whole is text[from:to] without the halves of words at its ends.
func whole(text string, from, to int) string {
	if from > 0 {
		if space := strings.IndexAny(text[from:to], " \n"); space >= 0 {
			from += space + 1
		}
	}
	if to < len(text) {
		if space := strings.LastIndexAny(text[from:to], " \n"); space >= 0 {
			to = from + space
		}
	}
	return strings.ToValidUTF8(text[from:to], "")
}

// relative is the address of a page as seen from the site's root; what is not of the site stays as it is.
func (e *export) relative(address string) string {
	root := strings.TrimRight(e.list.URL, "/") + "/"
	if rest, ok := strings.CutPrefix(address, root); ok {
		return "./" + rest
	}
	if address+"/" == root {
		return "./"
	}
	return address
}

// writeHead writes what a search loads first, and the page and scripts.
func (w *searchWriter) writeHead(first []string) error {
	english, err := index.EnglishTables()
	if err != nil {
		return err
	}
	title, body, b := index.FieldWeights()
	sum := sha256.Sum256(w.sum)
	head := searchHead{
		Format: searchFormat, Version: hex.EncodeToString(sum[:6]), Site: w.list.Site, Pages: len(w.page), All: w.listing.All,
		Average: w.listing.Average, Weight: [2]float64{title, body}, B: b, K1: index.K1, Steps: impactSteps, Chunk: chunkWords,
		Languages: w.listing.Languages(), Facets: searchFacets(), Shards: first, English: english,
	}
	data, err := json.Marshal(head)
	if err != nil {
		return err
	}
	if err := w.put(w.folder+"/data/head.json", data); err != nil {
		return err
	}
	entries, err := assets.ReadDir(".")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		data, err := assets.ReadFile(entry.Name())
		if err != nil {
			return err
		}
		if entry.Name() == searchPage {
			if data, err = w.searchPage(string(data)); err != nil {
				return err
			}
		}
		if err := w.put(w.folder+"/"+entry.Name(), data); err != nil {
			return err
		}
	}
	return nil
}

// searchPage is the page that searches, with the site's name, in its language. A site generator
// must not take what the name holds for an order.
func (w *searchWriter) searchPage(source string) ([]byte, error) {
	page, err := template.New(searchPage).Parse(source)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = page.Execute(&b, struct{ Site, Lang string }{w.list.Site, w.list.Language})
	return bytes.ReplaceAll(b.Bytes(), []byte("{"), []byte("&#123;")), err
}

// data writes a file of the index.
func (w *searchWriter) data(name string, data []byte) error {
	sum := sha256.Sum256(data)
	w.sum = append(append(w.sum, name...), sum[:]...)
	return w.put(w.folder+"/data/"+name, data)
}

package search

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/search/relate"
)

// RelatedMost is how many related pages a generation keeps for each page.
const RelatedMost = 10

// relatedName is the file of related pages in a generation: a line for each page, its IRI, a tab and what it is related
// to in JSON, in order of IRI, so that a line is found by bisection and nothing need be loaded.
const relatedName = "related"

// tied is one related page as it is kept: what the catalogue knows of the page is left out.
type tied struct {
	To    ingest.IRI `json:"to"`
	Score float64    `json:"score"`
	Why   []FeedWhy  `json:"why"`
}

// writeRelated finds the related pages of all pages of a site and writes them to dir.
func writeRelated(ctx context.Context, dir string, site *ingest.Site) (err error) {
	analyzer, err := index.NewAnalyzer(index.Language(siteLanguage(site)))
	if err != nil {
		return err
	}
	lists := relate.Site(site, analyzer.Terms, RelatedMost)
	order := make([]int, len(lists))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(site.Records[a].IRI, site.Records[b].IRI) })
	f, err := os.Create(filepath.Join(dir, relatedName))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	for _, i := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, err := json.Marshal(tiesOf(site, lists[i]))
		if err != nil {
			return fmt.Errorf("related pages of %s: %w", site.Records[i].Path, err)
		}
		fmt.Fprintf(w, "%s\t%s\n", site.Records[i].IRI, line)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Sync()
}

// siteLanguage is the language that most pages say they are in.
func siteLanguage(site *ingest.Site) string {
	count := map[string]int{}
	best := ""
	for _, r := range site.Records {
		count[r.Lang]++
		if count[r.Lang] > count[best] {
			best = r.Lang
		}
	}
	return best
}

// tiesOf tells a page's list as it is kept.
func tiesOf(site *ingest.Site, items []relate.Item) []tied {
	out := make([]tied, len(items))
	for i, it := range items {
		out[i] = tied{To: site.Records[it.To].IRI, Score: math.Round(it.Score*1000) / 1000}
		quoted := map[string]bool{}
		for _, why := range it.Why {
			e := NewEvidence(site.Records[why.Page], why.Span)
			if quoted[e.Quote] {
				e.Quote = "" // once is enough
			}
			quoted[e.Quote] = true
			out[i].Why = append(out[i].Why, FeedWhy{Type: why.Type, ID: why.ID, Label: why.Label, Quote: e.Quote, Here: why.Page != it.To})
		}
	}
	return out
}

// relatedFeed tells the related pages of a page as a feed.
func (g *Generation) relatedFeed(page ingest.IRI, list []tied, limit int) *Feed {
	from := g.pages[page]
	f := &Feed{
		Version: FeedVersion, Title: "Related to " + from.Name, HomePageURL: from.URL, Language: "en",
		Items: []FeedItem{}, For: FeedFor{For: from.Path},
	}
	for _, r := range list[:min(cmp.Or(limit, RelatedMost), len(list))] {
		to := g.pages[r.To]
		it := NewFeedItem(to)
		it.Ties.Score = r.Score
		for _, why := range r.Why {
			on := to
			if why.Here {
				on = from
			}
			if why.Quote != "" {
				why.Href = cmp.Or(TextFragment(on.URL, strings.Trim(why.Quote, "… ")), on.Href)
			}
			it.Ties.Why = append(it.Ties.Why, why)
		}
		f.Items = append(f.Items, it)
	}
	return f
}

// NewFeedItem is a page as an item of a feed.
func NewFeedItem(p *ListedPage) FeedItem {
	it := FeedItem{ID: string(p.ID), URL: p.URL, Title: p.Name, Summary: p.Summary, Tags: p.Topics, Ties: FeedTies{Path: p.Path, Href: p.Href, Why: []FeedWhy{}}}
	if p.Date != "" {
		it.DatePublished = p.Date + "T00:00:00Z"
	}
	return it
}

// relatedFile is the file of related pages, opened. It is safe for parallel use.
type relatedFile struct {
	file *os.File
	size int64
}

func openRelated(dir string) (*relatedFile, error) {
	f, err := os.Open(filepath.Join(dir, relatedName))
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &relatedFile{f, info.Size()}, nil
}

func (r *relatedFile) close() error { return r.file.Close() }

// find returns what a page is related to; ok is false if the file has no such page.
func (r *relatedFile) find(page ingest.IRI) (list []tied, ok bool, err error) {
	low, high := int64(0), r.size // the line, if there is one, starts in [low, high)
	for low < high {
		start, line, err := r.lineFrom(low + (high-low)/2)
		if err != nil {
			return nil, false, err
		}
		if start >= high { // no line starts in the upper half
			high = low + (high-low)/2
			continue
		}
		iri, kept, ok := bytes.Cut(line, []byte{'\t'})
		if !ok {
			return nil, false, fmt.Errorf("related pages: no tab in the line at byte %d; build the generation again", start)
		}
		switch c := cmp.Compare(string(iri), string(page)); {
		case c == 0:
			err := json.Unmarshal(kept, &list)
			return list, err == nil, err
		case c < 0:
			low = start + int64(len(line)) + 1
		default:
			high = low + (high-low)/2
		}
	}
	return nil, false, nil
}

// lineFrom returns the first line that starts at or after a byte, and where it starts: at the end of the file if there is none.
func (r *relatedFile) lineFrom(at int64) (start int64, line []byte, err error) {
	from := max(0, at-1) // a line starts after a newline
	in := bufio.NewReader(io.NewSectionReader(r.file, from, r.size-from))
	start = from
	if at > 0 {
		skipped, err := in.ReadSlice('\n')
		for start += int64(len(skipped)); errors.Is(err, bufio.ErrBufferFull); start += int64(len(skipped)) {
			skipped, err = in.ReadSlice('\n')
		}
		if err == io.EOF {
			return r.size, nil, nil
		} else if err != nil {
			return 0, nil, err
		}
	}
	line, err = in.ReadBytes('\n')
	if err == io.EOF {
		return r.size, nil, nil
	}
	return start, bytes.TrimSuffix(line, []byte{'\n'}), err
}

// LookupPage finds the page that is meant, as Generation.Lookup does, among pages only: a person of the same name is not
// meant. Of what no page is called, the pages are told whose file or title is nearest to it.
func LookupPage(ctx context.Context, g interface {
	Lookup(ctx context.Context, name string) (Ref, error)
	Catalogue() *Catalogue
}, name string) (Ref, error) {
	page, err := g.Lookup(ctx, string(Page)+": "+name)
	if missing := (*NotFoundError)(nil); errors.As(err, &missing) {
		return page, &NotFoundError{Name: name, Nearest: nearestPages(g.Catalogue(), name)}
	}
	if ambiguous := (*AmbiguousError)(nil); errors.As(err, &ambiguous) {
		ambiguous.Name = name
	}
	return page, err
}

// nearestPages returns the pages whose file names or titles are most like a path, an address or a title.
func nearestPages(c *Catalogue, name string) []Ref {
	const least = 0.4 // Dice's coefficient of their trigrams
	type near struct {
		page Ref
		like float64
	}
	last := strings.TrimRight(name, "/")
	last = last[strings.LastIndexByte(last, '/')+1:]
	whole, file := grams(nameKey(name)), grams(nameKey(strings.TrimSuffix(last, filepath.Ext(last))))
	var found []near
	for _, p := range c.Pages {
		like := max(dice(file, grams(nameKey(Slug(p.ID)))), dice(whole, grams(nameKey(p.Name))))
		if like >= least {
			found = append(found, near{p.Ref, like})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(b.like, a.like) })
	var refs []Ref
	for _, n := range found[:min(5, len(found))] {
		refs = append(refs, n.page)
	}
	return refs
}

// Related lists the pages that the reader of a page may want next, nearest first, and why: limit of them, at most 10,
// which is also what 0 gives. A *NotFoundError says that there is no such page.
func (g *Generation) Related(ctx context.Context, page ingest.IRI, limit int) (*Feed, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	list, ok, err := g.related.find(page)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, &NotFoundError{Name: string(page)}
	}
	return g.relatedFeed(page, list, limit), nil
}

// AllRelated calls yield with the related pages of every page, in order of IRI, until it returns an error.
func (g *Generation) AllRelated(ctx context.Context, limit int, yield func(*Feed) error) error {
	in := bufio.NewReader(io.NewSectionReader(g.related.file, 0, g.related.size))
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		iri, kept, _ := bytes.Cut(line, []byte{'\t'})
		var list []tied
		if err := json.Unmarshal(kept, &list); err != nil {
			return fmt.Errorf("read the related pages of %s: %w", iri, err)
		}
		if err := yield(g.relatedFeed(ingest.IRI(iri), list, limit)); err != nil {
			return err
		}
	}
}

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

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/search/relate"
)

// How many related pages are offered.
const (
	relatedLimit = 10 // if the question does not say
	relatedMost  = 20 // that a generation keeps for each page
)

// relatedName is the file of related pages in a generation: a line for each page, its IRI, a tab and its Feed in JSON,
// in order of IRI, so that a line is found by bisection and nothing need be loaded.
const relatedName = "related"

// writeRelated finds the related pages of all pages of a site and writes them to dir.
func writeRelated(ctx context.Context, dir string, site *ingest.Site) (err error) {
	analyzer, err := index.NewAnalyzer(index.Language(siteLanguage(site)))
	if err != nil {
		return err
	}
	lists := relate.Site(site.Records, analyzer.Terms, relatedMost)
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
		line, err := json.Marshal(relatedFeed(site, site.Records[i], lists[i]))
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

// relatedFeed tells a page's list as a feed.
func relatedFeed(site *ingest.Site, r *ingest.Record, items []relate.Item) *Feed {
	f := &Feed{
		Version: FeedVersion, Title: "Related to " + r.Title, HomePageURL: r.URL, Language: cmp.Or(r.Lang, "en"),
		Items: make([]FeedItem, len(items)), For: FeedFor{For: r.Path},
	}
	for i, it := range items {
		f.Items[i] = NewFeedItem(site.Records[it.To])
		ties := &f.Items[i].Ties
		ties.Score = math.Round(it.Score*1000) / 1000
		for _, why := range it.Why {
			e := NewEvidence(site.Records[why.Page], why.Span)
			w := FeedWhy{Type: why.Type, ID: why.ID, Label: why.Label, Quote: e.Quote}
			if e.Quote != "" {
				w.Href = cmp.Or(e.URL, e.Href)
			}
			ties.Why = append(ties.Why, w)
		}
	}
	return f
}

// NewFeedItem is a page as an item of a feed.
func NewFeedItem(r *ingest.Record) FeedItem {
	it := FeedItem{ID: string(r.IRI), URL: r.URL, Title: r.Title, Summary: summary(r.Page), Ties: FeedTies{Path: r.Path, Href: Href(Page, r.IRI), Why: []FeedWhy{}}}
	if r.Date != "" {
		it.DatePublished = r.Date + "T00:00:00Z"
	}
	for _, t := range r.Topics {
		it.Tags = append(it.Tags, t.Name)
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

// find returns the feed of a page, or nil if the file has none.
func (r *relatedFile) find(page ingest.IRI) (*Feed, error) {
	low, high := int64(0), r.size // the line, if there is one, starts in [low, high)
	for low < high {
		start, line, err := r.lineFrom(low + (high-low)/2)
		if err != nil {
			return nil, err
		}
		if start >= high { // no line starts in the upper half
			high = low + (high-low)/2
			continue
		}
		iri, feed, ok := bytes.Cut(line, []byte{'\t'})
		if !ok {
			return nil, fmt.Errorf("related pages: no tab in the line at byte %d; build the generation again", start)
		}
		switch c := cmp.Compare(string(iri), string(page)); {
		case c == 0:
			f := new(Feed)
			return f, json.Unmarshal(feed, f)
		case c < 0:
			low = start + int64(len(line)) + 1
		default:
			high = low + (high-low)/2
		}
	}
	return nil, nil
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

// Related lists the pages that the reader of a page may want next, nearest first, and why: limit of them, 10 if limit is
// zero, 20 at most. A *NotFoundError says that there is no such page.
func (g *Generation) Related(ctx context.Context, page ingest.IRI, limit int) (*Feed, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f, err := g.related.find(page)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, &NotFoundError{Name: string(page)}
	}
	f.shorten(limit)
	return f, nil
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
		_, feed, _ := bytes.Cut(line, []byte{'\t'})
		f := new(Feed)
		if err := json.Unmarshal(feed, f); err != nil {
			return fmt.Errorf("read related pages: %w", err)
		}
		f.shorten(limit)
		if err := yield(f); err != nil {
			return err
		}
	}
}

func (f *Feed) shorten(limit int) {
	f.Items = f.Items[:min(cmp.Or(limit, relatedLimit), len(f.Items))]
}

// Package pipeline takes a site folder down the whole road of ingestion: pages are read, drafted one by one, revised
// together, given recommendations and topics, and resolved into the entities of a Site.
package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/recommend"
	"rapporteur/ingest/resolve"
	"rapporteur/ingest/site"
	"rapporteur/ingest/topic"

	"golang.org/x/sync/errgroup"
)

// Options say how a site is taken in, never what comes of it.
type Options struct {
	CacheDir string                              // where drafts of unchanged pages are kept; "" keeps none
	Version  string                              // of the program: drafts of another one are not used
	Memory   *Memory                             // of the runs before, for a site that is read again and again; may be nil
	Workers  int                                 // pages at a time; as many as there are processors if 0
	Others   Others                              // that draft pages on other machines; may be nil
	Progress func(stage string, done, total int) // may be nil; may be called by several goroutines at once
}

// Memory keeps from one run to the next what makes it shorter. It serves one run at a time.
type Memory struct {
	pages     *site.Memory
	extractor *extract.Extractor
	finder    *recommend.Finder
}

// prepare loads the models, once.
func (m *Memory) prepare() (err error) {
	if m.pages == nil {
		m.pages = site.NewMemory()
	}
	if m.extractor == nil {
		if m.extractor, err = extract.New(); err != nil {
			return fmt.Errorf("prepare extraction: %w", err)
		}
	}
	if m.finder == nil {
		if m.finder, err = recommend.New(); err != nil {
			return fmt.Errorf("prepare the search for recommendations: %w", err)
		}
	}
	return nil
}

// Run reads a site. Pages that could not be read are in Site.Skips; the error is about the site as a whole. With
// site.ErrNoPages there is a Site nevertheless, which says what was skipped. The same files give the same Site, whatever
// the options.
func Run(ctx context.Context, fsys fs.FS, opts Options) (*ingest.Site, error) {
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	if opts.Progress == nil {
		opts.Progress = func(string, int, int) {}
	}
	memory := opts.Memory
	if memory == nil {
		memory = &Memory{}
	}
	opts.Progress("reading", 0, 0)
	if err := memory.prepare(); err != nil {
		return nil, err
	}
	cache := openCache(opts.CacheDir, draftsName, opts.Version)
	decisions, unerasable, err := memory.decisions(ctx, fsys, cache, opts)
	if err != nil {
		return nil, err
	}
	folder, err := memory.pages.ReadDecided(ctx, fsys, decisions)
	if errors.Is(err, site.ErrNoPages) {
		return &ingest.Site{Name: folder.Name, URL: folder.URL, Skips: folder.Skips, Account: folder.Account, Notes: folder.Notes}, err
	}
	if err != nil {
		return nil, fmt.Errorf("read the site: %w", err)
	}
	extractor, finder := memory.extractor, memory.finder
	records := make([]*ingest.Record, len(folder.Pages))
	failures := make([]error, len(records))
	drafting, abreast := opts.drafting(extractor)
	err = abreast.each(ctx, "extracting", len(records), func(i int) (err error) {
		var fault *draftFault
		if records[i], err = cache.draft(ctx, folder.Pages[i], drafting); errors.As(err, &fault) {
			records[i], failures[i] = &ingest.Record{Page: folder.Pages[i]}, fault // one page must not cost the others
			return nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := cache.close(); err != nil {
		return nil, err
	}
	for i, failure := range failures {
		if failure != nil {
			folder.Skips = append(folder.Skips, ingest.Skip{Path: records[i].Path, Part: true,
				Cause: fmt.Sprintf("nothing was extracted (%v): a fault of rapporteur, which its makers should hear of", failure)})
		}
	}
	opts.Progress("revising", 0, 1)
	extractor.Revise(records)
	extractor.Own(records, folder.Name)
	held(records, folder.Today)
	asks := openCache(opts.CacheDir, asksName, opts.Version)
	err = opts.each(ctx, "recommendations", len(records), func(i int) error { return asks.asks(records[i], finder.Fill) })
	if err = cmp.Or(err, asks.close()); err != nil {
		return nil, err
	}
	unasked := dropAsks(records, folder.Curation)
	opts.Progress("resolving", 0, 1)
	topic.Fill(records, vocabulary(folder.Curation))
	resolved, err := resolve.Site(folder.URL, records, folder.Curation)
	if err != nil {
		return nil, err
	}
	recommend.Settle(resolve.Base(folder.URL), records, resolved.Entities)
	maskContacts(records, resolved.Doubts, folder.Account, folder.Curation)
	notes := slices.Concat(folder.Notes, unerasable, languageNotes(records), resolved.Notes, unasked)
	for i := range notes { // other decisions may name somebody who is to be erased
		notes[i], _ = folder.Eraser.Text(notes[i])
	}
	return &ingest.Site{
		Name:     folder.Name,
		URL:      folder.URL,
		Entities: resolved.Entities,
		Records:  records,
		Skips:    folder.Skips,
		Erasing:  folder.Erasing,
		Account:  accountOf(folder, records),
		Doubts:   resolved.Doubts,
		Brand:    folder.Brand,
		Lang:     ingest.MostSpoken(records),
		Notes:    notes,
	}, nil
}

// dropAsks leaves out the recommendations that people say are none, and notes the lines that match nothing.
func dropAsks(records []*ingest.Record, c *curation.File) (notes []string) {
	if c == nil {
		return nil
	}
	for _, no := range c.NoAsk {
		key, matched := strings.Join(fold.Words(no.Value), " "), false
		none := func(a ingest.Recommendation) bool { return strings.Join(fold.Words(a.Text), " ") == key }
		for _, r := range records {
			before := len(r.Recommendations)
			r.Recommendations = slices.DeleteFunc(r.Recommendations, none)
			matched = matched || len(r.Recommendations) < before
		}
		if !matched {
			notes = append(notes, fmt.Sprintf("%s:%d: noAsk: no page has this as a recommendation; the line has no effect", c.Name, no.Line))
		}
	}
	return notes
}

// vocabulary is the curated list of topics.
func vocabulary(c *curation.File) []topic.Curated {
	if c == nil {
		return nil
	}
	var topics []topic.Curated
	for _, t := range c.Topics {
		topics = append(topics, topic.Curated{Name: t.Values[0], Synonyms: t.Values[1:]})
	}
	return topics
}

// each does n things, some at a time, and tells how far it is. It ends early with the first error or with ctx.
func (o Options) each(ctx context.Context, stage string, n int, do func(i int) error) error {
	o.Progress(stage, 0, n)
	group, all := errgroup.WithContext(ctx)
	group.SetLimit(o.Workers)
	var done atomic.Int64
	for i := range n {
		group.Go(func() error {
			if err := all.Err(); err != nil {
				return err
			}
			defer func() { o.Progress(stage, int(done.Add(1)), n) }()
			return do(i)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// accountOf is the account of a folder with what only shows once names were looked for, the worst first.
func accountOf(folder *site.Folder, records []*ingest.Record) []ingest.Gap {
	all := append(folder.Account, nobodyOn(records)...)
	site.SortGaps(all)
	return all
}

// held takes back that somebody's part is yet to come where the event, or the page that tells of it, is of a day that is past. A page
// without a date is taken at its word.
func held(records []*ingest.Record, today string) {
	for _, r := range records {
		if day := cmp.Or(r.EndDate, r.Date); day == "" || day >= today {
			continue
		}
		for i := range r.People {
			r.People[i].Announced = false
		}
	}
}

// nobodyOn tells of the events on which nobody was found.
func nobodyOn(records []*ingest.Record) []ingest.Gap {
	g := ingest.Gap{Kind: ingest.PeopleGap, Mend: "write who spoke under speakers in the front matter, if anybody did"}
	events := 0
	for _, r := range records {
		if r.Page.Kind != ingest.EventPage {
			continue
		}
		if events++; len(r.People) == 0 {
			if g.Count++; g.Count == 1 {
				g.Example = r.Path
			}
		}
	}
	if g.Count == 0 {
		return nil
	}
	g.Text = fmt.Sprintf("%d of %d events name nobody", g.Count, events)
	return []ingest.Gap{g}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"rapporteur/ingest/nodes"
	"rapporteur/search"
	"rapporteur/search/publish"
	"rapporteur/search/store"
	"rapporteur/search/web"
)

const (
	listEvery  = 5 * time.Second  // how often a server of many sites looks which there are in a folder
	sweepEvery = 30 * time.Second // in a store; and whether what it has of sites that are not open is still what is published
	firstLook  = 3 * time.Second  // how long a store may take to say what is new where there is a copy to go on with
)

// siteSource is where the sites of a server of many come from: data folders in a folder, or a store that others publish to.
type siteSource struct {
	where  string
	copies string // the folder of the data folders with what was taken from a store, by site
	log    *slog.Logger
	moved  func()

	mu      sync.Mutex
	folders map[string]string     // data folders by site
	taken   map[string]*following // published sites that were opened, or are to be kept up to date
	openNow map[string]bool       // of these
}

func newSiteSource(where, copies string, log *slog.Logger) *siteSource {
	return &siteSource{where: where, copies: copies, log: log, folders: map[string]string{}, taken: map[string]*following{},
		openNow: map[string]bool{}}
}

// list says which sites there are.
func (s *siteSource) list(ctx context.Context) ([]web.Listed, error) {
	listed := map[string]web.Listed{}
	folders := map[string]string{}
	if folder, ok := folderOf(s.where); ok {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			dir := filepath.Join(folder, e.Name())
			if store.IsData(dir) {
				folders[e.Name()] = dir
				listed[e.Name()] = titled(e.Name(), dir)
			}
		}
	}
	names, err := publish.Sites(ctx, s.where)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if _, ok := folders[name]; !ok {
			listed[name] = titled(name, filepath.Join(s.copies, name))
		}
	}
	s.mu.Lock()
	s.folders = folders
	s.mu.Unlock()
	return sorted(listed), nil
}

// begin lists the sites for the first time. Where there are copies, a store that does not answer soon is not waited for: with the
// error come the sites that are copied.
func (s *siteSource) begin(ctx context.Context) ([]web.Listed, error) {
	copied := s.copied()
	if len(copied) > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, firstLook)
		defer cancel()
	}
	list, err := s.list(ctx)
	if err != nil {
		return copied, err
	}
	return list, nil
}

// copied lists the sites of which there is a copy.
func (s *siteSource) copied() []web.Listed {
	entries, err := os.ReadDir(s.copies)
	if err != nil {
		return nil
	}
	listed := map[string]web.Listed{}
	for _, e := range entries {
		if dir := filepath.Join(s.copies, e.Name()); store.IsData(dir) {
			listed[e.Name()] = titled(e.Name(), dir)
		}
	}
	return sorted(listed)
}

func sorted(listed map[string]web.Listed) []web.Listed {
	return slices.SortedFunc(maps.Values(listed), func(a, b web.Listed) int { return strings.Compare(a.Name, b.Name) })
}

// folderOf is the folder that a URL of a store names, if it names one.
func folderOf(where string) (string, bool) {
	scheme, rest, ok := strings.Cut(where, "://")
	switch {
	case !ok:
		return where, true
	case scheme == "file":
		return filepath.FromSlash(rest), true
	}
	return "", false
}

// titled is a site as its data folder has it; what cannot be read is not said.
func titled(name, dir string) web.Listed {
	_, m, err := store.Current(dir)
	if err != nil {
		return web.Listed{Name: name}
	}
	return web.Listed{Name: name, Title: m.Name, Pages: m.Counts.Pages}
}

// open opens a site. What is published is asked for first, so that nobody reads what was taken back meanwhile; where the store
// is away, the copy of before is enough.
func (s *siteSource) open(ctx context.Context, name string) (*web.Opened, error) {
	s.mu.Lock()
	dir, here := s.folders[name]
	s.mu.Unlock()
	var f *following
	if !here {
		var err error
		if f, err = s.follow(name); err != nil {
			return nil, err
		}
		dir = f.dataDir
		if err := s.take(ctx, f); err != nil {
			return nil, err
		}
	}
	generations, err := search.Open(dir)
	if err != nil {
		return nil, err
	}
	log := s.log.With("site", name)
	if err := generations.Fault(); err != nil {
		log.Warn("answers come from an older generation", "error", err)
	}
	ctx, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	background.Go(func() {
		generations.Follow(ctx, followEvery, func(m *store.Manifest, err error) {
			if err != nil {
				log.Error("stay with the generation that is served", "error", err)
				return
			}
			s.moved()
			log.Info("new generation", "generation", m.ID, "pages", m.Counts.Pages)
		})
	})
	s.setOpen(name, f != nil)
	if f != nil {
		background.Go(func() { f.run(ctx, log) })
	}
	return &web.Opened{
		Acquire:   func() (web.Generation, func()) { return generations.Acquire() },
		Freshness: f.freshness(),
		Close: func() error {
			s.setOpen(name, false)
			stop()
			background.Wait()
			return generations.Close()
		},
	}, nil
}

func (s *siteSource) setOpen(name string, open bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.openNow[name] = open
}

// follow returns what follows a published site.
func (s *siteSource) follow(name string) (*following, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.taken[name]; f != nil {
		return f, nil
	}
	published, err := publish.OpenSite(s.where, name)
	if err != nil {
		return nil, err
	}
	f := followStore(published, filepath.Join(s.copies, name))
	s.taken[name] = f
	return f, nil
}

// take brings the copy of a site up to date, and is content with the one of before if that cannot be done soon.
func (s *siteSource) take(ctx context.Context, f *following) error {
	have := store.IsData(f.dataDir)
	if have {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, firstLook)
		defer cancel()
	}
	if _, err := f.follower.Step(ctx); err != nil && !have {
		return fmt.Errorf("nothing was taken from the store yet: %w", err)
	}
	return nil
}

// sweep brings the copies of sites that are not open up to date, so that nobody who was erased stays in one. What fails is logged.
func (s *siteSource) sweep(ctx context.Context) (bool, error) {
	for _, l := range s.copied() {
		s.mu.Lock()
		_, here := s.folders[l.Name]
		open := s.openNow[l.Name]
		s.mu.Unlock()
		if here || open || ctx.Err() != nil {
			continue
		}
		f, err := s.follow(l.Name)
		if err == nil {
			_, err = f.follower.Step(ctx)
		}
		if err != nil && ctx.Err() == nil && !errors.Is(err, publish.ErrNothing) {
			s.log.Warn("the copy of a site that is not open may be old", "site", l.Name, "error", err)
		}
	}
	return false, nil
}

func (s *siteSource) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.taken {
		f.close()
	}
}

// runServeSites serves many sites until ctx ends.
func runServeSites(ctx context.Context, a *app, opts ServeOptions, options web.Options) (err error) {
	source := newSiteSource(opts.Sites, filepath.Join(a.dataDir(), "sites"), options.Log)
	defer source.close()
	handler, err := web.NewSites(source.open, web.SitesOptions{Site: options, Domain: opts.SitesDomain, Open: opts.Open})
	if err != nil {
		return usagef("%s", err)
	}
	source.moved = handler.Moved
	at, err := listen(opts)
	if err != nil {
		return err
	}
	defer at.close()
	list, err := source.begin(ctx)
	if err != nil {
		if len(list) == 0 {
			return fmt.Errorf("list the sites of %s: %w", nodes.Redacted(opts.Sites), err)
		}
		options.Log.Error("the store is away; what was taken before is served", "error", err)
	}
	if len(list) == 0 {
		return fmt.Errorf("%s holds no site: put folders there that \"rapporteur ingest --data FOLDER/NAME\" makes, or publish to it",
			nodes.Redacted(opts.Sites))
	}
	handler.SetList(list, nil)

	ctx, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	defer func() {
		stop()
		background.Wait()
		err = errors.Join(err, handler.Close())
	}()
	background.Go(func() { source.keep(ctx, handler) })
	background.Go(func() { store.Every(ctx, sweepEvery, source.sweep, func(bool, error) {}) })
	at.serveMetrics(ctx, a, options.Log, &background, handler.ServeMetrics)
	fmt.Fprintf(a.err, "%s at %s  (Ctrl+C stops)\n", counted(len(list), "site", "sites"), a.errTerm.accent(at.address()))
	return handler.Serve(ctx, at.main)
}

// keep tells the handler which sites there are, again and again until ctx ends. A failure that lasts is told once.
func (s *siteSource) keep(ctx context.Context, handler *web.Sites) {
	pause := sweepEvery
	if _, ok := folderOf(s.where); ok {
		pause = listEvery
	}
	list := func(ctx context.Context) (bool, error) {
		list, err := s.list(ctx)
		if ctx.Err() == nil {
			handler.SetList(list, err)
		}
		return false, err
	}
	store.Every(ctx, pause, list, func(_ bool, err error) {
		if err != nil {
			s.log.Error("stay with the sites that are known", "error", err)
		}
	})
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"rapporteur/search/store"

	"rapporteur/ingest/pipeline"
	"rapporteur/search"
	"rapporteur/search/web"

	"github.com/spf13/cobra"
)

// ServeOptions are the flags of rapporteur serve.
type ServeOptions struct {
	Addr         string
	Watch        bool
	Edit         bool
	AllowOrigins []string
	AllowHosts   []string
	Metrics      string
	PublicURL    string
	BasePath     string
	Log          string
	Follow       string
	Sites        string
	SitesDomain  string
	Open         int
	InFlight     int
}

// followEvery is how often a server looks whether another process has built a new generation.
const followEvery = 500 * time.Millisecond

func newServeCommand(a *app) *cobra.Command {
	var opts ServeOptions
	cmd := &cobra.Command{
		Use:   "serve [SITE...]",
		Short: "Serve the pages, the JSON API, feeds and the widget",
		Long: `Serves what was ingested: pages for people, a JSON API with its description at /openapi.json, feeds, the widget for
other sites. With SITE, the folder is ingested first, so that one command brings everything up. It only
reads, and listens on this machine alone unless --addr says otherwise.

With --edit, whoever has the address that is printed may decide at /desk what the program was unsure of or got wrong:
merge, split, rename, hide, erase, not a person, no ask, no tie. Each decision is shown as a change of rapporteur.yaml
before it is kept, and can be taken back.

On loopback it answers only who calls it by a name of this machine, or by the one of --public-url or --allow-host. What it
counts of its own work is answered on the address of --metrics, or with --metrics here at /metrics beside all else.

A new generation, by --watch or by "rapporteur ingest" elsewhere, is taken up without dropping a request.

With --follow URL it serves what "rapporteur publish URL" puts into a store, keeps a copy in the data folder, and goes on
with it when the store is away; /healthz and /metrics say how old it is.

With --sites it serves many sites, each below its name: the data folders in a folder, or what is published in a store
(nats://HOST, s3://BUCKET, a folder; without a site's name). A site is opened when somebody asks for it, and at most --open
are open. One that is broken answers with 503 and why, and the others go on.`,
		Example: "  rapporteur serve ~/our-website --watch\n  rapporteur serve --addr :8080 --allow-origin https://example.org\n" +
			"  rapporteur serve --follow nats://one:4222,two:4222,three:4222/our-site\n" +
			"  rapporteur serve --sites /srv/sites --sites-domain search.example.org",
		RunE: func(cmd *cobra.Command, args []string) error {
			return runServe(cmd.Context(), a, opts, args)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opts.Addr, "addr", "127.0.0.1:8080", "address to listen on; port 0 takes any that is free")
	f.BoolVar(&opts.Watch, "watch", false, "ingest SITE again whenever a file in it changes")
	f.BoolVar(&opts.Edit, "edit", false, "open a desk at /desk that writes decisions into SITE's rapporteur.yaml; on this machine only")
	f.StringArrayVar(&opts.AllowOrigins, "allow-origin", nil,
		"site whose pages may ask the API, such as https://example.org, or * (repeatable)")
	f.StringArrayVar(&opts.AllowHosts, "allow-host", nil,
		"name by which the server may be called, such as search.example.org, or * (repeatable)")
	f.StringVar(&opts.Metrics, "metrics", "",
		"`ADDRESS` to answer /metrics on, such as 127.0.0.1:9090, or \"here\" for beside all else (default none)")
	f.StringVar(&opts.PublicURL, "public-url", "", "address that visitors use, if another one than the server sees, for feeds and sitemap")
	f.StringVar(&opts.BasePath, "base-path", "", "path under which everything is served, such as /record, behind another web server")
	f.StringVar(&opts.Log, "log", "text", "how requests are logged to standard error: text, json or none")
	f.StringVar(&opts.Follow, "follow", "", "serve what is published in the store at `URL`, as publish takes it")
	f.StringVar(&opts.Sites, "sites", "", "serve every site of a folder or store `URL`, each below its name")
	f.StringVar(&opts.SitesDomain, "sites-domain", "", "with --sites: serve site NAME at NAME.`DOMAIN` too")
	f.IntVar(&opts.Open, "open", 32, "with --sites: how many sites may be open at the same time")
	f.IntVar(&opts.InFlight, "in-flight", 256, "requests that are answered at the same time, of each site; others get 503")
	return cmd
}

func runServe(ctx context.Context, a *app, opts ServeOptions, sites []string) (err error) {
	log, err := a.logger(opts.Log)
	if err != nil {
		return err
	}
	if opts.Watch && len(sites) == 0 {
		return usagef("--watch needs the SITE to look at: rapporteur serve SITE --watch")
	}
	if opts.Edit && (len(sites) != 1 || !onlyHere(opts.Addr)) {
		return usagef("--edit needs the one SITE to write to, and an address of this machine alone: rapporteur serve SITE --edit")
	}
	if opts.Follow != "" && len(sites) > 0 {
		return usagef("--follow takes what another machine has built: leave out SITE")
	}
	if opts.Sites != "" && (len(sites) > 0 || opts.Watch || opts.Edit || opts.Follow != "") {
		return usagef("--sites serves what was built or published: leave out SITE, --watch, --edit and --follow")
	}
	if opts.Open < 1 || opts.InFlight < 1 {
		return usagef("--open and --in-flight must be 1 at least")
	}
	options := web.Options{
		Version: version(), PublicURL: opts.PublicURL, BasePath: opts.BasePath, AllowOrigins: opts.AllowOrigins,
		AllowHosts: opts.AllowHosts, Metrics: opts.Metrics == "here", Log: log, InFlight: opts.InFlight,
	}
	if opts.Sites != "" {
		return runServeSites(ctx, a, opts, options)
	}
	var published *following
	if opts.Follow != "" {
		if published, err = newFollowing(opts.Follow, a.dataDir()); err != nil {
			return err
		}
		defer published.close()
	}
	var generations *search.Store
	options.Freshness = published.freshness()
	desk := &siteDesk{}
	if opts.Edit {
		if err := isFolder(sites[0]); err != nil {
			return err
		}
		desk.site = sites[0]
		options.Desk, options.DeskToken = desk, newDeskToken()
	}
	handler, err := web.New(func() (web.Generation, func()) { return generations.Acquire() }, options)
	if err != nil {
		return usagef("%s", err)
	}
	at, err := listen(opts) // before reading the site
	if err != nil {
		return err
	}
	defer at.close()
	if opts.Watch || opts.Edit {
		a.memory = &pipeline.Memory{}
	}
	if len(sites) > 0 {
		if _, err := a.ingestSite(ctx, sites...); err != nil {
			return err
		}
	}
	if err := published.begin(ctx); err != nil {
		return err
	}
	if generations, err = search.Open(a.dataDir()); err != nil {
		return err
	}
	a.warn(generations.Fault())
	defer func() { err = errors.Join(err, generations.Close()) }()

	ctx, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	defer background.Wait() // the watcher may be building
	defer stop()
	moved := func(m *store.Manifest, err error) {
		if err != nil {
			log.Error("stay with the generation that is served", "error", err)
			return
		}
		handler.Moved()
		log.Info("new generation", "generation", m.ID, "pages", m.Counts.Pages)
	}
	var updating sync.Mutex // one update at a time
	update := func() {
		updating.Lock()
		defer updating.Unlock()
		a.update(ctx, sites, generations, log, moved)
	}
	desk.rebuild = update
	defer updating.Lock() // the desk may be building
	defer stop()
	background.Go(func() { generations.Follow(ctx, followEvery, moved) })
	background.Go(func() { published.run(ctx, log) })
	if opts.Watch {
		if err := watchSites(ctx, sites, a.dataDir(), log, &background, update); err != nil {
			return err
		}
	}
	at.serveMetrics(ctx, a, log, &background, handler.ServeMetrics)
	m := current(generations)
	fmt.Fprintf(a.err, "%s: %s at %s  (Ctrl+C stops)\n", a.errTerm.bold(m.Name), counted(m.Counts.Pages, "page", "pages"),
		a.errTerm.accent(at.address()))
	if opts.Edit {
		fmt.Fprintf(a.err, "The desk opens with this address, for you alone: %s\n",
			a.errTerm.accent(at.address()+"desk?token="+options.DeskToken))
	}
	return handler.Serve(ctx, at.main)
}

// update ingests a site that has changed, and moves the store to what came of it. What is wrong with it is said; the
// server goes on with what it has.
func (a *app) update(ctx context.Context, sites []string, generations *search.Store, log *slog.Logger,
	moved func(*store.Manifest, error),
) {
	// Somebody waits to see their change: for these seconds memory is cheaper than collecting it.
	defer debug.SetGCPercent(debug.SetGCPercent(200))
	in, err := a.ingestSite(ctx, sites...)
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		log.Error("ingest", "error", err)
		return
	case in.UpToDate:
		return
	}
	log.Info("ingested", "took", in.Took, "skips", len(in.Manifest.Skips))
	switch ok, err := generations.Refresh(); {
	case err != nil:
		moved(nil, err)
	case ok:
		moved(current(generations), nil)
	}
}

func current(generations *search.Store) *store.Manifest {
	g, release := generations.Acquire()
	defer release()
	return g.Manifest()
}

// logger writes to standard error in the form that was asked for.
func (a *app) logger(form string) (*slog.Logger, error) {
	switch form {
	case "text":
		return slog.New(slog.NewTextHandler(a.err, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(a.err, nil)), nil
	case "none":
		return slog.New(slog.DiscardHandler), nil
	}
	return nil, usagef("--log %q: use text, json or none", form)
}

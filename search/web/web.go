package web

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"rapporteur/search/answer"
	"rapporteur/search/store"

	"github.com/danielgtaylor/huma/v2"

	"rapporteur/ingest"
	"rapporteur/ingest/score"
)

// Finder answers what is typed. All methods of the interfaces here are safe for parallel use.
type Finder interface {
	Search(context.Context, answer.Request) (*answer.Response, error)
	Suggest(ctx context.Context, prefix string, limit int) ([]answer.Suggestion, error)
	Recommendations(context.Context, answer.Request) ([]answer.Recommendation, int, error)
}

// Knower tells what is known of one thing. Lookup takes a name, an IRI, a path or a URL and fails with
// *search.NotFoundError or *search.AmbiguousError.
type Knower interface {
	Lookup(ctx context.Context, name string) (answer.Ref, error)
	Profile(context.Context, ingest.IRI) (*answer.Profile, error)
	PageRecord(context.Context, ingest.IRI) (*ingest.Record, error)
}

// Connector tells what belongs together.
type Connector interface {
	ConnectionsOf(ctx context.Context, name string, limit int) (of answer.Ref, all map[string][]answer.Connection, err error)
	Paths(ctx context.Context, from, to ingest.IRI, limit int) ([]answer.Path, error)
	Related(ctx context.Context, page ingest.IRI, limit int) (*answer.Related, error)
}

// Surveyor tells what is drawn.
type Surveyor interface {
	TopicMap(ctx context.Context, organisations, topics int) (*answer.TopicMap, error)
}

// Generation is one immutable build, open for questions.
type Generation interface {
	Finder
	Knower
	Connector
	Explorer
	Surveyor
	Catalogue() *answer.Catalogue
	Manifest() *store.Manifest
}

// Acquire gives the newest generation; it stays open until release is called.
type Acquire func() (gen Generation, release func())

// Options say how a site is served. The zero value serves, for this machine only.
type Options struct {
	Version      string        // of the program, shown on the pages
	PublicURL    string        // scheme and host that visitors use, for feeds and sitemap; the request's host if empty
	BasePath     string        // under which everything is served, such as "/site"; the root if empty
	AllowOrigins []string      // origins whose scripts may read the API, such as "https://example.org"; "*" for all
	Desk         Desk          // where decisions are kept; nobody decides here if it is nil
	DeskToken    string        // with which the desk opens
	AllowHosts   []string      // names by which the server may be called, beside this machine's own and PublicURL's; "*" for all
	Metrics      bool          // answer at /metrics; else only Site.Metrics has them
	Log          *slog.Logger  // access and error log; none if nil
	Timeout      time.Duration // for the answer to one request; 10 s if zero
	InFlight     int           // requests answered at the same time; 256 if zero
	Freshness    Freshness     // of what is taken from a store; nil if nothing is

	meters *meters // that many sites share; nil for some of its own
}

// Site is the handler of everything: pages, API, feeds, metrics.
type Site struct {
	acquire    Acquire
	options    Options
	prefix     string // of all addresses: "/site"; empty if the server is at the root
	catalogues catalogues
	branding   branding
	public     *url.URL // nil if not given
	origins    map[string]bool
	hosts      map[string]bool // that Options name, in lower case, without port
	local      bool            // listens for this machine alone: whoever calls it by another name is refused
	mux        *http.ServeMux
	templates  map[string]map[string]*template.Template // by language and page
	assets     map[string]asset
	mark       string // tells this program's templates and assets from another version's, in ETags
	meters     *meters
	slots      chan struct{}
	document   []byte // openapi.json
	described  *huma.OpenAPI
	trials     []Trial
	desk       *desk // nil where nobody decides
	handler    http.Handler
}

// New makes the handler. It fails if an option is wrong.
func New(acquire Acquire, options Options) (*Site, error) {
	if options.Log == nil {
		options.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if options.Timeout == 0 {
		options.Timeout = 10 * time.Second
	}
	if options.InFlight == 0 {
		options.InFlight = 256
	}
	if options.meters == nil {
		options.meters = newMeters(options.Freshness)
	}
	s := &Site{
		acquire: acquire,
		options: options,
		mux:     http.NewServeMux(),
		meters:  options.meters,
		slots:   make(chan struct{}, options.InFlight),
		origins: map[string]bool{},
		hosts:   map[string]bool{},
	}
	for _, host := range options.AllowHosts {
		if host == "" || host != "*" && strings.ContainsAny(host, "/@ *") {
			return nil, fmt.Errorf("allowed host %q: write a name without scheme and port, such as search.example.org, or *", host)
		}
		s.hosts[hostname(host)] = true
	}
	for _, origin := range options.AllowOrigins {
		if u, err := url.Parse(origin); origin != "*" && (err != nil || u.Scheme == "" || u.Host == "" || u.Path != "" ||
			u.RawQuery != "") {
			return nil, fmt.Errorf("allowed origin %q: write a scheme and a host, such as https://example.org, or *", origin)
		}
		s.origins[origin] = true
	}
	if s.prefix = strings.TrimSuffix(options.BasePath, "/"); s.prefix != "" && !goodPrefix.MatchString(s.prefix) {
		return nil, fmt.Errorf("base path %q: write segments of letters, digits, . _ ~ and -, such as /site", options.BasePath)
	}
	if options.PublicURL != "" {
		u, err := url.Parse(options.PublicURL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || (u.Path != "" && u.Path != "/") {
			return nil, fmt.Errorf("public address %q: write a scheme and a host, such as https://search.example.org", options.PublicURL)
		}
		s.public = &url.URL{Scheme: u.Scheme, Host: u.Host}
		s.hosts[hostname(u.Host)] = true
	}
	measured, err := score.Trials()
	if err != nil {
		return nil, fmt.Errorf("read the measured quality: %w", err)
	}
	s.trials = trialsOf(measured)
	if err := s.loadAssets(); err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	if err := s.loadTemplates(); err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	if err := s.routes(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Site) routes() error {
	if err := s.routeAPI(); err != nil {
		return fmt.Errorf("describe the API: %w", err)
	}
	s.routeAssets()
	s.page("GET /brand/{name}", s.branded)
	if s.options.Metrics {
		s.mux.Handle("GET /metrics", s.meters.handler())
	}
	s.mux.HandleFunc("GET /healthz", s.health)

	s.page("GET /{$}", s.home)
	s.page("GET /search", s.search)
	s.page("GET /events", s.events)
	s.page("GET /events/{slug}", s.event)
	s.page("GET /events/{slug}/event.ics", s.eventCalendar)
	s.page("GET /wrong", s.wrong)
	s.page("GET /api", s.developers)
	for _, section := range sections {
		s.page("GET "+section.Path, func(v *visit) error { return s.list(v, section) })
		s.page("GET "+section.Path+"/{slug}", func(v *visit) error { return s.entity(v, section) })
	}
	s.page("GET /recommendations", s.recommendations)
	s.page("GET /recommendations/{slug}", s.recommendation)
	s.page("GET /explore", s.explore)
	s.page("GET /compare", s.compare)
	s.page("GET /review", s.review)
	s.page("GET /about", s.about)
	s.routeDesk()
	s.page("GET /id/{kind}/{slug}", s.dereference)

	s.page("GET /search.atom", s.searchFeed)
	s.page("GET /events.atom", s.searchFeed)
	for _, section := range sections {
		s.page("GET "+section.Path+"/{slug}/feed.atom", func(v *visit) error { return s.entityFeed(v, section) })
	}
	s.page("GET /opensearch.xml", s.openSearch)
	s.page("GET /opensearch/suggest", s.openSearchSuggest)
	s.page("GET /sitemap.xml", s.sitemap)
	s.page("GET /robots.txt", s.robots)
	s.page("/", func(v *visit) error { return &answer.NotFoundError{Name: v.r.URL.Path} })

	s.handler = s.wrap()
	return nil
}

// ServeHTTP answers one request. Below a base path, it takes addresses with it and, from a proxy that cuts it off, without.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch rest, below := strings.CutPrefix(r.URL.Path, s.prefix); {
	case s.prefix == "" || !below:
		s.handler.ServeHTTP(w, r)
	case rest == "":
		http.Redirect(w, r, s.prefix+"/", http.StatusMovedPermanently)
	case rest[0] != '/':
		s.handler.ServeHTTP(w, r)
	default:
		http.StripPrefix(s.prefix, s.handler).ServeHTTP(w, r)
	}
}

var (
	goodPrefix = regexp.MustCompile(`^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$`)
	// rooted is an attribute of a page that leads to a path from this server's root.
	rooted = regexp.MustCompile(`( (?:href|action|src|cite)=")(/(?:[^/"][^"]*)?")`)
)

// mounted is a page, whose links lead from "/", below the base path.
func (s *Site) mounted(page []byte) []byte {
	if s.prefix == "" {
		return page
	}
	return rooted.ReplaceAll(page, []byte("${1}"+s.prefix+"${2}"))
}

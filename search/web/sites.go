package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"rapporteur/search/store"

	"github.com/prometheus/client_golang/prometheus"
)

// Listed is one of many sites, as it is known without being open.
type Listed struct {
	Name  string // in its address
	Title string // empty if it is not known yet
	Pages int    // 0 if not known
}

// Opened is what one of many sites answers from while it is open.
type Opened struct {
	Acquire   Acquire
	Freshness Freshness // nil if it is not taken from a store
	Close     func() error
}

// Opener opens the site of a name. It may take long; ctx ends when the server does.
type Opener func(ctx context.Context, name string) (*Opened, error)

// SitesOptions say how many sites are served by one process.
type SitesOptions struct {
	Site   Options // of each site; BasePath is that of the page which lists them, and InFlight is for each site
	Domain string  // site NAME is also served as NAME.DOMAIN; not if empty
	Open   int     // sites that are open at the same time; 32 if zero
}

// reopenAfter is how long a site that could not be opened is left alone.
const reopenAfter = 3 * time.Second

// Sites is the handler of many sites, each below its name or under a host name of its own. A site is opened when it is asked
// for; where too many would be open, the one that nobody has asked for the longest is closed first. Nobody's answer is cut off
// by that: while all that are open are answering, a request for another site waits.
type Sites struct {
	options SitesOptions
	opener  Opener
	front   *Site // never asked: has the templates and assets of the page that lists the sites, the meters, and what hosts are allowed
	domain  string
	ctx     context.Context // of opening
	cancel  context.CancelFunc
	opening sync.WaitGroup

	mu      sync.Mutex // guards all below, and what tenants say
	tenants map[string]*tenant
	names   []string      // of the tenants, in order
	behind  error         // why the list may not be the newest; nil if it is
	places  int           // taken by sites that are open or are being opened
	clock   int           // counts requests
	freed   chan struct{} // closed when a place may be free; then there is a new one
}

// tenant is one of many sites.
type tenant struct {
	Listed
	slots chan struct{} // requests that are being answered

	open   *openTenant   // nil if it is not open
	users  int           // requests that answer from open
	used   int           // the clock of the last one
	opens  chan struct{} // closed when opening ends; nil if it is not being opened
	fault  error         // why it could not be opened; nil if it could, or nobody tried
	again  time.Time     // not to be tried before
	listed bool          // else it has gone from the list, and is closed when nobody uses it
}

// openTenant is a site that is open.
type openTenant struct {
	*Opened
	below func() (*Site, error) // under its name
	host  func() (*Site, error) // under a host name of its own
}

// NewSites makes the handler. It fails if an option is wrong. SetList says which sites there are.
func NewSites(opener Opener, options SitesOptions) (*Sites, error) {
	if options.Site.Log == nil {
		options.Site.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if options.Site.Timeout == 0 {
		options.Site.Timeout = 10 * time.Second
	}
	if options.Site.InFlight == 0 {
		options.Site.InFlight = 256
	}
	if options.Open == 0 {
		options.Open = 32
	}
	if options.Open < 0 || options.Site.InFlight < 0 {
		return nil, errors.New("at least one site must be allowed to be open, and one request for it")
	}
	if strings.ContainsAny(options.Domain, "/@ *:") {
		return nil, fmt.Errorf("domain %q: write a name without scheme and port, such as example.org", options.Domain)
	}
	front, err := New(nil, options.Site)
	if err != nil {
		return nil, err
	}
	s := &Sites{options: options, opener: opener, front: front, tenants: map[string]*tenant{}, freed: make(chan struct{})}
	if options.Domain != "" {
		s.domain = "." + hostname(options.Domain)
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	front.meters.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "rapporteur_sites", Help: "Sites that are served."},
			func() float64 { return float64(s.count(func(*tenant) bool { return true })) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "rapporteur_sites_open", Help: "Sites that are open."},
			func() float64 { return float64(s.count(func(t *tenant) bool { return t.open != nil })) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "rapporteur_sites_broken", Help: "Sites that could not be opened."},
			func() float64 { return float64(s.count(func(t *tenant) bool { return t.fault != nil })) }))
	return s, nil
}

func (s *Sites) count(of func(*tenant) bool) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.tenants {
		if of(t) {
			n++
		}
	}
	return n
}

// SetList says which sites there are, and, where the list could not be read, why; then those of before go on. A site that is not
// in it any more is closed when the last request for it is answered.
func (s *Sites) SetList(list []Listed, fault error) {
	s.mu.Lock()
	if s.behind = fault; fault != nil {
		s.mu.Unlock()
		return
	}
	var gone []*openTenant
	there := map[string]bool{}
	for _, l := range list {
		if !goodPrefix.MatchString("/"+l.Name) || slices.Contains(ownPaths, l.Name) {
			s.options.Site.Log.Warn("a site cannot be served under its name: use letters, digits, . _ ~ and -, and none of "+
				strings.Join(ownPaths, ", "), "site", l.Name)
			continue
		}
		there[l.Name] = true
		t := s.tenants[l.Name]
		if t == nil {
			t = &tenant{slots: make(chan struct{}, s.options.Site.InFlight), listed: true}
			s.tenants[l.Name] = t
		}
		t.Listed = l
	}
	for name, t := range s.tenants {
		if there[name] {
			continue
		}
		t.listed = false
		delete(s.tenants, name)
		if t.open != nil && t.users == 0 {
			gone = append(gone, s.takeOut(t))
		}
	}
	s.names = s.names[:0]
	for name := range there {
		s.names = append(s.names, name)
	}
	slices.Sort(s.names)
	s.mu.Unlock()
	for _, o := range gone {
		s.close(o)
	}
}

// takeOut frees the place of a site that is open and that nobody uses. The caller closes it.
func (s *Sites) takeOut(t *tenant) *openTenant {
	o := t.open
	t.open = nil
	s.places--
	s.announce()
	return o
}

// announce wakes whoever waits for a place.
func (s *Sites) announce() {
	close(s.freed)
	s.freed = make(chan struct{})
}

func (s *Sites) close(o *openTenant) {
	if err := o.Close(); err != nil {
		s.options.Site.Log.Error("close a site", "error", err)
	}
}

// acquire opens a site if need be. It stays open until release is called.
func (s *Sites) acquire(ctx context.Context, t *tenant) (*openTenant, error) {
	for {
		s.mu.Lock()
		if t.open != nil {
			s.clock++
			t.users, t.used = t.users+1, s.clock
			defer s.mu.Unlock()
			return t.open, nil
		}
		if t.fault != nil && time.Now().Before(t.again) {
			defer s.mu.Unlock()
			return nil, t.fault
		}
		wait, late := t.opens, errOpening
		if wait == nil {
			if old, ok := s.place(); ok {
				t.opens = make(chan struct{})
				wait = t.opens
				s.opening.Go(func() { s.bring(t, old) })
			} else {
				wait, late = s.freed, errFull
			}
		}
		s.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, late
		}
	}
}

// place takes a place for a site that is to be opened, if there is one: a free one, or that of the site that nobody uses and
// that was asked the longest ago, which the caller closes.
func (s *Sites) place() (old *openTenant, ok bool) {
	if s.places >= s.options.Open {
		var idle *tenant
		for _, t := range s.tenants {
			if t.open != nil && t.users == 0 && (idle == nil || t.used < idle.used) {
				idle = t
			}
		}
		if idle == nil {
			return nil, false
		}
		old = s.takeOut(idle)
	}
	s.places++
	return old, true
}

// bring opens a site in the place that it has, after the one which had it is closed.
func (s *Sites) bring(t *tenant, old *openTenant) {
	if old != nil {
		s.close(old)
	}
	opened, err := s.try(t.Name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && !t.listed {
		err = errors.Join(errGone, opened.Close())
	}
	if t.fault = err; err != nil {
		s.options.Site.Log.Error("a site cannot be opened", "site", t.Name, "error", err)
		t.again = time.Now().Add(reopenAfter)
		s.places--
	} else {
		t.open = s.serving(t.Name, opened)
	}
	close(t.opens)
	t.opens = nil
	s.announce()
}

// try opens a site, whatever is wrong with its files.
func (s *Sites) try(name string) (opened *Opened, err error) {
	debug.SetPanicOnFault(true)
	defer func() {
		if cause := recover(); cause != nil {
			s.options.Site.Log.Error("panic", "site", name, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			err = fmt.Errorf("%w: %v", store.ErrDamaged, cause)
		}
	}()
	return s.opener(s.ctx, name)
}

// serving makes the handlers of a site when they are asked.
func (s *Sites) serving(name string, opened *Opened) *openTenant {
	options := s.options.Site
	options.AllowHosts = nil // it was asked by a name that is allowed
	options.Freshness = opened.Freshness
	options.Log = options.Log.With("site", name)
	options.meters = s.front.meters
	below, host := options, options
	below.BasePath = s.front.prefix + "/" + name
	if s.front.public != nil {
		host.PublicURL = s.front.public.Scheme + "://" + name + s.domain
		if port := s.front.public.Port(); port != "" {
			host.PublicURL += ":" + port
		}
	}
	return &openTenant{
		Opened: opened,
		below:  sync.OnceValues(func() (*Site, error) { return New(opened.Acquire, below) }),
		host:   sync.OnceValues(func() (*Site, error) { return New(opened.Acquire, host) }),
	}
}

// release lets go of a site that acquire gave.
func (s *Sites) release(t *tenant) {
	s.mu.Lock()
	t.users--
	var gone *openTenant
	if t.users == 0 {
		if t.listed {
			s.announce()
		} else {
			gone = s.takeOut(t)
		}
	}
	s.mu.Unlock()
	if gone != nil {
		s.close(gone)
	}
}

// Close closes all sites, once no request is being answered.
func (s *Sites) Close() error {
	s.cancel()
	s.opening.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, t := range s.tenants {
		if t.open != nil {
			errs = append(errs, s.takeOut(t).Close())
		}
	}
	return errors.Join(errs...)
}

// Moved tells the metrics that a site has moved to another generation.
func (s *Sites) Moved() { s.front.Moved() }

// told is what is said to readers of a site that could not be opened. Where its files are is nobody's business.
func told(err error) *refusal {
	line := "It cannot be opened or taken from its store at the moment."
	switch {
	case errors.Is(err, store.ErrFormat):
		line = "It was built by another version of rapporteur than this server is."
	case errors.Is(err, store.ErrNoGeneration):
		line = "Nothing has been built or published for it yet."
	case errors.Is(err, store.ErrDamaged):
		line = "Its files are damaged: build it anew."
	}
	return &refusal{status: http.StatusServiceUnavailable,
		message: line + " The server's log says more. The other sites are not touched by it."}
}

var (
	errOpening = &refusal{status: http.StatusServiceUnavailable, message: "This site is being opened. Try again in a moment."}
	errGone    = &refusal{status: http.StatusNotFound, message: "There is no site of this name here any more."}
	errFull    = &refusal{status: http.StatusServiceUnavailable, message: "This server has as many sites open as it may, and all " +
		"are being asked. Try again in a moment."}
)

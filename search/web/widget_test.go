package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/ingest/invent"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func TestWidgetIsSmall(t *testing.T) {
	b, err := os.ReadFile("assets/widget.js")
	if err != nil {
		t.Fatal(err)
	}
	if len(b) > 6000 {
		t.Errorf("widget.js has %d bytes, want 6000 at most", len(b))
	}
	for _, word := range []string{"cookie", "localStorage", "sessionStorage", "innerHTML", "eval(", "import("} {
		if strings.Contains(strings.TrimPrefix(string(b), "// "), word) && word != "cookie" {
			t.Errorf("widget.js uses %s", word)
		}
	}
}

// hostPage is somebody's page with widgets on it, under a strict policy, on another origin than the server's.
type hostPage struct {
	*httptest.Server
	mu       sync.Mutex
	body     string // of the page
	server   string // of the widgets
	referers []string
	feed     string // a file of the host's, /feed.json
}

const hostScript = `window.shift = 0; window.refused = []
new PerformanceObserver(l => { for (const e of l.getEntries()) window.shift += e.value }).observe({ type: 'layout-shift', buffered: true })
document.addEventListener('securitypolicyviolation', e => window.refused.push(e.violatedDirective + ' ' + e.blockedURI))`

const hostStyle = `body { font: 1rem/1.5 sans-serif; margin: 1rem; color: #222; background: #fff } a { color: #0645ad }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } a { color: #9cf } }`

func newHost(t *testing.T) *hostPage {
	h := &hostPage{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/probe.js":
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, hostScript)
		case "/site.css":
			w.Header().Set("Content-Type", "text/css")
			fmt.Fprint(w, hostStyle)
		case "/feed.json":
			w.Header().Set("Content-Type", "application/feed+json")
			fmt.Fprint(w, h.feed)
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy",
				fmt.Sprintf("default-src 'none'; style-src 'self'; script-src 'self' %s; connect-src 'self' %s; require-trusted-types-for 'script'",
					h.server, h.server))
			h.mu.Lock()
			defer h.mu.Unlock()
			fmt.Fprintf(w,
				`<!doctype html><html lang="en"><title>A page</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/site.css">
<script src="/probe.js"></script><script src="%s/widget.js"></script><main><h1>A page</h1><p>Some words of it.</p>%s</main>
<footer>The end</footer></html>`, h.server, h.body)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hostPage) show(body string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.body = body
	return h.URL + "/page"
}

// widgets serves the widgets' server, open to the host's origin if it is told so.
func (h *hostPage) widgets(t *testing.T, allow bool) *fake {
	options := Options{}
	if allow {
		options.AllowOrigins = []string{h.URL}
	}
	s, gen := newTestSite(t, options)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.mu.Lock()
			h.referers = append(h.referers, r.Header.Get("Referer")+r.Header.Get("Cookie"))
			h.mu.Unlock()
			time.Sleep(50 * time.Millisecond) // long enough for a first paint without the answer
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	h.server = server.URL
	return gen
}

// TestStaticListInABrowser sees to the HTML that the static export gives sites to include, and to the widget that reads
// the export instead of a server.
func TestStaticListInABrowser(t *testing.T) {
	ctx := chromium(t)
	axe := axeSource(t)
	out := exported(t, invent.Site(12, 1))
	lists, err := filepath.Glob(filepath.Join(out, "related", "*.html"))
	if err != nil || len(lists) != 12 {
		t.Fatalf("%d lists, %v", len(lists), err)
	}
	html, err := os.ReadFile(lists[0])
	if err != nil {
		t.Fatal(err)
	}
	h := newHost(t)
	h.widgets(t, true)
	for _, width := range []int64{390, 1280} {
		inspect(t, ctx, axe, h.show(string(html)), width, "light")
		if refused := ask[[]string](t, ctx, `window.refused`); len(refused) > 0 {
			t.Errorf("the page's policy refused %v", refused)
		}
	}
	feed, err := os.ReadFile(strings.TrimSuffix(lists[0], ".html") + ".json")
	if err != nil {
		t.Fatal(err)
	}
	h.feed = string(feed)
	do(t, ctx, chromedp.Navigate(h.show(`<rapporteur-related src="/feed.json" limit="3"></rapporteur-related>`)),
		chromedp.WaitVisible(chromedp.CSS("rapporteur-related li a")))
	if n := ask[int](t, ctx, `document.querySelectorAll('rapporteur-related > section > ul > li').length`); n != 3 {
		t.Errorf("the widget shows %d of the export's pages, want 3", n)
	}
}

func TestWidgetsInABrowser(t *testing.T) {
	ctx := chromium(t)
	axe := axeSource(t)
	h := newHost(t)
	gen := h.widgets(t, true)
	page := gen.catalogue.Pages[0]
	address := h.show(
		fmt.Sprintf(
			`<rapporteur-related page="%s" limit="4"></rapporteur-related><p>After it.</p>
<rapporteur-asks limit="2" level="3" heading="Asked for"></rapporteur-asks>
<rapporteur-search server="%s/"></rapporteur-search>`, page.Path, h.server))
	for _, s := range []struct {
		name    string
		width   int64
		colours string
	}{{"phone", 390, "light"}, {"desktop", 1280, "light"}, {"dark", 1280, "dark"}} {
		t.Run(s.name, func(t *testing.T) {
			do(t, ctx, screen(s.width, s.colours), chromedp.Navigate(address), chromedp.WaitVisible(chromedp.CSS("rapporteur-related li a")),
				chromedp.WaitVisible(chromedp.CSS("rapporteur-asks li a")))
			if n := ask[int](t, ctx, `document.querySelectorAll('rapporteur-related > section > ul > li').length`); n != 4 {
				t.Errorf("%d related pages are shown, want 4", n)
			}
			if got := ask[string](t, ctx, `document.querySelector('rapporteur-related h2').textContent + '/' + `+
				`document.querySelector('rapporteur-asks h3').textContent`); got != "Related pages/Asked for" {
				t.Errorf("headings %q", got)
			}
			if n := ask[int](t, ctx, `document.querySelectorAll('rapporteur-related b, rapporteur-related script').length`); n != 0 {
				t.Error("text of the answer became markup")
			}
			do(t, ctx, chromedp.Click(chromedp.CSS("rapporteur-related summary")))
			if !ask[bool](t, ctx, `document.querySelector('rapporteur-related details').open && document.querySelector('rapporteur-related `+
				`blockquote').checkVisibility()`) {
				t.Error("the quotation does not open")
			}
			if got := ask[string](t, ctx, `document.querySelector('rapporteur-related details a').href`); !strings.Contains(got, ":~:text=") {
				t.Errorf("the quotation's link %s does not lead to its words", got)
			}
			look(t, ctx, axe)
			if refused := ask[[]string](t, ctx, `window.refused`); len(refused) > 0 {
				t.Errorf("the page's policy refused %v", refused)
			}
		})
	}
	t.Run("no shift", func(t *testing.T) {
		do(t, ctx, chromedp.EmulateViewport(390, 800), chromedp.Navigate(address), chromedp.WaitVisible(chromedp.CSS("rapporteur-asks li a")),
			chromedp.WaitVisible(chromedp.CSS("rapporteur-related li a")), chromedp.Sleep(200*time.Millisecond))
		if shift := ask[float64](t, ctx, `window.shift`); shift > 0.01 {
			t.Errorf("layout shift %.3f", shift)
		}
	})
	t.Run("keyboard", func(t *testing.T) {
		do(t, ctx, chromedp.Focus(chromedp.CSS("rapporteur-related a")), chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r"))
		if !ask[bool](t, ctx, `document.activeElement.matches('summary') && document.activeElement.parentElement.open`) {
			t.Error("tab and return do not open the first quotation")
		}
		if got := ask[string](t, ctx, `getComputedStyle(document.activeElement).outlineStyle + `+
			`getComputedStyle(document.activeElement).outlineWidth`); got != "solid2px" {
			t.Errorf("outline of what has the focus: %s", got)
		}
	})
	t.Run("search", func(t *testing.T) {
		do(t, ctx, chromedp.SendKeys(chromedp.CSS("rapporteur-search input"), page.Name[:4]+"\r"),
			chromedp.WaitVisible(chromedp.CSS("rapporteur-search li a")))
		if got := ask[string](t, ctx, `document.querySelector('rapporteur-search [role=status]').textContent`); !strings.HasSuffix(got,
			"results") && got != "1 result" {
			t.Errorf("status %q", got)
		}
	})
	t.Run("no tracking", func(t *testing.T) {
		if n := ask[int](t, ctx, `document.cookie.length + localStorage.length + sessionStorage.length`); n != 0 {
			t.Error("something is kept in the browser")
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, r := range h.referers {
			if r != "" {
				t.Errorf("the server is told of %s", r)
			}
		}
	})
}

// TestWidgetKeepsWhatStandsInside sees to the page without script, without the origin's leave, and with an unknown page.
func TestWidgetKeepsWhatStandsInside(t *testing.T) {
	ctx := chromium(t)
	fallback := `<rapporteur-related page="%s"><ul><li><a href="/static">A static list</a></li></ul></rapporteur-related>`
	visible := func(t *testing.T, page string) {
		t.Helper()
		do(t, ctx, chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS("footer")), chromedp.Sleep(300*time.Millisecond),
			chromedp.WaitVisible(chromedp.CSS(`a[href="/static"]`)))
	}
	t.Run("unknown page", func(t *testing.T) {
		h := newHost(t)
		h.widgets(t, true)
		visible(t, h.show(fmt.Sprintf(fallback, "no/such.md")))
	})
	t.Run("origin not allowed", func(t *testing.T) {
		h := newHost(t)
		gen := h.widgets(t, false)
		visible(t, h.show(fmt.Sprintf(fallback, gen.catalogue.Pages[0].Path)))
	})
	t.Run("no script", func(t *testing.T) {
		h := newHost(t)
		gen := h.widgets(t, true)
		off := func(value bool) chromedp.Action[chromedp.Void] {
			return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
				_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: value})
				return chromedp.Void{}, err
			}
		}
		do(t, ctx, off(true), chromedp.Navigate(h.show(fmt.Sprintf(fallback, gen.catalogue.Pages[0].Path))),
			chromedp.WaitVisible(chromedp.CSS(`a[href="/static"]`)), off(false))
	})
}

package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"rapporteur/ingest/brand"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"go.yaml.in/yaml/v3"
)

// needed skips a test for which this machine lacks something; where everything must be there (CI=true) it fails.
func needed(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing", what)
	}
	t.Skipf("%s is missing", what)
}

// chromium starts a headless browser; with $CI set a machine without one fails.
func chromium(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("takes a browser")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if _, err := exec.LookPath(name); err == nil {
			alloc, stop := chromedp.NewExecAllocator(context.Background(), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
				chromedp.NoFirstRun)
			t.Cleanup(stop)
			ctx, cancel := chromedp.NewContext(alloc)
			t.Cleanup(cancel)
			if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
				t.Fatal(err)
			}
			return ctx
		}
	}
	needed(t, "Chromium (Debian: apt-get install chromium)")
	return nil
}

// axeSource is the script of axe-core: of $AXE_CORE, else of a node_modules beside or above the repository.
func axeSource(t *testing.T) string {
	t.Helper()
	names := []string{os.Getenv("AXE_CORE")}
	for _, up := range []string{"../..", "../../..", "../../../.."} {
		names = append(names, filepath.Join(up, "node_modules/axe-core/axe.min.js"))
	}
	for _, name := range names {
		if b, err := os.ReadFile(name); name != "" && err == nil {
			return string(b)
		}
	}
	needed(t, "axe-core (npm install axe-core; AXE_CORE names its axe.min.js)")
	return ""
}

// ask evaluates an expression on the page; a promise is waited for.
func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.100s: %v", expression, err)
	}
	return v
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// screen sets the width of the window and the colours that its owner prefers.
func screen(width int64, colours string) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(chromedp.EmulateViewport(width, 900), chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: colours}},
		})
		return err
	}))
}

// Every kind of page, on a telephone and a large screen, light and dark: axe-core finds nothing, and nothing makes the
// page wider than the window.
func TestAccessibility(t *testing.T) {
	source, ctx := axeSource(t), chromium(t)
	s, f := newTestSite(t, Options{})
	hostile := httptest.NewServer(s)
	defer hostile.Close()
	real := openTestdata(t, Options{})
	pages := map[string]string{ // what invented records have none of: tables, nested lists, fields, quotations
		"write-up": real.URL + "/events/2025-05-15-rivers-summit", "panel": real.URL + "/events/2023-01-26-estuary-seminar",
		"hackday": real.URL + "/events/2024-11-21-air-and-water-hackday",
		"author":  real.URL + "/people/lakshmi-devarajan", "home of testdata": real.URL + "/", "not found": real.URL + "/people/lakshmi",
	}
	for name, address := range addresses(f) {
		if strings.HasPrefix(visitSite(s, "GET", address).Header().Get("Content-Type"), "text/html") {
			pages[name] = hostile.URL + address
		}
	}
	inspectAll(t, ctx, source, pages, view{390, "light"}, view{390, "dark"}, view{1280, "light"}, view{1280, "dark"})
}

// A site that chose a colour in which nothing could be read, and German, has pages that can be read, and no wider than the window.
func TestAccessibilityOfBrands(t *testing.T) {
	source, ctx := axeSource(t), chromium(t)
	s, f := newTestSite(t, Options{})
	var settings yaml.Node
	if err := yaml.Unmarshal([]byte("name: A Society with a Name of Some Length\nlanguage: de\naccent: '#ffee00'\nlogo: a.svg\n"),
		&settings); err != nil {
		t.Fatal(err)
	}
	f.manifest.Brand, _ = brand.Read(settings.Content[0], fstest.MapFS{
		"a.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 30"><path d="M0 0h300v30z"/></svg>`)},
	})
	if f.manifest.Brand.Light == nil || f.manifest.Brand.Logo == nil {
		t.Fatalf("read as %+v", f.manifest.Brand)
	}
	server := httptest.NewServer(s)
	defer server.Close()
	pages := map[string]string{}
	for name, address := range map[string]string{
		"home": "/", "search": "/search?q=a", "asks": "/recommendations", "developers": "/api", "quality": "/about",
		"person": f.catalogue.People[0].Href, "body": f.catalogue.Organisations[0].Href, "event": f.catalogue.Pages[0].Href,
		"ties": "/explore?of=" + url.QueryEscape(string(f.catalogue.People[0].ID)), "people": "/people",
	} {
		pages[name] = server.URL + address
	}
	inspectAll(t, ctx, source, pages, view{390, "light"}, view{1280, "dark"})
}

// view is how a page is looked at: on a telephone or a large screen, in light or in dark.
type view struct {
	width   int64
	colours string
}

// inspectAll looks at each of some pages in each of some ways.
func inspectAll(t *testing.T, ctx context.Context, source string, pages map[string]string, views ...view) {
	shots := os.Getenv("SHOTS") // a folder to look at the pages in
	for name, address := range pages {
		for _, l := range views {
			t.Run(fmt.Sprintf("%s %d %s", name, l.width, l.colours), func(t *testing.T) {
				inspect(t, ctx, source, address, l.width, l.colours)
				if shots != "" {
					shoot(t, ctx, filepath.Join(shots, fmt.Sprintf("%s-%d-%s.png", strings.NewReplacer(" ", "-", ",", "").Replace(name), l.width,
						l.colours)))
				}
			})
		}
	}
}

func inspect(t *testing.T, ctx context.Context, source, address string, width int64, colours string) {
	t.Helper()
	do(t, ctx, screen(width, colours), chromedp.Navigate(address))
	look(t, ctx, source)
}

// look has axe-core look at the page as it stands, and holds it to the window's width.
func look(t *testing.T, ctx context.Context, source string) {
	t.Helper()
	var found []struct {
		ID, Help, Impact string
		Nodes            []struct{ HTML, FailureSummary string }
	}
	do(t, ctx, chromedp.Evaluate[chromedp.Void](source+";0"))
	const run = `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`
	answer := ask[string](t, ctx, run)
	if err := json.Unmarshal([]byte(answer), &found); err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		for _, n := range v.Nodes {
			t.Errorf("%s (%s): %s\n  %.300s\n  %s", v.ID, v.Impact, v.Help, n.HTML, n.FailureSummary)
		}
	}
	if wide := ask[[]int64](t, ctx, `[document.documentElement.scrollWidth, innerWidth]`); wide[0] > wide[1] {
		t.Errorf("the page is %d pixels wide, the window %d", wide[0], wide[1])
	}
}

func shoot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

// All that the search page loads is small, nothing of it comes from elsewhere, and nothing breaks the page's own policy.
func TestWeightOfSearchPage(t *testing.T) {
	s, _ := newTestSite(t, Options{})
	server := httptest.NewServer(s)
	defer server.Close()
	weigh(t, server.URL, "/search?q=a")
}

// weigh opens a page in a browser that knows nothing of the site yet.
func weigh(t *testing.T, base, address string) {
	t.Helper()
	ctx := chromium(t)
	var bytes float64
	var elsewhere, refused []string
	var mu sync.Mutex
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventLoadingFinished:
			bytes += e.EncodedDataLength
		case *network.EventLoadingFailed:
			refused = append(refused, e.ErrorText)
		case *network.EventRequestWillBeSent:
			if u, err := url.Parse(e.Request.URL); err == nil && "http://"+u.Host != base {
				elsewhere = append(elsewhere, e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	do(t, ctx, screen(1280, "light"), chromedp.Navigate(base+address), chromedp.Sleep(300*time.Millisecond))
	mu.Lock()
	defer mu.Unlock()
	if bytes == 0 || bytes > 60<<10 {
		t.Errorf("%s takes %.0f bytes; 61440 are allowed", address, bytes)
	}
	if len(elsewhere) > 0 || len(refused) > 0 {
		t.Errorf("%s: from elsewhere: %q; failed: %q", address, elsewhere, refused)
	}
	t.Logf("%s takes %.0f bytes", address, bytes)
}

package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestStaticSearchInABrowser searches the static export with no server of ours: below a prefix, under a strict policy, on the
// search page and on a page of the site.
func TestStaticSearchInABrowser(t *testing.T) {
	ctx := chromium(t)
	axe := axeSource(t)
	out := exported(t, testdataSite(t))
	const page = `<!doctype html><html lang="en"><title>A page</title><meta name="viewport" content="width=device-width">
<script type="module" src="../rapporteur/search.js"></script><main><h1>A page</h1>
<rapporteur-search heading="Look for" limit="3" facets="no"><p>Without script.</p></rapporteur-search></main></html>`
	if err := os.Mkdir(filepath.Join(out, "about"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, "about", "index.html"), []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	files := http.StripPrefix("/a/prefix/", http.FileServer(http.Dir(out)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'")
		files.ServeHTTP(w, r)
	}))
	defer server.Close()
	var mu sync.Mutex
	var loaded float64
	var failed []string
	if err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventLoadingFinished:
			loaded += e.EncodedDataLength
		case *network.EventLoadingFailed:
			failed = append(failed, e.ErrorText)
		case *network.EventResponseReceived:
			if e.Response.Status >= 400 && !strings.HasSuffix(e.Response.URL, "/favicon.ico") {
				failed = append(failed, e.Response.URL)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	status := `document.querySelector('rapporteur-search [role=status]').textContent`
	first := `document.querySelector('rapporteur-search ol a')`
	t.Run("search page", func(t *testing.T) {
		do(t, ctx, screen(390, "dark"), chromedp.Navigate(server.URL+"/a/prefix/rapporteur/search.html?q=river+gauges"),
			chromedp.WaitVisible(chromedp.CSS("rapporteur-search ol a")), chromedp.WaitVisible(chromedp.CSS("rapporteur-search summary")))
		mu.Lock()
		if loaded == 0 || loaded > 200_000 {
			t.Errorf("the first query takes %.0f bytes; 200000 are allowed", loaded)
		}
		t.Logf("the first query takes %.0f bytes", loaded)
		mu.Unlock()
		look(t, ctx, axe)
		if got := ask[string](t, ctx, first+`.href`); !strings.HasPrefix(got, server.URL+"/a/prefix/") {
			t.Errorf("the first result leads to %s", got)
		}
		if n := ask[int](t, ctx, `document.querySelectorAll('rapporteur-search mark').length`); n == 0 {
			t.Error("no word of the query is marked")
		}
		before := ask[int](t, ctx, `parseInt(`+status+`)`)
		do(t, ctx, chromedp.Click(chromedp.CSS("rapporteur-search summary")),
			chromedp.Click(chromedp.CSS("rapporteur-search fieldset input")),
			chromedp.WaitVisible(chromedp.CSS("rapporteur-search fieldset input:checked")))
		if legend := ask[string](t, ctx, `document.querySelector('rapporteur-search legend').textContent`); legend != "People" {
			t.Errorf("the first facet is %q", legend)
		}
		if after := ask[int](t, ctx, `parseInt(`+status+`)`); after == 0 || after >= before {
			t.Errorf("%d pages of %d have the first person", after, before)
		}
		if !ask[bool](t, ctx, `document.activeElement.matches(':checked')`) {
			t.Error("the box that was chosen lost the focus")
		}
		look(t, ctx, axe)
	})
	t.Run("slip", func(t *testing.T) {
		do(t, ctx, screen(1280, "light"), chromedp.Navigate(server.URL+"/a/prefix/rapporteur/search.html"),
			chromedp.SendKeys(chromedp.CSS("rapporteur-search input"), "guages\r"), chromedp.WaitVisible(chromedp.CSS("rapporteur-search ol a")))
		if got := ask[string](t, ctx, status); !strings.Contains(got, "Showing results for gauges. Search instead for \"guages\"") {
			t.Errorf("status %q", got)
		}
		if got := ask[string](t, ctx, `location.search`); got != "?q=guages" {
			t.Errorf("the address has %s", got)
		}
		look(t, ctx, axe)
		do(t, ctx, chromedp.Click(chromedp.CSS("rapporteur-search [role=status] button")),
			chromedp.WaitReady(chromedp.CSS("rapporteur-search")))
		if got := ask[string](t, ctx, `new Promise(r => setTimeout(() => r(`+status+`), 500))`); !strings.Contains(got, "0 pages") {
			t.Errorf("status of what was typed: %q", got)
		}
	})
	t.Run("on a page", func(t *testing.T) {
		do(t, ctx, chromedp.Navigate(server.URL+"/a/prefix/about/"), chromedp.WaitVisible(chromedp.CSS("rapporteur-search input")),
			chromedp.SendKeys(chromedp.CSS("rapporteur-search input"), "gauges\r"), chromedp.WaitVisible(chromedp.CSS("rapporteur-search ol a")))
		if n := ask[int](t, ctx, `document.querySelectorAll('rapporteur-search ol > li').length`); n != 3 {
			t.Errorf("%d results, want 3", n)
		}
		do(t, ctx, chromedp.Click(chromedp.CSS("rapporteur-search p button")),
			chromedp.WaitVisible(chromedp.CSS("rapporteur-search ol > li:nth-child(4)")))
		if !ask[bool](t, ctx, `document.activeElement === document.querySelectorAll('rapporteur-search ol a')[3]`) {
			t.Error("the first of more results has no focus")
		}
		if n := ask[int](t, ctx, `document.querySelectorAll('rapporteur-search fieldset').length`); n != 0 {
			t.Error("facets are shown, although they are not wanted")
		}
		look(t, ctx, axe)
	})
	t.Run("no script", func(t *testing.T) {
		off := func(value bool) chromedp.Action[chromedp.Void] {
			return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
				_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: value})
				return chromedp.Void{}, err
			}
		}
		do(t, ctx, off(true), chromedp.Navigate(server.URL+"/a/prefix/rapporteur/search.html"),
			chromedp.WaitVisible(chromedp.CSS(`rapporteur-search p a[href="../"]`)), off(false))
	})
	t.Run("no index", func(t *testing.T) {
		if err := os.Rename(filepath.Join(out, "rapporteur/data"), filepath.Join(out, "rapporteur/gone")); err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		refused := failed
		mu.Unlock()
		if len(refused) > 0 {
			t.Errorf("not loaded: %q", refused)
		}
		do(t, ctx, chromedp.Navigate(server.URL+"/a/prefix/about/"), chromedp.WaitVisible(chromedp.CSS("rapporteur-search input")),
			chromedp.SendKeys(chromedp.CSS("rapporteur-search input"), "gauges\r"),
			chromedp.WaitVisible(chromedp.CSS("rapporteur-search [role=status] p")))
		if got := ask[string](t, ctx, status); !strings.Contains(got, "could not be loaded") || !strings.Contains(got, "Without script.") {
			t.Errorf("status %q", got)
		}
	})
}

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
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// needed skips a test for which this machine lacks something; where everything must be there (CI=true) it fails.
func needed(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing", what)
	}
	t.Skipf("%s is missing", what)
}

// browse opens a tab of a browser without a window.
func browse(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("takes a browser")
	}
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		needed(t, "Chromium (Debian: apt-get install chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.Flag("disable-dev-shm-usage", true))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// do runs steps in the browser, and fails the test where one does.
func do(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// ask runs a step in the browser that gives a value.
func ask[T any](ctx context.Context, t *testing.T, step chromedp.Action[T]) T {
	t.Helper()
	value, err := chromedp.Run(ctx, step)
	if err != nil {
		t.Fatal(err)
	}
	return value
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

// axe returns the source of axe-core (npm), which finds what is not accessible.
func axe(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("AXE_CORE"), "../../node_modules/axe-core/axe.min.js", "../../../axe/node_modules/axe-core/axe.min.js"} {
		if b, err := os.ReadFile(name); err == nil {
			return string(b)
		}
	}
	needed(t, "axe-core (npm install axe-core; AXE_CORE names its axe.min.js)")
	return ""
}

// Every kind of page, on a telephone and a large screen, light and dark: axe-core finds nothing, and nothing makes the
// page wider than the window.
func TestAccessibility(t *testing.T) {
	source, ctx := axe(t), browse(t)
	s, f := newTestSite(t, Options{})
	server := httptest.NewServer(s)
	defer server.Close()
	shots := os.Getenv("SHOTS") // a folder to look at the pages in

	for name, address := range addresses(f) {
		if !strings.HasPrefix(visitSite(s, "GET", address).Header().Get("Content-Type"), "text/html") {
			continue
		}
		for _, width := range []int64{390, 1280} {
			for _, colours := range []string{"light", "dark"} {
				t.Run(fmt.Sprintf("%s %d %s", name, width, colours), func(t *testing.T) {
					inspect(ctx, t, source, server.URL+address, width, colours)
					if shots != "" {
						shoot(ctx, t, filepath.Join(shots, fmt.Sprintf("%s-%d-%s.png", strings.NewReplacer(" ", "-", ",", "").Replace(name), width, colours)))
					}
				})
			}
		}
	}
}

func inspect(ctx context.Context, t *testing.T, source, address string, width int64, colours string) {
	t.Helper()
	var found []struct {
		ID, Help, Impact string
		Nodes            []struct{ HTML, FailureSummary string }
	}
	do(ctx, t, screen(width, colours), chromedp.Navigate(address), chromedp.Evaluate[chromedp.Void](source+";0"))
	const run = `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`
	answer := ask(ctx, t, chromedp.Evaluate[string](run, chromedp.EvalAwaitPromise))
	if err := json.Unmarshal([]byte(answer), &found); err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		for _, n := range v.Nodes {
			t.Errorf("%s (%s): %s\n  %.300s\n  %s", v.ID, v.Impact, v.Help, n.HTML, n.FailureSummary)
		}
	}
	if wide := ask(ctx, t, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); wide > width {
		t.Errorf("the page is %d pixels wide", wide)
	}
}

func shoot(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	picture := ask(ctx, t, chromedp.FullScreenshot(100))
	if err := os.WriteFile(name, picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

// All that the search page loads is small, nothing of it comes from elsewhere, and nothing breaks the page's own policy.
func TestWeightOfSearchPage(t *testing.T) {
	ctx := browse(t)
	s, _ := newTestSite(t, Options{})
	server := httptest.NewServer(s)
	defer server.Close()
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
			if u, err := url.Parse(e.Request.URL); err == nil && "http://"+u.Host != server.URL {
				elsewhere = append(elsewhere, e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	do(ctx, t, screen(1280, "light"), chromedp.Navigate(server.URL+"/search?q=a"), chromedp.Sleep(300*time.Millisecond))
	mu.Lock()
	defer mu.Unlock()
	if bytes == 0 || bytes > 60<<10 {
		t.Errorf("the search page takes %.0f bytes; 61440 are allowed", bytes)
	}
	if len(elsewhere) > 0 || len(refused) > 0 {
		t.Errorf("from elsewhere: %q; failed: %q", elsewhere, refused)
	}
	t.Logf("the search page takes %.0f bytes", bytes)
}

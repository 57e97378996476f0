package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The search page is painted, results and all, while its script is still on the way.
func TestPaintDoesNotWaitForScript(t *testing.T) {
	ctx := chromium(t)
	s, _ := newTestSite(t, Options{})
	const late = 4 * time.Second
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".js") {
			time.Sleep(late)
		}
		s.ServeHTTP(w, r)
	}))
	defer server.Close()
	do(t, ctx, screen(1280, "light"), chromedp.Navigate(server.URL+"/search?q=a"))
	painted := ask[float64](t, ctx, `(performance.getEntriesByName("first-contentful-paint")[0] || {startTime: Infinity}).startTime`)
	loaded := ask[float64](t, ctx, `performance.getEntriesByType("navigation")[0].loadEventStart`)
	if loaded < float64(late.Milliseconds()) {
		t.Fatalf("the script was not waited for: loaded after %.0f ms", loaded)
	}
	if painted > float64(late.Milliseconds())/2 {
		t.Errorf("painted after %.0f ms; the script came after %v", painted, late)
	}
	t.Logf("painted after %.0f ms, loaded after %.0f ms", painted, loaded)
}

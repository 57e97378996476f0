package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"rapporteur/ingest"
	"rapporteur/ingest/pipeline"
	"rapporteur/search/searchtest"
	"rapporteur/search/static"
)

// testdataSite is the invented site of testdata, read as the program does it.
func testdataSite(t *testing.T) *ingest.Site {
	t.Helper()
	site, err := pipeline.Run(t.Context(), os.DirFS("../../testdata/site"), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// exported is the folder of a site's static export.
func exported(t *testing.T, site *ingest.Site) string {
	t.Helper()
	out := t.TempDir()
	if _, err := static.Write(t.Context(), searchtest.Generation(t, site), out); err != nil {
		t.Fatal(err)
	}
	return out
}

// openTestdata serves the invented site of testdata.
func openTestdata(t *testing.T, options Options) *httptest.Server {
	t.Helper()
	store := searchtest.Open(t, testdataSite(t))
	s, err := New(func() (Generation, func()) { return store.Acquire() }, options)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return server
}

// here is the path and query of the page that the browser shows.
func here(t *testing.T, ctx context.Context) string {
	t.Helper()
	u, err := url.Parse(ask[string](t, ctx, `location.href`))
	if err != nil {
		t.Fatal(err)
	}
	return u.RequestURI()
}

// arrive waits until the page with that heading is there. While the browser is on its way there is no page to ask.
func arrive(t *testing.T, ctx context.Context, heading string) {
	t.Helper()
	there := chromedp.Evaluate[bool](fmt.Sprintf(`document.readyState == "complete" && [...document.querySelectorAll("h1, h2")].some(h => `+
		`h.textContent.includes(%q))`, heading))
	for range 300 {
		if ok, err := chromedp.Run(ctx, there); ok && err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("no page with the heading %q; still at %s", heading, here(t, ctx))
}

// A member of staff looks for who said what: types, takes a suggestion, follows the facts to the words that say them.
func TestJourneyOfStaff(t *testing.T) {
	ctx := chromium(t)
	server := openTestdata(t, Options{})
	do(t, ctx, screen(1280, "light"), chromedp.Navigate(server.URL+"/"),
		chromedp.SendKeys(chromedp.CSS("main input[type=search]"), "Laksh"),
		chromedp.WaitVisible(chromedp.CSS(".suggest li")), chromedp.KeyEvent(kb.ArrowDown),
		chromedp.WaitVisible(chromedp.CSS(".suggest li[aria-selected=true]")))
	if got := ask[string](t, ctx,
		`document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).textContent`); !strings.Contains(got,
		"Lakshmi Devarajan") {
		t.Errorf("the arrow points to %q", got)
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".suggest li[aria-selected=true]")))
	arrive(t, ctx, "Lakshmi Devarajan")
	if got := here(t, ctx); got != "/people/lakshmi-devarajan" {
		t.Errorf("the suggestion leads to %s", got)
	}
	if !strings.Contains(ask[string](t, ctx, `document.querySelector("main").innerText`), "Institute for Shared Waters") {
		t.Error("her page does not say for whom she spoke")
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".src summary")))
	live := ask[string](t, ctx, `document.querySelector(".src[open] a.live").href`)
	if !strings.HasPrefix(live, "https://tidewater.example/") || !strings.Contains(live, "#:~:text=") {
		t.Errorf("the evidence leads to %s", live)
	}

	do(t, ctx, chromedp.SendKeys(chromedp.CSS("header input"), "managed retreat\n"))
	arrive(t, ctx, "for “managed retreat”")
	before := ask[int](t, ctx, `document.querySelectorAll(".hit").length`)
	if before == 0 || !ask[bool](t, ctx, `!!document.querySelector(".hit mark")`) {
		t.Fatal("nothing is found, or what is found is not marked")
	}
	year := ask[string](t, ctx, `document.querySelector(".facets li a span").textContent`)
	do(t, ctx, chromedp.Click(chromedp.CSS(".facets li a")), chromedp.WaitVisible(chromedp.CSS(".chips")))
	if got := here(t, ctx); !strings.Contains(got, "year="+year) {
		t.Errorf("narrowed to %s the address is %s", year, got)
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".chips a")), chromedp.WaitNotPresent(chromedp.CSS(".chips")))
	if after := ask[int](t, ctx, `document.querySelectorAll(".hit").length`); after != before {
		t.Errorf("without the filter %d are found, before it %d", after, before)
	}
}

// A reader has a telephone, and no JavaScript.
func TestJourneyOfReader(t *testing.T) {
	ctx := chromium(t)
	server := openTestdata(t, Options{})
	do(t, ctx, screen(390, "dark"), func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	}, chromedp.Navigate(server.URL+"/"),
		chromedp.SendKeys(chromedp.CSS("main input[type=search]"), "flood map\n"), chromedp.WaitVisible(chromedp.CSS(".hit")),
		chromedp.Click(chromedp.CSS(".hit.page h3 a")), chromedp.WaitVisible(chromedp.CSS(".reading")),
		chromedp.Navigate(server.URL+"/recommendations"), chromedp.WaitVisible(chromedp.CSS(".ask .words a")),
		chromedp.Click(chromedp.CSS(".ask .words a")), chromedp.WaitVisible(chromedp.CSS(".asked:target")))
	words, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(".asked:target")))
	if err != nil || words == "" {
		t.Errorf("the recommendation is not marked on its page: %v", err)
	}
	do(t, ctx, chromedp.Navigate(server.URL+"/explore"),
		chromedp.SendKeys(chromedp.CSS("input[name=from]"), "Lakshmi Devarajan"),
		chromedp.SendKeys(chromedp.CSS("input[name=to]"), "Seto Bay Observatory\n"),
		chromedp.WaitVisible(chromedp.CSS(".way .stop")))
	do(t, ctx, chromedp.Click(chromedp.CSS(".way .src summary")), chromedp.WaitVisible(chromedp.CSS(".way .src blockquote")))
	if _, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(".way .src blockquote"))); err != nil {
		t.Error(err)
	}
}

// A web developer puts related pages onto a page of another site, which may ask; a third one may not.
func TestJourneyOfDeveloper(t *testing.T) {
	ctx := chromium(t)
	host := newHost(t)
	server := openTestdata(t, Options{AllowOrigins: []string{host.URL}})
	host.server = server.URL
	do(t, ctx, screen(1280, "light"), chromedp.Navigate(server.URL+"/openapi.json"))
	if version := ask[string](t, ctx, `JSON.parse(document.body.innerText).openapi`); !strings.HasPrefix(version, "3.1") {
		t.Errorf("the document is OpenAPI %s", version)
	}
	do(t, ctx, chromedp.Navigate(host.show(`<rapporteur-related page="_events/2023-01-26-estuary-seminar.md" `+
		`limit="3"></rapporteur-related>`)),
		chromedp.WaitVisible(chromedp.CSS("rapporteur-related li a")))
	if n := ask[int](t, ctx, `document.querySelectorAll("rapporteur-related > section > ul > li").length`); n != 3 {
		t.Errorf("%d related pages are shown, want 3", n)
	}
	const call = `fetch("%s/api/v1/search?q=tide").then(r => r.json()).then(a => a.total > 0 ? "found" : "nothing", () => "refused")`
	if got := ask[string](t, ctx, strings.Replace(call, "%s", server.URL, 1)); got != "found" {
		t.Errorf("a page that may ask: %s", got)
	}
	stranger := newHost(t)
	stranger.server = server.URL
	do(t, ctx, chromedp.Navigate(stranger.show("")))
	if got := ask[string](t, ctx, strings.Replace(call, "%s", server.URL, 1)); got != "refused" {
		t.Errorf("a page that may not ask: %s", got)
	}
}

// The keeper of the site puts a fact right: from its fold to the desk, where the change is seen before it is kept, and taken back. Nothing
// of this is in the way of those who cannot see the page.
func TestJourneyOfKeeper(t *testing.T) {
	source, ctx := axeSource(t), chromium(t)
	file := &paper{file: []byte("name: Tidewater Commons\n")}
	server := openTestdata(t, Options{Desk: file, DeskToken: "t0ken"})
	do(t, ctx, screen(390, "light"), chromedp.Navigate(server.URL+"/desk?token=t0ken"))
	arrive(t, ctx, "questions for people")
	look(t, ctx, source)
	do(t, ctx, screen(1280, "dark"), chromedp.Navigate(server.URL+"/people/lakshmi-devarajan"), chromedp.Click(chromedp.CSS(".src summary")),
		chromedp.Click(chromedp.CSS(".src[open] a.wrong")))
	arrive(t, ctx, "Lakshmi Devarajan")
	look(t, ctx, source)
	do(t, ctx, chromedp.Click(chromedp.CSS("form.say button")))
	arrive(t, ctx, "What this would write")
	look(t, ctx, source)
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("#why"), "she told us"), chromedp.Click(chromedp.CSS(`form[action$="/desk"] button`)),
		chromedp.WaitVisible(chromedp.CSS(`form[action$="/desk/keep"] button`)),
		chromedp.Click(chromedp.CSS(`form[action$="/desk/keep"] button`)),
		chromedp.WaitVisible(chromedp.CSS(`form[action$="/desk/undo"] button`)))
	if kept, err := file.Load(); err != nil || !strings.Contains(string(kept), "she told us") {
		t.Errorf("kept is %q, %v", kept, err)
	}
	look(t, ctx, source)
	do(t, ctx, chromedp.Click(chromedp.CSS(`form[action$="/desk/undo"] button`)),
		chromedp.WaitNotPresent(chromedp.CSS(`form[action$="/desk/undo"] button`)))
	if left, err := file.Load(); err != nil || string(left) != "name: Tidewater Commons\n" {
		t.Errorf("left is %q, %v", left, err)
	}
}

// Somebody takes a list away, and subscribes to a topic.
func TestJourneyOfResearcher(t *testing.T) {
	ctx := chromium(t)
	server := openTestdata(t, Options{})
	do(t, ctx, screen(1280, "light"), chromedp.Navigate(server.URL+"/recommendations?q=procurement&from=2024"),
		chromedp.WaitVisible(chromedp.CSS(".ask")))
	href := ask[string](t, ctx, `[...document.querySelectorAll("a")].find(a => a.href.includes("format=csv")).href`)
	rows := ask[string](t, ctx, fmt.Sprintf(`fetch(%q).then(r => r.text())`, href))
	if shown := ask[int](t, ctx, `document.querySelectorAll(".ask").length`); strings.Count(rows, "#:~:text=") < shown ||
		!strings.HasPrefix(rows, "who asks,of whom") || strings.Contains(rows, ",2023-") {
		t.Errorf("%d asks are shown, taken away are %.300s", shown, rows)
	}
	do(t, ctx, chromedp.Navigate(server.URL+"/topics/procurement"), chromedp.WaitVisible(chromedp.CSS(".answer")))
	feed := ask[string](t, ctx, `document.querySelector("link[type='application/atom+xml']").href`)
	if text := ask[string](t, ctx, fmt.Sprintf(`fetch(%q).then(r => r.text())`, feed)); !strings.Contains(text, "<feed") ||
		!strings.Contains(text, "<entry>") {
		t.Errorf("%s is %.200s", feed, text)
	}
}

package web

import (
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var linkInPage = regexp.MustCompile(` (?:href|src|action)="([^"]*)"`)

// Below a base path, whatever a page, an answer or a feed leads to is below it too, and is there.
func TestBelowABasePath(t *testing.T) {
	if testing.Short() {
		t.Skip("visits every page of a site")
	}
	const prefix = "/the/record"
	root, f := newTestSite(t, Options{})
	s, err := New((&shelf{gen: f}).acquire, Options{BasePath: prefix + "/"})
	if err != nil {
		t.Fatal(err)
	}
	get := func(address string) *httptest.ResponseRecorder { return visitSite(s, "GET", address) }
	tried := map[string]bool{}
	all := addresses(f)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		address := all[name]
		at, below := visitSite(root, "GET", address), get(prefix+address)
		if at.Code != below.Code {
			t.Errorf("%s: %d at the root, %d below %s", name, at.Code, below.Code, prefix)
		}
		if to := below.Header().Get("Location"); to != "" && !strings.HasPrefix(to, prefix+"/") {
			t.Errorf("%s leads to %s", name, to)
		}
		body := below.Body.String()
		if strings.Contains(body, `"href":"/`) && strings.Count(body, `"href":"/`) != strings.Count(body, `"href":"`+prefix+"/") {
			t.Errorf("%s has addresses that are not below %s:\n%.500s", name, prefix, body)
		}
		if !strings.HasPrefix(below.Header().Get("Content-Type"), "text/html") {
			continue
		}
		for _, m := range linkInPage.FindAllStringSubmatch(body, -1) {
			link, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			if !strings.HasPrefix(link, "/") {
				continue
			}
			if !strings.HasPrefix(link, prefix+"/") {
				t.Errorf("%s leads to %s", name, link)
			} else if !tried[link] && len(tried) < 1000 {
				tried[link] = true
				if w := get(link); w.Code >= 400 && at.Code < 400 {
					t.Errorf("%s leads to %s: %d", name, link, w.Code)
				}
			}
		}
	}
	if len(tried) < 20 {
		t.Errorf("only %d links were followed", len(tried))
	}
	if w := get(prefix); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != prefix+"/" {
		t.Errorf("%s without a slash: %d %s", prefix, w.Code, w.Header().Get("Location"))
	}
	if with, without := get(prefix+"/people"), get("/people"); with.Body.String() != without.Body.String() {
		t.Error("a proxy that cuts the base path off gets another page")
	}
	if w := get(prefix + "/openapi.json"); !strings.Contains(w.Body.String(), `"url": "`+prefix+`"`) {
		t.Errorf("the description of the API does not say where it is: %.300s", w.Body)
	}
	if w := get(prefix + "/events.atom"); !strings.Contains(w.Body.String(), prefix+"/events/") {
		t.Errorf("the feed leads to %.800s", w.Body)
	}
	for _, bad := range []string{"site", "//x", "/a b", "/..", "/a?b"} {
		if _, err := New((&shelf{gen: f}).acquire, Options{BasePath: bad}); err == nil || !strings.Contains(err.Error(), "base path") {
			t.Errorf("base path %q: %v", bad, err)
		}
	}
}

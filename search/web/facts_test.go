package web

import (
	"regexp"
	"strings"
	"testing"
)

// Whatever a page's own sheet says was found on it (people, organisations, countries, topics, recommendations) leads to
// the words that say so on the live page.
func TestEveryFactLeadsToItsWords(t *testing.T) {
	s, f := newTestSite(t, Options{})
	facts := 0
	for _, page := range f.catalogue.Pages {
		body := visitSite(s, "GET", page.Href).Body.String()
		_, sheet, _ := strings.Cut(body, `<aside aria-label="Found on this page">`)
		sheet, _, _ = strings.Cut(sheet, "</aside>")
		for _, item := range regexp.MustCompile(`(?s)<li[ >].*?</li>`).FindAllString(sheet, -1) {
			facts++
			if !strings.Contains(item, `<a class="live bare" href="`+page.URL+"#:~:text=") {
				t.Errorf("%s: no words on the live page for\n%s", page.Href, item)
			}
		}
	}
	if facts < 100 {
		t.Errorf("%d facts were looked at", facts)
	}
}

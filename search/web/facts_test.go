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
		_, sheet, _ := strings.Cut(body, `<div class="found">`)
		for _, list := range regexp.MustCompile(`(?s)<ul class="facts.*?</ul>`).FindAllString(sheet, -1) {
			for _, item := range regexp.MustCompile(`(?s)<li[ >].*?</li>`).FindAllString(list, -1) {
				facts++
				if !strings.Contains(item, `<a class="live" href="`+page.URL+"#:~:text=") || !strings.Contains(item, "<blockquote") {
					t.Errorf("%s: no words on the live page for\n%s", page.Href, item)
				}
				if !strings.Contains(item, `<a class="wrong" href="/wrong?`) {
					t.Errorf("%s: nothing leads to what puts it right\n%s", page.Href, item)
				}
			}
		}
		for _, item := range regexp.MustCompile(`(?s)<article class="ask">.*?</article>`).FindAllString(sheet, -1) {
			facts++
			if !strings.Contains(item, ` href="`+page.URL+"#:~:text=") {
				t.Errorf("%s: no words on the live page for\n%s", page.Href, item)
			}
		}
	}
	if facts < 100 {
		t.Errorf("%d facts were looked at", facts)
	}
}

package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rapporteur/ingest/brand"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

var place = regexp.MustCompile(`\{\d\}`)

// Every language has the same texts, each with the same places, and as many links.
func TestTextsOfAllLanguages(t *testing.T) {
	if len(english.of) < 300 {
		t.Fatalf("only %d texts", len(english.of))
	}
	shape := func(text string) string {
		places := place.FindAllString(text, -1)
		slices.Sort(places)
		return strings.Join(slices.Compact(places), "") + strings.Repeat("|", strings.Count(text, "|"))
	}
	for code, x := range languages {
		for key, text := range english.of {
			if other, ok := x.of[key]; !ok {
				t.Errorf("%s lacks %s", code, key)
			} else if shape(text) != shape(other) {
				t.Errorf("%s: %s has the places %q, not %q: %s", code, key, shape(other), shape(text), other)
			}
		}
		for key := range x.of {
			if _, ok := english.of[key]; !ok {
				t.Errorf("English lacks %s", key)
			}
			for form, other := range map[string]string{".one": ".many", ".many": ".one"} {
				if stem, ok := strings.CutSuffix(key, form); ok && !x.has(stem+other) {
					t.Errorf("%s: %s stands alone", code, key)
				}
			}
		}
	}
	if len(languages) != len(brand.Languages) {
		t.Errorf("%d languages, and rapporteur.yaml may ask for %d", len(languages), len(brand.Languages))
	}
}

// Each text is used, and each that is used is there.
func TestTextsAreUsed(t *testing.T) {
	literal := regexp.MustCompile(`"([a-z][a-z0-9.-]*)"`)
	call := regexp.MustCompile(`(?:\bt|\bn|\bcut|x\.t|x\.n|english\.t|refuse\([\w.]+,|texts\(\)\.t)[ (]"([a-z][a-z0-9.-]*)"`)
	var named []string
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("templates/*.html")
	if err != nil || len(pages) < 15 {
		t.Fatal(err, pages)
	}
	for _, name := range slices.Concat(files, pages) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(b), -1) {
			named = append(named, m[1])
		}
		for _, m := range call.FindAllStringSubmatch(string(b), -1) {
			if key := m[1]; !strings.HasSuffix(key, ".") && !english.has(key) && !english.has(key+".one") {
				t.Errorf("%s uses %s, which is no text", name, key)
			}
		}
	}
	slices.Sort(named)
	named = slices.Compact(named)
	for key := range english.of {
		stem := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".many")
		stem = strings.TrimSuffix(stem, ".what") // of a form to take away
		used := func(name string) bool {
			return name == key || name == stem || strings.HasSuffix(name, ".") && strings.HasPrefix(key, name)
		}
		if !slices.ContainsFunc(named, used) {
			t.Errorf("nothing uses %s", key)
		}
	}
}

// wordless are letters that templates may hold: names of files, forms and programs, and what is typed as it stands.
var wordless = []string{"rapporteur", "rapporteur.yaml", "openapi.json", "GET", "curl", "csv", "json", "md", "offset", ".ics", "format=csv",
	"--allow-origin", "mcp", "export",
	"id", "person", "jane-roe", "JSON-LD", "N-Quads", "GraphML", "CSV", "Popolo"}

// No template has words of its own: neither between tags nor in the attributes that people are shown.
func TestTemplatesHaveNoWords(t *testing.T) {
	action, tag := regexp.MustCompile(`(?s)\{\{.*?\}\}`), regexp.MustCompile(`(?s)<[^>]*>`)
	shown := regexp.MustCompile(`(?s)\b(?:aria-label|placeholder|title|alt|content)="([^"]*)"`)
	meta := regexp.MustCompile(`(?s)<(?:meta|link)[^>]*>`)
	tongue := regexp.MustCompile(`\b(?:lang|dir)="[^"]*"`)
	letters := regexp.MustCompile(`[\pL.-]*\pL[\pL.=-]*`)
	err := fs.WalkDir(templateFiles, "templates", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := templateFiles.ReadFile(name)
		if err != nil {
			return err
		}
		text := action.ReplaceAllString(string(b), "")
		if strings.Contains(text, "{{") {
			t.Errorf("%s: an action has no end", name)
		}
		text = tongue.ReplaceAllString(meta.ReplaceAllString(text, ""), "")
		said := tag.ReplaceAllString(text, " ")
		for _, m := range shown.FindAllStringSubmatch(text, -1) {
			said += " " + m[1]
		}
		for _, word := range letters.FindAllString(said, -1) {
			if !slices.Contains(wordless, word) {
				t.Errorf("%s has the word %q of its own", name, word)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTexts(t *testing.T) {
	german := languages["de"]
	for got, want := range map[string]string{
		english.n("pages", 1): "1 page", english.n("pages", 1234567): "1\u202f234\u202f567 pages", german.n("pages", 1234): "1.234 Seiten",
		english.day("2023-11-29"): "29 November 2023", german.day("2023-11-29"): "29. November 2023", english.day("soon"): "soon",
		english.shortDay("2023-11"): "Nov 2023", german.shortDay("2023-03-05"): "5. März 2023", english.month("2023-11-29"): "Nov 2023",
		english.enumerate([]string{"A", "B", "C"}): "A, B and C", german.enumerate([]string{"A", "B"}): "A und B",
		english.t("e.missing", "{1}"): "Nothing here is called “{1}”.", english.t("no such"): "no such",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A site in German has pages in German: what the pages say of their own is in no other language, and names stay as they are.
func TestPagesInGerman(t *testing.T) {
	s, f := newTestSite(t, Options{})
	f.manifest.Brand = &brand.Brand{Language: "de"}
	c := f.catalogue
	addresses := []string{
		"/", "/search?q=a", "/search?q=zzzz", "/events", "/events?kind=post&year=1900", "/explore", "/review", "/about", "/wrong", "/api",
		"/recommendations", "/recommendations?by=topic&q=x", "/people", "/people?name=zzzz", "/no-such-page", "/search?limit=x",
		"/explore?of=" + string(c.People[0].ID), "/explore?of=" + string(c.Organisations[0].ID),
		"/explore?from=" + string(c.People[0].ID) + "&to=" + string(c.Organisations[0].ID),
		"/compare?first=" + string(c.People[0].ID) + "&second=" + string(c.Organisations[0].ID), "/wrong?about=" + string(c.People[0].ID),
	}
	for _, kind := range kinds.Named() {
		if list := c.Entities(kind); len(list) > 0 {
			addresses = append(addresses, "/"+kindRoute(kind)+"/"+answer.Slug(list[0].ID))
		}
	}
	for _, p := range c.Pages[:5] {
		addresses = append(addresses, "/events/"+answer.Slug(p.ID))
	}
	ours := englishOnly()
	for _, address := range addresses {
		w := visitSite(s, "GET", address)
		page := w.Body.String()
		if !strings.Contains(page, `<html lang="de">`) {
			t.Errorf("%s: %d, not marked as German", address, w.Code)
			continue
		}
		document, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		readOut(document, "de", func(text string) {
			for _, said := range phrases(text) {
				if ours[said] {
					t.Errorf("%s says %q", address, said)
				}
			}
		})
	}
	if page := visitSite(s, "GET", "/").Body.String(); !strings.Contains(page, "Wer was gesagt hat und für wen") {
		t.Error("the home page is not in German")
	}
	var problem strings.Builder
	problem.WriteString(visitSite(s, "GET", "/api/v1/search?limit=x").Body.String())
	if strings.Contains(problem.String(), "falsch") {
		t.Errorf("the API speaks German: %s", problem.String())
	}
}

// readOut gives all that somebody reads of a page, or hears, in a language, without what is quoted.
func readOut(n *html.Node, lang string, say func(string)) {
	switch n.Data {
	case "blockquote", "code", "pre", "script", "title":
		if n.Type == html.ElementNode {
			return
		}
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "lang":
			lang = a.Val
		case "class":
			if a.Val == "reading" {
				return
			}
		case "aria-label", "placeholder", "alt":
			if lang == "de" {
				say(a.Val)
			}
		}
	}
	if n.Type == html.TextNode && lang == "de" {
		say(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		readOut(c, lang, say)
	}
}

func kindRoute(k kinds.Kind) string {
	row, _ := kinds.Of(k)
	return row.Route
}

var betweenPhrases = regexp.MustCompile(`\{\d\}|\b\d+\b|[|.,:;·“”„–()]+`)

// phrases are the words of a text between its places, numbers and stops.
func phrases(text string) []string {
	var out []string
	for _, phrase := range betweenPhrases.Split(text, -1) {
		if phrase = strings.TrimSpace(phrase); len(phrase) > 2 {
			out = append(out, phrase)
		}
	}
	return out
}

// englishOnly are the whole texts, or what stands between their places and links, that German says otherwise.
func englishOnly() map[string]bool {
	own := map[string]bool{}
	german := map[string]bool{}
	add := func(to map[string]bool, text string) {
		for _, phrase := range phrases(text) {
			to[phrase] = true
		}
	}
	for _, text := range english.of {
		add(own, text)
	}
	for _, text := range languages["de"].of {
		add(german, text)
	}
	for text := range german {
		delete(own, text)
	}
	return own
}

package static

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest/kinds"
	"rapporteur/ingest/pipeline"
	"rapporteur/search/answer"
	"rapporteur/search/searchtest"
)

// searchScript answers each line of its input over the index in the folder that the first line names.
const searchScript = `import { Engine } from './engine.js'
import { readFileSync } from 'node:fs'
const [dir, ...queries] = readFileSync(0, 'utf8').split('\n')
let loaded = 0
const get = async name => { const b = readFileSync(dir + '/' + name.split('?')[0]); loaded += b.length; return b }
for (const query of queries) {
  loaded = 0
  const e = await Engine.open(get), { hits, answer, plan } = await e.search(query)
  const pages = await Promise.all(hits.slice(0, 10).map(h => e.read(plan, h.page)))
  const first = loaded, facets = await e.facets()
  console.log(JSON.stringify({ total: answer?.length || 0, titles: pages.map(p => p.title), urls: pages.map(p => p.url), loaded: first,
    marked: pages.map(p => p.passage.filter(x => x[1]).map(x => x[0])), mended: Object.fromEntries(plan.mended),
    people: facets[0].values.filter(v => hits.some(h => v.pages.has(h.page))).map(v => v.name) }))
}
`

// found is what the script says to a query.
type found struct {
	Total        int
	Titles, URLs []string
	Marked       [][]string
	Mended       map[string]string
	People       []string
	Loaded       int // bytes
}

func runQueries(t *testing.T, dir string, queries []string) []found {
	t.Helper()
	out := runScript(t, searchScript, dir+"\n"+strings.Join(queries, "\n"))
	var all []found
	for line := range strings.Lines(string(out)) {
		var f found
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	if len(all) != len(queries) {
		t.Fatalf("%d answers to %d queries", len(all), len(queries))
	}
	return all
}

// TestScriptFindsAlike holds the search in the browser against the program's own: on the invented site, or on that in $SITE with the
// queries in the file $QUERIES, a line each.
func TestScriptFindsAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("asks every query of two programs")
	}
	folder := "../../testdata/site"
	queries := []string{"river gauges", "flood warnings", "air quality", "open data", "Marit Oosterveen", "community science",
		"water-level sensors", "estuary", "\"open data\"", "river -gauges", "hackday air and water", "licences for data",
		"volunteers measure the tide"}
	if other := os.Getenv("SITE"); other != "" {
		b, err := os.ReadFile(os.Getenv("QUERIES"))
		if err != nil {
			t.Fatal(err)
		}
		folder, queries = other, strings.Split(strings.TrimSpace(string(b)), "\n")
	}
	site, err := pipeline.Run(context.Background(), os.DirFS(folder), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g, dir := searchtest.Generation(t, site), t.TempDir()
	if _, err := Write(context.Background(), g, dir); err != nil {
		t.Fatal(err)
	}
	pages := answer.Filter{Kinds: []kinds.Kind{kinds.Page}}
	same, of, first := 0, 0, 0
	var loaded []int
	for i, f := range runQueries(t, filepath.Join(dir, "rapporteur/data"), queries) {
		want, err := g.Search(context.Background(), answer.Request{Query: queries[i], Limit: 10, Filter: pages})
		if err != nil {
			t.Fatal(err)
		}
		loaded = append(loaded, f.Loaded)
		if len(want.Hits) == 0 || len(f.Titles) == 0 {
			t.Errorf("%s: %d and %d hits", queries[i], len(want.Hits), len(f.Titles))
			continue
		}
		if f.Titles[0] == want.Hits[0].Title {
			first++
		}
		left := map[string]int{}
		for _, title := range f.Titles {
			left[title]++
		}
		for _, h := range want.Hits {
			of++
			if left[h.Title] > 0 {
				left[h.Title]--
				same++
			}
		}
	}
	slices.Sort(loaded)
	t.Logf("of the first ten pages of %d queries, %d of %d are the program's; %d of %d first ones; of the index %d bytes were loaded in the "+
		"median, %d at most", len(queries), same, of, first, len(queries), loaded[len(loaded)/2], loaded[len(loaded)-1])
	if same*10 < of*9 || first*10 < len(queries)*9 {
		t.Error("that is less than 90 of 100")
	}
}

// spellings is a site on which words are spelled in several ways, in several languages.
var spellings = map[string]string{
	"_config.yml":                 "title: The Weir & Sons\nurl: https://weir.example\nbaseurl: /sub\n",
	"_posts/2021-01-01-closed.md": "---\ntitle: Closed\n---\nOur policymaking is slow, and Łukasz Sørensen said so at the wellbeing fair.\n",
	"_posts/2021-01-02-hyphen.md": "---\ntitle: Hyphen\n---\nOur policy-making is slow. Over 10,000 people care for well-being.\n",
	"_posts/2021-01-03-spaced.md": "---\ntitle: Spaced\n---\nThis policy making is slow, said the Tidal Data Office (TDO), " +
		"whose governance is odd.\n",
	"_posts/2021-01-04-german.md": "---\ntitle: Deutsch\nlang: de\n---\nDie Verwaltung der Gewässer und die Behörden haben " +
		"Verträge geschlossen.\n",
	"_posts/2021-01-05-tokyo.md": "---\ntitle: 東京\nlang: ja\n---\n東京都で川の会議が開かれました。\n",
	"_posts/2021-01-06-long.md": "---\ntitle: Long\n---\n" +
		strings.Repeat("Of this and that we spoke at length, and then of more.\n\n", 200) +
		"At last somebody asked for quokkas.\n",
}

func TestScriptMeetsSpellings(t *testing.T) {
	src, dir := t.TempDir(), t.TempDir()
	for name, text := range spellings {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(src, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(src, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	site, err := pipeline.Run(context.Background(), os.DirFS(src), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, site, dir)
	wants := []struct{ query, titles, mended string }{
		{"policy-making", "Closed Hyphen Spaced", ""}, {"policymaking", "Closed Hyphen Spaced", ""},
		{"policy making", "Closed Hyphen Spaced", ""},
		{"wellbeing", "Closed Hyphen", ""}, {"well-being", "Closed Hyphen", ""},
		{"lukasz sorensen", "Closed", ""}, {"10000", "Hyphen", ""}, {"10,000 people", "Hyphen", ""}, {"Behörde", "Deutsch", ""},
		{"behoerden", "Deutsch", ""}, {"vertraege", "Deutsch", ""}, {"東京", "東京", ""}, {"会議", "東京", ""},
		{"govrenance", "Spaced", "governance"}, {"gvoernance", "Spaced", "governance"},
		{"gevernance", "Spaced", "governance"}, {"quokkas", "Long", ""}, {"TDO", "Spaced", ""},
		{"zzzz", "", ""}, {"the", "", ""}, {"", "", ""}, {"\"tidal data\"", "Spaced", ""}, {"policymaking -wellbeing", "Spaced", ""},
		{strings.Repeat("quokkas \"( -) ", 200), "Long", ""}, {"\u0301 \u202e\u200f", "", ""},
	}
	var queries []string
	for _, w := range wants {
		queries = append(queries, w.query)
	}
	for i, f := range runQueries(t, filepath.Join(dir, "rapporteur/data"), queries) {
		titles := map[string]bool{}
		for _, title := range f.Titles {
			titles[title] = true
		}
		want := strings.Fields(wants[i].titles)
		for _, title := range want {
			if !titles[title] {
				t.Errorf("%.40q does not find %s", wants[i].query, title)
			}
		}
		if len(titles) != len(want) {
			t.Errorf("%.40q finds %q, want %q", wants[i].query, f.Titles, want)
		}
		if m := wants[i].mended; m != "" && f.Mended[wants[i].query] != m {
			t.Errorf("%q is mended to %v", wants[i].query, f.Mended)
		}
		if wants[i].query == "quokkas" && (len(f.Marked) != 1 || len(f.Marked[0]) == 0 || f.Marked[0][0] != "quokkas") {
			t.Errorf("the passage of a late word marks %v", f.Marked)
		}
	}
}

package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"rapporteur/ingest"

	"github.com/google/go-cmp/cmp"
)

func read(t *testing.T, files map[string]string) *Folder {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	folder, err := Read(context.Background(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// list writes each page as one line: path, kind, collection, date, title, address.
func list(f *Folder) string {
	var b strings.Builder
	for _, p := range f.Pages {
		fmt.Fprintf(&b, "%s %s %s %s %q %s\n", p.Path, p.Kind, or(p.Collection), or(p.Date), p.Title, or(p.URL))
	}
	return b.String()
}

func or(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func TestGenerators(t *testing.T) {
	for _, test := range []struct {
		name, url string
		files     map[string]string
		want      string
	}{
		{"jekyll", "https://x.example/base", map[string]string{
			"_config.yml": "title: X\nurl: https://x.example\nbaseurl: /base\nexclude: [old]\ncollections:\n  events: {output: true, permalink: " +
				"'/:collection/:name'}\n" +
				"  people: {output: true}\n  funders: {output: false}\ndefaults:\n  - scope: {path: '', type: posts}\n    values: {permalink: " +
				"'/blog/:categories/:year/:slug/'}\n",
			"_events/2024-03-01-A Talk.md":   "---\ntitle: A *talk* &amp; more\ndate: 2024-03-02 10:00:00 +0100\n---\nx",
			"_posts/2024-01-02-News_Item.md": "---\ncategories: [Big News]\n---\n# Heading\n",
			"_people/ann.md":                 "---\nothernames: Ann\nsurname: Lee\n---\n",
			"_funders/f.md":                  "---\ntitle: F\n---\n",
			"_hidden/h.md":                   "---\ntitle: H\n---\n",
			"_drafts/d.md":                   "---\ntitle: D\n---\n",
			"about.md":                       "---\n---\n",
			"index.html":                     "---\ntitle: Home\n---\n<p>x</p>",
			"old/o.md":                       "---\ntitle: O\n---\n",
			"README.md":                      "# Readme",
			"no.html":                        "<p>no page</p>",
			"unpublished.md":                 "---\npublished: false\n---\n",
			"own.md":                         "---\npermalink: /mine/\n---\n",
		}, `_events/2024-03-01-A Talk.md event events 2024-03-02 "A talk & more" https://x.example/base/events/2024-03-01-a-talk
_funders/f.md organisation funders - "F" -
_people/ann.md person people - "Ann Lee" https://x.example/base/people/ann.html
_posts/2024-01-02-News_Item.md post posts 2024-01-02 "Heading" https://x.example/base/blog/big%20news/2024/news-item/
about.md page - - "About" https://x.example/base/about.html
index.html page - - "Home" https://x.example/base/
own.md page - - "Own" https://x.example/base/mine/
`},
		{"hugo", "https://x.example", map[string]string{
			"config.toml": "baseURL = 'https://x.example/'\ntitle = 'X'\ndefaultContentLanguage = " +
				"'en'\n[languages.en]\n[languages.fr]\n[permalinks]\nblog = '/:year/:month/:slug/'\n",
			"content/_index.md":            "+++\ntitle = 'Home'\n+++\n",
			"content/blog/One Post.md":     "+++\ntitle = 'First One'\ndate = 2024-03-01T10:00:00Z\n+++\n",
			"content/blog/two.md":          "---\ntitle: Two\nslug: second\ndate: '2024-04-01'\n---\n",
			"content/events/gala/index.md": "---\ntitle: Gala\nstart_date: 5 May 2024\ndate: 2024-01-01\n---\n",
			"content/events/_index.md":     "---\ntitle: Events\n---\n",
			"content/about.fr.md":          "---\ntitle: À propos\n---\n",
			"content/draft.md":             "---\ndraft: true\n---\n",
			"layouts/x.html":               "---\ntitle: no\n---\n",
			"themes/t/content/y.md":        "---\ntitle: no\n---\n",
			"content/json.md":              "{\n \"title\": \"J\",\n \"url\": \"/given/\"\n}\n\nbody",
		}, `content/_index.md page - - "Home" https://x.example/
content/about.fr.md page - - "À propos" https://x.example/fr/about/
content/blog/One Post.md post blog 2024-03-01 "First One" https://x.example/2024/03/first-one/
content/blog/two.md post blog 2024-04-01 "Two" https://x.example/2024/04/second/
content/events/_index.md page events - "Events" https://x.example/events/
content/events/gala/index.md event events 2024-05-05 "Gala" https://x.example/events/gala/
content/json.md page - - "J" https://x.example/given/
`},
		{"zola", "https://x.example", map[string]string{
			"config.toml":                      "base_url = 'https://x.example'\ntitle = 'X'\n",
			"content/blog/2024-03-01-Ünder.md": "+++\ntitle = 'Under'\n[extra]\nauthors = 'Ann Lee'\n+++\n",
			"content/talks/big/index.md":       "+++\ntitle = 'Big'\ndate = 2024-05-01\n+++\n",
			"content/talks/small.md":           "+++\npath = 'elsewhere'\n+++\n# Small",
		}, `content/blog/2024-03-01-Ünder.md post blog 2024-03-01 "Under" https://x.example/blog/under/
content/talks/big/index.md event talks 2024-05-01 "Big" https://x.example/talks/big/
content/talks/small.md event talks - "Small" https://x.example/elsewhere/
`},
		{"11ty", "https://x.example", map[string]string{
			".eleventy.js":                   "module.exports = () => ({ dir: { input: './src' } })",
			"src/_data/site.json":            `{"url": "https://x.example", "title": "X"}`,
			"src/posts/posts.json":           `{"permalink": "/news/{{ page.fileSlug }}/", "layout": "post"}`,
			"src/posts/2024-03-01-hello.md":  "---\ntitle: Hello\n---\n",
			"src/meetups/2024-04-01-meet.md": "---\ntitle: Meet\n---\n",
			"src/index.md":                   "---\ntitle: Home\npermalink: false\n---\n",
			"node_modules/x/readme2.md":      "# no",
		}, `src/meetups/2024-04-01-meet.md event meetups 2024-04-01 "Meet" https://x.example/meetups/2024-04-01-meet/
src/posts/2024-03-01-hello.md post posts 2024-03-01 "Hello" https://x.example/news/hello/
`},
		{"plain", "", map[string]string{
			"2024-03-01-seminar-on-ice.md": "Nothing but text.",
			"note.markdown":                "# A note",
			"deep/er/community-call.md":    "---\ndate: March 3rd, 2024\n---\ntext",
			".git/x.md":                    "# no",
		}, `2024-03-01-seminar-on-ice.md event - 2024-03-01 "Seminar on ice" /seminar-on-ice/
deep/er/community-call.md event deep 2024-03-03 "Community call" /deep/er/community-call/
note.markdown page - - "A note" /note/
`},
		{"a folder of code beside the pages", "", map[string]string{"src/main.js": "x", "talks/a.md": "# A", "src/notes/n.md": "# N"},
			"src/notes/n.md page src - \"N\" /src/notes/n/\ntalks/a.md event talks - \"A\" /talks/a/\n"},
		{"rapporteur.yaml has the last word", "https://y.example", map[string]string{
			"_config.yml":            "url: https://x.example\n",
			"rapporteur.yaml":        "url: https://y.example\nname: Y\nexclude: ['_posts/*']\npages: {topic: ['a.md']}\n",
			"_posts/2024-01-01-x.md": "---\ntitle: X\n---\n",
			"a.md":                   "---\ntitle: A\n---\n",
		}, "a.md topic - - \"A\" https://y.example/a.html\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := read(t, test.files)
			if diff := cmp.Diff(test.want, list(f)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if f.URL != test.url {
				t.Errorf("address %q, want %q", f.URL, test.url)
			}
			if len(f.Skips) != 0 {
				t.Errorf("skips %+v", f.Skips)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	f := read(t, map[string]string{
		"_config.yml": "url: https://x.example\npermalink: pretty\ncollections: {events: {output: true}}\n",
		"_posts/2024-01-02-p.md": "---\nredirect_from: /old/p\n---\n[a](/events/e/) [b](../../../../events/e/#top) [c]({% link _events/e.md " +
			"%}) [d](https://x.example/events/e/) [e](https://y.example/events/e) [f](/none) [g](mailto:a@b.example)",
		"_events/e.md": "---\ntitle: E\n---\n[a]({% post_url 2024-01-02-p %}) [b](/old/p) [c](e.md) [d]({{ site.baseurl }}/2024/01/02/p/?q=1)",
	})
	var got []string
	for _, p := range f.Pages {
		for _, l := range p.Links {
			got = append(got, fmt.Sprintf("%s %s %s %s", p.Path, l.In(p.Text), l.Target, or(l.Page)))
		}
	}
	want := []string{
		"_events/e.md a https://x.example/2024/01/02/p/ _posts/2024-01-02-p.md",
		"_events/e.md b https://x.example/2024/01/02/p/ _posts/2024-01-02-p.md",
		"_events/e.md c https://x.example/events/e/ _events/e.md",
		"_events/e.md d https://x.example/2024/01/02/p/?q=1 _posts/2024-01-02-p.md",
		"_posts/2024-01-02-p.md a https://x.example/events/e/ _events/e.md",
		"_posts/2024-01-02-p.md b https://x.example/events/e/#top _events/e.md",
		"_posts/2024-01-02-p.md c https://x.example/events/e/ _events/e.md",
		"_posts/2024-01-02-p.md d https://x.example/events/e/ _events/e.md",
		"_posts/2024-01-02-p.md e https://y.example/events/e -",
		"_posts/2024-01-02-p.md f https://x.example/none -",
		"_posts/2024-01-02-p.md g mailto:a@b.example -",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A site that does not say where it lives is found out by the links to itself.
func TestAddressOfItsOwnLinks(t *testing.T) {
	files := map[string]string{"_config.yml": "collections: {events: {output: true, permalink: '/:collection/:name'}}\n"}
	for i := range 4 {
		files[fmt.Sprintf("_events/e%d.md", i)] = fmt.Sprintf("---\ntitle: E\n---\n[next](https://www.x.example/events/e%d) "+
			"[out](https://y.example/a)", (i+1)%4)
	}
	f := read(t, files)
	if f.URL != "https://www.x.example" || f.Pages[0].URL != "https://www.x.example/events/e0" || len(f.Notes) != 1 {
		t.Errorf("address %q, page %q, notes %q", f.URL, f.Pages[0].URL, f.Notes)
	}
}

// Where a program makes the addresses, links between the pages show how.
func TestAddressesOfAnUnknownGenerator(t *testing.T) {
	files := map[string]string{"content/about.md": "---\ntitle: About\npermalink: /about/\n---\n"}
	for i := range 4 {
		files[fmt.Sprintf("content/posts/2024-01-0%d-p%d.md", i+1, i)] = fmt.Sprintf("---\ntitle: P\ndate: "+
			"2024-02-0%d\n---\n[next](https://x.example/2024/02/0%d/p%d/) [a](/about/)", i+1, (i+1)%4+1, (i+1)%4)
	}
	f := read(t, files)
	if f.URL != "https://x.example" || f.Pages[1].URL != "https://x.example/2024/02/01/p0/" ||
		f.Pages[1].Links[0].Page != "content/posts/2024-01-02-p1.md" {
		t.Errorf("address %q, page %q, link %+v, notes %q", f.URL, f.Pages[1].URL, f.Pages[1].Links[0], f.Notes)
	}
}

func TestBadInput(t *testing.T) {
	big := "---\ntitle: Big\n---\n" + strings.Repeat("A line of a page that is far too long.\n", 300_000)
	f := read(t, map[string]string{
		"a-good.md":     "---\ntitle: Good\n---\ntext",
		"b-yaml.md":     "---\ntitle: Kept\nauthor: a: b: c\ndate: 2024-01-02\n---\nbody",
		"c-unclosed.md": "---\ntitle: Open\nspeaker: Ann Lee\n\nThe body.",
		"d-binary.md":   "\x89PNG\x00\x01\x02",
		"e-latin1.md":   "---\ntitle: Caf\xe9\n---\nfirst\nsecond \xfc\n",
		"f-empty.md":    " \n\n",
		"g-big.md":      big,
		"h-toml.md":     "+++\ntitle = \"T\"\nx = = 1\n+++\nbody",
		"i-twice.md":    "---\ntitle: One\ntags: [a]\ntags: [b]\ntitle: Two\n---\n",
		"j-draft.md":    "---\ntitle: Draft\ndraft: true\nx: [\n---\n",
		"k-crlf.md":     "---\r\ntitle: Lines\r\n---\r\nOne\r\ntwo\r\n",
		"l-rule.md":     "---\n\nNo front matter, but a rule.",
		"m-bomb.md": "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d " +
			"[*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n---\nbody",
		"n-json.md":  "\n{\n \"title\": \"Cut\",\n \"date\": \"2024-01-03\",\n \"tags\": [\"a\"\n\nThe body.",
		"o-types.md": "---\ntitle: {x: 1}\ndate: {y: 2}\nspeakers: 7\n---\nbody",
	})
	want := "b-yaml.md:3 part: the value cannot be read as YAML (mapping values are not allowed in this context) and is taken as it " +
		"stands; put it in quotation marks\n" +
		"c-unclosed.md:1 part: the front matter is opened here and never closed; write --- on a line of its own after it. The page " +
		"is kept with what could be made out\n" +
		"d-binary.md:1: holds binary data; it is no page, or not in UTF-8\n" +
		"e-latin1.md:0 part: is in Windows-1252, not UTF-8, and was read so; save it as UTF-8, which every generator reads\n" +
		"f-empty.md:0: the file is empty\n" +
		"g-big.md:26890 part: the page has 11.2 MB, of which the first 1 MB was read, up to here; make several pages of it, or " +
		"exclude it in rapporteur.yaml\n" +
		"h-toml.md:3 part: the front matter cannot be read (expected value but found '=' instead); mend this line. The page is kept " +
		"with what could be made out\n" +
		"i-twice.md:5 part: \"title\" stands already on line 2, with another value; the last one is used. Keep one of them\n" +
		"m-bomb.md:2 part: the front matter cannot be read (it holds more than 100,000 values, or values within values without end); " +
		"mend this line. The page is kept with what could be made out\n" +
		"n-json.md:2 part: the front matter that opens here is JSON that cannot be read to its end; close it with } on a line of its own. " +
		"The page is kept with what could be made out\n" +
		"o-types.md:2 part: title is a map of keys and values where a text is meant; write it in quotation marks. The page is kept " +
		"without it\n" +
		"o-types.md:3 part: date is a map of keys and values in which no day stands; write it as YYYY-MM-DD. The page is kept " +
		"without it\n" +
		"o-types.md:4 part: speakers is the number 7, which is nobody's name; write who spoke. The page is kept without it\n"
	got := ""
	for _, s := range f.Skips {
		part := ""
		if s.Part {
			part = " part"
		}
		got += fmt.Sprintf("%s:%d%s: %s\n", s.Path, s.Line, part, s.Cause)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	titles := map[string]string{}
	for _, p := range f.Pages {
		titles[p.Path] = p.Title + "|" + p.Date
		if p.Path == "c-unclosed.md" && p.Text != "Open\nAnn Lee\nThe body." {
			t.Errorf("the unclosed page says %q", p.Text)
		}
		if p.Path == "k-crlf.md" && p.Text != "Lines\nOne two" {
			t.Errorf("the page with other line ends says %q", p.Text)
		}
	}
	if diff := cmp.Diff(map[string]string{"a-good.md": "Good|", "b-yaml.md": "Kept|2024-01-02", "c-unclosed.md": "Open|",
		"e-latin1.md": "Café|", "g-big.md": "Big|",
		"h-toml.md": "T|", "i-twice.md": "Two|", "k-crlf.md": "Lines|", "l-rule.md": "L rule|", "m-bomb.md": "M bomb|",
		"n-json.md": "Cut|2024-01-03", "o-types.md": "O types|"}, titles); diff != "" {
		t.Errorf("pages -want +got:\n%s", diff)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("good.md", "# Good")
	for link, to := range map[string]string{"loop.md": "loop2.md", "loop2.md": "loop.md", "around": ".", "linked.md": "good.md"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Read(context.Background(), os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range f.Skips {
		got = append(got, s.Path+": "+s.Cause)
	}
	want := []string{
		"around: a symbolic link to a folder is not followed; give that folder itself",
		"loop.md: a symbolic link that leads nowhere or in a circle: too many levels of symbolic links",
		"loop2.md: a symbolic link that leads nowhere or in a circle: too many levels of symbolic links",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(f.Pages) != 2 {
		t.Errorf("%d pages, want good.md and linked.md", len(f.Pages))
	}
}

func TestNoPages(t *testing.T) {
	f, err := Read(context.Background(), fstest.MapFS{"a.txt": {Data: []byte("x")}})
	if !errors.Is(err, ErrNoPages) || f == nil {
		t.Errorf("got %v, %v", f, err)
	}
	if _, err := Read(context.Background(), os.DirFS(filepath.Join(t.TempDir(), "none"))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if _, err := Read(context.Background(), fstest.MapFS{"a.md": {Data: []byte("x")},
		"rapporteur.yaml": {Data: []byte("erase: {")}}); err == nil || !strings.HasPrefix(err.Error(), "rapporteur.yaml:1: ") {
		t.Errorf("decisions that cannot be read: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, fstest.MapFS{"a.md": {Data: []byte("x")}}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestErased(t *testing.T) {
	f := read(t, map[string]string{
		"rapporteur.yaml":     "erase:\n  - John Doe\n  - Nobody Here\n",
		"_config.yml":         "url: https://x.example\ncollections: {people: {output: true}}\n",
		"_people/john-doe.md": "---\ntitle: John Doe\n---\nWrites.",
		"talk-by-john-doe.md": "---\ntitle: A talk by John Doe\nauthor: John Doe\nteam: [{name: John Doe, url: /john-doe}]\n---\n**John** " +
			"Doe, and [John](/people/john-doe.html). Doe said so.\n![John Doe](j.png)",
		"other.md": "---\ntitle: Other\n---\nJohn Smith [spoke](talk-by-john-doe.html).",
	})
	if f.Erasing == "" || len(f.Notes) != 1 || f.Notes[0] != "rapporteur.yaml:3: erase: this name stands on no page" {
		t.Errorf("erasing %q, notes %q", f.Erasing, f.Notes)
	}
	all := fmt.Sprintf("%+v", f.Skips)
	for _, p := range f.Pages {
		all += fmt.Sprintf("%+v", p)
	}
	for _, trace := range []string{"Doe", "doe"} {
		if i := strings.Index(all, trace); i >= 0 {
			t.Errorf("still there: %s", all[max(0, i-60):i+20])
		}
	}
	if !strings.Contains(all, "John Smith") || len(f.Pages) != 2 {
		t.Errorf("somebody else is gone too: %s", all)
	}
}

// Everything a page points to is there: blocks hold its text, lines are lines of the file, links lie in the text.
func TestInventedSite(t *testing.T) {
	f, err := Read(context.Background(), os.DirFS("../../testdata/site"))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Pages) < 40 || f.URL == "" {
		t.Fatalf("%d pages at %q", len(f.Pages), f.URL)
	}
	for _, p := range f.Pages {
		src, err := os.ReadFile(filepath.Join("../../testdata/site", p.Path))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(src), "\n")
		for _, b := range p.Blocks {
			if b.Line < 1 || b.Line > len(lines) {
				t.Errorf("%s: a block on line %d of %d", p.Path, b.Line, len(lines))
				continue
			}
			first := strings.FieldsFunc(b.In(p.Text), func(r rune) bool { return strings.ContainsRune(" \n*_`'’.,:;()\"“”&", r) })[0]
			if b.Kind != ingest.CodeBlock && !strings.Contains(lines[b.Line-1], first) &&
				!strings.Contains(lines[min(b.Line, len(lines)-1)], first) {
				t.Errorf("%s:%d does not hold %q of block %q", p.Path, b.Line, first, b.In(p.Text))
			}
		}
		for _, l := range p.Links {
			if l.Start < 0 || l.End > len(p.Text) || l.Start >= l.End || l.Target == "" {
				t.Errorf("%s: link %+v", p.Path, l)
			}
		}
		if p.Title == "" || p.URL == "" || p.Hash == "" {
			t.Errorf("%s: title %q, address %q, hash %q", p.Path, p.Title, p.URL, p.Hash)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"---\na: b\n---\nc", "+++\na = 1\n+++\n", "{\n\"a\": 1\n}\n\nb", "---\na: [\n---\n", "---\na: &a [*a]\n---\n",
		"---\nno end", ";;;\n{}\n;;;\n", "\ufeff---\n? a\n: b\n---\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		m, body, line := split(src)
		if !strings.HasSuffix(string(src), string(body)) {
			t.Fatalf("the body %q is no end of %q", body, src)
		}
		if lines := strings.Count(string(src), "\n") + 1; line < 1 || line > lines {
			t.Fatalf("the body begins on line %d of %d", line, lines)
		}
		for _, i := range m.issues {
			if i.line < 1 || i.cause == "" {
				t.Fatalf("an issue without its place: %+v", i)
			}
		}
		s := &source{path: "a.md", rel: "a.md", matter: m}
		s.fields(&config{}, &directory{}, namer{})
	})
}

package site

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
)

// told is what reading a folder comes to: each page with its kind, day, address and title.
func told(t *testing.T, files map[string]string) (pages map[string]string, folder *Folder) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = file(text)
	}
	folder, err := Read(context.Background(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	pages = map[string]string{}
	for _, p := range folder.Pages {
		pages[p.Path] = strings.TrimSpace(fmt.Sprintf("%s %s %s %s", p.Kind, p.Date, p.URL, p.Title))
	}
	return pages, folder
}

// The name of a person stands under many keys, whole or in halves.
func TestNamesOfPeople(t *testing.T) {
	for matter, want := range map[string]string{
		"fullname: Edda Voss\nrole: keeper":          "Edda Voss",
		"full_name: Edda Voss\nlayout: profile":      "Edda Voss",
		"displayName: Edda Voss":                     "Edda Voss",
		"nom: Voss\nprénom: Edda":                    "Edda Voss",
		"prenom: Edda\nnom: Voss":                    "Edda Voss",
		"nom: Edda Voss":                             "Edda Voss",
		"nombre: Edda\napellidos: Voss Mora":         "Edda Voss Mora",
		"nome: Edda\nsobrenome: Voss":                "Edda Voss",
		"voornaam: Edda\nachternaam: Voss":           "Edda Voss",
		"name: Voss\nvorname: Edda":                  "Edda Voss",
		"name: Edda Voss\nfirst_name: Edda":          "Edda Voss",
		"given_name: Edda\nfamily_name: Voss":        "Edda Voss",
		"first-name: Edda\nlast-name: Voss\nage: 31": "Edda Voss",
	} {
		pages, _ := told(t, map[string]string{"_config.yml": "collections: {people: {output: true}}\n",
			"_people/ev.md": "---\n" + matter + "\n---\nText.\n"})
		if got := pages["_people/ev.md"]; !strings.HasPrefix(got, "person") || !strings.HasSuffix(got, " "+want) {
			t.Errorf("%q is %q, want a person %q", matter, got, want)
		}
		list := "- " + strings.ReplaceAll(matter, "\n", "\n  ") + "\n"
		_, folder := told(t, map[string]string{"_config.yml": "title: x\n", "_data/people.yml": list, "a.md": "---\ntitle: A\n---\nText.\n"})
		found := false
		for _, p := range folder.Pages {
			found = found || p.Kind == ingest.PersonPage && p.Title == want
		}
		if !found {
			t.Errorf("%q in a data file is not the person %q", matter, want)
		}
	}
}

// A folder that is called after people holds what most of its pages are: guides for a team are no people.
func TestGuidesAreNoPeople(t *testing.T) {
	pages, _ := told(t, map[string]string{
		"hugo.toml":                      "baseURL = 'https://weir.example'\nlanguages = {en = {}}\ndefaultContentLanguage = 'en'\n",
		"content/team/_index.en.md":      "---\ntitle: Our Team\n---\nText.\n",
		"content/team/money.md":          "---\ntitle: Money Matters\n---\nText.\n",
		"content/team/code/index.en.md":  "---\ntitle: Weir Actions\n---\nText.\n",
		"content/team/lists.md":          "---\ntitle: Mailing Lists\n---\nText.\n",
		"content/speakers/edda-voss.md":  "---\ntitle: Edda Voss\naffiliation: Pier Labs\n---\nText.\n",
		"content/speakers/zyx-qwrtz.md":  "---\ntitle: Zyx Qwrtz\ntwitter: zyx\n---\nText.\n",
		"content/speakers/oro-lumbo.md":  "---\ntitle: Oro Lumbo\n---\nText.\n",
		"content/speakers/anna-berg.md":  "---\ntitle: Anna Berg\n---\nText.\n",
		"content/speakers/for-chairs.md": "---\ntitle: what chairs should know of speakers\n---\nText.\n",
	})
	for name, want := range map[string]string{"team/_index.en": "page", "team/money": "page", "team/code/index.en": "page",
		"team/lists":         "page",
		"speakers/edda-voss": "person", "speakers/zyx-qwrtz": "person", "speakers/oro-lumbo": "person", "speakers/anna-berg": "person",
		"speakers/for-chairs": "page"} {
		if got := pages["content/"+name+".md"]; !strings.HasPrefix(got, want+" ") {
			t.Errorf("%s is %q, want a %s", name, got, want)
		}
	}
}

// Nikola, SvelteKit and Sphinx lay their pages out in ways of their own.
func TestLessUsualGenerators(t *testing.T) {
	for name, c := range map[string]struct {
		files, want map[string]string
	}{
		"nikola": {map[string]string{
			"conf.py": "BLOG_TITLE = \"Weir\"\n" +
				"SITE_URL = \"https://weir.example/\"\n" +
				"POSTS = (\n (\"posts/*.txt\", \"blog\", \"post.tmpl\"),\n (\"posts/*.md\", \"blog\", \"post.tmpl\"),\n)\nPRETTY_URLS = False\n",
			"posts/one.txt":    ".. title: One evening\n.. slug: one\n.. link:\n.. date: 2031-02-03 19:00:00 UTC\n\nWe met.\n",
			"posts/two.txt":    "We met again.\n\nAt length\n=========\n\nText.\n",
			"posts/two.meta":   ".. title: Two evenings\n.. slug: second\n.. date: 2031/02/04 19:00\n",
			"posts/three.md":   "<!--\n.. title: Three evenings\n.. date: 2031-02-05\n-->\n\nWe met.\n",
			"files/old.html":   "<html><head><title>Old</title></head><body><p>Copied.</p></body></html>",
			"themes/a/note.md": "---\ntitle: Of the theme\n---\n",
		}, map[string]string{
			"posts/one.txt":  "post 2031-02-03 https://weir.example/blog/one.html One evening",
			"posts/two.txt":  "post 2031-02-04 https://weir.example/blog/second.html Two evenings",
			"posts/three.md": "post 2031-02-05 https://weir.example/blog/three.html Three evenings",
		}},
		"sveltekit": {map[string]string{
			"svelte.config.js": "export default {kit: {}}", "NOTES.md": "# Notes\n",
			"src/routes/+page.md":                             "---\ntitle: Home\n---\n",
			"src/routes/(site)/blog/2031-02-03-weir/+page.md": "---\ntitle: On weirs\n---\n",
			"src/routes/talks/[slug]/+page.md":                "# {data.title}\n",
			"src/lib/help.md":                                 "# Help\n",
		}, map[string]string{
			"src/routes/+page.md":                             "page  / Home",
			"src/routes/(site)/blog/2031-02-03-weir/+page.md": "post 2031-02-03 /blog/2031-02-03-weir On weirs",
		}},
		"sphinx": {map[string]string{
			"docs/conf.py": "project = 'Weir'\nhtml_baseurl = 'https://weir.example'\n" +
				"exclude_patterns = [\n  'drafts',\n  # 'blog',\n]\n" +
				"templates_path = ['_templates']\nhtml_extra_path = ['_old']\n",
			"docs/blog/one.rst":        ".. post:: Feb 3, 2031\n   :tags: weir\n\nOne\n===\n\nText.\n",
			"docs/blog/two.md":         "```{post} Feb 4, 2031\n---\ntags: weir,\n---\n```\n\n# Two\n\nText.\n",
			"docs/drafts/three.rst":    "Three\n=====\n",
			"docs/_templates/side.rst": "Side\n====\n",
			"docs/_old/2019/a.html":    "<!doctype html><html><head><title>Old</title></head><body><p>Text.</p></body></html>",
		}, map[string]string{
			"docs/blog/one.rst":     "post 2031-02-03 https://weir.example/blog/one.html One",
			"docs/blog/two.md":      "post 2031-02-04 https://weir.example/blog/two.html Two",
			"docs/_old/2019/a.html": "page  https://weir.example/2019/a.html Old",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			pages, _ := told(t, c.files)
			for p, want := range c.want {
				if pages[p] != want {
					t.Errorf("%s is %q, want %q", p, pages[p], want)
				}
			}
			if len(pages) != len(c.want) {
				t.Errorf("%d pages, want %d: %v", len(pages), len(c.want), pages)
			}
		})
	}
}

// A calendar of several events is a page of each; one that is cut short keeps those before and says so.
func TestCalendarOfSeveral(t *testing.T) {
	event := func(n int) string {
		return fmt.Sprintf("BEGIN:VEVENT\r\nUID:e%d\r\nDTSTART:2031020%dT190000Z\r\nDTEND:2031020%dT210000Z\r\n"+
			"SUMMARY:Weir evening %d\r\nLOCATION:Lock House\r\n"+
			"ORGANIZER;CN=Pier Labs:mailto:a@pier.example\r\nDESCRIPTION:With Edda Voss.\r\nEND:VEVENT\r\n", n, n, n+1, n)
	}
	head := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
	pages, folder := told(t, map[string]string{"all.ics": head + event(1) + event(2) + event(3) + "END:VCALENDAR\r\n",
		"cut.ics": head + event(5) + event(6)[:90]})
	for path, want := range map[string]string{"all.ics#e1": "event 2031-02-01  Weir evening 1",
		"all.ics#e3": "event 2031-02-03  Weir evening 3",
		"cut.ics#e5": "event 2031-02-05  Weir evening 5"} {
		if pages[path] != want {
			t.Errorf("%s is %q, want %q", path, pages[path], want)
		}
	}
	if len(pages) != 4 || folder.Pages[0].EndDate != "2031-02-02" || len(folder.Skips) != 1 || folder.Skips[0].Path != "cut.ics" {
		t.Errorf("pages %v, ends %s, skips %v", pages, folder.Pages[0].EndDate, folder.Skips)
	}
}

// What the account proposes mends what it tells of, as it stands.
func TestSettingsMend(t *testing.T) {
	files := map[string]string{
		"_config.yml":   "title: Weir Commons\n",
		"events/one.md": "---\ntitle: One\nwhen_it_was: 2031-02-03\nled_by: Edda Voss\n---\nText.\n",
		"events/two.md": "---\ntitle: Two\nwhen_it_was: 2031-02-04\ncrew:\n  - {called: Martin Crane, since: \"2030\"}\n---\nText.\n",
		"notes/a.md":    "---\ntitle: A\nprivate: true\n---\nText.\n",
		"notes/b.md":    "---\ntitle: B\nprivate: true\n---\nText.\n",
		"notes/a.odt":   "x",
	}
	_, before := told(t, files)
	var settings []string
	fields := map[string][]string{}
	for _, g := range before.Account {
		if inner, ok := strings.CutPrefix(g.Mend, "fields: {"); ok {
			inner, _, _ = strings.Cut(inner, "}")
			role, key, _ := strings.Cut(inner, ": ")
			fields[role] = append(fields[role], strings.Trim(key, "[]"))
			continue
		}
		for _, name := range []string{"skip: [", "include: ["} {
			if _, list, ok := strings.Cut(g.Mend, name); ok {
				list, _, _ = strings.Cut(list, "]")
				settings = append(settings, name+list+"]")
			}
		}
	}
	var all []string
	for role, keys := range fields {
		all = append(all, fmt.Sprintf("%s: [%s]", role, strings.Join(keys, ", ")))
	}
	files["rapporteur.yaml"] = strings.Join(settings, "\n") + "\nfields: {" + strings.Join(all, ", ") + "}\n"
	if _, err := curation.Parse(curation.FileName, []byte(files["rapporteur.yaml"])); err != nil {
		t.Fatalf("%v in\n%s", err, files["rapporteur.yaml"])
	}
	pages, after := told(t, files)
	for _, want := range []string{"events/one.md", "events/two.md", "notes/a.md", "notes/b.md"} {
		if pages[want] == "" || strings.HasPrefix(want, "events/") && !strings.Contains(pages[want], "2031-02-0") {
			t.Errorf("with\n%s\n%s is %q", files["rapporteur.yaml"], want, pages[want])
		}
	}
	for _, p := range after.Pages {
		if p.Path == "events/two.md" && !strings.Contains(p.Text, "Martin Crane") ||
			p.Path == "events/one.md" && !strings.Contains(p.Text, "Edda Voss") {
			t.Errorf("%s says %q", p.Path, p.Text)
		}
	}
	if len(after.Account) > 0 {
		t.Errorf("the account still tells %+v", after.Account)
	}
}

// A folder that begins with _ and that no collection has is not published by Jekyll: the account says so, and which setting reads it.
func TestFolderOfNoCollection(t *testing.T) {
	files := map[string]string{
		"_config.yml":       "title: Weir Commons\ncollections: [talks]\n",
		"index.md":          "---\ntitle: Home\n---\nText.\n",
		"_talks/one.md":     "---\ntitle: One\ndate: 2031-02-01\n---\nText.\n",
		"_evenings/a.md":    "---\ntitle: A\ndate: 2031-02-03\n---\nText.\n",
		"_evenings/b.md":    "---\ntitle: B\ndate: 2031-02-04\n---\nText.\n",
		"_evenings/part.md": "A part of pages, without front matter.\n",
		"_evenings/c.odt":   "x",
		"_includes/p.md":    "---\ntitle: P\n---\nText.\n",
	}
	pages, f := told(t, files)
	if len(pages) != 2 || len(f.Skips) > 0 || len(f.Account) != 1 || f.Account[0].Count != 2 ||
		f.Account[0].Mend != `include: ["_evenings/a.md", "_evenings/b.md"], if readers may see them` {
		t.Errorf("pages %v, skips %+v, account %+v", pages, f.Skips, f.Account)
	}
	files["rapporteur.yaml"] = "include: [\"_evenings/**\"]\n"
	if pages, f = told(t, files); len(pages) != 4 || len(f.Account) > 0 {
		t.Errorf("included: pages %v, account %+v", pages, f.Account)
	}
	delete(files, "_config.yml")
	delete(files, "rapporteur.yaml")
	if pages, _ = told(t, files); pages["_evenings/a.md"] == "" {
		t.Errorf("without settings of a generator: pages %v", pages)
	}
}

// A cell that only marks who did what is no name, and a key that is misspelt by a letter is still known.
func TestKeysAsPeopleWriteThem(t *testing.T) {
	_, folder := told(t, map[string]string{
		"_config.yml":     "title: Weir\n",
		"_data/crew.csv":  "name,week-1-speaker,week-2-mentor,twitter\nEdda Voss,speaker,,ev\nMartin Crane,,mentor,mc\n",
		"projects/one.md": "---\ntitle: One\ncolaborators:\n  - name: Edda Voss\n---\nText.\n",
	})
	for _, g := range folder.Account {
		if g.Kind == ingest.PointerGap || g.Kind == ingest.KeyGap {
			t.Errorf("told of %+v", g)
		}
	}
	for _, p := range folder.Pages {
		if p.Path == "projects/one.md" && !strings.Contains(p.Text, "Edda Voss") {
			t.Errorf("the page says %q", p.Text)
		}
	}
}

// Front matter in JSON that text follows at once, keys that say by whom and when in other words, an event in a list of events that has a
// day and the address of a page.
func TestOtherWordsForTheSame(t *testing.T) {
	_, folder := told(t, map[string]string{
		"hugo.toml":                "baseURL = 'https://weir.example/'\ntitle = 'Weir'\n",
		"data/events.yaml":         "- title: Spring Fair\n  date: 2031-04-02\n  link: /events/spring/\n",
		"content/events/spring.md": "---\ntitle: Spring Fair at Lindmar\n---\nSee below.\n",
		"content/events/json.md":   "{\n\"title\": \"Tides\", \"starts_at\": \"2031-05-06 10:00\", \"presented_by\": \"Edda Voss\"\n}\nText.\n",
		"content/events/words.md":  "---\ntitle: Words\ndate_of_event: 2031-05-07\nhosted_by: Reed Institute\n---\nText.\n",
	})
	want := map[string][2]string{"content/events/spring.md": {"2031-04-02", "See below"},
		"content/events/json.md":  {"2031-05-06", "Edda Voss"},
		"content/events/words.md": {"2031-05-07", "Reed Institute"}}
	for _, p := range folder.Pages {
		if w, ok := want[p.Path]; ok && (p.Date != w[0] || !strings.Contains(p.Text, w[1]) || strings.Contains(p.Text, "{")) {
			t.Errorf("%s of %q says %q", p.Path, p.Date, p.Text)
		}
	}
	if len(folder.Pages) < len(want) {
		t.Errorf("%d pages", len(folder.Pages))
	}
}

// A page that is called by the word for events lists them, and the key that most pages give is the example.
func TestListsOfEventsAndKeysUsedMost(t *testing.T) {
	_, folder := told(t, map[string]string{
		"_config.yml":                 "title: Weir Harbour\ncollections:\n  events:\n    output: true\n",
		"events.md":                   "---\ntitle: Events\nlayout: events\n---\nAll of them.\n",
		"pages/archive/seminars.md":   "---\ntitle: Seminar series\n---\nAll of them.\n",
		"port/workshops.md":           "---\ntitle: Workshops, 9 May 2031\n---\nOne day of them.\n",
		"_events/2031-05-06-open.md":  "---\ntitle: Opening\nspeakers: [evoss]\n---\nText.\n",
		"_events/2031-05-07-close.md": "---\ntitle: Closing\nspeakers: [mcrane, evoss]\n---\nText.\n",
		"_events/2031-05-08-again.md": "---\ntitle: Again\nspeakers: [mcrane]\n---\nText.\n",
		"_events/2031-05-09-last.md":  "---\ntitle: Last\nspeakers: [mcrane]\nauthor: WH\n---\nText.\n",
	})
	for _, p := range folder.Pages {
		if lists := !strings.HasPrefix(p.Path, "_events/") && p.Path != "port/workshops.md"; lists == (p.Kind == ingest.EventPage) {
			t.Errorf("%s is a page of kind %q", p.Path, p.Kind)
		}
	}
	const want = `2 keys under "speakers" that nothing on the site explains, used 5 times; this one the most, 3 times`
	if len(folder.Account) != 1 || folder.Account[0].Text != want || !strings.HasSuffix(folder.Account[0].Example, ": mcrane") {
		t.Errorf("the account tells %+v", folder.Account)
	}
}

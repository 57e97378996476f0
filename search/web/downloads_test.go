package web

import (
	"encoding/csv"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/search/answer"

	"go.yaml.in/yaml/v3"

	"rapporteur/ingest/curation"
	"rapporteur/ingest/kinds"
)

// What is taken away is whole: as many rows as there are things, no cell a formula, each line with its source.
func TestTakeAway(t *testing.T) {
	s, f := newTestSite(t, Options{})
	rows, err := csv.NewReader(strings.NewReader(visitSite(s, "GET", "/people?format=csv").Body.String())).ReadAll()
	if err != nil || len(rows) != len(f.catalogue.People)+1 {
		t.Errorf("%d rows of people, want %d: %v", len(rows), len(f.catalogue.People)+1, err)
	}
	var asks []answer.Recommendation
	w := visitSite(s, "GET", "/recommendations?format=json")
	if err := json.Unmarshal(w.Body.Bytes(), &asks); err != nil || len(asks) == 0 {
		t.Errorf("%d asks: %v", len(asks), err)
	}
	if got := w.Header().Get("Content-Disposition"); !strings.Contains(got, "attachment") || !strings.Contains(got, ".json") {
		t.Errorf("the asks come as %q", got)
	}
	person := f.catalogue.People[0]
	text := visitSite(s, "GET", person.Href+"?format=md").Body.String()
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if lines[0] != "# "+markdownText(person.Name) || !strings.Contains(lines[2], "http://example.com"+person.Href) {
		t.Errorf("it begins with %q", lines[:3])
	}
	if !strings.Contains(text, "#:~:text=") {
		t.Error("no line leads to the words on the live page")
	}
}

// Ways, comparisons and what is around a thing can be taken away too.
func TestTiesAreTakenAway(t *testing.T) {
	s, f := newTestSite(t, Options{})
	one, other := url.QueryEscape(string(f.catalogue.People[0].ID)), url.QueryEscape(string(f.catalogue.People[1].ID))
	for address, column := range map[string]string{
		"/explore?from=" + one + "&to=" + other: "a sentence says so", "/compare?first=" + one + "&second=" + other: "kind",
		"/explore?of=" + one: "until",
	} {
		rows, err := csv.NewReader(strings.NewReader(visitSite(s, "GET", address+"&format=csv").Body.String())).ReadAll()
		if err != nil || len(rows) < 2 || !slices.Contains(rows[0], column) {
			t.Errorf("%s: %q, %v", address, rows, err)
		}
		if body := visitSite(s, "GET", address).Body.String(); !strings.Contains(body, "format=csv") {
			t.Errorf("%s offers no table", address)
		}
	}
}

// A sheet is no program: what looks like a formula is text.
func TestTakenTablesHoldNoFormulas(t *testing.T) {
	sh := listSheet(english, "x", []answer.Listed{{Ref: answer.Ref{Name: "=HYPERLINK(1)"}}})
	s, f := newTestSite(t, Options{})
	f.catalogue.People[0].Name = sh.Rows[0].Cells[0]
	if body := visitSite(s, "GET", "/people?format=csv").Body.String(); !strings.Contains(body, "'=HYPERLINK") {
		t.Errorf("%.200s", body)
	}
}

func TestCalendar(t *testing.T) {
	page := answer.ListedPage{Ref: answer.Ref{ID: "urn:x",
		Name: "Tides, talks; and a very long name that goes on and on – until it must be folded, twice at least, in its line"},
		Date: "2024-02-28", URL: "https://a.example/e"}
	got, err := calendar(page, "2024-02-29", "https://b.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"DTSTART;VALUE=DATE:20240228\r\n", "DTEND;VALUE=DATE:20240301\r\n", `SUMMARY:Tides\, talks\; and`,
		"URL:https://a.example/e\r\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for line := range strings.SplitSeq(got, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	if one, _ := calendar(page, "", ""); !strings.Contains(one, "DTEND;VALUE=DATE:20240229\r\n") {
		t.Error("a day ends with the next one")
	}
	if _, err := calendar(answer.ListedPage{}, "", ""); err == nil {
		t.Error("no day is no event")
	}
}

func TestReferences(t *testing.T) {
	page := answer.ListedPage{Ref: answer.Ref{ID: "https://a.example/id/page/tides", Name: "Tides & {talks} 100%"}, Date: "2024-02-28",
		URL: "https://a.example/e"}
	r := &ingest.Record{People: []ingest.Participant{{Reference: ingest.Reference{Name: "Ines Tern"}, Part: ingest.Author},
		{Reference: ingest.Reference{Name: "Ulf Reed"}}}}
	ref := referenceOf(page, r, "Estuary Watch")
	if got := ref.ris(); !strings.HasPrefix(got, "TY  - ELEC\r\nAU  - Tern, Ines\r\n") || strings.Contains(got, "Reed") ||
		!strings.HasSuffix(got, "UR  - https://a.example/e\r\nER  - \r\n") {
		t.Errorf("%s", got)
	}
	if got := ref.bibtex(); !strings.Contains(got, `title = {Tides \& \{talks\} 100\%}`) || !strings.Contains(got, "author = {Tern, Ines}") {
		t.Errorf("%s", got)
	}
}

// Whatever lines the page gives can stand in rapporteur.yaml.
func TestLinesThatPutRight(t *testing.T) {
	odd := answer.Ref{Kind: kinds.Person, Name: `Ann: "the # tide" [Reed]`}
	body := answer.Ref{Kind: kinds.Organisation, Name: "*Gulls & Co: {west}"}
	all := append(remedies(english, odd, answer.Ref{}), remedies(english, odd, body)...)
	all = append(append(all, remedies(english, body, answer.Ref{Kind: kinds.Organisation, Name: "no"})...),
		pageRemedies(english, &answer.Catalogue{}, odd)...)
	seen := 0
	for _, r := range all {
		if r.Lines == "" {
			continue
		}
		seen++
		var any map[string]any
		if err := yaml.Unmarshal([]byte(r.Lines), &any); err != nil || len(any) != 1 {
			t.Errorf("%s: %v\n%s", r.What, err, r.Lines)
		}
		if strings.Contains(r.Lines, "''") || strings.Contains(r.Lines, `[""]`) || strings.Contains(r.Lines, "- \"\"") {
			continue // of a page that is not there
		}
		if _, err := curation.Parse("rapporteur.yaml", []byte(r.Lines)); err != nil {
			t.Errorf("%s: %v\n%s", r.What, err, r.Lines)
		}
	}
	if seen < 15 {
		t.Errorf("%d remedies", seen)
	}
}

// The line under a title says what the facts say, and nothing where there are none.
func TestAnswerLine(t *testing.T) {
	org := answer.Ref{Kind: kinds.Organisation, Name: "Estuary Watch", Href: "/organisations/estuary-watch"}
	for _, test := range []struct {
		profile answer.Profile
		want    string
	}{
		{answer.Profile{Ref: answer.Ref{Kind: kinds.Person}}, ""},
		{answer.Profile{Ref: answer.Ref{Kind: kinds.Person},
			Affiliations: []answer.Affiliation{{To: org, Roles: []string{"head of gauges"}, Relation: "works-for"}}},
			"Head of gauges at Estuary Watch."},
		{answer.Profile{Ref: answer.Ref{Kind: kinds.Person}, Affiliations: []answer.Affiliation{{To: org, Relation: "other"}}}, ""},
		{answer.Profile{Ref: answer.Ref{Kind: kinds.Person}, Spoke: 2,
			Appearances: []answer.Appearance{{PageKind: "event", Speaker: true, Announced: true, Date: "2025-05-01"},
				{PageKind: "event", Speaker: true, Date: "2024-05-01"}}},
			"Named as speaker, chair or facilitator of 2 events here, the latest on 1 May 2024."},
		{answer.Profile{Ref: org, Spoke: 1, Appearances: []answer.Appearance{
			{PageKind: "event", Date: "2024-05-01", Spoke: []answer.Ref{{ID: "a"}}}}}, "1 person spoke for it here, at 1 event."},
		{answer.Profile{Ref: answer.Ref{Kind: kinds.Topic}, Pages: 3, First: "2024-05-01", Last: "2024-06-01"},
			"Named on 3 pages here, from May 2024 to June 2024."},
	} {
		if got := plain(answerOf(english, &test.profile)); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// Somebody who opens a feed in a browser reads a page; a feed reader is given Atom.
func TestFeedInABrowser(t *testing.T) {
	s, f := newTestSite(t, Options{})
	address := f.catalogue.People[0].Href + "/feed.atom"
	for accept, want := range map[string]string{
		"text/html,application/xhtml+xml,*/*;q=0.8": "text/html", "*/*": "application/atom+xml",
		"application/atom+xml, text/html;q=0.5": "application/atom+xml", "": "application/atom+xml",
	} {
		w := visitSite(s, "GET", address, "Accept", accept)
		if got := w.Header().Get("Content-Type"); w.Code != 200 || !strings.HasPrefix(got, want) ||
			!strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept") {
			t.Errorf("%q is given %d %s", accept, w.Code, got)
		}
		if want == "text/html" && !strings.Contains(w.Body.String(), "http://example.com"+address) {
			t.Error("the page does not tell the address of the feed")
		}
	}
}

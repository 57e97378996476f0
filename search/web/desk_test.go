package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"rapporteur/ingest"
	"rapporteur/search/answer"
)

// paper is a desk whose file is in memory.
type paper struct {
	mu    sync.Mutex
	file  []byte
	moved bool // somebody else writes between looking and keeping
}

func (p *paper) Load() ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.file, nil
}

func (p *paper) Keep(_ context.Context, was, now []byte) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.moved || !bytes.Equal(p.file, was) {
		return false, ErrMoved
	}
	p.file = now
	return true, nil
}

// A wrong merge is put right at the desk: seen as a change first, kept, taken back; and nobody does so without the token.
func TestDesk(t *testing.T) {
	file := &paper{file: []byte("name: Example # ours\n")}
	server := openTestdata(t, Options{Desk: file, DeskToken: "t0ken", BasePath: "/record"})
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar}
	do := func(method, path string, form url.Values, header ...string) (int, string) {
		t.Helper()
		r, err := http.NewRequest(method, server.URL+"/record"+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		b, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		if response.StatusCode == http.StatusOK && strings.HasPrefix(path, "/desk") && response.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept by caches", path)
		}
		return response.StatusCode, string(b)
	}
	decision := url.Values{"token": {"t0ken"}, "lines": {"different:\n  - [Grace A, Grace B]\n"}, "who": {"Ann"}, "why": {"two\npeople"}}
	for _, path := range []string{"/desk", "/desk?token=wrong"} {
		if status, _ := do("GET", path, nil); status != http.StatusForbidden {
			t.Errorf("%s: %d", path, status)
		}
	}
	if status, _ := do("POST", "/desk/keep", decision); status != http.StatusForbidden {
		t.Errorf("without the cookie: %d", status)
	}
	if status, body := do("GET", "/desk?token=t0ken", nil); status != http.StatusOK || !strings.Contains(body, "questions for people") {
		t.Fatalf("with the token: %d", status)
	}
	if status, _ := do("POST", "/desk/keep", decision, "Sec-Fetch-Site", "cross-site"); status != http.StatusForbidden {
		t.Errorf("from another site: %d", status)
	}
	if status, _ := do("POST", "/search", decision); status != http.StatusMethodNotAllowed {
		t.Errorf("elsewhere: %d", status)
	}
	_, body := do("GET", "/wrong?about="+url.QueryEscape("Marit Oosterveen"), nil)
	if !strings.Contains(body, `action="/record/desk"`) || !strings.Contains(body, "Show what it would change") {
		t.Error("“something wrong here?” does not lead to the desk")
	}

	status, body := do("POST", "/desk", decision)
	was := regexp.MustCompile(`name="was" value="([0-9a-f]{64})"`).FindStringSubmatch(body)
	added := regexp.MustCompile(`<ins>[^<]*Grace A, Grace B\] # \d{4}-\d\d-\d\d Ann: two people</ins>`)
	if status != http.StatusOK || was == nil || !added.MatchString(body) {
		t.Fatalf("%d, %s", status, body)
	}
	decision.Set("was", "0")
	_, body = do("POST", "/desk/keep", decision)
	if !strings.Contains(body, "changed meanwhile") || strings.Contains(string(file.file), "Grace") {
		t.Error("a file that was not shown was written")
	}
	decision.Set("was", was[1])
	if status, body := do("POST", "/desk/keep", decision); status != http.StatusOK || !strings.Contains(body, "Take it back") {
		t.Errorf("%d", status)
	}
	if got := string(file.file); !strings.HasPrefix(got, "name: Example # ours\ndifferent:\n  - [Grace A, Grace B] # ") {
		t.Errorf("%q", got)
	}
	for lines, problem := range map[string]string{
		"same:\n  - [Grace A, Grace B]\n": "called the same on line",
		"same: [":                         "this is not YAML",
		"different: [[Grace A, Grace B]]": "says so already",
	} {
		if _, body := do("POST", "/desk", url.Values{"token": {"t0ken"}, "lines": {lines}}); !strings.Contains(body, problem) {
			t.Errorf("%q: not told %q", lines, problem)
		}
	}
	_, body = do("GET", "/desk", nil)
	left := regexp.MustCompile(`name="was" value="([0-9a-f]{64})"`).FindStringSubmatch(body)
	if left == nil {
		t.Fatal("nothing to take back")
	}
	if status, _ := do("POST", "/desk/undo", url.Values{"token": {"t0ken"}, "was": {left[1]}}); status != http.StatusOK {
		t.Errorf("taking back: %d", status)
	}
	if got := string(file.file); got != "name: Example # ours\n" {
		t.Errorf("%q", got)
	}
	// Who decides is remembered for each browser, not for whoever comes next; a reason is kept whole.
	if _, body := do("GET", "/wrong?about="+url.QueryEscape("Marit Oosterveen"), nil); !strings.Contains(body, `name="who" value="Ann"`) {
		t.Error("who decided is forgotten")
	}
	first := client.Jar
	client.Jar, _ = cookiejar.New(nil)
	do("GET", "/desk?token=t0ken", nil)
	if _, body := do("GET", "/wrong?about="+url.QueryEscape("Marit Oosterveen"), nil); strings.Contains(body, "Ann") {
		t.Error("another browser decides in Ann's name")
	}
	client.Jar = first
	decision.Set("why", strings.Repeat("because ", 20))
	if _, body := do("POST", "/desk", decision); !strings.Contains(body, strings.TrimSpace(decision.Get("why"))+"</ins>") {
		t.Error("a reason of 160 letters is cut")
	}
	file.moved = true
	if status, _ := do("POST", "/desk/keep", decision); status != http.StatusConflict {
		t.Errorf("two at once: %d", status)
	}
}

func TestWaysOf(t *testing.T) {
	got := waysOf(english, "same:\n  - [A, B]\n# or, if they are two:\n# different:\n#   - [A, B]\n")
	if len(got) != 2 || got[0] != (way{"They are one", "same:\n  - [A, B]\n"}) || got[1] != (way{"They are two", "different:\n  - [A, B]\n"}) {
		t.Errorf("%+v", got)
	}
}

// A question about people is answered on the page, too.
func TestQuestionsOnThePage(t *testing.T) {
	server := openTestdata(t, Options{})
	for query, who := range map[string]string{"who spoke about procurement": "Zsófia Terebesy", "who works at Fjordlab": "Elin Sørbråten"} {
		response, err := http.Get(server.URL + "/search?q=" + url.QueryEscape(query))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || response.StatusCode != http.StatusOK || !strings.Contains(string(b), who) {
			t.Errorf("%s: %d, without %s (%v)", query, response.StatusCode, who, err)
		}
	}
}

// The sentences of a question stand beside the one of two that they name; of two names of which one holds the other, the longer.
func TestSidesOfAQuestion(t *testing.T) {
	c := &answer.Catalogue{Organisations: []answer.Listed{
		{Ref: answer.Ref{ID: "urn:x:1", Name: "Tide Trust"}},
		{Ref: answer.Ref{ID: "urn:x:2", Name: "Tide Trust Ireland"}, Aliases: []string{"TTI"}},
	}}
	d := ingest.Doubt{Entities: []ingest.IRI{"urn:x:1", "urn:x:2"}, Evidence: []ingest.Evidence{
		{Quote: "The Tide Trust met."}, {Quote: "Tide Trust Ireland met."}, {Quote: "TTI met."}, {Quote: "Nobody met."},
	}}
	sides, rest := sidesOf(c, d)
	if len(sides) != 2 || len(sides[0].Evidence) != 1 || len(sides[1].Evidence) != 2 || len(rest) != 1 {
		t.Errorf("sides %+v, rest %v", sides, rest)
	}
	d.Entities = d.Entities[:1]
	if sides, rest := sidesOf(c, d); sides != nil || len(rest) != 4 {
		t.Errorf("a question about one thing has sides: %+v, rest %v", sides, rest)
	}
}

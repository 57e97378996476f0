package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"github.com/rogpeppe/go-internal/diff"
)

// Desk keeps the decisions of a site, which stand in its rapporteur.yaml. Its methods are safe for parallel use.
type Desk interface {
	// Load returns what the file says, nil if there is none yet.
	Load() ([]byte, error)

	// Keep writes the file and has the site read again. done is false if that takes longer than somebody waits. It fails with
	// ErrMoved, and writes nothing, if the file does not say was any more.
	Keep(ctx context.Context, was, now []byte) (done bool, err error)
}

// ErrMoved says that somebody else has changed the decisions meanwhile.
var ErrMoved = errors.New("the file was changed meanwhile")

const (
	deskCookie = "rapporteur-desk"
	whoCookie  = "rapporteur-desk-who" // who decided last in this browser, escaped as in an address
	maxForm    = 64 << 10              // bytes
	maxKept    = 20                    // decisions that can be taken back
	maxWho     = 240                   // bytes of a name: 80 letters of whatever script
	maxWhy     = 800                   // likewise of a reason
)

// desk is the review desk of a site, for whoever has its token.
type desk struct {
	Desk
	token string
	now   func() time.Time

	mu   sync.Mutex
	kept []kept // newest last
}

// kept is one decision: the file before and after it.
type kept struct {
	Lines, Note string
	was, now    []byte
}

func (s *Site) routeDesk() {
	if s.options.Desk == nil {
		return
	}
	s.desk = &desk{Desk: s.options.Desk, token: s.options.DeskToken, now: time.Now}
	s.page("GET /desk", s.atDesk)
	s.page("POST /desk", s.deskForm(s.previewDecision))
	s.page("POST /desk/keep", s.deskForm(s.keepDecision))
	s.page("POST /desk/undo", s.deskForm(s.undoDecision))
}

// writes reports whether a request changes something: only those to the desk do.
func (s *Site) writes(r *http.Request) bool {
	return s.options.Desk != nil && r.Method == http.MethodPost && (r.URL.Path == "/desk" || strings.HasPrefix(r.URL.Path, "/desk/"))
}

// signedIn reports whether a visitor has the token of the desk.
func (s *Site) signedIn(r *http.Request) bool {
	if s.desk == nil {
		return false
	}
	c, err := r.Cookie(deskCookie)
	return err == nil && s.desk.opens(c.Value)
}

func (d *desk) opens(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(d.token)) == 1
}

var errNoToken = refuse(http.StatusForbidden, "e.notoken")

type deskPage struct {
	frame
	Token, Who, Why string
	Lines           string // that are to be kept
	Was             string // digest of the file that they are for
	Diff            []diffLine
	Problem         string
	Foreign         bool // the problem is told in English
	Slow            bool // the site is being read again
	Kept            []kept
	Left            string // digest of the file after the newest of Kept
	Waiting         int
	Next            *doubt
	Sides           []side // what the question is whether it is one, each with its sentences
	Queue           []queued
	Ways            []way
}

// side is one of the things that a question is about, and what is said of it.
type side struct {
	answer.Listed
	Evidence []ingest.Evidence
}

// queued is a question that waits. Names are those that it is about.
type queued struct {
	Href, Names, Question string
	On                    bool
}

// queueMost is how many questions are listed beside the one that is asked.
const queueMost = 8

// diffLine is a line of a difference; Added and Removed say which.
type diffLine struct {
	Text           string
	Added, Removed bool
}

// way is one answer to a question.
type way struct{ Name, Lines string }

// decider is who decided last in the browser of a request.
func decider(r *http.Request) string {
	c, err := r.Cookie(whoCookie)
	if err != nil {
		return ""
	}
	who, err := url.QueryUnescape(c.Value)
	if err != nil || len(who) > maxWho {
		return ""
	}
	return who
}

func (s *Site) deskPage(v *visit, title string) *deskPage {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	p := &deskPage{frame: frame{Title: title, Here: "/desk"}, Token: s.desk.token, Who: decider(v.r)}
	for _, k := range slices.Backward(s.desk.kept) {
		p.Kept = append(p.Kept, k)
	}
	if len(p.Kept) > 0 {
		p.Left = digest(p.Kept[0].now)
	}
	return p
}

// atDesk shows the desk, or lets somebody in who has the token.
func (s *Site) atDesk(v *visit) error {
	q := v.r.URL.Query()
	v.w.Header().Set("Cache-Control", "no-store")
	v.w.Header().Set("Referrer-Policy", "no-referrer")
	if token := q.Get("token"); token != "" {
		if !s.desk.opens(token) {
			return errNoToken
		}
		http.SetCookie(v.w, &http.Cookie{
			Name: deskCookie, Value: token, Path: s.prefix + "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
		http.Redirect(v.w, v.r, s.prefix+"/desk", http.StatusSeeOther)
		return nil
	}
	if !s.signedIn(v.r) {
		return errNoToken
	}
	p := s.deskPage(v, v.texts().t("desk.title"))
	p.Slow = q.Get("slow") != ""
	doubts := v.gen.Catalogue().Doubts
	skip, err := number(q, "skip", 0, 0, 100000)
	if err != nil {
		return err
	}
	p.Waiting = len(doubts)
	if skip < len(doubts) {
		one := s.doubt(v, doubts[skip])
		p.Next, p.Ways = &one, waysOf(v.texts(), one.Lines)
		p.Sides, one.Evidence = sidesOf(v.gen.Catalogue(), one.Doubt)
		for i := max(0, min(skip, len(doubts)-queueMost)); i < len(doubts) && len(p.Queue) < queueMost; i++ {
			waiting := queued{Href: fmt.Sprintf("/desk?skip=%d", i), Question: doubts[i].Question, On: i == skip}
			var names []string
			for _, ref := range s.doubt(v, doubts[i]).About {
				names = append(names, ref.Name)
			}
			waiting.Names = cmp.Or(strings.Join(names, ", "), shorten(doubts[i].Question, 60))
			p.Queue = append(p.Queue, waiting)
		}
		p.Was = fmt.Sprint(skip + 1) // where "not now" leads to
	}
	return s.render(v, http.StatusOK, "desk", p)
}

// sidesOf puts the sentences of a question about two things or more beside the thing that they name; rest are those that name none
// of them, or all there are where the question is about one thing.
func sidesOf(c *answer.Catalogue, d ingest.Doubt) (sides []side, rest []ingest.Evidence) {
	if len(d.Entities) < 2 {
		return nil, d.Evidence
	}
	for _, id := range d.Entities {
		for _, row := range kinds.Entities() {
			for _, l := range c.Entities(row.Kind) {
				if l.ID == id {
					sides = append(sides, side{Listed: l})
				}
			}
		}
	}
	for _, e := range d.Evidence {
		best, length := -1, 0 // of two names of which one holds the other, the longer one is meant
		for i := range sides {
			for _, name := range append([]string{sides[i].Name}, sides[i].Aliases...) {
				if len(name) > length && strings.Contains(e.Quote, name) {
					best, length = i, len(name)
				}
			}
		}
		if best < 0 {
			rest = append(rest, e)
		} else {
			sides[best].Evidence = append(sides[best].Evidence, e)
		}
	}
	return sides, rest
}

// waysOf takes the lines of a question apart: what would settle it this way and, behind "# or", that way.
func waysOf(x *texts, lines string) []way {
	var out []way
	text := ""
	add := func() {
		if text = strings.TrimSpace(text); text != "" {
			key, _, _ := strings.Cut(text, ":")
			name := x.orElse("decide."+key, x.t("decide"))
			if strings.HasSuffix(text, ": none") {
				name = x.t("decide.none")
			}
			out = append(out, way{name, text + "\n"})
		}
		text = ""
	}
	other := false
	for line := range strings.Lines(lines) {
		switch {
		case strings.HasPrefix(line, "# or"):
			add()
			other = true
		case other:
			text += strings.TrimPrefix(strings.TrimPrefix(line, "#"), " ")
		default:
			text += line
		}
	}
	add()
	return out
}

// deskForm lets only those decide who have the token, on this server's own pages.
func (s *Site) deskForm(do func(v *visit, form url.Values) error) func(*visit) error {
	return func(v *visit) error {
		v.w.Header().Set("Cache-Control", "no-store")
		body, err := io.ReadAll(http.MaxBytesReader(v.w, v.r.Body, maxForm))
		if err != nil {
			return refuse(http.StatusRequestEntityTooLarge, "e.longform", maxForm)
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return refuse(http.StatusBadRequest, "e.form")
		}
		site := v.r.Header.Get("Sec-Fetch-Site")
		if !s.signedIn(v.r) || !s.desk.opens(form.Get("token")) || site != "" && site != "same-origin" {
			return errNoToken
		}
		return do(v, form)
	}
}

// decided reads a form: the lines that are to be kept, and the note that goes with them.
func (s *Site) decided(v *visit, form url.Values) (p *deskPage, note string) {
	p = s.deskPage(v, v.texts().t("desk.preview"))
	p.Lines, p.Who, p.Why = strings.ReplaceAll(form.Get("lines"), "\r", ""), clipTo(form.Get("who"), maxWho), clipTo(form.Get("why"), maxWhy)
	note = s.desk.now().Format("2006-01-02")
	if p.Who != "" {
		note += " " + p.Who
	}
	if p.Why != "" {
		note += ": " + p.Why
	}
	return p, note
}

// previewDecision shows what lines would change in the file.
func (s *Site) previewDecision(v *visit, form url.Values) error {
	p, note := s.decided(v, form)
	was, err := s.desk.Load()
	if err != nil {
		return err
	}
	return s.showDecision(v, p, was, note)
}

func (s *Site) showDecision(v *visit, p *deskPage, was []byte, note string) error {
	status := http.StatusOK
	now, err := curation.Add(curation.FileName, was, []byte(p.Lines), note)
	switch {
	case err != nil:
		p.Problem, p.Foreign, status = err.Error(), true, http.StatusUnprocessableEntity
	case bytes.Equal(was, now):
		p.Problem = v.texts().t("desk.already")
	default:
		p.Was, p.Diff = digest(was), differences(was, now)
	}
	return s.render(v, status, "desk", p)
}

// keepDecision writes lines into the file, if it is still as it was shown.
func (s *Site) keepDecision(v *visit, form url.Values) error {
	p, note := s.decided(v, form)
	was, err := s.desk.Load()
	if err != nil {
		return err
	}
	now, err := curation.Add(curation.FileName, was, []byte(p.Lines), note)
	if err != nil || digest(was) != form.Get("was") {
		p.Problem = v.texts().t("desk.meanwhile")
		return s.showDecision(v, p, was, note)
	}
	done, err := s.desk.Keep(v.ctx(), was, now)
	if errors.Is(err, ErrMoved) {
		return refuse(http.StatusConflict, "e.moved")
	}
	if err != nil {
		return err
	}
	http.SetCookie(v.w, &http.Cookie{
		Name: whoCookie, Value: url.QueryEscape(p.Who), Path: s.prefix + "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	s.desk.mu.Lock()
	s.desk.kept = append(s.desk.kept, kept{p.Lines, note, was, now})
	s.desk.kept = s.desk.kept[max(0, len(s.desk.kept)-maxKept):]
	s.desk.mu.Unlock()
	s.backToDesk(v, done)
	return nil
}

// undoDecision takes the newest decision back, if the file is still as it left it.
func (s *Site) undoDecision(v *visit, form url.Values) error {
	s.desk.mu.Lock()
	var last kept
	if n := len(s.desk.kept); n > 0 {
		last = s.desk.kept[n-1]
	}
	s.desk.mu.Unlock()
	if last.now == nil || digest(last.now) != form.Get("was") {
		return refuse(http.StatusConflict, "e.notnewest")
	}
	done, err := s.desk.Keep(v.ctx(), last.now, last.was)
	if errors.Is(err, ErrMoved) {
		return refuse(http.StatusConflict, "e.since")
	}
	if err != nil {
		return err
	}
	s.desk.mu.Lock()
	s.desk.kept = slices.DeleteFunc(s.desk.kept, func(k kept) bool { return bytes.Equal(k.now, last.now) && k.Lines == last.Lines })
	s.desk.mu.Unlock()
	s.backToDesk(v, done)
	return nil
}

func (s *Site) backToDesk(v *visit, done bool) {
	to := s.prefix + "/desk"
	if !done {
		to += "?slow=1"
	}
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// differences are the lines that change from one file to another, with some around them.
func differences(was, now []byte) []diffLine {
	var out []diffLine
	all := strings.Split(strings.TrimSuffix(string(diff.Diff(curation.FileName, was, curation.FileName, now)), "\n"), "\n")
	for _, line := range all[min(3, len(all)):] { // behind the names
		if !strings.HasPrefix(line, "@@") {
			out = append(out, diffLine{line, strings.HasPrefix(line, "+"), strings.HasPrefix(line, "-")})
		}
	}
	return out
}

// deskRemedy is a remedy with what the form of the desk needs; Token is empty for whoever only reads.
type deskRemedy struct {
	remedy
	Token, Who string
}

// Rows is how many lines the remedy has.
func (r deskRemedy) Rows() int { return strings.Count(r.Lines, "\n") + 1 }

// deskRemedies are remedies as a visitor is shown them.
func (s *Site) deskRemedies(v *visit, list []remedy) []deskRemedy {
	out := make([]deskRemedy, 0, len(list))
	for _, r := range list {
		one := deskRemedy{remedy: r}
		if s.signedIn(v.r) {
			one.Token, one.Who = s.desk.token, decider(v.r)
		}
		out = append(out, one)
	}
	if s.desk != nil {
		v.w.Header().Set("Cache-Control", "no-store")
	}
	return out
}

// doubt is a question with links to what it is about.
func (s *Site) doubt(v *visit, d ingest.Doubt) doubt {
	one := doubt{Doubt: d}
	for _, id := range d.Entities {
		if ref, err := v.gen.Lookup(v.ctx(), string(id)); err == nil {
			one.About = append(one.About, ref)
		}
	}
	return one
}

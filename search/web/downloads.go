package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/table"
	"rapporteur/search/answer"
	"rapporteur/search/present"

	"rapporteur/ingest"
)

// download is a form in which a page can be downloaded.
type download struct {
	Name, What, Href string
	Saved            bool // as a file
}

// sheet is a list to take away: as a table, or as lines that name their sources.
type sheet struct {
	Title string
	Head  []string
	Rows  []sheetRow
	Whole any // the same for programs
}

// sheetRow is one thing of a list. Said is it as a line of text, From where it stands.
type sheetRow struct {
	Cells []string
	Said  string
	From  source
}

// source is where something stands: what a citation names.
type source struct{ Title, Date, URL string }

// forms are the ways of writing a sheet: the values of "format".
var forms = [...]string{"md", "csv", "json"}

// downloads are the forms of the list at an address.
func downloads(x *texts, path string, q url.Values, more ...download) []download {
	var out []download
	for _, f := range forms {
		out = append(out, download{x.t("form." + f), x.t("form." + f + ".what"), with(path, q, "format", f), f != "md"})
	}
	return append(out, more...)
}

func entityDownloads(x *texts, p *answer.Profile) []download {
	return downloads(x, p.Href, url.Values{}, download{Name: x.t("feed"), What: x.t("feed.named"), Href: p.Href + "/feed.atom"})
}

func pageDownloads(x *texts, p answer.ListedPage) []download {
	var more []download
	if p.PageKind == ingest.EventPage && p.Date != "" {
		more = append(more, download{x.t("form.ics"), x.day(p.Date), p.Href + "/event.ics", true})
	}
	for _, f := range []string{"ris", "bib"} {
		more = append(more, download{x.t("form." + f), x.t("form." + f + ".what"), with(p.Href, url.Values{}, "format", f), true})
	}
	return downloads(x, p.Href, url.Values{}, more...)
}

// wantsSheet reports whether an address asks for a list to take away.
func wantsSheet(q url.Values) bool { return q.Get("format") != "" && q.Get("format") != "html" }

// take writes a sheet in the form that is asked for.
func (s *Site) take(v *visit, sheet *sheet) error {
	form := v.r.URL.Query().Get("format")
	var body bytes.Buffer
	kind := ""
	switch form {
	case "csv":
		kind = "text/csv; charset=utf-8"
		t := table.NewWriter(&body)
		t.Write(sheet.Head...)
		for _, row := range sheet.Rows {
			t.Write(row.Cells...)
		}
		if err := t.Flush(); err != nil {
			return err
		}
	case "json":
		kind = "application/json"
		enc := json.NewEncoder(&body)
		enc.SetIndent("", " ")
		if err := enc.Encode(present.JSON(sheet.Whole, s.prefix)); err != nil {
			return err
		}
	case "md":
		kind = "text/markdown; charset=utf-8"
		s.markdown(v, &body, sheet)
	default:
		return refuse(http.StatusBadRequest, "e.noform", clip(form))
	}
	s.send(v, kind, fileName(sheet.Title, form), form != "md", body.Bytes())
	return nil
}

// send gives a file; saved ones are for the disk, others for reading.
func (s *Site) send(v *visit, kind, name string, saved bool, body []byte) {
	how := "inline"
	if saved {
		how = "attachment"
	}
	v.w.Header().Set("Content-Type", kind)
	v.w.Header().Set("Content-Disposition", fmt.Sprintf("%s; filename=%q", how, name))
	v.w.Write(body) // the caller may have gone
}

// fileName makes a name of a title that every system takes.
func fileName(title, extension string) string {
	name := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return '-'
	}, shorten(fold.Text(title), 60))
	for strings.Contains(name, "--") {
		name = strings.ReplaceAll(name, "--", "-")
	}
	if name = strings.Trim(name, "-"); name == "" {
		name = "list"
	}
	return name + "." + extension
}

// markdown writes a sheet as lines with their sources, and where it was taken from.
func (s *Site) markdown(v *visit, b *bytes.Buffer, sheet *sheet) {
	q, x := v.r.URL.Query(), v.texts()
	q.Del("format")
	at := s.base(v.r) + v.r.URL.EscapedPath()
	if encoded := q.Encode(); encoded != "" {
		at += "?" + encoded
	}
	fmt.Fprintf(b, "# %s\n\n%s <%s>\n\n", markdownText(sheet.Title), x.t("sheet.from", markdownText(v.gen.Manifest().Name)), at)
	for _, row := range sheet.Rows {
		b.WriteString("- " + markdownText(row.Said))
		if row.From.Title != "" {
			b.WriteString(" — ")
			title := markdownText(row.From.Title)
			if absolute(row.From.URL) {
				fmt.Fprintf(b, "[%s](<%s>)", title, strings.NewReplacer("<", "%3C", ">", "%3E").Replace(row.From.URL))
			} else {
				b.WriteString(title)
			}
			if row.From.Date != "" {
				b.WriteString(", " + x.shortDay(row.From.Date))
			}
		}
		b.WriteByte('\n')
	}
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "`", "\\`", "#", `\#`)

// markdownText is text that says the same in Markdown, on one line.
func markdownText(s string) string { return markdownEscapes.Replace(words(s)) }

func sourceOf(evidence []answer.Evidence) source {
	if len(evidence) == 0 {
		return source{}
	}
	e := evidence[0]
	return source{e.Title, e.Date, e.URL}
}

// asksSheet lists asks: who asks whom for what, when and where.
func asksSheet(x *texts, title string, asks []answer.Recommendation) *sheet {
	sh := &sheet{Title: title, Head: []string{"who asks", "of whom", "strength", "words", "date", "page", "address"}, Whole: asks}
	for _, a := range asks {
		by := ""
		if a.By != nil {
			by = a.By.Name
		}
		from := sourceOf(a.Evidence)
		from.Title, from.Date = a.Page.Name, a.Date
		who, whom := by, a.To
		if who == "" {
			who = x.t("ask.unnamed")
		}
		if whom == "" {
			whom = x.t("ask.nobody")
		}
		sh.Rows = append(sh.Rows, sheetRow{
			[]string{by, a.To, a.Strength, a.Text, a.Date, a.Page.Name, from.URL},
			who + " " + x.t("ask.asks") + " " + whom + ": “" + a.Text + "”", from,
		})
	}
	return sh
}

// hitsSheet lists what a search found.
func hitsSheet(title string, found *answer.Response) *sheet {
	sh := &sheet{Title: title, Head: []string{"kind", "title", "date", "people", "organisations", "words", "address"}, Whole: found}
	for _, h := range found.Hits {
		text := ""
		for _, p := range h.Passages {
			text += p.Text + " "
		}
		kind := string(h.Kind)
		if h.PageKind != "" {
			kind = h.PageKind
		}
		row := sheetRow{Cells: []string{kind, h.Title, h.Date, namesIn(h.People), namesIn(h.Organisations), words(text), h.URL}, Said: h.Title,
			From: source{h.Title, h.Date, h.URL}}
		if h.Page != nil {
			row.From.Title = h.Page.Name
		}
		if row.Said == row.From.Title && words(text) != "" {
			row.Said = "“" + words(text) + "”"
		}
		sh.Rows = append(sh.Rows, row)
	}
	return sh
}

func namesIn(refs []answer.Ref) string {
	var names []string
	for _, r := range refs {
		names = append(names, r.Name)
	}
	return strings.Join(names, "; ")
}

// listSheet lists people, organisations, topics or countries.
func listSheet(x *texts, title string, list []answer.Listed) *sheet {
	sh := &sheet{Title: title, Head: []string{"name", "pages that name it", "pages that say they spoke", "asks", "first", "last", "id"},
		Whole: list}
	for _, l := range list {
		sh.Rows = append(sh.Rows, sheetRow{
			Cells: []string{l.Name, fmt.Sprint(l.Pages), fmt.Sprint(l.Speaking), fmt.Sprint(l.Recommendations), l.First, l.Last, string(l.ID)},
			Said:  l.Name + ", " + x.n("sheet.named", l.Pages),
		})
	}
	return sh
}

// pagesSheet lists pages.
func pagesSheet(x *texts, title string, list []answer.ListedPage) *sheet {
	sh := &sheet{Title: title, Head: []string{"date", "kind", "title", "speakers", "asks", "address"}, Whole: list}
	for _, p := range list {
		said := p.Name
		if len(p.Speakers) > 0 {
			said = x.t("sheet.with", x.enumerate(p.Speakers))
		}
		sh.Rows = append(sh.Rows, sheetRow{
			[]string{p.Date, string(p.PageKind), p.Name, strings.Join(p.Speakers, "; "), fmt.Sprint(p.Recommendations), p.URL}, said,
			source{p.Name, p.Date, p.URL},
		})
	}
	return sh
}

// profileSheet lists all that is said of a thing: its ties now and before, where it spoke or was spoken for, its asks, what it is named
// with.
func profileSheet(x *texts, p *answer.Profile) *sheet {
	sh := &sheet{Title: p.Name, Head: []string{"what", "who or where", "as", "from", "until", "date", "pages", "words", "address"}, Whole: p}
	add := func(what, name, as, from, until, date string, pages int, e []answer.Evidence, said string) {
		src := sourceOf(e)
		quote := ""
		if len(e) > 0 {
			quote = words(e[0].Quote)
		}
		count := ""
		if pages > 0 {
			count = fmt.Sprint(pages)
		}
		sh.Rows = append(sh.Rows, sheetRow{[]string{what, name, as, from, until, date, count, quote, src.URL}, said, src})
	}
	for _, list := range []struct {
		what string
		ties []answer.Affiliation
	}{{"now", p.Affiliations}, {"before", p.Before}} {
		for _, a := range list.ties {
			role := strings.Join(a.Roles, "; ")
			said := strings.Trim(capital(role)+", "+a.To.Name, ", ")
			if list.what == "before" {
				said = x.t("sheet.before", said)
			}
			add(list.what, a.To.Name, role, a.From, a.Until, a.Last, a.Pages, a.Evidence, said)
		}
	}
	for _, a := range p.Appearances {
		what, said := "named on", x.t("sheet.namedon", a.Page.Name)
		if part := english.doing(a.Part, a.Speaker, a.Announced); part != "" {
			what, said = strings.ToLower(part), x.doing(a.Part, a.Speaker, a.Announced)+": “"+a.Page.Name+"”"
		}
		if len(a.For) > 0 {
			said += x.t("fact.for") + namesIn(a.For)
		}
		if len(a.People) > 0 {
			said += x.t("fact.by") + namesIn(a.People)
		}
		add(what, a.Page.Name, namesIn(append(append([]answer.Ref{}, a.For...), a.People...)), "", "", a.Date, 0, a.Evidence, said)
	}
	for _, a := range p.Recommendations {
		add("asks", a.To, a.Strength, "", "", a.Date, 0, a.Evidence, x.t("sheet.asks", a.Text))
	}
	together, beside := "spoke with", "sheet.spokewith"
	if p.Kind == kinds.Organisation {
		together, beside = "spoken for at the same events", "sheet.beside"
	}
	for _, c := range p.CoSpeakers {
		add(together, c.To.Name, "", "", "", "", c.Pages, c.Evidence, x.t(beside, c.To.Name))
	}
	for _, row := range kinds.Entities() {
		for _, c := range p.Connections[string(row.Kind)] {
			what, how := "only named on the same pages", "key.near"
			if c.Said > 0 {
				what, how = "tied by a sentence", "sheet.tied"
			}
			add(what, c.To.Name, string(row.Kind), "", "", "", c.Pages, c.Evidence, x.t(how)+": "+c.To.Name+", "+
				x.n("pages", c.Pages))
		}
	}
	return sh
}

// recordSheet lists what a page says: who took part, for whom, and what was asked for.
func recordSheet(x *texts, page answer.ListedPage, r *ingest.Record) *sheet {
	sh := &sheet{Title: page.Name, Head: []string{"what", "who", "for or of whom", "words", "address"}, Whole: r}
	for i := range r.People {
		one := personOf(english, r, &r.People[i])
		what := english.doing(string(one.Part), one.Speaker, one.Announced)
		if what == "" {
			continue
		}
		var bodies []string
		for _, f := range one.For {
			bodies = append(bodies, strings.Trim(f.Role+", "+f.Name, ", "))
		}
		said := x.doing(string(one.Part), one.Speaker, one.Announced) + ": " + one.Name
		if len(bodies) > 0 {
			said += " (" + strings.Join(bodies, "; ") + ")"
		}
		from, quote := sourceOf(one.Said.Evidence), ""
		if len(one.Said.Evidence) > 0 {
			quote = words(one.Said.Evidence[0].Quote)
		}
		sh.Rows = append(sh.Rows, sheetRow{[]string{what, one.Name, strings.Join(bodies, "; "), quote, from.URL}, said, from})
	}
	for _, a := range asksOf(r) {
		said := "“" + a.Text + "”"
		if a.ByName != "" {
			said = x.t("sheet.saysask", a.ByName) + " " + said
		}
		sh.Rows = append(sh.Rows, sheetRow{[]string{"asks", a.ByName, a.To, a.Text, a.Live}, said, source{page.Name, page.Date, a.Live}})
	}
	return sh
}

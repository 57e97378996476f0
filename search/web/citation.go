package web

import (
	"fmt"
	"strings"
	"time"

	"rapporteur/search/answer"

	"rapporteur/ingest"
)

// reference is a page as bibliographies cite it.
type reference struct {
	page    answer.ListedPage
	authors []string
	site    string
}

func referenceOf(page answer.ListedPage, r *ingest.Record, site string) reference {
	ref := reference{page: page, site: site}
	for _, p := range r.People {
		if r.Wrote(&p) {
			ref.authors = append(ref.authors, p.Name)
		}
	}
	return ref
}

// ris writes a page in RIS, the exchange format of reference managers (https://en.wikipedia.org/wiki/RIS_(file_format)).
func (r reference) ris() string {
	var b strings.Builder
	line := func(tag, value string) {
		if value = words(value); value != "" {
			fmt.Fprintf(&b, "%s  - %s\r\n", tag, value)
		}
	}
	line("TY", "ELEC")
	for _, a := range r.authors {
		line("AU", surnameFirst(a))
	}
	line("TI", r.page.Name)
	line("T2", r.site)
	line("PY", answer.Year(r.page.Date))
	line("DA", strings.ReplaceAll(r.page.Date, "-", "/"))
	if absolute(r.page.URL) {
		line("UR", r.page.URL)
	}
	b.WriteString("ER  - \r\n")
	return b.String()
}

// bibtex writes a page as an entry of BibTeX.
func (r reference) bibtex() string {
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s,\n", answer.Slug(r.page.ID))
	field := func(name, value string) {
		if value = words(value); value != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", name, bibtexText(value))
		}
	}
	var authors []string
	for _, a := range r.authors {
		authors = append(authors, surnameFirst(a))
	}
	field("author", strings.Join(authors, " and "))
	field("title", r.page.Name)
	field("howpublished", r.site)
	field("date", r.page.Date)
	field("year", answer.Year(r.page.Date))
	if absolute(r.page.URL) {
		fmt.Fprintf(&b, "  url = {%s},\n", strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C").Replace(r.page.URL))
	}
	b.WriteString("}\n")
	return b.String()
}

var bibtexEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_",
	`\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`)

func bibtexText(s string) string { return bibtexEscapes.Replace(s) }

// surnameFirst turns a name round: "Jane Roe" is "Roe, Jane".
func surnameFirst(name string) string {
	f := strings.Fields(name)
	if len(f) < 2 || strings.Contains(name, ",") {
		return name
	}
	return f[len(f)-1] + ", " + strings.Join(f[:len(f)-1], " ")
}

// calendar writes an event as iCalendar (RFC 5545): days without hours. Its end is the day after the last one (3.6.1).
func calendar(page answer.ListedPage, endDate, base string) (string, error) {
	from, err := time.Parse(time.DateOnly, page.Date)
	if err != nil {
		return "", refuse(404, "e.noday")
	}
	last, err := time.Parse(time.DateOnly, endDate)
	if err != nil || last.Before(from) {
		last = from
	}
	var b strings.Builder
	line := func(s string) {
		for first := true; len(s) > 0; first = false { // folded at 75 bytes (3.1)
			n := min(len(s), 74)
			for n < len(s) && s[n]&0xC0 == 0x80 {
				n--
			}
			if !first {
				b.WriteByte(' ')
			}
			b.WriteString(s[:n] + "\r\n")
			s = s[n:]
		}
	}
	text := strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)
	const days = "20060102"
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//rapporteur//EN")
	line("BEGIN:VEVENT")
	line("UID:" + identifier(base, string(page.ID)))
	line("DTSTAMP:" + from.Format(days) + "T000000Z")
	line("DTSTART;VALUE=DATE:" + from.Format(days))
	line("DTEND;VALUE=DATE:" + last.AddDate(0, 0, 1).Format(days))
	line("SUMMARY:" + text.Replace(words(page.Name)))
	if page.Summary != "" {
		line("DESCRIPTION:" + text.Replace(words(page.Summary)))
	}
	if absolute(page.URL) {
		line("URL:" + page.URL)
	}
	line("END:VEVENT")
	line("END:VCALENDAR")
	return b.String(), nil
}

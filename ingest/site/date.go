package site

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a site's time zone must be known on machines that have no table of them
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

var (
	fileDate  = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+|$)(.*)$`)
	datedName = regexp.MustCompile(`(?:^|\D)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:\D|$)`)
	dayFolder = regexp.MustCompile(`(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?:/|-|_|$)`)
)

// span is the days that something lasts, as YYYY-MM-DD; to is empty if it is one day.
type days struct{ from, to string }

const (
	monthName = `(jan(?:uary|uar|vier|uari)?|jän(?:ner)?|ene(?:ro)?|gennaio|janeiro|feb(?:ruary|ruar|rero|braio|ruari)?|fév(?:rier)?|` +
		`fevrier|fevereiro|mar(?:ch|s|zo|ço)?|märz|maart|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|` +
		`may|mai|mayo|maio|maggio|mei|june?|juni|juin|junio|junho|giugno|july?|juli|juil(?:let)?|julio|julho|luglio|aug(?:ust|ustus)?|août|` +
		`aout|ago(?:sto)?|sep(?:t(?:ember|embre|iembre)?|tember)?|set(?:embro|tembre)?|` +
		`oct(?:ober|obre|ubre)?|okt(?:ober)?|outubro|ottobre|nov(?:ember|embre|iembre|embro)?|dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|` +
		`decembre|dic(?:iembre|embre)?)`
	dayNumber = `(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?`
	upTo      = `\s*(?:-|–|—|to|until|till|through|bis|au|al|a|e|and|&|und|et|y|t/m|tot)\s*`
	ofMonth   = `(?:\s+(?:of|de|du|di))?[\s.-]*`
	beforeAge = `\.?,?(?:\s+(?:de|del))?[\s,-]+`
)

// dateForms are the ways in which authors write days and runs of days. parts name the groups: first and last day as year,
// month, day; 0 is a part that the form takes from the other day.
var dateForms = []struct {
	re    *regexp.Regexp
	parts [6]int
}{
	{regexp.MustCompile(`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T[\d:.]+Z?|T[\d:.]+[+-][\d:]+)?` + upTo +
		`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)`), [6]int{1, 2, 3, 4, 5, 6}},
	{regexp.MustCompile(`(\d{4})-(\d{1,2})-(\d{1,2})(?:T[\d:.]+Z?)?/(\d{4})-(\d{1,2})-(\d{1,2})(?:\D|$)`), [6]int{1, 2, 3, 4, 5, 6}},
	{regexp.MustCompile(`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)`), [6]int{1, 2, 3}},
	{regexp.MustCompile(`(?i)\b` + dayNumber + ofMonth + monthName + `(?:` + beforeAge + `(\d{4}))?` + upTo + dayNumber + ofMonth + monthName +
		beforeAge + `(\d{4})\b`), [6]int{3, 2, 1, 6, 5, 4}},
	{regexp.MustCompile(`(?i)\b` + dayNumber + upTo + dayNumber + ofMonth + monthName + beforeAge + `(\d{4})\b`), [6]int{4, 3, 1, 4, 3, 2}},
	{regexp.MustCompile(`(?i)\b` + dayNumber + ofMonth + monthName + beforeAge + `(\d{4})\b`), [6]int{3, 2, 1}},
	{regexp.MustCompile(`(?i)\b` + monthName + `\.?\s+` + dayNumber + `(?:,?\s+(\d{4}))?` + upTo + monthName + `\.?\s+` + dayNumber +
		`,?\s+(\d{4})\b`), [6]int{3, 1, 2, 6, 4, 5}},
	{regexp.MustCompile(`(?i)\b` + monthName + `\.?\s+` + dayNumber + upTo + dayNumber + `,?\s+(\d{4})\b`), [6]int{4, 1, 2, 4, 1, 3}},
	{regexp.MustCompile(`(?i)\b` + monthName + `\.?\s+` + dayNumber + `,?\s+(\d{4})\b`), [6]int{3, 1, 2}},
	{regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})` + upTo + `(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b`), [6]int{3, 2, 1, 6, 5, 4}},
	{regexp.MustCompile(`\b(\d{1,2})\.(?:\s?(\d{1,2})\.)?` + upTo + `(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b`), [6]int{5, 2, 1, 5, 4, 3}},
	{regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b`), [6]int{3, 2, 1}},
	{regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/(\d{4})\b`), [6]int{3, 2, 1}},
}

// findDays returns the first day or run of days in a text, and where it begins.
func findDays(s string) (d days, at int, ok bool) {
	at = len(s)
	longest := 0
	if !strings.ContainsFunc(s, unicode.IsDigit) {
		return days{}, 0, false
	}
	for _, form := range dateForms {
		m := form.re.FindStringSubmatchIndex(s)
		if m == nil || m[0] > at || m[0] == at && m[1]-m[0] <= longest || m[0] > 0 && isWordByte(s[m[0]-1]) {
			continue
		}
		part := func(i int) string {
			if n := form.parts[i]; n > 0 && m[2*n] >= 0 {
				return s[m[2*n]:m[2*n+1]]
			}
			return ""
		}
		year, month := part(0), part(1)
		if year == "" {
			year = part(3)
		}
		if month == "" {
			month = part(4)
		}
		if form.re == slashed && numberOf(part(2)) <= 12 && numberOf(month) <= 12 {
			continue // the day or the month may stand first
		}
		if form.re == slashed && numberOf(month) > 12 {
			form.parts = [6]int{3, 1, 2}
			month = part(1)
		}
		from, good := calendar(year, month, part(2))
		if !good {
			continue
		}
		found := days{from: from}
		if form.parts[3] > 0 {
			if to, good := calendar(part(3), part(4), part(5)); good && to > from {
				found.to = to
			}
		}
		d, at, longest, ok = found, m[0], m[1]-m[0], true
	}
	return d, at, ok
}

var slashed = dateForms[len(dateForms)-1].re

func isWordByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '-' || b == '/'
}

func numberOf(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// date reads a date as authors write one, as YYYY-MM-DD. The day is the one written, whatever the time zone.
func date(s string) (string, bool) {
	d, _, ok := findDays(strings.TrimSpace(s))
	return d.from, ok
}

// monthStarts are the first letters of months' names, in the languages of monthName; the first that fits counts.
var monthStarts = []struct {
	month  int
	starts []string
}{
	{1, []string{"jan", "jän", "ene", "gen"}}, {2, []string{"feb", "fév", "fev"}}, {3, []string{"mar", "mär", "maa"}},
	{4, []string{"apr", "avr", "abr"}},
	{5, []string{"may", "mai", "mag", "mei"}}, {6, []string{"jun", "juin", "giu"}}, {7, []string{"jul", "juil", "lug"}},
	{8, []string{"aug", "aoû", "aou", "ago"}},
	{9, []string{"sep", "set"}}, {10, []string{"oct", "okt", "out", "ott"}}, {11, []string{"nov"}}, {12, []string{"dec", "dez", "déc", "dic"}},
}

// month is the number of a month's name, or of a number; 0 if it is none.
func month(name string) int {
	if n := numberOf(name); n > 0 {
		return n
	}
	name = strings.ToLower(name)
	for _, m := range monthStarts {
		if slices.ContainsFunc(m.starts, func(start string) bool { return strings.HasPrefix(name, start) }) {
			return m.month
		}
	}
	return 0
}

// calendar makes a date of its parts, if there is such a day.
func calendar(year, monthPart, day string) (string, bool) {
	y, m, d := numberOf(year), month(monthPart), numberOf(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || int(t.Month()) != m || t.Day() != d || y < 1000 {
		return "", false
	}
	return t.Format(time.DateOnly), true
}

// What the words of a key say of a date.
var (
	dateWords = fold.Set(`date dates datum daten fecha data when day datetime termin time timestamp jour quando wann zeit event eventdate
		startdate enddate starttime startdatetime enddatetime endtime`)
	startWords = fold.Set(`start starts begin begins beginning from anfang beginn debut début inicio início inizio von starting startdate
		starttime startdatetime dtstart`)
	endWords     = fold.Set(`end ends ending finish until to ende fin bis fim fine tot eind enddate endtime enddatetime dtend through`)
	publishWords = fold.Set(`published publish publishdate publishedat pubdate datepublished created posted post publication veröffentlicht
		publié`)
	otherDates = fold.Set(`updated update modified lastmod last deadline due expiry expires expire expirydate registration register cfp
		submission submissions close closes open opens copyright review reviewed award
		birth archive archived next previous old early sale fix build revised retrieved accessed added edit edited valid unpublish zone timezone
		format label text display reminder announce notification`)
	dateParents = fold.Set(`time date dates when event datetime period schedule extra params page data taxonomies duration`)
)

// dated is a value that says when, and of what sort it is.
type dateSort uint8

const (
	noDate dateSort = iota
	startDate
	plainDate
	publishDate
	endDate
)

// sortOfDate says what a path of front matter holds of dates, by its words.
func sortOfDate(p []string) (sort dateSort, named bool) {
	for len(p) > 1 && strings.Trim(p[len(p)-1], "0123456789") == "" {
		p = p[:len(p)-1]
	}
	for _, parent := range p[:len(p)-1] {
		if strings.Trim(parent, "0123456789") != "" && !dateParents[strings.ToLower(parent)] {
			return noDate, false
		}
	}
	list, _ := keyWords(p[len(p)-1])
	if len(list) > 1 {
		list = slices.DeleteFunc(list, func(w string) bool { return w == "at" || w == "of" || w == "the" }) // "starts_at", "date_of_event"
	}
	var start, end, plain, publish, inside, of bool
	for i, w := range list {
		switch {
		case otherDates[w]:
			return noDate, false
		case startWords[w]:
			start = true
		case endWords[w]:
			end = true
		case publishWords[w]:
			publish = true
		case dateWords[w]:
			plain = true
		case w == "on" && publish, w == "pub", w == "utc", w == "local", w == "iso":
		case i == 0 && (kindNamed(w) == ingest.EventPage || w == "full" || w == "actual" || w == "main"):
			of = true
		default:
			return noDate, false // the date of something else
		}
	}
	for _, parent := range p[:len(p)-1] {
		inside = inside || dateWords[strings.ToLower(parent)]
	}
	named = slices.ContainsFunc(list, func(w string) bool {
		return strings.HasPrefix(w, "date") || w == "datum" || w == "fecha" || strings.HasSuffix(w, "date")
	})
	switch {
	case end && (plain || len(list) == 1 || inside):
		return endDate, named
	case publish && of:
		return noDate, false
	case publish:
		return publishDate, named
	case start:
		return startDate, named
	case plain:
		return plainDate, named
	}
	return noDate, false
}

// when is what front matter says of a page's days.
type when struct {
	days
	named bool // by front matter; else by the file's name
}

// whenOf finds the days of a page: of an event the day it starts, else the day the page gives itself. wrong is called with
// values under keys of dates that are no dates.
func (c *config) whenOf(m matter, event bool, wrong func(l leaf)) when {
	best := map[dateSort]days{}
	rank := func(key string) bool { // the plain key before others of its sort
		list, _ := keyWords(key)
		return len(list) == 1
	}
	first := map[dateSort]string{}
	for _, l := range m.leaves {
		p := l.path
		for len(p) > 1 && wrapper.MatchString(p[0]) {
			p = p[1:]
		}
		sort, named := sortOfDate(p)
		if s := c.fieldSetting(p); s == "date" {
			sort, named = startDate, true
		} else if s == "end_date" {
			sort, named = endDate, true
		}
		if sort == noDate {
			continue
		}
		d, _, ok := findDays(c.local(l.value))
		if !ok {
			if named && wrong != nil && seemsDate(l.value) {
				wrong(l)
			}
			continue
		}
		key := p[0]
		if before, taken := best[sort]; taken && !(rank(key) && !rank(first[sort])) {
			if sort == plainDate && strings.EqualFold(key, first[sort]) && d.from > before.from && len(p) > 1 { // dates: [first, ..., last]
				before.to = max(before.to, d.from, d.to)
				best[sort] = before
			}
			continue
		}
		best[sort], first[sort] = d, key
	}
	order := []dateSort{plainDate, startDate, publishDate}
	if event {
		order = []dateSort{startDate, plainDate, publishDate}
	}
	for _, sort := range order {
		if d, ok := best[sort]; ok {
			if end, ok := best[endDate]; ok && sort != publishDate {
				d.to = max(end.from, end.to)
			}
			return when{d.sane(), true}
		}
	}
	return when{}
}

// sane drops an end that lies before the beginning or more than a year after it.
func (d days) sane() days {
	from, err := time.Parse(time.DateOnly, d.from)
	to, none := time.Parse(time.DateOnly, d.to)
	if err != nil || none != nil || !to.After(from) || to.After(from.AddDate(1, 0, 0)) {
		d.to = ""
	}
	return d
}

// seemsDate tells a value that was meant for a date from what stands there instead of one.
func seemsDate(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && !nobody.MatchString(s) && !strings.ContainsAny(s, "{}<") && !strings.HasPrefix(s, ":") && s != "now" && s != "today" &&
		!strings.EqualFold(s, "git created") && !strings.EqualFold(s, "last modified")
}

// local writes a moment with its offset from UTC as it is in the site's time zone, where the site sets one.
func (c *config) local(value string) string {
	if c.zone == nil {
		return value
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04 -0700",
		"2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05Z"} {
		if t, err := time.Parse(layout, strings.TrimSpace(value)); err == nil {
			return t.In(c.zone).Format(time.RFC3339)
		}
	}
	return value
}

// dateInPath finds a day in a file's name or its folders. own is whether the name begins with it, as generators have it.
func dateInPath(s *source) (day string, own bool) {
	stem := s.dateStem()
	if m := fileDate.FindStringSubmatch(stem); m != nil {
		if d, ok := calendar(m[1], m[2], m[3]); ok {
			return d, true
		}
	}
	if m := datedName.FindStringSubmatch(stem); m != nil {
		if d, ok := calendar(m[1], m[2], m[3]); ok && m[1] > "1900" && m[1] < "2200" {
			return d, false
		}
	}
	if m := dayFolder.FindStringSubmatch(strings.TrimSuffix(s.rel, s.ext())); m != nil {
		if d, ok := calendar(m[1], m[2], m[3]); ok {
			return d, false
		}
	}
	return "", false
}

var dateLabel = regexp.MustCompile(`(?i)^\W*(?:date|dates|when|date and time|date & time|day|datum|wann|termin|zeit|fecha|cuándo|quand|` +
	`date et heure|quando|data|wanneer)\W*?\s*[:：]\s*`)

// dateInText finds the day of an event in its title, its first heading, after a label such as "Date:", or at the very
// beginning of its text.
func dateInText(title string, blocks []textBlock) (days, bool) {
	if d, _, ok := findDays(title); ok {
		return d.sane(), true
	}
	for i, b := range blocks {
		if b.heading && i < 3 {
			if d, _, ok := findDays(b.text); ok {
				return d.sane(), true
			}
		}
		for line := range strings.SplitSeq(b.text, "\n") {
			if label := dateLabel.FindString(line); label != "" {
				if d, at, ok := findDays(line[len(label):]); ok && at < 40 {
					return d.sane(), true
				}
			}
		}
		if !b.heading && i < 3 {
			if d, at, ok := findDays(b.text); ok && at <= len("Wednesday, the ") && opensWithDay(b.text[:at]) {
				return d.sane(), true
			}
		}
	}
	return days{}, false
}

// textBlock is a block of a page's beginning.
type textBlock struct {
	text    string
	heading bool
}

var weekday = regexp.MustCompile(`(?i)^\W*(?:on |am |le |el )?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|` +
	`dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|` +
	`jueves|viernes|sábado|domingo)?\W*(?:the |den |dem )?$`)

// opensWithDay reports whether a text's first words are a day: nothing but a weekday stands before the date.
func opensWithDay(before string) bool { return weekday.MatchString(before) }

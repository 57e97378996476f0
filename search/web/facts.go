package web

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rapporteur/search/answer"

	"rapporteur/ingest"
)

// The marks of a fact. One with none is so now, as a sentence says.
const (
	past = "past" // a sentence says so, of earlier
	near = "near" // only named on the same pages
)

// fact is one line of what is known of a thing, and the words that say it.
type fact struct {
	Mark string
	Lead string // what stands before the name: a role
	To   answer.Ref
	When string // "2015–2018"
	backed
	For    []answer.Ref // whom it stood for, or who spoke for it
	Count  int          // shown at the end of the line; none if 0
	Counts string       // what it counts, in words
}

// backed is what stands behind a fact. Label is the name of its fold; if it is empty, one says how many sentences there are.
type backed struct {
	Label    string
	Evidence []answer.Evidence
	Wrong    string // address of the page that helps to put it right
}

// affiliationFacts are the ties of a person to bodies, or of a body to people, each with its words.
func affiliationFacts(x *texts, of *answer.Profile, list []answer.Affiliation, mark string) []fact {
	facts := make([]fact, len(list))
	for i, a := range list {
		f := fact{Mark: mark, To: a.To, When: x.span(a.From, a.Until), backed: backed{Evidence: a.Evidence, Wrong: wrongOf(of.ID, a.To.ID)}}
		if len(a.Roles) > 0 {
			f.Lead = capital(withoutArticle(a.Roles[0]))
		}
		if own := of.OwnPage; own != nil && len(a.Evidence) == 1 && a.Evidence[0].PageID == own.ID {
			f.Label = x.t("fact.ownpage")
			if d := a.Evidence[0].Date; d != "" {
				f.Label += ", " + x.shortDay(d)
			}
		}
		facts[i] = f
	}
	return facts
}

// withoutArticle takes the article off a role.
func withoutArticle(role string) string {
	for _, article := range []string{"a ", "an ", "the "} {
		if rest := role[min(len(article), len(role)):]; rest != "" && strings.EqualFold(role[:len(role)-len(rest)], article) {
			return rest
		}
	}
	return role
}

// connectionFacts are ties to other things, each with what its number counts: counts is the key of its text.
func connectionFacts(x *texts, of ingest.IRI, list []answer.Connection, mark string, count func(answer.Connection) int,
	counts string) []fact {
	facts := make([]fact, len(list))
	for i, c := range list {
		n := count(c)
		facts[i] = fact{Mark: mark, To: c.To, Count: n, Counts: x.n(counts, n)}
		if mark != near {
			facts[i].backed = backed{Evidence: c.Evidence, Wrong: wrongOf(of, c.To.ID)}
		}
	}
	return facts
}

// wrongOf is the address of the page that helps to put right what is said of one thing, or of two.
func wrongOf(about, with ingest.IRI) string {
	q := url.Values{"about": {string(about)}}
	if with != "" {
		q.Set("with", string(with))
	}
	return "/wrong?" + q.Encode()
}

// occurrence is a page in the record of somebody: what they did there, and for whom.
type occurrence struct {
	Number    int // in a line of time; 0 if it is in none
	Page      answer.Ref
	Date      string
	Did       string // "Spoke", "In the chair"; empty if only named
	Where     string // the occasion, if it is another one than the page's
	For       []answer.Ref
	People    []answer.Ref // who stood there for an organisation
	Announced bool
	Inferred  bool
	backed
}

// Anchor is the id under which a line of time finds it.
func (o occurrence) Anchor() string { return fmt.Sprintf("e%d", o.Number) }

// doing says what somebody did, or is to do.
func (x *texts) doing(part string, speaker, announced bool) string {
	if part == "" && speaker {
		part = string(ingest.Speaker)
	}
	if announced {
		return x.orElse("todo."+part, "")
	}
	return x.orElse("did."+part, "")
}

func occurrencesOf(x *texts, of *answer.Profile, list []answer.Appearance) []occurrence {
	out := make([]occurrence, len(list))
	for i, a := range list {
		o := occurrence{
			Page: a.Page, Date: a.Date, Did: x.doing(a.Part, a.Speaker && a.People == nil, a.Announced), For: a.For, People: a.People,
			Announced: a.Announced, Inferred: a.Inferred, backed: backed{Evidence: a.Evidence, Wrong: wrongOf(of.ID, a.Page.ID)},
		}
		if a.Occasion != nil {
			o.Where = a.Occasion.Name
			if year := answer.Year(a.Occasion.Date); year != "" && o.Where != "" && !strings.Contains(o.Where, year) {
				o.Where += ", " + x.shortDay(a.Occasion.Date)
			}
		}
		if a.Author && !isEvent(a) && o.Where == "" {
			o.Did = x.doing(string(ingest.Author), false, false)
		}
		out[i] = o
	}
	return out
}

// span writes from when until when: "2015–2018", "since 2015", "until 2018".
func (x *texts) span(from, until string) string {
	switch {
	case from == "" && until == "":
		return ""
	case until == "":
		return x.t("since", x.shortDay(from))
	case from == "":
		return x.t("until", x.shortDay(until))
	case from == until:
		return x.shortDay(from)
	}
	return x.shortDay(from) + "–" + x.shortDay(until)
}

// backing says how many sentences stand behind a fact, or that the front matter does, and of when.
func (x *texts) backing(evidence []answer.Evidence) string {
	newest, sentences := "", 0
	for _, e := range evidence {
		newest = max(newest, e.Date)
		if !e.Field {
			sentences++
		}
	}
	label := x.n("sentences", sentences)
	if sentences == 0 {
		label = x.t("backing.head")
	}
	switch {
	case newest == "":
		return label + ", " + x.t("undated")
	case sentences < 2:
		return label + ", " + x.shortDay(newest)
	}
	return label + x.t("backing.latest", x.shortDay(newest))
}

// cue is a word that makes a sentence an ask.
var cue = regexp.MustCompile(`(?i)\b(?:must|should|shall|ought to|needs?|needed|have to|has to|could|recommend(?:s|ed|ation|ations)?|` +
	`call(?:s|ed|ing)? (?:on|for)|urges?|urged|demands?|asks?)\b`)

// stressed takes an ask apart at the word that makes it one.
func stressed(text string) []fragment {
	at := cue.FindStringIndex(text)
	if at == nil {
		return []fragment{{text, false}}
	}
	parts := []fragment{{text[:at[0]], false}, {text[at[0]:at[1]], true}, {text[at[1]:], false}}
	return slices.DeleteFunc(parts, func(f fragment) bool { return f.Text == "" })
}

// capital begins a text with a capital letter.
func capital(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// chart is bars of years with their figures.
type chart struct {
	Bars  []column
	Width int
	Wide  bool
	Label string // all of it in words
}

// column is a bar of a chart, in the units of a drawing that is 82 high: its foot stands at 62.
type column struct {
	Name, Short      string
	Count            int
	Href             string
	X, Middle        int
	Y, Height, Above string
}

const shownYears = 8

// chartOf draws what counts there are in each year, oldest first. Of many years the first ones are one bar.
func chartOf(x *texts, what string, values []answer.FacetValue, href func(answer.FacetValue) string) chart {
	before := "" // the year that the first bar ends with, if it is of several
	if earlier := len(values) - shownYears; earlier > 0 {
		before = values[earlier].Name
		first := answer.FacetValue{Name: x.t("until", values[earlier].Name), Value: ""}
		for _, v := range values[:earlier+1] {
			first.Count += v.Count
		}
		values = append([]answer.FacetValue{first}, values[earlier+1:]...)
	}
	c := chart{Width: max(160, 32*len(values)), Wide: len(values) > 5}
	most := 1
	var told []string
	for _, v := range values {
		most = max(most, v.Count)
		told = append(told, x.t("chart.in", strconv.Itoa(v.Count), v.Name))
	}
	c.Label = what + ": " + strings.Join(told, ", ")
	for i, v := range values {
		height := 46 * float64(v.Count) / float64(most)
		one := column{Name: v.Name, Short: v.Name, Count: v.Count, X: 2 + 32*i, Middle: 15 + 32*i}
		if i == 0 && before != "" {
			one.Short = "–’" + before[min(2, len(before)):]
		} else if len(v.Name) == 4 {
			one.Short = "’" + v.Name[2:]
		}
		if href != nil && v.Value != "" {
			one.Href = href(v)
		}
		one.Y, one.Height, one.Above = fmt.Sprintf("%.1f", 62-height), fmt.Sprintf("%.1f", height), fmt.Sprintf("%.1f", 58-height)
		c.Bars = append(c.Bars, one)
	}
	return c
}

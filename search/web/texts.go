package web

import (
	"bufio"
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"path"
	"strconv"
	"strings"
	"time"

	"rapporteur/ingest/brand"
	"rapporteur/ingest/kinds"
	"rapporteur/search/store"
)

// The words of the pages: a file for each language, a line for each text, "key = text". {0}, {1} and so on are places for what
// a text is about; a key that ends in .one or .many is one of two forms of a text about a number, which is {0} in it; | is
// where a link begins or ends. A text in quotes keeps the space at its ends.
//
//go:embed texts/*.txt
var textFiles embed.FS

// texts are the words of the pages in one language.
type texts struct {
	lang   string
	of     map[string]string
	months []string // January to December
	short  []string
}

// The language of whatever is not in the language of a site.
const fallback = "en"

// languages are all that there are words in, by code.
var languages = func() map[string]*texts {
	all := map[string]*texts{}
	for _, code := range brand.Languages {
		x, err := readTexts(code)
		if err != nil {
			panic(err) // a fault of the program that every test shows
		}
		all[code] = x
	}
	return all
}()

var english = languages[fallback]

func readTexts(code string) (*texts, error) {
	name := path.Join("texts", code+".txt")
	b, err := textFiles.ReadFile(name)
	if err != nil {
		return nil, err
	}
	x := &texts{lang: code, of: map[string]string{}}
	line := 0
	for scan := bufio.NewScanner(bytes.NewReader(b)); scan.Scan(); {
		line++
		key, text, ok := strings.Cut(scan.Text(), " = ")
		switch {
		case scan.Text() == "" || strings.HasPrefix(scan.Text(), "#"):
			continue
		case !ok:
			return nil, fmt.Errorf("%s:%d: write \"key = text\"", name, line)
		case strings.HasPrefix(text, `"`):
			if text, err = strconv.Unquote(text); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, line, err)
			}
		}
		if _, again := x.of[key]; again {
			return nil, fmt.Errorf("%s:%d: %s stands twice", name, line, key)
		}
		x.of[key] = text
	}
	x.months, x.short = strings.Fields(x.of["months"]), strings.Fields(x.of["months.short"])
	if len(x.months) != 12 || len(x.short) != 12 {
		return nil, fmt.Errorf("%s: months and months.short are twelve words each", name)
	}
	return x, nil
}

// textsOf are the words of a generation's pages: in the language that its site wants, else in that of most of its pages, else in English.
func textsOf(m *store.Manifest) *texts {
	code := m.Lang
	if m.Brand != nil {
		code = cmp.Or(m.Brand.Language, code)
	}
	if x := languages[code]; x != nil {
		return x
	}
	return english
}

// t is a text with its places filled. Numbers are written as the language does.
func (x *texts) t(key string, args ...any) string {
	text, ok := x.of[key]
	if !ok {
		return key
	}
	for i, arg := range args {
		written := fmt.Sprint(arg)
		if n, ok := arg.(int); ok {
			written = x.number(n)
		}
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", written)
	}
	return text
}

// orElse is a text, or what is said where there is none.
func (x *texts) orElse(key, otherwise string) string {
	if x.has(key) {
		return x.t(key)
	}
	return otherwise
}

// has reports whether there is a text.
func (x *texts) has(key string) bool { return x.of[key] != "" }

// n is a text about a number, which is the first of its places.
func (x *texts) n(key string, n int, args ...any) string {
	form := ".many"
	if n == 1 {
		form = ".one"
	}
	return x.t(key+form, append([]any{n}, args...)...)
}

var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// cut takes a text apart where links begin and end in it.
func (x *texts) cut(key string) []template.HTML {
	var out []template.HTML
	for piece := range strings.SplitSeq(x.t(key), "|") {
		out = append(out, template.HTML(markup.Replace(piece)))
	}
	return out
}

// kind is the word for one of a kind, with a capital.
func (x *texts) kind(kind any) string {
	k := fmt.Sprint(kind)
	if key := "kind." + k; x.has(key) {
		return x.t(key)
	}
	return capital(k)
}

// title is what several of a kind are called, with a capital.
func (x *texts) title(kind kinds.Kind) string { return x.t("section." + string(kind)) }

// sections are the sections with their names.
func (x *texts) sections() []section {
	named := make([]section, len(sections))
	for i, r := range sections {
		named[i] = x.section(r)
	}
	return named
}

func (x *texts) section(r section) section {
	r.Title, r.Called = x.title(r.Kind), x.t("called."+string(r.Kind))
	return r
}

// number writes a number with something between thousands.
func (x *texts) number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + x.of["number.between"] + s[i:]
	}
	return s
}

// day writes a date, or the date of an instant, as people do: "29 November 2023". What is no date stays as it is.
func (x *texts) day(date string) string { return x.written(date, "date.day", x.months) }

// short writes a date, or a part of one, as people do: "29 Nov 2023", "Nov 2023", "2023".
func (x *texts) shortDay(date string) string {
	if t, err := time.Parse("2006-01", date); err == nil {
		return x.monthOf(t, x.short)
	}
	return x.written(date, "date.day", x.short)
}

// month writes the month of a date: "Nov 2023"; longMonth in full.
func (x *texts) month(date string) string     { return x.written(date, "date.month", x.short) }
func (x *texts) longMonth(date string) string { return x.written(date, "date.month", x.months) }

func (x *texts) monthOf(t time.Time, months []string) string {
	return x.t("date.month", strconv.Itoa(t.Day()), months[t.Month()-1], strconv.Itoa(t.Year()))
}

func (x *texts) written(date, form string, months []string) string {
	t, err := time.Parse(time.DateOnly, date[:min(len(time.DateOnly), len(date))])
	if err != nil {
		return date
	}
	return x.t(form, strconv.Itoa(t.Day()), months[t.Month()-1], strconv.Itoa(t.Year()))
}

// enumerate writes a list as a sentence does: "A, B and C".
func (x *texts) enumerate(list []string) string {
	switch n := len(list); n {
	case 0:
		return ""
	case 1:
		return list[0]
	default:
		return strings.Join(list[:n-1], ", ") + x.t("list.and") + list[n-1]
	}
}

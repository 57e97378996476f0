package query

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/index"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// The query language:
//
//	river flood           words: pages with most of them, and the rarest, come first
//	"river flood"         a phrase, which has to be there (in a long query it only weighs more)
//	-flood -"river bank"  not with this
//	river OR stream       either; OR is written in capitals
//	flood*                words that begin so
//	speaker:"Jane Roe"    filters: speaker, person, org, country, place, topic, by, year, kind, category; in a row of the same they are
// alternatives
//	-topic:health         not with this
//	year:2021..2023       a range; from:2023-05 to:2023-06-30 and date:2023-05..2023-06 for dates
//
// Whatever is not of the language is words: running text, with its brackets, colons and dashes, is a query too.

// Limits of a query. What is longer is an error, what has more words is cut with a note.
const (
	maxQueryBytes = 16 << 10
	maxQueryWords = 256
	// Phrases bind only in queries of up to so many words: in running text a quotation is no command.
	maxCommandWords = 10
)

// termKind says what a term of a query is.
type termKind int

const (
	wordTerm termKind = iota
	phraseTerm
	prefixTerm
)

// queryTerm is a word, phrase or prefix as written.
type queryTerm struct {
	kind termKind
	text string
}

// queryGroup is a list of alternatives: more than one where OR stands between them.
type queryGroup struct {
	any []queryTerm
	not bool
}

// queryFilter is a field:value.
type queryFilter struct {
	field    string // one of queryFields
	value    string
	not      bool
	position int
}

// parsedQuery is what a query says.
type parsedQuery struct {
	groups  []queryGroup
	filters []queryFilter
	notes   []string
}

// words counts the words outside of filters.
func (q *parsedQuery) words() int {
	n := 0
	for _, g := range q.groups {
		for _, t := range g.any {
			n += len(strings.Fields(t.text))
		}
	}
	return n
}

// asks reports whether the query is a question: it starts with the word that asks, and goes on.
func (q *parsedQuery) asks() bool {
	return len(q.groups) > 2 && q.groups[0].any[0].kind == wordTerm && questionWords[strings.ToLower(q.groups[0].any[0].text)]
}

// What a question is put with does not say what it is about.
var (
	questionWords = fold.SetOf("who", "what", "when", "where", "why", "how", "which", "whose", "whom")
	questionVerbs = fold.SetOf("talk", "talked", "talks", "speak", "spoke", "spoken", "speaks", "say", "said", "says", "tell", "told",
		"happen", "happened", "happens", "mean", "means", "meant", "mention", "mentioned", "discuss", "discussed", "think", "thinks")
)

// queryFields maps what users write to the names of fields.
var queryFields = map[string]string{
	"speaker": "speaker", "person": "person", "people": "person", "who": "person",
	"org": "organisation", "organisation": "organisation", "organization": "organisation",
	"country": "country", "topic": "topic", "project": "topic", "by": "by", "year": "year", "kind": "kind", "type": "kind",
	"category": "category", "genre": "genre", "site": "site",
	"from": "from", "after": "from", "since": "from", "to": "to", "before": "to", "until": "to",
	"date":      "date",
	"addressee": "addressee", "strength": "strength", "place": "place", "city": "place", "town": "place",
}

// queryScanner walks over a query.
type queryScanner struct {
	text string
	at   int
	out  parsedQuery
	or   bool // the last token was OR
}

// parseQuery reads a query. The only errors are *QueryError.
func parseQuery(text string) (*parsedQuery, error) {
	if len(text) > maxQueryBytes {
		return nil, &answer.QueryError{Position: maxQueryBytes,
			Problem: fmt.Sprintf("it is too long (%d bytes): at most %d are read", len(text), maxQueryBytes)}
	}
	s := &queryScanner{text: strings.ToValidUTF8(text, " ")}
	for {
		s.skip()
		if s.at == len(s.text) {
			break
		}
		if err := s.token(); err != nil {
			return nil, err
		}
	}
	return &s.out, nil
}

// skip passes over white space and brackets, which the language has no use for.
func (s *queryScanner) skip() {
	for s.at < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		if !unicode.IsSpace(r) && !unicode.IsControl(r) && !strings.ContainsRune("()[]{}", r) {
			return
		}
		s.at += size
	}
}

// token reads what stands next.
func (s *queryScanner) token() error {
	start := s.at
	not := false
	if s.text[s.at] == '-' && s.at+1 < len(s.text) {
		next, _ := utf8.DecodeRuneInString(s.text[s.at+1:])
		if not = unicode.IsLetter(next) || unicode.IsDigit(next) || quote(next); not {
			s.at++
		}
	}
	if field, ok := s.field(); ok {
		value := s.value()
		f := queryFilter{field, value, not, start}
		if err := f.check(); err != nil {
			return err
		}
		s.out.filters = append(s.out.filters, f)
		s.or = false
		return nil
	}
	if r, size := utf8.DecodeRuneInString(s.text[s.at:]); quote(r) {
		if phrase, ok := s.quoted(); ok {
			s.add(queryTerm{phraseTerm, phrase}, not)
			return nil
		}
		s.out.notes = append(s.out.notes, fmt.Sprintf("The quotation mark at character %d has no partner: what follows was read as words.",
			s.at+1))
		s.at += size
		return nil
	}
	word := s.word()
	switch {
	case word == "OR" && len(s.out.groups) > 0 && !not:
		s.or = true
	case word == "AND" || word == "":
	case strings.HasSuffix(word, "*") && letters(word) >= 2:
		s.add(queryTerm{prefixTerm, strings.TrimRight(word, "*")}, not)
	case letters(word) > 0:
		s.add(queryTerm{wordTerm, word}, not)
	}
	return nil
}

// field reads "name:" if that is one of the language's and a value follows at once, or nothing follows at all.
func (s *queryScanner) field() (string, bool) {
	name, rest, ok := strings.Cut(s.text[s.at:], ":")
	if !ok {
		return "", false
	}
	field, ok := queryFields[strings.ToLower(name)]
	if !ok {
		return "", false
	}
	if r, _ := utf8.DecodeRuneInString(rest); rest != "" && unicode.IsSpace(r) {
		return "", false // running text: "topic: rivers"
	}
	s.at += len(name) + 1
	return field, true
}

// value reads a filter's value: a word, or what stands in quotation marks.
func (s *queryScanner) value() string {
	if r, _ := utf8.DecodeRuneInString(s.text[s.at:]); quote(r) {
		if v, ok := s.quoted(); ok {
			return strings.TrimSpace(v)
		}
	}
	end := strings.IndexFunc(s.text[s.at:], unicode.IsSpace)
	if end < 0 {
		end = len(s.text) - s.at
	}
	v := s.text[s.at : s.at+end]
	s.at += end
	return strings.Trim(v, `"“”,;()`)
}

// quoted reads a phrase in quotation marks, if it is closed.
func (s *queryScanner) quoted() (string, bool) {
	_, size := utf8.DecodeRuneInString(s.text[s.at:])
	end := strings.IndexFunc(s.text[s.at+size:], quote)
	if end < 0 {
		return "", false
	}
	inner := s.text[s.at+size : s.at+size+end]
	_, closing := utf8.DecodeRuneInString(s.text[s.at+size+end:])
	s.at += size + end + closing
	return inner, true
}

// word reads up to white space, a bracket or a quotation mark.
func (s *queryScanner) word() string {
	end := index.NumberEnd(s.text[s.at:]) // its thousands may have spaces between
	rest := strings.IndexFunc(s.text[s.at+end:], func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || quote(r) || strings.ContainsRune("()[]{}", r)
	})
	if rest < 0 {
		rest = len(s.text) - s.at - end
	}
	end += rest
	word := s.text[s.at : s.at+end]
	s.at += end
	return word
}

// add appends a term, to the last group if OR stands before it.
func (s *queryScanner) add(t queryTerm, not bool) {
	if s.or && !not && len(s.out.groups) > 0 && !s.out.groups[len(s.out.groups)-1].not {
		last := &s.out.groups[len(s.out.groups)-1]
		last.any = append(last.any, t)
	} else {
		s.out.groups = append(s.out.groups, queryGroup{[]queryTerm{t}, not})
	}
	s.or = false
}

func quote(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '„' }

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// kinds that kind: takes: those of hits, and those of pages.
var (
	hitKinds = []string{string(kinds.Page), string(kinds.Recommendation), string(kinds.Person), string(kinds.Organisation),
		string(kinds.Country), string(kinds.Topic)}
	pageKinds = []string{"event", "post", "project"}
)

// check says what is wrong with the value of a filter.
func (f *queryFilter) check() error {
	wrong := func(format string, args ...any) error {
		return &answer.QueryError{Position: f.position, Problem: fmt.Sprintf(format, args...)}
	}
	if letters(f.value) == 0 {
		return wrong("%s: needs a value directly after the colon, such as %s", f.field, f.example())
	}
	switch f.field {
	case "year", "date":
		from, to := dateRange(f.value)
		if !answer.ValidDate(from) || !answer.ValidDate(to) || f.field == "year" && (len(from) != 4 || len(to) != 4) {
			return wrong("%q is no %s: write %s", f.value, f.field, f.example())
		}
		if from > to+"\xff" {
			return wrong("the range %q ends before it starts", f.value)
		}
	case "from", "to":
		if !answer.ValidDate(f.value) {
			return wrong("%q is no date: write YYYY, YYYY-MM or YYYY-MM-DD", f.value)
		}
	case "kind":
		if kind := strings.ToLower(f.value); !slices.Contains(hitKinds, kind) && !slices.Contains(pageKinds, kind) {
			return wrong("there is no kind %q: it is one of %s, %s", f.value, strings.Join(hitKinds, ", "), strings.Join(pageKinds, ", "))
		}
	}
	if f.not && (f.field == "from" || f.field == "to" || f.field == "date" || f.field == "kind") {
		return wrong("-%s: is not understood; give the dates or kinds that you want instead", f.field)
	}
	return nil
}

// example shows how a filter is written.
func (f *queryFilter) example() string {
	switch f.field {
	case "speaker", "person", "by":
		return f.field + `:"Jane Roe"`
	case "organisation":
		return `org:"Open Rivers"`
	case "year":
		return "year:2023 or year:2021..2023"
	case "date":
		return "date:2023-05 or date:2023-05..2023-06"
	case "from", "to":
		return f.field + ":2023-05-31"
	case "kind":
		return "kind:page"
	case "country":
		return "country:estonia"
	}
	return f.field + ":health"
}

// dateRange splits "from..to"; a single date is both.
func dateRange(value string) (from, to string) {
	from, to, ok := strings.Cut(value, "..")
	if !ok {
		return value, value
	}
	return from, to
}

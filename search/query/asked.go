package query

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/language"
	"rapporteur/search/answer"
)

// Words that lead to a date, a place or an employer.
var (
	dateWords  = fold.SetOf("in", "during", "since", "from", "after", "before", "until")
	placeWords = fold.SetOf("in", "from")
)

// understand reads what running words say as filters: dates, countries, that events are asked for, and who works where. Each is told,
// with the query that leaves it out; with literal, words that name places are words.
func (p *plan) understand(parsed *parsedQuery, query string, literal bool) {
	rest := query // without what was taken
	take := func(from, to int, filters ...queryFilter) {
		var words []string
		for _, g := range parsed.groups[from:to] {
			words = append(words, g.any[0].text)
		}
		text := strings.Join(words, " ")
		parsed.groups = append(parsed.groups[:from:from], parsed.groups[to:]...)
		parsed.filters = append(parsed.filters, filters...)
		rest = cut(rest, text)
		for _, f := range filters {
			p.understood = append(p.understood, answer.Understood{Words: text, Field: f.field, Value: f.value, Without: cut(query, text)})
		}
	}
	if body, ok := p.employer(parsed); ok {
		p.question = &answer.Asked{Employer: p.engine.lexicon.Entities[body].ID}
		take(0, len(parsed.groups), queryFilter{field: "kind", value: string(kinds.Person)},
			queryFilter{field: "organisation", value: string(p.question.Employer)})
		p.nameUnderstood()
		return
	}
	if u, ok := p.askedAbout(parsed, take); ok {
		u.Without = rest
		u.Words = strings.TrimSpace(strings.TrimSuffix(query, rest))
		p.understood, p.question.About = append(p.understood, u), rest
	}
	for i := 0; i+1 < len(parsed.groups); i++ {
		lead := parsed.plainWord(i)
		if dateWords[lead] {
			if f, used, ok := parsed.dated(lead, i+1); ok {
				take(i, i+1+used, f)
				i--
				continue
			}
		}
		if placeWords[lead] && !literal {
			if code, used := p.country(parsed, i+1); used > 0 {
				if e, ok := p.engine.countries[code]; ok {
					p.places = append(append(p.places, p.engine.lexicon.Entities[e].Name), p.engine.lexicon.Entities[e].Aliases...)
				}
				take(i, i+1+used, queryFilter{field: "country", value: code})
				i--
			} else if place, used := p.town(parsed, i+1); used > 0 {
				p.places = append(p.places, place)
				take(i, i+1+used, queryFilter{field: "place", value: place})
				i--
			}
		}
	}
	if year := parsed.plainWord(0); len(year) == 4 && strings.HasPrefix(parsed.plainWord(1), "event") {
		if f, used, ok := parsed.dated("in", 0); ok {
			take(0, used, f)
		}
	}
	if len(p.understood) > 0 {
		p.events(parsed, take)
	}
	p.narrows = p.question == nil && len(p.places) > 0 && len(parsed.groups) > 0
	if len(p.places) > 0 {
		p.notes = append(p.notes, "A page is of a place if it names the place: the words shown say in what connection.")
	}
	if p.question != nil {
		p.question.Subject = rest
	}
	p.nameUnderstood()
}

func (p *plan) nameUnderstood() {
	for i := range p.understood {
		u := &p.understood[i]
		if u.Field == "place" || u.Field == "country" {
			p.placed = append(p.placed, "“"+u.Words+"”")
		}
		u.Name = p.engine.valueName(u.Field, u.Value)
		if _, typed, ok := strings.Cut(u.Words, " "); ok && u.Field == "place" {
			u.Name = typed
		}
	}
}

// cut is a query without some words of it.
func cut(query, words string) string {
	return fold.Space(strings.Replace(query, words, " ", 1))
}

// plainWord is a word of the query, folded; "" where something else stands.
func (q *parsedQuery) plainWord(i int) string {
	if i < 0 || i >= len(q.groups) {
		return ""
	}
	g := &q.groups[i]
	if g.not || len(g.any) > 1 || g.any[0].kind != wordTerm {
		return ""
	}
	return index.Fold(strings.Trim(g.any[0].text, "?!.,;"))
}

// dated reads a year, or a month and a year, behind the word that leads to it.
func (q *parsedQuery) dated(lead string, at int) (f queryFilter, used int, ok bool) {
	month := language.Month(q.plainWord(at))
	if month > 0 {
		used++
	}
	year, err := strconv.Atoi(q.plainWord(at + used))
	if err != nil || year < 1900 || year > 2100 {
		return f, 0, false
	}
	used++
	value := strconv.Itoa(year)
	if month > 0 {
		value = fmt.Sprintf("%d-%02d", year, month)
	}
	switch lead {
	case "since", "from":
		return queryFilter{field: "from", value: value}, used, true
	case "until":
		return queryFilter{field: "to", value: value}, used, true
	case "after", "before":
		if month > 0 {
			return f, 0, false
		}
		if lead == "after" {
			return queryFilter{field: "from", value: strconv.Itoa(year + 1)}, used, true
		}
		return queryFilter{field: "to", value: strconv.Itoa(year - 1)}, used, true
	}
	return queryFilter{field: "date", value: value}, used, true
}

// country reads the name of a country that the site names; used is 0 if there is none.
func (p *plan) country(parsed *parsedQuery, at int) (code string, used int) {
	var words []string
	for i := at; i < len(parsed.groups) && i < at+4; i++ {
		word := parsed.plainWord(i)
		if word == "" {
			break
		}
		words = append(words, word)
		for _, e := range p.engine.byName[index.NameKey(strings.Join(words, " "))] {
			if entity := &p.engine.lexicon.Entities[e]; entity.Kind == kinds.Country && len(words[0]) > 2 {
				code, used = entity.Code, len(words)
			}
		}
	}
	return code, used
}

// employers are how a query begins that asks for the people of a body, whose name is the rest.
var employers = regexp.MustCompile(`^(?:who (?:all )?(?:works?|worked|working|is working) (?:at|for|with|in)|` +
	`who (?:is|are|was) (?:at|from|with)|` + `(?:the |all |which )*(?:people|staff|employees|colleagues|members|` +
	`those)(?: who| that)?(?: work| worked| working| are| is)? ` +
	`(?:at|of|from|for)|who (?:represents?|represented)|who belongs to) `)

// employer reads "who works at X", where X is a body that the site knows by that name.
func (p *plan) employer(parsed *parsedQuery) (body int, ok bool) {
	words := p.foldedWords(parsed)
	start := employers.FindString(words)
	if start == "" || strings.Count(words, " ") != len(parsed.groups) {
		return 0, false
	}
	return p.body(strings.TrimSpace(words[len(start):]))
}

// Words that ask for events, and only for these, once places and dates are taken.
var (
	eventOpening = regexp.MustCompile(`^(?:show |list |find |me |all |any |the |which |what |of |past |upcoming )*events? ` +
		`((?:that |which |were |was |are |have |been |did )*` +
		`(?:held |hosted |took place |taking place |take place |happened |happening |happen |organised |organized )?)`)
	whatHappened = regexp.MustCompile(`^what (?:has |have )?(?:happened|took place|taken place|was on) $`)
)

// events takes the words that ask for events.
func (p *plan) events(parsed *parsedQuery, take func(from, to int, filters ...queryFilter)) {
	words := p.foldedWords(parsed)
	opening := eventOpening.FindString(words)
	if opening == "" && strings.Count(words, " ") == len(parsed.groups) {
		opening = whatHappened.FindString(words)
	}
	if n := strings.Count(opening, " "); n > 0 {
		take(0, n, queryFilter{field: "kind", value: "event"})
	}
}

package query

import (
	"regexp"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// Words that ask. Groups of them are joined to forms over folded words with a space behind each.
const (
	spokeVerbs = `(?:spoke|spoken|speaks?|speaking|talked|talks?|talking|presented|presents?|presenting)`
	worksVerbs = `(?:works?|worked|working|writes?|wrote|written|writing|knows?|active|researche[sd]|researching|campaigns?|campaigning|` +
		`interested|engaged|involved|specialis\w+|dealing|deals?)`
	bodyNouns = `(?:organi[sz]ations?|bodies|charities|institutions|groups|companies|ngos|institutes)`
	subjectOf = `(?:about|on|in|with|regarding) `
)

// openings are how a query begins that asks for people or organisations by what they are active on. The words behind are the subject.
var openings = []struct {
	form  *regexp.Regexp
	kind  kinds.Kind
	spoke bool
}{
	{regexp.MustCompile(`^who (?:has |have |all |was |is |are )*` + spokeVerbs + ` (?:about|on|to us about|regarding) `), kinds.Person, true},
	{regexp.MustCompile(`^who (?:has |have |all )*(?:gave|given|gives) (?:a |the )?(?:talks?|speech|speeches|presentations?) (?:about|on) `),
		kinds.Person, true},
	{regexp.MustCompile(`^who (?:has |have |all )*(?:discussed|raised|mentioned|addressed) `), kinds.Person, true},
	{regexp.MustCompile(`^(?:who are |who were |which |what |the |all )*(?:speakers|panellists|panelists|presenters) ` +
		`(?:who |that )?(?:have |has )?(?:` + spokeVerbs + ` )?(?:about|on|regarding) `), kinds.Person, true},
	{regexp.MustCompile(`^who (?:is |are |has |have )*` + worksVerbs + ` (?:about|on) `), kinds.Person, false},
	{regexp.MustCompile(`^(?:which |what )?(?:people|experts|researchers) (?:who |that |are |have )*(?:` + worksVerbs +
		` )?(?:about|on) `), kinds.Person, false},
	{regexp.MustCompile(`^(?:which |what )?` + bodyNouns + ` (?:that |which |who |have |has )*` + spokeVerbs + ` (?:about|on) `),
		kinds.Organisation, true},
	{regexp.MustCompile(`^(?:which |what )?` + bodyNouns + ` (?:that |which |who |are |have |has |been )*` + worksVerbs + ` ` + subjectOf),
		kinds.Organisation, false},
	{regexp.MustCompile(`^(?:which |what )?` + bodyNouns + ` (?:about|on) `), kinds.Organisation, false},
}

// ofBody are what stands before and behind the name of a body in "who from X spoke on Y".
var (
	ofBodyStart = regexp.MustCompile(`^(?:(?:which |what |the |all )*(?:who|people|speakers|staff|anybody|anyone|someone|somebody|` +
		`colleagues|members)(?: is| are| was| were)? (?:from|at|of)|who ` + spokeVerbs + ` (?:for|from)) `)
	ofBodyEnd = regexp.MustCompile(`^(?:who |that |has |have |is |are )*(?:(` + spokeVerbs + `)|` + worksVerbs + `)? ?(?:about|on|regarding) `)
	speakers  = regexp.MustCompile(`speakers|` + spokeVerbs)
)

// sayings are what stands before and behind the name in "what did X say about Y".
var (
	sayingStart = regexp.MustCompile(`^what (?:did|does|do|has|have) `)
	sayingEnd   = regexp.MustCompile(
		`^(?:says?|said|think|thought|tell us|told us|ask|asked|call|called|want|wanted|propose|proposed|recommend|recommended|write|` +
			`written) (?:about|on|for|of|regarding) `)
)

// askedAbout reads "who spoke about Y", "organisations on Y" and "what did X say about Y", where something stands for Y. What it takes from
// the query is told as a filter.
func (p *plan) askedAbout(parsed *parsedQuery, take func(from, to int, filters ...queryFilter)) (told answer.Understood, ok bool) {
	words := p.foldedWords(parsed)
	for _, o := range openings {
		if opening := o.form.FindString(words); opening != "" && len(opening) < len(words) {
			p.question = &answer.Asked{Kind: o.kind, Spoke: o.spoke}
			take(0, strings.Count(opening, " "))
			return answer.Understood{Field: "kind", Value: string(o.kind)}, true
		}
	}
	if told, ok = p.ofBody(words, take); ok {
		return told, true
	}
	start := sayingStart.FindString(words)
	if start == "" {
		return told, false
	}
	first := strings.Count(start, " ")
	all := strings.Fields(words)
	for until := min(len(all)-1, first+maxNameWords); until > first; until-- {
		end := sayingEnd.FindString(strings.Join(all[until:], " ") + " ")
		if end == "" || until+strings.Count(end, " ") >= len(all) {
			continue
		}
		if who, ok := p.speaker(strings.Join(all[first:until], " ")); ok {
			p.question = &answer.Asked{By: who}
			take(0, until+strings.Count(end, " "))
			field := "person"
			if p.engine.lexicon.Entities[p.engine.byID[who]].Kind == kinds.Organisation {
				field = "organisation"
			}
			parsed.filters = append(parsed.filters, queryFilter{field: field, value: string(who)})
			return answer.Understood{Field: field, Value: string(who)}, true
		}
	}
	return told, false
}

// ofBody reads "who from X spoke on Y", where X is a body that the site knows by that name.
func (p *plan) ofBody(words string, take func(from, to int, filters ...queryFilter)) (told answer.Understood, ok bool) {
	start := ofBodyStart.FindString(words)
	if start == "" {
		return told, false
	}
	first, all := strings.Count(start, " "), strings.Fields(words)
	for until := min(len(all)-1, first+maxNameWords); until > first; until-- {
		end := ofBodyEnd.FindString(strings.Join(all[until:], " ") + " ")
		behind := until + strings.Count(end, " ")
		if end == "" || behind >= len(all) {
			continue
		}
		if body, ok := p.body(strings.Join(all[first:until], " ")); ok {
			id := p.engine.lexicon.Entities[body].ID
			p.question = &answer.Asked{Kind: kinds.Person, Spoke: speakers.MatchString(start + end), Of: id}
			take(0, behind)
			return answer.Understood{Field: "organisation", Value: string(id)}, true
		}
	}
	return told, false
}

// body is the one body that has a name.
func (p *plan) body(name string) (body int, ok bool) {
	for _, e := range p.engine.byName[index.NameKey(name)] {
		if p.engine.lexicon.Entities[e].Kind == kinds.Organisation {
			if ok {
				return 0, false // two bodies have the name
			}
			body, ok = e, true
		}
	}
	return body, ok
}

// foldedWords are the words of a query, each with a space behind, up to the first that is no plain word.
func (p *plan) foldedWords(parsed *parsedQuery) string {
	var b strings.Builder
	for i := range parsed.groups {
		word := parsed.plainWord(i)
		if word == "" {
			break
		}
		b.WriteString(word + " ")
	}
	return b.String()
}

// speaker is the one person or body that has a name, else the one that is known by it too.
func (p *plan) speaker(name string) (ingest.IRI, bool) {
	found := p.engine.byName[index.NameKey(name)]
	if len(found) == 0 {
		found = p.engine.resolve(name, []kinds.Kind{kinds.Person})
	}
	var exact, others []ingest.IRI
	for _, e := range found {
		switch entity := &p.engine.lexicon.Entities[e]; {
		case entity.Kind != kinds.Person && entity.Kind != kinds.Organisation:
		case index.NameKey(entity.Name) == index.NameKey(name):
			exact = append(exact, entity.ID)
		default:
			others = append(others, entity.ID)
		}
	}
	switch {
	case len(exact) == 1:
		return exact[0], true
	case len(exact) == 0 && len(others) == 1:
		return others[0], true
	}
	return "", false
}

// town reads the name of a place that pages name in a country; used is 0 if there is none.
func (p *plan) town(parsed *parsedQuery, at int) (place string, used int) {
	var words []string
	for i := at; i < len(parsed.groups) && i < at+maxTownWords; i++ {
		word := parsed.plainWord(i)
		if word == "" {
			break
		}
		words = append(words, word)
		if key := index.NameKey(strings.Join(words, " ")); p.engine.places[key] {
			place, used = key, len(words)
		}
	}
	return place, used
}

// maxTownWords is of how many words the name of a place is at most.
const maxTownWords = 4

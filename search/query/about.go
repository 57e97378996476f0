package query

import (
	"regexp"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// openings are how a query begins that asks for people or organisations by what they are active on. The words behind are the subject.
var openings = []struct {
	form  *regexp.Regexp // over folded words with a space behind each
	kind  kinds.Kind
	spoke bool
}{
	{regexp.MustCompile(`^who (?:has |have |all )?(?:spoke|spoken|speaks?|talked|talks?|presented|presents?) (?:about|on|to us about) `),
		kinds.Person, true},
	{regexp.MustCompile(`^(?:speakers|panellists|panelists|presenters) (?:who spoke |speaking )?(?:about|on) `), kinds.Person, true},
	{regexp.MustCompile(`^who (?:is |are |has |have )?(?:works?|worked|working|writes?|wrote|written|knows?|active|researche[sd]|` +
		`researching) (?:about|on) `), kinds.Person, false},
	{regexp.MustCompile(`^(?:people|experts|researchers) (?:who )?(?:works? |worked |working |active )?(?:about|on) `), kinds.Person, false},
	{regexp.MustCompile(`^(?:which |what )?(?:organisations?|organizations?|bodies|charities|institutions) (?:that |which |who )?(?:spoke|` +
		`speaks?|speaking) (?:about|on) `), kinds.Organisation, true},
	{regexp.MustCompile(`^(?:which |what )?(?:organisations?|organizations?|bodies|charities|institutions) (?:that |which |who |` +
		`are )*(?:works? |worked |working |active |engaged |interested )?(?:about|on) `), kinds.Organisation, false},
}

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

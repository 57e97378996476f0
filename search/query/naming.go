package query

import (
	"context"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// title lets a page lead whose title is asked for as it is.
func (p *plan) title() {
	var texts []string
	for _, w := range p.running {
		texts = append(texts, w.text)
	}
	key := index.NameKey(strings.Join(texts, " "))
	if len(texts) < 2 || key == "" {
		return
	}
	if pages := p.engine.titled[key]; len(pages) <= maxLedTitles {
		p.query.Lead = append(p.query.Lead, pages...)
	}
}

// named finds the entities that the words name, the longest names first, lets them lead, and widens by their other names.
func (p *plan) named(ctx context.Context) error {
	var all []string  // folded
	var alone []bool  // can be a name by itself
	var clauses []int // that look for them
	for _, w := range p.running {
		for _, f := range index.NameWords(w.text) {
			forms, _ := p.forms(f)
			all = append(all, f)
			alone = append(alone, len(forms) > 0 && (len(f) > 2 || ingest.Initials(w.text)))
			clauses = append(clauses, w.clause)
		}
	}
	for from := 0; from < len(all); {
		length := min(len(all)-from, maxNameWords)
		for ; length > 0; length-- {
			if length == 1 && !alone[from] {
				continue // a stop word, or "in" that is no India
			}
			if entities := p.engine.byName[strings.Join(all[from:from+length], " ")]; len(entities) > 0 {
				if err := p.name(ctx, all[from:from+length], clauses[from:from+length], entities, length == len(all)); err != nil {
					return err
				}
				break
			}
		}
		from += max(1, length)
	}
	return nil
}

// name plans for the entities of one name, given as its folded words and the clauses that look for these.
func (p *plan) name(ctx context.Context, words []string, clauses []int, entities []int, whole bool) error {
	if len(entities) > 3 {
		return nil
	}
	for _, i := range entities {
		e := &p.engine.lexicon.Entities[i]
		ordinary := len(words) == 1 && p.engine.lexicon.Ordinary[words[0]] >= max(1, e.Pages)
		if len(words) == 1 && !whole {
			if e.Kind == kinds.Topic || e.Kind == kinds.Person {
				continue // a common word, or a first name
			}
			common, err := p.common(ctx, words[0], e.Pages)
			if err != nil {
				return err
			}
			if common || ordinary {
				continue
			}
		}
		p.query.Lead = append(p.query.Lead, p.engine.numbers[i])
		if ordinary {
			continue // whoever types nothing but the name may mean the body, but finds the pages by the word
		}
		clause := index.Clause{Any: []index.Match{{Facet: string(e.Kind), Value: e.value(), Weight: namedWeight}}, Extra: true}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			clause.Any = append(clause.Any, typed(p.phrase(name, aliasWeight))...)
		}
		for _, c := range clauses {
			if c >= 0 {
				clause.Stands = append(clause.Stands, c)
			}
		}
		p.add(clause)
	}
	return nil
}

// common reports whether a word mostly means something else than an entity that is called so and stands on some pages.
func (p *plan) common(ctx context.Context, word string, pages int) (bool, error) {
	forms, _ := p.forms(word)
	for _, form := range forms {
		if n, err := p.engine.reader.Frequency(ctx, form[:1]); err != nil || n > commonWord*pages {
			return true, err
		}
	}
	return false, nil
}

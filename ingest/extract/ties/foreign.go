package ties

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/language"
)

// foreignSure is the chance from which on a person stands for a body in a language that the classifier has not learnt, where
// only the order of the words speaks for it.
const foreignSure = 0.7

// apartSure is that chance where they stand in different blocks.
const apartSure = 0.9

// foreignTie is the chance that a pair in another language than English belongs together: sure where a rule of the language
// says so of the two, none where it says so of another person, else that of the classifier if it is high.
func (v *view) foreignTie(p *pair, named []int8, chance float64) float64 {
	if v.Language(int(v.Toks[p.b.From].Block)).Depth == language.Full {
		return chance
	}
	switch p.how {
	case "fields", "field", "row":
		return chance
	case "block":
	default:
		if chance < apartSure {
			return 0
		}
		return chance
	}
	if !p.b.Stated() {
		if chance < foreignSure {
			return 0
		}
		return chance
	}
	if p.b.From < p.p.To || p.b.From-p.p.To > 14 {
		return 0
	}
	for i := p.p.To; i < p.b.From; i++ {
		if named[i] == 1 || v.Toks[i].Opens {
			return 0
		}
	}
	return max(chance, 0.95)
}

// by reports whether a block of an event's page names somebody as the one it is by, in another language than English.
func (v *view) by(s *names.Named) bool {
	if v.Page.Kind != ingest.EventPage {
		return false
	}
	for _, f := range s.Places {
		if f.By() {
			return true
		}
	}
	return false
}

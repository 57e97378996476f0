package ties

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/fold"
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
		if v.worksAbroad(p, named) {
			return max(chance, 0.9)
		}
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

var (
	// foreignWork are verbs of work, and foreignAt what leads from them to where it is done.
	foreignWork = fold.Set(`arbeitet arbeite arbeiteten forscht lehrt tätig beschäftigt angestellt travaille travaillent enseigne trabaja
		trabajan trabalha trabalham lavora lavorano werkt`)
	foreignAt = fold.Set(`für bei beim an am im à chez pour au en para no na em per presso bij voor`)
	// foreignArticles may stand between them and the body.
	foreignArticles = fold.Set(`die der das dem den la le les l' el los las a o il lo de het`)
)

// worksAbroad reports whether a verb of work and what leads to a body stand between it and the person before it, and nobody else.
func (v *view) worksAbroad(p *pair, named []int8) bool {
	const farthest = 9
	if p.b.From < p.p.To || p.b.From-p.p.To > farthest {
		return false
	}
	at := p.b.From - 1
	if foreignArticles[v.Toks[at].Lower] {
		at--
	}
	if at <= p.p.To || !foreignAt[v.Toks[at].Lower] {
		return false
	}
	work := false
	for i := p.p.To; i < at; i++ {
		if named[i] != 0 || v.Toks[i].Opens {
			return false
		}
		work = work || foreignWork[v.Toks[i].Lower]
	}
	return work
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

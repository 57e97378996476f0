package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/tagger"
)

// view is a page on which names were found, as ties are looked for on it.
type view struct{ *names.View }

// The classifiers of ties.
const (
	speaks     = "speaks"
	affiliated = "affiliated"
)

// Finder finds what people did and whom they stand for. It is safe for parallel use.
type Finder struct{ speaks, affiliated *tagger.Linear }

// New makes a Finder from the classifiers of ties; without them everything is held for even.
func New(models *tagger.Models) *Finder {
	return &Finder{speaks: models.Linear[speaks], affiliated: models.Linear[affiliated]}
}

// Participants makes the records of a page's people: what they did and whom they stand for.
func (x *Finder) Participants(page *names.View, people, bodies []*names.Named, found []names.Found) []ingest.Participant {
	v := &view{page}
	out := make([]ingest.Participant, len(people))
	index := map[*names.Named]int{}
	for i, s := range people {
		index[s] = i
		p := ingest.Participant{Reference: ingest.Reference{ID: s.ID, Name: s.Name, Confidence: s.Confidence, Mentions: v.Mentions(s)}, Affiliations: []ingest.Affiliation{}}
		chance := x.speaks.Probability(v.partFeatures(s, people))
		p.Part, p.Evidence, p.Rule = v.part(s)
		if p.Speaker = chance >= speakSure; !p.Speaker {
			p.Part, p.Rule = v.otherPart(s)
		}
		out[i] = p
	}
	at := v.namesAt(found)
	pairs := v.pairs(people, bodies)
	all := rivalsOf(pairs)
	for i := range pairs {
		p := &pairs[i]
		chance := x.affiliated.Probability(v.pairFeatures(p, all, at))
		if (p.how == "fields" || p.how == "row") && v.StatesBody(int(v.Toks[p.b.From].Block)) {
			chance = max(chance, 0.95)
		}
		if chance < tieSure || chance < tieAcross && (v.across(p) || v.Page.Kind == ingest.PostPage && p.how == "block") {
			continue
		}
		role, span := v.role(p, at)
		who := &out[index[p.person]]
		who.Affiliations = append(who.Affiliations, ingest.Affiliation{Span: span, Organisation: p.body.ID, Role: role, Rule: p.how, Confidence: chance})
	}
	return out
}

// across reports whether a sentence ends between the person and the body of a pair, and the next does not go on about the person.
func (v *view) across(p *pair) bool {
	if p.how != "block" || p.b.From < p.p.To {
		return false
	}
	first, _ := v.Sentence(p.b.From)
	if first <= p.p.From {
		return false
	}
	switch v.Toks[first].Lower {
	case "she", "he", "they", "her", "his", "their":
		return false
	}
	return true
}

// From what chance on a person is held to speak, and to stand for a body.
const (
	speakSure = 0.55
	tieSure   = 0.35
	tieAcross = 0.6 // where a sentence ends between them, or the page is a post, which names many things that have nothing to do with each other
)

// otherPart says what somebody did who does not speak.
func (v *view) otherPart(s *names.Named) (ingest.Part, string) {
	for _, f := range s.Places {
		bl := v.Block(f.From)
		if bl.Kind == ingest.FieldBlock && strings.HasPrefix(strings.ToLower(bl.Key), "author") {
			return ingest.Author, "author of the page"
		}
	}
	for _, f := range s.Places {
		bl := v.Block(f.From)
		for _, b := range []int{bl.Heading, bl.LeadIn} {
			if b < 0 || bl.Kind != ingest.ItemBlock && bl.Kind != ingest.CellBlock {
				continue
			}
			if v.Present[b] {
				return ingest.Attendee, "listed as present"
			}
		}
	}
	return "", ""
}

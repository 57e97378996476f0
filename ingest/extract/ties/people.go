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
	former     = "former"
	member     = "member"
)

// Finder finds what people did and whom they stand for. It is safe for parallel use.
type Finder struct{ speaks, affiliated, former, member tagger.Judge }

// New makes a Finder from the classifiers of ties; without them everything is held for even.
func New(models *tagger.Models) *Finder {
	return &Finder{models.Judge(speaks), models.Judge(affiliated), models.Judge(former), models.Judge(member)}
}

// Participants makes the records of a page's people: what they did and whom they stand for.
func (x *Finder) Participants(page *names.View, people, bodies []*names.Named, found []names.Found) []ingest.Participant {
	v := &view{page}
	out := make([]ingest.Participant, len(people))
	index := map[*names.Named]int{}
	tell := v.tellings(people)
	for i, s := range people {
		index[s] = i
		p := ingest.Participant{Reference: ingest.Reference{ID: s.ID, Name: s.Name, Confidence: s.Confidence, Mentions: v.Mentions(s)}, Affiliations: []ingest.Affiliation{}}
		chance := x.speaks.Probability(v.partFeatures(s, people), v.partNumbers(s, people, tell))
		p.Part, p.Evidence, p.Rule = v.part(s)
		if p.Speaker = chance >= speakSure; !p.Speaker {
			p.Part, p.Rule = v.otherPart(s)
		}
		out[i] = p
	}
	at := v.namesAt(found)
	ties := v.ties(people, bodies, found, tell)
	for i := range ties {
		p := &ties[i].pair
		chance := x.affiliated.Probability(ties[i].features, ties[i].numbers)
		if (p.how == "fields" || p.how == "row") && v.StatesBody(int(v.Toks[p.b.From].Block)) {
			chance = max(chance, 0.95)
		}
		if chance < tieSure {
			continue
		}
		role, span := v.role(p, at)
		who := &out[index[p.person]]
		a := ingest.Affiliation{Span: span, Organisation: p.body.ID, Role: role, Relation: ingest.WorksFor, Rule: p.how, Confidence: chance}
		a.Former = x.former.Probability(v.tenseFeatures(p), v.tenseNumbers(p)) >= formerSure
		if x.member.Probability(v.relationFeatures(p), nil) > 0.5 {
			a.Relation = ingest.Member
		}
		who.Affiliations = append(who.Affiliations, a)
	}
	return out
}

// From what chance on a person is held to speak, and to stand for a body.
const (
	speakSure  = 0.55
	tieSure    = 0.5
	formerSure = 0.5
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

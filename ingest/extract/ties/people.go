package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/tagger"
)

// view is a page on which names were found, as ties are looked for on it. It serves one goroutine, and keeps what is asked for again
// and again.
type view struct {
	*names.View
	runs    map[int]run  // of people, by the first token of each place in one
	ends    map[int]bool // where places that name people end
	writer  *names.Named // the one author that the front matter names, nil if there are none or several
	shape   *[8]int      // of the page
	tells   *[2]int      // of the page: how often it tells of what is to come, and of what was
	isOwn   map[*names.Named]bool
	stands  map[*names.Named]int // what standsIn says of bodies
	spoke   *spoken              // what spokeOut says
	doings  map[*names.Named]doing
	told    []telling // what tellings found
	ownHost string    // the server of the page
}

// viewOf is the view of a page with these people.
func viewOf(page *names.View, people []*names.Named) *view {
	v := &view{View: page, ends: map[int]bool{}, isOwn: map[*names.Named]bool{}, stands: map[*names.Named]int{},
		ownHost: text.Host(page.Page.URL)}
	for _, s := range people {
		for _, f := range s.Places {
			v.ends[f.To] = true
		}
	}
	v.runs, v.writer = v.runsOf(people), v.author(people)
	v.doings = v.doingsOf(people)
	return v
}

// The classifiers of ties.
const (
	speaks     = "speaks"
	affiliated = "affiliated"
	former     = "former"
	member     = "member"
)

// Finder finds what people did and whom they stand for. It is safe for parallel use.
type Finder struct{ speaks, affiliated, former, member tagger.Ensemble }

// New makes a Finder from the classifiers of ties; without them everything is held for even.
func New(models *tagger.Models) *Finder {
	return &Finder{models.Ensemble(speaks), models.Ensemble(affiliated), models.Ensemble(former), models.Ensemble(member)}
}

// Participants makes the records of a page's people: what they did and whom they stand for.
func (x *Finder) Participants(page *names.View, people, bodies []*names.Named, found []names.Found) []ingest.Participant {
	v := viewOf(page, people)
	out := make([]ingest.Participant, len(people))
	index := map[*names.Named]int{}
	tell, talkers := v.tellings(people), v.talkers(people)
	for i, s := range people {
		index[s] = i
		p := ingest.Participant{Reference: ingest.Reference{ID: s.ID, Name: s.Name, Confidence: s.Confidence, Mentions: v.Mentions(s),
			Aliases: s.Also}, Affiliations: []ingest.Affiliation{}}
		chance := x.speaks.Probability(v.partFeatures(s, people), v.partNumbers(s, people, tell))
		st := v.statedPart(s)
		switch {
		case st.denied != "":
			chance = 0
		case st.stated, v.by(s), talkers[s]:
			chance = max(chance, 0.95)
		}
		p.Part, p.Evidence, p.Rule = st.part, v.evidence(st.at), st.rule
		if p.Speaker = chance >= v.speakSure(); p.Speaker {
			p.Sure = chance
			p.Announced = v.announced(st.at)
			p.Occasion = v.occasion(st.at)
		} else {
			p.Part, p.Rule = v.otherPart(s, st)
			if p.Part == "" {
				p.Evidence = ingest.Span{}
			}
		}
		out[i] = p
	}
	at := v.namesAt(found)
	ties := v.ties(people, bodies, found, tell)
	chances := x.chances(v, ties, at)
	for i := range ties {
		p, chance := &ties[i].pair, chances[i]
		if ties[i].veto != "" || chance < v.tieSure() {
			continue
		}
		role, span := v.role(p, at)
		role = office(role)
		who := &out[index[p.person]]
		a := ingest.Affiliation{Span: span, Organisation: p.body.ID, Role: role, Relation: ingest.WorksFor, Rule: p.how, Confidence: chance}
		a.Former = v.past(p, x.former.Probability(v.tenseFeatures(p), v.tenseNumbers(p)))
		switch {
		case v.paid(p):
			a.Relation = ingest.Other
		case x.member.Probability(v.relationFeatures(p), nil) > 0.5:
			a.Relation = ingest.Member
		}
		if rest, was := withoutFormer(a.Role); was {
			a.Role, a.Former = rest, true
		}
		a.From, a.To = v.years(p)
		if a.To != "" {
			a.Former = true
		}
		who.Affiliations = append(who.Affiliations, a)
	}
	return out
}

// chances are those that pairs are ties.
func (x *Finder) chances(v *view, ties []tie, named []int8) []float64 {
	out := make([]float64, len(ties))
	for i := range ties {
		t := &ties[i]
		out[i] = v.foreignTie(&t.pair, named, x.affiliated.Probability(t.features, t.numbers))
		if v.stated(&t.pair) != "" {
			out[i] = max(out[i], statedSure)
		} else if v.enrolled(&t.pair) {
			out[i] = max(out[i], enrolledSure)
		}
	}
	v.shared(ties, out)
	return out
}

// formerSure is the chance from which on a tie is held for past.
const formerSure = 0.5

// tieSure is the chance from which on a person is held to stand for a body. It is low: what is not sure enough is shown apart.
func (v *view) tieSure() float64 {
	switch v.Page.Genre {
	case ingest.ProfileGenre, ingest.MinutesGenre:
		return 0.16
	case ingest.PostGenre:
		return 0.2
	}
	return 0.25
}

// states reports whether fields or cells say outright that the person of a pair is of the body: columns and keys that are
// called so, side by side.
func (v *view) states(x *pair) bool {
	if !v.StatesBody(int(v.Toks[x.b.From].Block)) {
		return false
	}
	switch x.how {
	case "fields", "row":
		return true
	case "field":
		// speaker: and company: in one front matter, and nobody else under that key
		key := v.Block(x.p.From).Key
		if v.Block(x.p.From).Kind == ingest.TitleBlock {
			return true
		}
		if !speakerKeys[strings.ToLower(strings.TrimSuffix(key, "s"))] {
			return false
		}
		for i := range v.Page.Blocks {
			if b := &v.Page.Blocks[i]; b.Kind == ingest.FieldBlock && b.Key == key && i != int(v.Toks[x.p.From].Block) {
				return false
			}
		}
		return true
	}
	return false
}

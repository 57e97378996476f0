package score

import "rapporteur/ingest"

// FactKind is a sort of fact whose confidence is calibrated.
type FactKind string

// The kinds of fact.
const (
	PersonFact       FactKind = "person"
	OrganisationFact FactKind = "organisation"
	SpeakerFact      FactKind = "speaker"
	AffiliationFact  FactKind = "affiliation"
	AskFact          FactKind = "ask"
)

// FactKinds are all kinds of fact, in the order of a report.
var FactKinds = []FactKind{PersonFact, OrganisationFact, SpeakerFact, AffiliationFact, AskFact}

// Fact is something extracted, and whether the annotation agrees. What counts neither for nor against is no fact.
type Fact struct {
	Kind  FactKind
	At    int // number of the person, organisation or recommendation on the record; of an affiliation, its number with its person
	Of    int // of an affiliation: number of the person
	Right bool
}

// Facts judges what was extracted from an annotated page.
func Facts(g *Page, r *ingest.Record) []Fact {
	var out []Fact
	marks := markPage(g, r)
	for i, name := range names {
		var kind FactKind
		switch name {
		case "people":
			kind = PersonFact
		case "organisations":
			kind = OrganisationFact
		case "speakers":
			kind = SpeakerFact
		case "affiliations":
			kind = AffiliationFact
		case "asks":
			kind = AskFact
		default:
			continue
		}
		for _, j := range marks[i].judged {
			out = append(out, Fact{kind, j.at, j.of, j.right})
		}
	}
	return out
}

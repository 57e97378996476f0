package ingest

import (
	"slices"
	"sort"
	"strings"

	"rapporteur/ingest/brand"
	"rapporteur/ingest/kinds"
)

// SureEnough is the calibrated confidence from which on a fact is shown as one. What is less sure is kept, marked and shown apart.
const SureEnough = 0.85

// IRI identifies an entity, page or recommendation: {base}/id/{kind}/{slug}, base being the site's address or "urn:rapporteur:".
type IRI string

// Entity is what mentions on one or many pages resolve to.
type Entity struct {
	IRI      IRI        `json:"iri"`
	Kind     kinds.Kind `json:"kind"`
	Name     string     `json:"name"`
	Aliases  []string   `json:"aliases,omitempty"`  // other forms seen or curated, sorted, without Name
	Code     string     `json:"code,omitempty"`     // of a country: ISO 3166-1 alpha-2
	Scheme   string     `json:"scheme,omitempty"`   // of a topic: the vocabulary it is from, "topic" or "project"
	Homepage string     `json:"homepage,omitempty"` // absolute URL
	SameAs   []string   `json:"sameAs,omitempty"`   // IRIs of the same thing elsewhere
	Page     string     `json:"page,omitempty"`     // path of the site's own page about it
	Former   []IRI      `json:"former,omitempty"`   // IRIs that were merged into this one
}

// Mention is a place where a page names something.
type Mention struct {
	Span
	Text       string  `json:"text"` // the span's text
	Rule       string  `json:"rule"` // why it was found: a short fixed name, such as "bold-name"
	Confidence float64 `json:"confidence"`
}

// Reference is an entity as one page knows it.
type Reference struct {
	ID         LocalID   `json:"id,omitempty"` // by which the record's ties and recommendations point at it; people and organisations have one
	IRI        IRI       `json:"iri"`          // empty until resolved
	Name       string    `json:"name"`         // the fullest form that this page gives; the site-wide name is the Entity's
	Confidence float64   `json:"confidence"`
	Mentions   []Mention `json:"mentions"`          // in order of Start
	Aliases    []string  `json:"aliases,omitempty"` // other names that the page says it has: a birth name, a nickname, another script
}

// LocalID names a person's or organisation's Reference within its record: a number from 1 on that no other reference of
// the record has. 0 is none.
type LocalID int

// Part is what somebody did at an event.
type Part string

// The parts played, as finely as the page says. A person who is merely mentioned has none ("").
const (
	Speaker     Part = "speaker"
	Chair       Part = "chair"
	Moderator   Part = "moderator"
	Panellist   Part = "panellist"
	Respondent  Part = "respondent"
	Facilitator Part = "facilitator"
	Host        Part = "host"
	Interviewee Part = "interviewee"
	Witness     Part = "witness" // gave evidence to a committee or inquiry
	Author      Part = "author"
	Attendee    Part = "attendee"
)

// Occasion is where somebody spoke who did so elsewhere than at the event that the page is about. What is not known is empty.
type Occasion struct {
	Name string `json:"name,omitempty"` // as the page writes it
	Date string `json:"date,omitempty"` // YYYY, YYYY-MM or YYYY-MM-DD
	Page string `json:"page,omitempty"` // path of the site's own page about it
}

// Participant is a person as one page knows them: the part they played there and whom they stood for.
type Participant struct {
	Reference
	Part         Part          `json:"part,omitempty"`
	Occasion     *Occasion     `json:"occasion,omitempty"`
	Announced    bool          `json:"announced,omitempty"` // the page tells of it as yet to come
	Speaker      bool          `json:"speaker"`             // speaks, presents, chairs, moderates, facilitates or sits on the panel
	Evidence     Span          `json:"evidence,omitzero"`   // the sentence or block that says so
	Rule         string        `json:"rule,omitempty"`      // why the part was given
	Sure         float64       `json:"sure,omitempty"`      // that they speak, where Speaker is set: the chance, 0 to 1
	Affiliations []Affiliation `json:"affiliations"`
}

// Wrote reports whether a participant wrote the page, whatever else they did on it: it is their part, or a field of the front matter
// names them as author.
func (r *Record) Wrote(p *Participant) bool {
	return p.Part == Author || slices.ContainsFunc(p.Mentions, func(m Mention) bool { return r.byline(m.Span) })
}

// spokeThere is how sure it must be of a page that is an event's by its place and by its text that somebody spoke: whom such a page
// brings in mostly did. Of those as sure as that and less sure than SureEnough, 61 of 75 spoke on the annotated event pages, by models
// that had seen neither page nor site, and of all from there on 498 of 555. Lower, unseen sites do worse than two in three.
const spokeThere = 0.75

// Speaks reports whether the page says, as surely as facts are shown, that a participant spoke. That somebody wrote it, and no more, says
// so of no page but an event's.
func (r *Record) Speaks(p *Participant) bool {
	least := SureEnough
	if r.Kind == EventPage && r.Genre == EventGenre {
		least = spokeThere
	}
	return p.Speaker && p.Sure >= least && (r.Genre == EventGenre || !r.byline(p.Evidence))
}

// Did is the part that the page surely says a participant played: as a speaker only where Speaks does, else as its author or otherwise;
// "" if it only names them.
func (r *Record) Did(p *Participant) (part Part, speaks bool) {
	switch {
	case r.Speaks(p):
		return p.Part, true
	case r.Wrote(p):
		return Author, false
	case p.Speaker:
		return "", false
	}
	return p.Part, false
}

// Take gives a participant the part of another who is the same, where it says more: that they speak, or any if there was none.
func (p *Participant) Take(other *Participant) {
	if other.Speaker && !p.Speaker || p.Part == "" {
		p.Part, p.Evidence, p.Rule, p.Sure = other.Part, other.Evidence, other.Rule, other.Sure
		p.Announced, p.Occasion = other.Announced, other.Occasion
		p.Speaker = p.Speaker || other.Speaker
	}
}

// byline reports whether a place is in a field that names who wrote the page.
func (r *Record) byline(at Span) bool {
	b := r.blockAt(at)
	return b != nil && b.Kind == FieldBlock && strings.HasPrefix(strings.ToLower(b.Key), "author")
}

// InField reports whether a place is a value of the front matter, which is no sentence.
func (r *Record) InField(at Span) bool {
	b := r.blockAt(at)
	return b != nil && b.Kind == FieldBlock
}

// Beside reports whether a place is beside what the page says in its text: its title, a value of the front matter, words for a picture.
func (r *Record) Beside(at Span) bool {
	b := r.blockAt(at)
	return b != nil && (b.Kind == FieldBlock || b.Kind == TitleBlock || b.Kind == AltBlock)
}

// blockAt is the block that holds a place, nil if none does or it is empty.
func (r *Record) blockAt(at Span) *Block {
	if r.Page == nil || at.End <= at.Start {
		return nil
	}
	i := sort.Search(len(r.Blocks), func(i int) bool { return r.Blocks[i].End > at.Start })
	if i == len(r.Blocks) || !r.Blocks[i].Holds(at) {
		return nil
	}
	return &r.Blocks[i]
}

// Relation says what ties a person to an organisation.
type Relation string

// The relations.
const (
	WorksFor Relation = "works-for" // has a job or office there, founded, leads or represents it
	Member   Relation = "member"    // sits on its board, advises it, is its fellow, member, student or alumnus
	Other    Relation = "other"     // another tie that is said: funded by, partner of, supporter of
)

// Affiliation ties a person to an organisation on this page. The span covers the words that say it.
type Affiliation struct {
	Span
	Organisation LocalID  `json:"reference"`
	Name         string   `json:"organisation"` // of the organisation on this page, once the site is resolved
	IRI          IRI      `json:"iri"`          // of the organisation, once the site is resolved
	Role         string   `json:"role,omitempty"`
	Relation     Relation `json:"relation,omitempty"`
	Former       bool     `json:"former,omitempty"` // the page presents it as past
	From         string   `json:"from,omitempty"`   // YYYY, YYYY-MM or YYYY-MM-DD, where the text states it; never the page's date
	To           string   `json:"to,omitempty"`     // likewise
	Rule         string   `json:"rule"`
	Confidence   float64  `json:"confidence"`
}

// CountryReference is a country that a page names.
type CountryReference struct {
	Reference
	Code string `json:"code"` // ISO 3166-1 alpha-2
	Form string `json:"form"` // best of the forms seen: "name", "demonym", "place"
}

// TopicReference is a topic of a page: stated by its front matter, or inferred.
type TopicReference struct {
	Reference
	Scheme   string `json:"scheme,omitempty"` // "topic" or "project"
	Inferred bool   `json:"inferred"`
}

// Strength says how strongly something is asked for.
type Strength string

// The strengths of a recommendation.
const (
	Must   Strength = "must"
	Should Strength = "should"
	Could  Strength = "could"
	Need   Strength = "need"
)

// RecommendationKind says what a statement of what to do is.
type RecommendationKind string

// The kinds of recommendation.
const (
	Ask      RecommendationKind = "ask"      // a policy ask, demand, commitment, agreed lesson, or a call reported of somebody
	Advice   RecommendationKind = "advice"   // what a reader is told to do: how-to steps, tips
	Action   RecommendationKind = "action"   // an action item of minutes
	Decision RecommendationKind = "decision" // a decision of minutes
)

// Stance says how the page stands to what is asked.
type Stance string

// The stances. An opposed recommendation is never listed as an ask.
const (
	Supported Stance = "supported"
	Opposed   Stance = "opposed"
	Reported  Stance = "reported" // told of somebody, without a stance
)

// Recommendation is a statement of what someone should do. The span covers the whole bullet or sentence.
type Recommendation struct {
	Span
	IRI    IRI                `json:"iri"`
	Kind   RecommendationKind `json:"kind"`
	Stance Stance             `json:"stance,omitempty"`
	// what the text needs to be understood by itself: its lead-in, heading, or what "this" is
	Context    string   `json:"context,omitempty"`
	Text       string   `json:"text"`                  // the span's text, white space folded
	By         LocalID  `json:"byReference,omitempty"` // the person or organisation whose it is; none if nobody's
	ByName     string   `json:"by"`                    // their name on this page, once the site is resolved
	ByIRI      IRI      `json:"byIRI,omitempty"`
	ByEvidence Span     `json:"byEvidence,omitzero"`   // what ties it to them
	To         string   `json:"to"`                    // whom it addresses, as written; empty if not said
	ToRef      LocalID  `json:"toReference,omitempty"` // where To names a person or organisation of the page
	ToIRI      IRI      `json:"toIRI,omitempty"`       // where To is an entity of the site
	Strength   Strength `json:"strength"`
	Heading    string   `json:"heading,omitempty"` // text of the heading it stands under
	LeadIn     string   `json:"leadIn,omitempty"`  // text of the block that introduces it
	Rule       string   `json:"rule"`
	Confidence float64  `json:"confidence"`
	Topics     []IRI    `json:"topics,omitempty"`
	Mentions   []IRI    `json:"mentions,omitempty"` // organisations, countries and people that it names
	SameAs     IRI      `json:"sameAs,omitempty"`   // the first recommendation of the site that asks the same; empty if this is the first
}

// Record is all that ingestion knows of one page. It is the unit of writing, caching and deleting.
type Record struct {
	*Page
	IRI             IRI                `json:"iri"`
	Acronyms        []Acronym          `json:"acronyms,omitempty"` // that the page explains, in order
	People          []Participant      `json:"people"`
	Organisations   []Reference        `json:"organisations"`
	Countries       []CountryReference `json:"countries"`
	Topics          []TopicReference   `json:"topics"`
	Recommendations []Recommendation   `json:"recommendations"` // asks that the page does not tell of as rejected
	// opposed asks, advice, actions and decisions: they are in no list, count or index
	Unlisted []Recommendation `json:"unlisted,omitempty"`
	// possible names left out because the page is in a language that is not understood well enough
	HeldBack int `json:"heldBack,omitempty"`
}

// Doubt is a decision of the resolver that a person should look at, with the lines of rapporteur.yaml that would settle it.
type Doubt struct {
	Kind     kinds.Kind `json:"kind"`
	Question string     `json:"question"`
	Entities []IRI      `json:"entities"`
	Weight   float64    `json:"weight"` // how much hangs on it: number of facts touched
	Evidence []Evidence `json:"evidence"`
	Lines    string     `json:"lines"` // to paste
}

// Evidence is the place a fact comes from.
type Evidence struct {
	Page string `json:"page"` // path
	Span
	Quote string `json:"quote"` // the sentence around the span
	URL   string `json:"url,omitempty"`
}

// Site is the whole of what was read: entities sorted by IRI, records by path.
type Site struct {
	Name     string       `json:"name"`
	URL      string       `json:"url,omitempty"` // of the live site, without a slash at the end
	Entities []Entity     `json:"entities"`
	Records  []*Record    `json:"records"`
	Skips    []Skip       `json:"skips"`
	Doubts   []Doubt      `json:"doubts"`
	Erasing  string       `json:"erasing,omitempty"` // digest of the decisions, where some erase people: nothing made under others may be kept
	Account  []Gap        `json:"account,omitempty"` // what of the folder was not understood, the worst first
	Sites    []MemberSite `json:"sites,omitempty"`   // that this is made of, if of several
	Brand    *brand.Brand `json:"brand,omitempty"`   // how its pages look; nil if it does not say
	Lang     string       `json:"lang,omitempty"`    // of most of its pages, such as "en"; empty if no language has most
	Notes    []string     `json:"notes,omitempty"`   // what else the user should know, such as a line of rapporteur.yaml that matches nothing
}

// MostSpoken is the language that more than half of the pages are in, such as "en"; empty if none is.
func MostSpoken(records []*Record) string {
	pages := map[string]int{}
	for _, r := range records {
		if tag, _, _ := strings.Cut(r.Lang, "-"); tag != "" {
			if pages[tag]++; pages[tag]*2 > len(records) {
				return tag
			}
		}
	}
	return ""
}

// MemberSite is a site that is a part of another.
type MemberSite struct {
	Key   string `json:"key"` // that the paths of its pages begin with
	Name  string `json:"name,omitempty"`
	URL   string `json:"url,omitempty"`
	Pages int    `json:"pages"`
	Fault string `json:"fault,omitempty"` // why it could not be read; empty if it could
}

// Entities are those that the record names.
func (r *Record) Entities() map[IRI]bool {
	out := map[IRI]bool{}
	for _, p := range r.People {
		out[p.IRI] = true
		for _, a := range p.Affiliations {
			out[a.IRI] = true
		}
	}
	for _, o := range r.Organisations {
		out[o.IRI] = true
	}
	for _, c := range r.Countries {
		out[c.IRI] = true
	}
	for _, t := range r.Topics {
		out[t.IRI] = true
	}
	delete(out, "")
	return out
}

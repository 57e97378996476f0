// Package answer is what answers are made of: plain types that questions give and web pages, feeds, assistants and the
// terminal show, with the errors with which a question is refused.
package answer

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// Filter narrows pages, and what is on them. Values of one field are alternatives; fields are all required.
// People, organisations and topics are given by IRI or by any of their names, countries by ISO 3166-1 code or name.
type Filter struct {
	Kinds         []kinds.Kind
	People        []string
	Organisations []string
	Countries     []string
	Topics        []string
	Categories    []string
	Genres        []string // as ingest.Genre has them
	Sites         []string // keys, where several sites are one
	Years         []string
	From, To      string // YYYY, YYYY-MM or YYYY-MM-DD, both inclusive

	// Of recommendations: whose they are, whom they address (name, IRI or as written), and how strongly they ask.
	By, Addressees, Strengths []string
}

// Request is a search as a user asks it.
type Request struct {
	Query    string // in the query language, which may hold filters too
	Filter   Filter
	Sort     string // "relevance" (default) or "date"
	Limit    int    // 20 if zero; 100 at most
	Offset   int
	Explain  bool
	NoFacets bool // whoever has them from another search of the same words does without
}

// Ref names an entity or a page: enough for a link.
type Ref struct {
	ID   ingest.IRI `json:"id"`
	Kind kinds.Kind `json:"kind"`
	Name string     `json:"name"`
	Href string     `json:"href,omitempty"` // on this server, from "/": "/people/jane-roe", "/events/launch"

	// Inferred says of a topic of a page or recommendation that the page does not state it, but its words suggest it.
	Inferred bool `json:"inferred,omitempty"`

	// Site is the key of a page's site, where several are one.
	Site string `json:"site,omitempty"`
}

// Hit is one thing found.
type Hit struct {
	Kind          kinds.Kind     `json:"kind"`
	ID            ingest.IRI     `json:"id"`
	PageKind      string         `json:"page_kind,omitempty"` // of a page: "event", "post"...
	Path          string         `json:"path,omitempty"`
	URL           string         `json:"url,omitempty"`  // the live page; of a recommendation or passage, the sentence on it (text fragment)
	Href          string         `json:"href,omitempty"` // package present
	Title         string         `json:"title"`
	Date          string         `json:"date,omitempty"`
	Site          string         `json:"site,omitempty"` // of a page, and what is on it: the key of its site, where several are one
	Score         float64        `json:"score"`
	Partial       bool           `json:"partial,omitempty"` // has only some of the words, or related ones, and is not counted in the total
	Passages      []Passage      `json:"-"`
	Fragments     []string       `json:"fragments"` // the passages as HTML, escaped but for <mark>: package present
	People        []Ref          `json:"people,omitempty"`
	Organisations []Ref          `json:"organisations,omitempty"`
	Topics        []Ref          `json:"topics,omitempty"`
	Page          *Ref           `json:"page,omitempty"`        // of a recommendation: the page it is on
	By            *Ref           `json:"by,omitempty"`          // of a recommendation
	Strength      string         `json:"strength,omitempty"`    // of a recommendation
	Pages         int            `json:"pages,omitempty"`       // of an entity: how many pages name it
	Evidence      []Evidence     `json:"evidence,omitempty"`    // where what was asked of it is said
	Explanation   []Contribution `json:"explanation,omitempty"` // if asked for
}

// Passage is a part of a page's text that shows why it was found: white space folded, "·" between lines, "…" where the
// text goes on. Marks are the words of the query, as bytes of Text, in order.
type Passage struct {
	Text  string
	Marks []ingest.Span
}

// Contribution is what one word, phrase or facet value of a query adds to the score of a hit: the product of the other three.
type Contribution struct {
	Match  string  `json:"match"` // analyzed words, or facet:value
	Weight float64 `json:"weight"`
	IDF    float64 `json:"idf"`
	Impact float64 `json:"impact"` // saturated frequency, with fields and lengths weighed in
	Score  float64 `json:"score"`
}

// FacetValue is one value of a facet, and how many hits have it.
type FacetValue struct {
	Value string `json:"value"` // what to filter by: an IRI, code, year or category
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Understood is a filter that words of the query were read as.
type Understood struct {
	Words   string `json:"words"`
	Field   string `json:"field"` // as in the query language
	Value   string `json:"value"`
	Name    string `json:"name"`    // of what Value stands for; the value itself if it speaks for itself
	Without string `json:"without"` // the query that leaves them out
}

// Asked is a question about things, as a query puts it.
type Asked struct {
	// Employer is the body whose people are asked for.
	Employer ingest.IRI

	// Kind is the kind of thing that is active on a subject: "who spoke about X" (Spoke), "organisations on X".
	Kind  kinds.Kind
	Spoke bool

	// Of is the body whose people are asked for by what they are active on: "who from Of spoke on X".
	Of ingest.IRI

	// About is the query without the words that ask, Subject without those that are read as filters too.
	About, Subject string

	// By is whose words on About are asked for: "what did By say about X".
	By ingest.IRI
}

// Response answers a Request. Total and Facets are of what has most of the words; where nothing has, of what has any, which Notes say.
// Facets are "person", "organisation", "country", "topic", "year", "category", and "site" where several are one.
type Response struct {
	Query      string                  `json:"query"`
	Total      int                     `json:"total"`
	TookMS     float64                 `json:"took_ms"`
	Hits       []Hit                   `json:"hits"`
	Facets     map[string][]FacetValue `json:"facets"`
	Partial    int                     `json:"partial,omitempty"`    // so many more follow with only some of the words, or related ones
	AnyWord    bool                    `json:"anyWord,omitempty"`    // nothing has most of the words: Total counts what has any of them
	Suggestion *string                 `json:"suggestion"`           // what was probably meant, if something else
	Understood []Understood            `json:"understood,omitempty"` // filters that were read from words of the query
	Asked      *Asked                  `json:"-"`                    // what the query asks for, if it is a question about things
	// results are for the suggestion: the query that searches for what was typed
	Instead string   `json:"instead,omitempty"`
	Notes   []string `json:"notes,omitempty"`
}

// Suggestion completes what is being typed.
type Suggestion struct {
	Ref
	Text string `json:"text"`
}

// Evidence shows where a fact comes from. URL opens the sentence on the live page.
type Evidence struct {
	Page   string     `json:"page"` // path
	Site   string     `json:"site,omitempty"`
	PageID ingest.IRI `json:"pageId"`
	Title  string     `json:"title"`
	Date   string     `json:"date,omitempty"`
	Quote  string     `json:"quote"`
	URL    string     `json:"url,omitempty"`
	Href   string     `json:"href,omitempty"`  // of the page: package present
	Field  bool       `json:"field,omitempty"` // the quotation is a value of the front matter, not a sentence
	Place  Place      `json:"-"`               // of what is quoted
}

// Place is where a quotation stands on its page: a span of its text, and whether the sentence begins before and goes on after.
// It is empty without a quotation.
type Place struct {
	ingest.Span
	Before, After bool
	Field         bool // it is a value of the front matter
}

// Appearance is a page on which an entity plays a part or is named.
type Appearance struct {
	Page      Ref              `json:"page"`
	Date      string           `json:"date,omitempty"`
	PageKind  string           `json:"pageKind,omitempty"`
	Genre     string           `json:"genre,omitempty"`
	Part      string           `json:"part,omitempty"`      // of a person
	Speaker   bool             `json:"speaker,omitempty"`   // the page says so, and surely
	Author    bool             `json:"author,omitempty"`    // they wrote the page
	Announced bool             `json:"announced,omitempty"` // as yet to come
	Occasion  *ingest.Occasion `json:"occasion,omitempty"`  // where the person spoke, if elsewhere than at the event of the page
	For       []Ref            `json:"for,omitempty"`       // of a person: whom they stood for there
	People    []Ref            `json:"people,omitempty"`    // of an organisation: who stood for it there
	Spoke     []Ref            `json:"spoke,omitempty"`     // those of People who surely spoke there
	Inferred  bool             `json:"inferred,omitempty"`
	Evidence  []Evidence       `json:"evidence"`
}

// Affiliation is one over time: a person's organisation, or an organisation's person. Relation and Former are what the person's
// own page says of it, else the newest page that says it.
type Affiliation struct {
	To       Ref        `json:"to"`
	Roles    []string   `json:"roles,omitempty"`    // of now first: what the own page says, else the latest told more than once
	Relation string     `json:"relation,omitempty"` // "works-for", "member", "other"
	Former   bool       `json:"former,omitempty"`
	From     string     `json:"from,omitempty"`  // YYYY, YYYY-MM or YYYY-MM-DD, where a page states it
	Until    string     `json:"until,omitempty"` // likewise
	First    string     `json:"first,omitempty"` // date of the first page that says so
	Last     string     `json:"last,omitempty"`
	Pages    int        `json:"pages"`
	Evidence []Evidence `json:"evidence"`
}

// Connection is something that an entity is tied to. What is said comes first (Said), then what stands with it in one
// passage (Near), then what the page of an event names (Events), last what is only named on the same pages; among these by
// Score, then by name. To is marked inferred where each of the pages is tied to a topic of the two by inference only.
//
// Score is the sum over the pages of what ties the two there, Strength in package derive says how much each of these weighs.
type Connection struct {
	To     Ref `json:"to"`
	Said   int `json:"said,omitempty"`   // pages on which a sentence ties the two: belongs to, spoke for, spoke with, spoke or wrote about
	Near   int `json:"near,omitempty"`   // pages on which both stand in one passage
	Events int `json:"events,omitempty"` // pages of events that name both
	Pages  int `json:"pages"`            // pages that name both
	// of two people: events at which both speak; of a person and an organisation: at which the one speaks for the other; of two
	// organisations: at which one person speaks for the one and another for the other
	Spoke    int        `json:"spoke,omitempty"`
	For      []Ref      `json:"for,omitempty"` // of co-speakers, at the event of the first evidence: whom To stood for, or who spoke for To
	Score    float64    `json:"score"`
	Years    []string   `json:"years,omitempty"`
	Evidence []Evidence `json:"evidence"`
}

// Recommendation is one as it is shown. Also are the other places that ask the same.
type Recommendation struct {
	ID       ingest.IRI `json:"id"`
	Text     string     `json:"text"`
	By       *Ref       `json:"by,omitempty"`
	To       string     `json:"to,omitempty"`
	Strength string     `json:"strength"`
	Heading  string     `json:"heading,omitempty"`
	LeadIn   string     `json:"leadIn,omitempty"`
	Context  string     `json:"context,omitempty"`    // what the text needs to be understood by itself
	Stance   string     `json:"stance,omitempty"`     // supported, or reported of somebody
	Genre    string     `json:"genre,omitempty"`      // of the page
	Sure     float64    `json:"confidence,omitempty"` // that it is an ask, from 0 to 1
	ToRef    *Ref       `json:"toRef,omitempty"`      // whom it addresses, where the site knows them
	Topics   []Ref      `json:"topics,omitempty"`
	Page     Ref        `json:"page"`
	Date     string     `json:"date,omitempty"`
	Score    float64    `json:"score,omitempty"`
	Evidence []Evidence `json:"evidence"`
	Also     []Evidence `json:"also,omitempty"`
}

// Profile is all that is known of an entity. It is made at build time and stored with the entity's document. Its lists
// are the first 200 appearances, 100 affiliations of each sort, 100 recommendations and, of each kind, 50 connections, the first ten
// of which carry their evidence (Generation.Connections finds that of the others); Pages counts all.
type Profile struct {
	Ref
	Aliases  []string     `json:"aliases,omitempty"`
	Code     string       `json:"code,omitempty"`
	Scheme   string       `json:"scheme,omitempty"`
	Homepage string       `json:"homepage,omitempty"`
	SameAs   []string     `json:"sameAs,omitempty"`
	OwnPage  *Ref         `json:"ownPage,omitempty"`
	First    string       `json:"first,omitempty"` // date of the first page that names it
	Last     string       `json:"last,omitempty"`
	Pages    int          `json:"pages"`
	Years    []FacetValue `json:"years"`
	// of a person: events at which they spoke; of an organisation: at which somebody spoke for it
	Spoke int `json:"spoke"`
	// of a person, by year, newest first: "events" where they spoke, "posts" and event "pages" that they wrote; year "" is undated
	Did             map[string][]FacetValue `json:"did,omitempty"`
	PagesByKind     map[string]int          `json:"pagesByKind"`          // of the pages that name it: events, posts and others
	Appearances     []Appearance            `json:"appearances"`          // newest first
	Affiliations    []Affiliation           `json:"ties"`                 // that are sure, and that no page calls former since
	Before          []Affiliation           `json:"before,omitempty"`     // that are sure, and former
	Unsure          []Affiliation           `json:"unsure,omitempty"`     // that may be: shown apart, as named with
	Connections     map[string][]Connection `json:"connections"`          // by kind: "person", "organisation", "topic", "country"
	CoSpeakers      []Connection            `json:"coSpeakers,omitempty"` // who, or for whom somebody, spoke at the same events
	Recommendations []Recommendation        `json:"recommendations"`
}

// Hop is one step of a way between two entities, with the page that says it.
type Hop struct {
	From     Ref        `json:"from"`
	To       Ref        `json:"to"`
	Said     bool       `json:"said"`     // a sentence says so; else a page names both
	Relation string     `json:"relation"` // such as "spoke for", "spoke at", "named with"
	Evidence []Evidence `json:"evidence"`
}

// Path is a sequence of hops, each starting where the last one ended.
type Path []Hop

// OtherNames returns the aliases that differ in more than case from the name and from each other.
func (p *Profile) OtherNames() []string {
	var out []string
	for _, alias := range p.Aliases {
		same := func(name string) bool { return strings.EqualFold(name, alias) }
		if !same(p.Name) && !slices.ContainsFunc(out, same) {
			out = append(out, alias)
		}
	}
	return out
}

// Related lists the pages that the reader of a page may want next, nearest first.
type Related struct {
	Page  *ListedPage
	Items []RelatedPage
}

// RelatedPage is one of them, and why it is.
type RelatedPage struct {
	Page  *ListedPage
	Score float64
	Why   []Reason
}

// Reason says what ties two pages.
type Reason struct {
	// "link", "title", "recommendation", "project", "person", "organisation", "topic", "country", "words", "date", "site"
	Type  string     `json:"type"`
	ID    ingest.IRI `json:"id,omitempty"`
	Label string     `json:"label"`
	Quote string     `json:"quote,omitempty"`
	Here  bool       `json:"here,omitempty"` // the quotation is on the page that was asked for, not on the related one
}

// PageRef names the page of a record.
func PageRef(r *ingest.Record) Ref {
	return Ref{ID: r.IRI, Kind: kinds.Page, Name: r.Title, Site: r.Site}
}

// Year is the year of a date, empty if there is none.
func Year(date string) string { return date[:min(4, len(date))] }

// AddRef appends a Ref to those of a list that does not have it.
func AddRef(list []Ref, r Ref) []Ref {
	if slices.Contains(list, r) {
		return list
	}
	return append(list, r)
}

// CompareRefs orders by name, then IRI.
func CompareRefs(x, y Ref) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) }

// RelatedMost is how many related pages are kept for each page.
const RelatedMost = 10

// ValidDate reports whether s is YYYY, YYYY-MM or YYYY-MM-DD of a day that may be.
func ValidDate(s string) bool {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i, c := range []byte(s) {
		if dash := i == 4 || i == 7; dash != (c == '-') || !dash && (c < '0' || c > '9') {
			return false
		}
	}
	if len(s) >= 7 && (s[5:7] < "01" || s[5:7] > "12") {
		return false
	}
	return len(s) < 10 || s[8:10] >= "01" && s[8:10] <= "31"
}

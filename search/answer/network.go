package answer

// CoOccurrence is something that two entities have in common, or that only one of them has: on how many pages and in which
// years it stands with them.
type CoOccurrence struct {
	To    Ref      `json:"to"`
	Pages int      `json:"pages"`
	Years []string `json:"years,omitempty"`
	Last  *Ref     `json:"last,omitempty"` // the newest of the pages
	Date  string   `json:"date,omitempty"` // of that page
}

// Comparison holds two things against each other.
type Comparison struct {
	First    Ref            `json:"first"`
	Second   Ref            `json:"second"`
	Together []Appearance   `json:"together"` // pages that name both, newest first, each with its evidence
	Both     []CoOccurrence `json:"both"`
	Only1    []CoOccurrence `json:"onlyFirst"`
	Only2    []CoOccurrence `json:"onlySecond"`
	Linked   []Broker       `json:"linkedBy"` // who stands on pages with each of them: by the smaller number of pages, then the larger
}

// Broker is a person or organisation that links two things.
type Broker struct {
	Ref
	First  int `json:"first"` // pages with the first
	Second int `json:"second"`
}

// Surroundings is an entity and what is around it: Nodes[0] is the entity. Links are by position in Nodes.
type Surroundings struct {
	Nodes []Neighbour `json:"nodes"`
	Links []Link      `json:"links"`
	Total int         `json:"total"` // how many things share a page with it
}

// Neighbour is a thing around another one: at how many hops, and on how many pages with what it was reached from.
type Neighbour struct {
	Ref
	Hops  int `json:"hops"`
	Pages int `json:"pages"`
}

// Community is people and organisations that meet each other more than others.
type Community struct {
	Size    int               `json:"size"`
	Members []CommunityMember `json:"members"` // the most tied first
}

// CommunityMember is one of a Community. Weight is the sum of its ties within, Between its share of the shortest ways between
// any two that were looked at.
type CommunityMember struct {
	Ref
	Weight  float64 `json:"weight"`
	Between float64 `json:"between"`
}

// Link says on how many pages two things of an answer stand together; they are given by their places in its list.
type Link struct {
	From  int `json:"from"`
	To    int `json:"to"`
	Pages int `json:"pages"`
}

// TopicMap says for which organisations people spoke at events about which topics.
type TopicMap struct {
	Organisations []CoOccurrence `json:"organisations"` // by the events at which somebody spoke for them, the most first
	Topics        []CoOccurrence `json:"topics"`        // by the events about them at which somebody spoke for one of these
	Links         []Link         `json:"links"`         // From an organisation, To a topic, each by its place in its list
}

// Found is an answer of a walk through the graph: an entity or a recommendation, and the pages that say so, the newest first.
type Found struct {
	Ref
	Pages []Ref `json:"pages"`
}

// Walk is a question that is a walk through the graph: its name, the kinds of thing that it starts from, what it finds.
type Walk struct {
	Name string   `json:"name"`
	From []string `json:"from"`
	Says string   `json:"says"`
}

package ingest

// Span is a half-open range of bytes, [Start, End), in the Text of a page.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// In returns the part of text that the span covers.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Holds reports whether t lies within s.
func (s Span) Holds(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// PageKind says what a page is about.
type PageKind string

// The kinds of page.
const (
	EventPage        PageKind = "event"
	PostPage         PageKind = "post"
	PersonPage       PageKind = "person"
	OrganisationPage PageKind = "organisation"
	TopicPage        PageKind = "topic"
	ProjectPage      PageKind = "project"
	OtherPage        PageKind = "page"
)

// Genre says what sort of writing a page is, whatever its kind: it is found from the page's own signals.
type Genre string

// The genres of page.
const (
	EventGenre    Genre = "event"    // one occasion: a talk, panel, workshop, with who took part
	PostGenre     Genre = "post"     // an article or blog post
	DiaryGenre    Genre = "diary"    // weeknotes: the writer's own days, in the first person
	DigestGenre   Genre = "digest"   // a round-up of news and links
	ProfileGenre  Genre = "profile"  // about one person or body
	MinutesGenre  Genre = "minutes"  // minutes or a transcript of a meeting
	ReportGenre   Genre = "report"   // a report, paper or policy text
	ResourceGenre Genre = "resource" // how-tos, documentation, lists of material
	OtherGenre    Genre = "other"    // none of these
)

// Genres are all of them.
var Genres = []Genre{EventGenre, PostGenre, DiaryGenre, DigestGenre, ProfileGenre, MinutesGenre, ReportGenre, ResourceGenre, OtherGenre}

// Page is one source file of a site: what it says, and how it says it.
type Page struct {
	Path       string   `json:"path"`                   // of the file, relative to the site, with slashes
	Site       string   `json:"site,omitempty"`         // key of the site it is of, where several are one; Path begins with it
	Kind       PageKind `json:"kind"`                   //
	Collection string   `json:"collection,omitempty"`   // folder or collection it belongs to, such as "events"
	Genre      Genre    `json:"genre,omitempty"`        // empty until found
	Title      string   `json:"title"`                  // never empty: the front matter's, else the first heading, else made from the path
	Date       string   `json:"date,omitempty"`         // YYYY-MM-DD
	EndDate    string   `json:"endDate,omitempty"`      // YYYY-MM-DD, the last day of an event of several days; else empty
	Inferred   bool     `json:"dateInferred,omitempty"` // the date is from the title, a heading, the path or the text
	URL        string   `json:"url,omitempty"`          // on the live site; absolute where the site's address is known, else from "/"
	Lang       string   `json:"lang,omitempty"`         // BCP 47: what the page says, its folder, its text, or the site; empty if none does
	Categories []string `json:"categories,omitempty"`   // the front matter's, as written

	// path of the page that this one is in another language; what both name is counted there
	TranslationOf string `json:"translationOf,omitempty"`

	FrontMatter map[string]any `json:"frontMatter,omitempty"` // decoded; keys as written; nested maps are map[string]any, dates are strings
	// the visible text: front matter's visible values, then the body without markup; valid UTF-8
	Text   string  `json:"text"`
	Blocks []Block `json:"blocks,omitempty"` // in order of Start, not overlapping; together they hold all words of Text
	Links  []Link  `json:"links,omitempty"`  // in order of Start
	Hash   string  `json:"hash"`             // SHA-256 of the source, in hex

	lower lowered // Text in lower case, once somebody has asked
}

// WithoutText returns a copy of all that is said of the page but its text.
func (p *Page) WithoutText() *Page {
	return &Page{
		Path: p.Path, Site: p.Site, Kind: p.Kind, Collection: p.Collection, Genre: p.Genre, Title: p.Title, Date: p.Date,
		EndDate: p.EndDate, Inferred: p.Inferred, URL: p.URL, Lang: p.Lang, Categories: p.Categories,
		TranslationOf: p.TranslationOf, FrontMatter: p.FrontMatter, Blocks: p.Blocks, Links: p.Links, Hash: p.Hash,
	}
}

// Rewrite puts another text in the place of Text, of which every word has the same place.
func (p *Page) Rewrite(text string) {
	p.Text = text
	p.lower.text.Store(nil)
	p.lower.asked.Store(0)
	p.lower.index.Store(nil)
}

// BlockKind says what part of a page a block is.
type BlockKind string

// The kinds of block.
const (
	FieldBlock     BlockKind = "field" // a visible value of the front matter, save the title
	TitleBlock     BlockKind = "title"
	HeadingBlock   BlockKind = "heading"
	ParagraphBlock BlockKind = "paragraph"
	ItemBlock      BlockKind = "item" // the own text of a list item, without the items nested in it
	CellBlock      BlockKind = "cell" // of a table
	QuoteBlock     BlockKind = "quote"
	AltBlock       BlockKind = "alt"  // an image's alternative text, or a caption
	CodeBlock      BlockKind = "code" // shown as it is; nothing is extracted from it
)

// Block is a run of text that stands by itself on the page. Indices point into Page.Blocks; -1 is none.
type Block struct {
	Kind BlockKind `json:"kind"`
	Span
	Line    int    `json:"line"`            // of the source file, from 1
	Level   int    `json:"level,omitempty"` // of a heading 1 to 6; of an item its nesting, from 1
	Key     string `json:"key,omitempty"`   // of a field: its path in the front matter, such as "speakers.0.name"
	Heading int    `json:"heading"`         // the heading that it stands under (of a heading: the next one up)
	// of an item: the block that introduces its list (paragraph, item, heading), if it stands directly before
	LeadIn   int        `json:"leadIn"`
	Parent   int        `json:"parent"`          // of an item: the item that it is nested in
	List     int        `json:"list,omitempty"`  // of an item or cell: number of its list or table on this page, from 1
	Index    int        `json:"index,omitempty"` // of an item: position in its list, from 1. Of a cell: column, from 1
	Row      int        `json:"row,omitempty"`   // of a cell: row, from 1; the head is row 1
	Ordered  bool       `json:"ordered,omitempty"`
	Lang     string     `json:"lang,omitempty"`     // BCP 47, where the block is in another language than its page
	Emphasis []Emphasis `json:"emphasis,omitempty"` // in order of Start
}

// Emphasis is a run of bold or italic text. Touching runs of the same strength are one ("**A** B **C**" of one word each is not).
type Emphasis struct {
	Span
	Strong bool `json:"strong,omitempty"`
}

// Link is an anchor in the text. Target is resolved against the page's URL where that is possible; a link within the
// site carries in Page the path of the file that it leads to.
type Link struct {
	Span
	Target string `json:"target"`
	Page   string `json:"page,omitempty"`
}

// Skip is a file that could not be read, or a part of one that was left out, and why. It is part of the report, never a log line.
type Skip struct {
	Path  string `json:"path"`
	Line  int    `json:"line,omitempty"` // from 1; 0 where the cause has no line
	Cause string `json:"cause"`          // what was wrong and what to do
	Part  bool   `json:"part,omitempty"` // the page is there, but not all of it
}

// Gap is something of a site's folder that was not understood, told once for all places where it is found.
type Gap struct {
	Kind    GapKind `json:"kind"`
	Subject string  `json:"subject,omitempty"` // the ending, key or address that it is about
	Count   int     `json:"count"`             // of files, values or pages, as Text says
	Text    string  `json:"text"`              // the whole of it in words, such as "33 files end in .odt and were not read"
	Example string  `json:"example,omitempty"` // one place: "path", "path:line" or "path:line: value"
	Mend    string  `json:"mend,omitempty"`    // what would mend it: most often lines of rapporteur.yaml
}

// GapKind says what sort of thing was not understood.
type GapKind string

// The kinds of gap.
const (
	EndingGap   GapKind = "ending"   // files in a format that is not read
	DataGap     GapKind = "data"     // data files in which no people, bodies or events were found
	KeyGap      GapKind = "key"      // front-matter keys that hold what reads like names and were left out
	PointerGap  GapKind = "pointer"  // keys of people or bodies that nothing answers to
	DateGap     GapKind = "date"     // events without a day, or with one that is none
	PeopleGap   GapKind = "people"   // events on which nobody is named
	AddressGap  GapKind = "address"  // addresses that several pages share
	LanguageGap GapKind = "language" // pages in languages of which only the structure is read
	WithheldGap GapKind = "withheld" // pages that the site does not publish
	MatterGap   GapKind = "matter"   // front matter that cannot be read
)

package extract

import (
	"slices"
	"sort"
	"strings"

	"rapporteur/ingest"
)

// The rules of finders that say only who found something. They are put into words before it is judged how likely facts are right.
const (
	byTagger = "tagger" // the words of a name, by the tagger alone
	inBlock  = "block"  // a person and a body in one block, by where they stand to each other
)

// tellRules puts into a record's rules what the finders leave unsaid: what is named and where ("body-in-list"), and what stands
// between a person and the body that they are tied to ("word-of").
func tellRules(r *ingest.Record) {
	tell := func(ref *ingest.Reference, what string) {
		for i := range ref.Mentions {
			if m := &ref.Mentions[i]; m.Rule == byTagger {
				m.Rule = what + "-in-" + placeOf(r.Page, m.Start)
			}
		}
	}
	bodies := map[ingest.LocalID]*ingest.Reference{}
	for i := range r.Organisations {
		bodies[r.Organisations[i].ID] = &r.Organisations[i]
		tell(&r.Organisations[i], "body")
	}
	for i := range r.People {
		p := &r.People[i]
		tell(&p.Reference, "person")
		for n := range p.Affiliations {
			a := &p.Affiliations[n]
			if body := bodies[a.Organisation]; a.Rule == inBlock && body != nil {
				a.Rule = tieOf(r.Page, &p.Reference, body, a.Span)
			}
		}
	}
}

// blockAt returns the block that a byte of the text is in, nil if in none.
func blockAt(page *ingest.Page, at int) *ingest.Block {
	i := sort.Search(len(page.Blocks), func(i int) bool { return page.Blocks[i].Start > at }) - 1
	if i < 0 || at >= page.Blocks[i].End {
		return nil
	}
	return &page.Blocks[i]
}

var places = map[ingest.BlockKind]string{ingest.FieldBlock: "front-matter", ingest.TitleBlock: "title", ingest.HeadingBlock: "heading",
	ingest.ItemBlock: "list", ingest.CellBlock: "table", ingest.QuoteBlock: "quote", ingest.AltBlock: "caption"}

// placeOf says where on a page something stands: in a link, a list..., else in the text.
func placeOf(page *ingest.Page, at int) string {
	if slices.ContainsFunc(page.Links, func(l ingest.Link) bool { return l.Start <= at && at < l.End }) {
		return "link"
	}
	if b := blockAt(page, at); b != nil && places[b.Kind] != "" {
		return places[b.Kind]
	}
	return "text"
}

// tyingWords are those that tie a person before them to a body behind.
var tyingWords = []string{"of", "for", "at", "from", "with", "by", "in", "@"}

// tieOf says what stands between a person and a body, where they stand closest to each other within the words of the tie.
func tieOf(page *ingest.Page, person, body *ingest.Reference, within ingest.Span) string {
	from, to, first := -1, -1, false // of what stands between; first: the person stands first
	for _, p := range person.Mentions {
		for _, b := range body.Mentions {
			lo, hi := p.End, b.Start
			if b.Start < p.Start {
				lo, hi = b.End, p.Start
			}
			inside := min(p.Start, b.Start) >= within.Start && max(p.End, b.End) <= within.End
			if inside && lo <= hi && (from < 0 || hi-lo < to-from) {
				from, to, first = lo, hi, p.End <= b.Start
			}
		}
	}
	if from < 0 {
		return "near"
	}
	between := strings.ToLower(strings.TrimSpace(page.Text[from:to]))
	words := strings.Fields(strings.TrimSuffix(between, " the"))
	starts := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(m string) bool { return strings.HasPrefix(between, m) })
	}
	block := blockAt(page, from)
	switch {
	case strings.HasPrefix(between, "(") && !strings.Contains(between, ")"):
		return "in-brackets"
	case first && len(words) > 0 && words[len(words)-1] == "@":
		return "word-at"
	case first && len(words) > 0 && slices.Contains(tyingWords, words[len(words)-1]):
		return "word-" + words[len(words)-1]
	case !first && starts("'s", "’s"):
		return "possessive"
	case starts("–", "—", "-", "|", ":"):
		return "dash"
	case starts(","):
		return "comma"
	case strings.Contains(page.Text[from:to], "\n"):
		return "near"
	case block != nil && block.Kind == ingest.ItemBlock:
		return "same-item"
	}
	return "same-line"
}

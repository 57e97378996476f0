package derive

import (
	"maps"
	"sort"
	"strings"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/sentence"
	"rapporteur/search/answer"
)

// quoteLength is how much of a page a piece of evidence shows at most, in bytes.
const quoteLength = 360

// NewEvidence shows the sentence of a page that holds a span: its words with white space folded, and the address that
// opens the live page at them. An empty span shows the page without a quotation. What is longer than 360 bytes is cut
// to the words around the span, with "…" where something is left out.
func NewEvidence(r *ingest.Record, s ingest.Span) answer.Evidence { return quoted(r, placeOf(r, s)) }

// placeOf is the place on a page of what NewEvidence quotes.
func placeOf(r *ingest.Record, s ingest.Span) answer.Place {
	if s.Start < 0 || s.End <= s.Start || s.End > len(r.Text) {
		return answer.Place{}
	}
	whole := sentenceAround(r.Page, s)
	shown := shorten(r.Text, whole, s)
	return answer.Place{Span: shown, Before: shown.Start > whole.Start, After: shown.End < whole.End, Field: r.InField(s)}
}

// quoted shows what stands at a place.
func quoted(r *ingest.Record, at answer.Place) answer.Evidence {
	e := answer.Evidence{Page: r.Path, Site: r.Site, PageID: r.IRI, Title: r.Title, Date: r.Date, URL: r.URL, Place: at}
	if at.End > at.Start && at.End <= len(r.Text) {
		e.Quote, e.URL, e.Field = words(r, at), r.FragmentURL(at.Span), at.Field
	}
	return e
}

// words are those at a place, with "…" where the sentence goes on.
func words(r *ingest.Record, at answer.Place) string {
	words := fold.Space(at.In(r.Text))
	if at.Before {
		words = "… " + words
	}
	if at.After {
		words += " …"
	}
	return words
}

// Sentence returns the sentence of a page that a span stands in.
func Sentence(r *ingest.Record, at ingest.Span) ingest.Span { return sentenceAround(r.Page, at) }

// sentenceAround returns the sentence that s stands in, or the sentences it goes over, within one block.
func sentenceAround(p *ingest.Page, s ingest.Span) ingest.Span {
	i := sort.Search(len(p.Blocks), func(i int) bool { return p.Blocks[i].End > s.Start })
	if i == len(p.Blocks) || !p.Blocks[i].Holds(s) {
		return s
	}
	block := p.Blocks[i].Span
	first := sentence.Around(p.Text, block, s.Start)
	if first.End >= s.End {
		return first
	}
	return ingest.Span{Start: first.Start, End: sentence.Around(p.Text, block, s.End-1).End}
}

// repeatedPages is on how many pages a block of text stands that is no page's own.
const repeatedPages = 5

// repeated counts the pages on which each block of text stands, of those that stand on as many as repeatedPages or more.
func repeated(records []*ingest.Record) map[string]int {
	count := map[string]int{}
	for _, r := range records {
		own := map[string]bool{}
		for i := range r.Blocks {
			if text := r.Blocks[i].In(r.Text); !own[text] {
				own[text] = true
				count[text]++
			}
		}
	}
	maps.DeleteFunc(count, func(_ string, pages int) bool { return pages < repeatedPages })
	return count
}

// boilerplate reports whether a place is in a block that many pages have alike.
func (b *Site) boilerplate(r *ingest.Record, at ingest.Span) bool {
	i := sort.Search(len(r.Blocks), func(i int) bool { return r.Blocks[i].End > at.Start })
	return i < len(r.Blocks) && r.Blocks[i].Holds(at) && b.again[r.Blocks[i].In(r.Text)] > 0
}

// shorten cuts whole down to quoteLength, at white space, so that s, or its start, stays in.
func shorten(text string, whole, s ingest.Span) ingest.Span {
	if whole.End-whole.Start <= quoteLength {
		return whole
	}
	from := max(whole.Start, s.Start-quoteLength/3)
	to := min(whole.End, from+quoteLength)
	from = max(whole.Start, to-quoteLength)
	if from > whole.Start {
		if i := strings.IndexAny(text[from:s.Start], " \n\t"); i >= 0 {
			from += i + 1
		} else {
			from = s.Start
		}
	}
	if to < whole.End {
		if i := strings.LastIndexAny(text[from:to], " \n\t"); i > 0 {
			to = from + i
		}
		for to > from && !utf8.RuneStart(text[to]) {
			to--
		}
	}
	return ingest.Span{Start: from, End: to}
}

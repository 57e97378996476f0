package recommend

import (
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/sentence"
)

// Bounds of what is looked at: an item longer than this is cut into sentences; a candidate of fewer words says nothing.
const (
	longestItem = 3000 // bytes
	longestAsk  = 2500 // bytes
	fewestWords = 3    // of a sentence; an item may be one word
)

// candidate is a bullet, cell, heading or sentence that may be a recommendation.
type candidate struct {
	ingest.Span
	block int // in Page.Blocks
	nth   int // of the block's candidates, from 0
	of    int // number of the block's candidates
	words []word
	cues  cues
	news  bool // one of several pieces of news that are strung together: whoever spoke in the one before does not go on
	after int  // number of the candidate that introduces it within the sentence: "... that: 1) ...; 2) ..."; -1 if none does
}

// candidates lists what may be a recommendation, in order.
func (f *Finder) candidates(p *ingest.Page, lower string) []candidate {
	var out []candidate
	for i, b := range p.Blocks {
		var spans []ingest.Span
		switch b.Kind {
		case ingest.ItemBlock, ingest.CellBlock, ingest.HeadingBlock:
			if b.End-b.Start <= longestItem {
				spans = []ingest.Span{b.Span}
				break
			}
			spans = sentence.Split(p.Text, b.Span)
		case ingest.ParagraphBlock, ingest.QuoteBlock, ingest.FieldBlock:
			spans = sentence.Split(p.Text, b.Span)
		}
		first := len(out)
		digest := p.Genre == ingest.DigestGenre
		pieces := strung(p.Text, spans, digest)
		news := len(pieces) > len(spans) || digest && len(spans) > 1 && len(ellipses(b.In(p.Text))) > 0
		if news && digest {
			pieces = headlines(p, pieces)
		}
		for _, whole := range pieces {
			after := -1
			for n, s := range enumerated(p.Text, whole) {
				ws := words(p.Text, lower, s, nil)
				if len(ws) == 0 || len(ws) < fewestWords && b.Kind != ingest.ItemBlock && n == 0 || s.End-s.Start > longestAsk {
					continue
				}
				out = append(out, candidate{
					Span: s, block: i, nth: len(out) - first, words: ws, cues: f.cues.of(ws), news: news, after: after,
				})
				if n == 0 {
					after = len(out) - 1
				}
			}
		}
		for k := first; k < len(out); k++ {
			out[k].of = len(out) - first
		}
	}
	return out
}

// fewestStrung is the number of bytes of the shortest piece of news in a string of them.
const fewestStrung = 20

// strung cuts spans that string one piece of news to the next by dots ("the union wants a ban… the minister said no... "):
// those of a digest, and those of several such dots.
func strung(text string, spans []ingest.Span, digest bool) []ingest.Span {
	var out []ingest.Span
	for _, s := range spans {
		cuts := ellipses(s.In(text))
		if len(cuts) == 0 || len(cuts) == 1 && !digest {
			out = append(out, s)
			continue
		}
		start := s.Start
		for _, cut := range cuts {
			if end := s.Start + cut; end-start >= fewestStrung && s.End-end >= fewestStrung {
				out = append(out, ingest.Span{Start: start, End: end})
				start = end
				for start < s.End && (text[start] == ' ' || text[start] == '\n') {
					start++
				}
			}
		}
		out = append(out, ingest.Span{Start: start, End: s.End})
	}
	return out
}

// ellipses lists the offsets in text after dots of omission that a space follows.
func ellipses(text string) []int {
	var out []int
	for i := 0; i < len(text); {
		n := 0
		switch {
		case strings.HasPrefix(text[i:], "…"):
			n = len("…")
		case strings.HasPrefix(text[i:], "..."):
			n = 3
		default:
			i++
			continue
		}
		if i += n; i < len(text) && text[i] == ' ' {
			out = append(out, i)
		}
	}
	return out
}

// headlines cuts pieces of news that are strung together where a semicolon, or "and" before the link of a headline, begins the next, and
// takes the bracket off that ends a piece: where the news is from, or a remark.
func headlines(p *ingest.Page, pieces []ingest.Span) []ingest.Span {
	var out []ingest.Span
	for _, s := range pieces {
		start := s.Start
		cut := func(end, next int) {
			if end-start >= fewestStrung && s.End-next >= fewestStrung {
				out = append(out, withoutBracket(p.Text, ingest.Span{Start: start, End: end}))
				start = next
			}
		}
		links := linksWithin(p.Links, s)
		for i := s.Start; i+1 < s.End; i++ {
			if p.Text[i] == ';' && p.Text[i+1] == ' ' {
				cut(i, i+2)
			}
			if len(links) > 0 && links[0].Start == i {
				if strings.HasSuffix(p.Text[start:i], " and ") && headline(links[0].In(p.Text)) {
					cut(i-len(" and "), i)
				}
				links = links[1:]
			}
		}
		out = append(out, withoutBracket(p.Text, ingest.Span{Start: start, End: s.End}))
	}
	return out
}

// shortestHeadline is the number of bytes of the shortest headline.
const shortestHeadline = 30

// headline reports whether the text of a link is one: long, with a capital first.
func headline(text string) bool {
	return len(text) >= shortestHeadline && unicode.IsUpper(rune(text[0]))
}

// withoutBracket is a span without the bracket that ends it, and the dots around it.
func withoutBracket(text string, s ingest.Span) ingest.Span {
	short := strings.TrimRight(s.In(text), " .…\n")
	if !strings.HasSuffix(short, ")") {
		return s
	}
	open := strings.LastIndexByte(short, '(')
	if short = strings.TrimRight(short[:max(open, 0)], " \n"); len(short) < fewestStrung ||
		strings.Count(short, "(") > strings.Count(short, ")") {
		return s
	}
	return ingest.Span{Start: s.Start, End: s.Start + len(short)}
}

// fewestNumbered is the number of the fewest points by which a sentence is taken for a list.
const fewestNumbered = 3

// enumerated cuts a span that lists numbered points ("We ask that: 1) ...; 2) ...; and 3) ...") into what introduces them and the points,
// without their numbers. What lists none is one span.
func enumerated(text string, s ingest.Span) []ingest.Span {
	whole := s.In(text)
	next, out, start := byte('1'), []ingest.Span{}, 0
	for i := 1; i+2 < len(whole) && next <= '9'; i++ {
		if whole[i] != next || whole[i+1] != ')' || whole[i+2] != ' ' {
			continue
		}
		end := i
		if whole[i-1] == '(' {
			end--
		}
		if end == 0 || whole[end-1] != ' ' && whole[end-1] != '\n' {
			continue
		}
		out = append(out, trimmed(whole, s.Start, start, end))
		next++
		start = i + 3
	}
	if len(out) < fewestNumbered {
		return []ingest.Span{s}
	}
	return append(out, trimmed(whole, s.Start, start, len(whole)))
}

// trimmed is a part of a text that begins at offset from, without white space, the semicolon and the "and" around it.
func trimmed(whole string, from, start, end int) ingest.Span {
	for start < end && (whole[start] == ' ' || whole[start] == '\n') {
		start++
	}
	part := strings.TrimRight(whole[start:end], " \n")
	part = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(part, " and"), " or"), " \n;,")
	return ingest.Span{Start: from + start, End: from + start + len(part)}
}

package recommend

import (
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
		for _, s := range spans {
			ws := words(p.Text, lower, s, nil)
			if len(ws) == 0 || len(ws) < fewestWords && b.Kind != ingest.ItemBlock || s.End-s.Start > longestAsk {
				continue
			}
			out = append(out, candidate{Span: s, block: i, nth: len(out) - first, words: ws, cues: f.cues.of(ws)})
		}
		for k := first; k < len(out); k++ {
			out[k].of = len(out) - first
		}
	}
	return out
}

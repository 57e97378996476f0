package web

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/present"

	"rapporteur/ingest"
)

// shownText is how much of a page's text is shown, in bytes. The rest is on the live site.
const shownText = 200 << 10

// reading is a page's text as it is shown: with names as links, and recommendations marked where they stand.
type reading struct {
	Fields []readField // what the head of the file says
	Parts  []readPart
	Cut    bool // the text goes on
}

// readField is a visible value of the front matter.
type readField struct {
	Key  string
	Runs []run
}

// readPart is a heading, a paragraph, or a whole list or table.
type readPart struct {
	Kind    ingest.BlockKind
	Level   int // of a heading, 2 to 6, never leaving one out
	Ordered bool
	Runs    []run
	Items   []readItem
	Rows    [][]readItem
}

// readItem is an item of a list, with its nesting from 1 to 4, or a cell.
type readItem struct {
	Level int
	Runs  []run
}

// run is a stretch of text that belongs to one recommendation, or to none.
type run struct {
	Ask      string // anchor of the recommendation that starts here or goes on
	First    bool   // it starts here
	Strength string
	By       string
	Pieces   []piece
}

// piece is a stretch of text that is one name, or none.
type piece struct {
	Text string
	Href string
	Kind kinds.Kind
}

// mark is something that a span stands for.
type mark struct {
	ingest.Span
	href string
	kind kinds.Kind
}

// read prepares the text of a page.
func read(r *ingest.Record) *reading {
	out := &reading{}
	marks := marksOf(r)
	var level, list, row int
	for _, b := range r.Blocks {
		if b.Start > shownText {
			out.Cut = true
			break
		}
		if b.Kind == ingest.TitleBlock || strings.TrimSpace(b.In(r.Text)) == "" {
			continue
		}
		runs := runsOf(r, b.Span, marks)
		last := len(out.Parts) - 1
		switch b.Kind {
		case ingest.FieldBlock:
			out.Fields = append(out.Fields, readField{fieldName(b.Key), runs})
			continue
		case ingest.HeadingBlock:
			level = min(max(b.Level, 2), max(level, 1)+1, 6)
			out.Parts = append(out.Parts, readPart{Kind: b.Kind, Level: level, Runs: runs})
		case ingest.ItemBlock:
			item := readItem{Level: min(max(b.Level, 1), 4), Runs: runs}
			if last >= 0 && out.Parts[last].Kind == b.Kind && list == b.List {
				out.Parts[last].Items = append(out.Parts[last].Items, item)
			} else {
				out.Parts = append(out.Parts, readPart{Kind: b.Kind, Ordered: b.Ordered, Items: []readItem{item}})
			}
			list = b.List
		case ingest.CellBlock:
			cell := readItem{Runs: runs}
			switch {
			case last < 0 || out.Parts[last].Kind != b.Kind || list != b.List:
				out.Parts = append(out.Parts, readPart{Kind: b.Kind, Rows: [][]readItem{{cell}}})
			case row != b.Row:
				out.Parts[last].Rows = append(out.Parts[last].Rows, []readItem{cell})
			default:
				rows := out.Parts[last].Rows
				rows[len(rows)-1] = append(rows[len(rows)-1], cell)
			}
			list, row = b.List, b.Row
		default:
			out.Parts = append(out.Parts, readPart{Kind: b.Kind, Runs: runs})
		}
	}
	return out
}

// fieldName shows the path of a value in the front matter: "speakers.0.name" as "speakers · name".
func fieldName(key string) string {
	steps := slices.DeleteFunc(strings.Split(key, "."), func(step string) bool { return strings.Trim(step, "0123456789") == "" })
	return strings.Join(steps, " · ")
}

// marksOf returns the names of a page in order, none overlapping the one before: of two at a place, the longer.
func marksOf(r *ingest.Record) []mark {
	var all []mark
	add := func(kind kinds.Kind, ref ingest.Reference) {
		if ref.IRI == "" {
			return
		}
		for _, m := range ref.Mentions {
			all = append(all, mark{m.Span, present.Href(kind, ref.IRI), kind})
		}
	}
	for _, p := range r.People {
		add(kinds.Person, p.Reference)
	}
	for _, o := range r.Organisations {
		add(kinds.Organisation, o)
	}
	for _, c := range r.Countries {
		add(kinds.Country, c.Reference)
	}
	slices.SortStableFunc(all, func(a, b mark) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	kept, end := all[:0], 0
	for _, m := range all {
		if m.Start >= end && m.End <= len(r.Text) && m.Start < m.End {
			kept, end = append(kept, m), m.End
		}
	}
	return kept
}

// runsOf cuts a block's text where recommendations and names begin and end.
func runsOf(r *ingest.Record, block ingest.Span, marks []mark) []run {
	var runs []run
	at := block.Start
	for i := range r.Recommendations {
		ask := &r.Recommendations[i]
		span := ingest.Span{Start: max(ask.Start, at), End: min(ask.End, block.End)}
		if span.Start >= span.End {
			continue
		}
		if at < span.Start {
			runs = append(runs, run{Pieces: piecesOf(r.Text, ingest.Span{Start: at, End: span.Start}, marks)})
		}
		runs = append(runs, run{
			Ask: answer.Slug(ask.IRI), First: ask.Start >= block.Start && ask.Start == span.Start,
			Strength: string(ask.Strength), By: ask.ByName,
			Pieces: piecesOf(r.Text, span, marks),
		})
		at = span.End
	}
	if at < block.End {
		runs = append(runs, run{Pieces: piecesOf(r.Text, ingest.Span{Start: at, End: block.End}, marks)})
	}
	return runs
}

func piecesOf(text string, span ingest.Span, marks []mark) []piece {
	var pieces []piece
	at := span.Start
	first, _ := slices.BinarySearchFunc(marks, span.Start, func(m mark, start int) int { return cmp.Compare(m.Start, start) })
	for _, m := range marks[first:] {
		if m.End > span.End {
			break
		}
		if at < m.Start {
			pieces = append(pieces, piece{Text: text[at:m.Start]})
		}
		pieces = append(pieces, piece{m.In(text), m.href, m.kind})
		at = m.End
	}
	if at < span.End {
		pieces = append(pieces, piece{Text: text[at:span.End]})
	}
	return pieces
}

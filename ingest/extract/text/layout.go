package text

import (
	"rapporteur/ingest"
	"rapporteur/ingest/language"
)

// blockSort says what sort of block it is.
func BlockSort(bl *ingest.Block) uint32 {
	f := Hash(string(bl.Kind))
	switch bl.Kind {
	case ingest.ItemBlock:
		f += uint32(min(bl.End-bl.Start, 200) / 50)
	case ingest.CellBlock:
		f += uint32(min(bl.Index, 4)) + B2(bl.Row == 1)*8
	}
	return f
}

// LastKey is the last name in a front-matter path, "name" of "speakers.0.name", in English where another language is known.
func LastKey(key string) string {
	end := len(key)
	for end > 0 {
		start := end
		for start > 0 && key[start-1] != '.' {
			start--
		}
		if part := key[start:end]; part != "" && (part[0] < '0' || part[0] > '9') {
			if english := language.Key(part); english != "" {
				return english
			}
			return part
		}
		end = start - 1
	}
	return ""
}

// linkSort says what sort of thing a link leads to.
func LinkSort(l *ingest.Link) uint32 {
	switch {
	case l.Page != "":
		dir, _, _ := CutLast(l.Page)
		return Hash("in:" + dir)
	case HasAny(l.Target, "twitter.com", "linkedin.com", "orcid.org", "github.com", "x.com/", "mastodon", "bsky.app", "staff", "people",
		"/team", "profile", "author"):
		return 2
	case HasAny(l.Target, "wikipedia.org"):
		return 3
	}
	if rootOnly(l.Target) {
		return 4
	}
	return 5
}

// listSort says how many items, or rows, of a list hold a person and a time.
func (v *View) ListSort(block int) string {
	first := v.lists[block]
	if sort, ok := v.listSorts[first]; ok {
		return sort
	}
	items, people, times := 0, 0, 0
	for i := first; i < len(v.Page.Blocks) && v.lists[i] == first; i++ {
		items++
		person, clock := false, false
		for k := v.Blocks[i].From; k < v.Blocks[i].To; k++ {
			person = person || v.Hints[k].Rule.Person()
			clock = clock || v.Toks[k].Text == ":" && k > v.Blocks[i].From && v.Toks[k-1].Shape == NumberShape && k+1 < v.Blocks[i].To &&
				v.Toks[k+1].Shape == NumberShape
		}
		if person {
			people++
		}
		if clock {
			times++
		}
	}
	v.listSorts[first] = Yes(people*2 > items) + Yes(people == items) + Yes(times > 1) + Count(min(items, 9))
	return v.listSorts[first]
}

// columnHead is the block that heads a cell's column, -1 if there is none.
func (v *View) ColumnHead(block int32) int {
	cell := &v.Page.Blocks[block]
	if cell.Row == 1 {
		return -1
	}
	for i := v.lists[block]; i < int(block) && v.Page.Blocks[i].Row == 1; i++ {
		if v.Page.Blocks[i].Index == cell.Index {
			return i
		}
	}
	return -1
}

// longestSentence is how many tokens before and after one still stand in its sentence. What goes on for longer is a table,
// or a list, that has lost its marks.
const longestSentence = 400

// sentence returns the tokens of the sentence of token i.
func (v *View) Sentence(i int) (from, to int) {
	s := v.Blocks[v.Toks[i].Block]
	from, to = i, i+1
	for from > max(s.From, i-longestSentence) && !v.Toks[from].Opens {
		from--
	}
	for to < min(s.To, i+longestSentence) && !v.Toks[to].Opens {
		to++
	}
	return from, to
}

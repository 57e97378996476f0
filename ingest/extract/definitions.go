package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// acronymsOf returns the acronyms that a page explains, in order: those of names, which are known, and those of other things.
func acronymsOf(page *ingest.Page, known []ingest.Acronym) []ingest.Acronym {
	all := slices.Clone(known)
	for i := range page.Blocks {
		b := page.Blocks[i].Span
		eachDefinition(b.In(page.Text), func(at ingest.Span, long string) {
			at.Start, at.End = at.Start+b.Start, at.End+b.Start
			if !slices.ContainsFunc(known, func(a ingest.Acronym) bool { return a.Start < at.End && at.Start < a.End }) {
				all = append(all, ingest.Acronym{Span: at, Short: at.In(page.Text), Long: fold.Space(long)})
			}
		})
	}
	slices.SortStableFunc(all, func(a, b ingest.Acronym) int { return cmp.Compare(a.Start, b.Start) })
	return slices.CompactFunc(all, func(a, b ingest.Acronym) bool { return a.Span == b.Span })
}

// eachDefinition finds acronyms that text defines, as in "National Data Library (NDL)", by the method of Schwartz and Hearst
// ("A simple algorithm for identifying abbreviation definitions in biomedical text", 2003): the letters of the short form
// stand, in order, in the words before the bracket, the first one at the start of a word.
func eachDefinition(text string, yield func(at ingest.Span, long string)) {
	for from := 0; ; {
		open := strings.IndexByte(text[from:], '(')
		if open < 0 {
			return
		}
		open += from
		from = open + 1
		length := strings.IndexByte(text[from:], ')')
		if length < 0 || length > 12 {
			continue
		}
		short := text[from : from+length]
		if !ingest.Initials(short) {
			continue
		}
		words := strings.Fields(text[max(0, open-200):open])
		most := min(len(short)+5, 2*len(short))
		words = words[max(0, len(words)-most):]
		if long, ok := longForm(short, strings.Join(words, " ")); ok {
			yield(ingest.Span{Start: from, End: from + length}, long)
		}
	}
}

// longForm returns the shortest end of before that holds the letters of short.
func longForm(short, before string) (string, bool) {
	b := len(before)
	for s := len(short) - 1; s >= 0; s-- {
		c := lower(short[s])
		if !isWordByte(c) {
			continue
		}
		b--
		for b >= 0 && (lower(before[b]) != c || s == 0 && b > 0 && isWordByte(before[b-1])) {
			b--
		}
		if b < 0 {
			return "", false
		}
	}
	long := strings.Trim(before[b:], " ,;:*_\"'")
	if !utf8.ValidString(long) || len(strings.Fields(long)) < 2 || len(strings.Fields(long)) > len(short)+3 {
		return "", false
	}
	return long, true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func isWordByte(c byte) bool {
	c = lower(c)
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}

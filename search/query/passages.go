package query

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/sentence"
	"rapporteur/search/answer"
)

const (
	maxScanned    = 128 << 10 // bytes of a text that are looked at
	maxMarks      = 400       // places of words that are looked at
	passageLength = 220       // bytes, about
	maxPassages   = 2
	maxLine       = 4 << 10 // bytes in which a sentence is looked for
	shortLine     = 60      // bytes: a name, a label, a value of the front matter; running text tells more
)

// marker cuts passages out of texts that show the words of a query.
type marker struct {
	finders []*index.Finder    // of the words of the query, one a language
	near    []*index.Finder    // of words of the same meaning, for texts that have none of these
	weight  map[string]float64 // of a term: how much a passage gains by it
}

// newMarker weighs the words of a plan by their rarity.
func (f *Engine) newMarker(ctx context.Context, p *plan) (*marker, error) {
	m := &marker{weight: map[string]float64{}}
	var err error
	if m.near, err = f.wordFinders(ctx, p.near, m.weight); err != nil {
		return nil, err
	}
	m.finders, err = f.wordFinders(ctx, p.terms, m.weight)
	return m, err
}

// wordFinders makes a finder of terms for each language, and weighs the terms.
func (f *Engine) wordFinders(ctx context.Context, terms, weight map[string]float64) ([]*index.Finder, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	sorted := slices.Sorted(maps.Keys(terms))
	for _, t := range sorted {
		n, err := f.reader.Frequency(ctx, index.Characters(t))
		if err != nil {
			return nil, err
		}
		weight[t] = terms[t] / (1 + float64(n)/float64(1+f.reader.Documents()/50))
	}
	var finders []*index.Finder
	for _, a := range f.reader.Analyzers() {
		finders = append(finders, a.NewFinder(sorted))
	}
	return finders, nil
}

// passage is a part of a text that answers a query.
type passage struct {
	ingest.Span // of the text
	shown       answer.Passage
	quote       string // the sentence that answers best
	marked      bool   // holds a word of the query
}

// mark is a word of the query in a text.
type mark struct {
	ingest.Span
	term string
}

// passages returns the best passages of a text, in order of place; without any word of the query in it, its first words.
func (m *marker) passages(text string) []passage {
	scanned := text[:min(len(text), maxScanned)]
	marks := marksOf(m.finders, scanned)
	if len(marks) == 0 {
		marks = marksOf(m.near, scanned)
	}
	if len(marks) == 0 {
		if strings.TrimSpace(text) == "" {
			return nil
		}
		return []passage{m.cut(text, nil, ingest.Span{}, 0)}
	}
	var out []passage
	shown := map[string]bool{}
	for len(out) < maxPassages {
		best, score := m.best(scanned, marks, shown, out)
		if score == 0 {
			break
		}
		window := ingest.Span{Start: marks[best[0]].Start, End: marks[best[1]].End}
		for _, mk := range marks[best[0] : best[1]+1] {
			shown[mk.term] = true
		}
		out = append(out, m.cut(text, marks, window, marks[m.heaviest(marks, best)].Start))
	}
	slices.SortStableFunc(out[1:], func(a, b passage) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// marksOf finds words in a text. If there are several languages, the one that finds most is right.
func marksOf(finders []*index.Finder, text string) []mark {
	var most []mark
	for _, f := range finders {
		var found []mark
		f.Find(text, func(t index.Token) bool {
			found = append(found, mark{ingest.Span{Start: t.Start, End: t.End}, t.Term})
			return len(found) < maxMarks
		})
		if found = apart(found); len(found) > len(most) {
			most = found
		}
	}
	return most
}

// apart leaves out marks that overlap others: of these the longer one stands.
func apart(marks []mark) []mark {
	slices.SortStableFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	kept := marks[:0]
	for _, m := range marks {
		if len(kept) == 0 || m.Start >= kept[len(kept)-1].End {
			kept = append(kept, m)
		}
	}
	return kept
}

// best returns the first and last mark of the window that gains most, and what it gains. Words that are shown already gain
// little, windows that begin in a short line gain half, and windows that touch a passage gain nothing.
func (m *marker) best(text string, marks []mark, shown map[string]bool, taken []passage) (best [2]int, score float64) {
	for i := range marks {
		if slices.ContainsFunc(taken, func(p passage) bool {
			return marks[i].Start < p.End+passageLength/2 && p.Start < marks[i].Start+passageLength
		}) {
			continue
		}
		gain := 0.0
		last := i
		for j := i; j < len(marks) && marks[j].End-marks[i].Start <= passageLength*4/5; j++ {
			switch w := m.weight[marks[j].term]; {
			case slices.ContainsFunc(marks[i:j], func(b mark) bool { return b.term == marks[j].term }):
				gain += w / 20
			case shown[marks[j].term]:
				gain += w / 10
			default:
				gain += w
			}
			last = j
		}
		if len(taken) > 0 && gain < m.weight[marks[i].term]/2 {
			continue // repeats only
		}
		if line := lineAround(text, marks[i].Start); line.End-line.Start < shortLine {
			gain /= 2
		}
		if gain > score {
			best, score = [2]int{i, last}, gain
		}
	}
	return best, score
}

// heaviest returns the mark of a window that weighs most.
func (m *marker) heaviest(marks []mark, window [2]int) int {
	best := window[0]
	for i := window[0]; i <= window[1]; i++ {
		if m.weight[marks[i].term] > m.weight[marks[best].term] {
			best = i
		}
	}
	return best
}

// cut makes the passage around a window. It starts with a sentence where one starts near, and at a word otherwise.
func (m *marker) cut(text string, marks []mark, window ingest.Span, at int) passage {
	p := passage{Span: around(text, window), marked: len(marks) > 0}
	var b strings.Builder
	if p.Start > 0 && !sentenceStart(text, p.Start) {
		b.WriteString("… ")
	}
	from := p.Start
	for i := 0; i < len(marks); i++ {
		if marks[i].Start < from || marks[i].End > p.End {
			continue
		}
		start, to := marks[i].Start, marks[i].End
		for i+1 < len(marks) && marks[i+1].End <= p.End && strings.Trim(text[to:marks[i+1].Start], " -") == "" && marks[i+1].Start-to <= 1 {
			i++
			to = marks[i].End
		}
		b.WriteString(plain(text[from:start]))
		at := b.Len()
		b.WriteString(plain(text[start:to]))
		p.shown.Marks = append(p.shown.Marks, ingest.Span{Start: at, End: b.Len()})
		from = to
	}
	b.WriteString(plain(text[from:p.End]))
	if p.End < len(text) && !strings.ContainsRune(".!?\n", rune(text[p.End-1])) {
		b.WriteString(" …")
	}
	p.shown.Text = b.String()
	if p.marked {
		line := lineAround(text, at)
		p.quote = sentence.Around(text, line, at).In(text)
	}
	return p
}

// around widens a window to about the length of a passage.
func around(text string, window ingest.Span) ingest.Span {
	room := max(0, passageLength-(window.End-window.Start))
	start := max(0, window.Start-max(room/2, 40))
	// Back to the start of the sentence, if it is near; else to that of a word.
	for i := window.Start; ; i-- {
		if sentenceStart(text, i) {
			start = i
			break
		}
		if i <= start {
			start = wordStart(text, start, window.Start)
			break
		}
	}
	end := min(len(text), max(window.End, start+passageLength))
	for end < len(text) && end > window.End && !space(text[end]) {
		end--
	}
	if newline := strings.IndexByte(text[window.End:end], '\n'); newline >= 0 && window.End+newline-start >= passageLength/2 {
		end = window.End + newline
	}
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	for end > window.End && space(text[end-1]) {
		end--
	}
	return ingest.Span{Start: start, End: max(end, start)}
}

// wordStart returns the start of the first word from i on, before limit.
func wordStart(text string, i, limit int) int {
	if i == 0 {
		return 0
	}
	for j := i; j < limit; j++ {
		if space(text[j-1]) && !space(text[j]) {
			return j
		}
	}
	return limit
}

// sentenceStart reports whether a sentence or line starts at i.
func sentenceStart(text string, i int) bool {
	if i == 0 || text[i-1] == '\n' {
		return true
	}
	return i >= 2 && space(text[i-1]) && strings.IndexByte(".!?", text[i-2]) >= 0
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// lineAround returns the line of text that holds the byte at, or the part of a very long one that is near.
func lineAround(text string, at int) ingest.Span {
	from, to := max(0, at-maxLine), min(len(text), at+maxLine)
	if i := strings.LastIndexByte(text[from:at], '\n'); i >= 0 {
		from += i + 1
	}
	if i := strings.IndexByte(text[at:to], '\n'); i >= 0 {
		to = at + i
	}
	for from < at && !utf8.RuneStart(text[from]) {
		from++
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return ingest.Span{Start: from, End: to}
}

// plain is text with white space folded, "·" between lines that no sign ends, and control characters left out.
func plain(text string) string {
	var b strings.Builder
	gap := ""
	var last rune
	for _, r := range text {
		switch {
		case r == '\n' && !strings.ContainsRune(".!?:;,…", last):
			gap = " · "
			continue
		case space(byte(min(r, utf8.RuneSelf))):
			gap = cmp.Or(gap, " ")
			continue
		case r < ' ' || r == 0x7f || r == utf8.RuneError:
			continue
		}
		b.WriteString(gap)
		gap, last = "", r
		b.WriteRune(r)
	}
	b.WriteString(gap)
	return b.String()
}

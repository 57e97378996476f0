package ingest

import (
	"index/suffixarray"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest/fold"
)

// How many words of a long quotation stand for its start and for its end, and how many words of context are tried at most.
const (
	fragmentEnds    = 5
	fragmentContext = 6
	contextReach    = 4 << 10 // bytes in which they are looked for
)

// FragmentURL returns the address that opens the live page with the span scrolled to and marked: a text fragment as of
// https://wicg.github.io/scroll-to-text-fragment. A long span, or one that crosses blocks, is given by its first and last
// words. Where the same words stand elsewhere on the page, words before and after are added until they tell the places
// apart. It is "" for a page without an address, and the plain address for an empty span.
func (p *Page) FragmentURL(s Span) string {
	if p.URL == "" || s.Start < 0 || s.End > len(p.Text) || s.End <= s.Start {
		return p.URL
	}
	quote := strings.Fields(s.In(p.Text))
	if len(quote) == 0 {
		return p.URL
	}
	start, end := strings.Join(quote, " "), ""
	if len(quote) > mostWhole || strings.ContainsRune(strings.TrimSpace(s.In(p.Text)), '\n') {
		start, end = ends(quote)
		if i := strings.IndexByte(s.In(p.Text), '\n'); i > 0 { // the words of each end must stand in one block
			if first := fold.Space(s.In(p.Text)[:i]); first != "" && len(first) < len(start) {
				start = first
			}
			if last := fold.Space(s.In(p.Text)[strings.LastIndexByte(s.In(p.Text), '\n')+1:]); last != "" &&
				len(last) < len(end) {
				end = last
			}
		}
	}
	before, after := p.context(s, start)
	return withFragment(p.URL, before, start, end, after)
}

// TextFragment is FragmentURL for a quotation of which only the words are known, not where they stand: it is not told apart from
// the same words elsewhere.
func TextFragment(page, quote string) string {
	words := strings.Fields(quote)
	if page == "" || len(words) == 0 {
		return page
	}
	if len(words) > mostWhole {
		start, end := ends(words)
		return withFragment(page, "", start, end, "")
	}
	return withFragment(page, "", strings.Join(words, " "), "", "")
}

// mostWhole is how many words a quotation may have to be given as a whole.
const mostWhole = 2*fragmentEnds + 2

// ends are the first and last words of a quotation; a short one has a start alone.
func ends(quote []string) (start, end string) {
	n := min(fragmentEnds, (len(quote)+1)/2)
	start = strings.Join(quote[:n], " ")
	if len(quote) > n {
		end = strings.Join(quote[max(n, len(quote)-fragmentEnds):], " ")
	}
	return start, end
}

// withFragment puts a text directive behind an address.
func withFragment(address, before, start, end, after string) string {
	var b strings.Builder
	b.WriteString(address)
	if !strings.Contains(address, "#") {
		b.WriteByte('#')
	}
	b.WriteString(":~:text=")
	if before != "" {
		b.WriteString(escapeFragment(before))
		b.WriteString("-,")
	}
	b.WriteString(escapeFragment(start))
	if end != "" {
		b.WriteByte(',')
		b.WriteString(escapeFragment(end))
	}
	if after != "" && end == "" {
		b.WriteString(",-")
		b.WriteString(escapeFragment(after))
	}
	return b.String()
}

// context returns the fewest words before and after the span that tell its start from the same words elsewhere; both are
// "" where it stands alone, or where nothing tells them apart.
func (p *Page) context(s Span, start string) (before, after string) {
	if strings.Count(start, " ") > fragmentEnds {
		if len(p.Text) <= longText {
			if first := strings.Index(p.Text, start); first < 0 || !strings.Contains(p.Text[first+1:], start) {
				return "", "" // so many words hardly stand twice, in other case even less; most quotations end here
			}
		}
	}
	page := &p.lower
	words := strings.ToLower(start)
	if page.count(p.Text, words) < 2 {
		return "", ""
	}
	end := min(len(p.Text), s.Start+len(start))
	left := strings.Fields(line(p.Text[max(0, s.Start-contextReach):s.Start], false))
	right := strings.Fields(line(p.Text[end:min(len(p.Text), end+contextReach)], true))
	for n := 1; n <= fragmentContext; n++ {
		b := strings.Join(left[max(0, len(left)-n):], " ")
		a := strings.Join(right[:min(n, len(right))], " ")
		if b != "" && page.count(p.Text, strings.ToLower(b+" "+start)) == 1 {
			return b, ""
		}
		if a != "" && page.count(p.Text, strings.ToLower(start+" "+a)) == 1 {
			return "", a
		}
		if a != "" && b != "" && page.count(p.Text, strings.ToLower(b+" "+start+" "+a)) == 1 {
			return b, a
		}
	}
	return "", ""
}

// A long text is asked for the address of so many quotations before it is indexed for them.
const (
	longText  = 64 << 10 // bytes
	askedMost = 50
	fewFound  = 256
)

// lowered is a text in lower case, or as it is where a letter's lower case is longer and offsets would not hold. It is made
// once: a page of many names is asked for the address of each. A long one that is asked often is indexed, so that it is
// not searched through for each.
type lowered struct {
	text  atomic.Pointer[string]
	asked atomic.Int32
	index atomic.Pointer[suffixarray.Index]
}

// lowerCase is a text in lower case, or as it is where that is longer or shorter. It is strings.ToLower, but soon done where few letters
// are not of ASCII.
func lowerCase(text string) string {
	low := make([]byte, 0, len(text)+utf8.UTFMax)
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			low = append(low, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		low = utf8.AppendRune(low, unicode.ToLower(r))
		i += size
	}
	if len(low) != len(text) {
		return text
	}
	return string(low)
}

// count counts where words stand in the text, not as a part of longer words; it stops at two.
func (l *lowered) count(original, words string) int {
	text := l.text.Load()
	if text == nil {
		low := lowerCase(original)
		text = &low
		l.text.Store(text)
	}
	if len(*text) <= longText || l.asked.Add(1) < askedMost {
		return countWhole(*text, words)
	}
	index := l.index.Load()
	if index == nil {
		index = suffixarray.New([]byte(*text))
		l.index.Store(index)
	}
	at := index.Lookup([]byte(words), fewFound)
	if len(at) == fewFound { // what stands so often is soon found
		return countWhole(*text, words)
	}
	slices.Sort(at)
	n, end := 0, 0
	for _, i := range at {
		if i >= end && n < 2 {
			end = i + len(words)
			if whole(*text, i, end) {
				n++
			}
		}
	}
	return n
}

// line is the part of text up to the next newline, or from the last one.
func line(text string, next bool) string {
	if next {
		text, _, _ = strings.Cut(text, "\n")
		return text
	}
	return text[strings.LastIndexByte(text, '\n')+1:]
}

// countWhole counts where words stand in text, not as a part of longer words; it stops at two.
func countWhole(text, words string) int {
	n := 0
	for at := 0; n < 2; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			break
		}
		i += at
		at = i + len(words)
		if whole(text, i, at) {
			n++
		}
	}
	return n
}

// whole says whether text[from:to] is no part of a longer word.
func whole(text string, from, to int) bool {
	last, _ := utf8.DecodeLastRuneInString(text[:from])
	next, _ := utf8.DecodeRuneInString(text[to:])
	return !isWord(last) && !isWord(next)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// escapeFragment escapes what is no letter, digit or plain sign. The hyphen, comma and ampersand mean something in a text
// fragment and are escaped too.
func escapeFragment(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '~' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

package markdown

import (
	"bytes"
	"fmt"

	"rapporteur/ingest/visible"
)

// How far a page may go in what costs more than its length: no page that people write comes near.
const (
	deepestNesting = 32   // lists and quotes within each other that begin on one line
	mostColumns    = 1000 // of a table
	mostEmphasis   = 4000 // stars and underscores of a paragraph
)

// bounded takes out of each line what goes beyond: marks of further lists and quotes within each other, and signs that part
// further columns. line is the source line of the first. What was taken out is told once for each kind.
func bounded(body []byte, line int) ([]byte, []visible.Issue) {
	var out []byte // nil while nothing had to be changed
	var issues []visible.Issue
	tell := func(at int, cause string) {
		for _, i := range issues {
			if i.Cause == cause {
				return
			}
		}
		issues = append(issues, visible.Issue{Line: at, Cause: cause})
	}
	done, marks := 0, 0
	for from, n := 0, line; from < len(body); n++ {
		to := len(body)
		if i := bytes.IndexByte(body[from:], '\n'); i >= 0 {
			to = from + i + 1
		}
		l := body[from:to]
		if begins(l) {
			marks = 0
		}
		marks += bytes.Count(l, []byte("*")) + bytes.Count(l, []byte("_"))
		if marks > mostEmphasis && bytes.ContainsAny(l, "*_") {
			out = append(out, body[done:from]...)
			out = append(out, plainer(l)...)
			done = to
			tell(n, fmt.Sprintf("a paragraph has more than %d stars and underscores; the further ones are left out", mostEmphasis))
		} else if cut, end := nesting(l); end > cut {
			out = append(append(out, body[done:from+cut]...), l[end:]...)
			done = to
			tell(n, fmt.Sprintf("lists or quotes lie more than %d deep within each other; the deeper ones are read as one", deepestNesting))
		} else if bytes.Count(l, []byte("|")) > mostColumns {
			out = append(out, body[done:from]...)
			out = append(out, narrow(l)...)
			done = to
			tell(n, fmt.Sprintf("a table has more than %d columns; the further ones are read as one", mostColumns))
		}
		from = to
	}
	if out == nil {
		return body, nil
	}
	return append(out, body[done:]...), issues
}

// nesting returns where the marks of lists and quotes that a line begins with go beyond the deepest, and where they end.
func nesting(l []byte) (cut, end int) {
	marks, at := 0, 0
	for at < len(l) {
		switch c := l[at]; {
		case c == ' ' || c == '\t':
			at++
			continue
		case c == '>':
			at++
		case (c == '-' || c == '*' || c == '+') && at+1 < len(l) && (l[at+1] == ' ' || l[at+1] == '\t'):
			at += 2
		case c >= '0' && c <= '9':
			digits := at
			for digits < len(l) && digits-at < 9 && l[digits] >= '0' && l[digits] <= '9' {
				digits++
			}
			if digits+1 >= len(l) || l[digits] != '.' && l[digits] != ')' || l[digits+1] != ' ' {
				return cutOf(cut, at), at
			}
			at = digits + 2
		default:
			return cutOf(cut, at), at
		}
		if marks++; marks == deepestNesting {
			cut = at
		}
	}
	return cutOf(cut, at), at
}

// cutOf is the cut, or the end where nothing goes beyond.
func cutOf(cut, end int) int {
	if cut == 0 {
		return end
	}
	return cut
}

// begins says whether a line is no more of a paragraph that it stands under: it is empty, a list item, or a row of a table.
func begins(l []byte) bool {
	l = bytes.TrimSpace(l)
	word, _, more := bytes.Cut(l, []byte(" "))
	return len(l) == 0 || bytes.ContainsRune(l, '|') || more && len(bytes.Trim(word, "0123456789-*+.)")) == 0
}

// plainer puts blanks in the place of the signs of emphasis in a line.
func plainer(l []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r == '*' || r == '_' {
			return ' '
		}
		return r
	}, l)
}

// narrow takes the signs that part columns out of a line, from the last that may be on.
func narrow(l []byte) []byte {
	out := bytes.Clone(l)
	n := 0
	for i, c := range out {
		if c == '|' {
			if n++; n > mostColumns {
				out[i] = ' '
			}
		}
	}
	return out
}

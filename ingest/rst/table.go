package rst

import (
	"encoding/csv"
	"regexp"
	"strings"
)

var (
	gridLine   = regexp.MustCompile(`^\+(?:[-=]+\+)+\s*$`)
	simpleLine = regexp.MustCompile(`^=+(?: +=+)*\s*$`)
)

// mostColumns a table may have.
const mostColumns = 200

// grid writes the table of boxes that begins at line i.
func (p *parser) grid(ls []line, i int) int {
	p.tag("table", ls[i].n)
	var row []string
	start := ls[i].n
	write := func() {
		if len(row) > 0 {
			p.row(row, start)
		}
		row = nil
	}
	for i++; i < len(ls) && (strings.HasPrefix(ls[i].text, "|") || strings.HasPrefix(ls[i].text, "+")); i++ {
		if strings.HasPrefix(ls[i].text, "+") {
			write()
			continue
		}
		cells := strings.Split(strings.Trim(ls[i].text, "|"), "|")
		if len(cells) > mostColumns {
			cells = cells[:mostColumns]
		}
		if row == nil {
			start, row = ls[i].n, make([]string, len(cells))
		}
		for k, c := range cells {
			if k < len(row) {
				row[k] = strings.TrimSpace(row[k] + " " + strings.TrimSpace(c))
			}
		}
	}
	write()
	p.end("table")
	return i
}

// simple writes the table whose columns are ruled by the line i.
func (p *parser) simple(ls []line, i int) int {
	var starts []int
	for k, c := range ls[i].text {
		if c == '=' && (k == 0 || ls[i].text[k-1] == ' ') && len(starts) < mostColumns {
			starts = append(starts, k)
		}
	}
	p.tag("table", ls[i].n)
	var row []string
	start := ls[i].n
	write := func() {
		if row != nil {
			p.row(row, start)
		}
		row = nil
	}
	for i++; i < len(ls) && !ls[i].blank(); i++ {
		if simpleLine.MatchString(ls[i].text) {
			write()
			if i+1 == len(ls) || ls[i+1].blank() {
				i++
				break
			}
			continue
		}
		cells := columns(ls[i].text, starts)
		if cells[0] != "" || row == nil {
			write()
			row, start = cells, ls[i].n
			continue
		}
		for k, c := range cells { // goes on in the next line
			row[k] = strings.TrimSpace(row[k] + " " + c)
		}
	}
	write()
	p.end("table")
	return i
}

// columns cuts a line at the places where columns start, which count characters of one byte; a character that lies across
// belongs to the left.
func columns(text string, starts []int) []string {
	out := make([]string, len(starts))
	runes := []rune(text)
	for k, from := range starts {
		to := len(runes)
		if k+1 < len(starts) {
			to = min(to, starts[k+1])
		}
		if from < to {
			out[k] = strings.TrimSpace(string(runes[from:to]))
		}
	}
	return out
}

// csv writes a table of values parted by commas.
func (p *parser) csv(head string, body []line) {
	var text []string
	n := 0
	for _, l := range body {
		if !l.blank() && n == 0 {
			n = l.n
		}
		text = append(text, l.text)
	}
	r := csv.NewReader(strings.NewReader(head + "\n" + strings.Join(text, "\n")))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	rows, err := r.ReadAll()
	if err != nil {
		return
	}
	p.tag("table", n)
	for _, row := range rows {
		p.row(row, n)
		n++
	}
	p.end("table")
}

func (p *parser) row(cells []string, n int) {
	p.tag("tr", n)
	for _, c := range cells {
		p.tag("td", n)
		p.out.WriteString(p.in.inline(c))
		p.end("td")
	}
	p.end("tr")
}

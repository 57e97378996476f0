// Package table writes tables that people open in a spreadsheet: CSV (RFC 4180) in which no cell is taken for a formula.
package table

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Writer writes rows. It keeps its first error for Flush.
type Writer struct{ csv *csv.Writer }

// NewWriter writes to w.
func NewWriter(w io.Writer) *Writer { return &Writer{csv.NewWriter(w)} }

// Write writes a row.
func (t *Writer) Write(cells ...string) error {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = Cell(c)
	}
	return t.csv.Write(row)
}

// Flush writes out what is held back, and returns the first error of all.
func (t *Writer) Flush() error {
	t.csv.Flush()
	return t.csv.Error()
}

// Cell is text that no spreadsheet takes for a formula: behind an apostrophe where it begins as one does, with or without
// blanks and signs that are not seen in front of it.
func Cell(s string) string {
	bare := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	if first, _ := utf8.DecodeRuneInString(bare); strings.ContainsRune("=+-@＝＋－＠", first) || s != "" && strings.ContainsAny(s[:1],
		"\t\r\n") {
		return "'" + s
	}
	return s
}

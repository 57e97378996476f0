package org

import (
	"regexp"
	"strings"
)

// More marks in a paragraph, lists in a line and blocks within blocks than any page has. Past these go-org's time would grow
// with the square of their number, and they are left out.
const (
	mostMarks = 300
	mostLists = 10
	mostOpen  = 10
)

var (
	blockLine = regexp.MustCompile(`(?i)^\s*#\+(begin|end)_([\w-]+)`)
	listMarks = regexp.MustCompile(`^(?:\s*(?:[-+*]|\d+[.)])\s+){11,}`)
)

// bounded is a body without what go-org would take too long for, as many lines as before.
func bounded(body string) string {
	lines := strings.Split(body, "\n")
	ends := map[string]int{}
	for _, l := range lines {
		if m := blockLine.FindStringSubmatch(l); m != nil && strings.EqualFold(m[1], "end") {
			ends[strings.ToLower(m[2])]++
		}
	}
	marks, open := 0, 0
	for i, l := range lines {
		if strings.TrimSpace(l) == "" {
			marks = 0
			continue
		}
		if m := blockLine.FindStringSubmatch(l); m != nil {
			name := strings.ToLower(m[2])
			switch {
			case strings.EqualFold(m[1], "end"):
				ends[name]--
				open = max(open-1, 0)
			case ends[name] <= 0 || open >= mostOpen:
				lines[i] = ""
			default:
				open++
			}
			continue
		}
		if all := listMarks.FindString(l); all != "" {
			l = strings.Repeat("- ", mostLists) + l[len(all):]
			lines[i] = l
		}
		lines[i] = strings.Map(func(r rune) rune {
			if strings.ContainsRune(`*/_=~+{}[]<>$\^@`, r) {
				if marks++; marks > mostMarks {
					return -1
				}
			}
			return r
		}, l)
	}
	return strings.Join(lines, "\n")
}

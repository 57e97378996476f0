package resolve

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rapporteur/ingest/fold"
)

var (
	titles = fold.Set(`dr prof professor mr mrs ms miss mx sir dame lord lady baroness baron viscount rev reverend rt hon honourable honorable
		cllr councillor councilor judge justice senator minister president ambassador capt captain col colonel gen general sgt dipl ing drs ir
		mag fr dra sra sr`)
	postnominals = fold.Set(`phd md mp msp mep mla td obe mbe cbe kbe dbe ch qc kc frs frse fba frsa frsc freng esq bsc msc dphil jd llm llb
		mba rn cpa cbiol ceng cphys chtp ba ma edd scd dsc ms am`)
	particles = fold.Set(`de da do dos das del della di du des la le van von der den ter ten zu zur bin ibn al el abu bint af av y e`)
)

var (
	bracketed = regexp.MustCompile(`\s*[("“‘]([^()"“”’]*)[)"”’]\s*`)
	nickQuote = regexp.MustCompile(`\s['‘"“]([\p{L}-]+)['’"”]\s`)
)

// personName is a person's name taken apart. Its words are folded; initials are single letters.
type personName struct {
	words []string
	parts int    // of the name as written: a hyphen makes no second one
	nick  string // given in quotes or brackets: Robert 'Bob' Roe
	woman bool   // the title is a woman's: Lady Roe is not Lord Roe
	peer  bool   // a title makes the family name enough to know them by: Lord Roe, and Mrs Roe if Roe is no usual name
}

// parsePerson takes a name apart. Titles and letters after the name are no part of it.
func parsePerson(s string) personName {
	var n personName
	if m := nickQuote.FindStringSubmatch(s); m != nil {
		n.nick = fold.Text(m[1])
		s = strings.Replace(s, m[0], " ", 1)
	} else if m := bracketed.FindStringSubmatch(s); m != nil {
		if inner := fold.Words(m[1]); len(inner) == 1 && len(inner[0]) > 2 && !pronouns[inner[0]] {
			n.nick = inner[0]
		}
		s = strings.Replace(s, m[0], " ", 1)
	}
	s, tail, _ := strings.Cut(s, ",")
	if given := fold.Words(tail); len(given) > 0 && len(fold.Words(s)) == 1 && !postnominals[given[0]] && !titles[given[0]] &&
		len(given) <= 2 {
		s = tail + " " + s // "Roe, Jane"
	}
	all := fold.Words(s)
	raw := strings.Fields(s)
	for i := len(raw) - 2; i >= 0; i-- { // "Prime Minister Jane Roe": all up to the last title goes
		if w := fold.Words(raw[i]); len(w) == 1 && (titles[w[0]] || i > 0 && offices[w[0]]) {
			rest := fold.Words(strings.Join(raw[i+1:], " "))
			if len(rest) == 0 || !lower(raw[i+1:]) && offices[w[0]] && len(rest) < 2 {
				break
			}
			n.woman = womensTitles[w[0]]
			n.peer = peers[w[0]] || titles[w[0]] && len(rest) > 0 && len(rest[len(rest)-1]) > 2 && !usualSurnames[rest[len(rest)-1]]
			all, raw = rest, raw[i+1:]
			break
		}
	}
	for len(all) > 2 && len(raw) > 0 && postnominals[all[len(all)-1]] && strings.ToUpper(raw[len(raw)-1]) == raw[len(raw)-1] {
		all, raw = all[:len(all)-1], raw[:len(raw)-1]
	}
	n.words, n.parts = all, len(raw)
	if strings.Contains(s, "_") {
		n.parts = len(all) // a handle, such as @jane_roe
	}
	return n
}

// lower says whether a name starts in lower case, as none does that was written as one.
func lower(raw []string) bool { return strings.ToLower(raw[0]) == raw[0] }

var (
	peers = fold.Set(`lord lady baroness baron viscount`)

	womensTitles = fold.Set(`lady baroness dame mrs ms miss`)

	offices = fold.Set(`minister secretary state president chancellor commissioner ambassador director chair ceo spokesperson mayor governor`)
)

var pronouns = fold.Set(`she her hers he him his they them theirs ze chair`)

func (n personName) key() string { return strings.Join(n.words, " ") }

// full says whether a name is enough to know a person by on more than one page.
func (n personName) full() bool {
	return len(n.words) >= 2 && n.parts >= 2 && len(n.words[len(n.words)-1]) > 1
}

func (n personName) first() string { return n.words[0] }
func (n personName) last() string  { return n.words[len(n.words)-1] }

var (
	linking = fold.Set(`of for and the de et und y e in on at to a an`)
	legal   = fold.Set(`ltd limited inc incorporated llc llp plc gmbh cic corp sa bv ag oy as ab nv pty spa srl ev`)
)

// spellings of one word on both sides of the Atlantic.
var spellings = strings.NewReplacer("isation", "ization", "centre", "center", "programme", "program", "labour", "labor", "defence",
	"defense", "behaviour", "behavior", "licence", "license")

var acronymInBrackets = regexp.MustCompile(`\s*\(([A-Z][\w&/.-]{1,9})\)`)

// bodyName is an organisation's name taken apart: folded words without those that only link others.
type bodyName struct {
	words   []string
	acronym string // the name itself, if it is one
	given   string // the acronym given in brackets after it
}

func parseBody(s string) bodyName {
	var n bodyName
	if m := acronymInBrackets.FindStringSubmatch(s); m != nil && !strings.EqualFold(m[1], "UK") && !strings.EqualFold(m[1], "US") &&
		!strings.EqualFold(m[1], "EU") {
		n.given = m[1]
		s = strings.Replace(s, m[0], " ", 1)
	}
	s = strings.TrimSpace(s)
	all := fold.Words(spellings.Replace(fold.Text(strings.ReplaceAll(s, "&", " and "))))
	for _, w := range all {
		if !linking[w] {
			n.words = append(n.words, w)
		}
	}
	for len(n.words) > 1 && legal[n.words[len(n.words)-1]] {
		n.words = n.words[:len(n.words)-1]
	}
	if len(n.words) == 0 {
		n.words = all
	}
	if isAcronym(s) {
		n.acronym = s
	}
	return n
}

func (n bodyName) key() string { return strings.Join(n.words, " ") }

// isAcronym says whether a name is a run of capitals such as "OGP", "DfE", "W3C" or "U.S.".
func isAcronym(s string) bool {
	if strings.ContainsRune(s, '.') {
		s = strings.ReplaceAll(s, ".", "")
		if strings.ToUpper(s) != s {
			return false
		}
	}
	upper, n := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r), unicode.IsDigit(r), r == '&':
		default:
			return false
		}
		n++
	}
	return n >= 2 && n <= 8 && upper >= 2 && upper*2 >= n
}

// stands says whether an acronym stands for a name: its letters are the first letters of all words in order, those of linking
// words being left out or not.
func stands(acronym, name string) bool {
	short := []rune(strings.ReplaceAll(strings.ReplaceAll(fold.Text(acronym), ".", ""), "&", ""))
	name = strings.ReplaceAll(name, "&", " and ")
	fits := func(all []string) bool {
		return len(short) >= 2 && len(all) >= 2 && len(all) <= 12 && spells(short, all)
	}
	return fits(fold.Words(name)) || strings.Contains(name, "-") && fits(fold.Words(strings.ReplaceAll(name, "-", ""))) // "Co-operation"
}

func spells(short []rune, all []string) bool {
	if len(all) == 0 {
		return len(short) == 0
	}
	if linking[all[0]] && spells(short, all[1:]) {
		return true
	}
	first := []rune(all[0])[0]
	return len(short) > 0 && short[0] == first && spells(short[1:], all[1:])
}

// shouted says whether a name is in capitals although it is no acronym.
func shouted(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			upper++
		} else if unicode.IsLower(r) {
			lower++
		}
	}
	return strings.ContainsRune(s, ' ') && upper > 4 && upper > 2*lower
}

// distance is the number of letters to insert, drop, change or swap with a neighbour to make b of a (optimal string
// alignment), given up as limit+1 once it is known to pass the limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > limit || -d > limit {
		return limit + 1
	}
	older, prev, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best > limit {
			return limit + 1
		}
		older, prev, row = prev, row, older
	}
	return prev[len(y)]
}

// subsequence says whether all of short stand in long, in order.
func subsequence(short, long []string) bool {
	i := 0
	for _, w := range long {
		if i < len(short) && short[i] == w {
			i++
		}
	}
	return i == len(short)
}

func without(list []string, drop map[string]bool) []string {
	return slices.DeleteFunc(slices.Clone(list), func(w string) bool { return drop[w] })
}

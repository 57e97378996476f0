package relate

import (
	"slices"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
)

// Item is a page that the reader of another may want next.
type Item struct {
	To    int // number of its record
	Score float64
	Why   []Reason // what counts most first; never empty
}

// Site lists, for each record of a site, the other pages that its reader may want next, nearest first: limit of them
// where so many have a reason that can be told. terms makes index terms of a word.
func Site(site *inversion.Site, terms func(string) []string, limit int) [][]Item {
	m := NewModel(site, terms)
	records := site.Records
	n := len(records)
	lists := make([][]scored, n)
	each(n, func(i int) { lists[i] = m.best(i, &Tuned) })
	lists = Tuned.vouch(lists)
	m.dropUnpublished(lists)
	series, twins := seriesOf(records), twinsOf(records)
	versions := versionsOf(site)
	out := make([][]Item, n)
	each(n, func(i int) {
		l := m.fill(i, lists[i], limit)
		l = versions.chosen(l, records, i)
		for _, p := range vary(l, len(l), series, twins, i) {
			if len(out[i]) == limit {
				break
			}
			if why := m.why(i, p.number); len(why) > 0 {
				out[i] = append(out[i], Item{To: p.number, Score: p.weight, Why: why})
			}
		}
	})
	return out
}

// dropUnpublished takes pages without an address out of the lists, on sites whose other pages have one: a reader cannot
// go there.
func (m *Model) dropUnpublished(lists [][]scored) {
	published := func(p int) bool { return m.records[p].URL != "" }
	all := make([]int, len(m.records))
	for i := range all {
		all[i] = i
	}
	if !slices.ContainsFunc(all, published) {
		return
	}
	for i, l := range lists {
		lists[i] = slices.DeleteFunc(l, func(p scored) bool { return !published(p.number) })
	}
	m.byDay = slices.DeleteFunc(m.byDay, func(p int) bool { return !published(p) })
	for k, p := range m.byDay {
		m.place[p] = k
	}
}

// fill lengthens a list that is too short, with the pages nearest in the order of dates.
func (m *Model) fill(page int, l []scored, limit int) []scored {
	if len(l) >= limit {
		return l
	}
	has := map[int]bool{page: true}
	for _, p := range l {
		has[p.number] = true
	}
	n := len(m.byDay)
	for d := 0; d <= max(m.place[page], n) && len(l) < limit; d++ {
		for _, k := range []int{m.place[page] - d, m.place[page] + d} {
			if k >= 0 && k < n && !has[m.byDay[k]] {
				has[m.byDay[k]] = true
				l = append(l, scored{m.byDay[k], 0})
			}
		}
	}
	return l
}

// The part of a list that one series may fill.
const (
	seriesWindow = 5
	seriesMost   = 3
)

// vary shortens a list so that no run of seriesWindow items, counted from the first, holds more than seriesMost of one
// series; and so that of pages with the same text one is offered, and the page's own twin last.
func vary(l []scored, limit int, series, twins []int, page int) []scored {
	var out, own []scored
	rest := slices.Clone(l)
	seen := map[int]bool{}
	rest = slices.DeleteFunc(rest, func(p scored) bool {
		t := twins[p.number]
		if t == twins[page] {
			own = append(own, p)
			return true
		}
		again := seen[t]
		seen[t] = true
		return again
	})
	for len(out) < limit && len(rest) > 0 {
		window := map[int]int{}
		for _, p := range out[len(out)-len(out)%seriesWindow:] {
			window[series[p.number]]++
		}
		k := slices.IndexFunc(rest, func(p scored) bool { return series[p.number] < 0 || window[series[p.number]] < seriesMost })
		if k < 0 {
			k = 0 // nothing else is left
		}
		out = append(out, rest[k])
		rest = slices.Delete(rest, k, k+1)
	}
	return append(out, own[:min(len(own), limit-len(out))]...)
}

// seriesOf numbers the series of pages whose titles begin alike or differ in numbers and dates only; -1 is none.
func seriesOf(records []*ingest.Record) []int {
	const smallest = 3
	number := map[string]int{}
	count := map[int]int{}
	out := make([]int, len(records))
	for i, r := range records {
		key := seriesKey(r.Title)
		if key == "" {
			out[i] = -1
			continue
		}
		key = r.Collection + "\x00" + key
		n, ok := number[key]
		if !ok {
			n = len(number)
			number[key] = n
		}
		out[i] = n
		count[n]++
	}
	for i, n := range out {
		if count[n] < smallest {
			out[i] = -1
		}
	}
	return out
}

// seriesKey is what the titles of one series have in common: the words before the first colon, dash or number.
func seriesKey(title string) string {
	end := strings.IndexFunc(title, func(r rune) bool {
		return r == ':' || r == '–' || r == '—' || r == '|' || r == '#' || unicode.IsDigit(r)
	})
	if dash := strings.Index(title, " - "); dash >= 0 && (end < 0 || dash < end) {
		end = dash
	}
	if end < 0 {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(title[:end]))
}

// versions are, by number, the pages that are one page in several languages, the original first.
type versions map[int][]int

func versionsOf(site *inversion.Site) versions {
	out := versions{}
	for path, translations := range site.Versions {
		original, ok := site.Page[path]
		if !ok {
			continue
		}
		group := append([]int{original}, translations...)
		for _, i := range group {
			out[i] = group
		}
	}
	return out
}

// chosen puts in place of each page its version in the language of the page that it is offered for, else the original, each
// once; other versions of that page itself are left out.
func (v versions) chosen(l []scored, records []*ingest.Record, page int) []scored {
	if len(v) == 0 {
		return l
	}
	out := make([]scored, 0, len(l))
	has := map[int]bool{page: true}
	for _, i := range v[page] {
		has[i] = true
	}
	for _, p := range l {
		if group := v[p.number]; group != nil && !has[p.number] {
			at := slices.IndexFunc(group, func(i int) bool { return records[i].Lang == records[page].Lang })
			p.number = group[max(at, 0)]
		}
		if !has[p.number] {
			has[p.number] = true
			out = append(out, p)
		}
	}
	return out
}

// twinsOf numbers the texts, so that pages with the same text have the same number.
func twinsOf(records []*ingest.Record) []int {
	number := map[string]int{}
	out := make([]int, len(records))
	for i, r := range records {
		text := strings.TrimSpace(r.Text)
		if text == "" {
			text = "\x00" + r.Path
		}
		n, ok := number[text]
		if !ok {
			n = len(number)
			number[text] = n
		}
		out[i] = n
	}
	return out
}

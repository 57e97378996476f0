package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// bodies groups the organisations' names of a page: same words, and acronyms with what they stand for.
func (v *view) bodies(names []found) []*someone {
	var all []*someone
	byKey := map[string]*someone{}
	for _, f := range names {
		if f.kind != tagger.BeginOrganisation {
			continue
		}
		name := v.name(f.from, f.to)
		key := bodyKey(name)
		if key == "" {
			continue
		}
		solid := strings.ReplaceAll(key, " ", "")
		s := byKey[solid]
		if s == nil {
			s = &someone{name: name, key: strings.Fields(key)}
			byKey[solid] = s
			all = append(all, s)
		} else if shouted(s.name) && !shouted(name) {
			s.name = name
		}
		s.add(f)
	}
	all = v.joinAcronyms(all)
	all = v.joinShort(all)
	sort.SliceStable(all, func(i, j int) bool { return all[i].places[0].from < all[j].places[0].from })
	return all
}

// bodyKey folds a body's name and leaves its legal form off.
func bodyKey(name string) string {
	words := strings.Fields(fold(name))
	for len(words) > 1 && bodySuffixes[words[len(words)-1]] && words[len(words)-1] != "foundation" {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

func shouted(s string) bool { return s == strings.ToUpper(s) && strings.ContainsRune(s, ' ') }

// joinAcronyms puts a body named by initials and the one they stand for together, where the page explains the initials
// or just one body of the page has them.
func (v *view) joinAcronyms(all []*someone) []*someone {
	full := map[string][]*someone{}
	for _, s := range all {
		for _, a := range initials(s.name) {
			full[strings.ToUpper(a)] = append(full[strings.ToUpper(a)], s)
		}
	}
	begins, ends := map[int]int{}, map[int]int{} // by token: the number of the first body that has a place from there, or up to there
	number := make(map[*someone]int, len(all))
	note := func(n int, p found) {
		if have, ok := begins[p.from]; !ok || n < have {
			begins[p.from] = n
		}
		if have, ok := ends[p.to]; !ok || n < have {
			ends[p.to] = n
		}
	}
	for n, s := range all {
		number[s] = n
		for _, p := range s.places {
			note(n, p)
		}
	}
	gone := map[*someone]bool{}
	for _, s := range all {
		name := s.name
		if strings.ContainsRune(name, ' ') || len(name) < 2 || len(name) > 8 || !upperMostly(name) {
			continue
		}
		var to *someone
		for _, p := range s.places {
			// "Full Name (FN)" and "FN (Full Name)"
			if p.from >= 2 && v.toks[p.from-1].text == "(" {
				if n, ok := ends[p.from-1]; ok {
					to = all[n]
				}
			}
			if to == nil && p.to+1 < len(v.toks) && v.toks[p.to].text == "(" {
				if n, ok := begins[p.to+1]; ok && slices.Contains(initials(all[n].name), strings.ToUpper(name)) {
					to = all[n]
				}
			}
			if to != nil && to != s && strings.ContainsRune(to.name, ' ') && !strings.ContainsRune(name, ' ') {
				break
			}
			to = nil
		}
		if to == nil {
			if c := full[strings.ToUpper(name)]; len(c) == 1 && c[0] != s {
				to = c[0]
			}
		}
		if to == nil || to == s || gone[to] {
			continue
		}
		for _, p := range s.places {
			to.add(p)
			note(number[to], p)
		}
		gone[s] = true
		sort.Slice(to.places, func(i, j int) bool { return to.places[i].from < to.places[j].from })
	}
	kept := all[:0]
	for _, s := range all {
		if !gone[s] {
			kept = append(kept, s)
		}
	}
	return kept
}

// joinShort puts a short form and the name that it shortens together: "Labour" and "Labour Party", "the Foundation" and the
// one body of the page that ends so.
func (v *view) joinShort(all []*someone) []*someone {
	known := newRegister()
	for i, s := range all {
		known.add(i, s.key)
	}
	gone := map[*someone]bool{}
	for _, s := range all {
		if len(s.key) != 1 {
			continue
		}
		var to *someone
		heads := 0
		eachOf(func(i int) bool {
			o := all[i]
			n := len(o.key)
			if o == s || n < 2 || gone[o] {
				return false
			}
			last := v.words.Word(o.key[n-1])
			switch {
			case n == 2 && o.key[0] == s.key[0] && last&gazetteer.OrgHead != 0 && v.words.Word(s.key[0])&gazetteer.OrgHead == 0 && v.clues[o.places[0].from].place == gazetteer.NoPlace:
				to = o
			case o.key[n-1] == s.key[0] && last&gazetteer.OrgHead != 0:
				if heads++; to == nil {
					to = o
				}
			}
			return false
		}, known.first[s.key[0]], known.last[s.key[0]])
		if to == nil || heads > 1 {
			continue
		}
		for _, p := range s.places {
			to.add(p)
		}
		gone[s] = true
		sort.Slice(to.places, func(i, j int) bool { return to.places[i].from < to.places[j].from })
	}
	kept := all[:0]
	for _, s := range all {
		if !gone[s] {
			kept = append(kept, s)
		}
	}
	return kept
}

func upperMostly(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// initials lists the acronyms that a name could have: with and without its small words.
func initials(name string) []string {
	var strict, loose strings.Builder
	n := 0
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '/' }) {
		r := firstRune(w)
		if !unicode.IsLetter(r) {
			continue
		}
		if unicode.IsUpper(r) {
			strict.WriteRune(r)
			n++
		}
		loose.WriteRune(unicode.ToUpper(r))
	}
	if n < 2 {
		return nil
	}
	if strict.String() == loose.String() {
		return []string{strict.String()}
	}
	return []string{strict.String(), loose.String()}
}

func (v *view) references(bodies []*someone) []ingest.Reference {
	out := make([]ingest.Reference, len(bodies))
	for i, s := range bodies {
		out[i] = ingest.Reference{Name: s.name, Confidence: s.confidence, Mentions: v.mentions(s)}
	}
	return out
}

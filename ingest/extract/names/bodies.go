package names

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// bodies groups the organisations' names of a page: same words, and acronyms with what they stand for.
func (v *View) Bodies(names []Found) []*Named {
	var all []*Named
	byKey := map[string]*Named{}
	for _, f := range names {
		if f.Kind != tagger.BeginOrganisation {
			continue
		}
		name := cmp.Or(f.Name, v.Name(f.From, f.To))
		key := BodyKey(name)
		if key == "" {
			continue
		}
		solid := strings.ReplaceAll(shortened(key), " ", "")
		s := byKey[solid]
		if s == nil {
			s = &Named{Name: name, Key: strings.Fields(key)}
			byKey[solid] = s
			all = append(all, s)
		} else if shouted(s.Name) && !shouted(name) {
			s.Name = name
		}
		s.add(f)
	}
	all = joinMisspelt(all)
	all = v.joinAcronyms(all)
	all = v.joinShort(all)
	sort.SliceStable(all, func(i, j int) bool { return all[i].Places[0].From < all[j].Places[0].From })
	return all
}

// bodyKey folds a body's name and leaves its legal form off.
func BodyKey(name string) string {
	words := strings.Fields(strings.TrimPrefix(fold.Name(name), "the "))
	for len(words) > 1 && bodySuffixes[words[len(words)-1]] && words[len(words)-1] != "foundation" {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

func shouted(s string) bool { return s == strings.ToUpper(s) && strings.ContainsRune(s, ' ') }

// joinAcronyms puts a body named by initials and the one they stand for together, where the page explains the initials
// or just one body of the page has them.
func (v *View) joinAcronyms(all []*Named) []*Named {
	full := map[string][]*Named{}
	for _, s := range all {
		for _, a := range initials(s.Name) {
			full[strings.ToUpper(a)] = append(full[strings.ToUpper(a)], s)
		}
	}
	begins, ends := map[int]int{}, map[int]int{} // by token: the number of the first body that has a place from there, or up to there
	number := make(map[*Named]int, len(all))
	note := func(n int, p Found) {
		if have, ok := begins[p.From]; !ok || n < have {
			begins[p.From] = n
		}
		if have, ok := ends[p.To]; !ok || n < have {
			ends[p.To] = n
		}
	}
	for n, s := range all {
		number[s] = n
		for _, p := range s.Places {
			note(n, p)
		}
	}
	gone := map[*Named]bool{}
	for _, s := range all {
		name := s.Name
		if strings.ContainsRune(name, ' ') || len(name) < 2 || len(name) > 12 {
			continue
		}
		acronym := len(name) <= 8 && upperMostly(name)
		var to *Named
		for _, p := range s.Places {
			// "Full Name (FN)" and "FN (Full Name)"
			if p.From >= 2 && v.Toks[p.From-1].Text == "(" {
				// "House of Lords (FT)" is a paper on the Lords
				if n, ok := ends[p.From-1]; ok && (acronym && mayStand(name, all[n].Name) || blend(name, all[n].Name)) {
					to = all[n]
				}
			}
			if acronym && to == nil && p.To+1 < len(v.Toks) && v.Toks[p.To].Text == "(" {
				if n, ok := begins[p.To+1]; ok && slices.Contains(initials(all[n].Name), strings.ToUpper(name)) {
					to = all[n]
				}
			}
			if to != nil && to != s && strings.ContainsRune(to.Name, ' ') && !strings.ContainsRune(name, ' ') {
				break
			}
			to = nil
		}
		if to == nil && acronym {
			if c := full[strings.ToUpper(name)]; len(c) == 1 && c[0] != s && (utf8.RuneCountInString(name) > 2 || !v.knownBody(s)) {
				to = c[0]
			}
		}
		if to == nil || to == s || gone[to] {
			continue
		}
		for _, p := range s.Places {
			to.add(p)
			note(number[to], p)
		}
		gone[s] = true
		sort.Slice(to.Places, func(i, j int) bool { return to.Places[i].From < to.Places[j].From })
	}
	return slices.DeleteFunc(all, func(s *Named) bool { return gone[s] })
}

// wholeOf are words that go with the initials of a body without making them those of another: "ABC Foundation" is ABC.
var wholeOf = fold.Set(`foundation institute initiative network project ltd limited inc gmbh association society`)

// partOf are words that name what is a body's behind its name, and not the body.
var partOf = fold.Set(`library news conference congress committee press office secretariat cabinet`)

// initials reports whether a name is written in capitals only, as what is short for a longer name is.
func (v *View) initials(s *Named) bool {
	return v.Toks[s.Places[0].From].Shape == text.UpperShape
}

// knownBody reports whether a name is that of a body that is known, at its first place.
func (v *View) knownBody(s *Named) bool {
	return v.whole(s.Places[0].From, s.Places[0].To)
}

// joinShort puts a short form and the name that it shortens together: "Labour" and "Labour Party", "the Foundation" and the
// one body of the page that ends so.
func (v *View) joinShort(all []*Named) []*Named {
	known := newRegister()
	for i, s := range all {
		known.add(i, s.Key)
	}
	gone := map[*Named]bool{}
	for _, s := range all {
		if len(s.Key) != 1 || v.inBrackets(s) {
			continue
		}
		var to *Named
		heads := 0
		eachOf(func(i int) bool {
			o := all[i]
			n := len(o.Key)
			if o == s || n < 2 || gone[o] {
				return false
			}
			last := v.Words.Word(o.Key[n-1])
			switch {
			case n == 2 && o.Key[0] == s.Key[0] && (partOf[o.Key[1]] || v.initials(s) && !wholeOf[o.Key[1]]): // "EU", and "EU Commission"
			case n == 2 && o.Key[0] == s.Key[0] && last&gazetteer.OrgHead != 0 && v.Words.Word(s.Key[0])&gazetteer.OrgHead == 0 &&
				v.Hints[o.Places[0].From].Place == gazetteer.NoPlace:
				to = o
			case o.Key[n-1] == s.Key[0] && v.Words.Word(s.Key[0])&gazetteer.Media != 0: // "The Times" and "The New York Times"
			case o.Key[n-1] == s.Key[0] && last&gazetteer.OrgHead != 0:
				if heads++; to == nil {
					to = o
				}
			}
			return false
		}, known.first[s.Key[0]], known.last[s.Key[0]])
		if to == nil || heads > 1 {
			continue
		}
		for _, p := range s.Places {
			to.add(p)
		}
		gone[s] = true
		sort.Slice(to.Places, func(i, j int) bool { return to.Places[i].From < to.Places[j].From })
	}
	return slices.DeleteFunc(all, func(s *Named) bool { return gone[s] })
}

// mayStand reports whether an acronym can be short for a name: its letters stand in the name in order, the first at its
// start, and of two letters both are initials. Words before those that the letters stand for may be left out: "Weir Technical
// Committee (TC)" is no such name, "Weir Technical Steering Committee (TSC)" is.
func mayStand(short, name string) bool {
	if utf8.RuneCountInString(short) > 2 && slices.ContainsFunc(initials(name),
		func(all string) bool { return strings.HasSuffix(strings.ToUpper(all), strings.ToUpper(short)) }) {
		return true
	}
	if utf8.RuneCountInString(short) <= 2 {
		return slices.Contains(initials(name), strings.ToUpper(short))
	}
	letters := []rune(strings.TrimPrefix(strings.ToLower(name), "the "))
	at := 0
	for i, r := range strings.ToLower(short) {
		if !unicode.IsLetter(r) {
			continue
		}
		next := slices.Index(letters[at:], r)
		if next < 0 || i == 0 && next > 0 {
			return false
		}
		at += next + 1
	}
	return true
}

// blend reports whether a short form holds a longer word of a name, or the first four letters of its first word: "Fermilab" for
// "Fermi National Accelerator Laboratory".
func blend(short, name string) bool {
	s := fold.Name(short)
	for i, w := range strings.Fields(fold.Name(name)) {
		if len(w) > 4 && len(s) > len(w) && strings.HasSuffix(s, w) || i == 0 && len(w) > 3 && len(s) > 5 && strings.HasPrefix(s, w[:4]) {
			return strings.ContainsRune(name, ' ')
		}
	}
	return false
}

// shortenings are words of bodies' names that one page writes in full and in short.
var shortenings = map[string]string{"laboratory": "lab", "laboratories": "lab", "labs": "lab", "department": "dept", "university": "univ",
	"centre": "center"}

// shortened is a folded name with these words in short.
func shortened(key string) string {
	words := strings.Fields(key)
	if len(words) < 2 {
		return key
	}
	for i, w := range words {
		if s := shortenings[w]; s != "" {
			words[i] = s
		}
	}
	return strings.Join(words, " ")
}

// joinMisspelt puts names together that differ by a slip of the pen in one word, or by its plural: "Roe Univeristy", "Doe Services".
func joinMisspelt(all []*Named) []*Named {
	known := newRegister()
	for i, s := range all {
		known.add(i, s.Key)
	}
	gone := map[*Named]bool{}
	for i, s := range all {
		if gone[s] || len(s.Key) == 0 {
			continue
		}
		eachOf(func(k int) bool {
			o := all[k]
			if k <= i || gone[o] || !misspelt(s.Key, o.Key) {
				return false
			}
			for _, p := range o.Places {
				s.add(p)
			}
			gone[o] = true
			sort.Slice(s.Places, func(x, y int) bool { return s.Places[x].From < s.Places[y].From })
			return false
		}, known.first[s.Key[0]], known.last[s.Key[len(s.Key)-1]])
	}
	return slices.DeleteFunc(all, func(s *Named) bool { return gone[s] })
}

// misspelt reports whether two names of two words or more differ in one word only, by one letter or two that changed places.
func misspelt(a, b []string) bool {
	if len(a) != len(b) || len(a) < 2 {
		return false
	}
	differ := -1
	for i := range a {
		if a[i] != b[i] {
			if differ >= 0 {
				return false
			}
			differ = i
		}
	}
	if differ < 0 || strings.ContainsAny(a[differ]+b[differ], "0123456789") {
		return false
	}
	return slip(a[differ], b[differ]) || swapped(a[differ], b[differ])
}

// swapped reports whether two words of five letters or more differ in two neighbouring letters that changed places.
func swapped(a, b string) bool {
	if len(a) != len(b) || len(a) < 5 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// inBrackets reports whether a place has a name all by itself in brackets, as parties and papers stand after what is
// theirs: that is no short form of a body of another paragraph.
func (v *View) inBrackets(s *Named) bool {
	return slices.ContainsFunc(s.Places, func(f Found) bool {
		before, after := v.At(f.From-1, f.From), v.At(f.To, f.From)
		return before != nil && after != nil && before.Text == "(" && after.Text == ")"
	})
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
		r := text.FirstRune(w)
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

func (v *View) References(bodies []*Named) []ingest.Reference {
	out := make([]ingest.Reference, len(bodies))
	for i, s := range bodies {
		out[i] = ingest.Reference{ID: s.ID, Name: s.Name, Confidence: s.Confidence, Mentions: v.Mentions(s), Aliases: s.Also}
	}
	return out
}

package extract

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
)

// pair is a place where a person and a body stand near enough for one to be of the other.
type pair struct {
	person, body *someone
	p, b         found
	how          string // where they stand to each other: "block", "fields", "row", "below"
	distance     int    // in tokens, marks of a sentence's end counted more
	others       []pair // the further places in one block, nearest first
}

const (
	pairReach = 60  // tokens between a person and a body that may still belong together
	crowded   = 200 // places of bodies in one block, or fields of a list: in what has more, only the near ones are looked at
	nearby    = 8   // fields of such a list
)

// pairs lists the nearest such place of each person and body, by person and body in order of the page.
func (v *view) pairs(people, bodies []*someone) []pair {
	atBlock := map[int32][]placed{}
	number := make(map[*someone]int, len(bodies))
	for i, s := range bodies {
		number[s] = i
		for _, f := range s.places {
			b := v.toks[f.from].block
			atBlock[b] = append(atBlock[b], placed{s, f})
		}
	}
	for _, list := range atBlock {
		if len(list) > crowded {
			slices.SortStableFunc(list, func(x, y placed) int { return cmp.Compare(x.f.from, y.f.from) })
		}
	}
	fields := v.fields(func(block int) bool { return len(atBlock[int32(block)]) > 0 })
	homes := sync.OnceValue(func() []placed {
		all := v.homes(bodies)
		if len(people) > crowded { // no page has so many authors: the first bodies will do
			all = all[:min(len(all), nearby)]
		}
		return all
	})
	var out []pair
	for _, s := range people {
		best := map[*someone]pair{}
		try := func(f found, o placed, how string, extra int) {
			d := o.f.from - f.to
			if o.f.from < f.from {
				d = f.from - o.f.to + 2
			}
			if how == "block" {
				lo, hi := min(f.to, o.f.to), max(f.from, o.f.from)
				for i := lo; i < hi; i++ {
					if v.toks[i].opens {
						d += 12
					}
				}
			} else {
				d = extra
			}
			if f.short {
				d += 6
			}
			have, ok := best[o.s]
			this := pair{person: s, body: o.s, p: f, b: o.f, how: how, distance: d}
			switch {
			case !ok:
				best[o.s] = this
			case d < have.distance:
				this.others = append(have.others, have)
				best[o.s] = this
			case len(have.others) < 6:
				have.others = append(have.others, this)
				best[o.s] = have
			}
		}
		for _, f := range s.places {
			block := v.toks[f.from].block
			here := atBlock[block]
			if len(here) > crowded { // a block that names hundreds: what is too far to be a pair is not looked at
				here = within(here, f.from-pairReach, f.to+pairReach)
			}
			for _, o := range here {
				if o.f.from < f.to && f.from < o.f.to {
					continue
				}
				try(f, o, "block", 0)
			}
			v.around(int(block), f, fields, func(other int, how string, extra int) {
				there := atBlock[int32(other)]
				if start := v.blocks[other].from; len(there) > crowded {
					there = within(there, start, start+pairReach)
				}
				for _, o := range there {
					try(f, o, how, extra+(o.f.from-v.blocks[other].from))
				}
			})
		}
		v.home(s, homes, best)
		first := len(out)
		for _, p := range best {
			if p.distance < pairReach {
				out = append(out, p)
			}
		}
		slices.SortFunc(out[first:], func(x, y pair) int { return cmp.Compare(number[x.body], number[y.body]) })
	}
	return out
}

// within returns those of a block's places, which are in order, that begin in [from, to).
func within(places []placed, from, to int) []placed {
	begins := func(o placed, at int) int { return cmp.Compare(o.f.from, at) }
	first, _ := slices.BinarySearchFunc(places, from, begins)
	end, _ := slices.BinarySearchFunc(places, to, begins)
	return places[first:end]
}

// fieldIndex finds fields of the front matter that belong together, in order.
type fieldIndex struct {
	under  map[string][]int // by "speakers." and "speakers.0.": those whose key begins so
	bodies []int            // those whose key says that they name a body
}

// fields indexes the fields of the page that count.
func (v *view) fields(counts func(block int) bool) fieldIndex {
	x := fieldIndex{under: map[string][]int{}}
	for i := range v.page.Blocks {
		b := &v.page.Blocks[i]
		if b.Kind != ingest.FieldBlock || !counts(i) {
			continue
		}
		for at := range len(b.Key) {
			if b.Key[at] == '.' {
				x.under[b.Key[:at+1]] = append(x.under[b.Key[:at+1]], i)
			}
		}
		if bodyKeys[strings.ToLower(lastKey(b.Key))] {
			x.bodies = append(x.bodies, i)
		}
	}
	return x
}

// beside returns those of a list of blocks, which is in order, that may belong to one of them: all, or in a list of
// hundreds the near ones.
func beside(blocks []int, block int) []int {
	if len(blocks) <= crowded {
		return blocks
	}
	from, _ := slices.BinarySearch(blocks, block-nearby)
	to, _ := slices.BinarySearch(blocks, block+nearby)
	return blocks[from:to]
}

// homes are the bodies that the page may be written for, with the place to show: the site's own, those named beside "we"
// or "our", and the one the page names most.
func (v *view) homes(bodies []*someone) []placed {
	most := 0
	for _, o := range bodies {
		most = max(most, len(o.places))
	}
	var out []placed
	for _, o := range bodies {
		if beside := v.besideWe(o); v.own(o) || beside >= 0 || len(o.places) == most {
			out = append(out, placed{o, o.places[max(beside, 0)]})
		}
	}
	return out
}

// home adds for the page's author the bodies that the page may be written for.
func (v *view) home(s *someone, homes func() []placed, best map[*someone]pair) {
	first := s.places[0]
	bl := v.block(first.from)
	if bl.Kind != ingest.FieldBlock || !strings.HasPrefix(strings.ToLower(bl.Key), "author") {
		return
	}
	for _, h := range homes() {
		if have, ok := best[h.s]; !ok || have.distance >= 20 {
			best[h.s] = pair{person: s, body: h.s, p: first, b: h.f, how: "author", distance: 25}
		}
	}
}

// own reports whether the body is the one whose site the page is on, by the site's address.
func (v *view) own(o *someone) bool {
	h := host(v.page.URL)
	return h != "" && namesHost(o.name, h)
}

// besideWe returns the number of the first place of the body that a word for the writers stands beside, -1 if there is none.
func (v *view) besideWe(o *someone) int {
	for n, f := range o.places {
		for i := max(0, f.from-4); i < min(len(v.toks), f.to+5); i++ {
			if t := v.at(i, f.from); t != nil && (t.lower == "we" || t.lower == "our" || t.lower == "us" || t.lower == "i" || t.lower == "my") {
				return n
			}
		}
	}
	return -1
}

type placed struct {
	s *someone
	f found
}

// around calls with the other blocks that may say whom somebody named in a block stands for.
func (v *view) around(block int, f found, fields fieldIndex, with func(other int, how string, extra int)) {
	bl := &v.page.Blocks[block]
	switch bl.Kind {
	case ingest.FieldBlock:
		// speakers.0.name and speakers.0.organisation
		parent := bl.Key
		if i := strings.LastIndexByte(parent, '.'); i >= 0 {
			parent = parent[:i+1]
		} else {
			parent = ""
		}
		list, how, extra := fields.bodies, "field", 4
		if parent != "" {
			list, how, extra = fields.under[parent], "fields", 2
		}
		for _, i := range beside(list, block) {
			if i != block {
				with(i, how, extra)
			}
		}
	case ingest.CellBlock:
		for i := block - 1; i >= max(0, block-pairReach) && v.page.Blocks[i].Kind == ingest.CellBlock && v.page.Blocks[i].List == bl.List && v.page.Blocks[i].Row == bl.Row; i-- {
			with(i, "row", 3)
		}
		for i := block + 1; i < min(len(v.page.Blocks), block+pairReach) && v.page.Blocks[i].Kind == ingest.CellBlock && v.page.Blocks[i].List == bl.List && v.page.Blocks[i].Row == bl.Row; i++ {
			with(i, "row", 2)
		}
	default:
		s := v.blocks[block]
		// a name that is a heading or stands alone: the next block may tell of them
		if (bl.Kind == ingest.HeadingBlock || f.from <= s.from+1 && f.to >= s.to-1) && block+1 < len(v.page.Blocks) {
			if o := &v.page.Blocks[block+1]; o.Kind != ingest.HeadingBlock && o.Kind != ingest.FieldBlock {
				with(block+1, "below", 6)
			}
		}
		if bl.Kind == ingest.ItemBlock && bl.Parent >= 0 {
			with(bl.Parent, "parent", 8)
		}
		if bl.Kind == ingest.ItemBlock {
			for i := block + 1; i < len(v.page.Blocks) && v.page.Blocks[i].Parent == block; i++ {
				with(i, "child", 6)
			}
		}
	}
}

// rivals say of all pairs of a page what matters to one of them.
type rivals struct {
	nearest map[*someone]int // by person, and by body: the least distance of a pair
	places  []int            // of the bodies of all pairs: how many name each, most first
}

func rivalsOf(pairs []pair) *rivals {
	r := &rivals{nearest: map[*someone]int{}}
	for i := range pairs {
		p := &pairs[i]
		for _, s := range []*someone{p.person, p.body} {
			if have, ok := r.nearest[s]; !ok || p.distance < have {
				r.nearest[s] = p.distance
			}
		}
		r.places = append(r.places, len(p.body.places))
	}
	slices.SortFunc(r.places, func(x, y int) int { return y - x })
	return r
}

// pairFeatures describes a pair for the classifier that says who stands for whom.
func (v *view) pairFeatures(x *pair, all *rivals, names []int8) []uint32 {
	var b bag
	b.add(1)
	b.add(2, x.how)
	after := x.b.from >= x.p.to
	from, to := x.p.to, x.b.from
	if !after {
		from, to = x.b.to, x.p.from
	}
	dir := "before"
	if after {
		dir = "after"
	}
	b.add(3, x.how, dir, count(min(x.distance, 30)))
	kind := string(v.block(x.p.from).Kind)
	b.add(4, kind, dir)
	if all.nearest[x.person] < x.distance {
		b.add(5, "nearer body")
	}
	if all.nearest[x.body] < x.distance {
		b.add(5, "nearer person")
	}
	if x.p.short {
		b.add(7, "short", dir)
	}
	if v.toks[x.b.from].link > 0 {
		b.add(8, "linked body", dir)
	}
	if x.how == "author" {
		we, i, spoken := 0, 0, len(x.person.places) > 1
		for _, k := range v.voice {
			switch v.toks[k].lower {
			case "we", "our", "us":
				we++
			case "i", "my":
				i++
			}
		}
		rank := 0
		for rank < len(all.places) && rank < 3 && all.places[rank] > len(x.body.places) {
			rank++
		}
		own, beside := yes(v.own(x.body)), yes(v.besideWe(x.body) >= 0)
		b.add(40, own)
		b.add(41, beside)
		b.add(42, own, beside, yes(we > 0))
		b.add(43, own, yes(we > 1), yes(i > 0), yes(spoken))
		b.add(44, count(min(rank, 3)), count(min(len(x.body.places), 4)))
		if k := v.besideWe(x.body); k >= 0 {
			f := x.body.places[k]
			for j := f.from - 4; j < f.to+5; j++ {
				if t := v.at(j, f.from); t != nil && (j < f.from || j >= f.to) {
					b.add(45, yes(j < f.from), t.lower)
				}
			}
		}
		return b.fs
	}
	if x.how != "block" {
		bodyBlock := v.block(x.b.from)
		s := v.blocks[v.toks[x.b.from].block]
		b.add(9, x.how, string(bodyBlock.Kind), yes(x.b.from == s.from), yes(x.b.to == s.to))
		b.add(10, strings.ToLower(lastKey(bodyBlock.Key)), strings.ToLower(lastKey(v.block(x.p.from).Key)))
		v.between(&b, s.from, x.b.from, names, x.how)
		return b.fs
	}
	people, bodies, sentences := v.between(&b, from, to, names, dir)
	b.add(11, dir, count(people), count(bodies), count(sentences))
	if first, _ := v.sentence(x.b.from); first > x.p.to && people == 0 {
		switch t := &v.toks[first]; t.lower {
		case "she", "he", "they", "her", "his", "their":
			b.add(20, "of whom the sentence tells")
			b.add(20, v.toks[min(first+1, len(v.toks)-1)].lower)
		}
	}
	b.add(12, dir, count(people))
	b.add(13, dir, count(bodies))
	b.add(14, dir, count(sentences))
	word := func(i int) string {
		if t := v.at(i, x.p.from); t != nil {
			if t.capital() && t.class&gazetteer.Role == 0 && !t.opens {
				return "Xx"
			}
			return t.lower
		}
		return "|"
	}
	end, start := max(x.p.to, x.b.to), min(x.p.from, x.b.from)
	b.add(15, dir, word(end))
	b.add(16, dir, word(start-1))
	b.add(17, dir, word(end), word(end+1))
	s := v.blocks[v.toks[x.p.from].block]
	b.add(18, dir, yes(start <= s.from+1), yes(end >= s.to-1), kind)
	if v.toks[x.p.from].strong > 0 {
		b.add(19, "bold", dir)
	}
	return b.fs
}

// between adds what stands in a range of tokens, names put in their kind's place, and counts names and sentences in it.
func (v *view) between(b *bag, from, to int, names []int8, dir string) (people, bodies, sentences int) {
	var shape []string
	for i := from; i < to; i++ {
		t := &v.toks[i]
		if t.opens {
			sentences++
		}
		w := t.lower
		switch k := names[i]; {
		case k == 1:
			if i == from || names[i-1] != k {
				people++
			}
			w = "<p>"
		case k == 3:
			if i == from || names[i-1] != k {
				bodies++
			}
			w = "<b>"
		case t.class&gazetteer.Role != 0:
			w = "<r>"
		case t.shape == numberShape:
			w = "9"
		case t.capital() && !t.opens:
			w = "Xx"
		}
		if n := len(shape); n > 0 && shape[n-1] == w {
			continue
		}
		shape = append(shape, w)
	}
	if len(shape) <= 6 {
		b.add(30, dir, strings.Join(shape, " "))
	}
	for i, w := range shape {
		b.add(31, dir, w)
		if i > 0 {
			b.add(32, dir, shape[i-1], w)
		}
	}
	if n := len(shape); n > 0 {
		b.add(33, dir, shape[0])
		b.add(34, dir, shape[n-1])
		if n > 1 {
			b.add(35, dir, shape[0], shape[1])
			b.add(36, dir, shape[n-2], shape[n-1])
		}
	} else {
		b.add(33, dir, "nothing")
	}
	return people, bodies, sentences
}

// namesAt gives by token the kind of name that it is part of: 1 a person, 3 a body, 0 none.
func (v *view) namesAt(names []found) []int8 {
	at := make([]int8, len(v.toks))
	for _, f := range names {
		for i := f.from; i < f.to; i++ {
			at[i] = int8(f.kind)
		}
	}
	return at
}

package ties

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
)

// pair is a place where a person and a body stand near enough for one to be of the other.
type pair struct {
	person, body *names.Named
	p, b         names.Found
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
func (v *view) pairs(people, bodies []*names.Named) []pair {
	atBlock := map[int32][]placed{}
	number := make(map[*names.Named]int, len(bodies))
	for i, s := range bodies {
		number[s] = i
		for _, f := range s.Places {
			b := v.Toks[f.From].Block
			atBlock[b] = append(atBlock[b], placed{s, f})
		}
	}
	for _, list := range atBlock {
		if len(list) > crowded {
			slices.SortStableFunc(list, func(x, y placed) int { return cmp.Compare(x.f.From, y.f.From) })
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
		best := map[*names.Named]pair{}
		try := func(f names.Found, o placed, how string, extra int) {
			d := o.f.From - f.To
			if o.f.From < f.From {
				d = f.From - o.f.To + 2
			}
			if how == "block" {
				lo, hi := min(f.To, o.f.To), max(f.From, o.f.From)
				for i := lo; i < hi; i++ {
					if v.Toks[i].Opens {
						d += 12
					}
				}
			} else {
				d = extra
			}
			if f.Short {
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
		for _, f := range s.Places {
			block := v.Toks[f.From].Block
			here := atBlock[block]
			if len(here) > crowded { // a block that names hundreds: what is too far to be a pair is not looked at
				here = within(here, f.From-pairReach, f.To+pairReach)
			}
			for _, o := range here {
				if o.f.From < f.To && f.From < o.f.To {
					continue
				}
				try(f, o, "block", 0)
			}
			v.around(int(block), f, fields, func(other int, how string, extra int) {
				there := atBlock[int32(other)]
				if start := v.Blocks[other].From; len(there) > crowded {
					there = within(there, start, start+pairReach)
				}
				for _, o := range there {
					try(f, o, how, extra+(o.f.From-v.Blocks[other].From))
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
	begins := func(o placed, at int) int { return cmp.Compare(o.f.From, at) }
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
	for i := range v.Page.Blocks {
		b := &v.Page.Blocks[i]
		if b.Kind != ingest.FieldBlock || !counts(i) {
			continue
		}
		for at := range len(b.Key) {
			if b.Key[at] == '.' {
				x.under[b.Key[:at+1]] = append(x.under[b.Key[:at+1]], i)
			}
		}
		if names.BodyKeys[strings.ToLower(text.LastKey(b.Key))] {
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
func (v *view) homes(bodies []*names.Named) []placed {
	most := 0
	for _, o := range bodies {
		most = max(most, len(o.Places))
	}
	var out []placed
	for _, o := range bodies {
		if beside := v.besideWe(o); v.own(o) || beside >= 0 || len(o.Places) == most {
			out = append(out, placed{o, o.Places[max(beside, 0)]})
		}
	}
	return out
}

// home adds for the page's author the bodies that the page may be written for.
func (v *view) home(s *names.Named, homes func() []placed, best map[*names.Named]pair) {
	first := s.Places[0]
	bl := v.Block(first.From)
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
func (v *view) own(o *names.Named) bool {
	h := text.Host(v.Page.URL)
	return h != "" && names.NamesHost(o.Name, h)
}

// besideWe returns the number of the first place of the body that a word for the writers stands beside, -1 if there is none.
func (v *view) besideWe(o *names.Named) int {
	for n, f := range o.Places {
		for i := max(0, f.From-4); i < min(len(v.Toks), f.To+5); i++ {
			if t := v.At(i, f.From); t != nil && (t.Lower == "we" || t.Lower == "our" || t.Lower == "us" || t.Lower == "i" || t.Lower == "my") {
				return n
			}
		}
	}
	return -1
}

type placed struct {
	s *names.Named
	f names.Found
}

// around calls with the other blocks that may say whom somebody named in a block stands for.
func (v *view) around(block int, f names.Found, fields fieldIndex, with func(other int, how string, extra int)) {
	bl := &v.Page.Blocks[block]
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
		for i := block - 1; i >= max(0, block-pairReach) && v.Page.Blocks[i].Kind == ingest.CellBlock && v.Page.Blocks[i].List == bl.List && v.Page.Blocks[i].Row == bl.Row; i-- {
			with(i, "row", 3)
		}
		for i := block + 1; i < min(len(v.Page.Blocks), block+pairReach) && v.Page.Blocks[i].Kind == ingest.CellBlock && v.Page.Blocks[i].List == bl.List && v.Page.Blocks[i].Row == bl.Row; i++ {
			with(i, "row", 2)
		}
	default:
		s := v.Blocks[block]
		// a name that is a heading or stands alone: the next block may tell of them
		if (bl.Kind == ingest.HeadingBlock || f.From <= s.From+1 && f.To >= s.To-1) && block+1 < len(v.Page.Blocks) {
			if o := &v.Page.Blocks[block+1]; o.Kind != ingest.HeadingBlock && o.Kind != ingest.FieldBlock {
				with(block+1, "below", 6)
			}
		}
		if bl.Kind == ingest.ItemBlock && bl.Parent >= 0 {
			with(bl.Parent, "parent", 8)
		}
		if bl.Kind == ingest.ItemBlock {
			for i := block + 1; i < len(v.Page.Blocks) && v.Page.Blocks[i].Parent == block; i++ {
				with(i, "child", 6)
			}
		}
	}
}

// rivals say of all pairs of a page what matters to one of them.
type rivals struct {
	nearest map[*names.Named]int // by person, and by body: the least distance of a pair
	places  []int                // of the bodies of all pairs: how many name each, most first
}

func rivalsOf(pairs []pair) *rivals {
	r := &rivals{nearest: map[*names.Named]int{}}
	for i := range pairs {
		p := &pairs[i]
		for _, s := range []*names.Named{p.person, p.body} {
			if have, ok := r.nearest[s]; !ok || p.distance < have {
				r.nearest[s] = p.distance
			}
		}
		r.places = append(r.places, len(p.body.Places))
	}
	slices.SortFunc(r.places, func(x, y int) int { return y - x })
	return r
}

// pairFeatures describes a pair for the classifier that says who stands for whom.
func (v *view) pairFeatures(x *pair, all *rivals, named []int8) []uint32 {
	var b text.Bag
	b.Add(1)
	b.Add(2, x.how)
	after := x.b.From >= x.p.To
	from, to := x.p.To, x.b.From
	if !after {
		from, to = x.b.To, x.p.From
	}
	dir := "before"
	if after {
		dir = "after"
	}
	b.Add(3, x.how, dir, text.Count(min(x.distance, 30)))
	kind := string(v.Block(x.p.From).Kind)
	b.Add(4, kind, dir)
	if all.nearest[x.person] < x.distance {
		b.Add(5, "nearer body")
	}
	if all.nearest[x.body] < x.distance {
		b.Add(5, "nearer person")
	}
	if x.p.Short {
		b.Add(7, "short", dir)
	}
	if v.Toks[x.b.From].Link > 0 {
		b.Add(8, "linked body", dir)
	}
	if x.how == "author" {
		we, i, spoken := 0, 0, len(x.person.Places) > 1
		for _, k := range v.Voice {
			switch v.Toks[k].Lower {
			case "we", "our", "us":
				we++
			case "i", "my":
				i++
			}
		}
		rank := 0
		for rank < len(all.places) && rank < 3 && all.places[rank] > len(x.body.Places) {
			rank++
		}
		own, beside := text.Yes(v.own(x.body)), text.Yes(v.besideWe(x.body) >= 0)
		b.Add(40, own)
		b.Add(41, beside)
		b.Add(42, own, beside, text.Yes(we > 0))
		b.Add(43, own, text.Yes(we > 1), text.Yes(i > 0), text.Yes(spoken))
		b.Add(44, text.Count(min(rank, 3)), text.Count(min(len(x.body.Places), 4)))
		if k := v.besideWe(x.body); k >= 0 {
			f := x.body.Places[k]
			for j := f.From - 4; j < f.To+5; j++ {
				if t := v.At(j, f.From); t != nil && (j < f.From || j >= f.To) {
					b.Add(45, text.Yes(j < f.From), t.Lower)
				}
			}
		}
		return b.Fs
	}
	if x.how != "block" {
		bodyBlock := v.Block(x.b.From)
		s := v.Blocks[v.Toks[x.b.From].Block]
		b.Add(9, x.how, string(bodyBlock.Kind), text.Yes(x.b.From == s.From), text.Yes(x.b.To == s.To))
		b.Add(10, strings.ToLower(text.LastKey(bodyBlock.Key)), strings.ToLower(text.LastKey(v.Block(x.p.From).Key)))
		v.between(&b, s.From, x.b.From, named, x.how)
		return b.Fs
	}
	people, bodies, sentences := v.between(&b, from, to, named, dir)
	b.Add(11, dir, text.Count(people), text.Count(bodies), text.Count(sentences))
	if first, _ := v.Sentence(x.b.From); first > x.p.To && people == 0 {
		switch t := &v.Toks[first]; t.Lower {
		case "she", "he", "they", "her", "his", "their":
			b.Add(20, "of whom the sentence tells")
			b.Add(20, v.Toks[min(first+1, len(v.Toks)-1)].Lower)
		}
	}
	b.Add(12, dir, text.Count(people))
	b.Add(13, dir, text.Count(bodies))
	b.Add(14, dir, text.Count(sentences))
	word := func(i int) string {
		if t := v.At(i, x.p.From); t != nil {
			if t.Capital() && t.Class&gazetteer.Role == 0 && !t.Opens {
				return "Xx"
			}
			return t.Lower
		}
		return "|"
	}
	end, start := max(x.p.To, x.b.To), min(x.p.From, x.b.From)
	b.Add(15, dir, word(end))
	b.Add(16, dir, word(start-1))
	b.Add(17, dir, word(end), word(end+1))
	s := v.Blocks[v.Toks[x.p.From].Block]
	b.Add(18, dir, text.Yes(start <= s.From+1), text.Yes(end >= s.To-1), kind)
	if v.Toks[x.p.From].Strong > 0 {
		b.Add(19, "bold", dir)
	}
	return b.Fs
}

// between adds what stands in a range of tokens, names put in their kind's place, and counts names and sentences in it.
func (v *view) between(b *text.Bag, from, to int, named []int8, dir string) (people, bodies, sentences int) {
	var shape []string
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		if t.Opens {
			sentences++
		}
		w := t.Lower
		switch k := named[i]; {
		case k == 1:
			if i == from || named[i-1] != k {
				people++
			}
			w = "<p>"
		case k == 3:
			if i == from || named[i-1] != k {
				bodies++
			}
			w = "<b>"
		case t.Class&gazetteer.Role != 0:
			w = "<r>"
		case t.Shape == text.NumberShape:
			w = "9"
		case t.Capital() && !t.Opens:
			w = "Xx"
		}
		if n := len(shape); n > 0 && shape[n-1] == w {
			continue
		}
		shape = append(shape, w)
	}
	if len(shape) <= 6 {
		b.Add(30, dir, strings.Join(shape, " "))
	}
	for i, w := range shape {
		b.Add(31, dir, w)
		if i > 0 {
			b.Add(32, dir, shape[i-1], w)
		}
	}
	if n := len(shape); n > 0 {
		b.Add(33, dir, shape[0])
		b.Add(34, dir, shape[n-1])
		if n > 1 {
			b.Add(35, dir, shape[0], shape[1])
			b.Add(36, dir, shape[n-2], shape[n-1])
		}
	} else {
		b.Add(33, dir, "nothing")
	}
	return people, bodies, sentences
}

// namesAt gives by token the kind of name that it is part of: 1 a person, 3 a body, 0 none.
func (v *view) namesAt(named []names.Found) []int8 {
	at := make([]int8, len(v.Toks))
	for _, f := range named {
		for i := f.From; i < f.To; i++ {
			at[i] = int8(f.Kind)
		}
	}
	return at
}

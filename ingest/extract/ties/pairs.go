package ties

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
)

// pair is a place where a person and a body stand near enough for one to be of the other.
type pair struct {
	person, body *names.Named
	p, b         names.Found
	how          string // where they stand to each other: "block", "fields", "row", "below", or how the body's sentence tells of the person
	run          int    // how many people stand in the run of names that the person is part of, 0 for none
	apart        int    // tokens between that run and the body, of one block
	distance     int    // in tokens, marks of a sentence's end counted more
	others       []pair // the further places in one block, nearest first
	subject      bool   // the sentence of the body tells of the person
	job          bool   // it says in plain words that they are of the body
}

const (
	pairReach = 60  // tokens between a person and a body that may still belong together
	crowded   = 200 // places of bodies in one block, or fields of a list: in what has more, only the near ones are looked at
	nearby    = 8   // fields of such a list
	runFar    = 8   // added to the distance of a body from a run of people, for each of them
	labelFar  = 6   // the distance of a label from those it stands before
)

// pairs lists the nearest such place of each person and body, by person and body in order of the page.
func (v *view) pairs(people, bodies []*names.Named, tell []telling) []pair {
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
		slices.SortStableFunc(list, func(x, y placed) int { return cmp.Compare(x.f.From, y.f.From) })
	}
	sorted := func(block int32) []placed { return atBlock[block] }
	fields := v.fields(func(block int) bool { return len(atBlock[int32(block)]) > 0 })
	homes := sync.OnceValue(func() []placed {
		all := v.homes(bodies)
		if len(people) > crowded { // no page has so many authors: the first bodies will do
			all = all[:min(len(all), nearby)]
		}
		return all
	})
	told := map[*names.Named][]telling{}
	for _, t := range tell {
		if t.who != nil && t.how != byName && len(atBlock[v.Toks[t.From].Block]) > 0 {
			told[t.who] = append(told[t.who], t)
		}
	}
	chief := v.chief(bodies)
	labels := v.labels(bodies)
	var out []pair
	for _, s := range people {
		best := map[*names.Named]pair{}
		try := func(f names.Found, o placed, how string, extra int) {
			d := o.f.From - f.To
			if o.f.From < f.From {
				d = f.From - o.f.To + 2
			}
			r := v.runs[f.From]
			apart := 0
			if r.people > 0 && v.Toks[o.f.From].Block == v.Toks[f.From].Block {
				apart = max(o.f.From-r.To, r.From-o.f.To, 0)
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
			this := pair{person: s, body: o.s, p: f, b: o.f, how: how, distance: d, run: r.people, apart: apart}
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
				if r := v.runs[f.From]; r.people > 0 && (o.f.To <= r.From || o.f.From >= r.To) {
					try(f, o, "run", max(o.f.From-r.To, r.From-o.f.To)+runFar)
				}
			}
			if o := v.partyOf(f, bodies); o != nil {
				try(f, *o, "party", 1)
			}
			if o := labelOf(labels[block], f); o != nil {
				try(f, *o, "label", labelFar)
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
		for _, t := range told[s] {
			at := names.Found{From: t.anchor.From, To: t.anchor.To}
			here := within(sorted(v.Toks[t.From].Block), t.From, t.To)
			for _, o := range here {
				if o.f.From >= at.To || o.f.To <= at.From {
					try(at, o, t.how, reach(at, o.f)+howFar[t.how])
				}
			}
		}
		for _, f := range s.Places {
			b := int(v.Toks[f.From].Block)
			switch {
			case v.leads(f):
				v.groupsOf(b, func(other int, how string, extra int) {
					for _, o := range atBlock[int32(other)] {
						try(f, o, how, extra)
					}
				})
				for _, o := range chief {
					try(f, o, "home", 50)
				}
			case v.inOffice(f):
				for _, o := range chief {
					try(f, o, "office", 55)
				}
			}
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
	if bl.Kind != ingest.FieldBlock || !authorKey(bl.Key) {
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
	if v.ownHost == "" {
		return false
	}
	own, ok := v.isOwn[o]
	if !ok {
		own = names.NamesHost(o.Name, v.ownHost)
		v.isOwn[o] = own
	}
	return own
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
		for i := block - 1; i >= max(0, block-pairReach) && v.Page.Blocks[i].Kind == ingest.CellBlock && v.Page.Blocks[i].List == bl.List &&
			v.Page.Blocks[i].Row == bl.Row; i-- {
			with(i, "row", 3)
		}
		for i := block + 1; i < min(len(v.Page.Blocks), block+pairReach) && v.Page.Blocks[i].Kind == ingest.CellBlock &&
			v.Page.Blocks[i].List == bl.List && v.Page.Blocks[i].Row == bl.Row; i++ {
			with(i, "row", 2)
		}
	case ingest.TitleBlock:
		if v.Page.Kind == ingest.PersonPage {
			for _, i := range beside(fields.bodies, block) {
				with(i, "field", 4)
			}
		}
	default:
		s := v.Blocks[block]
		// a name that is a heading or stands alone: the next block may tell of them
		if (bl.Kind == ingest.HeadingBlock || f.From <= s.From+1 && f.To >= s.To-1) && block+1 < len(v.Page.Blocks) {
			if o := &v.Page.Blocks[block+1]; o.Kind != ingest.HeadingBlock && o.Kind != ingest.FieldBlock {
				with(block+1, "below", 6)
			}
			// "Jane Roe", "Director", "Roe Institute", a heading each
			for b := block + 1; b < min(block+3, len(v.Blocks)) && bl.Kind == ingest.HeadingBlock && v.nobodyIn(b) &&
				v.Page.Blocks[b].Kind == ingest.HeadingBlock; b++ {
				with(b, "below", 6)
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

// nobodyIn reports whether a block names no person.
func (v *view) nobodyIn(block int) bool {
	for i := v.Blocks[block].From; i < v.Blocks[block].To; i++ {
		if v.ends[i+1] {
			return false
		}
	}
	return true
}

// howFar is added to the distance between the words that stand for a person and a body, for each way of telling of them.
var howFar = map[string]int{byPronoun: 2, byVoice: 2, byPlace: 10}

// reach is how far two places are apart, in tokens; what stands before is a little further.
func reach(p, b names.Found) int {
	if b.From < p.From {
		return min(p.From-b.To+2, pairReach/2)
	}
	return min(b.From-p.To, pairReach/2)
}

// leads reports whether a person's name opens a line that is about them.
func (v *view) leads(f names.Found) bool {
	s := v.Blocks[v.Toks[f.From].Block]
	switch v.Block(f.From).Kind {
	case ingest.ItemBlock, ingest.CellBlock, ingest.HeadingBlock:
		return true
	case ingest.ParagraphBlock:
		return v.opensLine(f) || f.From-s.From <= 1 && (v.Toks[f.From].Strong > 0 || f.To >= s.To-1 || s.To-s.From < 20) ||
			s.To-s.From < 200 && strings.Count(v.Page.Text[v.Toks[s.From].Start:v.Toks[s.To-1].End], ",") > 3
	}
	return false
}

// groupsOf calls with the blocks that may name the group whose people a list gives.
func (v *view) groupsOf(block int, with func(other int, how string, extra int)) {
	bl := &v.Page.Blocks[block]
	if bl.LeadIn >= 0 {
		with(bl.LeadIn, "group", 32)
	}
	for h, up := bl.Heading, 0; h >= 0 && up < 3; h, up = v.Page.Blocks[h].Heading, up+1 {
		if h != bl.LeadIn {
			with(h, "group", 34+4*up)
		}
		if h == v.Page.Blocks[h].Heading {
			break
		}
	}
	if bl.Kind == ingest.CellBlock {
		if c := v.ColumnHead(int32(block)); c >= 0 {
			with(c, "group", 36)
		}
	}
}

// chief are the bodies that the page is about: the site's own, those of its title and first headings, the one that it names most, and
// the first of its text.
func (v *view) chief(bodies []*names.Named) []placed {
	most := 1
	for _, o := range bodies {
		most = max(most, len(o.Places))
	}
	first := (*names.Named)(nil)
	at := len(v.Toks)
	for _, o := range bodies {
		for _, f := range o.Places {
			if k := v.Kind(f.From); k == ingest.ParagraphBlock && f.From < at {
				first, at = o, f.From
			}
		}
	}
	var out []placed
	for _, o := range bodies {
		for _, f := range o.Places {
			if bl := v.Block(f.From); bl.Kind == ingest.TitleBlock || bl.Kind == ingest.HeadingBlock && bl.Level == 1 ||
				len(o.Places) == most && most > 1 || v.own(o) || o == first && f.From == at {
				out = append(out, placed{o, f})
				break
			}
		}
		if len(out) == 5 {
			break
		}
	}
	return out
}

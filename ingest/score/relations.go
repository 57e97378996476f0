package score

import (
	"fmt"
	"sort"
	"strings"

	"rapporteur/ingest"
)

// wanted is an annotated affiliation.
type wanted struct {
	person   int
	name     string
	forms    set
	role     string
	former   *bool
	optional bool
	taken    bool
}

func markAffiliations(g *Page, r *ingest.Record, personOf map[int]int) (aff, roles, former *tally) {
	aff, roles, former = &tally{}, &tally{}, &tally{}
	orgForms := map[string]set{}
	for i := range g.Organisations {
		orgForms[Fold(g.Organisations[i].Name)] = g.Organisations[i].forms()
	}
	predForms := map[string]set{}
	for i := range r.Organisations {
		fs := formsOf(&r.Organisations[i])
		for f := range fs {
			if predForms[f] == nil {
				predForms[f] = set{}
			}
			for x := range fs {
				predForms[f][x] = true
			}
		}
	}
	var want []*wanted
	at := map[string]*wanted{}
	for i, p := range g.People {
		for _, a := range p.Affiliations {
			name := Fold(a.Organisation)
			fs := orgForms[name]
			if fs == nil {
				fs = set{name: true}
			}
			key := fmt.Sprint(i, " ", name)
			if w := at[key]; w != nil { // the last one stands
				w.role, w.former, w.optional = a.Role, a.Former, p.Optional
				continue
			}
			w := &wanted{person: i, name: a.Organisation, forms: fs, role: a.Role, former: a.Former, optional: p.Optional}
			at[key] = w
			want = append(want, w)
		}
	}
	for _, w := range want {
		if !w.optional {
			aff.gold++
		}
	}
	for j := range r.People {
		p := &r.People[j]
		i, ok := personOf[j]
		for n, a := range p.Affiliations {
			body := r.NameOf(a.Organisation)
			name := Fold(body)
			fs := set{name: true}
			for f := range predForms[name] {
				fs[f] = true
			}
			var hit *wanted
			again := ok && g.People[i].Optional
			for _, w := range want {
				if !ok || w.person != i || w.forms.shared(fs) == 0 {
					continue
				}
				if w.taken {
					again = true
				} else if hit == nil {
					hit = w
				}
			}
			if hit == nil {
				if !again {
					aff.mark(j, n, false)
					aff.pred++
					aff.err(p.Name + " @ " + body)
				}
				continue
			}
			hit.taken = true
			if hit.optional {
				continue
			}
			aff.mark(j, n, true)
			aff.pred++
			aff.hitP++
			aff.hitR++
			markFormer(former, hit.former, a.Former, p.Name+" @ "+body)
			markRole(roles, hit.role, a.Role)
		}
	}
	for _, w := range want {
		if !w.taken && !w.optional {
			aff.miss(g.People[w.person].Name + " @ " + w.name)
		}
	}
	return aff, roles, former
}

func markFormer(t *tally, want *bool, have bool, said string) {
	if want == nil {
		return
	}
	if *want {
		t.gold++
	}
	if have {
		t.pred++
	}
	switch {
	case *want && have:
		t.hitP++
		t.hitR++
	case *want:
		t.miss(said)
	case have:
		t.err(said)
	}
}

func markRole(t *tally, want, have string) {
	switch {
	case want != "" && have != "":
		t.gold++
		t.pred++
		if dice(want, have) >= 0.8 {
			t.hitP++
			t.hitR++
		} else {
			t.err(fmt.Sprintf("%q for %q", have, want))
		}
	case want != "":
		t.gold++
		t.miss(want)
	case have != "":
		t.pred++
		t.err(fmt.Sprintf("%q for none", have))
	}
}

func markRecommendations(g *Page, r *ingest.Record) (recs, asks, by, to *tally) {
	recs, asks, by, to = &tally{}, &tally{}, &tally{}, &tally{}
	type option struct {
		d    float64
		i, j int
	}
	var options []option
	for i := range g.Recommendations {
		for j := range r.Recommendations {
			if d := dice(g.Recommendations[i].Text, r.Recommendations[j].Text); d >= 0.7 {
				options = append(options, option{d, i, j})
			}
		}
	}
	sort.Slice(options, func(x, y int) bool {
		a, b := options[x], options[y]
		if a.d != b.d {
			return a.d > b.d
		}
		if a.i != b.i {
			return a.i < b.i
		}
		return a.j < b.j
	})
	recOf, used := map[int]int{}, map[int]bool{}
	for _, o := range options {
		if _, done := recOf[o.j]; !done && !used[o.i] {
			recOf[o.j] = o.i
			used[o.i] = true
		}
	}
	for i, x := range g.Recommendations {
		if x.Tier != "core" {
			continue
		}
		recs.gold++
		if used[i] {
			recs.hitR++
		} else {
			recs.miss(x.Text)
		}
	}
	recs.pred, recs.hitP = len(r.Recommendations), len(recOf)
	asks.gold, asks.hitR, asks.missed = recs.gold, recs.hitR, recs.missed
	names := map[string]set{}
	for i := range g.People {
		names[Fold(g.People[i].Name)] = g.People[i].forms()
	}
	for i := range g.Organisations {
		names[Fold(g.Organisations[i].Name)] = g.Organisations[i].forms()
	}
	for j := range r.Recommendations {
		i, ok := recOf[j]
		if !ok {
			recs.err(r.Recommendations[j].Text)
			asks.err(r.Recommendations[j].Text)
			asks.pred++
			asks.mark(j, j, false)
			continue
		}
		if g.Recommendations[i].Tier == "core" {
			asks.pred++
			asks.hitP++
			asks.mark(j, j, true)
			markAddressee(to, &g.Recommendations[i], r.Recommendations[j].To)
		}
		want, have := g.Recommendations[i].By, r.NameOf(r.Recommendations[j].By)
		fs := names[Fold(want)]
		if fs == nil {
			fs = set{Fold(want): true}
		}
		right := want != "" && have != "" && fs[Fold(have)]
		if want != "" {
			by.gold++
		}
		if have != "" {
			by.pred++
		}
		switch {
		case right:
			by.hitP++
			by.hitR++
		case have != "":
			by.err(fmt.Sprintf("%q for %q", have, want))
		case want != "":
			by.miss(want)
		}
	}
	return recs, asks, by, to
}

// markAddressee says whether what is asked is said to be asked of the right one.
func markAddressee(t *tally, g *Recommendation, have string) {
	if !g.told {
		return
	}
	want := ""
	if g.To != nil {
		want = *g.To
	}
	if want != "" {
		t.gold++
	}
	if have != "" {
		t.pred++
	}
	switch {
	case want != "" && have != "" && (dice(want, have) >= 0.6 || strings.Contains(Fold(have), Fold(want))):
		t.hitP++
		t.hitR++
	case have != "":
		t.err(fmt.Sprintf("%q for %q", have, want))
	case want != "":
		t.miss(want)
	}
}

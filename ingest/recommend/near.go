package recommend

// level names how sure a mean probability is, coarsely.
func level(sum float64, n int) string {
	if n == 0 {
		return "none"
	}
	for _, l := range []struct {
		to   float64
		name string
	}{{.03, "0"}, {.08, "1"}, {.15, "2"}, {.25, "3"}, {.4, "4"}, {.6, "5"}, {.8, "6"}} {
		if sum/float64(n) < l.to {
			return l.name
		}
	}
	return "7"
}

// mean is a sum of probabilities and their number.
type mean struct {
	sum float64
	n   int
}

// without is the mean of the others.
func (m mean) without(p float64) string { return level(m.sum-p, m.n-1) }

// rest is the mean of the others as a number, -1 if there are none.
func (m mean) rest(p float64) float64 {
	if m.n < 2 {
		return -1
	}
	return (m.sum - p) / float64(m.n-1)
}

// nearness is how likely the candidates are that stand together, by the first reading.
type nearness struct {
	page     mean
	sections map[int]mean // by heading
	lists    map[int]mean
}

func (v *view) nearness(first []float64) *nearness {
	near := &nearness{sections: map[int]mean{}, lists: map[int]mean{}}
	for i, c := range v.candidates {
		b := v.page.Blocks[c.block]
		near.page = mean{near.page.sum + first[i], near.page.n + 1}
		s := near.sections[b.Heading]
		near.sections[b.Heading] = mean{s.sum + first[i], s.n + 1}
		list := v.outermost(b)
		l := near.lists[list]
		near.lists[list] = mean{l.sum + first[i], l.n + 1}
	}
	return near
}

// observe adds to the features of every candidate how likely its neighbours are by the first reading: those of its block,
// list, section and page, and what stands above it.
func (v *view) observe(all []features, first []float64) *nearness {
	near := v.nearness(first)
	for i, c := range v.candidates {
		fs := observed{all[i], v.trace}
		b := v.page.Blocks[c.block]
		kind := string(b.Kind)
		fs.add("near page", near.page.without(first[i]))
		fs.add("near section", near.sections[b.Heading].without(first[i]))
		if list := v.outermost(b); list > 0 {
			fs.add("near list", near.lists[list].without(first[i]), kind)
		}
		if i > 0 {
			fs.add("near before", level(first[i-1], 1))
		}
		if i+1 < len(first) {
			fs.add("near after", level(first[i+1], 1))
		}
		for _, up := range []struct {
			name  string
			block int
		}{{"lead-in", b.LeadIn}, {"parent", b.Parent}, {"heading", b.Heading}} {
			if up.block >= 0 && len(v.of[up.block]) > 0 {
				of := v.of[up.block]
				fs.add("near", up.name, level(first[of[len(of)-1]], 1), kind)
			}
		}
		fs.add("self", level(first[i], 1))
		all[i] = fs.features
	}
	return near
}

package recommend

import (
	"math"
	"slices"
	"strings"

	"rapporteur/ingest"
)

// numbers describe a candidate to the trees, in the order of Numbers. The trees see what a sum of weights cannot: that a modal weighs
// less in a diary, or a command more in a list of commands. The first are the log odds that the models of words give.
type numbers []float32

// Numbers of each sort.
var (
	numberedGenres = []ingest.Genre{ingest.EventGenre, ingest.PostGenre, ingest.DiaryGenre, ingest.DigestGenre, ingest.ProfileGenre,
		ingest.MinutesGenre, ingest.ReportGenre, ingest.ResourceGenre, ingest.OtherGenre}
	numberedKinds = []ingest.BlockKind{ingest.ParagraphBlock, ingest.ItemBlock, ingest.HeadingBlock, ingest.QuoteBlock, ingest.CellBlock,
		ingest.FieldBlock}
)

func (n *numbers) add(values ...float64) {
	for _, v := range values {
		*n = append(*n, float32(v))
	}
}

func (n *numbers) yes(values ...bool) {
	for _, v := range values {
		if v {
			*n = append(*n, 1)
		} else {
			*n = append(*n, 0)
		}
	}
}

// logOdds of a probability, within bounds.
func logOdds(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}

// genreAt is where the numbers begin that tell the genre.
const genreAt = 2

// numbers describes candidate i. first and second are the probabilities of all candidates by the two models; near says how likely
// the neighbours are by the first.
func (f *Finder) numbers(v *view, i int, first []float64, second float64, near *nearness) numbers {
	c := &v.candidates[i]
	b := v.page.Blocks[c.block]
	n := make(numbers, 0, len(Numbers))
	n.add(logOdds(first[i]), logOdds(second))
	for _, g := range numberedGenres {
		n.yes(v.page.Genre == g)
	}
	n.yes(v.page.Kind == ingest.EventPage, v.minutes, v.howTo, v.diary)
	for _, k := range numberedKinds {
		n.yes(b.Kind == k)
	}
	for k := range classes {
		n.yes(c.cues&(1<<k) != 0)
	}
	signs := f.signs(v, c, b)
	for _, s := range signNames {
		n.yes(slices.Contains(signs, s))
	}
	n.add(float64(len(signs)), float64(len(c.words)), float64(c.nth), float64(c.of))
	n.add(float64(c.block)/float64(len(v.page.Blocks)), float64(b.Index))
	n.add(v.subject(f, c)...)
	text := strings.TrimRight(c.In(v.page.Text), `"'”’)]* `)
	n.yes(strings.HasSuffix(text, "?"), strings.HasSuffix(text, ":"), strings.HasSuffix(text, "."), strings.ContainsAny(text, "\"“”‘"))
	n.yes(v.startsWithName(*c), v.linked(c))
	page, section, list := v.whole, v.sections[b.Heading], v.lists[v.outermost(b)]
	for _, t := range []tally{page, section, list} {
		all := max(float64(t.all), 1)
		n.add(float64(t.strong)/all, float64(t.imperative)/all, float64(t.past)/all, float64(t.me)/all, float64(t.names)/all)
	}
	n.add(near.page.rest(first[i]), near.sections[b.Heading].rest(first[i]))
	if list := v.outermost(b); list > 0 {
		n.add(near.lists[list].rest(first[i]))
	} else {
		n.add(-1)
	}
	for _, k := range []int{i - 2, i - 1, i + 1, i + 2} {
		if k >= 0 && k < len(first) {
			n.add(first[k])
		} else {
			n.add(-1)
		}
	}
	for _, up := range []int{b.LeadIn, b.Parent, b.Heading} {
		if up < 0 {
			n.add(-1, 0, 0, 0)
			continue
		}
		likely := -0.5
		found := v.cues[up]
		if of := v.of[up]; len(of) > 0 {
			likely = first[of[len(of)-1]]
			found = v.candidates[of[len(of)-1]].cues
		}
		n.add(likely)
		n.yes(found&(must|should|need|ask) != 0, found&(point|vital|wish) != 0, found&(will|say|discuss) != 0)
	}
	return n
}

// subject says who is told, before the first modal of a candidate: nobody, the writer, us, the reader, them, a body or office,
// somebody named, anything else; and whether the passive follows.
func (v *view) subject(f *Finder, c *candidate) []float64 {
	out := make([]float64, 9)
	for i := range c.words {
		found, n := f.cues.at(c.words, i)
		if found&(must|should|need) == 0 {
			continue
		}
		if i == 0 {
			out[0] = 1
			return out
		}
		left, _ := f.cues.at(c.words, i-1)
		switch {
		case left&me != 0:
			out[1] = 1
		case left&we != 0:
			out[2] = 1
		case left&you != 0:
			out[3] = 1
		case left&(they|heshe) != 0:
			out[4] = 1
		case f.canAct(v, c.words, i-1):
			out[5] = 1
		case c.words[i-1].upper:
			out[6] = 1
		default:
			out[7] = 1
		}
		if i+n < len(c.words) && c.words[i+n].form == "be" {
			out[8] = 1
		}
		return out
	}
	return out
}

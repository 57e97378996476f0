// Command tune sets the weights of package relate, and shows what they bring.
//
//	go run ./search/relate/tune [-fit] SITE[=TRUTH]...
//
// SITE is a folder of pages. Its own links are the truth: they and their words are hidden after the site has been read.
// With TRUTH, it is a folder from which the links among its pages have been cut, and TRUTH has lines "page TAB other TAB
// kinds", page and other being paths in SITE and kinds holding L for a link that was cut and P for a project that both state.
// Half of the pages, by a hash of their paths, are for development; the others are held out. The measure is nDCG@10,
// with links alone and with links and projects as the truth.
//
// With -fit the weights climb from where they are, one signal at a time, on the development half; what comes out
// is printed as Go for weights.go, and then what each signal is worth: the measure without it.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"log"
	"math"
	"os"
	"path/filepath"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/pipeline"
	"rapporteur/search/relate"
)

func main() {
	log.SetFlags(0)
	fit := flag.Bool("fit", false, "search for better weights")
	flag.Parse()
	if flag.NArg() == 0 {
		log.Fatal("usage: tune [-fit] SITE[=TRUTH]...")
	}
	var all benches
	for _, arg := range flag.Args() {
		site, truth, _ := strings.Cut(arg, "=")
		b, err := newBench(context.Background(), site, truth)
		if err != nil {
			log.Fatal(err)
		}
		all = append(all, b)
	}
	all.show("weights.go", relate.Tuned)
	if !*fit {
		return
	}
	w := all.climb()
	all.show("fitted", w)
	printWeights(w)
	for i, name := range relate.SignalNames {
		if v := w; w.Signals[i] != 0 {
			v.Signals[i] = 0
			fmt.Printf("%.4f without %s\n", all.goal(v)-all.goal(w), name)
		}
	}
	without := w
	without.Vouch = 0
	fmt.Printf("%.4f without vouching\n", all.goal(without)-all.goal(w))
}

// bench holds the pairs of a site's pages, and which of them belong together.
type bench struct {
	site        string
	pairs       [][]relate.Pair
	links       []map[int]bool // truth, by page
	all         []map[int]bool // with projects
	development []bool
}

func newBench(ctx context.Context, folder, truth string) (*bench, error) {
	site, err := pipeline.Run(ctx, os.DirFS(folder), pipeline.Options{})
	if err != nil {
		return nil, err
	}
	n := len(site.Records)
	b := &bench{site: filepath.Base(folder), pairs: make([][]relate.Pair, n), links: make([]map[int]bool, n), all: make([]map[int]bool, n),
		development: make([]bool, n)}
	turned := inversion.Of(site)
	number := turned.Page
	for i, r := range site.Records {
		b.links[i], b.all[i] = map[int]bool{}, map[int]bool{}
		h := fnv.New32a()
		h.Write([]byte(r.Path))
		b.development[i] = h.Sum32()>>7&1 == 0
	}
	if truth == "" {
		b.hideLinks(site.Records, number)
	} else if err := b.read(truth, number); err != nil {
		return nil, err
	}
	analyzer, err := index.NewAnalyzer("en")
	if err != nil {
		return nil, err
	}
	m := relate.NewModel(turned, analyzer.Terms)
	for i := range site.Records {
		b.pairs[i] = m.Pairs(i)
	}
	return b, nil
}

// hideLinks takes the links among the pages for the truth, and makes blanks of their words.
func (b *bench) hideLinks(records []*ingest.Record, number map[string]int) {
	for i, r := range records {
		text := []byte(r.Text)
		for _, l := range r.Links {
			other, ok := number[l.Page]
			if !ok || other == i {
				continue
			}
			for k := l.Start; k < l.End; k++ {
				text[k] = ' '
			}
			for _, truth := range [][]map[int]bool{b.links, b.all} {
				truth[i][other], truth[other][i] = true, true
			}
		}
		r.Text, r.Links = string(text), nil
	}
}

func (b *bench) read(truth string, number map[string]int) error {
	f, err := os.Open(truth)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for line := 1; lines.Scan(); line++ {
		c := strings.Split(lines.Text(), "\t")
		if len(c) != 3 {
			return fmt.Errorf("%s:%d: %d columns, want page, other and kinds", truth, line, len(c))
		}
		p, okP := number[c[0]]
		q, okQ := number[c[1]]
		if !okP || !okQ {
			return fmt.Errorf("%s:%d: %s or %s is not a page of the site", truth, line, c[0], c[1])
		}
		b.all[p][q], b.all[q][p] = true, true
		if strings.Contains(c[2], "L") {
			b.links[p][q], b.links[q][p] = true, true
		}
	}
	return lines.Err()
}

// ndcg is the mean nDCG@10 over the pages that have a truth and are wanted.
func ndcg(lists [][]int, truth []map[int]bool, wanted func(page int) bool) float64 {
	sum, n := 0.0, 0.0
	for i, t := range truth {
		if len(t) == 0 || !wanted(i) {
			continue
		}
		ideal, got := 0.0, 0.0
		for k := range min(10, len(t)) {
			ideal += 1 / math.Log2(float64(k+2))
		}
		for k, other := range lists[i][:min(10, len(lists[i]))] {
			if t[other] {
				got += 1 / math.Log2(float64(k+2))
			}
		}
		sum += got / ideal
		n++
	}
	return sum / max(1, n)
}

// benches are the sites that weights are tried on.
type benches []*bench

func (bs benches) show(name string, w relate.Weights) {
	fmt.Println(name)
	for _, b := range bs {
		b.show(w)
	}
}

func (b *bench) show(w relate.Weights) {
	lists := relate.Rank(b.pairs, w)
	fmt.Printf("  %-16s", b.site)
	for _, half := range []struct {
		name   string
		wanted func(int) bool
	}{
		{"development", func(i int) bool { return b.development[i] }},
		{"held out", func(i int) bool { return !b.development[i] }},
		{"all", func(i int) bool { return true }},
	} {
		fmt.Printf("  %s %.3f %.3f", half.name, ndcg(lists, b.links, half.wanted), ndcg(lists, b.all, half.wanted))
	}
	fmt.Println()
}

// goal is what climbing raises: both measures on the development halves, less a little for weight that brings nothing.
func (bs benches) goal(w relate.Weights) float64 {
	sum := 0.0
	for _, b := range bs {
		lists := relate.Rank(b.pairs, w)
		on := func(i int) bool { return b.development[i] }
		sum += ndcg(lists, b.links, on) + ndcg(lists, b.all, on)
	}
	size := 0.0
	for _, v := range w.Signals {
		size += math.Abs(v)
	}
	return sum/float64(len(bs)) - .002*size
}

// climb raises the goal one weight at a time, in ever smaller steps. The first signal keeps its weight: it is the unit.
func (bs benches) climb() relate.Weights {
	w := relate.Tuned
	best := bs.goal(w)
	try := func(change func(*relate.Weights)) bool {
		v := w
		change(&v)
		if g := bs.goal(v); g > best+1e-5 {
			w, best = v, g
			return true
		}
		return false
	}
	for _, step := range []float64{.4, .2, .1, .05} {
		for range 3 {
			moved := false
			for i, name := range relate.SignalNames {
				for _, d := range []float64{step, -step} {
					mayFall := strings.HasPrefix(name, "to") && name != "topics"
					for i > 0 && (mayFall || w.Signals[i]+d > -1e-9) && try(func(v *relate.Weights) { v.Signals[i] += d }) {
						moved = true
					}
				}
			}
			for _, d := range []float64{4 * step, -4 * step} {
				for w.Vouch+d > -1e-9 && try(func(v *relate.Weights) { v.Vouch += d }) {
					moved = true
				}
			}
			if !moved {
				break
			}
		}
		bs.show(fmt.Sprintf("after steps of %.2f", step), w)
	}
	return w
}

func printWeights(w relate.Weights) {
	fmt.Print("\tSignals: [signals]float64{")
	for i, v := range w.Signals {
		if math.Abs(v) > 1e-9 {
			fmt.Printf("%s: %.2f, ", relate.SignalNames[i], v)
		}
	}
	fmt.Printf("},\n\tVouch: %.2f,\n", w.Vouch)
}

// Missed lists the bodies, ties and speakers that models of the other folds miss or make up on annotated pages, each with why, as lines of
// values parted by tabs: a help for those who work on ties. The held fold is left out.
//
//	go run ./ingest/training/missed -keep DIR
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/score"
	"rapporteur/ingest/training/learn"
	"rapporteur/ingest/training/material"
)

func main() {
	shared := flag.String("shared", "../shared", "folder with data, gold and corpus")
	keep := flag.String("keep", "", "folder that keeps the name models of the folds")
	flag.Parse()
	if err := run(context.Background(), *shared, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "missed:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, shared, keep string) error {
	m, crossed, err := learn.Read(ctx, shared, keep)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for k := range material.Held {
		models := crossed.Classifiers(k)
		models.Names = crossed.Names[k]
		x := extract.With(models, m.Tables)
		for _, a := range m.Pages {
			if a.Fold == k && !a.Invented {
				list(w, a, x)
			}
		}
	}
	return nil
}

// list writes what was missed and made up on a page.
func list(w *bufio.Writer, a *material.Page, x *extract.Extractor) {
	r := x.Draft(a.Page)
	truth := a.Truth()
	said := map[string]extract.Explanation{}
	for _, e := range x.Explain(a.Page, "") {
		if e.What == "tie" || e.What == "part" {
			said[e.Text] = e
		}
	}
	who := map[int]*ingest.Participant{}
	for i := range r.People {
		p := &r.People[i]
		if n := truth.Person(forms(&p.Reference)); n >= 0 {
			who[n] = p
		}
	}
	line := func(what, why, about, quote string) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			what, a.Group[:4], a.Gold.Genre, a.Page.Genre, a.Name, why, about, fold.Space(quote))
	}
	for n, p := range who {
		if e, ok := said[p.Name]; ok && e.What == "part" {
			right := "wrong"
			if a.Gold.People[n].Speaker {
				right = "right"
			}
			line("part "+right, fmt.Sprintf("%.3f %v %s", e.Chance, p.Speaker, p.Rule), p.Name, "")
		}
		for i := range r.Organisations {
			o := &r.Organisations[i]
			if e, ok := said[p.Name+" and "+o.Name]; ok && !strings.HasPrefix(e.Said, "no tie:") {
				right := "wrong"
				if truth.Affiliated(n, forms(o)) {
					right = "right"
				}
				line("pair "+right, fmt.Sprintf("%.3f %s", e.Chance, e.Rule), e.Text, "")
			}
		}
	}
	bodies(a, x, r, line)
	for n := range a.Gold.People {
		g := &a.Gold.People[n]
		if g.Optional {
			continue
		}
		p := who[n]
		if g.Speaker && (p == nil || !p.Speaker) {
			why := "no person"
			if p != nil {
				e := said[p.Name]
				why = fmt.Sprintf("chance %.2f %s", e.Chance, e.Rule)
			}
			line("speaker missed", why, g.Name, around(a.Page, g.Name))
		}
		if p != nil && p.Speaker && !g.Speaker {
			line("speaker false", fmt.Sprintf("chance %.2f %s", p.Sure, p.Rule), g.Name, p.Evidence.In(a.Page.Text))
		}
		for i := range g.Affiliations {
			af := &g.Affiliations[i]
			about := g.Name + " @ " + af.Organisation
			at := joint(a.Page, append([]string{g.Name}, g.Mentions...), append([]string{af.Organisation}, mentions(a, af.Organisation)...))
			var body *ingest.Reference
			for j := range r.Organisations {
				if is(a, af.Organisation, forms(&r.Organisations[j])) {
					body = &r.Organisations[j]
				}
			}
			switch {
			case p == nil:
				line("tie missed", "no person", about, at)
			case body == nil:
				line("tie missed", "no body", about, at)
			default:
				if slices.ContainsFunc(p.Affiliations, func(f ingest.Affiliation) bool {
					return is(a, af.Organisation, forms(r.Reference(f.Organisation)))
				}) {
					continue
				}
				e, ok := said[p.Name+" and "+body.Name]
				why := "no pair"
				if ok {
					why = fmt.Sprintf("%s %.2f %s", e.Said, e.Chance, e.Rule)
				}
				line("tie missed", why, about, at)
			}
		}
		if p == nil {
			continue
		}
		for _, f := range p.Affiliations {
			if !truth.Affiliated(n, forms(r.Reference(f.Organisation))) {
				line("tie false", fmt.Sprintf("%.2f %s", f.Confidence, f.Rule), p.Name+" @ "+r.NameOf(f.Organisation), f.In(a.Page.Text))
			}
		}
	}
}

// bodies writes which bodies of a page were missed, with the chance that its words had, and which were made up.
func bodies(a *material.Page, x *extract.Extractor, r *ingest.Record, line func(what, why, about, quote string)) {
	chances := x.BodyChances(a.Page)
	for i := range a.Gold.Organisations {
		g := &a.Gold.Organisations[i]
		if g.Optional || slices.ContainsFunc(r.Organisations, func(o ingest.Reference) bool { return is(a, g.Name, forms(&o)) }) {
			continue
		}
		why := "no candidate"
		if c, ok := chances[fold.Name(g.Name)]; ok {
			why = fmt.Sprintf("chance %.2f", c)
		}
		for _, o := range r.Organisations {
			if strings.Contains(fold.Name(o.Name), fold.Name(g.Name)) || strings.Contains(fold.Name(g.Name), fold.Name(o.Name)) {
				why += ", found as " + o.Name
			}
		}
		line("body missed", why, g.Name, around(a.Page, g.Name))
	}
	for i := range r.Organisations {
		o := &r.Organisations[i]
		if !slices.ContainsFunc(a.Gold.Organisations, func(g score.Entity) bool { return is(a, g.Name, forms(o)) }) {
			line("body false", fmt.Sprintf("%.2f %s", o.Confidence, o.Mentions[0].Rule), o.Name, around(a.Page, o.Name))
		}
	}
}

func forms(r *ingest.Reference) []string {
	out := []string{r.Name}
	for _, m := range r.Mentions {
		out = append(out, m.Text)
	}
	return out
}

// mentions are the forms in which the annotation has a body.
func mentions(a *material.Page, body string) []string {
	for i := range a.Gold.Organisations {
		if o := &a.Gold.Organisations[i]; score.Fold(o.Name) == score.Fold(body) {
			return append([]string{o.Name}, o.Mentions...)
		}
	}
	return nil
}

// is reports whether these are names of the annotated body.
func is(a *material.Page, body string, names []string) bool {
	for _, m := range append(mentions(a, body), body) {
		if slices.ContainsFunc(names, func(n string) bool { return score.Fold(n) == score.Fold(m) }) {
			return true
		}
	}
	return false
}

// joint is the nearest place where one of the first and one of the second words stand, with the kinds of their blocks.
func joint(p *ingest.Page, first, second []string) string {
	best := []int{1 << 30, 0, 0}
	for _, a := range first {
		for i := strings.Index(p.Text, a); i >= 0 && a != ""; {
			for _, b := range second {
				for j := strings.Index(p.Text, b); j >= 0 && b != ""; {
					if d := max(i-j, j-i); d < best[0] {
						best = []int{d, i, j}
					}
					n := strings.Index(p.Text[j+1:], b)
					if n < 0 {
						break
					}
					j += n + 1
				}
			}
			n := strings.Index(p.Text[i+1:], a)
			if n < 0 {
				break
			}
			i += n + 1
		}
	}
	if best[0] == 1<<30 {
		return "not found in the text"
	}
	x, y := blockAt(p, best[1]), blockAt(p, best[2])
	lo, hi := min(best[1], best[2]), max(best[1], best[2])
	if hi-lo > 300 {
		return fmt.Sprintf("[%s %s, %d bytes, %d blocks] %s ... %s",
			x, y, hi-lo, between(p, lo, hi), cut(p.Text, lo-60, lo+90), cut(p.Text, hi-60, hi+90))
	}
	return fmt.Sprintf("[%s %s, %d blocks] %s", x, y, between(p, lo, hi), cut(p.Text, lo-100, hi+110))
}

func around(p *ingest.Page, name string) string {
	i := strings.Index(p.Text, name)
	if i < 0 {
		return ""
	}
	return "[" + blockAt(p, i) + "] " + cut(p.Text, i-150, i+150)
}

func cut(s string, from, to int) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s[max(0, from):min(len(s), to)], ""), "\n", " / ")
}

func between(p *ingest.Page, lo, hi int) (n int) {
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Start > lo && b.Start <= hi {
			n++
		}
	}
	return n
}

func blockAt(p *ingest.Page, at int) string {
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Start <= at && at < b.End {
			return string(b.Kind) + " " + b.Key
		}
	}
	return "none"
}

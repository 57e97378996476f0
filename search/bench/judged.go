package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search"
	"rapporteur/search/answer"
)

// judgedQuery is a query with what people thought of pages for it: path -> grade, from 1 to 3; others are of no use.
type judgedQuery struct {
	text, kind string
	grades     map[string]int
}

// judged measures how well the pages come in order that judges like: the mean nDCG@10 of the queries of a folder, by kind of query and by
// halves, so that a setting can be chosen on one half and told by the other. The data folder holds the site that was judged.
func judged(ctx context.Context, folder, data string, each bool) (err error) {
	queries, err := readJudged(folder)
	if err != nil {
		return err
	}
	store, err := search.Open(data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	generation, release := store.Acquire()
	defer release()
	var all, first, second []float64
	byKind := map[string][]float64{}
	var order []string
	for i, q := range queries {
		found, err := generation.Search(ctx, answer.Request{
			Query: q.text, Filter: answer.Filter{Kinds: []kinds.Kind{kinds.Page}}, Limit: 10, NoFacets: true,
		})
		if err != nil {
			return fmt.Errorf("%q: %w", q.text, err)
		}
		var grades []int
		for _, h := range found.Hits {
			grades = append(grades, q.grades[h.Path])
		}
		value := ndcg(grades, q.grades)
		if each {
			fmt.Printf("%.3f  %v  %s\n", value, grades, q.text)
		}
		if byKind[q.kind] == nil {
			order = append(order, q.kind)
		}
		byKind[q.kind] = append(byKind[q.kind], value)
		all = append(all, value)
		if i%2 == 0 {
			first = append(first, value)
		} else {
			second = append(second, value)
		}
	}
	for _, kind := range order {
		fmt.Printf("%-20s %4d  %.4f\n", kind, len(byKind[kind]), average(byKind[kind]))
	}
	fmt.Printf("%-20s %4d  %.4f (odd %.4f, even %.4f)\n", "nDCG@10", len(all), average(all), average(first), average(second))
	return nil
}

// readJudged reads queries.tsv (name, query, kind) and qrels.tsv (name of the query, path of a page, grade). Queries that nobody judged are
// left out.
func readJudged(folder string) ([]*judgedQuery, error) {
	var list []*judgedQuery
	byName := map[string]*judgedQuery{}
	err := eachRow(filepath.Join(folder, "queries.tsv"), func(f []string) error {
		if len(f) < 2 {
			return errors.New("want a name, a query and its kind, with tabs between")
		}
		q := &judgedQuery{text: f[1], kind: "query", grades: map[string]int{}}
		if len(f) > 2 {
			q.kind = f[2]
		}
		byName[f[0]] = q
		list = append(list, q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(filepath.Join(folder, "qrels.tsv"), func(f []string) error {
		if len(f) < 3 || byName[f[0]] == nil {
			return errors.New("want the name of a query, a path and a grade, with tabs between")
		}
		grade, err := strconv.Atoi(f[2])
		byName[f[0]].grades[f[1]] = max(0, grade)
		return err
	})
	list = slices.DeleteFunc(list, func(q *judgedQuery) bool { return len(q.grades) == 0 })
	return list, err
}

func eachRow(path string, row func(fields []string) error) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			continue
		}
		if err := row(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return nil
}

// ndcg is the normalised discounted cumulative gain of the grades of a ranking, with gains 2^grade-1.
func ndcg(grades []int, judged map[string]int) float64 {
	gain := func(grades []int) float64 {
		sum := 0.0
		for i, g := range grades {
			sum += (math.Exp2(float64(g)) - 1) / math.Log2(float64(i)+2)
		}
		return sum
	}
	var ideal []int
	for _, g := range judged {
		ideal = append(ideal, g)
	}
	slices.SortFunc(ideal, func(a, b int) int { return cmp.Compare(b, a) })
	best := gain(ideal[:min(len(ideal), 10)])
	if best == 0 {
		return 0
	}
	return gain(grades) / best
}

func average(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / max(1, float64(len(values)))
}

// Command bench measures search over HTTP on a site multiplied to many pages, beside SQLite FTS5 on the same pages and
// queries in the same run:
//
//	go run -tags sqlite_fts5 ./search/bench -pages 14000 SITE
//
// SITE is read once; its pages are repeated, each time under other paths, until there are enough. Queries are of one to
// four words that stand near each other on a page, of which one in ten is misspelled and one in ten a phrase. Figures
// are wall times of the clients. The machine should do nothing else.
//
//	go run -tags sqlite_fts5 ./search/bench -scale 1000,3000,10000 -pagefind "npx --yes pagefind@1.6.0"
//
// measures instead how all stages grow on invented sites of these sizes, beside Pagefind and SQLite FTS5 on the same pages.
//
//	go run ./search/bench -judged testdata/queries DATA
//
// measures ranking: the folder holds queries and which pages people judged to answer them, DATA is what "rapporteur ingest" built of
// their site. Settings of ranking are chosen on the odd queries and told by the even ones.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"rapporteur/ingest/cputime"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"
	"rapporteur/ingest/pipeline"
	"rapporteur/search"
	"rapporteur/search/web"
)

func main() {
	pages := flag.Int("pages", 14000, "how many pages to have")
	queries := flag.Int("queries", 2000, "how many queries to ask, of each kind")
	clients := flag.Int("clients", 8, "clients that ask at the same time, in the second measurement")
	sizes := flag.String("scale", "", "measure how the program grows: numbers of pages, with commas between")
	pagefind := flag.String("pagefind", "pagefind", "the command that runs Pagefind, for -scale; left out if it cannot be run")
	stages := flag.String("stages", "", "of -scale: measure the stages of the site in a folder, as JSON")
	queriesOfJudges := flag.String("judged", "", "measure ranking by the judged queries in a folder")
	each := flag.Bool("each", false, "of -judged: print every query with the grades of its first ten pages")
	flag.Parse()
	if *queriesOfJudges != "" && flag.NArg() == 1 {
		if err := judged(context.Background(), *queriesOfJudges, flag.Arg(0), *each); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if *sizes != "" || *stages != "" {
		if err := scale(context.Background(), *sizes, *pagefind, *stages); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: bench [-pages N] [-queries N] [-clients N] SITE")
		os.Exit(2)
	}
	if err := run(context.Background(), flag.Arg(0), *pages, *queries, *clients); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, pages, queries, clients int) (err error) {
	site, err := pipeline.Run(ctx, os.DirFS(dir), pipeline.Options{})
	if err != nil {
		return fmt.Errorf("reading %s: %w", dir, err)
	}
	multiply(site, pages)
	asked := makeQueries(site, queries)
	temp, err := os.MkdirTemp("", "rapporteur-bench")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	start := time.Now()
	if _, err := search.Build(ctx, temp, site); err != nil {
		return err
	}
	fmt.Printf("%d pages, %d entities; generation built in %.1f s\n", len(site.Records), len(site.Entities), time.Since(start).Seconds())
	store, err := search.Open(temp)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := overHTTP(store, asked, clients); err != nil {
		return err
	}
	return beside(ctx, filepath.Join(temp, "fts5.db"), store, site, asked.three)
}

// multiply repeats the pages of a site until there are n. Recommendations and pages get IRIs of their own.
func multiply(site *ingest.Site, n int) {
	once := site.Records
	for round := 1; len(site.Records) < n; round++ {
		for _, r := range once[:min(len(once), n-len(site.Records))] {
			record := *r
			record.Page = &ingest.Page{
				Path: fmt.Sprintf("%03d/%s", round, r.Path), Kind: r.Kind, Collection: r.Collection, Title: r.Title, Date: r.Date, URL: r.URL,
				Lang: r.Lang, Categories: r.Categories, FrontMatter: r.FrontMatter, Text: r.Text, Blocks: r.Blocks, Links: r.Links, Hash: r.Hash,
			}
			record.IRI = ingest.IRI(fmt.Sprintf("%s-copy-%d", r.IRI, round))
			record.Recommendations = slices.Clone(r.Recommendations)
			for i := range record.Recommendations {
				rec := &record.Recommendations[i]
				rec.IRI = ingest.IRI(fmt.Sprintf("%s-copy-%d", rec.IRI, round))
			}
			site.Records = append(site.Records, &record)
		}
	}
}

// queriesOf holds what is asked over HTTP, and queries of exactly three words for the comparison.
type queriesOf struct{ mixed, three []string }

func makeQueries(site *ingest.Site, n int) queriesOf {
	random := rand.New(rand.NewPCG(1, 2))
	words := func(count int) []string {
		for {
			text := strings.FieldsFunc(site.Records[random.IntN(len(site.Records))].Text, func(r rune) bool {
				return r != '\'' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
			})
			if len(text) < 50 {
				continue
			}
			var out []string
			for at := random.IntN(len(text) - 20); at < len(text) && len(out) < count; at++ {
				if w := strings.ToLower(text[at]); len(w) > 3 && !strings.Contains(w, "'") {
					out = append(out, w)
				}
			}
			if len(out) == count {
				return out
			}
		}
	}
	var q queriesOf
	for i := range n {
		q.three = append(q.three, strings.Join(words(3), " "))
		mixed := words(1 + random.IntN(4))
		switch i % 10 {
		case 0:
			w := mixed[0]
			at := 1 + random.IntN(len(w)-2)
			mixed[0] = w[:at] + w[at+1:]
		case 1:
			mixed = []string{`"` + strings.Join(mixed[:min(2, len(mixed))], " ") + `"`}
		}
		q.mixed = append(q.mixed, strings.Join(mixed, " "))
	}
	return q
}

// overHTTP asks the API, as a program would: one client first, then several.
func overHTTP(store *search.Store, asked queriesOf, clients int) error {
	handler, err := web.New(func() (web.Generation, func()) { return store.Acquire() }, web.Options{})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler}
	go server.Serve(listener)
	defer server.Close()
	base := "http://" + listener.Addr().String() + "/api/v1/search?q="
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	for _, kind := range []struct {
		name    string
		queries []string
	}{{"mixed", asked.mixed}, {"three words", asked.three}} {
		times, spent := make([]time.Duration, 0, len(kind.queries)), make([]time.Duration, 0, len(kind.queries))
		for _, q := range kind.queries {
			start, before := time.Now(), cputime.Used()
			if err := ask(client, base, q); err != nil {
				return err
			}
			times, spent = append(times, time.Since(start)), append(spent, cputime.Used()-before)
		}
		fmt.Printf("HTTP, 1 client, %-12s %s; of processors, client and server: %s\n", kind.name+":", summary(times), summary(spent))
	}
	var group sync.WaitGroup
	failed := make(chan error, clients)
	start := time.Now()
	for c := range clients {
		group.Go(func() {
			for i := range asked.mixed {
				if err := ask(client, base, asked.mixed[(i+c*len(asked.mixed)/clients)%len(asked.mixed)]); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	group.Wait()
	took := time.Since(start)
	select {
	case err := <-failed:
		return err
	default:
	}
	fmt.Printf("HTTP, %d clients on %d processors: %.0f queries/s\n", clients, runtime.GOMAXPROCS(0),
		float64(clients*len(asked.mixed))/took.Seconds())
	return nil
}

// ask makes one request and reads the answer to its end.
func ask(client *http.Client, base, query string) (err error) {
	response, err := client.Get(base + url.QueryEscape(query))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK || !json.Valid(body) {
		return fmt.Errorf("the answer to %q: %s: %.200s", query, response.Status, body)
	}
	return nil
}

// inProcess asks a generation directly.
func inProcess(ctx context.Context, store *search.Store, queries []string) ([]time.Duration, error) {
	generation, release := store.Acquire()
	defer release()
	times := make([]time.Duration, 0, len(queries))
	for _, q := range queries {
		start := time.Now()
		_, err := generation.Search(ctx, answer.Request{Query: q, Filter: answer.Filter{Kinds: []kinds.Kind{kinds.Page}}, Limit: 10})
		if err != nil {
			return nil, err
		}
		times = append(times, time.Since(start))
	}
	return times, nil
}

func summary(times []time.Duration) string {
	p50, p99 := percentiles(times)
	return fmt.Sprintf("p50 %.2f ms, p99 %.2f ms", ms(p50), ms(p99))
}

func percentiles(times []time.Duration) (p50, p99 time.Duration) {
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"rapporteur/graph"
	"rapporteur/ingest/cputime"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/pipeline"
	"rapporteur/search"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
	"rapporteur/search/query"
	"rapporteur/search/store"
)

// measured is what was measured at one size: CPU seconds by stage, and the rest by name.
type measured struct {
	Pages  int
	Stages []amount
	Others []amount
}

type amount struct {
	Name  string
	Value float64
	Unit  string
}

func (m *measured) add(list *[]amount, name string, value float64, unit string) {
	*list = append(*list, amount{name, value, unit})
}

// scale measures sites of several sizes, one after the other, and prints a table: each figure, and the exponent by which it
// grew from the size before. With stages it measures those of one site, in a process of their own.
func scale(ctx context.Context, sizes, pagefind, stages string) error {
	if stages != "" {
		return measureStages(ctx, stages)
	}
	var all []*measured
	for _, word := range strings.Split(sizes, ",") {
		pages, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || pages < 1 {
			return fmt.Errorf("-scale: %q is no number of pages", word)
		}
		m, err := measureSize(ctx, pages, pagefind)
		if err != nil {
			return fmt.Errorf("%d pages: %w", pages, err)
		}
		all = append(all, m)
		printScale(all)
	}
	return nil
}

// measureSize invents a site, and measures the program and the others on it.
func measureSize(ctx context.Context, pages int, pagefind string) (m *measured, err error) {
	temp, err := os.MkdirTemp("", "rapporteur-scale")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	m = &measured{Pages: pages}
	site, plain, data := filepath.Join(temp, "site"), filepath.Join(temp, "html"), filepath.Join(temp, "data")
	text, err := write(site, plain, pages)
	if err != nil {
		return nil, err
	}
	out, err := exec.CommandContext(ctx, os.Args[0], "-stages", site).Output()
	if err != nil {
		return nil, fmt.Errorf("measure the stages: %w", err)
	}
	if err := json.Unmarshal(out, &m.Stages); err != nil {
		return nil, err
	}
	program := filepath.Join(temp, "rapporteur")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/rapporteur").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the program: %w: %s", err, out)
	}
	if err := m.run("ingest", exec.CommandContext(ctx, program, "ingest", site, "--data", data)); err != nil {
		return nil, err
	}
	size, err := sizeOf(filepath.Join(data, "generations"))
	if err != nil {
		return nil, err
	}
	m.add(&m.Others, "text", float64(text)/1e6, "MB")
	m.add(&m.Others, "generation / text", float64(size)/float64(text), "")
	if err := m.ask(ctx, data); err != nil {
		return nil, err
	}
	changed := filepath.Join(site, "_people", "changed.md")
	if err := os.WriteFile(changed, []byte("---\ntitle: A new page\n---\nThe tide gauge was read.\n"), 0o644); err != nil {
		return nil, err
	}
	if err := m.run("one page more", exec.CommandContext(ctx, program, "ingest", site, "--data", data)); err != nil {
		return nil, err
	}
	words := strings.Fields(pagefind)
	if _, err := exec.LookPath(words[0]); err != nil {
		fmt.Fprintln(os.Stderr, "Pagefind is left out:", err)
		return m, fts5(m, site, temp)
	}
	command := exec.CommandContext(ctx, words[0], append(words[1:], "--site", plain, "--output-path", filepath.Join(temp, "pagefind"))...)
	if err := m.run("Pagefind", command); err != nil {
		fmt.Fprintln(os.Stderr, "Pagefind is left out:", err)
	}
	return m, fts5(m, site, temp)
}

// write writes the files of an invented site, and its texts as HTML, and returns how many bytes the pages have.
func write(site, plain string, pages int) (text int, err error) {
	for path, source := range invent.Pages(pages, 1) {
		text += len(source)
		as := fmt.Sprintf("<html lang=en><title>%s</title><body><p>%s</p></body></html>", html.EscapeString(path),
			strings.ReplaceAll(html.EscapeString(source), "\n\n", "</p><p>"))
		for name, contents := range map[string]string{filepath.Join(site, path): source, filepath.Join(plain, path+".html"): as} {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				return 0, err
			}
			if err := os.WriteFile(name, []byte(contents), 0o644); err != nil {
				return 0, err
			}
		}
	}
	return text, nil
}

// run runs a program and notes its CPU and wall time, and the most memory that it held.
func (m *measured) run(name string, command *exec.Cmd) error {
	start := time.Now()
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %.300s", name, err, out)
	}
	state := command.ProcessState
	m.add(&m.Others, name+", CPU", (state.UserTime() + state.SystemTime()).Seconds(), "s")
	m.add(&m.Others, name+", time", time.Since(start).Seconds(), "s")
	if most := mostMemory(state); most > 0 {
		m.add(&m.Others, name+", memory", float64(most)/1e6, "MB")
	}
	return nil
}

// measureStages reads a site, writes the parts of a generation one after the other, and prints the CPU seconds of each as JSON.
func measureStages(ctx context.Context, dir string) (err error) {
	temp, err := os.MkdirTemp("", "rapporteur-stages")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	var stages []amount
	stage, before := "reading", cputime.Used().Seconds()
	begin := func(next string) {
		now := cputime.Used().Seconds()
		stages = append(stages, amount{stage, now - before, "s"})
		stage, before = next, now
	}
	site, err := pipeline.Run(ctx, os.DirFS(dir), pipeline.Options{Progress: func(next string, done, _ int) {
		if done == 0 && next != stage {
			begin(next)
		}
	}})
	if err != nil {
		return err
	}
	begin("digests")
	digests, err := store.DigestRecords(site)
	if err != nil {
		return err
	}
	begin("turning the site round")
	turned := inversion.Of(site)
	begin("graph")
	if err := graph.Create(temp, turned); err != nil {
		return err
	}
	begin("index")
	if err := query.WriteIndex(ctx, filepath.Join(temp, "index"), turned, ""); err != nil {
		return err
	}
	begin("related pages")
	related, err := derive.Related(turned)
	if err != nil {
		return err
	}
	begin("catalogue")
	derived := derive.Of(turned)
	derive.Catalogue(derived)
	parts := []string{derive.RecordPrefix, derive.TextPrefix, derive.RecommendationPrefix, derive.RelatedPrefix, derive.ProfilePrefix}
	for _, part := range parts {
		begin(strings.TrimSuffix(part, ":") + " documents")
		err := store.WriteDocuments(temp, func(yield func(store.Document) bool) {
			for d := range derived.Documents(digests, related) {
				if strings.HasPrefix(d.Key, part) && !yield(d) {
					return
				}
			}
		}, nil)
		if err != nil {
			return err
		}
	}
	begin("")
	return json.NewEncoder(os.Stdout).Encode(stages)
}

// ask opens a generation and asks it as visitors do.
func (m *measured) ask(ctx context.Context, data string) (err error) {
	start := time.Now()
	opened, err := search.Open(data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	g, release := opened.Acquire()
	defer release()
	m.add(&m.Others, "opening", ms(time.Since(start)), "ms")
	const asked = 200
	time50 := func(name string, ask func(i int) error) error {
		times := make([]time.Duration, 0, asked)
		for i := range asked {
			start := time.Now()
			if err := ask(i); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			times = append(times, time.Since(start))
		}
		p50, p99 := percentiles(times)
		m.add(&m.Others, name+", p50", ms(p50), "ms")
		m.add(&m.Others, name+", p99", ms(p99), "ms")
		return nil
	}
	words := strings.Fields("public data harbour council register contract library winter sensor review patient voters")
	err = time50("search", func(i int) error {
		_, err := g.Search(ctx, answer.Request{Query: words[i%len(words)] + " " + words[(i/len(words)+1+i)%len(words)], Limit: 10})
		return err
	})
	entities := g.Catalogue().Entities(kinds.Person)
	if err != nil || len(entities) == 0 {
		return err
	}
	return time50("profile", func(i int) error {
		_, err := g.Profile(ctx, entities[i*len(entities)/asked].ID)
		return err
	})
}

func sizeOf(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// printScale prints what was measured so far, a line for each figure.
func printScale(all []*measured) {
	fmt.Printf("\n%d processors; in brackets the exponent of growth from the size before\n%-28s", runtime.GOMAXPROCS(0), "pages")
	for _, m := range all {
		fmt.Printf("%18d", m.Pages)
	}
	fmt.Println()
	line := func(of func(*measured) []amount, i int) {
		first := of(all[0])[i]
		fmt.Printf("%-28s", strings.TrimSpace(first.Name+" "+first.Unit))
		for k, m := range all {
			here := of(m)[i].Value
			grown := ""
			if k > 0 {
				from := of(all[k-1])[i].Value
				grown = fmt.Sprintf("(%.2f)", math.Log(cmp.Or(here, 1e-3)/cmp.Or(from, 1e-3))/math.Log(float64(m.Pages)/float64(all[k-1].Pages)))
			}
			fmt.Printf("%11.2f %6s", here, grown)
		}
		fmt.Println()
	}
	for i := range all[0].Stages {
		line(func(m *measured) []amount { return m.Stages }, i)
	}
	for i := range all[0].Others {
		if len(all[len(all)-1].Others) > i {
			line(func(m *measured) []amount { return m.Others }, i)
		}
	}
}

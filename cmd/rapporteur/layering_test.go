package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The rules of the house: which package may import what, and why. A path stands for itself and all below it.
var (
	// ours says which of our packages a package may import. The tree is the flow of data, and no import points back.
	ours = []struct {
		pkg     string
		imports []string
		why     string
	}{
		{"ingest", []string{"ingest"}, "reading and extracting know nothing of what is done with the records"},
		{"index", []string{"index", "ingest"}, "the index stands on the records, beside the graph"},
		{"graph", []string{"graph", "ingest"}, "the graph stands on the records, beside the index"},
		{"search", []string{"search", "index", "graph", "ingest"}, "answers stand on index and graph; commands stand on answers"},
		{"search/web", []string{"search", "ingest"}, "the endpoint shows answers, and asks neither index nor graph itself"},
		{"search/mcp", []string{"search", "ingest"}, "the endpoint shows answers, and asks neither index nor graph itself"},
		{"search/picture", []string{"search/picture", "search/answer", "ingest"}, "pictures are drawn from answers"},
		{"search/feed", []string{"search/feed", "search/present", "search/answer", "ingest"}, "feeds are made of answers"},
		{"search/present", []string{"search/present", "search/answer", "ingest"}, "addresses and HTML are put into answers at the edge"},
		{"search/answer", []string{"search/answer", "ingest"}, "answers are plain, and know nothing of who gives or shows them"},
		{"search/store", []string{"search/store", "ingest"}, "the data folder keeps what others write and open"},
		{"search/publish", []string{"search/publish", "search/store", "ingest/nodes"},
			"generations are carried as they are, whatever is in them"},
		{"search/relate", []string{"search/relate", "index", "ingest"}, "what belongs together is read off the records"},
		{"search/derive", []string{"search/derive", "search/relate", "search/store", "search/answer", "index", "ingest"},
			"what is derived of a whole site knows nothing of questions"},
		{"search/query", []string{"search/query", "search/derive", "search/answer", "index", "ingest"}, "the engine asks the index only"},
	}
	// theirs says which of our packages may import a library, so that it can be changed in one place.
	theirs = []struct {
		lib       string
		importers []string
		why       string
		tools     bool // programs that train and measure may, too
	}{
		{"github.com/blevesearch/bleve", []string{"index"}, "bleve's types stay in one package", false},
		{"github.com/cayleygraph", []string{"graph"}, "cayley's types stay in one package", false},
		{"github.com/spf13/cobra", []string{"cmd/rapporteur"}, "flags are read by the commands only", false},
		{"github.com/adrg/frontmatter", []string{"ingest"}, "pages are read once, in front of everything else", false},
		{"github.com/abadojack/whatlanggo", []string{"ingest/language"}, "the language of a text is found in one place", false},
		{"github.com/niklasfasching/go-org", []string{"ingest/org"}, "Org is parsed once", false},
		{"github.com/arran4/golang-ical", []string{"ingest/icalendar"}, "iCalendar is parsed once", false},
		{"github.com/tdewolff/parse", []string{"ingest/data"}, "JavaScript is taken apart in one place, and never run", false},
		{"github.com/yuin/goldmark", []string{"ingest"}, "Markdown is parsed once; behind it there are Text and Blocks", false},
		{"github.com/nats-io/nats.go", []string{"ingest/nodes", "ingest/work", "search/publish", "ingest/storetest"},
			"what goes between machines goes through three rooms", false},
		{"github.com/minio/minio-go", []string{"search/publish"}, "stores are spoken to in one place", false},
		{"github.com/restic/chunker", []string{"search/publish"}, "all publishers cut alike", false},
		{"net/http", []string{"search/web", "search/mcp", "cmd/rapporteur"}, "only the endpoints speak HTTP", true},
		{"net/http/pprof", nil, "it adds itself to a server that others can reach", false},
		{"log", []string{"ingest/org"}, "errors are returned, not logged; main ends the program (the reader of Org wants a logger, and gets " +
			"one that says nothing)", true},
	}
)

const module = "rapporteur"

type goPackage struct {
	ImportPath, Name                   string
	Imports, TestImports, XTestImports []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Name,Imports,TestImports,XTestImports", module+"/...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var all []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func below(path string, of ...string) bool {
	return slices.ContainsFunc(of, func(o string) bool { return path == o || strings.HasPrefix(path, o+"/") })
}

func TestImports(t *testing.T) {
	all := packages(t)
	if len(all) < 4 {
		t.Fatalf("go list found only %d packages", len(all))
	}
	for _, p := range all {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		for _, imp := range p.Imports {
			imported, isOurs := strings.CutPrefix(imp, module+"/")
			for _, r := range ours {
				if isOurs && below(name, r.pkg) && !below(imported, r.imports...) {
					t.Errorf("%s imports %s: %s", name, imported, r.why)
				}
			}
		}
		for _, imp := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			for _, r := range theirs {
				match := below(imp, r.lib)
				if !strings.Contains(r.lib, ".") { // of the standard library: the package itself
					match = imp == r.lib
				}
				if match && !below(name, r.importers...) && !(r.tools && p.Name == "main") {
					t.Errorf("%s imports %s: %s", name, imp, r.why)
				}
			}
		}
	}
}

// The top level is the user's; nothing else may stand there.
func TestTopLevel(t *testing.T) {
	allowed := []string{"cmd", "index", "graph", "ingest", "search", "testdata", "go.mod", "go.sum", "Makefile", "README.md", "LICENSE",
		"CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "NOTICE"}
	out, err := exec.Command("git", "-C", "../..", "ls-files", "--cached").Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	for name := range strings.Lines(string(out)) {
		top, _, _ := strings.Cut(strings.TrimSpace(name), "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(allowed, top) {
			t.Errorf("%s stands at the top level", top)
		}
	}
}

var initFunc = regexp.MustCompile(`(?m)^func init\(\)`)

// Files that can be read in one go, no registration behind one's back, no rooms without a name of their own.
func TestFiles(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := filepath.Base(name)
		if d.IsDir() {
			if slices.Contains([]string{"util", "utils", "common", "helpers", "models"}, base) {
				t.Errorf("%s says nothing about what is in it", name)
			}
			if base == ".git" || base == "node_modules" {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		seen++
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if lines := bytes.Count(text, []byte("\n")); lines > 500 {
			t.Errorf("%s has %d lines: past 500 it is two files", name, lines)
		}
		n := 0
		for line := range bytes.Lines(text) {
			if n++; utf8.RuneCount(bytes.TrimRight(line, "\n")) > 140 {
				t.Errorf("%s:%d has more than 140 characters", name, n)
			}
		}
		if initFunc.Match(text) && base != "layering_test.go" {
			t.Errorf("%s has an init function", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 10 {
		t.Fatalf("only %d files seen", seen)
	}
}

package graph

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/jsonld"
	"github.com/cayleygraph/quad/nquads"
	"github.com/google/go-cmp/cmp"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/kinds"
)

// hard is a site whose words need escaping in every format.
func hard() *ingest.Site {
	site := invent.Site(12, 3)
	r := site.Records[3]
	r.Title = "Quotes \" and \\ and <b>&amp;</b>,\nnew\tline \u0001 ünïcødé 🙂"
	r.URL = "https://invented.example/a b<c>?q=\"x\""
	r.People[0].Affiliations[0].Role = "Head of \"Everything\", & <more>"
	r.Date, r.EndDate = "2031-05-03", "2031-05-05"
	site.Entities[5].SameAs = []string{"https://w.example/Q 1", "no address"}
	site.Entities[6].Aliases = []string{"a,b\"c", "Ünïcødé"}
	return site
}

func export(t testing.TB, r *Reader, f Format) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := r.Export(context.Background(), &buf, f); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// quadsOf tells all quads of a graph as N-Quads lines, sorted.
func quadsOf(r *Reader) []string {
	var out []string
	for place := range r.n {
		out = append(out, r.quad(place).NQuad())
	}
	slices.Sort(out)
	return out
}

// What is exported as RDF reads back as what is in the graph, by Cayley's own parsers (those of others: see
// TestOtherToolsReadExports).
func TestRoundTrip(t *testing.T) {
	r := readerOf(t, hard())
	for _, f := range []Format{NQuads, JSONLD} {
		data := export(t, r, f)
		var in quad.Reader = nquads.NewReader(bytes.NewReader(data), false)
		if f == JSONLD {
			in = jsonld.NewReader(bytes.NewReader(data))
		}
		quads, err := quad.ReadAll(in)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		got := []string{}
		for _, q := range quads {
			for _, d := range quad.Directions { // as Cayley tells numbers, whose datatypes it shortens
				if v, ok := q.Get(d).(quad.TypedStringer); ok {
					s := v.TypedString()
					q.Set(d, quad.TypedString{Value: s.Value, Type: s.Type.Full()})
				}
			}
			got = append(got, strings.ReplaceAll(strings.ReplaceAll(q.NQuad(), `"True"`, `"true"`), `"False"`, `"false"`))
		}
		slices.Sort(got)
		if d := cmp.Diff(quadsOf(r), got); d != "" {
			t.Errorf("%s comes back other: %.1000s", f, d)
		}
	}
}

func TestGraphMLAndCSVSayTheSame(t *testing.T) {
	r := readerOf(t, hard())
	var doc struct {
		Keys []struct {
			ID   string `xml:"id,attr"`
			Name string `xml:"attr.name,attr"`
		} `xml:"key"`
		Graph struct {
			Nodes []struct {
				ID   string `xml:"id,attr"`
				Data []struct {
					Key   string `xml:"key,attr"`
					Value string `xml:",chardata"`
				} `xml:"data"`
			} `xml:"node"`
			Edges []struct {
				Source string `xml:"source,attr"`
				Target string `xml:"target,attr"`
				Data   []struct {
					Key   string `xml:"key,attr"`
					Value string `xml:",chardata"`
				} `xml:"data"`
			} `xml:"edge"`
		} `xml:"graph"`
	}
	if err := xml.Unmarshal(export(t, r, GraphML), &doc); err != nil {
		t.Fatal(err)
	}
	data := export(t, r, CSV)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	table := func(name string) [][]string {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	nodes, edges := table("nodes.csv"), table("edges.csv")
	if len(nodes) != len(doc.Graph.Nodes) || len(edges) != len(doc.Graph.Edges) || len(nodes) < 30 || len(edges) < 60 {
		t.Fatalf("%d nodes and %d edges, in GraphML %d and %d", len(nodes), len(edges), len(doc.Graph.Nodes), len(doc.Graph.Edges))
	}
	iri := map[string]string{}
	for i, n := range doc.Graph.Nodes {
		for _, d := range n.Data {
			switch d.Key {
			case "n-iri":
				iri[n.ID] = d.Value
			case "n-label":
				// XML has no place for U+0001, and reads a line break in text as it is
				if want := strings.ReplaceAll(nodes[i][1], "\u0001", "\uFFFD"); d.Value != want {
					t.Errorf("label %q, want %q", d.Value, want)
				}
			}
		}
	}
	weight := 0
	for i, e := range doc.Graph.Edges {
		if iri[e.Source] != edges[i][0] || iri[e.Target] != edges[i][1] || iri[e.Source] == "" {
			t.Errorf("edge %d: %s to %s, in CSV %v", i, iri[e.Source], iri[e.Target], edges[i])
		}
		n, _ := strconv.Atoi(edges[i][4])
		weight += n
		if said := strings.Fields(edges[i][7]); len(said) != n || n == 0 {
			t.Errorf("edge %d has weight %d, said by %v", i, n, said)
		}
	}
	want := 0
	for _, p := range []uint32{r.known.about, r.known.inferredAbout, r.known.spokeAt, r.known.tookPartIn, r.known.affiliated,
		r.known.spokeFor} {
		want += r.with(predicate, p).len()
	}
	for l, i := r.with(predicate, r.known.mentions), 0; i < l.len(); i++ {
		if r.columns[subject].at(l.place(i)) == r.columns[label].at(l.place(i)) {
			want++
		}
	}
	recommendationTopics := 0
	for l, i := r.with(predicate, r.known.about), 0; i < l.len(); i++ {
		if r.columns[subject].at(l.place(i)) != r.columns[label].at(l.place(i)) {
			recommendationTopics++
		}
	}
	if weight != want-recommendationTopics {
		t.Errorf("the edges weigh %d, the graph says %d", weight, want-recommendationTopics)
	}
}

func TestRegisters(t *testing.T) {
	site := hard()
	r := readerOf(t, site)
	var p struct {
		Persons, Organizations []popoloThing
		Memberships            []popoloMembership
		Events                 []popoloEvent
	}
	if err := json.Unmarshal(export(t, r, Popolo), &p); err != nil {
		t.Fatal(err)
	}
	sources := 0
	for _, m := range p.Memberships {
		sources += len(m.Sources)
	}
	affiliations, ofKind := 0, map[kinds.Kind]int{}
	for _, rec := range site.Records {
		for _, person := range rec.People {
			affiliations += len(person.Affiliations)
		}
	}
	for _, e := range site.Entities {
		ofKind[e.Kind]++
	}
	if sources != affiliations || len(p.Persons) != ofKind[kinds.Person] || len(p.Organizations) != ofKind[kinds.Organisation] ||
		len(p.Events) != len(site.Records) {
		t.Errorf("%d sources of memberships, want %d; %d people, %d organisations, %d events", sources, affiliations, len(p.Persons),
			len(p.Organizations), len(p.Events))
	}
	lasts := func(e popoloEvent) bool { return e.StartDate == "2031-05-03" && e.EndDate == "2031-05-05" }
	if !slices.ContainsFunc(p.Events, lasts) || !bytes.Contains(export(t, r, FtM), []byte(`"endDate":["2031-05-05"]`)) {
		t.Error("no register says when an event of several days ends")
	}
	ids, refs := map[string]bool{}, []string{}
	dec := json.NewDecoder(bytes.NewReader(export(t, r, FtM)))
	for {
		var e ftmEntity
		if err := dec.Decode(&e); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if ids[e.ID] {
			t.Errorf("%s comes twice", e.ID)
		}
		ids[e.ID] = true
		for _, k := range []string{"member", "organization", "involved"} {
			refs = append(refs, e.Properties[k]...)
		}
	}
	for _, ref := range refs {
		if !ids[ref] {
			t.Errorf("%s is cited and not there", ref)
		}
	}
	if len(refs) < 60 {
		t.Errorf("only %d references", len(refs))
	}
}

func TestExportsAreDeterministic(t *testing.T) {
	for _, f := range Formats {
		if !bytes.Equal(export(t, readerOf(t, hard()), f), export(t, readerOf(t, hard()), f)) {
			t.Errorf("%s: two exports differ", f)
		}
	}
	if err := readerOf(t, hard()).Export(context.Background(), io.Discard, "turtle"); err == nil {
		t.Error("an unknown format is taken")
	}
}

// Programs that know nothing of Cayley read the exports: rdflib and networkx (Debian python3-rdflib, python3-networkx)
// and rapper (raptor2-utils). Where CI is set they must be there.
func TestOtherToolsReadExports(t *testing.T) {
	if testing.Short() {
		t.Skip("starts other programs")
	}
	r := readerOf(t, hard())
	dir := t.TempDir()
	for f, name := range map[Format]string{NQuads: "g.nq", JSONLD: "g.jsonld", GraphML: "g.graphml"} {
		if err := os.WriteFile(filepath.Join(dir, name), export(t, r, f), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		return string(out)
	}
	there := func(what string, name string, args ...string) bool {
		if err := exec.Command(name, args...).Run(); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is missing: %v", what, err)
			}
			t.Logf("%s is not here: its part is left out (CI needs it)", what)
			return false
		}
		return true
	}
	python := "/usr/bin/python3" // Debian's, for which its packages are; another one may come first in the path
	if _, err := os.Stat(python); err != nil {
		python = "python3"
	}
	if there("python3-rdflib", python, "-c", "import rdflib") {
		out := run(python, "-c", `
import rdflib
sizes = []
for name, form in (("g.nq", "nquads"), ("g.jsonld", "json-ld")):
    g = rdflib.ConjunctiveGraph()
    g.parse(name, format=form)
    label = lambda c: (c.identifier if hasattr(c, "identifier") else c).n3()
    quads = sorted(" ".join(x.n3() for x in (s, p, o)) + " " + label(c) for s, p, o, c in g.quads() if True)
    for s, p, o in g:
        assert not isinstance(o, rdflib.Literal) or o.datatype is None or o.value is not None, o
    sizes.append(len(set(quads)))
    names = sorted(o for o in g.objects(None, rdflib.URIRef("https://schema.org/name")))
    sizes.append(len(names))
print(*sizes)`)
		fields := strings.Fields(out)
		if len(fields) != 4 || fields[0] != strconv.Itoa(r.n) || fields[2] != fields[0] || fields[1] != fields[3] {
			t.Errorf("rdflib counts %s, the graph has %d quads", out, r.n)
		}
	}
	if there("rapper", "rapper", "--version") {
		if out := run("rapper", "-i", "nquads", "-c", "g.nq"); !strings.Contains(out, "returned "+strconv.Itoa(r.n)+" triples") ||
			strings.Contains(strings.ToLower(out), "warning") {
			t.Errorf("rapper: %s", out)
		}
	}
	if there("python3-networkx", python, "-c", "import networkx") {
		out := run(python, "-c", `
import networkx
g = networkx.read_graphml("g.graphml", force_multigraph=True)
print(g.number_of_nodes(), g.number_of_edges())
print(sum(d["weight"] >= 1 for _, _, d in g.edges(data=True)), len({d["kind"] for _, d in g.nodes(data=True)}))`)
		fields := strings.Fields(out)
		if len(fields) != 4 || fields[1] != fields[2] || fields[3] != "5" || fields[0] == "0" {
			t.Errorf("networkx: %s", out)
		}
	}
}

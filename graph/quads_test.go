package graph

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// The facts of one page, as they are written.
func TestRecordQuads(t *testing.T) {
	text := "Ann Roe, Chair, Harbour Trust"
	r := &ingest.Record{
		Page: &ingest.Page{Kind: ingest.EventPage, Path: "e.md", Title: "Launch", Date: "2024-02", URL: "https://s.example/a b", Text: text},
		IRI:  "https://s.example/id/event/e",
		People: []ingest.Participant{{
			Reference: ingest.Reference{IRI: "https://s.example/id/person/ann", Mentions: []ingest.Mention{{Span: ingest.Span{Start: 0, End: 7}}}},
			Speaker:   true, Sure: 1, Part: ingest.Speaker, Evidence: ingest.Span{Start: 0, End: len(text)},
			Affiliations: []ingest.Affiliation{{Span: ingest.Span{Start: 0, End: len(text)}, IRI: "https://s.example/id/organisation/trust",
				Role: "Chair", Relation: ingest.WorksFor, Confidence: .9},
				{IRI: "https://s.example/id/organisation/quay", Relation: ingest.Member, Former: true, Confidence: .9, From: "2019", To: "2021-03"}},
			Occasion: &ingest.Occasion{Name: "Quay Day"},
		}},
		Organisations: []ingest.Reference{{IRI: ""}, {IRI: "not an iri"}}, // what was not resolved makes no facts
	}
	var got []string
	RecordQuads("https://s.example", r, func(q quad.Quad) {
		line := strings.TrimSuffix(q.NQuad(), " .")
		if q.Label != nil {
			if q.Label != quad.IRI(r.IRI) {
				t.Errorf("labelled %v: %s", q.Label, line)
			}
			line = strings.TrimSuffix(line, " <https://s.example/id/event/e>")
		} else {
			line = "(unlabelled) " + line
		}
		for _, s := range [][2]string{{"https://s.example/id/", ""}, {schemaNS, "schema:"}, {ownNS, "own:"}, {orgNS, "org:"}, {oaNS, "oa:"},
			{provNS, "prov:"}, {dctermsNS, "dcterms:"}, {rdfNS, "rdf:"}, {rdfsNS, "rdfs:"}, {xsdNS, "xsd:"}} {
			line = strings.ReplaceAll(line, "<"+s[0], "<"+s[1])
		}
		got = append(got, line)
	})
	slices.Sort(got)
	want := strings.Split(strings.TrimSpace(`
(unlabelled) <role/chair> <rdf:type> <org:Role>
(unlabelled) <role/chair> <rdfs:label> "Chair"
<event/e#annotation-1> <oa:hasBody> <person/ann>
<event/e#annotation-1> <oa:hasTarget> <event/e#char=0,7>
<event/e#annotation-1> <rdf:type> <oa:Annotation>
<event/e#char=0,29> <oa:end> "29"^^<xsd:integer>
<event/e#char=0,29> <oa:exact> "Ann Roe, Chair, Harbour Trust"
<event/e#char=0,29> <oa:start> "0"^^<xsd:integer>
<event/e#char=0,29> <rdf:type> <oa:TextPositionSelector>
<event/e#char=0,7> <oa:end> "7"^^<xsd:integer>
<event/e#char=0,7> <oa:exact> "Ann Roe"
<event/e#char=0,7> <oa:start> "0"^^<xsd:integer>
<event/e#char=0,7> <rdf:type> <oa:TextPositionSelector>
<event/e#membership-1> <dcterms:date> "2024-02"^^<xsd:gYearMonth>
<event/e#membership-1> <org:member> <person/ann>
<event/e#membership-1> <org:organization> <organisation/trust>
<event/e#membership-1> <org:role> <role/chair>
<event/e#membership-1> <own:at> <event/e>
<event/e#membership-1> <own:confidence> "0.90"^^<xsd:decimal>
<event/e#membership-1> <own:relation> "works-for"
<event/e#membership-1> <prov:wasDerivedFrom> <event/e#char=0,29>
<event/e#membership-1> <rdf:type> <org:Membership>
<event/e#membership-2> <dcterms:date> "2024-02"^^<xsd:gYearMonth>
<event/e#membership-2> <org:member> <person/ann>
<event/e#membership-2> <org:organization> <organisation/quay>
<event/e#membership-2> <own:at> <event/e>
<event/e#membership-2> <own:confidence> "0.90"^^<xsd:decimal>
<event/e#membership-2> <own:former> "true"^^<xsd:boolean>
<event/e#membership-2> <own:relation> "member"
<event/e#membership-2> <rdf:type> <org:Membership>
<event/e#membership-2> <schema:endDate> "2021-03"^^<xsd:gYearMonth>
<event/e#membership-2> <schema:startDate> "2019"^^<xsd:gYear>
<event/e#participation-1> <own:at> <event/e>
<event/e#participation-1> <own:occasion> "Quay Day"
<event/e#participation-1> <own:part> "speaker"
<event/e#participation-1> <own:participant> <person/ann>
<event/e#participation-1> <own:representing> <organisation/trust>
<event/e#participation-1> <own:speaks> "true"^^<xsd:boolean>
<event/e#participation-1> <prov:wasDerivedFrom> <event/e#char=0,29>
<event/e#participation-1> <rdf:type> <own:Participation>
<event/e> <own:pageKind> "event"
<event/e> <own:path> "e.md"
<event/e> <rdf:type> <schema:Event>
<event/e> <schema:mentions> <person/ann>
<event/e> <schema:name> "Launch"
<event/e> <schema:startDate> "2024-02"^^<xsd:gYearMonth>
<event/e> <schema:url> <https://s.example/a%20b>
<person/ann> <own:affiliatedWith> <organisation/trust>
<person/ann> <own:formerlyWith> <organisation/quay>
<person/ann> <own:spokeAt> <event/e>
<person/ann> <own:spokeFor> <organisation/trust>`), "\n")
	if d := cmp.Diff(want, slices.Compact(got)); d != "" {
		t.Error(d)
	}
}

// Whatever people write as an address or a role, what comes of it is valid.
func FuzzReference(f *testing.F) {
	for _, s := range []string{"https://x.example/a b", "x", "", "a:", "urn:x:ünï", "https://x.example/<>\"{}|\\^`", "\xff:\xfe", "mailto:a@b",
		"1:2", "Head of \"Everything\"", "日本", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		switch v := reference(s).(type) {
		case quad.IRI:
			if !ValidIRI(ingest.IRI(v)) {
				t.Errorf("%q becomes the IRI %q", s, v)
			}
		case quad.String:
			if !utf8.ValidString(string(v)) || strings.Contains(string(v), "\x00") {
				t.Errorf("%q becomes the text %q", s, v)
			}
		}
		if iri := ingest.IRI("https://x.example/id/role/" + fold.Slug(s)); !ValidIRI(iri) || fold.Slug(s) == "" {
			t.Errorf("%q becomes the slug %q", s, fold.Slug(s))
		}
		date(s)
	})
}

// A file of any bytes is refused or read, and never brings the program down.
func FuzzParseSnapshot(f *testing.F) {
	f.Add([]byte(magic))
	f.Add(make([]byte, headSize))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := parseSnapshot(b); err == nil {
			for place := range s.n {
				s.quad(place)
			}
		}
	})
}

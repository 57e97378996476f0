package extract

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestGuises reads what pages say in several forms each: testdata/guises.txtar tells how claims are written.
func TestGuises(t *testing.T) {
	pages, err := txtar.ParseFile("../../testdata/guises.txtar")
	if err != nil {
		t.Fatal(err)
	}
	x := extractor(t)
	for _, page := range pages.Files {
		t.Run(page.Name, func(t *testing.T) {
			var claims []string
			source := page.Data
			for bytes.HasPrefix(source, []byte("> ")) {
				claim, rest, _ := bytes.Cut(source[2:], []byte("\n"))
				claims, source = append(claims, string(claim)), rest
			}
			r := draft(t, x, string(source))
			for _, claim := range claims {
				claim, none := strings.CutPrefix(claim, "no ")
				claim, past := strings.CutPrefix(claim, "was ")
				if genre, ok := strings.CutPrefix(claim, "genre "); ok {
					if (string(r.Genre) == genre) == none {
						t.Errorf("the page is of genre %q", r.Genre)
					}
					continue
				}
				if named, ok := strings.CutPrefix(claim, "person "); ok {
					if (person(r, named) == nil) != none {
						t.Errorf("%s among the people: %v", named, people(r))
					}
					continue
				}
				if named, ok := strings.CutPrefix(claim, "body "); ok {
					if slices.Contains(bodies(r), named) == none {
						t.Errorf("%s among the bodies: %v", named, bodies(r))
					}
					continue
				}
				claim, role, _ := strings.Cut(claim, " = ")
				who, body, tie := strings.Cut(claim, " @ ")
				p := person(r, who)
				if p == nil {
					if !none {
						t.Errorf("%s is missing among %v", who, people(r))
					}
					continue
				}
				if !tie {
					if p.Speaker == none {
						t.Errorf("%s speaks: %v (%s, %.2f)", who, p.Speaker, p.Rule, p.Sure)
					}
					continue
				}
				a := tieTo(r, who, body)
				switch {
				case none && a != nil:
					t.Errorf("%s is tied to %s by %q with %.2f", who, body, a.Rule, a.Confidence)
				case !none && a == nil:
					t.Errorf("%s is not tied to %s: %v", who, body, p.Affiliations)
				case role != "" && a.Role != strings.TrimPrefix(role, "-"): // "-" is none
					t.Errorf("%s is %q at %s", who, a.Role, body)
				case !none && a.Former != past:
					t.Errorf("%s at %s is past: %v", who, body, a.Former)
				}
			}
		})
	}
}

func bodies(r *ingest.Record) []string {
	var out []string
	for i := range r.Organisations {
		out = append(out, r.Organisations[i].Name)
	}
	return out
}

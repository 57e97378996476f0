package main

import (
	"fmt"
	"os"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/score"
	"rapporteur/ingest/training/learn"
	"rapporteur/ingest/training/material"
)

// limits are where the columns of the table begin.
var limits = []float64{0, 0.3, 0.5, 0.7, 0.8, ingest.SureEnough, 0.9, 0.95}

// nameWidth is the number of bytes with which a line begins that name what it tells of.
const nameWidth = 22

// reliability says of facts by how sure the models are of them how many there are and how many are right, and how many of all right
// ones and at what precision are shown as facts, by kind and by genre.
func reliability(m *material.Material, records learn.Extracted) string {
	type cell struct{ right, all int }
	var b strings.Builder
	fmt.Fprintf(&b, "%-*s", nameWidth, "right of facts, sure")
	for i, l := range limits {
		to := 1.0
		if i+1 < len(limits) {
			to = limits[i+1]
		}
		fmt.Fprintf(&b, "  %.2f - %.2f", l, to)
	}
	fmt.Fprintf(&b, "  shown\n")
	line := func(name string, with func(*material.Page) bool, kind score.FactKind) {
		var row [8]cell
		var shown cell
		for _, a := range m.Pages {
			r := records[a]
			if r == nil || !with(a) {
				continue
			}
			for _, f := range score.Facts(a.Gold, r) {
				if f.Kind != kind {
					continue
				}
				c := confidenceOf(r, f)
				i := len(limits) - 1
				for c < limits[i] {
					i--
				}
				row[i].all++
				if c >= ingest.SureEnough {
					shown.all++
				}
				if f.Right {
					row[i].right++
					if c >= ingest.SureEnough {
						shown.right++
					}
				}
			}
		}
		fmt.Fprintf(&b, "%-*s", nameWidth, name)
		total := 0
		for _, c := range row {
			total += c.right
			if c.all == 0 {
				fmt.Fprintf(&b, "  %11s", "-")
				continue
			}
			fmt.Fprintf(&b, "  %.2f of %4d", float64(c.right)/float64(c.all), c.all)
		}
		fmt.Fprintf(&b, "  %.3f of %d, %.2f of the right ones\n", float64(shown.right)/float64(max(shown.all, 1)), shown.all,
			float64(shown.right)/float64(max(total, 1)))
	}
	for _, kind := range score.FactKinds {
		line(string(kind), func(*material.Page) bool { return true }, kind)
	}
	for _, kind := range []score.FactKind{score.SpeakerFact, score.AffiliationFact, score.AskFact} {
		for _, g := range genres {
			line(string(kind)+", "+string(g), func(a *material.Page) bool { return a.Gold.Genre == g }, kind)
		}
	}
	return b.String()
}

// withKept is a table of reliability with the lines of asks that a file keeps in place of its own.
func withKept(table, file string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("reading the figures kept: %w", err)
	}
	kept := map[string]string{} // by the name that they begin with
	for line := range strings.Lines(string(b)) {
		kept[line[:min(nameWidth, len(line))]] = line
	}
	var out strings.Builder
	for line := range strings.Lines(table) {
		if k := kept[line[:nameWidth]]; k != "" && strings.HasPrefix(line, string(score.AskFact)) {
			line = k
		}
		out.WriteString(line)
	}
	return out.String(), nil
}

func confidenceOf(r *ingest.Record, f score.Fact) float64 {
	switch f.Kind {
	case score.PersonFact:
		return r.People[f.At].Confidence
	case score.OrganisationFact:
		return r.Organisations[f.At].Confidence
	case score.SpeakerFact:
		return r.People[f.At].Sure
	case score.AffiliationFact:
		return r.People[f.Of].Affiliations[f.At].Confidence
	}
	return r.Recommendations[f.At].Confidence
}

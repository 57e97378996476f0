package main

import (
	"fmt"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/training/material"
)

// genres are all genres, in the order of a report.
var genres = []ingest.Genre{ingest.EventGenre, ingest.PostGenre, ingest.DiaryGenre, ingest.DigestGenre, ingest.ProfileGenre,
	ingest.MinutesGenre,
	ingest.ReportGenre, ingest.ResourceGenre, ingest.OtherGenre}

// genreTable says how often the genre of a page that was not learnt from is found, and what it is taken for. Pages of the held fold are
// left out.
func genreTable(m *material.Material, errors int) string {
	taken := map[[2]ingest.Genre]int{}
	is, said := map[ingest.Genre]int{}, map[ingest.Genre]int{}
	right, all := map[bool]int{}, map[bool]int{}
	var wrong strings.Builder
	for _, a := range m.Pages {
		if a.Invented || a.Fold == material.Held {
			continue
		}
		real := a.Site == material.Real
		taken[[2]ingest.Genre{a.Gold.Genre, a.Page.Genre}]++
		is[a.Gold.Genre]++
		said[a.Page.Genre]++
		all[real]++
		if a.Gold.Genre == a.Page.Genre {
			right[real]++
		} else if errors > 0 {
			fmt.Fprintf(&wrong, "  %s is %s, taken for %s\n", a.Name, a.Gold.Genre, a.Page.Genre)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "genre: right on %d of %d pages of the real site, %d of %d of others\n%-10s", right[true], all[true], right[false],
		all[false], "is")
	for _, g := range genres {
		fmt.Fprintf(&b, "%9s", g)
	}
	b.WriteString("   recall precision\n")
	for _, g := range genres {
		fmt.Fprintf(&b, "%-10s", g)
		for _, h := range genres {
			fmt.Fprintf(&b, "%9d", taken[[2]ingest.Genre{g, h}])
		}
		hit := float64(taken[[2]ingest.Genre{g, g}])
		fmt.Fprintf(&b, "%9.2f %9.2f\n", hit/float64(max(is[g], 1)), hit/float64(max(said[g], 1)))
	}
	return b.String() + wrong.String()
}

package score

import (
	_ "embed"
	"fmt"
	"strings"
)

// figures are the trials of the models that this program carries, written by
//
//	go run ./ingest/training/measure -update
//
//go:embed figures.golden
var figures string

// GenreTrial begins the name of the trial on pages of one genre, which follows it.
const GenreTrial = "genre: "

// Trial is a report on pages that the models under test had not seen in training.
type Trial struct {
	Name string // of the pages, such as "sites not seen in training"
	Report
}

// String prints the trial as it is kept: its name, then the report.
func (t *Trial) String() string { return t.Name + "\n" + t.Report.String() + "\n" }

// Trials returns how well the models that this program carries did on annotated pages, as measured by cross-validation
// when they were made. The lists of errors are empty.
func Trials() ([]Trial, error) { return parseTrials(figures) }

// parseTrials reads what Trial.String printed, one after the other.
func parseTrials(text string) ([]Trial, error) {
	var trials []Trial
	for block := range strings.SplitSeq(strings.TrimSuffix(text, "\n\n"), "\n\n") {
		lines := strings.Split(block, "\n")
		if len(lines) < 4 {
			return nil, fmt.Errorf("figures %q: want a name, the number of pages, a head and the measures", block)
		}
		t := Trial{Name: lines[0]}
		if _, err := fmt.Sscanf(lines[1], "%d pages, %d of them extracted", &t.Pages, &t.Extracted); err != nil {
			return nil, fmt.Errorf("figures %q: %w", lines[1], err)
		}
		for _, line := range lines[3:] {
			var m Measure
			if _, err := fmt.Sscanf(line, "%s %f %f %f %f - %f %d", &m.Name, &m.Precision, &m.Recall, &m.F1, &m.Low, &m.High, &m.Gold); err != nil {
				return nil, fmt.Errorf("figures %q: %w", line, err)
			}
			t.Measures = append(t.Measures, m)
		}
		trials = append(trials, t)
	}
	return trials, nil
}

package score

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"testing"

	"rapporteur/ingest"
)

// TestAgrees holds the marks against those that the defining script, score.py, gave the same records and annotations.
func TestAgrees(t *testing.T) {
	gold, err := Read("testdata/gold")
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("testdata/records.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var records []*ingest.Record
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		r := &ingest.Record{Page: &ingest.Page{}}
		if err := json.Unmarshal(lines.Bytes(), r); err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	b, err := os.ReadFile("testdata/want.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]struct {
		Precision, Recall, F1 float64
		Gold                  int
	}
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	report := Mark(gold, records)
	if report.Pages != len(gold) || report.Extracted != len(records) || len(report.Measures) != len(want) {
		t.Fatalf("marked %d pages, %d extracted, %d measures", report.Pages, report.Extracted, len(report.Measures))
	}
	for _, m := range report.Measures {
		w := want[m.Name]
		if math.Abs(m.Precision-w.Precision) > 1e-5 || math.Abs(m.Recall-w.Recall) > 1e-5 || math.Abs(m.F1-w.F1) > 1e-5 || m.Gold != w.Gold {
			t.Errorf("%s: %.6f %.6f %.6f of %d, score.py has %+v", m.Name, m.Precision, m.Recall, m.F1, m.Gold, w)
		}
		if m.Low > m.F1+1e-9 || m.High < m.F1-1e-9 {
			t.Errorf("%s: F1 %.3f is outside its interval %.3f to %.3f", m.Name, m.F1, m.Low, m.High)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"The King’s Fund":   "king fund",
		"Łukasz  Żółć":      "łukasz zołc",
		"AT&T":              "at t",
		"Women's Institute": "women institute",
		"":                  "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

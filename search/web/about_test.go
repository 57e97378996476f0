package web

import (
	"encoding/json"
	"fmt"
	"html"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"rapporteur/ingest/fold"
)

// The page about the build says what it holds, what is missing, and how well the program reads: the figures shown are
// those that the trainer kept, to the hundredth on the page and whole in the API.
func TestAboutSaysWhatWasMeasured(t *testing.T) {
	s, f := newTestSite(t, Options{})
	golden, err := os.ReadFile("../../ingest/score/figures.golden")
	if err != nil {
		t.Fatal(err)
	}
	page := visitSite(s, "GET", "/about").Body.String()
	text := fold.Space(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " ")))
	var build Build
	if err := json.Unmarshal(visitSite(s, "GET", "/api/v1/build").Body.Bytes(), &build); err != nil {
		t.Fatal(err)
	}
	if build.Counts != f.manifest.Counts || build.Doubts != 1 || len(build.Skips) != 1 || build.Generation != f.manifest.ID {
		t.Errorf("the API says %+v", build)
	}
	for _, want := range []string{"_events/broken.md 3 <b>unclosed</b> front matter", "1 question for review", "1 file could not be read"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	figures, told := 0, 0
	for i, block := range strings.Split(strings.TrimSpace(string(golden)), "\n\n") {
		lines := strings.Split(block, "\n")
		if build.Quality[i].On != lines[0] || !strings.Contains(text, lines[0][1:]) {
			t.Errorf("trial %d is %q, want %q", i, build.Quality[i].On, lines[0])
		}
		told += len(lines) - 3
		for j, line := range lines[3:] {
			g := build.Quality[i].Measures[j]
			if got := fmt.Sprintf("%-16s %9.3f %7.3f %6.3f  %.3f - %.3f %5d", g.Name, g.Precision, g.Recall, g.F1, g.Low, g.High,
				g.Annotated); got != line {
				t.Errorf("the API says\n%s, measured was\n%s", got, line)
			}
			row := fmt.Sprintf("%s %s %v %v %v %v–%v %s", g.Name[1:], g.Meaning,
				math.Round(100*g.Precision), math.Round(100*g.Recall), math.Round(100*g.F1), math.Round(100*g.Low), math.Round(100*g.High),
				fold.Space(english.number(g.Annotated)))
			if g.Meaning == "" || !strings.Contains(text, row) {
				t.Errorf("the page lacks %q", row)
			}
			figures++
		}
	}
	if figures != told || figures < 16 {
		t.Errorf("%d measures were held against the page", figures)
	}
}

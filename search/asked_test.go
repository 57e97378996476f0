package search

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// Of the first ten answers to each question nine in ten are on it, there is one at least, and the one that belongs first leads for nine
// questions of ten.
func TestPolicyQuestions(t *testing.T) {
	g, site := theSite(t)
	b, err := os.ReadFile("../testdata/queries/recommendations.txt")
	if err != nil {
		t.Fatal(err)
	}
	rejected := map[string]bool{}
	for _, r := range site.Records {
		for _, a := range r.Unlisted {
			rejected[a.Text] = true
		}
	}
	questions, answers, right, led := 0, 0, 0, 0
	for _, part := range strings.Split("\n"+string(b), "\n? ")[1:] {
		lines := strings.Split(strings.TrimSpace(part), "\n")
		questions++
		found, _, err := g.Recommendations(context.Background(), answer.Request{Query: lines[0], Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Errorf("%q: no answer", lines[0])
		}
		if len(found) > 0 && strings.HasPrefix(found[0].Text, lines[1]) {
			led++
		}
		pages := map[ingest.IRI]int{}
		for _, a := range found {
			answers++
			if pages[a.Page.ID]++; pages[a.Page.ID] > mostOfPage && len(found) == firstOnes {
				t.Errorf("%q: %d answers of %s", lines[0], pages[a.Page.ID], a.Page.Name)
			}
			if rejected[a.Text] {
				t.Errorf("%q: %q is no ask", lines[0], a.Text)
			}
			on := false
			for _, begins := range lines[1:] {
				on = on || strings.HasPrefix(a.Text, begins)
			}
			if on {
				right++
			} else {
				t.Logf("%q: %q is not on it", lines[0], a.Text)
			}
		}
	}
	if questions < 10 || 10*right < 9*answers || 10*led < 9*questions {
		t.Errorf("%d questions: %d of %d answers are on them; %d are led by the one that belongs first", questions, right, answers, led)
	}
}

func TestRecommendationsByAddresseeAndStrength(t *testing.T) {
	g, _ := theSite(t)
	for _, c := range []struct {
		name   string
		filter answer.Filter
		holds  func(a *answer.Recommendation) bool
	}{
		{"addressee", answer.Filter{Addressees: []string{"councils"}},
			func(a *answer.Recommendation) bool { return strings.EqualFold(a.To, "councils") }},
		{"to", answer.Filter{To: "the Treasury"}, func(a *answer.Recommendation) bool { return strings.HasSuffix(a.To, "Treasury") }},
		{"strength", answer.Filter{Strengths: []string{"must"}}, func(a *answer.Recommendation) bool { return a.Strength == "must" }},
		{"by", answer.Filter{By: []string{"Marit Oosterveen"}},
			func(a *answer.Recommendation) bool { return a.By != nil && a.By.Name == "Marit Oosterveen" }},
	} {
		found, total, err := g.Recommendations(context.Background(), answer.Request{Filter: c.filter})
		if err != nil || total == 0 || len(found) != total {
			t.Errorf("%s: %d of %d, %v", c.name, len(found), total, err)
		}
		for i := range found {
			if !c.holds(&found[i]) {
				t.Errorf("%s: %+v", c.name, found[i])
			}
		}
	}
}

// A hyphen within a word is no operator.
func TestHyphenInAQuestion(t *testing.T) {
	g, _ := theSite(t)
	for query, operator := range map[string]bool{"decision-making": false, "locks -weirs": true, "-weirs": true, "\"locks\"": true} {
		if fit := g.engine.NewFit(query); (fit == nil) != operator {
			t.Errorf("%q: read as an operator: %v", query, fit == nil)
		}
	}
}

// What is called by two words is not asked about where they stand far from each other.
func TestTwoWordsThatStandTogether(t *testing.T) {
	g, _ := theSite(t)
	ask := func(id, text string) answer.Recommendation {
		return answer.Recommendation{ID: ingest.IRI(id), Text: text, Score: 2, Sure: 1, Page: answer.Ref{ID: ingest.IRI("page of " + id)}}
	}
	all := []answer.Recommendation{
		ask("apart", "Towns must earn the trust of those who wait, or they will hide what river data there is."),
		ask("together", "Towns should fund data trusts for the rivers."),
		ask("turned", "Towns should let researchers have access to river data."),
	}
	for query, want := range map[string]string{"data trusts": "together", "data access": "turned"} {
		fit := g.engine.NewFit(query)
		pages := map[ingest.IRI]float64{"page of apart": 1, "page of together": 1, "page of turned": 1}
		found := fitting(all, fit, pages)
		if len(found) != 1 || string(found[0].ID) != want {
			t.Errorf("%q: %v, want %s alone", query, found, want)
		}
		if found = fitting(all[:1], fit, pages); len(found) > 0 {
			t.Errorf("%q: %q answers it", query, found[0].Text)
		}
	}
}

func TestFittingPutsOffTheThirdOfAPage(t *testing.T) {
	g, _ := theSite(t)
	var all []answer.Recommendation
	for i := range 12 {
		page := i / 4
		all = append(all, answer.Recommendation{
			ID: ingest.IRI(fmt.Sprint("r", i)), Text: fmt.Sprintf("Towns must light lock number %d.", i), Score: float64(20 - i),
			Page: answer.Ref{ID: ingest.IRI(fmt.Sprint("p", page)), Kind: kinds.Page},
		})
	}
	all = append(all, answer.Recommendation{ID: "other", Text: "Schools must teach swimming.", Score: 30,
		Page: answer.Ref{ID: "p9", Name: "Locks"}})
	fit := g.engine.NewFit("light locks")
	var order []string
	for _, a := range fitting(all, fit, nil) {
		order = append(order, string(a.ID))
	}
	if got := strings.Join(order, " "); got != "r0 r1 r4 r5 r8 r9 r2 r3 r6 r7 r10 r11" {
		t.Errorf("order %s", got)
	}
}

// Operators change nothing about pages: two of each at most are among the first ten, where others are there.
func TestFirstAsksAreOfManyPages(t *testing.T) {
	g, _ := theSite(t)
	for _, query := range []string{`should OR must OR need OR publish`, `publi* OR should*`, "we should publish", `publish -nothing`} {
		all, total, err := g.Recommendations(context.Background(), answer.Request{Query: query, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		room := map[ingest.IRI]int{}
		places := 0 // that answers can take without a third of a page
		for _, a := range all {
			if room[a.Page.ID]++; room[a.Page.ID] <= mostOfPage {
				places++
			}
		}
		first, again, err := g.Recommendations(context.Background(), answer.Request{Query: query, Limit: firstOnes})
		if err != nil || total != again || len(all) != total {
			t.Fatalf("%s: %d of %d, then %d (%v)", query, len(all), total, again, err)
		}
		of, third := map[ingest.IRI]int{}, 0
		for _, a := range first {
			if of[a.Page.ID]++; of[a.Page.ID] > mostOfPage {
				third++
			}
		}
		if third > max(0, firstOnes-places) {
			t.Errorf("%s: %d of the first %d are a third of their page, and %d need not be", query, third, len(first), places)
		}
	}
}

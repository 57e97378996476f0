package recommend

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/markdown"
	file "rapporteur/ingest/model"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/visible"
)

// read makes a record of Markdown, with the people, organisations and author that it names.
func read(tb testing.TB, body string, author string, people, organisations []string) *ingest.Record {
	tb.Helper()
	var fields []visible.Field
	if author != "" {
		fields = append(fields, visible.Field{Key: "author", Value: author})
	}
	content := markdown.New().Read(fields, []byte(body), 1, false)
	r := &ingest.Record{Page: &ingest.Page{Path: "_events/invented.md", Kind: ingest.EventPage, Title: "Invented", Text: content.Text,
		Blocks: content.Blocks, Links: content.Links}}
	find := func(name string) (out []ingest.Mention) {
		for at := 0; ; {
			i := strings.Index(r.Text[at:], name)
			if i < 0 {
				return out
			}
			out = append(out, ingest.Mention{Span: ingest.Span{Start: at + i, End: at + i + len(name)}, Text: name})
			at += i + len(name)
		}
	}
	for _, p := range people {
		r.People = append(r.People, ingest.Participant{Reference: ingest.Reference{ID: r.NextID(), Name: p, Mentions: find(p)}, Speaker: true})
	}
	for _, o := range organisations {
		r.Organisations = append(r.Organisations, ingest.Reference{ID: r.NextID(), Name: o, Mentions: find(o)})
	}
	return r
}

func finder(tb testing.TB) *Finder {
	tb.Helper()
	f, err := New()
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// by returns who makes the recommendation that begins so, and whether there is one.
func by(r *ingest.Record, begins string) (string, bool) {
	for _, a := range r.Recommendations {
		if strings.HasPrefix(a.Text, begins) {
			return r.NameOf(a.By), true
		}
	}
	return "", false
}

const meeting = `## Keeping the readings

Ana Roe, Director at the Lantern Institute, argued that councils should publish every reading of their river gauges.
She called for a duty on suppliers to hand over the data when a contract ends. We need to stop paying twice.

Bela Poe asked when lunch would be served. The venue was cold.

Participants agreed that the government must fund training for local wardens.

The Lantern Institute recommends that ministers:

- publish the register of gauges
- pay the wardens for their time

## Register

Please register by Friday and bring a friend.
`

func TestFillSaysWhoAsksWhom(t *testing.T) {
	r := read(t, meeting, "", []string{"Ana Roe", "Bela Poe"}, []string{"Lantern Institute"})
	finder(t).Fill(r)
	for begins, want := range map[string]string{
		"Ana Roe, Director":     "Ana Roe",
		"She called for a duty": "Ana Roe",
		"We need to stop":       "Ana Roe",
		"Participants agreed":   "",
	} {
		if got, ok := by(r, begins); !ok || got != want {
			t.Errorf("%q: by %q (found: %v), want %q", begins, got, ok, want)
		}
	}
	for _, begins := range []string{"publish the register", "pay the wardens"} {
		if _, ok := by(r, begins); !ok {
			t.Errorf("%q was not found", begins)
		}
	}
	for _, not := range []string{"Bela Poe asked", "The venue", "Please register"} {
		if _, ok := by(r, not); ok {
			t.Errorf("%q is no recommendation", not)
		}
	}
	for _, a := range r.Recommendations {
		if folded(a.Span.In(r.Text)) != a.Text {
			t.Errorf("the span of %q covers %q", a.Text, a.Span.In(r.Text))
		}
		switch {
		case strings.HasPrefix(a.Text, "Ana Roe"):
			if a.Strength != ingest.Should || a.To != "councils" || a.Heading != "Keeping the readings" {
				t.Errorf("strength %q to %q under %q", a.Strength, a.To, a.Heading)
			}
		case strings.HasPrefix(a.Text, "Participants"):
			if a.Strength != ingest.Must || a.To != "the government" {
				t.Errorf("strength %q to %q", a.Strength, a.To)
			}
		case strings.HasPrefix(a.Text, "publish"):
			if a.LeadIn == "" {
				t.Error("no lead-in")
			}
		}
	}
}

func TestFillGivesAuthorsTheirTalk(t *testing.T) {
	r := read(t, `I was asked to speak about gauges. I think that we should open the readings to everyone.

I have seen what happens otherwise. It is essential that councils keep their own copies. I will keep saying so.

> Ministries should publish the rules of every weir before the winter.
`,
		"Cila Doe", []string{"Cila Doe"}, nil)
	finder(t).Fill(r)
	for _, begins := range []string{"I think that we should", "It is essential"} {
		if got, ok := by(r, begins); !ok || got != "Cila Doe" {
			t.Errorf("%q: by %q (found: %v)", begins, got, ok)
		}
	}
	if got, ok := by(r, "Ministries should"); !ok || got != "" {
		t.Errorf("what the talk quotes: by %q (found: %v)", got, ok)
	}
}

func TestBadInputIsBounded(t *testing.T) {
	var bullets, shoulds, laws strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&bullets, "- Publish register number %d\n", i)
	}
	for i := range 500 {
		fmt.Fprintf(&shoulds, "Council number %d should publish its register. ", i)
	}
	for i := range 500 {
		fmt.Fprintf(&laws, "> %d. The controller shall keep a record under section %d, and the processor shall not disclose it.\n>\n", i, i)
	}
	f := finder(t)
	for name, body := range map[string]string{
		"all bullets": bullets.String(), "500 shoulds": shoulds.String(), "law": laws.String(), "nothing": "",
		"one word": strings.Repeat("should", 200_000),
		"nested":   strings.Repeat(" ", 40) + strings.Repeat("- ", 500) + "we should stop",
		"no stop":  strings.Repeat("we should publish and ", 50_000),
		"broken":   "\xff\xfe we should \x00 publish \xe2\x80",
	} {
		r := read(t, body, "", nil, nil)
		f.Fill(r)
		n := len(r.Recommendations)
		if n > mostAsks {
			t.Errorf("%s: %d recommendations", name, n)
		}
		if name == "500 shoulds" && n == 0 {
			t.Errorf("%s: none found", name)
		}
		if name == "law" && n > 50 {
			t.Errorf("%s: %d recommendations in a quoted law", name, n)
		}
		if !slices.IsSortedFunc(r.Recommendations, func(a, b ingest.Recommendation) int { return a.Start - b.Start }) {
			t.Errorf("%s: not in order", name)
		}
	}
}

func TestFillIsTheSameEachTime(t *testing.T) {
	f := finder(t)
	first := read(t, meeting, "", []string{"Ana Roe", "Bela Poe"}, []string{"Lantern Institute"})
	f.Fill(first)
	for range 5 {
		again := read(t, meeting, "", []string{"Ana Roe", "Bela Poe"}, []string{"Lantern Institute"})
		f.Fill(again)
		if fmt.Sprint(again.Recommendations) != fmt.Sprint(first.Recommendations) {
			t.Fatal("two runs differ")
		}
	}
}

func TestNewRefusesADamagedModel(t *testing.T) {
	for _, b := range [][]byte{nil, embedded[:len(embedded)-1], append([]byte("x"), embedded[1:]...)} {
		if _, _, _, err := unmarshal(b); err == nil {
			t.Errorf("%d bytes were taken for a model", len(b))
		}
	}
}

// Learning from two pages must tell what they tell apart: the command finds nothing in a model that learnt nothing.
func TestLearn(t *testing.T) {
	lesson := func(n int) Lesson {
		var body strings.Builder
		var asks []Answer
		for i := range 8 {
			ask := fmt.Sprintf("Council %d must publish register %d.", i, n)
			asks = append(asks, Answer{Text: ask, Core: true})
			fmt.Fprintf(&body, "%s\n\nThe room %d was warm and lunch came late on day %d.\n\n", ask, i, n)
		}
		return Lesson{read(t, body.String(), "", nil, nil), asks}
	}
	var lessons []Lesson
	for n := range 10 {
		lessons = append(lessons, lesson(n))
	}
	learnt := func() *Finder {
		f, err := Learn(lessons, func([]tagger.Case) *tagger.Trees { return &tagger.Trees{} })
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := learnt()
	r := read(t, "Council 9 must publish register 77.\n\nThe room 7 was warm and lunch came late on day 5.\n", "", nil, nil)
	f.Fill(r)
	if len(r.Recommendations) != 1 || !strings.HasPrefix(r.Recommendations[0].Text, "Council") {
		t.Errorf("found %v", r.Recommendations)
	}
	saved := func(f *Finder) []byte {
		b, err := f.Save("lessons")
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	stored := saved(f)
	if string(saved(learnt())) != string(stored) {
		t.Error("the same lessons made another model")
	}
	if _, err := parse(stored); err != nil {
		t.Error(err)
	}
	if _, err := parse(stored[:len(stored)-1]); !errors.Is(err, file.ErrRefused) {
		t.Errorf("a model that was cut off: %v", err)
	}
}

func FuzzFill(f *testing.F) {
	f.Add(meeting, "Ana Roe")
	f.Add("- [ ] **Ana**: we should\n  1. must\n     > need to? “yes.”\n\n| a | should |\n|--|--|\n| b | must |", "Ana")
	f.Add("She should. He must! It was agreed: \xff\n\n\n# Ana (a, b, c", "Ana")
	find := finder(f)
	f.Fuzz(func(t *testing.T, body, person string) {
		if person == "" {
			person = "x"
		}
		r := read(t, body, person, []string{person}, nil)
		find.Fill(r)
		Settle("https://invented.example", []*ingest.Record{r}, nil)
		last := -1
		for _, a := range r.Recommendations {
			if a.Start < last || a.End <= a.Start || a.End > len(r.Text) || a.ByEvidence.End > len(r.Text) || a.IRI == "" || a.Strength == "" ||
				a.Rule == "" {
				t.Fatalf("wrong recommendation %+v", a)
			}
			last = a.Start
		}
	})
}

func BenchmarkFill(b *testing.B) {
	body := strings.Repeat(meeting, 100)
	r := read(b, body, "", []string{"Ana Roe", "Bela Poe"}, []string{"Lantern Institute"})
	f := finder(b)
	b.ReportAllocs()
	for b.Loop() {
		f.Fill(r)
	}
	b.ReportMetric(float64(len(strings.Fields(r.Text)))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

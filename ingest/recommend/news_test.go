package recommend

import (
	"strings"
	"testing"

	"rapporteur/ingest"
)

// news is a digest of invented news, in which one sentence has nothing to do with the one before.
func news(t *testing.T, body string, people, organisations []string) *ingest.Record {
	t.Helper()
	r := read(t, body, "", people, organisations)
	r.Page.Kind, r.Genre = ingest.PostPage, ingest.DigestGenre
	return r
}

func TestWhoAsksInNews(t *testing.T) {
	f := finder(t)
	people := []string{"Ana Roe", "Bela Poe", "Carla Venn"}
	bodies := []string{"Lantern Institute", "Weir Council", "Harbour Unit"}
	for _, c := range []struct{ body, ask, by string }{
		{"Ana Roe wrote that ministers must publish the ledger. Some councillors have called for a ban on barges at night.",
			"Some councillors", ""},
		{"Ana Roe wrote that ministers must publish the ledger. And we shouldn’t forget that councils must open the weir accounts.",
			"And we shouldn’t", ""},
		{"Ana Roe wrote that ministers must publish the ledger. She also called for a duty on councils to list every lock.",
			"She also called", "Ana Roe"},
		{"Ana Roe spoke to The Mast. “Ministers must publish the ledger of every lock,” it ran. “Councils must publish theirs too.”",
			"“Councils must", "Ana Roe"},
		{"Bela Poe listed what ministers must do:\n\n- publish the ledger of every lock\n- fund the wardens of every weir\n",
			"fund the wardens", "Bela Poe"},
		{"Meanwhile, forty unions (including Lantern Institute) ‘demanded that the government scrap the toll on barges’.", "Meanwhile", ""},
		{"Some keepers have called for the government to close the Harbour Unit and highlighted its cost.", "Some keepers", ""},
		{"Their chair argued the Lantern Institute should focus on standards for locks, not on tests.", "Their chair", ""},
		{"And now the Good Sluice campaign say Carla Venn must rule the company out of the canal works.", "And now", ""},
		{"Carla Venn, who runs the Weir Council, said that ministers must publish the ledger of every lock.", "Carla Venn", "Carla Venn"},
	} {
		r := news(t, c.body, people, bodies)
		f.Fill(r)
		if got, found := by(r, c.ask); found && got != c.by || !found && c.by != "" {
			t.Errorf("%q: by %q (found: %v), want %q", c.ask, got, found, c.by)
		}
	}
}

func TestWhomNewsAsks(t *testing.T) {
	f := finder(t)
	for _, c := range []struct{ body, to string }{
		{"Weir keepers urge change to Freedom of Information rules for canals, and councils to hold more.", ""},
		{"Canal players need more control of their data, the keepers say, and the sluices should be opened.", ""},
		{"Sluices should not control what people see, the chair says, launching Global Principles for Harbour Integrity (HU).", ""},
		{"The keepers urged the club to publish its ledger of locks.", "the club"},
	} {
		r := news(t, c.body, nil, []string{"Harbour Integrity"})
		f.Fill(r)
		for _, a := range r.Recommendations {
			if a.To != c.to {
				t.Errorf("%q: to %q, want %q", a.Text, a.To, c.to)
			}
		}
	}
}

// What is called for without a word of what it is asks nothing that anybody could do.
func TestCallsForWhatever(t *testing.T) {
	f := finder(t)
	for _, body := range []string{
		"and the minister Ana Roe called for answers…", "Keepers are calling for urgent action (The Mast).",
		"Ana Roe demanded change after the flood.", "The committee called for clarity.", "Boaters called for answers and Bela Poe resigned.",
	} {
		r := news(t, "# The canal\n\n"+body, []string{"Ana Roe", "Bela Poe"}, nil)
		f.Fill(r)
		if len(r.Recommendations) > 0 {
			t.Errorf("%q is an ask", r.Recommendations[0].Text)
		}
	}
	for _, body := range []string{
		"Ana Roe called for action to protect swimmers from barges.", "Ana Roe called for changes to the law on weirs.",
		"Ana Roe called for answers to be published by the council within a month.",
	} {
		r := news(t, "# The canal\n\n"+body, []string{"Ana Roe"}, nil)
		f.Fill(r)
		if len(r.Recommendations) != 1 || !strings.HasPrefix(r.Recommendations[0].Text, "Ana Roe called") {
			t.Errorf("%q: %v", body, r.Recommendations)
		}
	}
}

// News that is strung together is cut where one piece ends: at dots, semicolons, and "and" before a headline.
func TestStrungNewsIsCut(t *testing.T) {
	f := finder(t)
	r := news(t, "Ferries: the Weir Council wants [clear targets for the new wardens](https://a.example) (The Mast)… the Keepers’ Union "+
		"said ministers must scrap the toll; some river experts say towns should fund the wardens; and on the quay, the Harbour Unit told "+
		"Parliament that it must act and [Why the canal needs to get serious about its sluices](https://b.example) (Ana Roe)... on the "+
		"contrary, the miller says boaters should welcome barges (something something the old lock)…",
		[]string{"Ana Roe"}, []string{"Weir Council", "Harbour Unit"})
	var pieces []string
	for _, c := range f.view(r).candidates {
		pieces = append(pieces, folded(c.In(r.Text)))
	}
	want := []string{"Ferries: the Weir Council wants clear targets for the new wardens",
		"the Keepers’ Union said ministers must scrap the toll", "some river experts say towns should fund the wardens",
		"and on the quay, the Harbour Unit told Parliament that it must act", "Why the canal needs to get serious about its sluices",
		"on the contrary, the miller says boaters should welcome barges"}
	if strings.Join(pieces, "\n") != strings.Join(want, "\n") {
		t.Errorf("cut into\n%s", strings.Join(pieces, "\n"))
	}
	f.Fill(r)
	if who, found := by(r, "Why the canal"); found && who != "Ana Roe" {
		t.Errorf("the signed headline is by %q", who)
	}
}

package recommend

import (
	"fmt"
	"strings"
	"testing"

	"rapporteur/ingest"
)

// listed returns the texts of the asks of a page, and of all else that is kept by kind and stance.
func listed(r *ingest.Record) (asks []string, others map[string]string) {
	others = map[string]string{}
	for _, a := range r.Recommendations {
		asks = append(asks, a.Text)
	}
	for _, a := range r.Unlisted {
		others[a.Text] = fmt.Sprint(a.Kind, " ", a.Stance)
	}
	return asks, others
}

func TestWhatIsAnAsk(t *testing.T) {
	f := finder(t)
	const ask = "Ministers must publish the ledger of every lock."
	for _, c := range []struct{ name, body string }{
		{"chores", "I still have to label the sluice photographs.\n\nI began the index but should find an hour for it on Friday."},
		{"labels of links", "- [Join our paddling list](https://invented.example/l)\n- [Follow @weir on " +
			"Mastodon](https://invented.example/m)\n- [Contribute a page](https://invented.example/c)"},
		{"invitations", "Register by Friday to secure your seat.\n\nPlease sign up to our newsletter and join us next month."},
		{"speech of the past", "Back then one of us said \"We should drain the pond and be done with it.\""},
		{"the past", "The barge needed to be fast in those days.\n\nThe keepers had to wait until noon."},
		{"guesses", "That should be the lot for today.\n\nOlga should be here by now."},
		{"what to hand in", "Submissions must be accompanied by a summary of 150 words.\n\nAbstracts should be no longer than a page."},
		{"a noun", "Those who came are now advocates for the canal."},
	} {
		r := read(t, c.body+"\n\n"+ask+"\n", "", nil, nil)
		f.Fill(r)
		if asks, _ := listed(r); len(asks) != 1 || asks[0] != ask {
			t.Errorf("%s: %q", c.name, asks)
		}
	}
}

func TestCallsForPapersAskForNothing(t *testing.T) {
	r := read(t, "We invite proposals for:\n\n- short talks\n- workshops\n\nWe encourage authors to share their data. You should send us "+
		"two pages.\n", "", nil, nil)
	r.Title = "Call for papers: Canal Day"
	finder(t).Fill(r)
	if len(r.Recommendations) > 0 {
		t.Errorf("%+v", r.Recommendations)
	}
}

func TestWhatWasRejectedIsOpposed(t *testing.T) {
	f := finder(t)
	for _, c := range []struct{ name, body, text string }{
		{"by the sentence before", "Most members rejected the statement:\n\n> We must not put any limits on what barges may carry.\n",
			"We must not put"},
		{"in brackets", "- Councils should close the small locks at night (majority opposed)\n- Councils should light the towpaths\n",
			"Councils should close"},
		{"afterwards", "Ana Roe argued that councils should sell the locks. The proposal was voted down by the meeting.\n", "Ana Roe argued"},
		{"at once", "The committee rejected the proposal that councils should sell every lock.\n", "The committee rejected"},
	} {
		r := read(t, c.body, "", []string{"Ana Roe"}, nil)
		f.Fill(r)
		asks, others := listed(r)
		for _, a := range asks {
			if strings.HasPrefix(a, c.text) {
				t.Errorf("%s: %q is listed as an ask", c.name, a)
			}
		}
		if c.name == "in brackets" && len(asks) != 1 {
			t.Errorf("%s: asks %q, others %v", c.name, asks, others)
		}
	}
	r := read(t, "Members should reject the bill. Ana Roe argued against the sale of locks: councils must keep them.\n", "",
		[]string{"Ana Roe"}, nil)
	f.Fill(r)
	if asks, others := listed(r); len(asks) == 0 || len(others) > 0 {
		t.Errorf("who asks to reject something asks: %q, %v", asks, others)
	}
}

const minutes = `# Minutes of the lock committee

## Present

- Ana Roe
- Bela Poe

## Agenda

- Reconsider the toll for narrow boats

## Notes

Ana: the toll hurts those who live aboard. We should not raise it before the harvest.

Bela: sounds fine to me.

It was resolved that the toll be raised in May. The motion was carried.

Bela Poe to write to the keepers about the paint.

## Action items

- Ana will check the price of rope
`

func TestMinutes(t *testing.T) {
	r := read(t, minutes, "", []string{"Ana Roe", "Bela Poe"}, nil)
	r.Title = "Minutes of the lock committee"
	finder(t).Fill(r)
	asks, others := listed(r)
	if len(asks) != 1 || asks[0] != "We should not raise it before the harvest." {
		t.Errorf("asks: %q", asks)
	}
	for text, want := range map[string]string{
		"It was resolved that the toll be raised in May.":   "decision",
		"Bela Poe to write to the keepers about the paint.": "action",
		"Ana will check the price of rope":                  "action",
	} {
		if got := others[text]; !strings.HasPrefix(got, want) {
			t.Errorf("%q is %q, want %s", text, got, want)
		}
	}
	if got, _ := by(r, "We should not raise"); got != "Ana Roe" {
		t.Errorf("Ana's turn is by %q", got)
	}
}

func TestTurnsByInitials(t *testing.T) {
	r := read(t, `| Name | Mark |
|--|--|
| Ana Roe | AXR |
| Bela Poe | BP |

AXR: The gauges were read on Monday.

BP: We recommend that the council publish the readings every week.
`, "", []string{"Ana Roe", "Bela Poe"}, nil)
	finder(t).Fill(r)
	if got, ok := by(r, "We recommend that the council publish"); !ok || got != "Bela Poe" {
		t.Errorf("by %q, found %v: %+v", got, ok, r.Recommendations)
	}
}

func TestContextSaysWhatIsMeant(t *testing.T) {
	r := read(t, `The Lantern Institute recommends that ministers:

- publish the register of gauges

Flood maps are drawn by three offices. This must be done by one office, which answers to parliament.
`, "", nil, []string{"Lantern Institute"})
	finder(t).Fill(r)
	want := map[string]string{"publish the register": "The Lantern Institute recommends that ministers:",
		"This must be": "Flood maps are drawn by three offices."}
	for _, a := range r.Recommendations {
		for begins, context := range want {
			if strings.HasPrefix(a.Text, begins) {
				if a.Context != context {
					t.Errorf("%q in the context %q, want %q", a.Text, a.Context, context)
				}
				delete(want, begins)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v in %+v", want, r.Recommendations)
	}
}

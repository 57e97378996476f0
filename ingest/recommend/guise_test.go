package recommend

import (
	"strings"
	"testing"

	"rapporteur/ingest"
)

const demand = "Ministers must publish the ledger of every lock."

// What people are called on to do on a page, in whatever guise it comes, is no recommendation.
func TestCallsToActionInOtherGuises(t *testing.T) {
	f := finder(t)
	for _, c := range []struct{ name, body string }{
		{"labels in a row",
			"[Follow us](https://a.example) | [Join the list](https://b.example) | [Contribute on the forge](https://c.example)"},
		{"bullets without links",
			"- Follow us on the fediverse\n- Join our paddling club\n- Share this page with a friend\n- Become a member today"},
		{"under a heading",
			"## Get involved\n\n- Support our work\n- Donate today\n- Write for us\n- Volunteer at the lock\n\n## What the " +
				"committee said"},
		{"sentences", "You can help by starring the repository. Subscribe to our calendar. You should receive a letter within a week.\n"},
		{"bring and book", "Please book your place by Friday. You need to bring a laptop and warm clothes. Doors open at six, so be early."},
		{"contact", "If you have questions, you should write to the lock keeper at keeper@invented.example. Get in touch!"},
	} {
		r := read(t, c.body+"\n\n"+demand+"\n", "", nil, nil)
		f.Fill(r)
		if asks, _ := listed(r); len(asks) != 1 || asks[0] != demand {
			t.Errorf("%s: %q", c.name, asks)
		}
	}
}

func TestCallsForPapersInOtherGuises(t *testing.T) {
	f := finder(t)
	for _, c := range []struct{ title, body string }{
		{"Call for applications: Towpath fellowship",
			"Applicants must hold a boat licence. We welcome projects on:\n\n- locks\n- weirs\n\nYou should explain why. " +
				"Applications should be no longer than two pages."},
		{"Invitation to tender: sluice survey",
			"The supplier must visit all nine sluices. Bidders should describe their method. Tenders must reach us by noon.\n"},
		{"Submit a talk to Canal Day",
			"Talks should be 20 minutes long. We are looking for:\n\n- stories of locks that failed\n- new ways to " +
				"dredge\n\nAbstracts must be in English.\n"},
		{"Lock keeper (part time)",
			"## What we are looking for\n\nYou should have experience of barges. The postholder must live nearby. " +
				"Candidates need to swim.\n\n" +
				"Please send your application by May.\n"},
		{"Nominations open for the Sluice Prize", "Nominees must live by a canal. Nominations should say in 300 words what was done.\n"},
		{"Speakers wanted for Canal Day", "## Tracks\n\n- Locks: how they should be kept\n- Care: who must look after weirs, and why\n\n" +
			"Your outline should be short.\n"},
		{"CFP",
			"The programme committee encourages papers on the ecology of ponds. Authors should use the template. Reviewers " +
				"must not be named.\n"},
	} {
		r := read(t, c.body, "", nil, nil)
		r.Title = c.title
		f.Fill(r)
		if asks, _ := listed(r); len(asks) > 0 {
			t.Errorf("%s: %q", c.title, asks)
		}
	}
	r := read(t, "## Call for proposals\n\nProposals should be one page long. Speakers must register by May.\n\n## What was said\n\n"+
		demand+"\n", "", nil, nil)
	r.Title = "Canal Day 2031"
	f.Fill(r)
	if asks, _ := listed(r); len(asks) != 1 || asks[0] != demand {
		t.Errorf("a call within a page: %q", asks)
	}
	const called = "A report of the keepers calls on councils to publish the depth of every lock."
	r = read(t, "## Who can apply\n\nProjects must end by June.\n\n## What we fund\n\n- Walks along the canal\n\n## What was said\n\n"+
		called+"\n\n## Dates\n\nThe first of May.\n", "", nil, nil)
	r.Title = "Small grants for canals"
	f.Fill(r)
	if asks, _ := listed(r); len(asks) != 1 || asks[0] != called {
		t.Errorf("a demand within a call: %q", asks)
	}
}

// Talk of a transcript that sounds like a demand is none; turns come in many guises.
func TestTranscriptsInOtherGuises(t *testing.T) {
	f := finder(t)
	const ask = "I recommend that every council publish its tide tables."
	for _, c := range []struct{ name, body string }{
		{"names", "**Carla Venn:** You should be able to hear us now. I should say that it must have been cold.\n\n" +
			"**Robin Aske:** We should have brought a coat. I must admit I needed to sleep.\n\n**Robin Aske:** " + ask + "\n"},
		{"times",
			"[00:01:10] Carla Venn: Should we start? You must be Robin.\n\n[00:02:00] Robin Aske: That should be " +
				"fine.\n\n[00:09:31] Robin Aske: " + ask + "\n"},
		{"first names",
			"Carla: Let us begin, everyone should be here.\n\nRobin: I have to say, it was fun.\n\nCarla: We needed a boat " +
				"in those days.\n\nRobin: " + ask + "\n"},
		{"times after names", "Carla Venn (00:01:10): Should we start?\n\nRobin Aske (00:09:31): " + ask + "\n"},
		{"long dashes", "Carla Venn — Let us begin.\n\nRobin Aske — " + ask + "\n"},
		{"titles", "**Dr. Carla Venn:** Let us begin.\n\n**Prof. Robin Aske:** " + ask + "\n"},
		{"offices", "**Carla Venn, chair:** Let us begin.\n\n**Robin Aske, lock keeper:** " + ask + "\n"},
		{"German labels", "Moderation: We should give people a minute to join.\n\nCarla Venn: Gladly.\n\nRobin Aske: " + ask + "\n"},
		{"questions within", "Carla Venn: if we do should we tell them\n\nRobin Aske: I don't think there should be issues.\n\n" +
			"Carla Venn: we need to move on\n\nRobin Aske: " + ask + "\n"},
		{"moods", "Carla Venn: You must be freezing.\n\nRobin Aske: They said we must be mad.\n\nRobin Aske: " + ask + "\n\n" +
			"Carla Venn: Listeners, you should subscribe!\n"},
		{"questions", "Q: Should the locks be open?\n\nRobin Aske: " + ask + "\n"},
		{"initials",
			"CV: We should give people a minute to join.\n\nRA: Sure. I need to mute my dog.\n\nCV: Go ahead.\n\nRA: " + ask + "\n"},
	} {
		r := read(t, "Carla Venn talks with Robin Aske.\n\n"+c.body, "", []string{"Carla Venn", "Robin Aske"}, nil)
		r.Title = "Episode 4"
		f.Fill(r)
		asks, _ := listed(r)
		if len(asks) != 1 || asks[0] != ask {
			t.Errorf("%s: %q", c.name, asks)
		}
		if got, ok := by(r, ask); ok && got != "Robin Aske" {
			t.Errorf("%s: by %q", c.name, got)
		}
	}
}

// Turns of minutes by first names, however they are marked: what is asked is theirs, and the mark is left out.
func TestTurnsInOtherGuises(t *testing.T) {
	f := finder(t)
	const ask = "we need to keep the lock open in the middle of the season."
	for _, c := range []struct{ name, body string }{
		{"items", "- Joy: it affects more than one boat\n- Paola: " + ask + "\n"},
		{"with an office", "- Joy: it affects more than one boat\n- Paola (chair): " + ask + "\n"},
		{"full names", "- Joy Tennick: it affects more than one boat\n- Paola Vestrini: " + ask + "\n"},
		{"bold", "**Joy**: it affects more than one boat\n\n**Paola**: " + ask + "\n"},
		{"brackets", "- [Joy] it affects more than one boat\n- [Paola] " + ask + "\n"},
		{"handles", "- Joy Tennick (@joyt)\n- Paola Vestrini (@pvest)\n\n- @joyt: it affects more than one boat\n- @pvest: " + ask + "\n"},
		{"a dash", "- Joy - it affects more than one boat\n- Paola - " + ask + "\n"},
	} {
		r := read(t, "Present: Joy Tennick, Paola Vestrini\n\n## Agenda\n\n- Reconsider the closing of locks\n\n## Notes\n\n"+c.body, "",
			[]string{"Joy Tennick", "Paola Vestrini"}, nil)
		r.Title = "Minutes of the lock committee"
		f.Fill(r)
		asks, _ := listed(r)
		if len(asks) != 1 || asks[0] != ask {
			t.Errorf("%s: %q", c.name, asks)
		}
		if got, _ := by(r, ask); got != "Paola Vestrini" {
			t.Errorf("%s: by %q", c.name, got)
		}
	}
}

// Points that a sentence numbers are asks of their own, with the sentence as their context.
func TestPointsThatASentenceNumbers(t *testing.T) {
	r := read(t, "The Lantern Institute recommends that councils do three things: 1) publish the register of gauges; 2) pay the wardens for "+
		"their time; and 3) open a telephone line for warnings.\n", "", nil, []string{"Lantern Institute"})
	finder(t).Fill(r)
	found := 0
	for _, a := range r.Recommendations {
		switch a.Text {
		case "publish the register of gauges", "pay the wardens for their time", "open a telephone line for warnings.":
			found++
			if !strings.HasPrefix(a.Context, "The Lantern Institute recommends") || r.NameOf(a.By) != "Lantern Institute" {
				t.Errorf("%q in the context %q by %q", a.Text, a.Context, r.NameOf(a.By))
			}
		}
	}
	if found != 3 {
		t.Errorf("found %d of 3 in %+v", found, r.Recommendations)
	}
}

// What sounds like a demand and only describes is none: a reason, rules, a question, a need that is given or goes, what somebody guesses.
func TestDescriptionsInOtherGuises(t *testing.T) {
	f := finder(t)
	for name, body := range map[string]string{
		"a reason":             "Lock keepers cannot stop to talk, because they have to meet the quota of boats.",
		"rules":                "The act sets out the framework that canal bodies must follow.",
		"a question":           "If so, how it should be dredged, widened and marked.",
		"a need that is given": "Given the drought and the need for patience among skippers, this work required a longer season.",
		"a need that goes":     "The bill lowers the minimum requirements for lock keepers and drops the need to assess the water.",
		"a case":               "The clerk asked if the keeper had checked the bill, should any repairs be required to the lock.",
		"what need not be":     "Skippers do not have to pay the keeper.",
		"what will come":       "Boats from the north will still have to wear a flag.",
		"which ones, of need":  "Every keeper on the canal has the papers they need to hold the board to account.",
		"people in need":       "The map shows skippers in need.",
		"a question spoken of": "We had a talk about what it should be.",
		"what was published":   "The union's report lays out several recommendations for how locks are kept.",
		"a push":               "There is a huge political push for it, and the water is low.",
		"a call for topics":    "One thing was the mission. Call for topics to pursue later.",
		"an idiom":             "Lock keepers on strike: everything you need to know.",
		"a guess":              "The survey suggests that boats are slower in spring.",
		"an aim":               "The aim of this article is to propose a theory of weirs.",
		"what comes of it":     "By asking for a map of locks, this step should enable boats to find them.",
		"which ones":           "We talked about stories of the canal that should be told in small boats.",
		"a law":                "Under the canal act, keepers are required to allow boats of every width.",
		"what a law specifies": "It specifies that the gauge must show the depth.",
		"a remark":             "It should be noted that the water was low.",
		"a regret":             "He said that the council should have asked the keepers, and that they should have been paid.",
		"past":                 "In those days the keepers needed to walk ten miles.",
		"only questions":       "Who keeps the sluice? Is the water clear? What are the duties of the keeper?",
	} {
		r := read(t, body+"\n\n"+demand+"\n", "", nil, nil)
		f.Fill(r)
		if asks, _ := listed(r); len(asks) != 1 || asks[0] != demand {
			t.Errorf("%s: %q", name, asks)
		}
	}
	for name, body := range map[string]string{
		"said of the past": "Another speaker felt that the canal act needed to recognise the keepers in its own right.",
		"a need noted":     "Ana Roe highlighted the need for further locks, and that councils should pay for them.",
		"what one has":     "Keepers should have a say, and councils should have limited powers over them.",
		"principles":       "It was agreed that the charter offers principles that need to be turned into law.",
	} {
		r := read(t, "## Recommendations\n\n"+body+"\n", "", []string{"Ana Roe"}, nil)
		f.Fill(r)
		if asks, _ := listed(r); len(asks) != 1 || asks[0] != body {
			t.Errorf("%s: %q", name, asks)
		}
	}
}

// Turns of people whom the page names nowhere in full are nobody's that it does name, and their label is no part of what is said.
func TestTurnsOfPeopleWithoutAName(t *testing.T) {
	f := finder(t)
	r := read(t, "# Sluice group\n\nPresent: Ana Roe\n\n- Lena: we should publish the depth of every lock before June\n- Otto: and "+
		"the council must pay for it\n- Lena: I walked there\n- Otto: it was cold\n- Ana Roe: the council should list the weirs\n"+
		"- Lena: councils should open the sluice to every village\n- Otto: fine by me\n", "", []string{"Ana Roe"}, nil)
	f.Fill(r)
	for _, c := range []struct{ begins, by string }{
		{"councils should open", ""}, {"we should publish", ""}, {"and the council must", ""}, {"the council should list", "Ana Roe"},
	} {
		if got, found := by(r, c.begins); found && got != c.by {
			t.Errorf("%q: by %q, want %q", c.begins, got, c.by)
		}
	}
	for _, a := range r.Recommendations {
		if strings.HasPrefix(a.Text, "Lena") || strings.HasPrefix(a.Text, "Otto") {
			t.Errorf("%q begins with its label", a.Text)
		}
	}
	if len(r.Recommendations) == 0 {
		t.Error("no ask was found")
	}
}

// A guide tells its reader what to do throughout: that is advice. What it tells of others asking stays an ask.
func TestGuidesAdvise(t *testing.T) {
	f := finder(t)
	body := "You keep a lock. Here is how you can keep it well.\n\n## Before you open\n\n"
	for _, s := range []string{"check the depth of the water", "grease the paddles", "wear your boots", "call the next keeper",
		"log your name in the book", "close the upper gate", "count the boats you let through", "keep the towpath clear"} {
		body += "- You should " + s + ".\n"
	}
	body += "\nYour gates must never stay open. Everything that turns should be greased.\n\n" +
		"The Weir Council says that ministers must pay for the grease.\n"
	r := read(t, body, "", nil, []string{"Weir Council"})
	r.Page.Kind, r.Title = ingest.OtherPage, "Keeping your lock"
	f.Fill(r)
	asks, _ := listed(r)
	for _, a := range asks {
		if !strings.HasPrefix(a, "The Weir Council") {
			t.Errorf("%q is an ask", a)
		}
	}
}

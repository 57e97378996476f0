package indextest

import (
	"context"
	"slices"
	"testing"

	"rapporteur/index"
)

func testLanguagesHaveTheirStems(t *testing.T, e Engine) {
	r := e.Build(t, []index.Document{
		{ID: "a", Kind: "page", Lang: "fr-CA", Body: []string{"les rivières continuent"}},
		{ID: "b", Kind: "page", Lang: "de", Body: []string{"die Häuser am Fluss"}},
		{ID: "c", Kind: "page", Body: []string{"the organization of harbors"}},
	})
	for query, want := range map[string]uint32{"rivière": 0, "haus": 1, "organisations": 2, "harbour": 2} {
		var clause index.Clause
		for _, a := range r.Analyzers() {
			if terms := a.Terms(query); len(terms) == 1 {
				clause.Any = append(clause.Any, index.Match{Terms: terms, Weight: 1})
			}
		}
		result, err := r.Search(context.Background(), &index.Query{Clauses: []index.Clause{clause}, Limit: 5})
		if err != nil || result.Total != 1 || result.Hits[0].Doc != want {
			t.Errorf("%q finds %+v (%v), want document %d", query, result, err, want)
		}
	}
}

// asked makes a clause of a word as a query does: what each language of the index makes of it, and what the dictionary knows.
func asked(t *testing.T, r Reader, text string) index.Clause {
	t.Helper()
	var c index.Clause
	for _, a := range r.Analyzers() {
		terms := a.Terms(text)
		c.Common = append(c.Common, len(terms) == 0)
		if len(terms) > 0 {
			c.Any = append(c.Any, index.Match{Terms: terms, Weight: 1, Typed: true})
		}
		for _, s := range a.Spellings(text) {
			c.Any = append(c.Any, index.Match{Terms: []string{s.Term}, Weight: 1, Typed: true})
		}
	}
	forms, err := r.Forms(index.Fold(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range forms {
		c.Any = append(c.Any, index.Match{Terms: []string{form}, Weight: 1, Typed: true})
	}
	return c
}

// Pages of many languages beside each other: each is found by words of its own, as they are written and as they are typed.
func testLanguagesSideBySide(t *testing.T, e Engine) {
	docs := []index.Document{
		{ID: "en", Kind: "page", Lang: "en", Body: []string{"On ledger-keeping, quayside and the R&D of cafés in C++."}},
		{ID: "de", Kind: "page", Lang: "de", Body: []string{"Die Häfen wurden größer, sagte Möller."}},
		{ID: "fr", Kind: "page", Lang: "fr", Body: []string{"L'été dernier, les marées de l'estuaire."}},
		{ID: "ja", Kind: "page", Lang: "ja", Body: []string{"新幹線の話もありました。データベース"}},
		{ID: "th", Kind: "page", Lang: "th", Body: []string{"เราพูดถึงข้อมูลเปิด"}},
		{ID: "ko", Kind: "page", Lang: "ko", Body: []string{"데이터는 공개되었다"}},
		{ID: "ar", Kind: "page", Lang: "ar", Body: []string{"تحدثت ليلى عن البيانات المفتوحة."}},
		{ID: "et", Kind: "page", Lang: "et", Body: []string{"Sadamate töö on tähtis"}},
	}
	r := e.Build(t, docs)
	for query, want := range map[string]string{
		"ledger-keeping": "en", "ledgerkeeping": "en", "keeping": "en", "R&D": "en", "cafe": "en", "café's": "en", "C++": "en",
		"hafen": "de", "Häfen": "de", "hafens": "de", "groesser": "de", "moeller": "de", "moller": "de",
		"marée": "fr", "maree": "fr", "estuaire": "fr", "l’estuaire": "fr",
		"新幹線": "ja", "幹線": "ja", "データ": "ja", "線": "ja",
		"ข้อมูล": "th", "데이터": "ko", "البيانات": "ar", "بيانات": "ar", "tahtis": "et", "sadamate": "et",
	} {
		got := documentsOf(t, r, asked(t, r, query))
		if len(got) != 1 || docs[got[0]].ID != want {
			t.Errorf("%q finds %v, want %s", query, got, want)
		}
	}
	for _, query := range []string{"新線", "幹新", "ledger-xylophone", "C", "มูข้อ", "ledgerkeel"} {
		if got := documentsOf(t, r, asked(t, r, query)); len(got) > 0 {
			t.Errorf("%q finds %v", query, got)
		}
	}
}

// Half the words of a query are no answer, but what is left where nothing answers; stop words of the page's language ask nothing.
func testWhoAnswers(t *testing.T, e Engine) {
	r := e.Build(t, []index.Document{
		{ID: "half", Kind: "page", Title: "tide tide tide", Facets: map[string][]string{"colour": {"red"}}},
		{ID: "both", Kind: "page", Body: []string{"the quay, at length, and its tide"}, Facets: map[string][]string{"colour": {"blue"}}},
		{ID: "de", Kind: "page", Lang: "de", Body: []string{"Die Ebbe"}},
		{ID: "warden", Kind: "person", Title: "tide"},
	})
	search := func(q index.Query) *index.Result {
		t.Helper()
		q.Limit, q.Facets, q.FacetLimit = 10, []string{"colour"}, 5
		q.Tiers = true
		result, err := r.Search(context.Background(), &q)
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	both := search(index.Query{Clauses: []index.Clause{asked(t, r, "quay"), asked(t, r, "tide")}})
	if both.Total != 1 || both.Partial != 2 || both.Fallback || both.Hits[0].Doc != 1 || both.Hits[0].Tier != index.Typed ||
		both.Hits[1].Tier != index.Partly {
		t.Errorf("quay tide: %+v", both)
	}
	if !slices.Equal(both.Facets["colour"], []index.Count{{Value: "blue", Count: 1}}) {
		t.Errorf("facets are of those that answer: %+v", both.Facets)
	}
	if some := search(index.Query{Clauses: []index.Clause{asked(t, r, "tide"), asked(t, r, "oar"), asked(t, r, "mast")}}); some.Total != 3 ||
		!some.Fallback || some.Partial != 0 {
		t.Errorf("tide oar mast: %+v", some)
	}
	if red := search(index.Query{Clauses: []index.Clause{asked(t, r, "quay"), asked(t, r, "tide")},
		Filters: []index.Filter{{Facet: "colour", Values: []string{"red"}}}}); red.Total != 0 || red.Partial != 1 || red.Fallback {
		t.Errorf("quay tide among the red: %+v", red)
	}
	if german := search(index.Query{Clauses: []index.Clause{asked(t, r, "die"), asked(t, r, "Ebbe")}}); german.Total != 1 ||
		german.Hits[0].Tier != index.Typed {
		t.Errorf("die Ebbe: %+v", german)
	}
}

// What has the word typed comes before what has only a word near to it, however often and where, and scores higher.
func testTypedComesFirst(t *testing.T, e Engine) {
	r := e.Build(t, []index.Document{
		{ID: "near", Kind: "page", Title: "Barge", Headings: []string{"barge"}, Body: []string{"barge barge barge barge"}},
		{ID: "typed", Kind: "page", Body: []string{
			"a long text about oars, keys, the rota, two lunches, and once a ferry, before we went home to the yard again"}},
	})
	clause := Word("ferri")
	clause.Any = append(clause.Any, index.Match{Terms: []string{"barg"}, Weight: 0.9})
	result, err := r.Search(context.Background(), &index.Query{Clauses: []index.Clause{clause}, Tiers: true, Limit: 5})
	if err != nil || result.Total != 1 || result.Partial != 1 || result.Hits[0].Doc != 1 || !result.Hits[0].Answers || result.Hits[1].Answers {
		t.Errorf("%+v (%v): what has the word answers, what has one near to it follows", result, err)
	}
	clause.Lifts = true
	if got := documentsOf(t, r, clause); !slices.Equal(got, []uint32{1}) {
		t.Errorf("what only lifts finds %v", got)
	}
}

// What takes several days is there on each of them.
func testDatesOfSeveralDays(t *testing.T, e Engine) {
	r := e.Build(t, []index.Document{{ID: "fair", Kind: "page", Date: "2024-05-30", EndDate: "2024-06-02"},
		{ID: "call", Kind: "page", Date: "2024-05-31"}})
	for dates, want := range map[[2]string]int{{"2024-06", "2024-06"}: 1, {"2024-05-31", "2024-05-31"}: 2, {"2024-06-03", ""}: 0,
		{"", "2024-05-29"}: 0} {
		result, err := r.Search(context.Background(), &index.Query{From: dates[0], To: dates[1], Limit: 5})
		if err != nil || result.Total != want {
			t.Errorf("%v: %d (%v), want %d", dates, result.Total, err, want)
		}
	}
}

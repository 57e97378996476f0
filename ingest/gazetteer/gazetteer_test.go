package gazetteer

import "testing"

func TestLoad(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for phrase, want := range map[string]Place{
		"Estonia":          {Code: "EE", Form: ByName},
		"Northern Ireland": {Code: "GB", Form: ByName},
		"Chilean":          {Code: "CL", Form: Demonym},
		"Indians":          {Code: "IN", Form: Demonym},
		"Tallinn":          {Code: "EE", Form: CityOf},
		"Jordan":           {Code: "JO", Form: ByName, Doubt: true},
		"Cambridge":        {Code: "GB", Form: MaybeCity},
	} {
		if got, _ := g.Place(phrase); got != want {
			t.Errorf("Place(%q) = %+v, want %+v", phrase, got, want)
		}
	}
	for word, want := range map[string]Class{"amahle": Forename, "tanaka": Surname, "ministries": OrgHead, "director": Role,
		"will": Common | Forename} {
		if got := g.Word(word); got&want != want {
			t.Errorf("Word(%q) = %b lacks %b", word, got, want)
		}
	}
	if g.Country("EE") != "Estonia" || g.Country("ZZ") != "" {
		t.Error("names of countries are wrong")
	}
	if !g.University("university of sheffield") {
		t.Error("a university is missing")
	}
	if g.LongestPlace("Northern") < 2 {
		t.Error("a place of two words is not found by its first")
	}
}

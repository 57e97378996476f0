package extract

import (
	"slices"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/markdown"
	"rapporteur/ingest/visible"
)

// Names in other languages: what is found, and what is a noun, an article, a month and no name.
func TestOtherLanguages(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		lang, text               string
		people, bodies, ties     []string
		notPeople, notBodies, in []string
	}{
		{lang: "de", text: "Viel Freude hatten alle beim Austausch über Grundlagen. Am Montag hielt Gerrit Lohbeck (Hafenwerke Emmerau) einen " +
			"Vortrag. Weitere Fragen zur Zusammenarbeit stehen auf der Seite.",
			people: []string{"Gerrit Lohbeck"}, bodies: []string{"Hafenwerke Emmerau"}, ties: []string{"Gerrit Lohbeck of Hafenwerke Emmerau"},
			notPeople: []string{"Viel Freude", "Weitere Fragen"}, notBodies: []string{"Austausch", "Grundlagen", "Zusammenarbeit", "Seite"}},
		{lang: "de", text: "* Annegret Lohse (Institut für Angewandte Pegelkunde Emmerau, Schatzmeisterin)",
			people: []string{"Annegret Lohse"}, bodies: []string{"Institut für Angewandte Pegelkunde Emmerau"},
			notBodies: []string{"Schatzmeisterin"}},
		{lang: "de", text: "Der Hafen setzt auf das [Pegel Context Verfahren (PCV)](https://x.example/p), auf die Wellen Wetter Wolken " +
			"(WWW) und nach dem Bürgerlichen Gesetzbuch (BGB) auf die [Lotte Datenbank](https://x.example/l).",
			notPeople: []string{"Pegel Context Verfahren", "Wellen Wetter Wolken", "Bürgerlichen Gesetzbuch", "Lotte Datenbank"}},
		{lang: "de", text: "Der Entwickler der App für Bus und Bahn ist für die Codequalität zuständig, und der Sprecher nannte den einen oder " +
			"anderen Fall. Die Betreuung der Media Kanäle liegt bei den Lab Mitglieder Treffen.",
			notBodies: []string{"Bus", "Codequalität", "Fall", "Media Kanäle", "Lab Mitglieder"}},
		{lang: "de", text: "* Gerrit Lohbeck (Ehrenpräsident)\n* Annegret Lohse (Projektleiterin)",
			people: []string{"Gerrit Lohbeck", "Annegret Lohse"}, notBodies: []string{"Ehrenpräsident", "Projektleiterin"}},
		{lang: "es", text: "* [Nuria Cañedo](https://x.example/n): Developer Evangelist de Rompeolas, quien llegó tarde.",
			people: []string{"Nuria Cañedo"}, bodies: []string{"Rompeolas"}, ties: []string{"Nuria Cañedo of Rompeolas"}},
		{lang: "fr", text: "Des représentants comme **Maëlle Quintrec** de la Cour des marées et **Yann Berthou** de l’AMAREL.",
			people: []string{"Maëlle Quintrec", "Yann Berthou"}, bodies: []string{"Cour des marées", "AMAREL"},
			ties: []string{"Maëlle Quintrec of Cour des marées", "Yann Berthou of AMAREL"}},
		{lang: "es", text: "* [Inés Robledano](https://x.example/i): Directora de Datos del Instituto de las Mareas, quien mostró una red.",
			people: []string{"Inés Robledano"}, bodies: []string{"Instituto de las Mareas"},
			ties: []string{"Inés Robledano of Instituto de las Mareas"}},
		{lang: "fr", text: "La carte est sur le site d’Ostrelle, et le site de Lyon reste fermé. L’équipe de Bernard arrive.",
			bodies: []string{"Ostrelle"}, notBodies: []string{"Lyon", "Bernard", "d’Ostrelle"}},
		{lang: "pt", text: "Agradecemos a Clara Moutinho, Rui Vasconcelos e Marta Lindoso pelas contribuições, feitas na Alemanha.",
			people: []string{"Clara Moutinho", "Rui Vasconcelos", "Marta Lindoso"}, notPeople: []string{"Rui Vasconcelos e Marta Lindoso"},
			notBodies: []string{"Alemanha"}, in: []string{"DE"}},
		{lang: "de", text: "Die Umfrage lief in Kanada, Norwegen und den Niederlanden.", in: []string{"CA", "NL", "NO"},
			notBodies: []string{"Kanada", "Norwegen", "Niederlanden"}},
	} {
		c := markdown.New().Read([]visible.Field{{Key: "title", Value: "x", Line: 1, Title: true}}, []byte(test.text), 2, false)
		r := x.Draft(&ingest.Page{Path: "a.md", Kind: ingest.EventPage, Lang: test.lang, Text: c.Text, Blocks: c.Blocks, Links: c.Links})
		var people, bodies, ties, countries []string
		name := map[ingest.LocalID]string{}
		for _, o := range r.Organisations {
			bodies = append(bodies, o.Name)
			name[o.ID] = o.Name
		}
		for _, p := range r.People {
			people = append(people, p.Name)
			for _, a := range p.Affiliations {
				ties = append(ties, p.Name+" of "+name[a.Organisation])
			}
		}
		for _, c := range r.Countries {
			countries = append(countries, c.Code)
		}
		for _, check := range []struct {
			what           string
			got, want, not []string
		}{{"people", people, test.people, test.notPeople}, {"bodies", bodies, test.bodies, test.notBodies}, {"ties", ties, test.ties, nil},
			{"countries", countries, test.in, nil}} {
			for _, w := range check.want {
				if !slices.Contains(check.got, w) {
					t.Errorf("%s %q: %s lack %q: %q", test.lang, test.text, check.what, w, check.got)
				}
			}
			for _, n := range check.not {
				if slices.Contains(check.got, n) {
					t.Errorf("%s %q: %s have %q", test.lang, test.text, check.what, n)
				}
			}
		}
	}
}

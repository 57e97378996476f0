package language

import "testing"

func TestDetect(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"The gauges of the harbour are read by the people who live there, and what they find is published every week.", "en"},
		{"Am Donnerstag hielt Ulf Berring einen Vortrag über die Pegel des Hafens, und alle Daten sind seit gestern offen.", "de"},
		{"L'enquête a été menée dans le port avec les habitants, et les résultats sont publiés chaque semaine sur le site.", "fr"},
		{"La encuesta se hizo en el puerto con los vecinos, y los resultados se publican cada semana en el sitio para todos.", "es"},
		{"A pesquisa foi feita no porto com os moradores, e os resultados são publicados toda semana no site para todos.", "pt"},
		{"Het onderzoek is gedaan in de haven met de bewoners, en de resultaten worden elke week op de site gepubliceerd.", "nl"},
		{"تحدثت ليلى مرة أخرى عن البيانات المفتوحة في الميناء أمام الجميع", "ar"},
		{"Опрос провели в порту вместе с жителями, и его результаты публикуются каждую неделю на сайте.", "ru"},
		{"Undersökningen gjordes i hamnen tillsammans med de boende, och resultaten publiceras varje vecka på webbplatsen för alla.", "sv"},
		{"Ein Anruf", ""},
		{"Henrike Sandbeck, Jobst Wennekamp, Solveig Marchandise, Rosalba Quintanillo, Tamsin Crannoch, Erwan Le Goffan, Luc Bourdelle", ""},
		{"", ""},
	} {
		if got := Detect(test.text); got != test.want {
			t.Errorf("Detect(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestWords(t *testing.T) {
	de := Of("de-AT")
	for word, want := range map[string]string{"bei": "at", "stiftung": "foundation", "geschäftsführerin": "director", "pegel": ""} {
		if got := de.English(word); got != want {
			t.Errorf("German %q is %q, want %q", word, got, want)
		}
	}
	if got := de.Tail("küstenverein"); got != "association" {
		t.Errorf("Küstenverein is %q by its end", got)
	}
	for _, test := range []struct{ tag, name, want string }{
		{"de", "Südafrika", "ZA"}, {"de", "Vereinigten Staaten", "US"}, {"fr", "Royaume-Uni", "GB"}, {"es", "Reino Unido", "GB"},
		{"pt", "EUA", "US"}, {"nl", "Duitsland", "DE"}, {"de", "Hafen", ""},
	} {
		if got := Of(test.tag).Country(test.name); got != test.want {
			t.Errorf("%s %q is %q, want %q", test.tag, test.name, got, test.want)
		}
	}
	for word, want := range map[string]string{"Veranstaltungen": "event", "événements": "event", "evenements": "event", "ressources": "",
		"equipo": "person"} {
		if got := Folder(word); got != want {
			t.Errorf("folder %q holds %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]string{"referenten": "speaker", "ponentes": "speaker", "speakers": "", "organisateur": "organiser"} {
		if got := Key(word); got != want {
			t.Errorf("key %q is %q, want %q", word, got, want)
		}
	}
	if got := Month("März"); got != 3 {
		t.Errorf("März is month %d", got)
	}
}

func TestOf(t *testing.T) {
	for tag, want := range map[string]Depth{"en-GB": Full, "": Full, "pt_BR": Names, "ar": Structure} {
		if l := Of(tag); l.Depth != want {
			t.Errorf("%q is read to depth %d, want %d", tag, l.Depth, want)
		}
	}
	if got := Of("ar").Name; got != "Arabic" {
		t.Errorf("ar is called %q", got)
	}
}

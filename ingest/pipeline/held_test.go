package pipeline

import (
	"testing"

	"rapporteur/ingest"
)

// TestHeld has people announced on pages of the past, of today, of several days and of no day.
func TestHeld(t *testing.T) {
	page := func(date, end string) *ingest.Record {
		return &ingest.Record{Page: &ingest.Page{Date: date, EndDate: end}, People: []ingest.Participant{{Speaker: true, Announced: true}}}
	}
	for _, c := range []struct {
		date, end string
		want      bool
	}{
		{"2024-03-01", "", false}, {"2024-05-02", "", true},
		{"2024-04-30", "2024-05-02", true}, {"2024-04-28", "2024-05-01", false}, {"", "", true},
	} {
		r := page(c.date, c.end)
		held([]*ingest.Record{r}, "2024-05-02")
		if got := r.People[0].Announced; got != c.want {
			t.Errorf("an event of %q to %q is announced on 2 May 2024: %v, want %v", c.date, c.end, got, c.want)
		}
	}
}

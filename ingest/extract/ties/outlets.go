package ties

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// Outlets that only published something, and stand beside those whom it tells of.

// outlet reports whether the brackets that a body stands in follow a headline: the person is part of a longer link, or a whole
// sentence goes between.
func (v *view) outlet(x *pair, from, to int) bool {
	link := v.Toks[x.p.From].Link
	if link > 0 && to-from == 2 && v.Toks[from].Link == link && v.Toks[from].Shape == text.LowerShape &&
		v.Toks[from].Class&gazetteer.Role == 0 {
		return true // "[Why Jane Roe left] (Roe Courier)"
	}
	if link > 0 {
		if last := v.At(to-2, x.p.From); last != nil && last.Link == link && v.Toks[max(from, to-2)].Link == link && to-from > 2 {
			return true
		}
	}
	if v.Page.Genre != ingest.DigestGenre && v.Page.Genre != ingest.DiaryGenre && v.Page.Genre != ingest.PostGenre && v.Page.Genre != "" {
		return false
	}
	small := 0
	for i := from; i < to; i++ {
		if t := &v.Toks[i]; t.Shape == text.LowerShape && t.Class&gazetteer.Role == 0 && t.Lower != "and" && t.Lower != "of" {
			small++
		}
	}
	return small > 2
}

// tellWords are what an outlet does that stands before those whom it tells of.
var tellWords = fold.Set(`profiles profiled interviews interviewed reports reported quotes quoted reveals revealed thinks
	asks asked looks speaks features featured covers covered examines explores claims says said goes writes wrote`)

// outletTells reports whether a body, or what it publishes, goes on to tell: "The Quay Courier profiles", "Quay Courier's Tide notes".
func (v *view) outletTells(x *pair) bool {
	const longest = 6
	for i := x.b.To; i < x.b.To+longest; i++ {
		t := v.At(i, x.b.From)
		switch {
		case t == nil || t.Opens || i == x.p.From:
			return false // "Quay Courier's Jane Roe"
		case tellWords[t.Lower] || t.Lower == "notes" || t.Lower == "noted":
			return true
		case i == x.b.To && t.Text != "'" && t.Text != "’" && t.Lower != "'s" && t.Lower != "’s":
			return false
		case t.Word() && !t.Capital() && t.Lower != "s" && t.Lower != "'s" && t.Lower != "’s":
			return false
		}
	}
	return false
}

// sourceOf reports whether a body ends a line behind a dash, after a sentence that tells of the person: a headline's outlet.
func (v *view) sourceOf(x *pair, from, to int) bool {
	if v.Page.Kind == ingest.EventPage || v.Page.Genre == ingest.MinutesGenre || v.Page.Genre == ingest.ProfileGenre {
		return false
	}
	dash, small := false, 0
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		dash = t.Text == "-" || t.Text == "–" || t.Text == "—" || dash && (t.Lower == "the")
		if t.Shape == text.LowerShape && t.Class&gazetteer.Role == 0 && !text.Joins[t.Lower] {
			small++
		}
	}
	return dash && small > 0
}

package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
)

// Programmes of events, and lists of those who were there: what the place of a name in a list or table says.

var (
	// talkWords are words of headings of lists of talks.
	talkWords = fold.Set(`talks talk tutorials tutorial keynotes keynote sessions session presentations presentation lightning workshops
		workshop panels programme program agenda schedule lineup line-up speakers speaker abstracts plenary plenaries vorträge programm
		conférences ponencias charlas`)
	// noTalks are words of headings of lists that may hold the words for talks too, and tell of others.
	noTalks = fold.Set(`organisers organizers committee committees sponsors sponsor thanks acknowledgements attendees participants
		references reading resources volunteers staff winners chairs reviewers actions action items previous minutes posters team`)
	// comingTalks are what somebody "will" do at an event who speaks there.
	comingTalks = fold.Set(`talk present discuss speak explore demonstrate moderate facilitate introduce walk cover explain share show
		host deliver give chair lead describe outline reflect examine join demo teach`)
	// withTalks are what one has with whom an event is about: "in conversation with".
	withTalks = fold.Set(`conversation chat interview talk q&a webinar discussion debate lecture evening fireside ama hangout reading seminar
		gespräch rencontre charla`)
	// presentWords head lists of those who were at a meeting.
	presentWords = fold.Set(`present participants participant attendees attendee attendance attending members member guests guest apologies
		absent regrets roll staff observers absence attended board joined`)
)

// scheduled reports whether a place stands where the programme of an event names who speaks: at the start or the end of an item that names
// a talk, at the start of a line below the time.
func (v *view) scheduled(f names.Found) bool {
	if f.Short {
		return false
	}
	from, to := f.From, f.To
	if r := v.runs[f.From]; r.people > 0 {
		from, to = r.From, r.To
	}
	b := int(v.Toks[f.From].Block)
	s := v.Blocks[b]
	switch v.Page.Blocks[b].Kind {
	case ingest.ItemBlock, ingest.CellBlock:
	case ingest.ParagraphBlock:
		return v.ofEvent() && v.timed(s) && (v.opensLine(f) || v.lower(from-1, from) == ";")
	default:
		return false
	}
	opens := from-s.From <= 1
	if !opens && !v.closesTalk(from, to) {
		return false
	}
	linked := v.linksTalk(b)
	if !linked && !v.ofEvent() || !linked && s.To-to < 3 && opens { // a name alone is that of anybody
		return false
	}
	return linked && (!opens || s.To-to > 3) || v.talksAbove(b)
}

// timed reports whether a block begins with a time of the day: "9:10 am -- Locks".
func (v *view) timed(s text.Stretch) bool {
	t := &v.Toks[s.From]
	if s.To == s.From || t.Shape != text.NumberShape {
		return false
	}
	next := v.lower(s.From+1, s.From)
	return strings.ContainsAny(t.Text, ":.h") || next == "am" || next == "pm" || next == "a.m" || next == "p.m" || next == ":"
}

// closesTalk reports whether names end what an item says of a talk, behind a mark or "by": "Locks of the North - Jane Roe (slides)".
func (v *view) closesTalk(from, to int) bool {
	before := v.lower(from-1, from)
	switch before {
	case "-", "–", "—", "by", "with", "|", "von", "par", "/":
	default:
		return false
	}
	next := v.At(to, from)
	return next == nil || next.Line || next.Text == "(" || next.Text == "[" || next.Text == "-" || next.Text == "–" || next.Text == "," ||
		next.Text == "."
}

// linksTalk reports whether a block links to the page of a talk, or of a speaker, or to slides or a recording.
func (v *view) linksTalk(block int) bool {
	s := v.Blocks[block]
	for i := s.From; i < s.To; i++ {
		l := v.Toks[i].Link
		if l == 0 || !v.Toks[i].LinkOpens {
			continue
		}
		if w := v.Toks[i].Lower; w == "slides" || w == "video" || w == "recording" {
			return true
		}
		target := v.Page.Links[l-1].Target
		for _, part := range []string{"/talk", "/presentation", "/session", "/speaker"} {
			if strings.Contains(target, part) {
				return true
			}
		}
	}
	return false
}

// talksAbove reports whether the heading, the lead-in or the column of a block says that it lists talks.
func (v *view) talksAbove(block int) bool {
	bl := &v.Page.Blocks[block]
	over := []int{bl.LeadIn, v.boldLine(block)}
	if bl.Kind == ingest.CellBlock {
		over = []int{v.ColumnHead(int32(block))}
	}
	for h, up := bl.Heading, 0; h >= 0 && up < 2; h, up = v.Page.Blocks[h].Heading, up+1 {
		over = append(over, h)
		if h == v.Page.Blocks[h].Heading {
			break
		}
	}
	for _, h := range over {
		if h < 0 || h == block {
			continue
		}
		s := v.Blocks[h]
		talks := false
		for i := s.From; i < s.To; i++ {
			if w := v.Toks[i].Lower; noTalks[w] {
				return false
			} else if talkWords[w] && s.To-s.From < 14 {
				talks = true
			}
		}
		if talks {
			return true
		}
	}
	return false
}

// invited reports whether the page of an event says in so many words that somebody will speak: "Jane Roe will explore", "join Jane Roe
// as", "in conversation with Jane Roe".
func (v *view) invited(f names.Found) bool {
	if !v.ofEvent() {
		return false
	}
	if v.subjectVerb(f) == "will" {
		for i := f.To; i < f.To+46 && v.At(i, f.From) != nil; i++ {
			if v.Toks[i].Lower != "will" {
				continue
			}
			next := v.lower(i+1, f.From)
			if next == "be" {
				next = strings.TrimSuffix(v.lower(i+2, f.From), "ing")
				return comingTalks[next] || comingTalks[next+"e"]
			}
			return comingTalks[next] && !(next == "join" && v.joinsFor(i+1))
		}
	}
	from := f.From
	if r := v.runs[f.From]; r.people > 0 {
		from = r.From
	}
	i := from - 1
	for n := 0; n < 3 && v.At(i, from) != nil && (v.HasRole(i, i+1) || alwaysTitled[v.Toks[i].Lower]); n++ {
		i--
	}
	switch v.lower(i, from) {
	case "join":
		return true
	case "with":
		return withTalks[v.lower(i-1, from)]
	}
	return false
}

// alwaysTitled are titles before names.
var alwaysTitled = fold.Set(`dr dr. prof prof. professor sir dame lord lady baroness mr mr. mrs mrs. ms ms. rt hon`)

// minutes reports whether the page is a meeting's minutes or notes.
func (v *view) minutes() bool {
	if v.Page.Genre == ingest.MinutesGenre {
		return true
	}
	title := strings.ToLower(v.Page.Title + " " + v.Page.Path)
	return strings.Contains(title, "minutes") || strings.Contains(title, "meeting notes")
}

// stoodInFor reports whether another did at a place what was this person's to do: "read on behalf of the chair, Jane Roe".
func (v *view) stoodInFor(f names.Found) bool {
	for i := f.From - 1; v.At(i, f.From) != nil && i > f.From-6; i-- {
		if v.Toks[i].Lower == "of" && v.lower(i-1, i) == "behalf" {
			return true
		}
	}
	return false
}

// onlyPresent reports whether minutes name somebody in lists of those who were there, or were not, and nowhere else.
func (v *view) onlyPresent(s *names.Named) bool {
	if !v.minutes() {
		return false
	}
	listed := 0
	for _, f := range s.Places {
		b := int(v.Toks[f.From].Block)
		bl, st := &v.Page.Blocks[b], v.Blocks[b]
		if bl.Kind == ingest.FieldBlock || v.stoodInFor(f) {
			continue
		}
		if bl.Kind != ingest.ItemBlock && bl.Kind != ingest.CellBlock && bl.Kind != ingest.ParagraphBlock || v.verbIn(st.From, st.To) {
			return false
		}
		over := []int{bl.LeadIn, v.boldLine(b), bl.Heading}
		if bl.Kind == ingest.CellBlock {
			over = append(over, v.ColumnHead(int32(b)))
		}
		there := false
		for _, h := range over {
			if h < 0 || h == b {
				continue
			}
			for i := v.Blocks[h].From; i < min(v.Blocks[h].To, v.Blocks[h].From+8); i++ {
				there = there || presentWords[v.Toks[i].Lower]
			}
		}
		if !there {
			return false
		}
		listed++
	}
	return listed > 0
}

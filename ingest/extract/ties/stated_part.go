package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// statedPart is what the page says of somebody's part in plain words.
type statedPart struct {
	part   ingest.Part
	at     names.Found // the place that says so
	rule   string
	stated bool   // it is said so plainly that nothing else needs to be weighed
	denied string // why they cannot have spoken; empty if they can
}

// partWords are words for parts, by how they begin; in a heading, before or after a name, or as the verb of a sentence.
var partWords = []struct {
	begin string
	part  ingest.Part
}{
	{"chair", ingest.Chair}, {"co-chair", ingest.Chair}, {"convenor", ingest.Chair}, {"convener", ingest.Chair}, {"moderat", ingest.Moderator},
	{"facilitat", ingest.Facilitator}, {"respondent", ingest.Respondent},
	{"discussant", ingest.Respondent}, {"panelist", ingest.Panellist}, {"panellist", ingest.Panellist}, {"panel", ingest.Panellist},
	{"host", ingest.Host}, {"interviewee", ingest.Interviewee}, {"witness", ingest.Witness},
}

// partOf is the part that a word stands for, "" if it stands for none.
func partOf(word string) ingest.Part {
	for _, p := range partWords {
		if strings.HasPrefix(word, p.begin) {
			return p.part
		}
	}
	return ""
}

// weight orders parts: the finer one is told.
func weight(p ingest.Part) int {
	switch p {
	case ingest.Chair, ingest.Moderator, ingest.Facilitator, ingest.Respondent, ingest.Host, ingest.Witness, ingest.Interviewee:
		return 3
	case ingest.Panellist:
		return 2
	}
	return 1
}

// floorHeads are words of headings and columns that list those who take the floor.
var floorHeads = fold.Set(`speakers speaker panel panellists panelists panellist panelist presenters presenter keynotes keynote moderator
	moderators chair chairs facilitators facilitator contributors discussants discussant respondents respondent
	lineup line-up instructors trainers vortragende referenten referentinnen sprecher sprecherinnen intervenants intervenantes orateurs
	ponentes oradores`)

// tookFloor are verbs that say of their subject, on the page of an event, that they spoke there.
var tookFloor = fold.Set(`spoke speaks talked presented presents spricht sprach`)

// statedPart reads what the page says of somebody's part.
func (v *view) statedPart(s *names.Named) statedPart {
	best := statedPart{part: ingest.Speaker, at: s.Places[0], rule: "speaks"}
	found := 0 // weight of what was found, and whether anything was
	take := func(p ingest.Part, f names.Found, rule string) {
		if w := weight(p); p != "" && w > found {
			found = w
			best.part, best.at, best.rule = p, f, rule
		}
	}
	attended, floor, cited, named := 0, 0, 0, 0
	if d, ok := v.doings[s]; ok {
		floor++
		best.stated = true
		take(d.part, d.at, d.rule)
	}
	for _, f := range s.Places {
		bl := v.Block(f.From)
		if bl.Kind == ingest.FieldBlock {
			key := strings.ToLower(bl.Key)
			if i := strings.IndexByte(key, '.'); i > 0 {
				key = key[:i]
			}
			key = strings.TrimSuffix(key, "s")
			if speakerKeys[key] && key != "participant" {
				best.stated = true
				p := partOf(key)
				if p == "" {
					p = ingest.Speaker
				}
				take(p, f, "front matter")
			}
			continue
		}
		named++
		if v.arranged(f) {
			cited++
			continue
		}
		cited += b2i(v.cited(f) || v.contact(f) || v.chairedFor(f))
		if found == 0 && bl.Kind != ingest.TitleBlock && v.Block(best.at.From).Kind == ingest.FieldBlock {
			best.at = f
		}
		if !v.news() { // there a chair is an office
			p, rule := v.partBeside(f)
			take(p, f, rule)
		}
		how := ""
		switch {
		case v.titled(f):
			how = "named in the title"
		case v.scheduled(f):
			how = "in the programme"
		case v.invited(f):
			how = "announced"
		}
		if how != "" {
			take(ingest.Speaker, f, how)
			floor++
			best.stated = true
		}
		if rule := v.introduced(f); rule != "" {
			take(ingest.Speaker, f, rule)
			floor++
			best.stated = true
		}
		if p, rule := v.plainly(f); p != "" {
			take(p, f, rule)
			floor++
			best.stated = true
		}
		verb := v.subjectVerb(f)
		switch {
		case verb == "attended" || verb == "attend" || verb == "attends" || v.asDid(f):
			attended++
		case verb == "responded":
			floor++
		case v.inPrint(f), v.intoSomething(f):
			cited++
		case partOf(verb) != "" && verb != "panel" && v.passive(f, verb):
			floor++ // chaired by somebody else
		case v.chairs(f, verb):
			cited++
		case partOf(verb) != "" && verb != "panel":
			floor++
			take(partOf(verb), f, "says "+verb)
		case floorVerbs[verb] || reportVerbs[verb]:
			floor++
			take(ingest.Speaker, f, "says "+verb)
			best.stated = best.stated || tookFloor[verb] && (v.Page.Kind == ingest.EventPage || v.Page.Genre == ingest.EventGenre)
		}
		head, plain := v.underFloor(f)
		if head != "" {
			take(partOf(head), f, "listed under "+head)
			take(ingest.Speaker, f, "listed under "+head)
			best.stated = best.stated || plain && v.leads(f)
		}
	}
	if s == v.writer {
		if f, verb, ok := v.spokeOut(); ok {
			part := partOf(verb)
			if part == "" {
				part = ingest.Speaker
			}
			best.stated = true
			take(part, f, "says I "+verb)
			floor++
		}
	}
	switch {
	case cited == named && cited > 0 && floor == 0 && !best.stated:
		best.denied = "what they made is named"
	case v.onlyPresent(s) && floor == 0 && !best.stated && found < 2:
		best.denied = "attended"
	case attended > 0 && floor == 0 && !best.stated && found < 2:
		best.denied = "attended"
	case floor == 0 && !best.stated && v.onlyRead(s):
		best.denied = "author of a work that is listed"
	case v.ownPage(s):
		best.denied = "the page is about them"
	}
	return best
}

// passive reports whether the verb that follows a name says what somebody else did: "Jane Roe and John Doe, chaired by".
func (v *view) passive(f names.Found, verb string) bool {
	for i := f.To; i < f.To+45 && v.At(i+1, f.From) != nil; i++ {
		if v.Toks[i].Lower == verb {
			return v.Toks[i+1].Lower == "by"
		}
	}
	return false
}

// partBeside is the part that words directly about a name give: "Chair: Jane Roe", "moderated by Jane Roe", "Jane Roe (chair)".
func (v *view) partBeside(f names.Found) (ingest.Part, string) {
	for i := f.From - 1; i >= f.From-3; i-- {
		t := v.At(i, f.From)
		if t == nil || t.Text == "." || t.Text == ")" || t.Text == "," || t.Text == ";" || t.Lower == "and" || t.Lower == "the" {
			break
		}
		if p := partOf(t.Lower); p != "" && p != ingest.Panellist && t.Lower != "hosts" {
			if w := v.lower(i-1, f.From); p == ingest.Chair && lastingBodies[w] {
				break // "the committee chair Jane Roe"
			}
			return p, "says " + t.Lower
		}
	}
	for i := f.To; i < f.To+3; i++ {
		t := v.At(i, f.From)
		if t == nil || t.Opens {
			break
		}
		if t.Shape == text.MarkShape && t.Text != "(" && t.Text != "," && t.Text != "-" && t.Text != "–" && t.Text != "—" {
			break
		}
		if p := partOf(t.Lower); p != "" {
			next := v.At(i+1, f.From)
			if next == nil || next.Shape == text.MarkShape || next.Opens {
				return p, "says " + t.Lower
			}
			break
		}
		if t.Word() && i > f.To+1 {
			break
		}
	}
	return "", ""
}

// news reports whether the page tells of many people elsewhere.
func (v *view) news() bool {
	return v.Page.Genre == ingest.DigestGenre || v.Page.Genre == ingest.PostGenre
}

// asDid reports whether somebody did what the sentence says of another: "as did Jane Roe".
func (v *view) asDid(f names.Found) bool {
	a, b := v.At(f.From-2, f.From), v.At(f.From-1, f.From)
	if a == nil || b == nil || a.Lower != "as" || b.Lower != "did" {
		return false
	}
	from, _ := v.Sentence(f.From)
	for i := from; i < f.From; i++ {
		if strings.HasPrefix(v.Toks[i].Lower, "attend") {
			return true
		}
	}
	return false
}

// underFloor returns the word of the heading, lead-in or column that says that those listed there take the floor, "" if none
// does; plain if it says hardly anything else.
func (v *view) underFloor(f names.Found) (word string, plain bool) {
	b := int(v.Toks[f.From].Block)
	bl := &v.Page.Blocks[b]
	over := []int{bl.LeadIn, bl.Heading}
	if bl.Kind == ingest.CellBlock {
		over = []int{v.ColumnHead(int32(b)), bl.Heading}
	}
	if bl.Kind == ingest.HeadingBlock {
		over = over[1:]
	}
	if h := v.boldLine(b); h >= 0 {
		over = append(over, h)
	}
	for _, h := range over {
		if h < 0 || h == b || v.Sorts[h]&gazetteer.ListHead == 0 || v.Sorts[h]&gazetteer.AttendHead != 0 || v.Present[h] {
			continue
		}
		s := v.Blocks[h]
		words := 0
		found := ""
		for i := s.From; i < s.To; i++ {
			t := &v.Toks[i]
			words += b2i(t.Word())
			if floorHeads[t.Lower] {
				found = t.Lower
			}
		}
		own := v.namesItsOwn(h)
		if found != "" && words <= 8 && !own && v.headsFloor(found, h) {
			return found, words <= 4
		}
	}
	return "", false
}

// boldLine is the nearest line in bold print and nothing else above a block, which stands for a heading, -1 if there is none near.
func (v *view) boldLine(block int) int {
	for b := block - 1; b >= max(0, block-5); b-- {
		s := v.Blocks[b]
		if v.Page.Blocks[b].Kind == ingest.HeadingBlock {
			return -1
		}
		if v.Page.Blocks[b].Kind != ingest.ParagraphBlock || s.To == s.From || v.Toks[s.From].Strong == 0 || s.To-s.From > 5 {
			continue
		}
		if last := &v.Toks[s.To-1]; last.Strong > 0 || last.Text == ":" {
			return b
		}
	}
	return -1
}

// ownPage reports whether the page is somebody's own: no occasion, whatever it says of them.
func (v *view) ownPage(s *names.Named) bool {
	return (v.Page.Kind == ingest.PersonPage || v.Page.Genre == ingest.ProfileGenre) && (v.allOf(s) || v.slugOf(s))
}

// slugOf reports whether the file is called after somebody.
func (v *view) slugOf(s *names.Named) bool {
	name := v.Page.Path[strings.LastIndexByte(v.Page.Path, '/')+1:]
	name, _, _ = strings.Cut(name, ".")
	return len(s.Key) > 1 && strings.EqualFold(name, strings.Join(s.Key, "-"))
}

// otherPart says what somebody did who does not speak.
func (v *view) otherPart(s *names.Named, st statedPart) (ingest.Part, string) {
	if st.denied == "attended" {
		return ingest.Attendee, "attended"
	}
	for _, f := range s.Places {
		bl := v.Block(f.From)
		if bl.Kind == ingest.FieldBlock && authorKey(bl.Key) {
			return ingest.Author, "author of the page"
		}
	}
	for _, f := range s.Places {
		bl := v.Block(f.From)
		for _, b := range []int{bl.Heading, bl.LeadIn} {
			if b < 0 || bl.Kind != ingest.ItemBlock && bl.Kind != ingest.CellBlock {
				continue
			}
			if v.Present[b] {
				return ingest.Attendee, "listed as present"
			}
		}
	}
	return "", ""
}

// speakSure is the chance from which on a person is held to speak: few do on pages that are about one person, or list material.
func (v *view) speakSure() float64 {
	switch v.Page.Genre {
	case ingest.ProfileGenre, ingest.ResourceGenre, ingest.OtherGenre:
		return 0.8
	case ingest.PostGenre:
		return 0.55
	case ingest.DigestGenre:
		return 0.47
	}
	return 0.5
}

// announced reports whether the page tells of somebody's part as yet to come.
func (v *view) announced(f names.Found) bool {
	from, to := v.Sentence(f.From)
	for i := from; i < to; i++ {
		switch v.Toks[i].Lower {
		case "will", "upcoming", "forthcoming", "wird", "werden":
			return true
		}
		if floorVerbs[v.Toks[i].Lower] && strings.HasSuffix(v.Toks[i].Lower, "ed") || v.Toks[i].Lower == "spoke" || v.Toks[i].Lower == "gave" {
			return false
		}
	}
	coming, held := v.comingAndHeld()
	return coming > 0 && coming > held
}

// comingAndHeld counts the words of the page that tell of what is to come, and of what was.
func (v *view) comingAndHeld() (coming, held int) {
	if v.tells != nil {
		return v.tells[0], v.tells[1]
	}
	for b := range v.Blocks {
		if k := v.Page.Blocks[b].Kind; k != ingest.ParagraphBlock && k != ingest.ItemBlock {
			continue
		}
		for i := v.Blocks[b].From; i < v.Blocks[b].To; i++ {
			w := v.Toks[i].Lower
			coming += b2i(comingWords[w] || w == "join" && v.Toks[i].Opens)
			held += b2i(w == "was" || w == "were" || w == "spoke" || w == "gave" || w == "thanks" || w == "recording" || w == "slides" ||
				strings.HasSuffix(w, "ed") && (floorVerbs[w] || reportVerbs[w]))
		}
	}
	v.tells = &[2]int{coming, held}
	return coming, held
}

// dayOf reads a day of the month: "2", "12th"; "" if it is none.
func dayOf(s string) string {
	s = strings.TrimRight(s, "sthndr")
	if len(s) == 0 || len(s) > 2 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	if len(s) == 1 {
		s = "0" + s
	}
	if s < "01" || s > "31" {
		return ""
	}
	return s
}

package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// Words by what they say of somebody at an occasion. They are hints to what is learnt.
var (
	floorVerbs = fold.Set(`spoke speak speaks speaking talked talks talk talking presented presents present presenting chaired chairs chairing
		moderated moderates moderating facilitated facilitates facilitating gave gives give
		giving delivered delivers delivering keynoted hosted hosts hosting addressed addresses addressing ran runs opened opens closed closes
		joined joins introduced introduces led leads demonstrated interviewed
		spricht sprach hielt moderiert présente présenté intervient`)
	reportVerbs = fold.Set(`said says argued argues explained explains highlighted highlights shared shares told tells noted notes discussed
		discusses described describes outlined stressed emphasised emphasized raised asked
		reflected suggested commented answered showed shows walked`)
	writeWords = fold.Set(`book books article articles wrote written writes writing author authors blog post paper papers published publishes
		op-ed column tweet tweeted read reading newsletter essay novel editor edited co-authored
		report appointed resigned elected sacked died death hired joins promoted`)
	occasionWords = fold.Set(`talk talks panel panels panellists panelists speakers speaker webinar webinars seminar seminars conference
		keynote keynotes session sessions workshop workshops podcast hearing evidence speech lecture
		lectures presentation presentations event events meeting interview interviewed committee summit hustings debate fireside dialogue
		dialogues plenary meetup episode discussion roundtable symposium stage launch
		vortrag vorträge konferenz podium séance conférence atelier`)
	attendWords = fold.Set(`attended attend attending attendance attendees attendee audience participants met meet meeting chatted caught
		thanks thank thanked visited coffee lunch invited apologies absent absence regrets
		organised organized organising organisers organizers volunteers sponsors`)
	comingWords = fold.Set(`will upcoming register registration tickets rsvp forthcoming`)
)

// partNumbers describes a person as they stand on the page, beside the chance that the words about the places that name them give.
func (v *view) partNumbers(s *names.Named, people []*names.Named, tell []telling) []float32 {
	n := make(numbers, 0, 64)
	n.put(0)
	p := v.Page
	n.count(genreNumber[p.Genre])
	n.is(p.Kind == ingest.EventPage)
	n.is(p.Kind == ingest.PostPage)
	n.is(p.Kind == ingest.PersonPage)
	n.count(min(len(people), 80))
	n.count(min(len(s.Places), 20))
	n.count(len(s.Key))
	n.put(s.Confidence)
	var author, floorKey, otherKey, title, body, bold, linked, opens, heads, turn, byBefore, withBefore, floor, report, write, occasion,
		attend, coming, underFloor, underAttend, leadFloor, leadAttend, columnFloor, fromBefore, short int
	first, firstKind, share := -1, 9, -1
	acts, heard, crowd, spoken := 0, 0, 0, 0
	subject, subjectFloor, subjectReport := 0, 0, 0
	for _, f := range s.Places[:min(len(s.Places), 12)] {
		bl := v.Block(f.From)
		st := v.Blocks[v.Toks[f.From].Block]
		short += b2i(f.Short)
		switch bl.Kind {
		case ingest.FieldBlock:
			key := text.LastKey(bl.Key)
			if key == "name" {
				key = strings.SplitN(bl.Key, ".", 2)[0]
			}
			key = strings.ToLower(strings.TrimSuffix(key, "s"))
			switch {
			case key == "author":
				author++
			case speakerKeys[key]:
				floorKey++
			default:
				otherKey++
			}
			continue
		case ingest.TitleBlock:
			title++
		}
		body++
		if first < 0 {
			first = int(v.Toks[f.From].Block)
			firstKind = kindNumber[bl.Kind]
		}
		bold += b2i(v.Toks[f.From].Strong > 0)
		linked += b2i(v.Toks[f.From].Link > 0)
		opens += b2i(f.From-st.From <= 1)
		heads += b2i(bl.Kind == ingest.HeadingBlock)
		if f.From == st.From && f.To < st.To && v.Toks[f.To].Text == ":" {
			turn++
		}
		if t := v.At(f.From-1, f.From); t != nil {
			byBefore += b2i(t.Lower == "by" || t.Lower == "von" || t.Lower == "par")
			withBefore += b2i(t.Lower == "with" || t.Lower == "featuring" || t.Lower == "mit" || t.Lower == "avec")
			fromBefore += b2i(t.Lower == "from")
		}
		from := f.From
		if r := v.runs[f.From]; r.people > 0 {
			from, crowd = r.From, max(crowd, r.people)
		}
		heard += b2i(v.heardFrom(from))
		acts += b2i(v.actAfter(f))
		if verb := v.subjectVerb(f); verb != "" {
			floor += b2i(floorVerbs[verb])
			report += b2i(reportVerbs[verb])
		}
		start, to := v.Sentence(f.From)
		for i := max(start, f.From-40); i < min(to, f.To+40); i++ {
			w := v.Toks[i].Lower
			write += b2i(writeWords[w])
			occasion += b2i(occasionWords[w])
			attend += b2i(attendWords[w])
			coming += b2i(comingWords[w])
		}
		for h, up := bl.Heading, 0; h >= 0 && up < 3; h, up = v.Page.Blocks[h].Heading, up+1 {
			underFloor += b2i(v.Sorts[h]&gazetteer.ListHead != 0)
			underAttend += b2i(v.Sorts[h]&gazetteer.AttendHead != 0 || v.Present[h])
			if h == v.Page.Blocks[h].Heading {
				break
			}
		}
		if bl.LeadIn >= 0 {
			leadFloor += b2i(v.Sorts[bl.LeadIn]&gazetteer.ListHead != 0)
			leadAttend += b2i(v.Sorts[bl.LeadIn]&gazetteer.AttendHead != 0 || v.Present[bl.LeadIn])
		}
		if bl.Kind == ingest.CellBlock {
			if c := v.ColumnHead(v.Toks[f.From].Block); c >= 0 {
				columnFloor += b2i(v.Sorts[c]&gazetteer.ListHead != 0)
			}
		}
		if (bl.Kind == ingest.ItemBlock || bl.Kind == ingest.CellBlock) && share < 0 {
			share = v.listShare(&pair{p: f})
		}
	}
	for i := range tell {
		if t := &tell[i]; t.who == s && (t.how == byName || t.how == byPronoun || t.how == byVoice) {
			subject++
			for k := t.From; k < t.To && k < t.From+40; k++ {
				if v.Toks[k].Shape == text.LowerShape {
					subjectFloor += b2i(floorVerbs[v.Toks[k].Lower])
					subjectReport += b2i(reportVerbs[v.Toks[k].Lower])
				}
			}
		}
	}
	for _, k := range []int{author, floorKey, otherKey, title, body, bold, linked, opens, heads, turn, byBefore, withBefore, fromBefore, floor,
		report, write, occasion, attend, coming, underFloor, underAttend, leadFloor, leadAttend,
		columnFloor, short, firstKind, share, min(subject, 20), min(subjectFloor, 10), min(subjectReport, 10)} {
		n.count(k)
	}
	if author > 0 {
		if _, _, ok := v.spokeOut(); ok {
			spoken = 1
			if s == v.writer {
				spoken = 2
			}
		}
	}
	said, cited := 0, 0
	for _, f := range s.Places[:min(len(s.Places), 12)] {
		from := f.From
		if r := v.runs[f.From]; r.people > 0 {
			from = r.From
		}
		said += b2i(reportVerbs[v.lower(from-1, from)])
		cited += b2i(v.cited(f))
	}
	_, does := v.doings[s]
	for _, k := range []int{acts, heard, min(crowd, 20), spoken, said, cited, b2i(does)} {
		n.count(k)
	}
	where := 0
	if first >= 0 {
		where = 100 * first / len(v.Blocks)
	}
	n.count(where)
	last := s.Key[len(s.Key)-1]
	n.is(len(s.Key) > 1 && strings.Contains(strings.ToLower(p.Path), last))
	shape := v.pageShape()
	for _, k := range shape {
		n.count(k)
	}
	return n
}

// pageShape says of the whole page what tells sorts of writing apart.
func (v *view) pageShape() [8]int {
	if v.shape != nil {
		return *v.shape
	}
	var s [8]int // sections that take the floor, that are there; first person; links; items; words; turns; coming
	for b := range v.Page.Blocks {
		bl := &v.Page.Blocks[b]
		if bl.Kind == ingest.HeadingBlock {
			s[0] += b2i(v.Sorts[b]&gazetteer.ListHead != 0)
			s[1] += b2i(v.Sorts[b]&gazetteer.AttendHead != 0)
		}
		if bl.Kind == ingest.ItemBlock {
			s[4]++
		}
		st := v.Blocks[b]
		if st.To-st.From > 3 && (v.Toks[st.From+1].Text == ":" || v.Toks[st.From+2].Text == ":") {
			s[6]++
		}
	}
	s[2] = len(v.Voice) * 1000 / (len(v.Toks) + 50)
	s[3] = len(v.Page.Links) * 1000 / (len(v.Toks) + 50)
	s[4] = s[4] * 100 / (len(v.Page.Blocks) + 1)
	s[5] = min(len(v.Toks)/100, 60)
	s[6] = s[6] * 100 / (len(v.Page.Blocks) + 1)
	for i := range v.Toks {
		s[7] += b2i(comingWords[v.Toks[i].Lower])
	}
	s[7] = min(s[7], 20)
	v.shape = &s
	return s
}

package ties

import (
	"fmt"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// Words by what they say of a person and the body that follows. They are hints to what is learnt, never decide by themselves.
var (
	tieVerbs = fold.Set(`is was works worked working joined joins joining leads led leading founded cofounded co-founded founder
		serves served serving heads headed runs represents represented representing manages managed holds held sits chairs
		directs directed coordinates coordinated became becomes appointed elected employed studied studies studying graduated
		teaches taught advises advised member director based career role position job degree phd fellow professor currently
		researcher spent completed received ist arbeitet leitet est travaille dirige`)
	meetVerbs = fold.Set(`met meets meet meeting told tells visited visiting visit thanked thanks thank wrote writes writing
		reported reports reporting criticised criticized praised applied application submitted asked asks sued called calls
		urges urged welcomed invited interviewed reading read watched attended attend attending saw heard emailed response
		responded respond launched launch published hosted shared discussed against accused accuses announced via according
		review reviewed about letter`)
	pastWords = fold.Set(`was were former formerly previously previous ex until before prior past earlier served worked held
		retired late outgoing departing left spent joined studied graduated received completed completing earned obtained
		founded then did been ehemalige ehemaliger ehemals früher ancien ancienne`)
	nowWords = fold.Set(`is are currently now present since works leads serves sits heads runs holds has recently joined joins
		ist arbeitet leitet est`)
	shadowWords = fold.Set(`shadow opposition`)
)

// numbers collects what describes one thing, always in the same order.
type numbers []float32

func (n *numbers) put(x float64) { *n = append(*n, float32(x)) }
func (n *numbers) count(x int)   { *n = append(*n, float32(x)) }
func (n *numbers) is(b bool) {
	x := float32(0)
	if b {
		x = 1
	}
	*n = append(*n, x)
}

var howNumber = map[string]int{"block": 0, byPronoun: 1, byVoice: 2, byPlace: 3, "below": 4, "parent": 5, "child": 6, "row": 7, "fields": 8,
	"field": 9, "author": 10, "group": 11, "home": 12, "run": 13, "label": 14, "office": 15, "party": 16}

var kindNumber = map[ingest.BlockKind]int{ingest.ParagraphBlock: 0, ingest.ItemBlock: 1, ingest.CellBlock: 2, ingest.HeadingBlock: 3,
	ingest.QuoteBlock: 4, ingest.AltBlock: 5, ingest.FieldBlock: 6, ingest.TitleBlock: 7}

var genreNumber = map[ingest.Genre]int{ingest.EventGenre: 1, ingest.MinutesGenre: 2, ingest.ProfileGenre: 3, ingest.PostGenre: 4,
	ingest.DiaryGenre: 5, ingest.DigestGenre: 6, ingest.ReportGenre: 7, ingest.ResourceGenre: 8, ingest.OtherGenre: 9}

var joinNumber = map[string]int{"of": 1, "at": 2, "for": 3, "from": 4, "with": 5, "to": 6, "by": 7, "in": 8, "and": 9, "on": 10, "de": 1,
	"du": 1, "von": 1, "der": 1, "bei": 2, "para": 3, "pour": 3, "für": 3, "(": 12, ",": 13, ":": 14, "-": 15, "–": 15, "—": 15, "'s": 16,
	"s": 16, "|": 17, "/": 17, "as": 18}

// joinBefore is what joins a body to what stands before it, "the" and an article left aside.
func (v *view) joinBefore(b names.Found) int {
	i := b.From - 1
	for n := 0; n < 2; n++ {
		if t := v.At(i, b.From); t != nil && (t.Lower == "the" || t.Lower == "a" || t.Lower == "our" || t.Lower == "die" || t.Lower == "la" ||
			t.Lower == "le" || t.Text == "[") {
			i--
		}
	}
	t := v.At(i, b.From)
	if t == nil {
		return 20
	}
	if n := joinNumber[t.Lower]; n > 0 {
		return n
	}
	switch {
	case t.Opens || t.Text == ".":
		return 21
	case t.Class&gazetteer.Role != 0:
		return 22
	case t.Shape == text.LowerShape:
		return 23
	}
	return 24
}

func (v *view) joinAfter(b names.Found) int {
	t := v.At(b.To, b.From)
	if t == nil {
		return 20
	}
	if t.Text == "'" || t.Text == "’" {
		return 16
	}
	if t.Text == ")" {
		return 11
	}
	if t.Text == "." || t.Opens {
		return 21
	}
	if n := joinNumber[t.Lower]; n > 0 {
		return n
	}
	if t.Class&gazetteer.Role != 0 {
		return 22
	}
	if t.Shape == text.LowerShape {
		return 23
	}
	return 24
}

// pairNumbers describes a pair beside the chance that its words give it.
func (v *view) pairNumbers(x *pair, all *rivals, named []int8) []float32 {
	n := make(numbers, 0, 80)
	n.put(0) // left for the chance that the words give
	n.count(howNumber[x.how])
	from, to := x.p.To, x.b.From
	after := x.b.From >= x.p.To
	if !after {
		from, to = x.b.To, x.p.From
	}
	across := v.Toks[x.p.From].Block != v.Toks[x.b.From].Block
	if across {
		from, to = v.Blocks[v.Toks[x.b.From].Block].From, x.b.From
	}
	n.is(after)
	n.count(min(to-from, 60))
	n.count(x.distance)
	// what stands between
	var people, bodies, sentences, commas, depth, shut, roles, ties, meets, past, now, small, capitals, marks, numerals, lines int
	for i := from; i < to && i < from+150; i++ {
		t := &v.Toks[i]
		if t.Opens && i > from {
			sentences++
		}
		if t.Line {
			lines++
		}
		if named[i] != 0 && (i == from || named[i-1] != named[i]) {
			switch named[i] {
			case 1:
				people++
			case 3:
				bodies++
			}
		}
		switch {
		case t.Text == "(" || t.Text == "[":
			depth++
		case t.Text == ")" || t.Text == "]":
			depth--
			shut++
		case t.Text == ",":
			commas++
		case t.Shape == text.MarkShape:
			marks++
		case t.Shape == text.NumberShape:
			numerals++
		case t.Capital() && named[i] == 0:
			capitals++
		}
		if t.Class&gazetteer.Role != 0 {
			roles++
		}
		if t.Shape == text.LowerShape {
			small++
			ties += b2i(tieVerbs[t.Lower])
			meets += b2i(meetVerbs[t.Lower])
			past += b2i(pastWords[t.Lower])
			now += b2i(nowWords[t.Lower])
		}
	}
	for _, k := range []int{people, bodies, sentences, commas, depth, shut, roles, ties, meets, past - now, small, capitals, marks, numerals,
		lines} {
		n.count(k)
	}
	n.is(depth > 0 && to-from == 1)
	n.count(v.joinBefore(x.b))
	n.count(v.joinAfter(x.b))
	// the words before the two
	start, end := min(x.p.From, x.b.From), max(x.p.To, x.b.To)
	if across {
		start, end = x.p.From, x.p.To
	}
	bl, s := v.Block(x.p.From), v.Blocks[v.Toks[x.p.From].Block]
	var roleBefore, meetBefore, shadow, roleAfter int
	for i := max(s.From, start-5); i < start; i++ {
		t := &v.Toks[i]
		roleBefore += b2i(t.Class&gazetteer.Role != 0)
		meetBefore += b2i(meetVerbs[t.Lower])
		shadow += b2i(shadowWords[t.Lower])
	}
	for i := from; i < to; i++ {
		shadow += b2i(shadowWords[v.Toks[i].Lower])
	}
	for i := end; i < min(s.To, end+4); i++ {
		roleAfter += b2i(v.Toks[i].Class&gazetteer.Role != 0)
	}
	for _, k := range []int{roleBefore, meetBefore, shadow, roleAfter} {
		n.count(k)
	}
	n.is(x.p.From-s.From <= 1)
	n.is(x.p.From < len(v.Toks) && v.Toks[x.p.From].Opens)
	bs := v.Blocks[v.Toks[x.b.From].Block]
	n.is(x.b.From-bs.From <= 1)
	n.is(bs.To-x.b.To <= 1)
	n.count(min(bs.To-bs.From, 200))
	n.count(kindNumber[bl.Kind])
	n.count(kindNumber[v.Block(x.b.From).Kind])
	tp, tb := &v.Toks[x.p.From], &v.Toks[x.b.From]
	n.is(tp.Strong > 0)
	n.is(tb.Strong > 0)
	n.is(tp.Link > 0)
	n.is(tb.Link > 0)
	n.is(tp.Link > 0 && tp.Link == tb.Link)
	n.is(tp.Link > 0 && tp.Link != tb.Link &&
		!(tp.LinkOpens && (v.At(x.p.To, x.p.From) == nil || v.Toks[min(x.p.To, len(v.Toks)-1)].Link != tp.Link)))
	n.is(x.p.Short)
	// who else could be meant
	r := all.of(x)
	n.count(r.bodyRank)
	n.count(r.personRank)
	n.count(min(r.bodies, 40))
	n.count(min(r.people, 40))
	n.count(r.nearerBody)
	n.count(r.nearerPerson)
	n.count(min(r.alike, 20))
	n.count(len(x.others))
	n.count(min(len(x.body.Places), 20))
	n.count(min(len(x.person.Places), 20))
	n.put(x.body.Confidence)
	n.put(x.person.Confidence)
	last := v.Toks[x.b.To-1].Class
	n.is(last&gazetteer.OrgHead != 0)
	n.is(last&gazetteer.Misc != 0)
	n.is(last&gazetteer.Media != 0)
	n.is(v.Hints[x.b.From].Body)
	n.is(v.Hints[x.b.From].Uni)
	n.is(v.own(x.body))
	n.count(min(x.b.To-x.b.From, 9))
	n.count(genreNumber[v.Page.Genre])
	n.is(v.Page.Kind == ingest.EventPage)
	n.is(v.Page.Kind == ingest.PersonPage)
	n.count(min(all.people, 60))
	n.count(min(all.bodies, 60))
	n.count(r.tells)
	// heading
	head := gazetteer.Class(0)
	group := false
	if bl.Heading >= 0 {
		head = v.Sorts[bl.Heading]
		group = head&gazetteer.OrgHead != 0
	}
	n.is(head&gazetteer.ListHead != 0)
	n.is(head&gazetteer.AttendHead != 0)
	n.is(group)
	n.is(head&gazetteer.Role != 0)
	n.count(min(v.listShare(x), 100))
	n.count(min(x.run, 20))
	n.count(min(x.apart, 60))
	n.is(v.inOffice(x.p))
	n.is(v.opensLine(x.p))
	n.count(min(v.placesBefore(x), 9))
	n.count(v.standsIn(x.body))
	groups, floors := v.groupWords(x)
	n.count(groups)
	n.count(floors)
	post, job := v.Post(x.b.From)
	n.is(post)
	n.is(job)
	return n
}

// memberWords say of a list that it names those who belong to something; floorHeads and these that it names those who take a part.
var (
	memberWords = fold.Set(`board team members member membership staff committee council trustees directors fellows fellow
		candidates candidate officers executive executives organisers organizers volunteers conveners maintainers advisors
		advisers alumni crew cohort steering leadership elected appointed list representatives represented representing people
		students interns employees colleagues faculty secretariat mitglieder vorstand équipe membres miembros equipo`)
	sessionWords = fold.Set(`programme program agenda schedule talks talk session sessions workshop keynote keynotes papers
		sponsors thanks acknowledgements references news links reading`)
)

// groupWords counts, of a pair whose body stands elsewhere, the words about the person's list and in the body's sentence that say that it
// names members of something, and those that say that it names who takes a part.
func (v *view) groupWords(x *pair) (groups, floors int) {
	switch x.how {
	case "group", "home", "office", "run", "label":
	default:
		return 0, 0
	}
	count := func(from, to int) {
		for i := from; i < to && i < from+40; i++ {
			w := v.Toks[i].Lower
			groups += b2i(memberWords[w])
			floors += b2i(sessionWords[w] || floorHeads[w])
		}
	}
	block := v.Toks[x.p.From].Block
	bl := &v.Page.Blocks[block]
	over := []int{bl.LeadIn, bl.Heading}
	if bl.Kind == ingest.CellBlock {
		over[0] = v.ColumnHead(block)
	}
	for _, h := range over {
		if h >= 0 && h != int(v.Toks[x.b.From].Block) {
			count(v.Blocks[h].From, v.Blocks[h].To)
		}
	}
	count(v.Sentence(x.b.From))
	if bl.Kind == ingest.ParagraphBlock {
		from, _ := v.Sentence(x.p.From)
		count(from, x.p.From)
	}
	return min(groups, 9), min(floors, 9)
}

// placesBefore is how many times a pair's body is named before its place, of all at most nine.
func (v *view) placesBefore(x *pair) (n int) {
	for _, f := range x.body.Places {
		if f.From < x.b.From {
			n++
		}
	}
	return n
}

// standsIn says where a body stands that shows what the page is about: 4 in the title, 2 in a heading of the first level, 1 in the front
// matter, added up.
func (v *view) standsIn(o *names.Named) (where int) {
	if where, ok := v.stands[o]; ok {
		return where
	}
	defer func() { v.stands[o] = where }()
	for _, f := range o.Places {
		switch bl := v.Block(f.From); {
		case bl.Kind == ingest.TitleBlock:
			where |= 4
		case bl.Kind == ingest.HeadingBlock && bl.Level == 1:
			where |= 2
		case bl.Kind == ingest.FieldBlock:
			where |= 1
		}
	}
	return where
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// listShare is how many in a hundred items of the list, or cells of the table, that the person of a pair stands in hold a person; -1
// outside of one.
func (v *view) listShare(x *pair) int {
	bl := v.Block(x.p.From)
	if bl.Kind != ingest.ItemBlock && bl.Kind != ingest.CellBlock {
		return -1
	}
	var share int
	face := v.ListSort(int(v.Toks[x.p.From].Block))
	if strings.HasPrefix(face, "yesyes") {
		share = 2
	} else if strings.HasPrefix(face, "yes") {
		share = 1
	}
	return share
}

// rival is what the other pairs of the page say of one.
type rival struct {
	bodyRank, personRank     int // how many bodies are nearer to the person, and people to the body
	bodies, people           int // that the person, and the body, is paired with
	nearerBody, nearerPerson int // by how much the nearest of them is nearer
	alike                    int // other people who stand to a body in just this way
	tells                    int // whom the body's sentence tells of: 0 not known, 1 this person, 2 another
}

func (r *rivals) of(x *pair) rival { return r.each[x] }

// compare fills in what pairs say of each other.
func (v *view) compare(pairs []pair, tell []telling, r *rivals) {
	r.each = map[*pair]rival{}
	r.bracketed = map[*names.Named]bool{}
	byPerson, byBody := map[*names.Named][]*pair{}, map[*names.Named][]*pair{}
	shapes := map[string]map[*names.Named]bool{}
	shape := func(x *pair) string {
		from, to := x.p.To, x.b.From
		if x.b.From < x.p.To {
			from, to = x.b.To, x.p.From
		}
		if v.Toks[x.p.From].Block != v.Toks[x.b.From].Block {
			return fmt.Sprint(x.how, v.Block(x.b.From).Kind, x.b.From-v.Blocks[v.Toks[x.b.From].Block].From)
		}
		if to-from > 3 || to < from {
			return ""
		}
		text := x.how
		for i := from; i < to; i++ {
			text += " " + v.Toks[i].Lower
		}
		return text
	}
	for i := range pairs {
		x := &pairs[i]
		byPerson[x.person] = append(byPerson[x.person], x)
		for _, y := range append([]pair{*x}, x.others...) {
			if y.b.From == y.p.To+1 && v.Toks[y.p.To].Text == "(" {
				r.bracketed[x.person] = true
			}
		}
		byBody[x.body] = append(byBody[x.body], x)
		if s := shape(x); s != "" {
			if shapes[s] == nil {
				shapes[s] = map[*names.Named]bool{}
			}
			shapes[s][x.person] = true
		}
	}
	r.people, r.bodies = len(byPerson), len(byBody)
	for i := range pairs {
		x := &pairs[i]
		q := rival{bodies: len(byPerson[x.person]), people: len(byBody[x.body])}
		if q.bodies <= 200 {
			for _, y := range byPerson[x.person] {
				if y.distance < x.distance {
					q.bodyRank++
					q.nearerBody = max(q.nearerBody, x.distance-y.distance)
				}
			}
		}
		if q.people <= 200 {
			for _, y := range byBody[x.body] {
				if y.distance < x.distance {
					q.personRank++
					q.nearerPerson = max(q.nearerPerson, x.distance-y.distance)
				}
			}
		}
		if s := shape(x); s != "" {
			q.alike = len(shapes[s]) - 1
		}
		if t := tellingOf(tell, x.b.From); t != nil && t.who != nil {
			q.tells = 2
			if t.who == x.person {
				q.tells = 1
			}
		}
		r.each[x] = q
	}
}

// tellingOf returns the sentence that a token stands in, nil if there is none.
func tellingOf(tell []telling, i int) *telling {
	lo, hi := 0, len(tell)
	for lo < hi {
		m := (lo + hi) / 2
		if tell[m].To <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(tell) && tell[lo].From <= i {
		return &tell[lo]
	}
	return nil
}

package names

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// found is a name in the text: a range of tokens of one block.
type Found struct {
	From, To   int
	Kind       tagger.Label // the label that opens it
	Rule       string
	Confidence float64
	Short      bool     // a person's name of one word
	Name       string   // what it is called, where the text has more or less than that: a nickname inside, a surname alone
	Cut        int      // bytes at the end of the place that are an ending of a case and no part of the name
	Also       []string // other names that the place gives it
}

// View is a page on which names are found.
type View struct {
	*text.View
	Held     int              // names left out for want of a second witness, once they are found
	Acronyms []ingest.Acronym // that the page explains, in order
	seen     *partsSeen       // what the tagger made of the parts of blocks, while the places of a page are brought to one kind
}

// Finder finds the names of pages. It is safe for parallel use.
type Finder struct {
	read         *text.Reader
	model        *tagger.Model
	body, person tagger.Ensemble // whether words name a body, a person; without them what the tagger says stands
	scratch      sync.Pool
}

// New makes a Finder from the models of names. Without the classifiers that bring the places of a page to one kind, what the tagger says
// stands.
func New(read *text.Reader, models *tagger.Models) *Finder {
	return &Finder{read: read, model: models.Names, body: models.Ensemble(IsBody), person: models.Ensemble(IsPerson)}
}

// Look prepares a page.
func (x *Finder) Look(p *ingest.Page) *View {
	v := &View{View: x.read.Look(p)}
	v.applyRules()
	return v
}

// Find returns the names of a page in the order of the text.
func (x *Finder) Find(v *View) []Found {
	return v.withoutMarks(v.nominative(v.corroborated(v.foreign(v.repair(x.agree(v, x.Tag(v)))))))
}

// scratch is the memory that tagging a page reuses.
type scratch struct {
	decoder tagger.Decoder
	buf     []uint32
	fs      [][]uint32
}

// Tag finds the names of a page by the tagger alone and mends their edges.
func (x *Finder) Tag(v *View) []Found {
	w, ok := x.scratch.Get().(*scratch)
	if !ok {
		w = &scratch{}
	}
	defer x.scratch.Put(w)
	var all []Found
	for _, s := range v.Blocks {
		if s.From == s.To {
			continue
		}
		w.buf, w.fs = v.features(s, w.buf[:0], w.fs[:0])
		for _, r := range x.model.Runs(&w.decoder, w.fs) {
			f := Found{From: s.From + r.From, To: s.From + r.To, Kind: r.Kind, Rule: "tagger", Confidence: r.Confidence}
			if rule := v.Hints[f.From].Rule; rule != text.NoRule && !v.Hints[f.From].Inside && rule.Person() == (r.Kind == tagger.BeginPerson) {
				f.Rule = text.RuleNames[rule]
			}
			all = v.mend(all, f)
		}
		all = v.stated(all, s)
	}
	return all
}

// stated adds what the place says whatever the words look like: a slug under a person's key of the front matter, the whole
// of a field or cell that is headed as an organisation.
func (v *View) stated(all []Found, s text.Stretch) []Found {
	free := len(all) == 0 || all[len(all)-1].To <= s.From
	f := Found{From: s.From, To: s.To, Rule: "front-matter", Confidence: 0.9}
	switch {
	case v.Hints[s.From].Rule == text.FieldPerson && v.slug(f) && free:
		f.Kind = tagger.BeginPerson
		return append(all, f)
	case v.statesSpeaker(s):
		for len(all) > 0 && all[len(all)-1].From >= s.From {
			all = all[:len(all)-1]
		}
		f.Kind = tagger.BeginPerson
		return append(all, f)
	case v.statesOneWord(s):
		if !free {
			all = all[:len(all)-1]
		}
		f.Kind, f.Short = tagger.BeginPerson, true
		return append(all, f)
	case v.StatesBody(int(v.Toks[s.From].Block)) && s.To-s.From <= 10 && v.Toks[s.From].Capital() && v.index(s.From, s.To, ",") < 0 &&
		v.index(s.From, s.To, ";") < 0:
		for !free && all[len(all)-1].From >= s.From {
			if all = all[:len(all)-1]; len(all) == 0 {
				break
			}
		}
		f.Kind = tagger.BeginOrganisation
		return append(all, f)
	}
	return v.statedFirst(all, s)
}

// speakerHeads head the columns of tables that name people who speak.
var speakerHeads = fold.SetOf("speaker", "speakers", "presenter", "presenters", "presenter(s)", "speaker(s)", "moderator",
	"panelist", "panellist",
	"instructor", "facilitator", "lecturer")

// statesSpeaker reports whether a cell under the heading of speakers is a name and nothing else.
func (v *View) statesSpeaker(s text.Stretch) bool {
	if v.Block(s.From).Kind != ingest.CellBlock || s.To-s.From > 4 || v.nameEnd(s.From) != s.To || v.headIn(s.From, s.To) >= 0 ||
		v.Hints[s.From].Body {
		return false
	}
	head := v.ColumnHead(v.Toks[s.From].Block)
	if head < 0 || v.Blocks[head].To-v.Blocks[head].From > 3 {
		return false
	}
	for i := v.Blocks[head].From; i < v.Blocks[head].To; i++ {
		if speakerHeads[v.Toks[i].Lower] {
			return true
		}
	}
	return false
}

// statesOneWord reports whether a field of the front matter is the name of somebody who is called by one word: a given name
// under a person's key, and any word that is none of the language under "name" of a list of people, be it a nickname or a handle.
func (v *View) statesOneWord(s text.Stretch) bool {
	bl, t := v.Block(s.From), &v.Toks[s.From]
	if bl.Kind != ingest.FieldBlock || s.To-s.From != 1 {
		return false
	}
	last := strings.ToLower(text.LastKey(bl.Key))
	switch c := t.Class; {
	case c&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Month|gazetteer.Media) != 0,
		v.Hints[s.From].Place != gazetteer.NoPlace && c&gazetteer.Forename == 0:
		return false
	case personKeys[last] && t.Shape == text.TitleShape:
		return c&gazetteer.Forename != 0 && c&gazetteer.Role == 0
	case last != "name" || !keyIs(bl.Key, personKeys) || utf8.RuneCountInString(t.Text) < 2:
		return false
	case c&gazetteer.Forename != 0:
		return true
	}
	return t.Class&(gazetteer.Common|gazetteer.Role|gazetteer.Title|gazetteer.PostNominal) == 0 && !t.Known &&
		t.Shape != text.MarkShape && t.Shape != text.NumberShape &&
		t.Shape != text.AddressShape && t.Shape != text.UpperShape && (v.Small[t.Lower] == 0 || t.Text == t.Lower && v.Small[t.Lower] == 1)
}

// statesBody reports whether a block is a field or a cell that is headed as an organisation.
func (v *View) StatesBody(block int) bool {
	bl := &v.Page.Blocks[block]
	switch bl.Kind {
	case ingest.FieldBlock:
		return BodyKeys[strings.ToLower(text.LastKey(bl.Key))]
	case ingest.CellBlock:
		head := v.ColumnHead(int32(block))
		if head < 0 {
			return false
		}
		for i := v.Blocks[head].From; i < v.Blocks[head].To; i++ {
			if BodyKeys[v.Toks[i].Lower] {
				return true
			}
		}
	}
	return false
}

// longestName is how many tokens a name may have: that of a ministry of many duties has some thirty. What is longer is a list, or
// noise.
const longestName = 40

// mend repairs the edges of a name and appends what is left of it: none, one or two names.
func (v *View) mend(all []Found, f Found) []Found {
	for i := f.From + 1; i < f.To; i++ {
		// no name runs over a line break, or over the end of a sentence
		if v.Toks[i].Line || f.Kind == tagger.BeginPerson && i > f.From+1 && v.ended(i-1) {
			rest := f
			f.To, rest.From = i, i
			all = v.mend(all, f)
			if f.Kind == tagger.BeginPerson || v.Toks[rest.From].Class&gazetteer.Month == 0 {
				all = v.mend(all, rest)
			}
			return all
		}
	}
	v.trim(&f)
	if f.From >= f.To || f.To-f.From > longestName {
		return all
	}
	switch f.Kind {
	case tagger.BeginPerson:
		return v.mendPerson(all, f)
	case tagger.BeginOrganisation:
		return v.mendBody(all, f)
	}
	return append(all, f)
}

// ended reports whether a sentence ends with token i: a full stop behind a word that is neither initials nor shortened, and a space.
func (v *View) ended(i int) bool {
	if v.Toks[i].Text != "." || !v.Toks[i+1].Spaced {
		return false
	}
	const shortenedWord = 4 // runes: "Chr.", "Prof."
	word := &v.Toks[i-1]
	n := utf8.RuneCountInString(word.Text)
	return word.Shape == text.TitleShape && word.Class&(gazetteer.Title|gazetteer.PostNominal) == 0 &&
		(n > shortenedWord || n > 2 && word.Class&gazetteer.Forename != 0)
}

// trim takes marks, small words and titles off both ends.
func (v *View) trim(f *Found) {
	for f.From < f.To {
		t := &v.Toks[f.From]
		if t.Shape == text.MarkShape && t.Text != "@" || t.Lower == "the" || t.Lower == "and" || t.Lower == "a" || t.Lower == "of" ||
			t.Lower == "by" ||
			f.Kind == tagger.BeginPerson && t.Class&gazetteer.Title != 0 && f.To-f.From > 1 &&
				(t.Class&gazetteer.Forename == 0 || alwaysTitles[t.Lower] && f.To-f.From > 2) {
			f.From++
			continue
		}
		break
	}
	for f.To > f.From {
		t := &v.Toks[f.To-1]
		switch {
		case t.Shape == text.MarkShape && !(t.Text == ")" && v.opensBracket(f.From, f.To-1)),
			t.Shape == text.LowerShape && (text.Joins[t.Lower] || f.Kind == tagger.BeginPerson && t.Class&gazetteer.Particle != 0),
			t.Lower == "s" && f.To-1 > f.From && (v.Toks[f.To-2].Text == "'" || v.Toks[f.To-2].Text == "’"):
			f.To--
			continue
		}
		break
	}
}

func (v *View) opensBracket(from, to int) bool {
	for i := from; i < to; i++ {
		if v.Toks[i].Text == "(" {
			return true
		}
	}
	return false
}

func (v *View) mendPerson(all []Found, f Found) []Found {
	v.lengthen(&f)
	// "12 June Jane Roe"
	if t := v.At(f.From-1, f.From); f.To-f.From > 2 && v.Toks[f.From].Class&gazetteer.Month != 0 && t != nil && t.Shape == text.NumberShape {
		f.From++
	}
	v.nickname(&f)
	v.unbold(&f)
	// post-nominals and everything after a mark that is no part of a name
	for i := f.From + 1; i < f.To; i++ {
		t := &v.Toks[i]
		if t.Shape == text.MarkShape && t.Text != "." && t.Text != "-" && t.Text != "'" && t.Text != "’" && t.Text != "\"" && t.Text != "“" &&
			t.Text != "”" && t.Text != "(" && t.Text != ")" ||
			t.Class&gazetteer.PostNominal != 0 && t.Shape == text.UpperShape && i > f.From+1 || t.Shape == text.HandleShape {
			f.To = i
			break
		}
	}
	v.trim(&f)
	capitals, letters := 0, 0
	for i := f.From; i < f.To; i++ {
		t := &v.Toks[i]
		if t.Capital() || t.Shape == text.OtherShape {
			capitals++
		}
		letters += len(t.Text)
		if t.Shape == text.AddressShape || t.Shape == text.NumberShape {
			return all
		}
	}
	if f.From >= f.To || letters < 2 {
		return all
	}
	first := &v.Toks[f.From]
	if capitals == 0 && first.Shape != text.HandleShape && v.Hints[f.From].Rule != text.FieldPerson {
		return all
	}
	f.Short = f.To-f.From == 1
	return append(all, f)
}

// linkedName is where a name ends that begins with a link: "[Roe Institute](https://roe.example) in Norway" ends with the link.
func (v *View) linkedName(from, to int) int {
	first := &v.Toks[from]
	for i := from + 1; first.LinkOpens && i < to; i++ {
		if v.Toks[i].Link != first.Link {
			if v.Toks[i].Lower == "in" {
				return i
			}
			break
		}
	}
	return to
}

func (v *View) mendBody(all []Found, f Found) []Found {
	if n := len(all); n > 0 && all[n-1].To > f.From { // taken in by the name before
		if f.From = all[n-1].To; f.From >= f.To {
			return all
		}
	}
	// "Open Government Partnership (OGP)" is two mentions
	for i := f.From + 1; i < f.To; i++ {
		if v.Toks[i].Text == "(" {
			left, right := f, f
			left.To, right.From = i, i+1
			for right.To > right.From && v.Toks[right.To-1].Text == ")" {
				right.To--
			}
			if j := v.index(right.From, right.To, ")"); j >= 0 {
				right.To = j
			}
			all = v.mendBody(all, left)
			if right.From < right.To && v.Toks[right.From].Capital() && !(right.To-right.From == 1 && pluralAcronym(v.Toks[right.From].Text)) {
				right.Rule = "acronym"
				all = append(all, right)
			}
			return all
		}
	}
	v.trim(&f)
	if f.From >= f.To {
		return all
	}
	f.To = v.linkedName(f.From, f.To)
	from := f.From
	v.widen(&f)
	if n := len(all); n > 0 && all[n-1].To > f.From { // what the body before it has is its own
		f.From = from
	}
	v.narrow(&f)
	v.seated(&f)
	all = v.ranInto(all, &f)
	if v.campus(&f) {
		return append(all, f)
	}
	if f.From >= f.To || v.countryCode(f) {
		return all
	}
	// "University of Roe's Harbour Lab", "Code for Roe's Brigade Network" are two bodies
	for i := f.From + 1; i+2 < f.To; i++ {
		if t := &v.Toks[i]; (t.Text == "'" || t.Text == "’") && v.Toks[i+1].Lower == "s" && v.headIn(i+2, f.To) >= 0 &&
			(v.whole(f.From, i) || v.Toks[f.From].Lower == "university") {
			left, right := f, f
			left.To, right.From = i, i+2
			return v.mendBody(append(all, left), right)
		}
	}
	// "Ministry of Truth and Roe Institute"; "TUC and CWU"
	for i := f.From + 1; i+1 < f.To; i++ {
		t := &v.Toks[i]
		if next := &v.Toks[i+1]; (t.Lower == "and" || t.Text == "&" || t.Text == ",") &&
			(v.Hints[i+1].Rule.Person() && !v.Hints[i+1].Inside || next.Class&gazetteer.OrgHead == 0 && v.headIn(f.From, i) >= 0 &&
				v.roleSoon(i+1)) {
			f.To = i // a person or a role follows
			break
		}
		if (t.Lower == "and" || t.Text == "&" || t.Text == ",") && v.twoBodies(f.From, i, f.To) {
			left, right := f, f
			left.To, right.From = i, i+1
			return v.mendBody(append(all, left), right)
		}
	}
	if t := &v.Toks[f.From]; f.To-f.From == 1 &&
		(pluralAcronym(t.Text) || t.Shape == text.LowerShape || t.Shape == text.NumberShape ||
			t.Class&(gazetteer.Month|gazetteer.Role|gazetteer.Title) != 0 && t.Shape == text.TitleShape) {
		return all
	}
	if c := &v.Hints[f.From]; (c.Place == gazetteer.ByName || c.Place == gazetteer.Demonym || c.Place == gazetteer.CityOf) && !c.PlaceIn {
		end := f.From + 1
		for end < f.To && v.Hints[end].PlaceIn {
			end++
		}
		if end == f.To { // a country's or city's name and no more
			f.Kind = tagger.BeginPlace
		}
	}
	return append(all, f)
}

// pluralAcronym reports whether a word is an acronym with a plural's s: NGOs, APIs.
func pluralAcronym(s string) bool {
	stem, ok := strings.CutSuffix(s, "s")
	return ok && len(stem) > 1 && stem == strings.ToUpper(stem) && !strings.ContainsAny(stem, "0123456789.")
}

// roleSoon reports whether a role begins at token i: "Director", "Visiting research fellow".
func (v *View) roleSoon(i int) bool {
	for j := i; j < i+3 && v.At(j, i) != nil && v.Toks[j].Class&gazetteer.OrgHead == 0 && v.Toks[j].Word(); j++ {
		if v.Toks[j].Class&gazetteer.Role != 0 {
			return j == i || v.Toks[j].Shape == text.LowerShape
		}
	}
	return false
}

func (v *View) hasAnd(from, to int) bool {
	for i := from; i < to; i++ {
		if v.Toks[i].Lower == "and" || v.Toks[i].Text == "&" {
			return true
		}
	}
	return false
}

func (v *View) index(from, to int, written string) int {
	for i := from; i < to; i++ {
		if v.Toks[i].Text == written {
			return i
		}
	}
	return -1
}

// twoBodies reports whether what stands on both sides of the "and" at token i is a body's name by itself: both are
// acronyms, or both have a head of their own and the left one does not need the right one ("Department for Science and Technology").
func (v *View) twoBodies(from, i, to int) bool {
	if v.upper(from, i) && v.upper(i+1, to) {
		return true
	}
	left, right := v.headIn(from, i), v.headIn(i+1, to)
	if v.Hints[from].Uni && v.Hints[i-1].Uni && (!v.Hints[i].Uni || !v.Hints[i+1].Uni) {
		return true
	}
	// "University of Montreal and Mila": a place closes the name
	if right := v.Hints[i+1].Place; left >= 0 && v.Hints[i-1].Place != gazetteer.NoPlace && v.Hints[i-1].Place != gazetteer.Demonym &&
		(right == gazetteer.NoPlace || right == gazetteer.MaybeCity) {
		return true
	}
	if left < 0 || right < 0 {
		return false
	}
	// an "of" or "for" open on the left takes the right in, unless the right begins anew with a head and its own "of"
	open := false
	for j := left + 1; j < i; j++ {
		open = open || v.Toks[j].Lower == "of" || v.Toks[j].Lower == "for"
	}
	if open {
		return right == i+1 && to-i > 2 || v.Toks[i+1].Lower == "the" // "Ministry for Trade and Industries"
	}
	return i-from >= 2 && to-i-1 >= 2
}

func (v *View) upper(from, to int) bool { return to-from == 1 && v.Toks[from].Shape == text.UpperShape }

func (v *View) headIn(from, to int) int {
	for j := from; j < to; j++ {
		if v.Toks[j].Class&gazetteer.OrgHead != 0 && v.Toks[j].Capital() {
			return j
		}
	}
	return -1
}

// sortFound puts names in the order of the text.
func sortFound(all []Found) {
	slices.SortStableFunc(all, func(a, b Found) int { return a.From - b.From })
}

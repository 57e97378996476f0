package names

import (
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
	"rapporteur/ingest/tagger"
)

// What looks like a name and is none.

var (
	// empty are what forms say where there is nothing to name.
	empty = fold.SetOf("none", "n/a", "na", "tbd", "tbc", "tba", "nil", "null", "unknown", "anonymous", "various", "other", "others",
		"misc", "todo",
		"xxx", "everyone", "you")
	// placeNouns end, or open, the name of a place that people meet at, live in or park in.
	placeNouns = fold.SetOf("street", "st", "st.", "road", "rd", "avenue", "ave", "ave.", "lane", "boulevard", "blvd", "blvd.",
		"square", "plaza",
		"piazza", "platz", "strasse", "straße", "gasse", "weg", "plein",
		"bahnhof", "hauptbahnhof", "station", "airport", "garden", "gardens", "park", "campus", "structure", "garage", "lot", "hall", "hotel",
		"inn", "arena", "stadium", "pier", "quay", "bridge", "tower", "terrace", "close", "crescent", "mews", "ballroom", "auditorium", "room",
		"calle", "rue", "via", "avenida", "praça", "plaça", "paseo", "allee", "parkway", "highway", "drive", "court")
	// streetsBefore stand before the name of a street or square in languages that say it so.
	streetsBefore = fold.SetOf("place", "quai", "chemin", "impasse", "cours", "passage", "rue", "boulevard", "avenue", "calle",
		"avenida", "plaza",
		"paseo", "rua", "largo", "travessa", "praça", "via", "viale", "piazza")
	// landNouns end the name of a water or of a stretch of land; after "the" they end nobody's.
	landNouns = fold.SetOf("brook", "river", "canal", "creek", "beck", "burn", "stream", "lake", "lough", "loch", "reservoir",
		"valley", "moor",
		"marsh", "fen", "wood", "woods", "forest", "common", "estuary", "hills", "downs", "heath", "dale", "peninsula", "harbour", "bay",
		"coast", "basin", "delta", "falls", "green", "mill", "towpath", "embankment", "hill", "mountain", "field", "fields")
	// certainPlaces are those of them that are nobody's surname.
	certainPlaces = fold.SetOf("street", "st.", "avenue", "ave", "ave.", "boulevard", "blvd", "structure", "garage", "bahnhof", "hauptbahnhof",
		"station", "airport", "campus", "plaza", "hotel", "stadium", "arena", "ballroom", "auditorium", "parkway", "highway", "strasse", "straße")
	// placeEnds end a street's name that is written as one word.
	placeEnds = []string{"straat", "strasse", "straße", "laan", "plein", "gade", "gatan", "gata", "vägen", "gasse", "platz", "allee", "kade",
		"gracht"}
	// thingNouns end the name of a paper, an award or a thing, never a person's.
	thingNouns = fold.SetOf("herald", "tribune", "gazette", "chronicle", "observer", "times", "journal", "award", "prize", "medal",
		"pi", "os", "sdk",
		"api", "kit", "toolkit", "project", "library", "editor", "board", "app", "platform", "framework", "cup", "festival", "day", "week",
		"month", "conference", "party", "act", "bill", "post", "mail", "echo", "argus", "courier", "examiner", "advertiser", "bulletin",
		"dispatch", "inquirer", "sentinel", "lab", "lecture", "lectures")
	// honouring follow the name of somebody who is honoured by what is called so, and is not there.
	honouring = fold.SetOf("memorial", "lecture", "lectures", "prize", "award", "medal", "fellowship", "fellowships", "scholarship",
		"scholarships",
		"trophy", "building", "theatre", "library", "gallery", "wing", "foundation", "institute", "archive", "endowment", "stadium", "museum")
	// placeOpens open the names of places, and hardly ever those of people.
	placeOpens = fold.SetOf("palo", "san", "santa", "são", "sankt", "los", "las", "puerto", "villa", "fort", "mount", "cape", "lake")
	// ofHeads follow the surname of a head of government whose time or house it is: "Roe administration".
	ofHeads = fold.SetOf("administration", "whitehouse", "presidency", "cabinet", "campaign", "government")
	// things are what a name may be said to be, and nobody is.
	things = fold.SetOf("library", "computer", "tool", "toolkit", "runtime", "engine", "framework", "app", "application", "platform",
		"language",
		"package", "product", "service", "software", "website", "database", "protocol", "browser", "plugin", "programme", "program",
		"project", "device", "game", "dataset", "standard", "format", "editor", "chatbot", "newsletter", "podcast", "magazine", "newspaper",
		"book", "film", "song", "ship", "boat", "village", "town", "city", "river", "street", "building", "pub", "festival", "conference")
	// ofLicences are the names of licences that are names of bodies, too.
	ofLicences = fold.SetOf("mit", "apache", "bsd", "gpl", "lgpl", "agpl", "mpl", "cc", "cc0", "isc", "odbl", "ogl", "unlicense",
		"eupl", "mozilla",
		"eclipse", "creative commons", "cc by", "cc by sa", "cc by nc", "gnu", "gnu gpl", "open government")
	licences = fold.SetOf("license", "licence", "licensed", "licenced", "licenses", "licences", "lizenz", "lizenzen", "licencia", "licenza",
		"licença", "licentie", "licens")
	// ofPages are what the words on a link to a place of work say that it leads to.
	ofPages = fold.SetOf("issue", "issues", "repo", "repository", "discussion", "discussions", "milestone", "wiki", "actions",
		"profile", "page",
		"account", "pr")
)

// offices end what somebody is, not who.
var offices = fold.SetOf("captain", "director", "manager", "officer", "chair", "chairman", "secretary", "treasurer", "president",
	"champion",
	"ambassador", "leader", "lead", "editor", "coordinator", "engineer", "developer", "scientist", "analyst", "minister", "member", "fellow",
	"winner", "speaker", "author", "architect", "librarian", "adviser", "advisor")

// honours are letters after names: degrees, orders, memberships, seats.
var honours = fold.SetOf("phd", "ph.d", "ph.d.", "dphil", "d.phil", "d.phil.", "md", "m.d", "m.d.", "msc", "m.sc", "m.sc.", "bsc",
	"b.sc", "b.sc.",
	"ba", "b.a.", "ma", "m.a.", "mba", "m.b.a.", "mphil", "llb", "llm", "ll.m.", "jd", "j.d.", "edd", "dsc", "scd", "meng", "beng", "ceng",
	"cphys", "cchem", "cbiol", "csci", "chartered", "obe", "mbe", "cbe", "kbe", "dbe", "gbe", "ch", "cb", "kcb", "dcb", "gcb", "cmg", "kcmg",
	"dcmg", "om", "qc", "kc", "sc", "jp", "dl", "frs", "frse", "fba", "fmedsci", "freng", "frsa", "frsc", "frsl", "fras", "fiet", "fbcs",
	"mbcs", "citp", "fca", "aca", "acca", "cpa", "cfa", "facs", "frcp", "frcs", "esq", "esq.", "rn", "mp", "msp", "ms", "mep", "mla", "tc",
	"pc", "ret", "pe", "p.e.", "cissp", "pmp", "dvm", "dds", "mph", "mpa", "mpp", "mfa", "msw",
	"mlis", "bed", "pgce", "sj", "s.j.", "osb", "td",
	"qpm", "kstj")

// honour reports whether a token is written as letters after a name.
func (v *View) honour(i int) bool {
	t := &v.Toks[i]
	return honours[t.Lower] && t.Shape != text.LowerShape && t.Shape != text.TitleShape || t.Class&gazetteer.PostNominal != 0 &&
		(t.Shape == text.UpperShape || t.Shape == text.MixedShape) || honours[t.Lower] && strings.Contains(t.Text, ".")
}

// honoursOnly reports whether a range of tokens, marks aside, is letters after a name.
func (v *View) honoursOnly(from, to int) bool {
	n := 0
	for i := from; i < to; i++ {
		if v.Toks[i].Shape == text.MarkShape {
			continue
		}
		if !v.honour(i) {
			return false
		}
		n++
	}
	return n > 0
}

// noPerson reports whether what was taken for a person never is one.
func (v *View) noPerson(f Found) bool {
	first, last := &v.Toks[f.From], &v.Toks[f.To-1]
	if v.emptyWord(f) || v.honoursOnly(f.From, f.To) || v.slug(f) && empty[first.Lower] {
		return true
	}
	if f.To-f.From < 2 {
		return false
	}
	if v.nounsOnly(f) || v.everyday(f) {
		return true
	}
	forename := first.Class&gazetteer.Forename != 0
	parts := strings.FieldsFunc(last.Lower, func(r rune) bool { return r == '-' || r == '‑' })
	lastPart := last.Lower
	if len(parts) > 0 {
		lastPart = parts[len(parts)-1]
	}
	switch {
	case placeNouns[first.Lower] && first.Class&(gazetteer.Forename|gazetteer.Surname) == 0 || first.Lower == "campus",
		placeNouns[last.Lower] && last.Class&gazetteer.Surname == 0 && (!forename || certainPlaces[last.Lower]),
		thingNouns[lastPart] && last.Class&gazetteer.Surname == 0 && (!forename || last.Class&gazetteer.Common == 0):
		return true
	case placeOpens[first.Lower] && v.Hints[f.From].Rule != text.FieldPerson && v.Hints[f.From].Rule != text.TitledName,
		ofHeads[last.Lower] && !forename:
		return true
	case offices[last.Lower] && !forename && first.Class&gazetteer.Common != 0 && first.Class&gazetteer.Surname == 0 ||
		offices[last.Lower] && v.At(f.To, f.From) != nil && v.Toks[f.To].Text == ":" && first.Class&gazetteer.Forename == 0:
		return true // "Barge Captain"
	}
	if f.To-f.From == 2 && first.Shape == text.InitShape && !strings.HasSuffix(first.Text, ".") && v.plain(f.To-1) &&
		last.Class&gazetteer.Surname == 0 {
		return true // "X Caps"
	}
	if v.shouting(f.From) {
		return false
	}
	// "Parsing MORC", "QRX SEV": initials of things. A surname in capitals follows a given name: "Jeanne DUPONT".
	if last.Shape == text.UpperShape && len(last.Text) > 2 && len(last.Text) < 7 && !v.honour(f.To-1) && !forename &&
		last.Class&gazetteer.Surname == 0 {
		stem, gerund := strings.CutSuffix(first.Lower, "ing")
		if first.Shape == text.UpperShape || gerund && len(stem) > 2 && (v.Words.Word(stem)|v.Words.Word(stem+"e"))&gazetteer.Common != 0 {
			return true
		}
	}
	return false
}

// everyday reports whether all words of a name are words of everyday language and none is anybody's name: "Just Harbour". What the page
// says to be a person's, in its front matter or by a title, is one's.
func (v *View) everyday(f Found) bool {
	if rule := v.Hints[f.From].Rule; rule == text.FieldPerson || rule == text.TitledName || rule == text.LinkName || f.Confidence >= sure ||
		v.Language(int(v.Toks[f.From].Block)).Depth != language.Full {
		return false
	}
	for i := f.From; i < f.To; i++ {
		t := &v.Toks[i]
		if t.Shape != text.TitleShape || t.Class&gazetteer.Common == 0 || t.Class&(gazetteer.Forename|gazetteer.Surname) != 0 {
			return false
		}
	}
	return true
}

// emptyWord reports whether a name is a word for there being none.
func (v *View) emptyWord(f Found) bool {
	return empty[strings.ToLower(v.Name(f.From, f.To))]
}

// explainedThing reports whether a name is said right after it to be a thing: "Amber Sail, a sync engine", "Huckle Pi is a computer".
func (v *View) explainedThing(f Found) bool {
	t := v.At(f.To, f.From)
	if t == nil || t.Text != "," && t.Lower != "is" && t.Text != "(" {
		return false
	}
	a := v.At(f.To+1, f.From)
	if a == nil || a.Lower != "a" && a.Lower != "an" && a.Lower != "the" && a.Lower != "our" {
		return false
	}
	for i := f.To + 2; i < f.To+6; i++ {
		t := v.At(i, f.From)
		if t == nil || t.Shape == text.MarkShape && t.Text != "-" || t.Capital() || t.Class&gazetteer.Role != 0 {
			return false
		}
		if things[t.Lower] {
			next := v.At(i+1, f.From)
			return next == nil || next.Class&gazetteer.Role == 0 // "a software engineer"
		}
	}
	return false
}

// inAddress reports whether a person's name stands as the name of a street or town does: "calle Jane Roe", "Jane Roe, MI 48193".
func (v *View) inAddress(f Found) bool {
	if f.To-f.From > 1 && v.explainedThing(f) {
		return true
	}
	if t := v.At(f.From-1, f.From); t != nil {
		before := t.Lower
		if last := &v.Toks[f.To-1]; before == "the" && f.To-f.From > 1 && landNouns[last.Lower] && last.Shape == text.TitleShape {
			return true // "along the Tarn Brook"
		}
		if placeNouns[before] && t.Shape == text.LowerShape && v.Small[before] > 0 &&
			!otherNouns[before] && t.Class&gazetteer.Role == 0 {
			return true
		}
		if streetsBefore[before] && v.Language(int(t.Block)).Depth == language.Names {
			return true
		}
		if t.Shape == text.NumberShape && v.At(f.To, f.From) != nil && v.street(f.To) {
			return true
		}
	}
	for _, end := range placeEnds {
		if stem, ok := strings.CutSuffix(v.Toks[f.To-1].Lower, end); ok && len(stem) > 3 {
			if t := v.At(f.To, f.From); t == nil || t.Shape == text.NumberShape {
				return true
			}
		}
	}
	t := v.At(f.To, f.From)
	if t == nil {
		return false
	}
	if v.street(f.To) || f.To-f.From > 1 && t.Shape == text.TitleShape && t.Spaced && !t.Line && honouring[t.Lower] &&
		v.Kind(f.From) == ingest.ParagraphBlock {
		return true
	}
	if t.Text == "," {
		state, code := v.At(f.To+1, f.From), v.At(f.To+2, f.From)
		return state != nil && code != nil && state.Shape == text.UpperShape && len(state.Text) == 2 && code.Shape == text.NumberShape &&
			len(code.Text) >= 5
	}
	return false
}

// street reports whether token i is the noun of a street after its name, in capitals.
func (v *View) street(i int) bool {
	t := &v.Toks[i]
	return t.Spaced && t.Capital() && placeNouns[t.Lower] && t.Class&gazetteer.Surname == 0
}

// noBody reports whether what was taken for a body never is one.
func (v *View) noBody(f Found, all []Found) bool {
	first := &v.Toks[f.From]
	name := v.Name(f.From, f.To)
	known := v.whole(f.From, f.To)
	switch {
	case v.emptyWord(f), strings.HasPrefix(name, "#"), strings.Contains(name, "_") && !strings.Contains(name, " ") &&
		!strings.HasPrefix(name, "@"):
		return true
	case v.honoursOnly(f.From, f.To) && !known && v.nameBefore(f.From):
		return true
	case f.To-f.From == 1 && !known && roundOf(name):
		return true
	case v.licence(f):
		return true
	case v.ownAddress(f, all):
		return true
	}
	if t := v.At(f.To, f.From); t != nil && t.Spaced && t.Capital() && ofPages[t.Lower] && f.To-f.From == 1 &&
		(v.Toks[f.From].Strong > 0 || v.Toks[f.From].Link > 0) {
		return true // "**GitHub Issue**"
	}
	// "MI 48193"
	if first.Shape == text.UpperShape && len(first.Text) == 2 && f.To-f.From > 1 && v.Toks[f.From+1].Shape == text.NumberShape &&
		len(v.Toks[f.From+1].Text) >= 5 {
		return true
	}
	if f.To-f.From == 1 && !known && first.Shape == text.TitleShape && v.givenName(first) && v.Hints[f.From].Rule != text.FieldBody {
		return true
	}
	if !known && f.To-f.From > 2 && first.Class&gazetteer.Role != 0 && first.Class&gazetteer.OrgHead == 0 && v.Toks[f.From+1].Lower == "of" &&
		v.headIn(f.From+2, f.To) < 0 {
		return true // "Head of Design", "Father of Environmental Justice"
	}
	if next := v.At(f.From+1, f.From); next != nil && f.To-f.From <= 2 && !known && strings.HasSuffix(first.Lower, "ed") &&
		(len(next.Text) == 4 && next.Shape == text.NumberShape || next.Lower == "since") {
		return true // "[Appointed 2031]", "Elected since 2031"
	}
	if f.To-f.From == 1 && !known && strings.HasSuffix(first.Lower, "ed") && v.bracketed(f.From) {
		return true // "Jane Roe [Elected]"
	}
	if last := v.Toks[f.To-1].Lower; strings.HasSuffix(last, "-in-residence") || last == "liaison" || last == "representative" {
		return true
	}
	return !known && v.jobsSubject(f)
}

// otherNouns are nouns for places that, before a name, mostly mean something else: "court", "board".
var otherNouns = fold.SetOf("st", "court", "close", "drive", "board", "room", "station", "hotel", "bridge")

// bracketed reports whether token i is all that stands in brackets.
func (v *View) bracketed(i int) bool {
	before, after := v.At(i-1, i), v.At(i+1, i)
	return before != nil && after != nil && (before.Text == "[" && after.Text == "]" || before.Text == "(" && after.Text == ")")
}

// nameBefore reports whether a capitalised word, with a comma or without, stands directly before token i.
func (v *View) nameBefore(i int) bool {
	j := i - 1
	if t := v.At(j, i); t != nil && (t.Text == "," || t.Text == "(") {
		j--
	}
	t := v.At(j, i)
	return t != nil && t.Capital()
}

// roundOf reports whether a word is a run of capitals with a number after a hyphen, "ABC-4": a round, a version, a standard.
func roundOf(word string) bool {
	head, number, ok := strings.Cut(word, "-")
	if !ok || len(head) < 2 || number == "" || strings.ToUpper(head) != head {
		return false
	}
	return !strings.ContainsFunc(number, func(r rune) bool { return !unicode.IsDigit(r) })
}

// givenName reports whether a word is a given name and nothing else: "Pieter-Jan".
func (v *View) givenName(t *text.Token) bool {
	parts := strings.FieldsFunc(t.Lower, func(r rune) bool { return r == '-' || r == '‑' })
	if len(parts) < 2 {
		return false // a single one may be a body's: "Mila", "Ada"
	}
	for i, p := range parts {
		if c := v.Words.Word(p); c&gazetteer.Forename == 0 || i > 0 && c&gazetteer.Surname != 0 && len(p) > 4 {
			return false
		}
	}
	return true
}

// licence reports whether a name is that of a licence: "the MIT license", "under MIT", "sous licence Apache".
func (v *View) licence(f Found) bool {
	before, after := v.At(f.From-1, f.From), v.At(f.To, f.From)
	if after != nil && after.Text == "-" {
		after = v.At(f.To+1, f.From)
	}
	if after != nil && licences[after.Lower] {
		return true
	}
	if !ofLicences[fold.Name(v.Text(f.From, f.To))] {
		return false
	}
	if v.licensedList(f) {
		return true
	}
	if before == nil {
		return false
	}
	if licences[before.Lower] || before.Lower == "is" && strings.HasPrefix(strings.ToUpper(v.Toks[f.From].Text), "CC") {
		return true
	}
	if before.Lower == "the" {
		before = v.At(f.From-2, f.From)
	}
	return before != nil && (before.Lower == "under" || before.Lower == "unter" || before.Lower == "sous") && v.saysLicence()
}

// saysLicence reports whether the page has a word for licences.
func (v *View) saysLicence() bool {
	for w := range licences {
		if v.Small[w] > 0 || v.Big[w] > 0 {
			return true
		}
	}
	return false
}

// ownAddress reports whether a name is an address on the web that is made of a person's name of the page: "JaneRoe.com".
func (v *View) ownAddress(f Found, all []Found) bool {
	if f.To-f.From != 1 {
		return false
	}
	label, _, ok := strings.Cut(strings.TrimPrefix(v.Toks[f.From].Lower, "www."), ".")
	if !ok || len(label) < 5 {
		return false
	}
	for _, p := range all {
		if p.Kind == tagger.BeginPerson && strings.ReplaceAll(fold.Name(v.Text(p.From, p.To)), " ", "") == label {
			return true
		}
	}
	return false
}

// subjects are heads of bodies' names that are oftener what a job is about.
var subjects = fold.SetOf("research", "practice", "policy", "services", "service", "studies", "works", "strategy", "insurance", "analytics",
	"robotics", "media", "publishing", "digital", "data", "education", "partnerships", "partnership", "operations", "library", "lab", "team")

// academics are posts that a subject follows.
var academics = fold.SetOf("professor", "lecturer", "reader", "student", "candidate", "postdoc", "fellow", "emeritus", "emerita")

// jobsSubject reports whether words without a head of a body's name are what a job is about: "[Research and Practice]
// Director", "Senior Researcher ([Public Participation])".
func (v *View) jobsSubject(f Found) bool {
	if f.To-f.From < 2 {
		return false
	}
	for i := f.From; i < f.To; i++ {
		if t := &v.Toks[i]; t.Class&gazetteer.OrgHead != 0 && t.Capital() && !subjects[t.Lower] {
			return false
		}
	}
	for i := f.From; i < f.To; i++ {
		t := &v.Toks[i]
		if t.Shape != text.MarkShape && !text.Joins[t.Lower] && (t.Shape != text.TitleShape || t.Class&gazetteer.Common == 0 && !v.plain(i)) {
			return false
		}
	}
	if t := v.At(f.To, f.From); t != nil && t.Spaced && t.Class&gazetteer.Role != 0 && t.Class&gazetteer.OrgHead == 0 {
		return true
	}
	if t := v.At(f.From-1, f.From); t != nil && t.Text == "," && academics[v.lower(f.From-2, f.From)] {
		return true // "Assistant Professor, Media Studies"
	}
	if t := v.At(f.From-1, f.From); t != nil && t.Text == "(" {
		r := v.At(f.From-2, f.From)
		return r != nil && r.Class&gazetteer.Role != 0 && r.Class&gazetteer.OrgHead == 0
	}
	return false
}

// licensedList reports whether a name, which is one of a licence, ends an item behind a comma in a list that gives things and their
// licences: another item ends in "Creative Commons BY 4.0".
func (v *View) licensedList(f Found) bool {
	bl := v.Block(f.From)
	if bl.Kind == ingest.CellBlock {
		head := v.ColumnHead(v.Toks[f.From].Block)
		return head >= 0 && licences[v.Toks[v.Blocks[head].From].Lower]
	}
	if bl.List == 0 {
		return false
	}
	for b := range v.Page.Blocks {
		o := &v.Page.Blocks[b]
		if o.List != bl.List {
			continue
		}
		s := v.Blocks[b]
		for i := max(s.From, s.To-8); i < s.To; i++ {
			switch v.Toks[i].Text {
			case "CC", "CC0", "CC-BY", "BY", "BY-NC-ND", "BY-NC", "BY-SA", "BY-ND", "BY-NC-SA":
				return true
			}
		}
	}
	return false
}

package site

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// Keys of front matter and of data files are words that people chose. They are read by their words: "presenter_slugs",
// "leadSpeakers" and "speakers-text" all hold speakers. The word that a key comes to is one that extraction knows.

// holds says what a key holds.
type holds struct {
	role string // one of the keys below; "" if it is none that is known
	part string // what of them: "" the whole, "name", "organisation", "role", "bio"
	many string // a number within the key: "2" of "speaker2"
}

const (
	roleSpeakers     = "speakers"
	roleModerators   = "moderators"
	roleAuthors      = "authors"
	roleContributors = "contributors"
	roleHosts        = "hosts"
	roleOrganisers   = "organisers"
	roleSponsors     = "sponsors"
	rolePeople       = "people"
	roleOrganisation = "organisation"
	roleJob          = "role"
	rolePlace        = "location"
	roleTopics       = "topics"
)

// roleWords are words of keys, in small letters, by what they hold. Languages: English, German, French, Spanish, Portuguese, Dutch,
// Italian.
var roleWords = wordTable(map[string]string{
	roleSpeakers: `speaker presenter panelist panellist lecturer keynote keynoter trainer instructor tutor guest interviewee discussant
		respondent talker teacher
		referent referenten referentin referentinnen referierende sprecher sprecherin sprecherinnen vortragende vortragender dozent dozentin
		dozentinnen intervenant intervenante intervenantes orateur oratrice conferencier conférencier conferencière ponente orador oradora
		oradore conferenciante expositor expositora
		palestrante spreker relatore relatori`,
	roleModerators: `moderator moderation moderatorin moderatorinnen chair chairperson cochair facilitator animateur animatrice moderador ` +
		`moderadora gespreksleider`,
	roleAuthors: `author byline writer autor autora autore autorin autorinnen auteur auteure verfasser redacteur auteurs autoren`,
	roleHosts:   `host cohost gastgeber gastgeberin anfitrion hôte`,
	roleOrganisers: `organizer organiser convener convenor veranstalter veranstalterin organisateur organisatrice organizador organizadora ` +
		`organisator organisatoren coorganizer coorganiser`,
	roleSponsors: `sponsor funder funding supporter partner förderer sponsoren`,
	roleContributors: `collaborator contributor participant attendee mentor helper volunteer editor translator maintainer coordinator
		interviewer lead leader member staff fellow
		teilnehmer teilnehmende mitglied mitglieder beteiligte mitwirkende participante deelnemer membre miembro membro partecipante colaborador
		colaboradora collaborateur`,
	rolePeople: `people person personen personne persona pessoa mensen`,
	roleOrganisation: `organisation organization org company affiliation institution institute employer university firma unternehmen
		entreprise empresa institucion instituicao
		bedrijf organisatie organización organização azienda agency workplace verein`,
	roleJob: `role position job jobtitle occupation designation rolle poste cargo functie funktion fonction beruf`,
})

// doneBy are what is done by those of a role, with the word of that role.
var doneBy = map[string]string{"presented": "presenter", "given": "presenter", "taught": "teacher", "moderated": "moderator",
	"chaired":     "chair",
	"facilitated": "facilitator", "hosted": "host", "organised": "organiser", "organized": "organizer", "convened": "convener",
	"sponsored": "sponsor", "funded": "funder", "supported": "supporter", "written": "author"}

// partWords are words that may follow a role: whose name, body, job or story it is.
var partWords = map[string]string{
	"name": "name", "names": "name", "fullname": "name", "nom": "name", "nombre": "name", "nome": "name", "naam": "name",
	"title": "role", "titles": "role", "bio": "bio", "bios": "bio", "biography": "bio", "about": "bio",
}

// tailWords may end a key without changing what it holds.
var tailWords = fold.Set(`slug slugs id ids key keys ref refs text list info handle handles username usernames login uid code codes data
	details line`)

// headWords before a role make something else of the key.
var headWords = fold.Set(`show hide no num number max min call for has have is enable enabled disable about count related custom default
	display use notify email invite without become per
	as external image photo`)

// wordTable turns lists by role into roles by word, plurals too.
func wordTable(lists map[string]string) map[string]string {
	m := map[string]string{}
	for role, list := range lists {
		for _, w := range strings.Fields(list) {
			m[w] = role
			if _, taken := m[w+"s"]; !taken {
				m[w+"s"] = role
			}
		}
	}
	m["universities"], m["companies"], m["agencies"], m["organisations"] = roleOrganisation, roleOrganisation, roleOrganisation,
		roleOrganisation
	return m
}

// keyWords takes a key apart: "speakerSlugs", "speaker_slugs" and "Speaker slugs" are speaker and slugs. Numbers are left
// out, and returned.
func keyWords(key string) (out []string, number string) {
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			out = append(out, strings.ToLower(b.String()))
			b.Reset()
		}
	}
	lower := false
	for _, r := range key {
		switch {
		case unicode.IsDigit(r):
			flush()
			number += string(r)
			lower = false
		case !unicode.IsLetter(r) && !unicode.IsMark(r):
			flush()
			lower = false
		default:
			if unicode.IsUpper(r) && lower {
				flush()
			}
			b.WriteRune(r)
			lower = unicode.IsLower(r)
		}
	}
	flush()
	return out, number
}

// rightly is the word of a role that a long word is but for one letter left out or written twice, such as "colaborators"; else
// the word as it is.
func rightly(w string) string {
	if len(w) < 9 || roleWords[w] != "" {
		return w
	}
	for _, known := range longRoleWords {
		if d := len(known) - len(w); (d == 1 && oneMore(known, w)) || (d == -1 && oneMore(w, known)) {
			return known
		}
	}
	return w
}

// oneMore reports whether a word is another with one letter more.
func oneMore(long, short string) bool {
	i := 0
	for i < len(short) && long[i] == short[i] {
		i++
	}
	return long[i+1:] == short[i:]
}

// longRoleWords are the words of roles that are long enough to be known when they are misspelt, in order.
var longRoleWords = func() []string {
	var out []string
	for _, w := range slices.Sorted(maps.Keys(roleWords)) {
		if len(w) >= 9 {
			out = append(out, w)
		}
	}
	return out
}()

// keyHolds reads a key by its words.
func keyHolds(key string) holds {
	list, number := keyWords(key)
	h := holds{many: number}
	at := -1
	if n := len(list); n > 1 && list[n-1] == "by" && doneBy[list[n-2]] != "" {
		list = append(list[:n-2], doneBy[list[n-2]]) // "hosted_by"
	}
	for i, w := range list {
		if list[i] = rightly(w); list[i] != w {
			w = list[i]
		}
		if roleWords[w] != "" && !(at >= 0 && (roleWords[w] == roleOrganisation || roleWords[w] == roleJob)) {
			at = i
		}
	}
	if at < 0 {
		return h
	}
	for _, w := range list[:at] {
		if headWords[w] {
			return h
		}
	}
	for _, w := range list[at+1:] {
		switch {
		case tailWords[w]:
		case partWords[w] != "":
			h.part = partWords[w]
		case roleWords[w] == roleOrganisation:
			h.part = "organisation"
		case roleWords[w] == roleJob:
			h.part = "role"
		default:
			return holds{many: number} // speaker_photo, author_url: something of them that is not read
		}
	}
	h.role = roleWords[list[at]]
	return h
}

// nobody is what people write where there is nobody to name.
var nobody = regexp.MustCompile(`(?i)^(?:none|no one|nobody|n/?\.?a\.?|nil|null|t\.?b\.?[acd]\.?|to be (?:announced|confirmed|` +
	`determined|decided)|unknown|various|multiple|several|all|everyone|you|us|me|self|-+|–|—|\?+|x+|` +
	`(?:a )?(?:staff|admin|administrator|webmaster|editor|guest|anonymous|unbekannt|diverse|team|community|info|e-?mail|contact|kontakt|` +
	`contacto|contato|redaktion|rédaction|redaction|newsroom|niemand|aucun|inconnu|ninguno|nenhum|geen)|` +
	`wird noch bekannt ?gegeben|à (?:venir|confirmer|définir)|por (?:confirmar|definir))$`)

// isRole reports whether a value only repeats what its key holds, as a table does that marks who did what: "speaker" under
// "week-3-speaker".
func isRole(value string, h holds) bool {
	list, _ := keyWords(strings.TrimSpace(value))
	return len(list) == 1 && roleWords[list[0]] == h.role && h.role != roleOrganisation && h.role != roleJob
}

// firstNames hold words that are people's first names; loaded once a reading.
type namer struct{ words *gazetteer.Gazetteer }

// person reports whether a value reads like the full name of one person: two to five words in capitals, of which the first
// is a first name and none belongs to a body.
func (n namer) person(s string) bool {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "(,"); i > 0 {
		s = strings.TrimSpace(s[:i])
	}
	list := strings.Fields(s)
	for len(list) > 0 && n.class(list[0])&gazetteer.Title != 0 {
		list = list[1:]
	}
	return n.shaped(list) && len(list) > 1 && n.class(list[0])&gazetteer.Forename != 0
}

// givenName reports whether a value is a given name by itself, as somebody is called.
func (n namer) givenName(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && n.class(s)&gazetteer.Forename != 0
}

// uncommon reports whether a value is written like the name of a person, of two or three words none of which is an ordinary one.
func (n namer) uncommon(s string) bool {
	list := strings.Fields(s)
	return len(list) > 1 && len(list) < 4 && n.shaped(list) && !slices.ContainsFunc(list, func(w string) bool {
		return n.class(w)&(gazetteer.Common|gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role) != 0 || strings.ContainsFunc(w[1:], unicode.IsUpper)
	})
}

// personShaped reports whether a value may be the name of a person, as far as its letters tell.
func (n namer) personShaped(s string) bool { return n.shaped(strings.Fields(s)) }

func (n namer) shaped(list []string) bool {
	if len(list) == 0 || len(list) > 5 {
		return false
	}
	for i, w := range list {
		first, _ := utf8.DecodeRuneInString(w)
		c := n.class(w)
		switch {
		case strings.ContainsAny(w, "0123456789/&:!?|@_#\"“”"):
			return false
		case c&(gazetteer.OrgHead|gazetteer.Misc) != 0 && c&(gazetteer.Forename|gazetteer.Surname) == 0:
			return false
		case unicode.IsUpper(first) || !unicode.IsLower(first) && unicode.IsLetter(first):
		case c&gazetteer.Particle != 0 && i > 0 || strings.Contains(w, "'") || strings.Contains(w, "’"):
		default:
			return false
		}
	}
	return true
}

func (n namer) class(w string) gazetteer.Class {
	if n.words == nil {
		return 0
	}
	return n.words.Word(strings.ToLower(strings.Trim(w, ".,’'")))
}

// body reports whether a word of the value is the head of a body's name, and no first name begins it.
func (n namer) body(s string) bool {
	list := strings.Fields(s)
	if len(list) == 0 || n.class(list[0])&gazetteer.Forename != 0 && len(list) > 1 && n.class(list[len(list)-1])&gazetteer.OrgHead == 0 {
		return false
	}
	for _, w := range list {
		if n.class(w)&gazetteer.OrgHead != 0 {
			return true
		}
	}
	return false
}

// jobAndBody takes "Director, Pier Labs" and "engineer @ Pier Labs" apart. Without a word that joins them the part after the
// comma is a body only if it is named like one: by its kind, or by one word that is no other. body is "" if there is none.
func (n namer) jobAndBody(s string) (job, body string) {
	for _, joint := range []string{" at ", " @ ", " @", ", "} {
		i := strings.LastIndex(s, joint)
		if i <= 0 {
			continue
		}
		job, body = strings.TrimRight(s[:i], " ,"), strings.TrimPrefix(strings.TrimSpace(s[i+len(joint):]), "the ")
		first, _ := utf8.DecodeRuneInString(body)
		plain := n.class(body)&(gazetteer.Common|gazetteer.Role|gazetteer.Misc|gazetteer.PostNominal|gazetteer.Title|gazetteer.Month) == 0
		if unicode.IsUpper(first) && (joint != ", " || n.body(body) || !strings.Contains(body, " ") && plain && len(body) > 3) {
			return job, body
		}
	}
	return s, ""
}

var (
	slugShape = regexp.MustCompile(`^[\p{L}\d]+(?:[-_][\p{L}\d]+){1,4}$`)
	numeral   = regexp.MustCompile(`(?i)^(?:ii|iii|iv|vi{0,3}|jr|sr)$`)
)

// spelled writes a slug as the name that it was made of: "james-r-tolliford-III" is James R. Tolliford III. "" if the value
// is no slug of words.
func spelled(slug string) string {
	if !slugShape.MatchString(slug) || strings.ContainsAny(slug, "0123456789") {
		return ""
	}
	parts := strings.FieldsFunc(slug, func(r rune) bool { return r == '-' || r == '_' })
	var out []string
	for i := 0; i < len(parts); i++ {
		p := parts[i]
		r, size := utf8.DecodeRuneInString(p)
		switch {
		case i > 0 && i == len(parts)-1 && numeral.MatchString(p):
			if strings.EqualFold(p, "jr") || strings.EqualFold(p, "sr") {
				out = append(out, strings.ToUpper(p[:1])+strings.ToLower(p[1:])+".")
			} else {
				out = append(out, strings.ToUpper(p))
			}
		case (p == "o" || p == "d") && i+1 < len(parts) && i > 0: // O'Farrelly, D'Souza
			next, n := utf8.DecodeRuneInString(parts[i+1])
			out = append(out, strings.ToUpper(p)+"'"+string(unicode.ToUpper(next))+parts[i+1][n:])
			i++
		case utf8.RuneCountInString(p) == 1:
			out = append(out, string(unicode.ToUpper(r))+".")
		case i > 0 && i < len(parts)-1 && smallParticle[p]:
			out = append(out, p)
		default:
			out = append(out, string(unicode.ToUpper(r))+p[size:])
		}
	}
	return strings.Join(out, " ")
}

var smallParticle = fold.Set(`van von de der den del della di da du dos das la le ten ter zu zur y e bin ibn al el`)

// keyShaped reports whether a value may be a key: one word, which no name in running text would be.
func keyShaped(s string) bool {
	return s != "" && len(s) < 80 && !strings.ContainsAny(s, " \t\n,;:()<>\"@") && !strings.Contains(s, "://")
}

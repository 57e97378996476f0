package ties

import (
	"strings"

	"rapporteur/ingest/fold"
)

// modesOfAddress are how people are called, and no office at a body.
var modesOfAddress = fold.Set(`lord lady baroness baron viscount sir dame mr mrs ms mx miss dr herr frau monsieur madame
	right hon honourable the`)

// longestOffice is how many words an office has at most: what is longer tells of something else.
const longestOffice = 9

// achieved are how clauses begin that tell what somebody did.
var achieved = fold.Set(`achieved earned studied completed graduated obtained received gained holds held`)

// came are words before an office, in small letters, that say how somebody came to it; noOffices, in small letters, end words for what is
// none; seats are offices that a place is told with.
var (
	came      = fold.Set(`am m the a currently newly elected re-elected appointed recently nominated new`)
	noOffices = fold.Set(`representative representatives degree degrees diploma diplomas doctorate doctorates attendee attendees participant
		participants delegate delegates activists journalists members`)
	seats = fold.Set(`mp msp mep mla`)
)

// office leaves of the words that say what somebody is at a body those that say it of that body: "Fellow, and an Adjunct Professor" at
// the second of two bodies is the professor, "consultant for organisations including" the consultant, and "Lord" is no office.
func office(role string) string {
	for _, other := range []string{" and am a ", " and am an ", " and am the ", ", and an ", ", and a ", " and an ", " and a ",
		", an ", ", a "} {
		if i := strings.LastIndex(role, other); i >= 0 {
			role = role[i+len(other):]
		}
	}
	for _, tail := range []string{" including", " such as", " among others", " e.g"} {
		if before, _, cut := strings.Cut(role, tail); cut {
			role = before
			if i := strings.LastIndex(role, " for "); i > 0 { // "for organisations such as"
				role = role[:i]
			}
		}
	}
	for _, list := range []string{" includes an ", " include an ", " include a ", " includes a ", " include ", " includes ", " included "} {
		if _, after, cut := strings.Cut(role, list); cut { // "previous roles include editor"
			role = after
		}
	}
	if len(strings.Fields(role)) > longestOffice {
		return ""
	}
	for first, rest, more := strings.Cut(role, " "); more && came[first]; first, rest, more = strings.Cut(role, " ") {
		role = rest
	}
	words := strings.Fields(strings.ToLower(role))
	if len(words) > 0 && (achieved[words[0]] || noOffices[role[strings.LastIndex(role, " ")+1:]]) {
		return ""
	}
	if len(words) > 1 && seats[words[0]] && words[1] != "for" && words[1] != "and" && words[1] != "candidate" {
		role = role[:len(words[0])] // "MP, Vale of"
	}
	for _, word := range words {
		if !modesOfAddress[strings.Trim(word, ".,")] {
			return strings.Trim(role, " ,;:")
		}
	}
	return ""
}

package ties

import "strings"

// modesOfAddress are how people are called, and no office at a body.
var modesOfAddress = wordSet(`lord lady baroness baron viscount sir dame mr mrs ms mx miss dr herr frau monsieur madame
	right hon honourable the`)

// longestOffice is how many words an office has at most: what is longer tells of something else.
const longestOffice = 9

// achieved are how clauses begin that tell what somebody did.
var achieved = wordSet(`achieved earned studied completed graduated obtained received gained holds held`)

// office leaves of the words that say what somebody is at a body those that say it of that body: "Fellow, and an Adjunct Professor" at
// the second of two bodies is the professor, "consultant for organisations including" the consultant, and "Lord" is no office.
func office(role string) string {
	for _, other := range []string{", and an ", ", and a ", " and an ", " and a ", ", an ", ", a "} {
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
	words := strings.Fields(strings.ToLower(role))
	if len(words) > longestOffice || len(words) > 0 && achieved[words[0]] {
		return ""
	}
	for _, word := range words {
		if !modesOfAddress[strings.Trim(word, ".,")] {
			return strings.Trim(role, " ,;:")
		}
	}
	return ""
}

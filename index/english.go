package index

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// stem returns the Snowball stem of a folded word, after British spelling is made of American.
func stem(word string) string {
	env := snowballstem.NewEnv(british(word))
	english.Stem(env)
	return env.Current()
}

// british respells the commonest American forms, so that both sides of the ocean find each other, and short ordinals.
func british(word string) string {
	if s, ok := respelled[word]; ok {
		return s
	}
	if len(word) < 5 {
		return word
	}
	if i := strings.LastIndex(word, "iz"); i >= 4 && i < len(word)-2 {
		switch word[i+2:] {
		case "e", "es", "ed", "er", "ers", "ing", "ation", "ations", "ational":
			return word[:i] + "is" + word[i+2:]
		}
	}
	if i := strings.LastIndex(word, "yz"); i >= 3 {
		return word[:i] + "ys" + word[i+2:]
	}
	for _, base := range orWords {
		if strings.HasPrefix(word, base) {
			return word[:len(base)-1] + "ur" + word[len(base):]
		}
	}
	return word
}

// orWords end in -our in Britain.
var orWords = []string{"labor", "behavior", "color", "favor", "honor", "neighbor", "harbor", "humor", "endeavor", "flavor", "rumor"}

// respelled maps American words to British ones where no rule does, and ordinals in figures to words.
var respelled = map[string]string{
	"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth", "7th": "seventh", "8th": "eighth",
	"9th": "ninth", "10th": "tenth",
	"center": "centre", "centers": "centres", "centered": "centred", "program": "programme", "programs": "programmes",
	"defense": "defence", "offense": "offence", "license": "licence", "licenses": "licences", "catalog": "catalogue", "catalogs": "catalogues",
	"dialog": "dialogue", "dialogs": "dialogues", "judgment": "judgement", "judgments": "judgements", "aging": "ageing", "fulfill": "fulfil",
	"enroll": "enrol", "enrollment": "enrolment", "theater": "theatre", "meter": "metre", "meters": "metres",
	"traveling": "travelling", "traveled": "travelled", "modeling": "modelling", "modeled": "modelled", "labeling": "labelling",
	"labeled":   "labelled",
	"signaling": "signalling", "canceled": "cancelled", "laboratory": "laboratory", "laboratories": "laboratories",
}

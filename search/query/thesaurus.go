package query

import (
	_ "embed"
	"slices"
	"strings"

	"rapporteur/index"
)

// thesaurusText holds words of general English that are used for one another: a concept a line.
//
//go:embed thesaurus.txt
var thesaurusText string

// thesaurus maps the analyzed form of a word to the analyzed words and phrases of the concepts that it stands for.
type thesaurus map[string][][]string

// newThesaurus analyzes the text with an English analyzer.
func newThesaurus(a *index.Analyzer) thesaurus {
	t := thesaurus{}
	for line := range strings.Lines(thesaurusText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var forms [][]string
		for word := range strings.SplitSeq(line, ",") {
			if terms := a.Terms(word); len(terms) > 0 {
				forms = append(forms, terms)
			}
		}
		for i, key := range forms {
			if len(key) > 1 {
				continue
			}
			for j, form := range forms {
				same := func(f []string) bool { return slices.Equal(f, form) }
				if j != i && !slices.Equal(form, key) && !slices.ContainsFunc(t[key[0]], same) {
					t[key[0]] = append(t[key[0]], form)
				}
			}
		}
	}
	return t
}

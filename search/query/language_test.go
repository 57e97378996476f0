package query

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"rapporteur/search/answer"
)

// show writes a query down as it was understood.
func (q *parsedQuery) show() string {
	var out []string
	for _, g := range q.groups {
		var any []string
		for _, t := range g.any {
			switch t.kind {
			case phraseTerm:
				any = append(any, `"`+t.text+`"`)
			case prefixTerm:
				any = append(any, t.text+"*")
			default:
				any = append(any, t.text)
			}
		}
		s := strings.Join(any, "|")
		if g.not {
			s = "-" + s
		}
		out = append(out, s)
	}
	for _, f := range q.filters {
		s := f.field + "=" + f.value
		if f.not {
			s = "-" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestParseQuery(t *testing.T) {
	for query, want := range map[string]string{
		"river flood":                            "river flood",
		`"river flood" -ferry -"river bank"`:     `"river flood" -ferry -"river bank"`,
		"river OR stream OR brook tide":          "river|stream|brook tide",
		"OR river OR":                            "OR river",
		"rivers AND tides":                       "rivers tides",
		"flood* a* *":                            "flood* a*",
		`speaker:"Jane Roe" tide`:                "tide speaker=Jane Roe",
		`-topic:health org:"Open Rivers",`:       "-topic=health organisation=Open Rivers",
		"year:2021..2023 kind:page from:2023-05": "year=2021..2023 kind=page from=2023-05",
		// Running text is a query.
		"What is the topic: rivers (or streams)?": "What is the topic: rivers or streams",
		"time-sharing - a survey":                 "time-sharing a survey",
		"see http://example.org/x?y=1":            "see http://example.org/x?y=1",
		"the type of “a process”":                 `the type of "a process"`,
		`5" pipe`:                                 "5 pipe",
		"":                                        "",
		"!!! ??? --":                              "",
		"<script>alert(1)</script>":               "<script>alert 1 </script>",
		"\x00\x01tide\x7f":                        "tide",
		"a:b unknown:thing":                       "a:b unknown:thing",
		"not in the language, but and or not":     "not in the language, but and or not",
		`"" ""`:                                   `"" ""`,
		"river OR -stream":                        "river -stream",
		"Dijkstra's semaphores; {monitors} [1, 2] (etc.)": "Dijkstra's semaphores; monitors 1, 2 etc.",
	} {
		got, err := parseQuery(query)
		if err != nil || got.show() != want {
			t.Errorf("%q: %q (%v), want %q", query, got.show(), err, want)
		}
	}
}

func TestWrongSyntaxIsPointedAt(t *testing.T) {
	for query, want := range map[string]string{
		"tide speaker:": `the query, at character 6: speaker: needs a value directly after the colon, such as ` +
			`speaker:"Jane Roe"`,
		"year:20x1":            `the query, at character 1: "20x1" is no year: write year:2023 or year:2021..2023`,
		"year:2023-05":         `the query, at character 1: "2023-05" is no year: write year:2023 or year:2021..2023`,
		"tide year:2023..2021": `the query, at character 6: the range "2023..2021" ends before it starts`,
		"from:31/12/2024":      `the query, at character 1: "31/12/2024" is no date: write YYYY, YYYY-MM or YYYY-MM-DD`,
		"kind:pages": `the query, at character 1: there is no kind "pages": it is one of page, recommendation, ` +
			`person, organisation, country, topic, event, post, project`,
		"-from:2024": `the query, at character 1: -from: is not understood; give the dates or kinds that you ` +
			`want instead`,
		strings.Repeat("a", 1+maxQueryBytes): fmt.Sprintf("the query, at character %d: it is too long (%d bytes): at most %d are read",
			maxQueryBytes+1, maxQueryBytes+1, maxQueryBytes),
	} {
		_, err := parseQuery(query)
		var wrong *answer.QueryError
		if !errors.As(err, &wrong) || err.Error() != want {
			t.Errorf("%.40q:\n got %v\nwant %s", query, err, want)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{`a "b c" -d e* OR f speaker:"g h" year:2020..2021`, `"`, `-"`, "kind:", "\xff\"", "“a”b”", "-speaker:x", "a OR",
		"((("} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		q, err := parseQuery(query)
		var wrong *answer.QueryError
		if err != nil {
			if !errors.As(err, &wrong) || wrong.Position < 0 || wrong.Position > len(query) || wrong.Problem == "" {
				t.Fatalf("%q: %#v", query, err)
			}
			return
		}
		for _, g := range q.groups {
			if len(g.any) == 0 {
				t.Fatalf("%q: a group of nothing", query)
			}
			for _, term := range g.any {
				if !utf8.ValidString(term.text) {
					t.Fatalf("%q: %q is not UTF-8", query, term.text)
				}
			}
		}
	})
}

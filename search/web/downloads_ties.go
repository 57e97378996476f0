package web

import (
	"fmt"
	"strings"

	"rapporteur/search/answer"
)

// waysSheet lists the steps of the ways between two things, each with the words that say it.
func waysSheet(x *texts, from, to answer.Ref, ways []answer.Path) *sheet {
	sh := &sheet{Title: from.Name + x.t("list.and") + to.Name, Whole: ways,
		Head: []string{"way", "step", "from", "how", "to", "a sentence says so", "date", "words", "address"}}
	for i, way := range ways {
		for j, hop := range way {
			src, quote := sourceOf(hop.Evidence), ""
			if len(hop.Evidence) > 0 {
				quote = words(hop.Evidence[0].Quote)
			}
			said := "no"
			if hop.Said {
				said = "yes"
			}
			how := x.orElse("relation."+strings.ReplaceAll(hop.Relation, " ", "-"), hop.Relation)
			sh.Rows = append(sh.Rows, sheetRow{
				[]string{fmt.Sprint(i + 1), fmt.Sprint(j + 1), hop.From.Name, hop.Relation, hop.To.Name, said, src.Date, quote, src.URL},
				fmt.Sprintf("%d.%d %s %s %s", i+1, j+1, hop.From.Name, how, hop.To.Name), src,
			})
		}
	}
	return sh
}

// comparedSheet lists what two things have in common, and what only one of them has.
func comparedSheet(x *texts, c *answer.Comparison) *sheet {
	sh := &sheet{Title: c.First.Name + x.t("list.and") + c.Second.Name, Whole: c,
		Head: []string{"what", "who or where", "kind", "date", "pages", "words", "address"}}
	for _, a := range c.Together {
		src, quote := sourceOf(a.Evidence), ""
		if len(a.Evidence) > 0 {
			quote = words(a.Evidence[0].Quote)
		}
		sh.Rows = append(sh.Rows, sheetRow{[]string{"named together on", a.Page.Name, "page", a.Date, "", quote, src.URL},
			x.t("compare.together") + ": " + a.Page.Name, src})
	}
	add := func(what, said string, list []answer.CoOccurrence) {
		for _, one := range list {
			sh.Rows = append(sh.Rows, sheetRow{[]string{what, one.To.Name, string(one.To.Kind), one.Date, fmt.Sprint(one.Pages), "", ""},
				said + ": " + one.To.Name + ", " + x.n("pages", one.Pages), source{}})
		}
	}
	add("with both", x.t("compare.both"), c.Both)
	add("only with "+c.First.Name, x.t("compare.only", c.First.Name), c.Only1)
	add("only with "+c.Second.Name, x.t("compare.only", c.Second.Name), c.Only2)
	return sh
}

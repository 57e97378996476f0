package main

import (
	"fmt"
	"html/template"
	"io"

	"rapporteur/search/answer"
)

// askPage is a list that word processors take over as it is: headings, lists, links, and nothing of style.
var askPage = template.Must(template.New("asks").Funcs(template.FuncMap{"url": askURL}).Parse(`<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><title>Recommendations</title></head>
<body>
{{- range .}}
{{- with .Name}}
<h2>{{.}}</h2>
{{- end}}
<ul>
{{- range .Asks}}
<li>{{with .Context}}({{.}}) {{end}}{{.Text}} — {{with .By}}{{.Name}}, {{end}}{{with .To}}to {{.}}, {{end -}}
<a href="{{url .}}">{{.Page.Name}}</a>{{with .Date}}, {{.}}{{end}}
{{- with .Also}}
<ul>
{{- range .}}
<li>also: <a href="{{.URL}}">{{.Title}}</a>{{with .Date}}, {{.}}{{end}}</li>
{{- end}}
</ul>
{{- end}}</li>
{{- end}}
</ul>
{{- end}}
</body>
</html>
`))

// printAskHTML writes a list with citations that can be pasted into a document of a word processor.
func printAskHTML(w io.Writer, by string, groups []answer.RecommendationGroup) error {
	type group struct {
		Name string
		Asks []*answer.Recommendation
	}
	var out []group
	for _, g := range groups {
		shown := group{}
		if by != "" {
			shown.Name = groupName(by, g)
		}
		for i := range g.Recommendations {
			shown.Asks = append(shown.Asks, &g.Recommendations[i])
		}
		out = append(out, shown)
	}
	if err := askPage.Execute(w, out); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return nil
}

package static

import (
	_ "embed"
	"html/template"
	"time"

	"rapporteur/search/feed"
)

//go:embed related.html
var relatedSource string

// relatedTemplate makes the HTML to include of a view.
var relatedTemplate = template.Must(template.New("related").Funcs(template.FuncMap{"day": day}).Parse(relatedSource))

// view is what the template shows.
type view struct {
	export *export
	Name   string
	*feed.Feed
}

// Local is an address as the site itself links to it.
func (v view) Local(address string) string { return v.export.local(address) }

// day writes a date or the start of a time stamp for people: 3 May 2024.
func day(stamp string) string {
	if len(stamp) >= len(time.DateOnly) {
		if t, err := time.Parse(time.DateOnly, stamp[:len(time.DateOnly)]); err == nil {
			return t.Format("2 January 2006")
		}
	}
	return stamp
}

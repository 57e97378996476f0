// Package hypertext reads plain pages in HTML: the main part of a page, without what stands on every page of a site, such as
// its navigation, header and footer.
package hypertext

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/visible"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Reader reads HTML that is a whole page. It is safe for parallel use.
type Reader struct{}

// metaKeys are the names of <meta> elements that say what front matter does.
var metaKeys = map[string]string{
	"author": "author", "description": "description", "keywords": "keywords", "date": "date", "dc.date": "date", "dcterms.date": "date",
	"article:published_time": "date",
	"article:author":         "author", "dc.creator": "author", "dc.title": "title", "robots": "robots", "event:start_time": "start_date",
	"event:end_time": "end_date",
}

// Whole reports whether a file is a whole page of HTML, and no part of one or a template of a generator.
func Whole(src []byte) bool {
	head := src[:min(len(src), 4000)]
	return wholePage.Match(head) && !template.Match(src)
}

var (
	wholePage = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|body)\b`)
	template  = regexp.MustCompile(`\{%-?\s*(?:extends|block|include|for|if|import|macro|layout)\b|\{\{-?\s*(?:block|define|template|range|` +
		`with|partial|content|page\.|site\.)|<%[=-]?\s|<\?php`)
)

// Head takes the title and what <meta> elements say off a page.
func (Reader) Head(src []byte) ([]visible.Value, []byte, int) {
	if !Whole(src) {
		return nil, src, 1
	}
	var values []visible.Value
	z := html.NewTokenizer(bytes.NewReader(src))
	line, title, in := 1, "", false
	add := func(key, text string) {
		if text = fold.Space(text); text != "" {
			values = append(values, visible.Value{Key: key, Text: text, Line: line})
		}
	}
loop:
	for {
		kind := z.Next()
		raw := z.Raw()
		switch kind {
		case html.ErrorToken:
			break loop
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.DataAtom {
			case atom.Html:
				add("lang", attribute(t, "lang"))
			case atom.Title:
				in = true
			case atom.Body:
				break loop
			case atom.Meta:
				name := strings.ToLower(attribute(t, "name") + attribute(t, "property"))
				if key := metaKeys[name]; key != "" {
					add(key, attribute(t, "content"))
				}
			}
		case html.TextToken:
			if in {
				title += string(z.Text())
			}
		case html.EndTagToken:
			if t := z.Token(); t.DataAtom == atom.Title && in {
				in = false
				add("title", siteless(html.UnescapeString(title)))
			}
		}
		line += bytes.Count(raw, []byte("\n"))
	}
	return values, src, 1
}

// siteless is a page's title without the site's name that many pages put after it.
func siteless(title string) string {
	for _, mark := range []string{" | ", " – ", " — ", " :: ", " » "} {
		if before, _, ok := strings.Cut(title, mark); ok && len(strings.TrimSpace(before)) > 3 {
			return strings.TrimSpace(before)
		}
	}
	return title
}

// Content makes the visible text of a page.
func (Reader) Content(fields []visible.Field, body []byte, first int) visible.Content {
	w := visible.NewWriter()
	for _, f := range fields {
		w.Field(f, []byte(html.EscapeString(f.Value)))
	}
	body = bytes.ToValidUTF8(body, []byte("\uFFFD"))
	kept := mainPart(body)
	w.HTML(append([]byte("<!--raw "+strconv.Itoa(first)+"-->"), kept...), first)
	return w.Content()
}

// left are elements whose content is none of the page's own words.
var left = map[atom.Atom]bool{atom.Nav: true, atom.Footer: true, atom.Script: true, atom.Style: true, atom.Noscript: true,
	atom.Template: true, atom.Iframe: true, atom.Svg: true, atom.Form: true,
	atom.Head: true, atom.Select: true, atom.Button: true, atom.Dialog: true, atom.Object: true, atom.Math: true, atom.Video: true,
	atom.Audio: true}

var furniture = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|site-header|masthead|` +
	`cookie\w*|skip-link|pagination|share|social)(?:$|[\s_-])`)

// mainPart blanks out, line ends kept, what is no part of the page's own: all outside of <main> or <article>, if there is one,
// and navigation, footers and the like.
func mainPart(src []byte) []byte {
	inner := false
	for _, name := range []string{"<main", "<article"} {
		if i := bytes.Index(bytes.ToLower(src), []byte(name)); i >= 0 {
			inner = true
		}
	}
	z := html.NewTokenizer(bytes.NewReader(src))
	var out bytes.Buffer
	var open []html.Token // elements that are left out, and elements of the same name within them
	inside := 0           // depth of main and article
	write := func(raw []byte, keep bool) {
		if keep {
			out.Write(raw)
			return
		}
		out.Write(bytes.Repeat([]byte("\n"), bytes.Count(raw, []byte("\n"))))
	}
	for {
		kind := z.Next()
		raw := bytes.Clone(z.Raw())
		if kind == html.ErrorToken {
			write(raw, false)
			break
		}
		keep := len(open) == 0 && (!inner || inside > 0)
		switch kind {
		case html.StartTagToken:
			t := z.Token()
			if t.DataAtom == atom.Main || t.DataAtom == atom.Article {
				inside++
				keep = len(open) == 0
			}
			if n := len(open); n > 0 {
				if open[0].Data == t.Data {
					open = append(open, t)
				}
			} else if left[t.DataAtom] || furnished(t) {
				open, keep = append(open, t), false
			}
		case html.EndTagToken:
			t := z.Token()
			if n := len(open); n > 0 && open[0].Data == t.Data {
				open = open[:n-1]
				keep = false
			}
			if (t.DataAtom == atom.Main || t.DataAtom == atom.Article) && inside > 0 {
				inside--
			}
		case html.CommentToken, html.DoctypeToken:
			keep = false
		}
		write(raw, keep)
	}
	return out.Bytes()
}

// furnished reports whether an element says by its class, id or role that it is a part of the site, not of the page.
func furnished(t html.Token) bool {
	switch t.DataAtom {
	case atom.Div, atom.Ul, atom.Aside, atom.Section, atom.Header, atom.P:
		switch attribute(t, "role") {
		case "navigation", "banner", "contentinfo", "search":
			return true
		}
		return furniture.MatchString(attribute(t, "class")) || furniture.MatchString(attribute(t, "id")) || attribute(t, "aria-hidden") == "true"
	}
	return false
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

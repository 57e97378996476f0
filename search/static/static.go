// Package static writes what a site without a server needs to show related pages and to pass its knowledge on:
//
//	related/{page}.json     the related pages of a page, as a JSON Feed
//	related/{page}.html     the same as HTML to include, without script
//	_data/related.json      that HTML for Jekyll and 11ty, by path of the page
//	data/related.json       the same for Hugo and Zola, by path below content/
//	people/{slug}.jsonld    what is known of a person, in schema.org's terms; likewise organisations, topics, countries
//	people/{slug}.atom      the pages that a person is on, newest first; likewise organisations, topics
//	rapporteur/search.html  a page that searches the site in the browser; search.js beside it brings the search into other pages
//	rapporteur/data/        the index that it reads, in small files
//	rapporteur.json         the manifest: every file with its SHA-256, and the files of each page
//
// Of these, a folder that is the site of a generator gets what the generator needs, where it needs it: one of the data files, and no
// related/{page}.html; for Hugo and Zola, what is to be published is put into static/.
//
// The same generation gives the same bytes. Files that would not change are left untouched, and files that an earlier
// export wrote and this one does not are removed; others' files are never removed.
package static

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"rapporteur/search/answer"
	"rapporteur/search/feed"
	"rapporteur/search/query"

	"rapporteur/ingest"
)

// Generation is what is exported.
type Generation interface {
	Catalogue() *answer.Catalogue
	Profile(ctx context.Context, id ingest.IRI) (*answer.Profile, error)
	AllRelated(ctx context.Context, limit int, yield func(*answer.Related) error) error
	Listing(ctx context.Context, chunk int) (*query.Listing, error)
}

// Report says what an export did.
type Report struct {
	Files   int `json:"files"`   // that the export consists of, the manifest included
	Written int `json:"written"` // new or changed
	Removed int `json:"removed"`
}

// related is how many pages are offered on each.
const related = 5

// export is one export under way.
type export struct {
	*folder
	gen   Generation
	list  *answer.Catalogue
	pages map[ingest.IRI]*answer.ListedPage
	host  string // of the live site
}

// Write exports a generation to the folder dir, making it if need be.
func Write(ctx context.Context, g Generation, dir string) (Report, error) {
	f, err := openFolder(dir)
	if err != nil {
		return Report{}, fmt.Errorf("open the folder to export to: %w", err)
	}
	defer f.close()
	e := &export{folder: f, gen: g, list: g.Catalogue(), pages: map[ingest.IRI]*answer.ListedPage{}}
	for i := range e.list.Pages {
		e.pages[e.list.Pages[i].ID] = &e.list.Pages[i]
	}
	if u, err := url.Parse(e.list.URL); err == nil {
		e.host = u.Host
	}
	if err := e.writePages(ctx); err != nil {
		return Report{}, fmt.Errorf("export the related pages: %w", err)
	}
	if err := e.writeEntities(ctx); err != nil {
		return Report{}, fmt.Errorf("export the entities: %w", err)
	}
	if err := e.writeSearch(ctx); err != nil {
		return Report{}, fmt.Errorf("export the search: %w", err)
	}
	return f.finish()
}

// entry is a page in the data file of a site generator.
type entry struct {
	HTML  string `json:"html"`
	Items []item `json:"items"`
}

type item struct {
	Title string   `json:"title"`
	URL   string   `json:"url"`
	Date  string   `json:"date,omitempty"`
	Why   []string `json:"why"`
}

func (e *export) writePages(ctx context.Context) error {
	byPath, forHugo := map[string]entry{}, map[string]entry{}
	err := e.gen.AllRelated(ctx, related, func(list *answer.Related) error {
		feed := feed.Related(list, "")
		if err := ctx.Err(); err != nil {
			return err
		}
		page := entry{Items: []item{}}
		for i := range feed.Items {
			it := &feed.Items[i]
			it.Ties.Href = "" // no server
			shown := item{Title: it.Title, URL: e.local(it.URL), Why: []string{}}
			if len(it.DatePublished) >= 10 {
				shown.Date = it.DatePublished[:10]
			}
			for k := range it.Ties.Why {
				why := &it.Ties.Why[k]
				if strings.HasPrefix(why.Href, "/") && !e.isLive(it.URL) {
					why.Href = ""
				}
				shown.Why = append(shown.Why, why.Label)
			}
			page.Items = append(page.Items, shown)
		}
		name := e.name("related", slugOf(feed.For.For))
		var html bytes.Buffer
		if err := relatedTemplate.Execute(&html, view{e, name, feed}); err != nil {
			return err
		}
		// Where a page says "{{", a site generator that includes this must not take it for an order.
		page.HTML = strings.ReplaceAll(html.String(), "{", "&#123;")
		byPath[feed.For.For] = page
		forHugo[strings.TrimPrefix(feed.For.For, "content/")] = page
		name = e.published("related/" + name)
		if err := e.putJSON(name+".json", feed); err != nil || e.generator != anyGenerator { // which have it in their data
			e.note(feed.For.For, name+".json")
			return err
		}
		e.note(feed.For.For, name+".json", name+".html")
		return e.put(name+".html", []byte(page.HTML))
	})
	if err != nil {
		return err
	}
	if e.generator != hugo {
		if err := e.putJSON("_data/related.json", byPath); err != nil {
			return err
		}
	}
	if e.generator == hugo || e.generator == anyGenerator {
		return e.putJSON("data/related.json", forHugo)
	}
	return nil
}

// slugOf is the name of a page's file without folder and ending; of the index page of a folder, the folder's.
func slugOf(path string) string {
	parts := strings.Split(path, "/")
	last := parts[len(parts)-1]
	if dot := strings.LastIndexByte(last, '.'); dot > 0 {
		last = last[:dot]
	}
	if (last == "index" || last == "_index") && len(parts) > 1 {
		last = parts[len(parts)-2]
	}
	return last
}

func (e *export) isLive(address string) bool { return strings.Contains(address, "://") }

// local shortens an address on the live site to its path, so that it also works where the site is being tried out.
func (e *export) local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Host != e.host {
		return address
	}
	u.Scheme, u.Host, u.User = "", "", nil
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

func (e *export) putJSON(name string, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	return e.put(name, b.Bytes())
}

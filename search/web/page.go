package web

import (
	"bytes"
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"rapporteur/ingest/brand"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/present"
	"rapporteur/search/store"

	"rapporteur/ingest"
)

// section is a kind of entity as the pages arrange them.
type section struct {
	Kind   kinds.Kind // also the parameter of a search narrowed to one of them
	Path   string     // of the list; an entity's page is below it
	Title  string
	Called string // several of its things, in a sentence
}

// sections are the kinds of entity that have pages, in the order in which they are shown. Their names are among the texts.
var sections = func() (all []section) {
	for _, row := range kinds.Entities() {
		all = append(all, section{Kind: row.Kind, Path: "/" + row.Route})
	}
	return all
}()

// frame is what every page shows around its own matter.
type frame struct {
	Title   string // of the page; the site's name follows it in the window
	Summary string // for search engines
	Here    string // the part of the navigation that is open
	Query   string // in the search box
	Feed    string // address of the page's Atom feed
	Live    string // the same thing on the live site
	Bare    bool   // no search box in the head: the page has its own

	OpenGraph string // type of Open Graph, "website" if empty
	Address   string // of this page, for whoever shows a link to it
	Image     string // address of the site's logo, where those who show links can show it
	Data      any    // what it says as schema.org JSON-LD; none if nil

	Manifest *store.Manifest
	Site     string
	Version  string
	Sections []section
	Looks    looks
}

// framed is a page's data: it holds a frame.
type framed interface{ in() *frame }

func (f *frame) in() *frame { return f }

// page registers a handler. Its error is shown as a page, or as a problem to a program.
func (s *Site) page(pattern string, answer func(*visit) error) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		v := of(r)
		v.w, v.r = w, r
		if err := answer(v); err != nil {
			s.fail(v, err)
		}
	})
}

// render shows a page. It is made in memory first, so that a failure never leaves half a page behind.
func (s *Site) render(v *visit, status int, name string, data framed) error {
	f := data.in()
	f.Manifest, f.Version, f.Sections = v.gen.Manifest(), s.options.Version, v.texts().sections()
	f.Looks = s.looksOf(f.Manifest)
	f.Site = cmp.Or(f.Looks.Name, f.Manifest.Name, "rapporteur")
	if status == http.StatusOK {
		f.Address = s.base(v.r) + v.r.URL.EscapedPath()
		if f.Looks.Logo != "" && f.Looks.LogoType != brand.SVG {
			f.Image = s.base(v.r) + f.Looks.Logo
		}
	}
	var page bytes.Buffer
	if err := s.templates[v.texts().lang][name].ExecuteTemplate(&page, "layout.html", data); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	v.w.Write(s.mounted(page.Bytes())) // the caller may have gone
	return nil
}

type errorPage struct {
	frame
	Heading string // in plain words what kind of problem it is
	Problem *problem
	Nearest []answer.Ref // as the problem has them, as the page links to them
}

// headingOf is the key of what says in plain words what kind of problem there is.
func headingOf(status int, err error) string {
	var several *answer.AmbiguousError
	switch {
	case status == http.StatusNotFound:
		return "error.missing"
	case errors.As(err, &several):
		return "error.several"
	case status == http.StatusInternalServerError, status == http.StatusServiceUnavailable:
		return "error.late"
	}
	return "error.wrong"
}

// findEntity returns the IRI of the entity of a kind whose IRI ends in slug. One that was merged is found under its new name.
func findEntity(c *answer.Catalogue, kind kinds.Kind, slug string) (ingest.IRI, error) {
	var near []answer.Ref
	for _, l := range c.Entities(kind) {
		if answer.Slug(l.ID) == slug || kind == kinds.Country && strings.EqualFold(l.Code, slug) {
			return l.ID, nil
		}
		if len(near) < 5 && alike(answer.Slug(l.ID), slug) {
			near = append(near, l.Ref)
		}
	}
	for _, m := range c.Former {
		if m.To.Kind == kind && answer.Slug(m.From) == slug {
			return m.To.ID, nil
		}
	}
	return "", &answer.NotFoundError{Name: unslug(slug), Nearest: near}
}

// suggested adds to an error what its name may have meant, where nothing was near it yet.
func suggested(v *visit, err error) error {
	var missing *answer.NotFoundError
	if !errors.As(err, &missing) || len(missing.Nearest) > 0 {
		return err
	}
	ref, found := v.gen.Lookup(v.ctx(), missing.Name)
	var nowhere *answer.NotFoundError
	var several *answer.AmbiguousError
	switch {
	case found == nil:
		missing.Nearest = []answer.Ref{ref}
	case errors.As(found, &nowhere):
		missing.Nearest = nowhere.Nearest
	case errors.As(found, &several):
		missing.Nearest = several.Choices
	}
	return err
}

// findPage returns the page whose IRI ends in slug.
func findPage(c *answer.Catalogue, slug string) (answer.ListedPage, error) {
	var near []answer.Ref
	for _, l := range c.Pages {
		if answer.Slug(l.ID) == slug {
			return l, nil
		}
		if len(near) < 5 && alike(answer.Slug(l.ID), slug) {
			near = append(near, l.Ref)
		}
	}
	return answer.ListedPage{}, &answer.NotFoundError{Name: unslug(slug), Nearest: near}
}

// alike reports whether two slugs have a word of some length in common, or differ in little.
func alike(a, b string) bool {
	if len(b) > 200 {
		return false
	}
	for word := range strings.SplitSeq(b, "-") {
		if len(word) >= 5 && strings.Contains(a, word) {
			return true
		}
	}
	return len(b) >= 4 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a) && len(a) >= 4)
}

func unslug(slug string) string { return strings.ReplaceAll(slug, "-", " ") }

// dereference sends whoever opens an IRI to the page about it.
func (s *Site) dereference(v *visit) error {
	kind, slug := v.r.PathValue("kind"), v.r.PathValue("slug")
	var href string
	switch kind {
	case "event", "page":
		page, err := findPage(v.gen.Catalogue(), slug)
		if err != nil {
			return err
		}
		href = page.Href
	case "recommendation":
		href = "/recommendations/" + url.PathEscape(slug)
	default:
		id, err := findEntity(v.gen.Catalogue(), kinds.Kind(kind), slug)
		if err != nil {
			return err
		}
		href = present.Href(kinds.Kind(kind), id)
	}
	http.Redirect(v.w, v.r, s.prefix+href, http.StatusSeeOther)
	return nil
}

// recommendation leads to the place where a recommendation stands on its page.
func (s *Site) recommendation(v *visit) error {
	slug := v.r.PathValue("slug")
	for _, ask := range v.gen.Catalogue().Recommendations {
		if answer.Slug(ask.ID) == slug {
			http.Redirect(v.w, v.r, s.prefix+present.Href(kinds.Page, ask.Page)+"#"+slug, http.StatusSeeOther)
			return nil
		}
	}
	return &answer.NotFoundError{Name: unslug(slug)}
}

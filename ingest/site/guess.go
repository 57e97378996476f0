package site

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// patterns are the addresses that posts usually have, where no configuration that can be read says so. They are tried in
// this order.
var patterns = []string{
	"/:year/:month/:day/:slug/", "/:year/:month/:slug/", "/:year/:slug/", "/:section/:year/:month/:day/:slug/",
	"/:section/:year/:month/:slug/", "/:section/:slug/", "/blog/:year/:month/:day/:slug/", "/blog/:year/:month/:slug/", "/blog/:slug/",
	"/news/:slug/", "/:slug/",
}

// guess finds the addresses of a collection's pages out by the links that pages have to each other: a site whose addresses
// are made by a program (11ty, or an unknown generator) still links to itself. A pattern is taken if at least three pages
// are linked to under it, and twice as many as under the plainest addresses.
func (c *config) guess(folder *Folder, sources []*source) {
	switch c.generator {
	case eleventy, plainSet, gatsby, gridsome, astro:
	default:
		return
	}
	linked := map[string]bool{}
	for _, p := range folder.Pages {
		for _, l := range p.Links {
			if u, err := url.Parse(l.Target); err == nil &&
				(u.Host == "" && strings.HasPrefix(u.Path, "/") || u.Scheme == "https" || u.Scheme == "http") && strings.Trim(u.Path, "/") != "" {
				linked[key(u.Path)] = true
			}
		}
	}
	collections := map[string][]int{}
	var order []string
	for i, s := range sources {
		if given, _ := s.matter.values["permalink"].(string); given != "" || !s.published || s.stem() == "index" || s.stem() == "_index" {
			continue
		}
		if collections[s.collection] == nil {
			order = append(order, s.collection)
		}
		collections[s.collection] = append(collections[s.collection], i)
	}
	for _, name := range order {
		best, most, plainest := "", 0, 0
		for _, i := range collections[name] {
			if linked[key(folder.Pages[i].URL)] {
				plainest++
			}
		}
		for _, pattern := range patterns {
			n := 0
			for _, i := range collections[name] {
				if to := fill(pattern, sources[i]); to != "" && linked[key(to)] {
					n++
				}
			}
			if n > most && !sharesAddress(pattern, collections[name], sources) {
				best, most = pattern, n
			}
		}
		if most < 3 || most < 2*plainest {
			continue
		}
		for _, i := range collections[name] {
			if to := fill(best, sources[i]); to != "" {
				folder.Pages[i].URL = (&url.URL{Path: to}).EscapedPath()
			}
		}
		folder.Notes = append(folder.Notes, fmt.Sprintf("addresses of pages in %q are taken to be like %s, because %d pages are linked to "+
			"under such addresses", name, best, most))
	}
}

// sharesAddress reports whether a pattern gives two pages one address: then it is not how the site makes its addresses.
func sharesAddress(pattern string, collection []int, sources []*source) bool {
	seen := map[string]bool{}
	for _, i := range collection {
		if to := fill(pattern, sources[i]); to != "" {
			if seen[to] {
				return true
			}
			seen[to] = true
		}
	}
	return false
}

// fill makes an address of a pattern; "" if the page lacks what the pattern needs.
func fill(pattern string, s *source) string {
	slug := s.stem()
	if m := fileDate.FindStringSubmatch(slug); m != nil && m[4] != "" {
		slug = m[4]
	}
	if given, _ := s.matter.text("slug"); given != "" {
		slug = given
	}
	day, err := time.Parse("2006-01-02", s.date)
	if strings.Contains(pattern, ":year") && err != nil || strings.Contains(pattern, ":section") && s.collection == "" {
		return ""
	}
	return placeholder.ReplaceAllStringFunc(pattern, func(key string) string {
		switch key {
		case ":slug":
			return slug
		case ":section":
			return s.collection
		}
		return dated(key, day)
	})
}

package site

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
)

// A page that its generator does not publish, or that asks not to be found, is withheld: it is not read. include in
// rapporteur.yaml says otherwise.

// reasons why pages are withheld, as the account words them.
const (
	whyDraft    = "drafts"
	whyNever    = "never rendered"
	whyFuture   = "to be published later"
	whyExpired  = "expired"
	whyUnlisted = "private or unlisted"
	whyNoIndex  = "not to be indexed by search engines"
	whyNoPage   = "written to no address"
	whyFolder   = "_config.yml has no collection of their folder's name"
)

// withheld says why a page is not read, as far as its front matter alone tells; "" if it is.
func (c *config) withheld(s *source) string {
	if c.included(s.path) {
		return ""
	}
	m := s.matter
	switch {
	case c.undeclared(s.path):
		return whyFolder
	case m.says("draft", true), m.says("published", false), m.says("publish", false), m.says("isdraft", true),
		(c.generator == pelican || c.generator == nikola) && isAny(m.inside("status"), "draft", "private"):
		return whyDraft
	case c.generator == pelican && strings.EqualFold(m.inside("status"), "hidden"):
		return whyUnlisted
	case m.is("render", false) && c.generator == zola && strings.HasSuffix(s.path, "_index.md") && len(bytes.TrimSpace(s.body)) == 0:
		return whyNever
	case m.says("private", true), m.says("unlisted", true), m.says("hidden", true) && c.generator != jekyll,
		isAny(m.inside("visibility"), "private", "hidden", "unlisted", "internal"), isAny(m.inside("access"), "private"),
		m.says("headless", true) && c.generator == hugo:
		return whyUnlisted
	case m.says("noindex", true), m.says("no_index", true), m.says("no-index", true), m.says("sitemap", false) && !s.inherited["sitemap"],
		m.says("robotsnoindex", true), noIndex.MatchString(m.inside("robots")), m.nestedSays(true, "seo", "noindex"),
		m.nestedSays(false, "sitemap", "include"),
		m.nestedSays(true, "sitemap", "exclude"), m.nestedSays(true, "sitemap", "ignore"), m.nestedSays(true, "sitemap", "disable"),
		m.nestedSays(true, "sitemap_exclude"):
		return whyNoIndex
	// inherited, it is a folder's whose pages are shown on others
	case c.generator == eleventy && m.says("permalink", false) && !s.inherited["permalink"]:
		return whyNoPage
	}
	return ""
}

var noIndex = regexp.MustCompile(`(?i)\bnoindex\b|^none$`)

func isAny(s string, values ...string) bool {
	for _, v := range values {
		if strings.EqualFold(s, v) {
			return true
		}
	}
	return false
}

// withheldNow says why a page is not read, where that hangs on the day and on what the page is about; "" if it is.
func (c *config) withheldNow(s *source) string {
	if c.included(s.path) {
		return ""
	}
	m := s.matter
	switch c.generator {
	case hugo:
		for _, name := range []string{"_build", "build"} {
			if t, ok := m.values[name].(map[string]any); ok && never(t["render"]) {
				return whyNever
			}
		}
		if day, ok := date(m.folded("publishdate", "pubdate", "published")); ok && day > c.today && !isTrue(c.values["buildFuture"]) {
			return whyFuture
		}
		if day, ok := date(m.folded("expirydate", "unpublishdate")); ok && day <= c.today && !isTrue(c.values["buildExpired"]) {
			return whyExpired
		}
		if c.publishing && s.kind == ingest.PostPage && s.date > c.today && m.folded("publishdate", "pubdate", "published") == "" &&
			c.file != "" && !isTrue(c.values["buildFuture"]) {
			return whyFuture
		}
	case jekyll:
		title, _ := m.title()
		if c.publishing && s.kind == ingest.PostPage && s.date > c.today && !isTrue(c.values["future"]) && !eventName.MatchString(title) {
			return whyFuture
		}
	case docusaurus:
		if s.kind == ingest.PostPage && m.says("unlisted", true) {
			return whyUnlisted
		}
	}
	return ""
}

// published says whether a site has posts already: one whose posts are all still to come was written for another day, and its
// posts are read.
func (c *config) published(sources []*source) bool {
	return slices.ContainsFunc(sources, func(s *source) bool { return s.kind == ingest.PostPage && s.date != "" && s.date <= c.today })
}

// never reads Hugo's render option: a page that is never rendered, or whose address is linked but not rendered.
func never(v any) bool {
	switch v := v.(type) {
	case bool:
		return !v
	case string:
		return strings.EqualFold(v, "never") || strings.EqualFold(v, "false")
	}
	return false
}

func isTrue(v any) bool {
	b, ok := v.(bool)
	return ok && b || v == "true"
}

// included says whether rapporteur.yaml has a page read that would be withheld.
func (c *config) included(name string) bool {
	if c.decisions == nil {
		return false
	}
	for _, e := range c.decisions.Include {
		if ok, _ := curation.Match(e.Value, name); ok {
			return true
		}
	}
	return false
}

var (
	refreshTag  = regexp.MustCompile(`(?i)<meta[^>]+http-equiv\s*=\s*["']?refresh`)
	redirectKey = regexp.MustCompile(`^(?:redirect|redirectto|redirecturl|redirectlink|refreshtopostid|refreshto|redirection|movedto)$`)
	redirects   = regexp.MustCompile(`(?i)^(?:redirect|refresh|redirection|moved)(?:\.html)?$`)
)

// redirects reports whether a file has no text and only sends its reader on.
func (s *source) redirects() bool {
	if refreshTag.Match(s.body) {
		return true
	}
	if len(bytes.TrimSpace(s.body)) > 0 {
		return false
	}
	for _, l := range s.matter.leaves {
		if len(l.path) == 1 && redirectKey.MatchString(foldKey(l.path[0])) && strings.TrimSpace(l.value) != "" {
			return true
		}
	}
	for _, key := range []string{"layout", "type", "template"} {
		if redirects.MatchString(s.matter.inside(key)) {
			return true
		}
	}
	return false
}

// says reports whether a key, in any case of letters, holds a truth value, be it written as one or as a word.
func (m matter) says(key string, truth bool) bool {
	for k, v := range m.values {
		if !strings.EqualFold(k, key) {
			continue
		}
		switch v := v.(type) {
		case bool:
			return v == truth
		case string:
			switch strings.ToLower(strings.TrimSpace(v)) {
			case "true", "yes", "on", "1":
				return truth
			case "false", "no", "off", "0":
				return !truth
			}
		case int:
			return v == 1 && truth || v == 0 && !truth
		}
	}
	for _, w := range []string{"extra", "params"} {
		if t, ok := m.values[w].(map[string]any); ok && (matter{values: t}).says(key, truth) {
			return true
		}
	}
	return false
}

// nestedSays is says for a key within tables.
func (m matter) nestedSays(truth bool, path ...string) bool {
	for len(path) > 1 {
		t, ok := m.values[path[0]].(map[string]any)
		if !ok {
			return false
		}
		m, path = matter{values: t}, path[1:]
	}
	return m.says(path[0], truth)
}

// folded is the text of the first of some keys, which are given in small letters, that stands there in any case of letters.
func (m matter) folded(keys ...string) string {
	for _, key := range keys {
		for _, l := range m.leaves {
			if len(l.path) == 1 && strings.EqualFold(l.path[0], key) && strings.TrimSpace(l.value) != "" {
				return strings.TrimSpace(l.value)
			}
		}
	}
	return ""
}

// cascade hands down what the lists of Hugo's sections say of all pages below them.
func (c *config) cascade(sources []*source) {
	if c.generator != hugo {
		return
	}
	type hand struct {
		dir    string
		target string
		values map[string]any
	}
	var hands []hand
	for _, s := range sources {
		if s.stem() != "_index" {
			continue
		}
		dir := strings.TrimSuffix(s.rel, "_index"+s.ext())
		list, isList := s.matter.values["cascade"].([]any)
		if !isList {
			list = []any{s.matter.values["cascade"]}
		}
		for _, x := range list {
			values, ok := x.(map[string]any)
			if !ok {
				continue
			}
			h := hand{dir: dir, values: values}
			for _, name := range []string{"_target", "target"} {
				if t, ok := values[name].(map[string]any); ok {
					h.target, _ = t["path"].(string)
				}
			}
			hands = append(hands, h)
		}
	}
	for _, s := range sources {
		for i := len(hands) - 1; i >= 0; i-- { // the nearest list goes first
			h := hands[i]
			if !strings.HasPrefix(s.rel, h.dir) {
				continue
			}
			if h.target != "" {
				if ok, _ := curation.Match(h.target, strings.TrimSuffix(s.rel, s.ext())); !ok {
					continue
				}
			}
			s.inherit(h.values)
		}
	}
}

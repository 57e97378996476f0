package site

import (
	"fmt"
	"net/url"
	"path"
	"sort"
	"strings"

	"rapporteur/ingest"
)

// linker finds the page that a link leads to.
type linker struct {
	c       *config
	byPath  map[string]string // file path -> itself
	byURL   map[string]string // address, as key makes it -> file path
	byName  map[string]string // "section/name" and "name" of Hugo's refs -> file path; "" where two pages share it
	byPost  map[string]string // "2020-01-02-name" -> file path
	address map[string]string // file path -> address from "/"
}

// link resolves the links of all pages, finds the site's address where nothing says it, and makes addresses absolute.
func (c *config) link(folder *Folder, sources []*source) {
	l := &linker{c: c, byPath: map[string]string{}, byURL: map[string]string{}, byName: map[string]string{}, byPost: map[string]string{},
		address: map[string]string{}}
	for i, p := range folder.Pages {
		s := sources[i]
		l.byPath[p.Path] = p.Path
		l.address[p.Path] = p.URL
		if k := key(p.URL); k != "" {
			if _, taken := l.byURL[k]; !taken {
				l.byURL[k] = p.Path
			}
		}
		for _, name := range []string{s.stem(), path.Base(path.Dir(s.rel)) + "/" + s.stem(), strings.TrimSuffix(s.rel, path.Ext(s.rel))} {
			if s.stem() == "index" {
				name = strings.TrimSuffix(name, "/index")
			}
			if other, taken := l.byName[name]; taken && other != p.Path {
				l.byName[name] = ""
				continue
			}
			l.byName[name] = p.Path
		}
		if s.collection == "posts" {
			l.byPost[s.stem()] = p.Path
		}
	}
	for i, p := range folder.Pages { // former addresses, where no page has them now
		for _, name := range []string{"aliases", "redirect_from", "alias"} {
			for _, former := range texts(sources[i].matter.values[name]) {
				if k := key(former); k != "" {
					if _, taken := l.byURL[k]; !taken {
						l.byURL[k] = p.Path
					}
				}
			}
		}
	}
	if c.url == "" {
		if host, n := l.host(folder.Pages); host != "" {
			c.url = host + c.base
			folder.Notes = append(folder.Notes, fmt.Sprintf("the site's address is taken to be %s, because %d links of its pages lead to pages "+
				"under it; set url in rapporteur.yaml if that is wrong", c.url, n))
		}
	}
	for _, p := range folder.Pages {
		if p.URL != "" {
			p.URL = c.absolute(p.URL)
		}
	}
	for i, p := range folder.Pages {
		kept := p.Links[:0]
		for _, link := range p.Links {
			link.Target, link.Page = l.resolve(p, sources[i], link.Target)
			if link.Target != "" {
				kept = append(kept, link)
			}
		}
		p.Links = kept
	}
}

func (c *config) absolute(address string) string {
	if c.url != "" {
		return c.url + address
	}
	return c.base + address
}

// key is an address without what makes no difference: host, query, fragment, a file's ending, the last slash.
func key(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path == "" {
		return ""
	}
	p := strings.TrimSuffix(strings.TrimSuffix(u.Path, "index.html"), ".html")
	return "/" + strings.Trim(p, "/")
}

// host finds the site's address from its pages' absolute links: authors link to their own site. At least three such links
// must lead to pages that are here, and most links to that host must.
func (l *linker) host(pages []*ingest.Page) (string, int) {
	found, all := map[string]int{}, map[string]int{}
	for _, p := range pages {
		for _, link := range p.Links {
			u, err := url.Parse(link.Target)
			if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") == "" {
				continue
			}
			host := strings.ToLower(u.Host)
			all[host]++
			if _, ok := l.byURL[key(u.Path)]; ok && key(u.Path) != "/" {
				found[host]++
			}
		}
	}
	hosts := make([]string, 0, len(found))
	for h := range found {
		hosts = append(hosts, h)
	}
	sort.Slice(hosts, func(i, j int) bool {
		if found[hosts[i]] != found[hosts[j]] {
			return found[hosts[i]] > found[hosts[j]]
		}
		return hosts[i] < hosts[j]
	})
	if len(hosts) == 0 || found[hosts[0]] < 3 || found[hosts[0]]*2 < all[hosts[0]] {
		return "", 0
	}
	return "https://" + hosts[0], found[hosts[0]]
}

// resolve makes a link's target absolute where that is possible, and names the file of the page it leads to. A target
// that can be no address is "".
func (l *linker) resolve(p *ingest.Page, s *source, target string) (string, string) {
	target = strings.TrimSpace(target)
	name, isTag := "", false
	for _, tag := range []string{"post_url:", "link:", "ref:"} {
		if rest, ok := strings.CutPrefix(target, tag); ok {
			isTag = true
			rest, fragment, _ := strings.Cut(rest, "#")
			value, err := url.PathUnescape(rest)
			if err != nil {
				return "", ""
			}
			name = l.tagged(tag, strings.Trim(value, `"' `), s)
			if name == "" {
				return "", ""
			}
			target = l.address[name]
			if fragment != "" {
				target += "#" + fragment
			}
		}
	}
	u, err := url.Parse(target)
	if err != nil {
		return "", ""
	}
	switch {
	case isTag:
	case strings.HasPrefix(target, "@/"): // Zola's links start at the content folder
		name = l.byPath[path.Join(l.c.input, strings.TrimPrefix(u.Path, "@/"))]
	case u.Scheme == "" && u.Host == "":
		name = l.inside(p, u.Path)
	case l.c.url != "" && sameHost(u, l.c.url):
		name = l.byURL[key(strings.TrimPrefix(u.Path, l.c.base))]
	}
	if name != "" && l.address[name] != "" {
		to := l.c.absolute(l.address[name])
		if u.RawQuery != "" {
			to += "?" + u.RawQuery
		}
		if u.Fragment != "" {
			to += "#" + u.EscapedFragment()
		}
		return to, name
	}
	if u.Scheme == "" && p.URL != "" {
		if base, err := url.Parse(p.URL); err == nil {
			if strings.HasPrefix(u.Path, "/") && l.c.base != "" && u.Host == "" && !strings.HasPrefix(u.Path, l.c.base+"/") {
				u.Path = l.c.base + u.Path
			}
			return base.ResolveReference(u).String(), name
		}
	}
	return u.String(), name
}

// inside finds the page of a relative address.
func (l *linker) inside(p *ingest.Page, to string) string {
	if to == "" {
		return ""
	}
	if strings.HasPrefix(to, "/") {
		if name, ok := l.byURL[key(strings.TrimPrefix(to, l.c.base))]; ok {
			return name
		}
		return l.file(path.Join(l.c.input, to))
	}
	if name := l.file(path.Join(path.Dir(p.Path), to)); name != "" {
		return name
	}
	if base, err := url.Parse(l.address[p.Path]); err == nil {
		if ref, err := url.Parse(to); err == nil {
			return l.byURL[key(base.ResolveReference(ref).Path)]
		}
	}
	return ""
}

// file finds a page by its file, or by its folder.
func (l *linker) file(name string) string {
	for _, candidate := range []string{name, name + ".md", path.Join(name, "index.md"), path.Join(name, "_index.md"),
		strings.TrimSuffix(name, ".html") + ".md"} {
		if found, ok := l.byPath[candidate]; ok {
			return found
		}
	}
	return ""
}

// tagged finds the page that a template tag names.
func (l *linker) tagged(tag, value string, s *source) string {
	switch tag {
	case "post_url:":
		return l.byPost[path.Base(value)]
	case "link:":
		return l.file(path.Join(l.c.input, value))
	}
	if value == "" {
		return ""
	}
	value = strings.TrimSuffix(value, "/")
	for _, candidate := range []string{path.Join(l.c.input, value), path.Join(path.Dir(s.path), value)} {
		if name := l.file(candidate); name != "" {
			return name
		}
	}
	return l.byName[strings.Trim(strings.TrimSuffix(value, path.Ext(value)), "/")]
}

func sameHost(u *url.URL, site string) bool {
	s, err := url.Parse(site)
	return err == nil && strings.EqualFold(strings.TrimPrefix(u.Host, "www."), strings.TrimPrefix(s.Host, "www."))
}

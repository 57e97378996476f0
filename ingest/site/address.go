package site

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

var (
	placeholder = regexp.MustCompile(`:[a-z_]+`)
	zolaDate    = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(?:T[\d:.Z+-]*)?[-_ ]+(.+)$`)
	inserted    = regexp.MustCompile(`\{\{-?\s*([\w.]+)\s*(?:\|\s*(\w+)\s*)?-?\}\}`)
	jekyllDate  = regexp.MustCompile(`^(\d{2,4}-\d{1,2}-\d{1,2})[-_](.*)$`)
)

// jekyllStyles are the permalink styles that have a name.
var jekyllStyles = map[string]string{
	"date":     "/:categories/:year/:month/:day/:title:output_ext",
	"pretty":   "/:categories/:year/:month/:day/:title/",
	"ordinal":  "/:categories/:year/:y_day/:title:output_ext",
	"weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
	"none":     "/:categories/:title:output_ext",
}

// address gives a page's path on the live site, from "/", without the site's base. "" is a page that has none.
func (c *config) pageAddress(s *source) string {
	if !s.published {
		return ""
	}
	var p string
	switch c.generator {
	case jekyll:
		p = c.jekyllAddress(s)
	case hugo:
		p = c.hugoAddress(s)
	case zola:
		p = zolaAddress(s)
	case docusaurus:
		p = c.docusaurusAddress(s)
	case mkdocs, quarto, sphinx:
		p = c.suffixed(s)
	case sveltekit:
		p = c.slashed(path.Join("/", svelteGroup.ReplaceAllString(path.Dir(s.rel), "")))
	case pelican:
		p = c.pelicanAddress(s)
	case nikola:
		p = c.nikolaAddress(s)
	default:
		p = c.plainAddress(s)
	}
	if p == "" {
		return ""
	}
	p = "/" + strings.TrimLeft(p, "/")
	for strings.Contains(p, "//") {
		p = strings.ReplaceAll(p, "//", "/")
	}
	return (&url.URL{Path: p}).EscapedPath()
}

func (c *config) jekyllAddress(s *source) string {
	template, _ := s.matter.values["permalink"].(string)
	style := c.text("permalink")
	if style == "" {
		style = "date"
	}
	suffix := ":output_ext"
	if named, ok := jekyllStyles[style]; ok {
		if style == "pretty" {
			suffix = "/"
		}
		if s.collection == "posts" {
			style = named
		}
	} else {
		switch {
		case strings.HasSuffix(style, "/"):
			suffix = "/"
		case !strings.HasSuffix(style, ":output_ext"):
			suffix = ""
		}
	}
	if template == "" {
		switch s.collection {
		case "posts":
			template = style
		case "":
			template = "/:path/:basename" + suffix
			if s.stem() == "index" {
				template = "/:path/"
			}
		default:
			template, _ = c.labels[s.collection]["permalink"].(string)
			if template == "" && s.stem() == "index" {
				template = "/:collection/:dir/"
			} else if template == "" {
				template = "/:collection/:path" + suffix
			}
		}
	}
	if named, ok := jekyllStyles[template]; ok {
		template = named
	}
	stem := s.stem()
	slug, name := stem, stem
	if m := jekyllDate.FindStringSubmatch(stem); m != nil {
		slug = m[2]
	}
	if given, _ := s.matter.text("slug"); given != "" {
		slug = given
	}
	day, err := time.Parse("2006-01-02", c.jekyllDay(s))
	return placeholder.ReplaceAllStringFunc(template, func(key string) string {
		switch key {
		case ":collection":
			return s.collection
		case ":name":
			return slugify(name)
		case ":slug":
			return slugify(slug)
		case ":title":
			return prettySlug(slug)
		case ":basename":
			return name
		case ":output_ext":
			return ".html"
		case ":path", ":dir":
			dir := path.Dir(s.rel)
			if s.collection == "" {
				return strings.Trim(dir, ".")
			}
			inner := strings.TrimPrefix(strings.TrimPrefix(s.rel, "_"+s.collection), "/")
			if key == ":dir" {
				return strings.Trim(path.Dir(inner), ".")
			}
			return strings.TrimSuffix(inner, path.Ext(inner))
		case ":categories", ":slugified_categories":
			var parts []string
			for _, cat := range s.categories() {
				if key == ":slugified_categories" {
					cat = slugify(cat)
				}
				if cat = strings.ToLower(cat); !slices.Contains(parts, cat) {
					parts = append(parts, cat)
				}
			}
			return strings.Join(parts, "/")
		}
		if err != nil {
			return ""
		}
		return dated(key, day)
	})
}

// jekyllDay is the day in a page's address: the front matter's date, else the file name's.
func (c *config) jekyllDay(s *source) string {
	if d, ok := date(c.local(s.matter.inside("date"))); ok {
		return d
	}
	if m := fileDate.FindStringSubmatch(s.stem()); m != nil {
		d, _ := calendar(m[1], m[2], m[3])
		return d
	}
	return ""
}

// dated fills a placeholder of a date.
func dated(key string, day time.Time) string {
	switch key {
	case ":year":
		return day.Format("2006")
	case ":short_year":
		return day.Format("06")
	case ":month":
		return day.Format("01")
	case ":i_month":
		return day.Format("1")
	case ":short_month":
		return day.Format("Jan")
	case ":long_month", ":monthname":
		return day.Format("January")
	case ":day":
		return day.Format("02")
	case ":i_day":
		return day.Format("2")
	case ":y_day", ":yearday":
		return fmt.Sprintf("%03d", day.YearDay())
	case ":short_day", ":weekdayname":
		return day.Format("Mon")
	case ":week":
		_, week := day.ISOWeek()
		return fmt.Sprintf("%02d", week)
	}
	return ""
}

// categories are the front matter's, as they stand in a post's address, after the folders that it lies in.
func (s *source) categories() []string {
	var out []string
	if dir, _, ok := strings.Cut(s.rel, "/_posts/"); ok {
		out = append(out, strings.Split(dir, "/")...)
	}
	if one := s.matter.list("category", false); len(one) > 0 {
		return append(out, one...)
	}
	return append(out, s.matter.list("categories", true)...)
}

func (c *config) hugoAddress(s *source) string {
	dir, name := path.Dir(s.rel), s.stem()
	if s.lang != "" {
		name = strings.TrimSuffix(name, "."+s.lang)
	}
	prefix := ""
	if s.lang != "" && (s.lang != c.defaultLanguage() && s.lang != c.lang || isTrue(c.values["defaultContentLanguageInSubdir"])) {
		prefix = s.lang
	}
	if given, _ := s.matter.text("url"); given != "" {
		return given
	}
	section := ""
	if dir != "." {
		section, _, _ = strings.Cut(dir, "/")
	}
	if name == "_index" {
		return path.Join("/", prefix, hugoPath(dir)) + "/"
	}
	if name == "index" {
		dir, name = path.Dir(dir), path.Base(dir)
		if name == "." {
			return path.Join("/", prefix) + "/"
		}
	}
	slug, _ := s.matter.text("slug")
	if template := hugoTemplate(c.values["permalinks"], section); template != "" {
		day, err := time.Parse("2006-01-02", s.date)
		title, _ := s.matter.text("title")
		return path.Join("/", prefix, placeholder.ReplaceAllStringFunc(template, func(key string) string {
			switch key {
			case ":section":
				return section
			case ":sections":
				return strings.Trim(dir, ".")
			case ":title":
				return hugoPath(title)
			case ":slug":
				if slug != "" {
					return hugoPath(slug)
				}
				return hugoPath(title)
			case ":slugorfilename", ":slugorcontentbasename":
				if slug != "" {
					return hugoPath(slug)
				}
				return hugoPath(name)
			case ":filename", ":contentbasename":
				return hugoPath(name)
			}
			if err != nil {
				return ""
			}
			return dated(key, day)
		})) + "/"
	}
	if slug == "" {
		slug = name
	}
	p := path.Join("/", prefix, hugoPath(dir), hugoPath(slug))
	if ugly, _ := c.values["uglyURLs"].(bool); ugly {
		return p + ".html"
	}
	return p + "/"
}

// languageFolder is the path of a file within the folder of its language; ok is false where there is no such folder.
func (c *config) languageFolder(name string) (inner string, ok bool) {
	for dir := range c.folders {
		if rest, found := strings.CutPrefix(name, dir+"/"); found {
			return rest, true
		}
	}
	return "", false
}

// hugoTemplate is the permalink of a section; newer configurations keep those of pages in a table of their own.
func hugoTemplate(v any, section string) string {
	t, _ := v.(map[string]any)
	if pages, ok := t["page"].(map[string]any); ok {
		t = pages
	}
	template, _ := t[section].(string)
	return template
}

// hugoPath is a path as Hugo writes it: lower case, blanks as hyphens.
func hugoPath(s string) string {
	if s == "." {
		return ""
	}
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune("./\\_#+~-@", r):
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte('-')
		}
	}
	out := b.String()
	for strings.Contains(out, "--") && strings.ContainsRune(s, ' ') {
		out = strings.ReplaceAll(out, "--", "-")
	}
	return out
}

func zolaAddress(s *source) string {
	if given, _ := s.matter.text("path"); given != "" {
		return strings.TrimRight(given, "/") + "/"
	}
	dir, name := path.Dir(s.rel), s.stem()
	if base, lang, ok := strings.Cut(name, "."); ok && len(lang) == 2 {
		name, dir = base, path.Join(lang, dir)
	}
	if name == "_index" {
		return path.Join("/", slugPath(dir)) + "/"
	}
	if name == "index" {
		dir, name = path.Dir(dir), path.Base(dir)
	}
	if m := zolaDate.FindStringSubmatch(name); m != nil {
		name = m[1]
	}
	if given, _ := s.matter.text("slug"); given != "" {
		name = given
	}
	return path.Join("/", slugPath(dir), slugify(ascii(name))) + "/"
}

// slugPath slugs each folder of a path.
func slugPath(dir string) string {
	if dir == "." {
		return ""
	}
	parts := strings.Split(dir, "/")
	for i := range parts {
		parts[i] = slugify(ascii(parts[i]))
	}
	return strings.Join(parts, "/")
}

func (c *config) plainAddress(s *source) string {
	given, _ := s.matter.values["permalink"].(string)
	if given == "" {
		given, _ = s.matter.text("url")
		if !strings.HasPrefix(given, "/") {
			given = ""
		}
	}
	stem := s.stem()
	slug := stem
	if m := fileDate.FindStringSubmatch(stem); m != nil && m[4] != "" {
		slug = m[4]
	}
	if given != "" {
		if given = c.filled(s, given, slug); given == "" {
			return ""
		}
		if day, err := time.Parse("2006-01-02", s.date); err == nil || !strings.Contains(given, ":year") {
			given = placeholder.ReplaceAllStringFunc(given, func(key string) string {
				switch key {
				case ":title", ":slug", ":name", ":basename":
					return slugify(slug)
				}
				return dated(key, day)
			})
		}
		return strings.TrimSuffix(given, "index.html")
	}
	dir := path.Dir(s.rel)
	if stem == "index" || stem == "_index" {
		if dir == "." {
			return "/"
		}
		return c.slashed(dir)
	}
	if c.generator == eleventy {
		slug = stem // the date leaves page.fileSlug only
	}
	if own, _ := s.matter.text("slug"); own != "" && c.generator != eleventy {
		slug = strings.Trim(own, "/")
		if strings.HasPrefix(own, "/") {
			dir = "."
		}
	}
	return c.slashed(path.Join("/", dir, slug))
}

// filled puts values of a page into a permalink with places for them, as 11ty has them; "" if one is not known.
func (c *config) filled(s *source, template, slug string) string {
	unknown := false
	out := inserted.ReplaceAllStringFunc(template, func(place string) string {
		m := inserted.FindStringSubmatch(place)
		name := strings.TrimPrefix(m[1], "data.")
		value := ""
		switch name {
		case "page.fileSlug", "fileSlug", "slug":
			value = slug
		case "page.filePathStem":
			value = "/" + path.Join(path.Dir(s.rel), slug)
		case "lang", "locale", "language":
			value = s.matter.inside(name)
			if inheritedValue, ok := s.matter.values[name].(string); ok && value == "" {
				value = inheritedValue
			}
		default:
			value = s.matter.inside(name)
		}
		if given := s.matter.inside(name); name == "slug" && given != "" {
			value = given
		}
		switch m[2] {
		case "":
		case "slug", "slugify", "urlize", "url_encode", "slugifyString":
			value = slugify(ascii(value))
		default:
			value = ""
		}
		unknown = unknown || value == ""
		return value
	})
	if unknown || strings.ContainsAny(out, "{}") {
		return ""
	}
	return out
}

// slugify is Jekyll's default slug: letters and digits of any script in lower case, runs of all else as one hyphen.
func slugify(s string) string { return hyphenated(strings.ToLower(s), "") }

// prettySlug is Jekyll's slug for titles: case and some signs stay.
func prettySlug(s string) string { return hyphenated(s, "._~!$&'()+,;=@") }

// hyphenated puts one hyphen for each run of what is neither letter nor digit nor one of the signs to keep, none at the ends.
func hyphenated(s, keep string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(keep, r) {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		} else {
			gap = true
		}
	}
	return b.String()
}

// ascii takes the accents off letters.
func ascii(s string) string {
	out, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		return s
	}
	return out
}

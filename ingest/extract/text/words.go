package text

import (
	"strings"
)

var Joins = map[string]bool{"of": true, "for": true, "and": true, "the": true, "&": true, "in": true, "on": true, "by": true, "de": true,
	"to": true, "at": true, "with": true, "'": true, "’": true, "s": true, "-": true}

// cutLast cuts a path at its last slash and gives the last folder's name and the rest.
func CutLast(path string) (dir, rest string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path, false
	}
	dir = path[:i]
	if j := strings.LastIndexByte(dir, '/'); j >= 0 {
		dir = dir[j+1:]
	}
	return dir, path[i+1:], true
}

func HasAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// rootOnly reports whether an address is that of a whole site: no path, or a single slash.
func rootOnly(target string) bool {
	_, rest, ok := strings.Cut(target, "://")
	if !ok {
		return false
	}
	_, path, _ := strings.Cut(rest, "/")
	return path == "" || len(path) <= 3
}

// host is the name of an address's server without "www.", "" if it has none.
func Host(target string) string {
	_, rest, ok := strings.Cut(target, "://")
	if !ok {
		return ""
	}
	h, _, _ := strings.Cut(rest, "/")
	h, _, _ = strings.Cut(h, "?")
	return strings.TrimPrefix(strings.ToLower(h), "www.")
}

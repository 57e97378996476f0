package fold

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// longestSlug is how long a slug is at most, in bytes, before it is cut at a word.
const longestSlug = 80

// Slug is the part of an IRI or address that is made from a name: letters and digits of any script, folded, with a
// hyphen for all between them, at most 80 bytes. A name without any gives a part of its hash.
func Slug(name string) string {
	slug := strings.Join(Words(strings.ReplaceAll(name, ".", "")), "-")
	for len(slug) > longestSlug {
		i := strings.LastIndexByte(slug, '-')
		if i <= 0 {
			return Digest(6, slug)
		}
		slug = slug[:i]
	}
	if slug == "" {
		return Digest(6, name)
	}
	return slug
}

// Digest is the first n bytes, in hex, of the SHA-256 of the parts, a line each.
func Digest(n int, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:n])
}

// Hash numbers a string: FNV-1a, 32 bits.
func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

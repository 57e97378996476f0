package site

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode makes UTF-8 of a file in UTF-16 or Windows-1252, and says which of them it was; a file in UTF-8 stays as it is, and so
// does one that is neither.
func decode(src []byte) (text []byte, was string) {
	if order, ok := sixteen(src); ok {
		text, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(src)
		if err == nil && !bytes.ContainsRune(text, utf8.RuneError) {
			return bytes.TrimPrefix(text, []byte("\ufeff")), "UTF-16"
		}
		return src, ""
	}
	// Bytes that are no UTF-8 outnumber the letters that are: so few of them are a slip, in a file that is UTF-8 otherwise.
	good, bad := 0, 0
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	if bad > good && bytes.IndexByte(src, 0) < 0 {
		if text, err := charmap.Windows1252.NewDecoder().Bytes(src); err == nil {
			return text, "Windows-1252"
		}
	}
	return src, ""
}

// sixteen reports whether a file is in UTF-16, by its mark or by the zero bytes of its Latin letters, and in which order of bytes.
func sixteen(src []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(src, []byte{0xFF, 0xFE}):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(src, []byte{0xFE, 0xFF}):
		return unicode.BigEndian, true
	}
	head := src[:min(len(src), 2000)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch half := len(head) / 2; {
	case half > 8 && zeros[1]*10 > half*8 && zeros[0]*10 < half:
		return unicode.LittleEndian, true
	case half > 8 && zeros[0]*10 > half*8 && zeros[1]*10 < half:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

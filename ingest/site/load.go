package site

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"unicode/utf8"
)

// load reads a file up to the longest that a page may be, cut at a line's end, and gives its whole size.
func load(fsys fs.FS, name string) ([]byte, int64, error) { return loadUpTo(fsys, name, longestPage) }

// loadUpTo reads a file up to a number of bytes.
func loadUpTo(fsys fs.FS, name string, longest int) ([]byte, int64, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	if info.IsDir() {
		return nil, 0, errors.New("it is a folder")
	}
	b, err := io.ReadAll(io.LimitReader(f, int64(longest)+1))
	if err != nil {
		return nil, 0, err
	}
	if len(b) > longest {
		b = b[:longest]
		if i := bytes.LastIndexByte(b, '\n'); i > longest/2 {
			b = b[:i+1]
		}
		return b, max(info.Size(), int64(int64(longest)+1)), nil
	}
	return b, int64(len(b)), nil
}

func validUpTo(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

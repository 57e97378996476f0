// Package org reads pages in Org, the format of Emacs, by go-org. Files that a page includes are not read.
package org

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"regexp"
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/markdown"
	"rapporteur/ingest/visible"

	"github.com/niklasfasching/go-org/org"
)

// Reader reads Org. It is safe for parallel use.
type Reader struct{}

var keyword = regexp.MustCompile(`^\s*#\+([A-Za-z_][\w-]*(?:\[\])?):\s*(.*?)\s*$`)

// Head takes the keywords off the head of a file: "#+TITLE: ...". Brackets around a date do not count.
func (Reader) Head(src []byte) ([]visible.Value, []byte, int) {
	lines := bytes.SplitAfter(bytes.TrimPrefix(src, []byte("\ufeff")), []byte("\n"))
	var values []visible.Value
	n := 0
	for ; n < len(lines); n++ {
		l := strings.TrimSpace(string(lines[n]))
		m := keyword.FindStringSubmatch(l)
		if m == nil && l != "" && !strings.HasPrefix(l, "# ") {
			break
		}
		if m == nil || m[2] == "" || strings.HasPrefix(strings.ToLower(m[1]), "begin_") {
			continue
		}
		key := strings.TrimSuffix(strings.ToLower(m[1]), "[]")
		switch key {
		case "options", "setupfile", "include", "startup", "property", "language":
			if key != "language" {
				continue
			}
		case "filetags":
			key, m[2] = "tags", strings.ReplaceAll(strings.Trim(m[2], ":"), ":", ",")
		case "date":
			m[2] = strings.Trim(m[2], "<>[]")
		}
		values = append(values, markdown.Listed(visible.Value{Key: key, Text: m[2], Line: n + 1})...)
	}
	if len(values) == 0 {
		return nil, src, 1
	}
	return values, bytes.Join(lines[n:], nil), n + 1
}

var errNotRead = errors.New("files that a page includes are not read")

// Content makes the visible text of a page.
func (Reader) Content(fields []visible.Field, body []byte, first int) visible.Content {
	w := visible.NewWriter()
	for _, f := range fields {
		value, _ := render([]byte(fold.Space(f.Value)))
		w.Field(f, value)
	}
	text, err := render(body)
	if err != nil {
		text = []byte("<pre>" + strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(string(body)) + "</pre>")
	}
	w.HTML(text, first)
	c := w.Content()
	c.Locate(body, first)
	if err != nil {
		c.Issues = []visible.Issue{{Line: first, Cause: fmt.Sprintf("the page cannot be read as Org (%v); it was read as plain text", err)}}
	}
	return c
}

// render makes HTML of Org.
func render(body []byte) (out []byte, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%v", cause)
		}
	}()
	const options = "toc:nil <:nil e:t f:t pri:nil todo:nil tags:nil title:nil ealb:nil"
	c := org.New()
	c.Log = log.New(io.Discard, "", 0)
	c.ReadFile = func(string) ([]byte, error) { return nil, errNotRead }
	c.DefaultSettings["OPTIONS"] = options
	d := c.Parse(strings.NewReader(bounded(string(bytes.ToValidUTF8(body, []byte("\uFFFD"))))), "page.org")
	if d.Error != nil {
		return nil, d.Error
	}
	delete(d.BufferSettings, "OPTIONS")
	if d.Nodes == nil {
		return nil, nil
	}
	html := org.NewHTMLWriter()
	text, err := d.Write(html)
	return []byte(text), err
}

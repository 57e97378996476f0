// Package present puts into answers what only those who show them know: the addresses of pages about things, and passages
// with their marked words as HTML. Nothing of it is stored, or known to who answers.
package present

import (
	"html"
	"reflect"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// Href returns the address of the page about a thing, from the root of a server: "/people/jane-roe". It is empty for a
// kind that has none.
func Href(kind kinds.Kind, id ingest.IRI) string {
	row, ok := kinds.Of(kind)
	if !ok || id == "" {
		return ""
	}
	return "/" + row.Route + "/" + answer.Slug(id)
}

// HTML is a passage with <mark> around its marked words, and all else escaped.
func HTML(p answer.Passage) string {
	var b strings.Builder
	at := 0
	for _, m := range p.Marks {
		b.WriteString(html.EscapeString(p.Text[at:m.Start]))
		b.WriteString("<mark>" + html.EscapeString(m.In(p.Text)) + "</mark>")
		at = m.End
	}
	b.WriteString(html.EscapeString(p.Text[at:]))
	return b.String()
}

// JSON fills the fields of an answer that its JSON has beside what was answered, wherever they are in it: Href, below a
// prefix such as "/site" ("" for none), and Fragments. What is filled is a copy.
func JSON[T any](answer T, prefix string) T {
	fill(reflect.ValueOf(&answer).Elem(), prefix)
	return answer
}

var (
	refType      = reflect.TypeFor[answer.Ref]()
	hitType      = reflect.TypeFor[answer.Hit]()
	evidenceType = reflect.TypeFor[answer.Evidence]()
)

// fill fills a value that can be set; what it shares with others is copied first.
func fill(v reflect.Value, prefix string) {
	if !holds(v.Type(), map[reflect.Type]bool{}) {
		return
	}
	filled := func(x reflect.Value) reflect.Value {
		out := reflect.New(x.Type()).Elem()
		out.Set(x)
		fill(out, prefix)
		return out
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			v.Set(filled(v.Elem()).Addr())
		}
	case reflect.Interface:
		if !v.IsNil() {
			v.Set(filled(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(list, v)
			for i := range list.Len() {
				fill(list.Index(i), prefix)
			}
			v.Set(list)
		}
	case reflect.Map:
		if !v.IsNil() {
			all := reflect.MakeMapWithSize(v.Type(), v.Len())
			for _, key := range v.MapKeys() {
				all.SetMapIndex(key, filled(v.MapIndex(key)))
			}
			v.Set(all)
		}
	case reflect.Struct:
		switch v.Type() {
		case refType:
			r := v.Addr().Interface().(*answer.Ref)
			r.Href = below(prefix, Href(r.Kind, r.ID))
			return
		case evidenceType:
			e := v.Addr().Interface().(*answer.Evidence)
			e.Href = below(prefix, Href(kinds.Page, e.PageID))
			return
		case hitType:
			h := v.Addr().Interface().(*answer.Hit)
			h.Href = below(prefix, Href(h.Kind, h.ID))
			h.Fragments = make([]string, len(h.Passages))
			for i, p := range h.Passages {
				h.Fragments[i] = HTML(p)
			}
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), prefix)
			}
		}
	}
}

// holds reports whether a value of a type may hold something to be filled.
func holds(t reflect.Type, seen map[reflect.Type]bool) bool {
	if t == refType || t == hitType || t == evidenceType || t.Kind() == reflect.Interface {
		return true
	}
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return holds(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).IsExported() && holds(t.Field(i).Type, seen) {
				return true
			}
		}
	}
	return false
}

func below(prefix, href string) string {
	if href == "" {
		return ""
	}
	return prefix + href
}

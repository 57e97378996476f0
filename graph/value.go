package graph

import (
	"fmt"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
)

// A value is kept as a key and a form. The key tells it from every other value, as Cayley's own stores do it: a number
// and the typed string that spells it are one node. The form says which Go type to give back.
type form byte

const (
	formIRI    form = 'i'
	formBNode  form = 'b'
	formString form = 's'
	formTyped  form = 't'
	formLang   form = 'l'
	formInt    form = 'n'
	formFloat  form = 'f'
	formBool   form = 'o'
	formTime   form = 'd'
)

// Keys start with '<' for an IRI, '_' for a blank node, '"' for a literal. Type and language follow the text after a NUL.
func appendKey(dst []byte, v quad.Value) ([]byte, form, error) {
	typed := func(f form, s quad.TypedStringer) ([]byte, form, error) {
		t := s.TypedString()
		return appendTyped(dst, string(t.Value), "^", string(t.Type)), f, nil
	}
	switch v := v.(type) {
	case quad.IRI:
		return append(append(dst, '<'), v...), formIRI, nil
	case quad.BNode:
		return append(append(dst, '_'), v...), formBNode, nil
	case quad.String:
		if strings.IndexByte(string(v), 0) >= 0 {
			return dst, 0, fmt.Errorf("the literal %.40q has a NUL in it", string(v))
		}
		return append(append(dst, '"'), v...), formString, nil
	case quad.TypedString:
		return appendTyped(dst, string(v.Value), "^", string(v.Type)), formTyped, nil
	case quad.LangString:
		return appendTyped(dst, string(v.Value), "@", v.Lang), formLang, nil
	case quad.Int:
		return typed(formInt, v)
	case quad.Float:
		return typed(formFloat, v)
	case quad.Bool:
		return typed(formBool, v)
	case quad.Time: // its own text drops what is below a second
		return appendTyped(dst, time.Time(v).UTC().Format(time.RFC3339Nano), "^", string(v.TypedString().Type)), formTime, nil
	}
	return dst, 0, fmt.Errorf("a value of type %T has no place in a graph", v)
}

func appendTyped(dst []byte, text, mark, of string) []byte {
	dst = append(append(dst, '"'), text...)
	dst = append(append(dst, 0), mark...)
	return append(dst, of...)
}

// value is appendKey backwards.
func value(key string, f form) quad.Value {
	rest := key[1:]
	switch f {
	case formIRI:
		return quad.IRI(rest)
	case formBNode:
		return quad.BNode(rest)
	case formString:
		return quad.String(rest)
	}
	cut := strings.IndexByte(rest, 0)
	txt, of := quad.String(rest[:cut]), rest[cut+2:]
	if f == formLang {
		return quad.LangString{Value: txt, Lang: of}
	}
	t := quad.TypedString{Value: txt, Type: quad.IRI(of)}
	if f == formTyped {
		return t
	}
	if v, err := t.ParseValue(); err == nil {
		return v
	}
	return t
}

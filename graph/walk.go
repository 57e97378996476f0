package graph

import (
	"sort"

	"github.com/cayleygraph/quad"
)

// postingList is the places of the quads that have one value in one direction, some of them cut out by another one.
type postingList struct {
	list   words // nil: the places are lo, lo+1, ...
	lo, hi int   // in list, else places
}

func (p postingList) len() int { return p.hi - p.lo }

func (p postingList) place(i int) int {
	if p.list == nil {
		return p.lo + i
	}
	return int(p.list.at(p.lo + i))
}

const (
	subject = iota
	predicate
	object
	label
)

// column numbers the directions of Cayley as the snapshot does.
func column(d quad.Direction) int { return int(d) - int(quad.Subject) }

// with lists the quads that have value v in direction d.
func (s *snapshot) with(d int, v uint32) postingList {
	if v == 0 || int(v) > s.dict.n {
		return postingList{}
	}
	code, ok := s.columns[d].code(v)
	if !ok {
		return postingList{}
	}
	return postingList{list: s.lists[d], lo: int(s.first[d].at(code)), hi: int(s.first[d].at(code + 1))}
}

// withPredicate narrows the quads of a subject or an object to those of a predicate: both stand in order of it.
func (s *snapshot) withPredicate(d int, v, p uint32) postingList {
	l := s.with(d, v)
	n := l.len()
	from := sort.Search(n, func(i int) bool { return s.columns[predicate].at(l.place(i)) >= p })
	to := from + sort.Search(n-from, func(i int) bool { return s.columns[predicate].at(l.place(from+i)) > p })
	return postingList{list: l.list, lo: l.lo + from, hi: l.lo + to}
}

// out calls f with the object and label of every quad that has the subject and predicate, in order of object, label.
func (s *snapshot) out(subj, pred uint32, f func(obj, page uint32)) {
	for l, i := s.withPredicate(subject, subj, pred), 0; i < l.len(); i++ {
		f(s.columns[object].at(l.place(i)), s.columns[label].at(l.place(i)))
	}
}

// in calls f with the subject and label of every quad that has the object and predicate, in order of subject, label.
func (s *snapshot) in(obj, pred uint32, f func(subj, page uint32)) {
	for l, i := s.withPredicate(object, obj, pred), 0; i < l.len(); i++ {
		f(s.columns[subject].at(l.place(i)), s.columns[label].at(l.place(i)))
	}
}

// object returns the first object of the subject and predicate, 0 if there is none.
func (s *snapshot) object(subj, pred uint32) uint32 {
	if l := s.withPredicate(subject, subj, pred); l.len() > 0 {
		return s.columns[object].at(l.place(0))
	}
	return 0
}

// id returns the number of a value, 0 if the graph does not have it.
func (s *snapshot) id(v quad.Value) uint32 {
	var buf [256]byte
	key, _, err := appendKey(buf[:0], v)
	if err != nil {
		return 0
	}
	return s.dict.find(key)
}

// value returns the value with the number, nil for 0.
func (s *snapshot) value(id uint32) quad.Value {
	if id == 0 {
		return nil
	}
	return value(s.dict.key(id))
}

// text returns the bare text of a literal or IRI, "" for 0.
func (s *snapshot) text(id uint32) string {
	switch v := s.value(id).(type) {
	case quad.String:
		return string(v)
	case quad.IRI:
		return string(v)
	case quad.TypedString:
		return string(v.Value)
	case quad.LangString:
		return string(v.Value)
	}
	return ""
}

package ingest

import "strings"

// Acronym is a short form that a page explains, as in "Open Estuary Foundation (OEF)".
type Acronym struct {
	Span         // of the short form where it is explained
	Short string `json:"short"`
	Long  string `json:"long"` // what it stands for, as written, white space folded
}

// Initials reports whether a word is written as a short form, such as "OGP".
func Initials(word string) bool {
	capitals := 0
	for _, r := range word {
		if r >= 'A' && r <= 'Z' {
			capitals++
		}
	}
	return capitals >= 2 && len(word) <= 10 && !strings.Contains(word, " ")
}

// NextID is a LocalID that no reference of the record has.
func (r *Record) NextID() LocalID {
	last := LocalID(0)
	for i := range r.People {
		last = max(last, r.People[i].ID)
	}
	for i := range r.Organisations {
		last = max(last, r.Organisations[i].ID)
	}
	return last + 1
}

// Reference is the person or organisation that an ID names, nil if the record has none.
func (r *Record) Reference(id LocalID) *Reference {
	if id == 0 {
		return nil
	}
	for i := range r.Organisations {
		if r.Organisations[i].ID == id {
			return &r.Organisations[i]
		}
	}
	for i := range r.People {
		if r.People[i].ID == id {
			return &r.People[i].Reference
		}
	}
	return nil
}

// NameOf is what the page calls the person or organisation that an ID names, "" if the record has none.
func (r *Record) NameOf(id LocalID) string {
	if ref := r.Reference(id); ref != nil {
		return ref.Name
	}
	return ""
}

// IRIOf is the IRI of the person or organisation that an ID names, "" if the record has none.
func (r *Record) IRIOf(id LocalID) IRI {
	if ref := r.Reference(id); ref != nil {
		return ref.IRI
	}
	return ""
}

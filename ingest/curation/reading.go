package curation

import (
	"fmt"
	"slices"
	"strings"

	"rapporteur/ingest"

	"go.yaml.in/yaml/v3"
)

// FieldNames are what rapporteur.yaml can say that a key of front matter holds.
var FieldNames = []string{"speakers", "moderators", "authors", "contributors", "hosts", "organisers", "sponsors", "people", "organisation",
	"date", "end_date", "location", "topics", "none"}

// fields reads which keys of front matter hold what.
func (f *File) fields(n *yaml.Node) error {
	groups, err := f.table(n)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if !slices.Contains(FieldNames, g.Values[0]) {
			return &Error{File: f.Name, Line: g.Line,
				Cause: fmt.Sprintf("%q is nothing that a field holds; there are %s", g.Values[0], strings.Join(FieldNames, ", "))}
		}
	}
	f.Fields = append(f.Fields, groups...)
	return nil
}

// languages reads which pages are in which language.
func (f *File) languages(n *yaml.Node) error {
	groups, err := f.table(n)
	if err != nil {
		return err
	}
	for _, g := range groups {
		for _, glob := range g.Values[1:] {
			if bad := validGlob(glob); bad != nil {
				return &Error{File: f.Name, Line: g.Line, Cause: fmt.Sprintf("%q is no glob: %v", glob, bad)}
			}
		}
	}
	f.Languages = append(f.Languages, groups...)
	return nil
}

// folders reads the kinds of page by the names of folders, collections, layouts and types.
func (f *File) folders(n *yaml.Node) error {
	groups, err := f.table(n)
	if err != nil {
		return err
	}
	for _, g := range groups {
		switch ingest.PageKind(g.Values[0]) {
		case ingest.EventPage, ingest.PostPage, ingest.PersonPage, ingest.OrganisationPage, ingest.TopicPage, ingest.ProjectPage,
			ingest.OtherPage:
		default:
			return &Error{File: f.Name, Line: g.Line,
				Cause: fmt.Sprintf("%q is no kind of page; there are event, post, person, organisation, topic, project and page", g.Values[0])}
		}
	}
	f.Folders = append(f.Folders, groups...)
	return nil
}

func (f *File) globs(list []Entry) error {
	for _, e := range list {
		if bad := validGlob(e.Value); bad != nil {
			return &Error{File: f.Name, Line: e.Line, Cause: fmt.Sprintf("%q is no glob: %v", e.Value, bad)}
		}
	}
	return nil
}

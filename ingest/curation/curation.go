// Package curation reads rapporteur.yaml, the file at the root of a site in which people keep what they know better than
// the program. It is plain YAML that can be edited, compared and kept in version control; its decisions hold for every
// build.
//
//	url: https://example.org          # of the live site
//	name: Example Society
//	skip: ["old/**", "README.md"]     # files that are no pages; exclude is the same
//	include: ["_drafts/*.md"]         # pages to read although the site withholds them
//	fields:                           # what keys of front matter hold: speakers, moderators, authors, organisers, hosts, sponsors,
//	  speakers: [collaborators]       # people, organisation, date, end_date, location, topics
//	kinds:                            # kinds of page, by folder, collection, layout or type
//	  event: [gatherings]
//	languages:                        # of pages, by glob
//	  de: ["de/**"]
//	pages:                            # kinds of page, by glob
//	  event: ["gatherings/*.md"]
//	same:                             # several names, one thing; the first is the one to show
//	  - [Jane Roe, J. R. Roe]
//	different:                        # things that must never become one
//	  - [University of Exampleton, Exampleton Institute]
//	alias:                            # further names of a thing
//	  Open Example Institute: [OEI]
//	kind:                             # what a name is: person, organisation, country, topic; none is nothing at all
//	  ExampleCon: none
//	hide: [Web Master]                # leave out of answers; the pages stay as they are
//	erase: [John Doe]                 # take out of everything, texts of pages too
//	noTie:                            # who is not of that body, whatever a page seems to say
//	  - [Jane Roe, Example Society]
//	noAsk: ["The council must be joking"]   # sentences that ask for nothing
//	contacts: [email, telephone]      # to be shown as they stand; they are made unreadable else
//	sameAs:                           # the same thing elsewhere
//	  Open Example Institute: [https://example.org/entity/1]
//	topics:                           # the vocabulary, with words that mean the same
//	  Procurement: [purchasing, tenders]
//	brand:                            # how the pages look; see package brand
//	  accent: "#0b5563"
//
// A heading such as "same:" may stand several times, so that lines of "rapporteur review" can be pasted one after the other.
//
// A name is any form of the name, or an IRI of the site; "Jane Roe @ Example Society" is the Jane Roe who stands for that organisation.
package curation

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/contact"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"

	"go.yaml.in/yaml/v3"
)

// FileName is where the decisions stand, at the root of a site.
const FileName = "rapporteur.yaml"

// File is what rapporteur.yaml says. A nil File says nothing.
type File struct {
	Name      string // of the file, for messages
	Digest    string // SHA-256 of what it says, in hex
	URL       string // of the live site, without a slash at the end
	Title     string // of the site
	Exclude   []Entry
	Skip      []Entry // the same as Exclude
	Include   []Entry // globs of pages to read although the site withholds them
	Fields    []Group // the first is what the keys after it hold: one of FieldNames
	Folders   []Group // the first is a kind of page, the others are folders, collections, layouts and types of such pages
	Languages []Group // the first is a language, the others are globs of the pages in it
	Pages     []Kind  // the value is a glob, the kind an ingest.PageKind
	Same      []Group
	Different []Group
	Aliases   []Group // of the first name
	Kinds     []Kind  // the value is a name, the kind an kinds.Kind or "none"
	Hide      []Entry
	Erase     []Entry
	Also      map[string][]string // further forms of names, by the value of Erase, that the pages have; not of the file
	Contacts  []Entry             // kinds of contact to show: contact.Email, contact.Telephone
	NoTie     []Group             // the first is a person, the others are organisations that they are not of
	NoAsk     []Entry             // sentences that are no recommendation
	SameAs    []Group             // the first is a name, the others are IRIs
	Topics    []Group             // the first is the topic, the others are its synonyms
	Brand     *yaml.Node          // how pages look, as package brand reads it; nil if nothing is said
}

// Entry is one value and the line it stands on, from 1.
type Entry struct {
	Value string
	Line  int
}

// Group is several values that belong together.
type Group struct {
	Values []string
	Line   int
}

// Kind gives a value a kind.
type Kind struct {
	Entry
	Kind string
}

// Error is a place in the file that cannot be understood.
type Error struct {
	File  string
	Line  int
	Cause string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Cause) }

// Parse reads the file's contents; name is for messages. All errors are *Error.
func Parse(name string, b []byte) (*File, error) {
	f := &File{Name: name, Digest: fmt.Sprintf("%x", sha256.Sum256(b))}
	var doc yaml.Node
	if err := yaml.Unmarshal(b, &doc); err != nil {
		line, cause := YAMLError(err)
		last := 1 + bytes.Count(bytes.TrimSpace(b), []byte("\n"))
		return nil, &Error{File: name, Line: min(max(line, 1), last), Cause: "this is not YAML: " + cause}
	}
	if len(doc.Content) == 0 {
		return f, nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, &Error{File: name, Line: root.Line, Cause: "expected settings, such as \"same:\", at the start of a line"}
	}
	once := map[string]int{}
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if line, again := once[key.Value]; again && (key.Value == "url" || key.Value == "name" || key.Value == "brand") {
			return nil, f.wrong(key, "%q stands already on line %d; keep one of them", key.Value, line)
		}
		once[key.Value] = key.Line
		if err := f.setting(key, value); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *File) setting(key, value *yaml.Node) (err error) {
	if value.Kind == yaml.AliasNode {
		value = value.Alias
	}
	if value.Tag == "!!null" {
		return nil // a heading with nothing under it yet
	}
	switch key.Value {
	case "url":
		f.URL, err = f.text(value)
		f.URL = strings.TrimRight(f.URL, "/")
		if err == nil && !strings.HasPrefix(f.URL, "http://") && !strings.HasPrefix(f.URL, "https://") {
			err = f.wrong(value, "url must start with https:// or http://, and is %q", f.URL)
		}
	case "name":
		f.Title, err = f.text(value)
	case "exclude":
		if f.Exclude, err = more(f.Exclude)(f.entries(value)); err == nil {
			err = f.globs(f.Exclude)
		}
	case "skip", "include":
		list := &f.Skip
		if key.Value == "include" {
			list = &f.Include
		}
		if *list, err = more(*list)(f.entries(value)); err == nil {
			err = f.globs(*list)
		}
	case "fields":
		err = f.fields(value)
	case "languages":
		err = f.languages(value)
	case "kinds":
		err = f.folders(value)
	case "pages":
		err = f.pages(value)
	case "same":
		f.Same, err = more(f.Same)(f.groups(value))
	case "different":
		f.Different, err = more(f.Different)(f.groups(value))
	case "alias":
		f.Aliases, err = more(f.Aliases)(f.table(value))
	case "kind":
		err = f.kinds(value)
	case "hide":
		f.Hide, err = more(f.Hide)(f.entries(value))
	case "contacts":
		if f.Contacts, err = more(f.Contacts)(f.entries(value)); err == nil {
			for _, c := range f.Contacts {
				if c.Value != contact.Email && c.Value != contact.Telephone {
					return &Error{File: f.Name, Line: c.Line, Cause: fmt.Sprintf("%q is no kind of contact; there are email and telephone", c.Value)}
				}
			}
		}
	case "erase":
		f.Erase, err = more(f.Erase)(f.entries(value))
	case "noTie":
		f.NoTie, err = more(f.NoTie)(f.groups(value))
	case "noAsk":
		f.NoAsk, err = more(f.NoAsk)(f.entries(value))
	case "sameAs":
		f.SameAs, err = more(f.SameAs)(f.table(value))
	case "topics":
		f.Topics, err = more(f.Topics)(f.topics(value))
	case "brand":
		f.Brand = value
	default:
		err = f.wrong(key, "%q is no setting; there are url, name, skip, exclude, include, fields, kinds, languages, pages, same, different, "+
			"alias, kind, hide, erase, contacts, noTie, noAsk, sameAs, topics and brand", key.Value)
	}
	return err
}

// more adds to a list what a further heading of the same name holds.
func more[T any](list []T) func([]T, error) ([]T, error) {
	return func(further []T, err error) ([]T, error) { return append(list, further...), err }
}

func (f *File) wrong(n *yaml.Node, format string, args ...any) error {
	return &Error{File: f.Name, Line: n.Line, Cause: fmt.Sprintf(format, args...)}
}

func (f *File) text(n *yaml.Node) (string, error) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.ScalarNode {
		return "", f.wrong(n, "expected a name or value here, not a list or table")
	}
	s := fold.Space(n.Value)
	if s == "" {
		return "", f.wrong(n, "expected a name or value here, found nothing")
	}
	return s, nil
}

// entries reads a list of values; one value stands for a list of one.
func (f *File) entries(n *yaml.Node) ([]Entry, error) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	items := n.Content
	if n.Kind == yaml.ScalarNode {
		items = []*yaml.Node{n}
	} else if n.Kind != yaml.SequenceNode {
		return nil, f.wrong(n, "expected a list: \"- value\" on each line")
	}
	var out []Entry
	for _, item := range items {
		s, err := f.text(item)
		if err != nil {
			return nil, err
		}
		out = append(out, Entry{s, item.Line})
	}
	return out, nil
}

// groups reads a list of lists.
func (f *File) groups(n *yaml.Node) ([]Group, error) {
	if n.Kind != yaml.SequenceNode {
		return nil, f.wrong(n, "expected a list of lists: \"- [one name, another name]\" on each line")
	}
	var out []Group
	for _, item := range n.Content {
		if item.Kind != yaml.SequenceNode || len(item.Content) < 2 {
			return nil, f.wrong(item, "expected at least two names: \"- [one name, another name]\"")
		}
		entries, err := f.entries(item)
		if err != nil {
			return nil, err
		}
		out = append(out, Group{values(entries), item.Line})
	}
	return out, nil
}

// table reads a name with further values a line.
func (f *File) table(n *yaml.Node) ([]Group, error) {
	if n.Kind != yaml.MappingNode {
		return nil, f.wrong(n, "expected \"Name: [value, value]\" on each line")
	}
	var out []Group
	for i := 0; i < len(n.Content); i += 2 {
		name, err := f.text(n.Content[i])
		if err != nil {
			return nil, err
		}
		entries, err := f.entries(n.Content[i+1])
		if err != nil {
			return nil, err
		}
		out = append(out, Group{append([]string{name}, values(entries)...), n.Content[i].Line})
	}
	return out, nil
}

// topics reads a table whose values may be missing, or a plain list of topics.
func (f *File) topics(n *yaml.Node) ([]Group, error) {
	if n.Kind == yaml.SequenceNode {
		entries, err := f.entries(n)
		var out []Group
		for _, e := range entries {
			out = append(out, Group{[]string{e.Value}, e.Line})
		}
		return out, err
	}
	if n.Kind != yaml.MappingNode {
		return nil, f.wrong(n, "expected \"Topic: [synonym, synonym]\" on each line")
	}
	var out []Group
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i+1].Tag == "!!null" {
			out = append(out, Group{[]string{n.Content[i].Value}, n.Content[i].Line})
			continue
		}
		one, err := f.table(&yaml.Node{Kind: yaml.MappingNode, Content: n.Content[i : i+2], Line: n.Line})
		if err != nil {
			return nil, err
		}
		out = append(out, one...)
	}
	return out, nil
}

func (f *File) kinds(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return f.wrong(n, "expected \"Name: organisation\" on each line")
	}
	for i := 0; i < len(n.Content); i += 2 {
		name, err := f.text(n.Content[i])
		if err != nil {
			return err
		}
		kind := n.Content[i+1].Value
		if kind != "none" && !slices.Contains(kinds.Named(), kinds.Kind(kind)) {
			return f.wrong(n.Content[i+1], "%q is no kind; there are person, organisation, country, topic and none", kind)
		}
		f.Kinds = append(f.Kinds, Kind{Entry{name, n.Content[i].Line}, kind})
	}
	return nil
}

func (f *File) pages(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return f.wrong(n, "expected \"event: [folder/*.md]\" on each line")
	}
	for i := 0; i < len(n.Content); i += 2 {
		kind := n.Content[i].Value
		switch ingest.PageKind(kind) {
		case ingest.EventPage, ingest.PostPage, ingest.PersonPage, ingest.OrganisationPage, ingest.TopicPage, ingest.ProjectPage,
			ingest.OtherPage:
		default:
			return f.wrong(n.Content[i], "%q is no kind of page; there are event, post, person, organisation, topic, project and page", kind)
		}
		globs, err := f.entries(n.Content[i+1])
		if err != nil {
			return err
		}
		for _, g := range globs {
			if bad := validGlob(g.Value); bad != nil {
				return &Error{File: f.Name, Line: g.Line, Cause: fmt.Sprintf("%q is no glob: %v", g.Value, bad)}
			}
			f.Pages = append(f.Pages, Kind{g, kind})
		}
	}
	return nil
}

func values(entries []Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Value)
	}
	return out
}

func validGlob(glob string) error {
	for part := range strings.SplitSeq(glob, "/") {
		if _, err := path.Match(part, ""); err != nil {
			return err
		}
	}
	return nil
}

// Match says whether a path matches a glob: * and ? stay within a folder, ** crosses folders, and a glob that names a
// folder matches all in it. The error is path.ErrBadPattern.
func Match(glob, name string) (bool, error) {
	return match(strings.Split(strings.Trim(strings.TrimPrefix(glob, "./"), "/"), "/"), strings.Split(name, "/"))
}

func match(glob, name []string) (bool, error) {
	if len(glob) == 0 {
		return true, nil // the rest of the name lies in the folder that the glob names
	}
	if glob[0] == "**" {
		for i := range name {
			if ok, err := match(glob[1:], name[i:]); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	}
	if len(name) == 0 {
		_, err := path.Match(glob[0], "")
		return false, err
	}
	ok, err := path.Match(glob[0], name[0])
	if err != nil || !ok {
		return false, err
	}
	return match(glob[1:], name[1:])
}

// YAMLError takes an error of the YAML decoder apart into its line (0 if it names none) and what was wrong.
func YAMLError(err error) (line int, cause string) {
	cause = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(cause, "line "); ok {
		if n, tail, ok := strings.Cut(rest, ": "); ok {
			if _, err := fmt.Sscanf(n, "%d", &line); err == nil {
				if strings.HasPrefix(tail, "did not find expected") {
					line++ // the decoder counts the lines of these from 0
				}
				return line, tail
			}
		}
	}
	return 0, cause
}

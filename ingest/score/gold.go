// Package score marks extractions against annotated pages. Its figures are those of shared/eval/score.py, which defines
// them: micro-averages over pages of entities matched one to one by any of their normalised forms.
package score

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"rapporteur/ingest"
)

// Gold holds the annotations of pages by slug: the name of the page's file without folder and extension.
type Gold map[string]*Page

// Page is the annotation of one page.
type Page struct {
	Page            string           `json:"page"` // the file's name without folder and extension; its path on the site if it holds a slash
	Genre           ingest.Genre     `json:"genre"`
	People          []Person         `json:"people"`
	Organisations   []Entity         `json:"organisations"`
	Countries       []Country        `json:"countries"`
	Recommendations []Recommendation `json:"recommendations"`
}

// Entity is an annotated organisation.
type Entity struct {
	Name     string   `json:"name"`
	Mentions []string `json:"mentions"`
	Optional bool     `json:"optional"` // counts neither for nor against
}

// Person is an annotated person.
type Person struct {
	Entity
	Speaker      bool          `json:"speaker"`
	Affiliations []Affiliation `json:"affiliations"`
}

// Affiliation ties a person to an organisation; Role is empty where the page gives none.
type Affiliation struct {
	Organisation string          `json:"organisation"`
	Role         string          `json:"role"`
	Relation     ingest.Relation `json:"relation"`
	Former       *bool           `json:"former"` // nil where the annotator did not say
}

// Country is an annotated country; Kind is name, demonym or place, and a place counts neither for nor against.
type Country struct {
	Code     string   `json:"code"`
	Mentions []string `json:"mentions"`
	Kind     string   `json:"kind"`
}

// Recommendation is an annotated recommendation; Tier is core or soft, and a soft one may be left out.
type Recommendation struct {
	Text string  `json:"text"`
	By   string  `json:"by"`
	To   *string `json:"to"` // nil where the annotator did not say, or nobody is addressed
	Tier string  `json:"tier"`
	told bool    // the annotator says whom it addresses, or that it addresses nobody
}

// Read reads every *.json of a folder.
func Read(dir string) (Gold, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("listing annotations: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no annotations in %s: want one SLUG.json a page", dir)
	}
	all := make(Gold, len(names))
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading annotations: %w", err)
		}
		g := new(Page)
		if err := json.Unmarshal(b, g); err != nil {
			return nil, fmt.Errorf("%s is no annotation of a page: %w", name, err)
		}
		if g.Genre == "" {
			g.Genre = ingest.EventGenre // the first annotations are of event pages and do not say so
		}
		all[Slug(filepath.ToSlash(name))] = g
	}
	return all, nil
}

// Slug is the name by which a page and its annotation are matched.
func Slug(p string) string {
	p = path.Base(p)
	return strings.TrimSuffix(p, path.Ext(p))
}

// UnmarshalJSON notes whether the annotation has a "to": null is an answer.
func (r *Recommendation) UnmarshalJSON(b []byte) error {
	type plain Recommendation
	var told map[string]json.RawMessage
	if err := json.Unmarshal(b, (*plain)(r)); err != nil {
		return err
	}
	if err := json.Unmarshal(b, &told); err != nil {
		return err
	}
	_, r.told = told["to"]
	return nil
}

// forms of an extracted entity: its name and what its mentions say.
func formsOf(r *ingest.Reference) set {
	s := set{}
	s.add(r.Name)
	for _, m := range r.Mentions {
		s.add(m.Text)
	}
	return s
}

func (e *Entity) forms() set {
	s := set{}
	s.add(e.Name)
	for _, m := range e.Mentions {
		s.add(m)
	}
	return s
}

// fullForms leaves a person the forms of two words or more, where there are any.
func (e *Entity) fullForms() set {
	all, full := e.forms(), set{}
	for f := range all {
		if strings.Contains(f, " ") {
			full[f] = true
		}
	}
	if len(full) > 0 {
		return full
	}
	return all
}

package material

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/tagger"
)

// Sample is a text with labelled spans.
type Sample struct {
	Page  *ingest.Page
	Spans []names.Labelled
}

// kinds maps the labels of the free corpora to ours; what is not listed is outside.
var kinds = map[string]tagger.Label{
	"PER": tagger.BeginPerson, "person": tagger.BeginPerson, "Person": tagger.BeginPerson,
	"ORG": tagger.BeginOrganisation, "corporation": tagger.BeginOrganisation, "group": tagger.BeginOrganisation,
	"Organisation": tagger.BeginOrganisation,
	"MISC":         tagger.BeginOther, "product": tagger.BeginOther, "creative-work": tagger.BeginOther,
	"DocumentReference": tagger.BeginOther,
	"LOC":               tagger.BeginPlace, "location": tagger.BeginPlace, "Location": tagger.BeginPlace, "Nationality": tagger.BeginPlace,
}

// corpora reads the free corpora under a folder laid out as shared/data/ner.
func corpora(dir fs.FS) ([]Sample, error) {
	var all []Sample
	files, err := fs.Glob(dir, "*.conll")
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	for _, f := range files {
		s, err := conll(dir, f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		all = append(all, s...)
	}
	docs, err := fs.Glob(dir, "re3d/*/documents.json")
	if err != nil {
		return nil, err
	}
	sort.Strings(docs)
	for _, f := range docs {
		s, err := re3d(dir, path.Dir(f))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		all = append(all, s...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no corpora found")
	}
	return all, nil
}

// textOf makes a page of a text whose lines are its paragraphs.
func textOf(text string) *ingest.Page {
	p := &ingest.Page{Path: "text.md", Title: "Text", Kind: ingest.EventPage, Text: text}
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		if strings.TrimSpace(line) != "" {
			p.Blocks = append(p.Blocks, ingest.Block{Kind: ingest.ParagraphBlock,
				Span: ingest.Span{Start: at, End: at + len(strings.TrimRight(line, "\n"))}, Heading: -1, LeadIn: -1, Parent: -1})
		}
		at += len(line)
	}
	return p
}

// conll reads "token TAB label" lines; twenty sentences make a text.
func conll(dir fs.FS, name string) ([]Sample, error) {
	b, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, err
	}
	var all []Sample
	var text strings.Builder
	var spans []names.Labelled
	sentences, last := 0, ""
	line, open := bufio.NewScanner(bytes.NewReader(b)), false
	flush := func() {
		if text.Len() > 0 {
			all = append(all, Sample{textOf(text.String()), spans})
		}
		text.Reset()
		spans, sentences = nil, 0
	}
	fresh := true
	for line.Scan() {
		f := strings.Fields(line.Text())
		if len(f) < 2 {
			open, last = false, ""
			if !fresh {
				text.WriteByte('\n')
				if sentences++; sentences == 20 {
					flush()
				}
			}
			fresh = true
			continue
		}
		word, label := f[0], f[len(f)-1]
		if !fresh && !slices.Contains([]string{".", ",", ":", ";", "!", "?", ")", "]", "'s", "n't", "'m", "'re", "'ve", "'ll"}, word) &&
			last != "(" && last != "[" && last != "$" {
			text.WriteByte(' ')
		}
		start := text.Len()
		text.WriteString(word)
		fresh, last = false, word
		prefix, kind, _ := strings.Cut(label, "-")
		k := kinds[kind]
		if kind == "creative-work" || label == "O" {
			k = kinds[strings.TrimPrefix(label, prefix+"-")]
		}
		switch {
		case k == tagger.O:
			open = false
		case open && prefix == "I" && spans[len(spans)-1].Kind == k:
			spans[len(spans)-1].End = text.Len()
		default:
			spans = append(spans, names.Labelled{Span: ingest.Span{Start: start, End: text.Len()}, Kind: k})
			open = true
		}
	}
	flush()
	return all, line.Err()
}

// decodeAll reads JSON that is one list or one object a line.
func decodeAll[T any](b []byte) ([]T, error) {
	if t := bytes.TrimSpace(b); len(t) > 0 && t[0] == '[' {
		var all []T
		return all, json.Unmarshal(t, &all)
	}
	var all []T
	d := json.NewDecoder(bytes.NewReader(b))
	for d.More() {
		var x T
		if err := d.Decode(&x); err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}

func re3d(dir fs.FS, name string) ([]Sample, error) {
	type document struct {
		ID   string `json:"_id"`
		Text string `json:"text"`
	}
	type entity struct {
		Begin, End int
		Type       string
		DocumentID string `json:"documentId"`
	}
	b, err := fs.ReadFile(dir, name+"/documents.json")
	if err != nil {
		return nil, err
	}
	docs, err := decodeAll[document](b)
	if err != nil {
		return nil, err
	}
	if b, err = fs.ReadFile(dir, name+"/entities.json"); err != nil {
		return nil, err
	}
	ents, err := decodeAll[entity](b)
	if err != nil {
		return nil, err
	}
	var all []Sample
	for _, d := range docs {
		// offsets count characters
		var at []int
		for i := range d.Text {
			at = append(at, i)
		}
		at = append(at, len(d.Text))
		var spans []names.Labelled
		for _, e := range ents {
			if k := kinds[e.Type]; e.DocumentID == d.ID && k != tagger.O && e.Begin < e.End && e.End < len(at) {
				spans = append(spans, names.Labelled{Span: ingest.Span{Start: at[e.Begin], End: at[e.End]}, Kind: k})
			}
		}
		all = append(all, Sample{textOf(d.Text), apart(spans)})
	}
	return all, nil
}

// apart sorts spans and drops those that overlap a longer one.
func apart(spans []names.Labelled) []names.Labelled {
	sort.SliceStable(spans, func(i, j int) bool { return spans[i].End-spans[i].Start > spans[j].End-spans[j].Start })
	var kept []names.Labelled
	for _, s := range spans {
		if !slices.ContainsFunc(kept, func(k names.Labelled) bool { return k.Overlaps(s.Span) }) {
			kept = append(kept, s)
		}
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].Start < kept[j].Start })
	return kept
}

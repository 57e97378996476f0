package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"
)

type explorePage struct {
	frame
	From, To, Of string
	Ways         []answer.Path
	Tied         bool // two things were asked for
	FromRef      answer.Ref
	ToRef        answer.Ref
	OfRef        answer.Ref
	Problem      string
	Choices      []choice // what was perhaps meant
	Compare      string   // address of the comparison of the two
	Answer       string   // what the pictures show, in a sentence
	Pictures     []drawing
	Downloads    []download
	sheet        *sheet // to take away; nil if nothing was asked for
}

// explore shows how things hang together: pictures, and the ways between two of them.
func (s *Site) explore(v *visit) error {
	q := v.r.URL.Query()
	p := &explorePage{frame: frame{Title: v.texts().t("section.explore"), Here: "/explore"},
		From: words(q.Get("from")), To: words(q.Get("to")),
		Of: words(q.Get("of"))}
	if max(len(p.From), len(p.To), len(p.Of)) > 500 {
		return refuse(http.StatusBadRequest, "e.longname")
	}
	if err := s.findWays(v, q, p); err != nil {
		return err
	}
	if err := s.draw(v, q, p); err != nil {
		return err
	}
	switch {
	case q.Get("format") == "svg":
		return s.sendPicture(v, p)
	case wantsSheet(q) && p.sheet != nil:
		return s.take(v, p.sheet)
	}
	for i := range p.Pictures {
		if one := &p.Pictures[i]; one.SVG != "" {
			at := with("/explore", q, "picture", one.ID)
			one.File = at + "&format=svg"
		}
	}
	return s.render(v, http.StatusOK, "explore", p)
}

func (s *Site) findWays(v *visit, q url.Values, p *explorePage) (err error) {
	var ok bool
	if p.From == "" || p.To == "" {
		for parameter, name := range map[string]*string{"from": &p.From, "to": &p.To} { // the one that is given is called by its name
			if *name == "" || q.Get(parameter) == "" {
				continue
			}
			if ref, err := v.gen.Lookup(v.ctx(), *name); err == nil {
				*name = ref.Name
			}
		}
		return nil
	}
	if p.FromRef, ok, err = p.lookup(v, q, "from", p.From); err != nil || !ok {
		return err
	}
	if p.ToRef, ok, err = p.lookup(v, q, "to", p.To); err != nil || !ok {
		return err
	}
	p.Tied, p.From, p.To = true, p.FromRef.Name, p.ToRef.Name
	if p.FromRef.Kind != kinds.Page && p.ToRef.Kind != kinds.Page {
		p.Compare = "/compare?" + url.Values{"first": {string(p.FromRef.ID)}, "second": {string(p.ToRef.ID)}}.Encode()
	}
	if p.Ways, err = v.gen.Paths(v.ctx(), p.FromRef.ID, p.ToRef.ID, 3); err == nil && len(p.Ways) > 0 {
		if wantsSheet(q) {
			p.sheet = waysSheet(v.texts(), p.FromRef, p.ToRef, p.Ways)
		}
		p.Downloads = downloads(v.texts(), "/explore", q)
	}
	return err
}

// lookup finds what a name stands for. What is not found, or not clear, is said on the page, with what may have been meant.
func (p *explorePage) lookup(v *visit, q url.Values, parameter, name string) (ref answer.Ref, ok bool, err error) {
	x := v.texts()
	ref, err = v.gen.Lookup(v.ctx(), name)
	var missing *answer.NotFoundError
	var ambiguous *answer.AmbiguousError
	var near []answer.Ref
	switch {
	case err == nil:
		return ref, true, nil
	case errors.As(err, &missing):
		p.Problem, near = x.t("e.missing", clip(name)), missing.Nearest
	case errors.As(err, &ambiguous):
		p.Problem, near = x.t("explore.several", clip(name)), ambiguous.Choices
	default:
		return ref, false, err
	}
	for _, r := range near {
		p.Choices = append(p.Choices, choice{Name: fmt.Sprintf("%s (%s)", r.Name, x.orElse("a."+string(r.Kind), string(r.Kind))),
			Href: with("/explore", q, parameter, string(r.ID))})
	}
	return ref, false, nil
}

type reviewPage struct {
	frame
	Doubts []doubt
	Pager  pager
}

// doubt is a question with the things that it is about as links.
type doubt struct {
	ingest.Doubt
	About []answer.Ref
}

func (s *Site) review(v *visit) error {
	const length = 25
	q := v.r.URL.Query()
	offset, err := number(q, "offset", 0, 0, 100000)
	if err != nil {
		return err
	}
	c := v.gen.Catalogue()
	shown := part(c.Doubts, length, offset)
	p := &reviewPage{frame: frame{Title: v.texts().t("section.review"), Here: "/review"},
		Pager: paging("/review", q, len(c.Doubts), length, offset)}
	refs := map[ingest.IRI]answer.Ref{}
	for _, d := range shown {
		for _, id := range d.Entities {
			refs[id] = answer.Ref{}
		}
	}
	for _, r := range sections {
		for _, l := range c.Entities(r.Kind) {
			if _, wanted := refs[l.ID]; wanted {
				refs[l.ID] = l.Ref
			}
		}
	}
	for _, d := range shown {
		one := doubt{Doubt: d}
		for _, id := range d.Entities {
			if ref := refs[id]; ref.Name != "" {
				one.About = append(one.About, ref)
			}
		}
		p.Doubts = append(p.Doubts, one)
	}
	return s.render(v, http.StatusOK, "review", p)
}

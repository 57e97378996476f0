package web

import (
	"context"
	"net/http"
	"strings"

	"rapporteur/search/store"

	"rapporteur/ingest"
	"rapporteur/ingest/score"
)

// Build is what is known of what is served: how it was made, what it holds, what is missing, how well it was read.
type Build struct {
	Generation string              `json:"generation" doc:"ID: the same files read by the same program have the same"`
	Format     int                 `json:"format"`
	Program    string              `json:"program,omitempty" doc:"Version of the program that serves it"`
	Site       string              `json:"site"`
	URL        string              `json:"url,omitempty"`
	Sites      []ingest.MemberSite `json:"sites,omitempty" doc:"Sites that this is made of, where it is made of several"`
	Counts     store.Counts        `json:"counts"`
	Doubts     int                 `json:"doubts" doc:"Questions for review"`
	Skips      []ingest.Skip       `json:"skips" doc:"Files that could not be read, and parts of files"`
	Account    []ingest.Gap        `json:"account" doc:"What of the site's folder was not understood, the worst first"`
	Notes      []string            `json:"notes"`
	Quality    []Trial             `json:"quality" doc:"How well the program reads, measured on annotated pages that it had not learnt from"`
}

// Trial is how well the program did on some pages.
type Trial struct {
	On       string  `json:"on" example:"sites not seen in training"`
	Pages    int     `json:"pages"`
	Measures []Grade `json:"measures"`
}

// Grade is how well it did in one respect.
type Grade struct {
	Name      string  `json:"name" example:"people"`
	Meaning   string  `json:"meaning"`
	Precision float64 `json:"precision" doc:"How many of those that it found are right, of 1"`
	Recall    float64 `json:"recall" doc:"How many of those that are there it found, of 1"`
	F1        float64 `json:"f1" doc:"Harmonic mean of both"`
	Low       float64 `json:"low" doc:"Lower end of the 95% interval of f1, drawn from the pages"`
	High      float64 `json:"high" doc:"Upper end"`
	Annotated int     `json:"annotated" doc:"How many are there, as people annotated the pages"`
}

// trialsOf words the measured figures.
func trialsOf(measured []score.Trial) []Trial {
	trials := make([]Trial, len(measured))
	for i, m := range measured {
		trials[i] = Trial{On: m.Name, Pages: m.Pages}
		for _, g := range m.Measures {
			trials[i].Measures = append(trials[i].Measures, Grade{g.Name, english.t("meaning." + g.Name),
				g.Precision, g.Recall, g.F1, g.Low, g.High, g.Gold})
		}
	}
	return trials
}

// trial names what the program was tried on.
func (x *texts) trial(name string) string {
	if genre, ok := strings.CutPrefix(name, "genre: "); ok {
		return x.t("facet.genre") + ": " + x.orElse("genre."+genre, genre)
	}
	return x.orElse("trial."+strings.ReplaceAll(name, " ", "-"), name)
}

// build tells what the visit's generation is.
func (s *Site) build(v *visit) *Build {
	m := v.gen.Manifest()
	return &Build{
		Generation: m.ID, Format: m.Format, Program: s.options.Version, Site: m.Name, URL: m.URL,
		Sites: m.Sites, Counts: m.Counts, Doubts: len(v.gen.Catalogue().Doubts),
		Skips: orEmpty(m.Skips), Account: orEmpty(m.Account), Notes: orEmpty(m.Notes),
		Quality: s.trials,
	}
}

func (s *Site) apiBuild(_ context.Context, v *visit, _ *struct{}) (*Build, error) {
	return s.build(v), nil
}

type aboutPage struct {
	frame
	Build *Build
	Kept  []count       // what is in here
	Lost  []ingest.Skip // files
	Parts []ingest.Skip // parts of files
}

func (s *Site) about(v *visit) error {
	b := s.build(v)
	p := &aboutPage{
		frame: frame{Title: v.texts().t("section.about"), Here: "/about", Live: b.URL},
		Build: b,
		Kept:  countsOf(v.texts(), b.Counts),
	}
	for _, skip := range b.Skips {
		if skip.Part {
			p.Parts = append(p.Parts, skip)
		} else {
			p.Lost = append(p.Lost, skip)
		}
	}
	return s.render(v, http.StatusOK, "about", p)
}

package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"rapporteur/search/present"

	"rapporteur/search/answer"

	"github.com/danielgtaylor/huma/v2"
)

// refusal is an error whose message is meant for whoever asked.
type refusal struct {
	status  int
	message string // in English, as the API says it
	key     string // of the text that pages say in its place; empty if they say the same
	args    []any
}

// refuse makes an error whose message pages say in their own language. Its places are filled with what args say, as it stands.
func refuse(status int, key string, args ...any) *refusal {
	for i, arg := range args {
		args[i] = fmt.Sprint(arg)
	}
	return &refusal{status, english.t(key, args...), key, args}
}

// in is the message in the language of a page.
func (e *refusal) in(x *texts) string {
	if e.key == "" {
		return e.message
	}
	return x.t(e.key, e.args...)
}

func (e *refusal) Error() string { return e.message }

var (
	errInternal = refuse(http.StatusInternalServerError, "e.internal")
	errBusy     = refuse(http.StatusServiceUnavailable, "e.busy")
	errLate     = refuse(http.StatusServiceUnavailable, "e.late")
)

// problem is an error as RFC 9457 has it. Nearest are things whose names are close to what was asked for.
type problem struct {
	huma.ErrorModel
	Nearest []answer.Ref `json:"nearest,omitempty" doc:"What was perhaps meant"`
}

// explain turns an error of any kind into what the caller is told. What is not meant for them goes to the log.
func (s *Site) explain(v *visit, err error) *problem {
	p := &problem{}
	var missing *answer.NotFoundError
	var ambiguous *answer.AmbiguousError
	var unreadable *answer.QueryError
	var refused *refusal
	var fault *answer.FaultError
	switch {
	case errors.As(err, &missing):
		p.Status, p.Detail, p.Nearest = http.StatusNotFound, fmt.Sprintf("Nothing here is called “%s”.", clip(missing.Name)), missing.Nearest
	case errors.As(err, &ambiguous):
		p.Status, p.Detail, p.Nearest = http.StatusConflict,
			fmt.Sprintf("“%s” names more than one thing: say which by its id.", clip(ambiguous.Name)), ambiguous.Choices
	case errors.As(err, &unreadable) && unreadable.Filter == answer.GraphQuestion:
		p.Status, p.Detail = http.StatusBadRequest, "The question to the graph: "+unreadable.Problem
	case errors.As(err, &unreadable):
		p.Status, p.Detail = http.StatusBadRequest, "The search cannot be read: "+unreadable.Problem
	case errors.As(err, &refused):
		p.Status, p.Detail = refused.status, refused.message
	case errors.Is(err, context.DeadlineExceeded):
		p.Status, p.Detail = errLate.status, errLate.message
	case errors.Is(err, context.Canceled): // the caller has gone: nobody reads this
		p.Status, p.Detail = errLate.status, errLate.message
	case errors.As(err, &fault):
		s.options.Log.Error("fault", "id", v.id, "query", fault.Query.String(), "cause", fault.Cause, "stack", fault.Stack)
		p.Status, p.Detail = errInternal.status, errInternal.message
	default:
		s.options.Log.Error("request failed", "id", v.id, "path", v.r.URL.Path, "error", err.Error())
		p.Status, p.Detail = errInternal.status, errInternal.message
	}
	if p.Status == http.StatusServiceUnavailable {
		v.w.Header().Set("Retry-After", "1")
	}
	p.Nearest = present.JSON(p.Nearest, s.prefix)
	p.Title, p.Instance = http.StatusText(p.Status), "urn:request:"+v.id
	return p
}

// detail is what a page says of an error for which a program is told said.
func (s *Site) detail(x *texts, err error, said string) string {
	var missing *answer.NotFoundError
	var ambiguous *answer.AmbiguousError
	var unreadable *answer.QueryError
	var refused *refusal
	switch {
	case errors.As(err, &missing):
		return x.t("e.missing", clip(missing.Name))
	case errors.As(err, &ambiguous):
		return x.t("e.ambiguous", clip(ambiguous.Name))
	case errors.As(err, &unreadable) && unreadable.Filter != answer.GraphQuestion:
		return x.t("e.unreadable", unreadable.Problem)
	case errors.As(err, &refused):
		return refused.in(x)
	case said == errLate.message:
		return errLate.in(x)
	case said == errInternal.message:
		return errInternal.in(x)
	}
	return said
}

// clip shortens what somebody else wrote, for a message.
func clip(s string) string { return clipTo(s, 80) }

// clipTo shortens a text to so many bytes.
func clipTo(s string, most int) string {
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strings.ToValidUTF8(s, "")
}

// fail answers with an error: a problem document for programs, a page for people.
func (s *Site) fail(v *visit, err error) {
	p := s.explain(v, err)
	h := v.w.Header()
	h.Del("Content-Length")
	if p.Status == http.StatusMethodNotAllowed {
		h.Set("Allow", allowedMethods)
	}
	if readByScripts(v.r.URL.Path) || strings.HasPrefix(v.r.URL.Path, "/opensearch/") {
		h.Set("Content-Type", "application/problem+json")
		v.w.WriteHeader(p.Status)
		json.NewEncoder(v.w).Encode(p) // the caller may have gone
		return
	}
	x := v.texts()
	p.Title, p.Detail = x.orElse(fmt.Sprint("status.", p.Status), p.Title), s.detail(x, err, p.Detail)
	s.render(v, p.Status, "error", &errorPage{
		frame: frame{Title: p.Title}, Heading: x.t(headingOf(p.Status, err)), Problem: p, Nearest: present.JSON(p.Nearest, ""),
	})
}

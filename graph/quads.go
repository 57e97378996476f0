package graph

import (
	"strconv"

	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
)

// facts collects quads. Those that lack a part (an entity that was never resolved, an empty literal) are left out.
type facts struct {
	put   func(quad.Quad)
	label quad.Value
}

func (f facts) add(s quad.IRI, p quad.IRI, o quad.Value) {
	if s == "" || !quad.IsValidValue(o) || o == quad.String("") {
		return
	}
	f.put(quad.Quad{Subject: s, Predicate: p, Object: o, Label: f.label})
}

// Quads hands the facts of a site to put: of entities first, then of records, in the order of the site. Types and
// names of entities carry no label and come once; every other quad is labelled with the IRI of the page that says it.
// The same quad may come more than once. It is a pure function of the site.
func Quads(site *inversion.Site, put func(quad.Quad)) {
	base := base(site.URL)
	for i := range site.Entities {
		entityQuads(base, site, &site.Entities[i], put)
	}
	for _, r := range site.Records {
		RecordQuads(base, r, put)
	}
}

// base is what the IRIs of a site start with.
func base(siteURL string) string {
	if siteURL == "" {
		return "urn:rapporteur:"
	}
	return siteURL
}

func entityQuads(base string, site *inversion.Site, e *ingest.Entity, put func(quad.Quad)) {
	f := facts{put: put}
	id := node(e.IRI)
	name, alias := predName, predAlternateName
	if e.Kind == kinds.Topic {
		f.add(id, predPrefLabel, text(e.Name))
		alias = predAltLabel
	}
	f.add(id, predType, entityType(e.Kind))
	f.add(id, name, text(e.Name))
	for _, a := range e.Aliases {
		f.add(id, alias, text(a))
	}
	f.add(id, predIdentifier, text(e.Code))
	if e.Scheme != "" {
		f.add(id, predInScheme, quad.IRI(base+"/id/scheme/"+fold.Slug(e.Scheme)))
	}
	if e.Homepage != "" {
		f.add(id, predURL, reference(e.Homepage))
	}
	for _, s := range e.SameAs {
		f.add(id, predSameAs, reference(s))
	}
	if own, ok := site.Page[e.Page]; ok && e.Page != "" {
		f.add(id, predSubjectOf, node(site.Records[own].IRI))
	}
	for _, old := range e.Former {
		f.add(node(old), predReplacedBy, id)
	}
}

// RecordQuads hands the facts of one page to put, all labelled with the page's IRI, save the names of roles. base is
// the site's address without a slash at the end.
//
// A fact that has properties of its own is a node of the page (page#membership-1) beside its short edge. Where a fact
// was read is prov:wasDerivedFrom, a selector whose IRI is the range of characters (page#char=12,40, RFC 5147), so
// that facts read from the same words share it; its offsets count bytes of ingest.Page.Text.
func RecordQuads(base string, r *ingest.Record, put func(quad.Quad)) {
	page := node(r.IRI)
	if page == "" {
		return
	}
	f := facts{put: put, label: page}
	f.add(page, predType, pageType(r.Kind))
	f.add(page, predPageKind, text(string(r.Kind)))
	f.add(page, predName, text(r.Title))
	f.add(page, predPath, text(r.Path))
	if r.Date != "" {
		when := predPublished
		if r.Kind == ingest.EventPage {
			when = predStartDate
		}
		f.add(page, when, date(r.Date))
	}
	if r.EndDate != "" {
		f.add(page, predEndDate, date(r.EndDate))
	}
	f.add(page, predGenre, text(string(r.Genre)))
	if r.URL != "" {
		f.add(page, predURL, reference(r.URL))
	}
	f.add(page, predLanguage, text(r.Lang))
	for _, c := range r.Categories {
		f.add(page, predSection, text(c))
	}
	w := recordWriter{facts: f, base: base, page: page, record: r}
	for i := range r.People {
		w.person(&r.People[i])
	}
	for i := range r.Organisations {
		w.mentioned(&r.Organisations[i], predMentions)
	}
	for i := range r.Countries {
		w.mentioned(&r.Countries[i].Reference, predMentions)
	}
	for i := range r.Topics {
		p := predAbout
		if r.Topics[i].Inferred {
			p = predInferredAbout
		}
		w.mentioned(&r.Topics[i].Reference, p)
	}
	for i := range r.Recommendations {
		w.recommendation(&r.Recommendations[i])
	}
}

type recordWriter struct {
	facts
	base   string
	page   quad.IRI
	record *ingest.Record

	annotations, participations, memberships int
}

// part names a node of the page.
func (w *recordWriter) part(kind string, n *int) quad.IRI {
	*n++
	return w.page + quad.IRI("#"+kind+"-"+strconv.Itoa(*n))
}

// from says where a fact was read.
func (w *recordWriter) from(fact, predicate quad.IRI, s ingest.Span) {
	if s.Start < 0 || s.End <= s.Start || s.End > len(w.record.Text) {
		return
	}
	sel := w.page + quad.IRI("#char="+strconv.Itoa(s.Start)+","+strconv.Itoa(s.End))
	w.add(fact, predicate, sel)
	w.add(sel, predType, typeSelector)
	w.add(sel, predStart, integer(s.Start))
	w.add(sel, predEnd, integer(s.End))
	w.add(sel, predExact, text(s.In(w.record.Text)))
}

// mentioned ties an entity to the page, and to the first place that names it.
func (w *recordWriter) mentioned(ref *ingest.Reference, p quad.IRI) {
	id := node(ref.IRI)
	w.add(w.page, p, id)
	if id == "" || len(ref.Mentions) == 0 {
		return
	}
	a := w.part("annotation", &w.annotations)
	w.add(a, predType, typeAnnotation)
	w.add(a, predHasBody, id)
	w.from(a, predHasTarget, ref.Mentions[0].Span)
}

func (w *recordWriter) person(p *ingest.Participant) {
	id := node(p.IRI)
	if id == "" {
		return
	}
	w.mentioned(&p.Reference, predMentions)
	if part, speaks := w.record.Did(p); speaks || part != "" {
		n := w.part("participation", &w.participations)
		w.add(n, predType, typeParticipation)
		w.add(n, predParticipant, id)
		w.add(n, predAt, w.page)
		w.add(n, predPart, text(string(part)))
		w.add(n, predSpeaks, boolean(speaks))
		for _, a := range p.Affiliations {
			if !a.Former && a.Confidence >= ingest.SureEnough {
				w.add(n, predRepresenting, node(a.IRI))
			}
		}
		if p.Occasion != nil {
			w.add(n, predOccasion, text(p.Occasion.Name))
		}
		w.from(n, predDerivedFrom, p.Evidence)
		short := predTookPartIn
		if speaks {
			short = predSpokeAt
		}
		w.add(id, short, w.page)
		if part == ingest.Author {
			w.add(w.page, predAuthor, id)
		}
	}
	for _, a := range p.Affiliations {
		org := node(a.IRI)
		if org == "" {
			continue
		}
		n := w.part("membership", &w.memberships)
		w.add(n, predType, typeMembership)
		w.add(n, predMember, id)
		w.add(n, predOrganization, org)
		w.add(n, predAt, w.page)
		w.add(n, predRelation, text(string(a.Relation)))
		if a.Former {
			w.add(n, predFormer, boolean(true))
		}
		if a.From != "" {
			w.add(n, predStartDate, date(a.From))
		}
		if a.To != "" {
			w.add(n, predEndDate, date(a.To))
		}
		if a.Role != "" {
			role := quad.IRI(w.base + "/id/role/" + fold.Slug(a.Role))
			w.add(n, predRole, role)
			unlabelled := facts{put: w.put}
			unlabelled.add(role, predType, typeRole)
			unlabelled.add(role, predLabel, text(a.Role))
		}
		if w.record.Date != "" {
			w.add(n, predDate, date(w.record.Date))
		}
		w.from(n, predDerivedFrom, a.Span)
		w.add(n, predConfidence, quad.TypedString{Value: quad.String(strconv.FormatFloat(a.Confidence, 'f', 2, 64)), Type: xsdDecimal})
		if a.Confidence < ingest.SureEnough {
			continue
		}
		short := predAffiliated
		if a.Former {
			short = predFormerly
		}
		w.add(id, short, org)
		if p.Speaker && !a.Former {
			w.add(id, predSpokeFor, org)
		}
	}
}

func (w *recordWriter) recommendation(r *ingest.Recommendation) {
	id := node(r.IRI)
	w.add(id, predType, typeRecommendation)
	w.add(id, predText, text(r.Text))
	w.add(id, predStrength, text(string(r.Strength)))
	w.add(id, predAskKind, text(string(r.Kind)))
	w.add(id, predStance, text(string(r.Stance)))
	w.add(id, predContext, text(r.Context))
	w.add(id, predPartOf, w.page)
	w.add(id, predProposedBy, node(r.ByIRI))
	if to := node(r.ToIRI); to != "" {
		w.add(id, predAddressedTo, to)
	} else {
		w.add(id, predAddressedTo, text(r.To))
	}
	for _, t := range r.Topics {
		w.add(id, predAbout, node(t))
	}
	for _, m := range r.Mentions {
		w.add(id, predMentions, node(m))
	}
	w.add(id, predRepeats, node(r.SameAs))
	if id != "" {
		w.from(id, predDerivedFrom, r.Span)
	}
}

// node makes an IRI of a resolved entity's or page's; "" of one that is not resolved or not valid.
func node(i ingest.IRI) quad.IRI {
	if !ValidIRI(i) {
		return ""
	}
	return quad.IRI(i)
}

func integer(n int) quad.Value {
	return quad.TypedString{Value: quad.String(strconv.Itoa(n)), Type: xsdInteger}
}

func boolean(b bool) quad.Value {
	return quad.TypedString{Value: quad.String(strconv.FormatBool(b)), Type: xsdBoolean}
}

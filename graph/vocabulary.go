package graph

import (
	"strings"

	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// The namespaces in use. Own terms are few; the rest is schema.org, W3C ORG, SKOS, Web Annotation, PROV and Dublin Core.
const (
	rdfNS     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfsNS    = "http://www.w3.org/2000/01/rdf-schema#"
	xsdNS     = "http://www.w3.org/2001/XMLSchema#"
	schemaNS  = "https://schema.org/"
	orgNS     = "http://www.w3.org/ns/org#"
	skosNS    = "http://www.w3.org/2004/02/skos/core#"
	oaNS      = "http://www.w3.org/ns/oa#"
	provNS    = "http://www.w3.org/ns/prov#"
	dctermsNS = "http://purl.org/dc/terms/"
	ownNS     = "urn:rapporteur:vocabulary:"
)

// Types.
const (
	typeEvent          quad.IRI = schemaNS + "Event"
	typePost           quad.IRI = schemaNS + "BlogPosting"
	typeProfilePage    quad.IRI = schemaNS + "ProfilePage"
	typeCollectionPage quad.IRI = schemaNS + "CollectionPage"
	typeWebPage        quad.IRI = schemaNS + "WebPage"
	typeRole           quad.IRI = orgNS + "Role"
	typeMembership     quad.IRI = orgNS + "Membership"
	typeAnnotation     quad.IRI = oaNS + "Annotation"
	typeSelector       quad.IRI = oaNS + "TextPositionSelector"
	typeParticipation  quad.IRI = ownNS + "Participation"
	typeRecommendation quad.IRI = ownNS + "Recommendation"
)

// Predicates. Those of our own:
//
//	spokeAt        person -> page; short for a Participation that speaks
//	tookPartIn     person -> page; short for a Participation that does not speak (author, attendee)
//	affiliatedWith person -> organisation; short for a Membership that is sure and not former
//	formerlyWith   person -> organisation; short for a former Membership that is sure
//	spokeFor       person -> organisation; an affiliation of somebody who speaks on that page
//	inferredAbout  page -> topic that nobody stated (schema:about is a stated one)
//	participant, at, part, speaks, representing, occasion   of a Participation
//	at, relation, former, confidence                        of a Membership
//	proposedBy, addressedTo, strength, repeats, askKind, stance, context   of a Recommendation
//	path, pageKind, genre                                   of a page: its file, its kind, what sort of writing it is
const (
	predType          quad.IRI = rdfNS + "type"
	predLabel         quad.IRI = rdfsNS + "label"
	predName          quad.IRI = schemaNS + "name"
	predAlternateName quad.IRI = schemaNS + "alternateName"
	predIdentifier    quad.IRI = schemaNS + "identifier"
	predURL           quad.IRI = schemaNS + "url"
	predSameAs        quad.IRI = schemaNS + "sameAs"
	predSubjectOf     quad.IRI = schemaNS + "subjectOf"
	predStartDate     quad.IRI = schemaNS + "startDate"
	predEndDate       quad.IRI = schemaNS + "endDate"
	predPublished     quad.IRI = schemaNS + "datePublished"
	predLanguage      quad.IRI = schemaNS + "inLanguage"
	predSection       quad.IRI = schemaNS + "articleSection"
	predMentions      quad.IRI = schemaNS + "mentions"
	predAbout         quad.IRI = schemaNS + "about"
	predAuthor        quad.IRI = schemaNS + "author"
	predText          quad.IRI = schemaNS + "text"
	predPartOf        quad.IRI = schemaNS + "isPartOf"
	predPrefLabel     quad.IRI = skosNS + "prefLabel"
	predAltLabel      quad.IRI = skosNS + "altLabel"
	predInScheme      quad.IRI = skosNS + "inScheme"
	predMember        quad.IRI = orgNS + "member"
	predOrganization  quad.IRI = orgNS + "organization"
	predRole          quad.IRI = orgNS + "role"
	predHasBody       quad.IRI = oaNS + "hasBody"
	predHasTarget     quad.IRI = oaNS + "hasTarget"
	predStart         quad.IRI = oaNS + "start"
	predEnd           quad.IRI = oaNS + "end"
	predExact         quad.IRI = oaNS + "exact"
	predDerivedFrom   quad.IRI = provNS + "wasDerivedFrom"
	predDate          quad.IRI = dctermsNS + "date"
	predReplacedBy    quad.IRI = dctermsNS + "isReplacedBy"
	predSpokeAt       quad.IRI = ownNS + "spokeAt"
	predTookPartIn    quad.IRI = ownNS + "tookPartIn"
	predAffiliated    quad.IRI = ownNS + "affiliatedWith"
	predFormerly      quad.IRI = ownNS + "formerlyWith"
	predSpokeFor      quad.IRI = ownNS + "spokeFor"
	predInferredAbout quad.IRI = ownNS + "inferredAbout"
	predParticipant   quad.IRI = ownNS + "participant"
	predAt            quad.IRI = ownNS + "at"
	predPart          quad.IRI = ownNS + "part"
	predSpeaks        quad.IRI = ownNS + "speaks"
	predRepresenting  quad.IRI = ownNS + "representing"
	predProposedBy    quad.IRI = ownNS + "proposedBy"
	predAddressedTo   quad.IRI = ownNS + "addressedTo"
	predStrength      quad.IRI = ownNS + "strength"
	predRepeats       quad.IRI = ownNS + "repeats"
	predPath          quad.IRI = ownNS + "path"
	predPageKind      quad.IRI = ownNS + "pageKind"
	predGenre         quad.IRI = ownNS + "genre"
	predRelation      quad.IRI = ownNS + "relation"
	predFormer        quad.IRI = ownNS + "former"
	predConfidence    quad.IRI = ownNS + "confidence"
	predOccasion      quad.IRI = ownNS + "occasion"
	predAskKind       quad.IRI = ownNS + "askKind"
	predStance        quad.IRI = ownNS + "stance"
	predContext       quad.IRI = ownNS + "context"
)

// Datatypes are written in full: Cayley's own numbers and booleans come out of its exporters as forms that no other
// parser accepts.
const (
	xsdInteger quad.IRI = xsdNS + "integer"
	xsdDecimal quad.IRI = xsdNS + "decimal"
	xsdBoolean quad.IRI = xsdNS + "boolean"
	xsdDate    quad.IRI = xsdNS + "date"
	xsdMonth   quad.IRI = xsdNS + "gYearMonth"
	xsdYear    quad.IRI = xsdNS + "gYear"
)

func pageType(k ingest.PageKind) quad.IRI {
	switch k {
	case ingest.EventPage:
		return typeEvent
	case ingest.PostPage:
		return typePost
	case ingest.PersonPage, ingest.OrganisationPage:
		return typeProfilePage
	case ingest.TopicPage, ingest.ProjectPage:
		return typeCollectionPage
	}
	return typeWebPage
}

// entityType is the class of the things of a kind.
func entityType(k kinds.Kind) quad.IRI {
	row, _ := kinds.Of(k)
	return quad.IRI(row.Class)
}

// reference makes a node of an address that people wrote: an IRI where it has a scheme, with the characters that
// RFC 3987 forbids percent-encoded; else a plain string, so that nothing is lost and nothing invalid is written.
func reference(s string) quad.Value {
	s = strings.TrimSpace(s)
	if !absolute(s) {
		return text(s)
	}
	var b strings.Builder
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		if c := s[i]; forbidden(c) {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return quad.IRI(strings.ToValidUTF8(b.String(), "%EF%BF%BD"))
}

// ValidIRI reports whether s is absolute and has no character that RFC 3987 forbids.
func ValidIRI(s ingest.IRI) bool {
	if !absolute(string(s)) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if forbidden(s[i]) {
			return false
		}
	}
	return strings.ToValidUTF8(string(s), "") == string(s)
}

func forbidden(c byte) bool { return c <= ' ' || c == 0x7f || strings.IndexByte("<>\"{}|\\^`", c) >= 0 }

// absolute reports whether s starts with a scheme (RFC 3986, 3.1) and goes on after it.
func absolute(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return i+1 < len(s)
		default:
			return false
		}
	}
	return false
}

// text makes a literal. A NUL parts the pieces of a literal in the snapshot's dictionary, and is no character of any
// of the export formats either.
func text(s string) quad.String {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	return quad.String(strings.ToValidUTF8(s, "\uFFFD"))
}

// date makes a literal of YYYY-MM-DD, YYYY-MM or YYYY; anything else stays a string.
func date(s string) quad.Value {
	switch digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, s); digits {
	case "0000-00-00":
		return quad.TypedString{Value: quad.String(s), Type: xsdDate}
	case "0000-00":
		return quad.TypedString{Value: quad.String(s), Type: xsdMonth}
	case "0000":
		return quad.TypedString{Value: quad.String(s), Type: xsdYear}
	}
	return text(s)
}

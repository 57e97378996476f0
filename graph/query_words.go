package graph

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"

	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/cayleygraph/quad"
	"github.com/dennwc/graphql/language/lexer"
	"github.com/dennwc/graphql/language/source"
)

// namespaces stand for the namespaces in questions.
var namespaces = map[string]string{
	"rdf": rdfNS, "rdfs": rdfsNS, "schema": schemaNS, "org": orgNS, "skos": skosNS, "oa": oaNS, "prov": provNS, "dcterms": dctermsNS,
	"rapporteur": ownNS,
}

// Terms returns the types and the predicates that a question can call by their last word, each in order.
func Terms() (types, predicates []string) {
	for _, t := range queryTypes {
		types = append(types, lastWord(t))
	}
	for _, p := range queryPredicates {
		predicates = append(predicates, lastWord(p))
	}
	slices.Sort(types)
	slices.Sort(predicates)
	return types, predicates
}

var (
	queryTypes = []quad.IRI{typeEvent, typePost, typeProfilePage, typeCollectionPage, typeWebPage, entityType(kinds.Person),
		entityType(kinds.Organisation), entityType(kinds.Country), entityType(kinds.Topic), typeRole,
		typeMembership, typeAnnotation, typeSelector, typeParticipation, typeRecommendation}
	queryPredicates = []quad.IRI{predType, predLabel, predName, predAlternateName, predIdentifier, predURL, predSameAs, predSubjectOf,
		predStartDate,
		predPublished, predLanguage, predSection, predMentions, predAbout, predAuthor, predText, predPartOf, predPrefLabel, predAltLabel,
		predInScheme, predMember, predOrganization, predRole, predHasBody, predHasTarget, predStart, predEnd, predExact, predDerivedFrom,
		predDate, predReplacedBy, predSpokeAt, predTookPartIn, predAffiliated, predFormerly, predSpokeFor, predInferredAbout, predParticipant,
		predAt, predPart, predSpeaks, predRepresenting, predProposedBy, predAddressedTo, predStrength, predRepeats, predPath, predPageKind,
		predEndDate, predGenre, predRelation, predFormer, predConfidence, predOccasion, predAskKind, predStance, predContext}
	queryTerms = func() map[string]quad.IRI {
		terms := map[string]quad.IRI{}
		for _, t := range slices.Concat(queryTypes, queryPredicates) {
			terms[lastWord(t)] = t
		}
		return terms
	}()
)

func lastWord(iri quad.IRI) string { return string(iri)[strings.LastIndexAny(string(iri), "#/:")+1:] }

// fullName is the IRI that a name in a question stands for, "" for one that stands for none.
func fullName(name string) string {
	if strings.HasPrefix(name, "<") {
		return name
	}
	if iri, ok := queryTerms[name]; ok {
		return "<" + string(iri) + ">"
	}
	if prefix, rest, ok := strings.Cut(name, ":"); ok && namespaces[prefix] != "" {
		return "<" + namespaces[prefix] + rest + ">"
	}
	if absolute(name) {
		return "<" + name + ">"
	}
	return ""
}

// spellOut writes a question as Cayley takes it: names in full, with what was typed as the key of the answer, and a bound
// on the rows of every level.
func spellOut(question string) (string, error) {
	if len(question) > maxQueryBytes {
		return "", &QueryError{fmt.Sprintf("%d bytes long; at most %d", len(question), maxQueryBytes)}
	}
	s := &speller{text: []rune(strings.ToValidUTF8(question, "\uFFFD"))}
	next := lexer.Lex(source.NewSource(&source.Source{Body: []byte(string(s.text))}))
	for {
		t, err := next(0)
		if err != nil {
			return "", &QueryError{"not understood: " + fold.Space(err.Error())}
		}
		s.tokens = append(s.tokens, t)
		if t.Kind == lexer.EOF {
			break
		}
	}
	for n := range len(s.tokens) - 1 {
		if err := s.take(n); err != nil {
			return "", err
		}
	}
	s.copyTo(len(s.text))
	return s.out.String(), nil
}

// speller goes through the tokens of a question and copies it, changed. Places of tokens are in runes of text.
type speller struct {
	text   []rune
	at     int // what of text is copied
	out    strings.Builder
	tokens []lexer.Token // the last is the end
	depth  int           // of braces
	parens int           // of parentheses
	field  int           // where in out the name of the last field ends
	args   bool          // the last field has arguments
	bound  bool          // among them is first
}

func (s *speller) copyTo(end int) {
	if end > s.at {
		s.out.WriteString(string(s.text[s.at:end]))
		s.at = end
	}
}

// take deals with token n.
func (s *speller) take(n int) error {
	t, next := s.tokens[n], s.tokens[n+1]
	var before lexer.Token
	if n > 0 {
		before = s.tokens[n-1]
	}
	switch t.Kind {
	case lexer.BRACE_L:
		if s.depth > 0 && !s.bound {
			s.copyTo(t.Start)
			limit := "first: " + strconv.Itoa(queryRows)
			text := s.out.String()
			if s.args { // the field ends in ")"
				at := s.field + strings.LastIndexByte(text[s.field:], ')')
				text = text[:at] + ", " + limit + text[at:]
			} else {
				text = text[:s.field] + "(" + limit + ")" + text[s.field:]
			}
			s.out.Reset()
			s.out.WriteString(text)
		}
		if s.depth++; s.depth > maxQueryDepth+1 {
			return &QueryError{fmt.Sprintf("more than %d levels deep: ask for the inner ones by their id", maxQueryDepth)}
		}
		s.args, s.bound = false, false
	case lexer.BRACE_R:
		s.depth--
	case lexer.PAREN_L:
		s.parens++
		s.args = s.args || before.Kind == lexer.NAME && s.directive(n-1) == ""
	case lexer.PAREN_R:
		s.parens--
	case lexer.INT:
		if before.Kind == lexer.COLON && n > 1 && s.tokens[n-2].Value == graphql.LimitKey && s.parens > 0 {
			if rows, err := strconv.Atoi(t.Value); err != nil || rows < 1 || rows > maxQueryRows {
				return &QueryError{fmt.Sprintf("first is %s: it must be from 1 to %d", t.Value, maxQueryRows)}
			}
		}
	case lexer.NAME:
		return s.name(n, t, before, next)
	}
	return nil
}

// directive is the name of the directive that token n names, "" if it names none.
func (s *speller) directive(n int) string {
	if n > 0 && s.tokens[n-1].Kind == lexer.AT {
		return s.tokens[n].Value
	}
	return ""
}

// name copies a name, in full.
func (s *speller) name(n int, t, before, next lexer.Token) error {
	value := t.Value
	switch {
	case s.directive(n) != "" || s.depth == 0:
		return nil
	case s.parens > 0 && before.Kind != lexer.COLON && before.Kind != lexer.BRACKET_L && next.Kind == lexer.COLON: // an argument
		if value == graphql.LimitKey {
			s.bound = true
		}
		if value == graphql.LimitKey || value == graphql.SkipKey || value == graphql.ValueKey || value == "v" {
			return nil
		}
	case s.parens > 0: // a value
		if value == "true" || value == "false" {
			return nil
		}
	case next.Kind == lexer.COLON: // an alias
		return nil
	default: // a field
		s.args, s.bound = false, false
		defer func() { s.copyTo(t.End); s.field = s.out.Len() }()
		if s.depth == 1 || value == graphql.ValueKey || value == graphql.AnyKey {
			return nil
		}
	}
	reversed := strings.HasPrefix(value, "~")
	full := fullName(strings.TrimPrefix(value, "~"))
	if full == "" {
		return &QueryError{fmt.Sprintf("%q is no word of the vocabulary: write one of them (rapporteur graph --help lists them), or an IRI in <>",
			value)}
	}
	s.copyTo(t.Start)
	if s.parens == 0 && before.Kind != lexer.COLON && full != value {
		s.out.WriteString(value + ": ")
	}
	if reversed {
		s.out.WriteByte('~')
	}
	s.out.WriteString(full)
	s.at = t.End
	return nil
}

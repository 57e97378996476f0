package recommend

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
)

// Settle is the site-wide step, after resolve: with the entities' IRIs in place it gives every recommendation its IRI, ByName, ByIRI,
// ToIRI, Topics, Mentions and SameAs. base is what the site's IRIs start with (resolve.Base).
func Settle(base string, records []*ingest.Record, entities []ingest.Entity) {
	sift(records)
	known := newDirectory(entities)
	topics := newTopicNames(entities)
	for _, r := range records {
		seen := map[ingest.IRI]int{}
		for _, of := range [][]ingest.Recommendation{r.Recommendations, r.Unlisted} {
			for i := range of {
				a := &of[i]
				a.IRI = iri(base, r.Path, a.Text)
				if n := seen[a.IRI]; n > 0 {
					seen[a.IRI]++
					a.IRI = ingest.IRI(fmt.Sprintf("%s-%d", a.IRI, n+1))
				} else {
					seen[a.IRI] = 1
				}
				a.ByName, a.ByIRI = r.NameOf(a.By), r.IRIOf(a.By)
				a.ToIRI = cmp.Or(r.IRIOf(a.ToRef), known.find(a.To), known.government(r, a.To))
				a.Mentions = within(r, a.Span, a.ByIRI)
				a.Topics = topics.of(r, a)
				a.SameAs = ""
			}
		}
	}
	gather(records)
}

// A site with so many event pages has its recommendations there; of its other pages, diaries and adverts among them, only
// those count that are this sure and have a sign of asking of their own.
const (
	enoughEvents = 20
	sure         = 0.5
)

// sift takes out the unsure recommendations of pages that are no events, where the site has enough of these.
func sift(records []*ingest.Record) {
	events := 0
	for _, r := range records {
		if r.Kind == ingest.EventPage {
			events++
		}
	}
	if events < enoughEvents {
		return
	}
	for _, r := range records {
		if r.Kind != ingest.EventPage {
			r.Recommendations = slices.DeleteFunc(r.Recommendations, func(a ingest.Recommendation) bool {
				return a.Confidence < sure || a.Rule == ruleContext || a.Rule == ruleHeaded
			})
		}
	}
}

// iri names a recommendation by its first words and the hash of page and text: it stays while both stay.
func iri(base, path, text string) ingest.IRI {
	var slug strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			slug.WriteRune(r)
		case slug.Len() > 40:
		case slug.Len() > 0 && !strings.HasSuffix(slug.String(), "-") && (unicode.IsSpace(r) || unicode.IsPunct(r)):
			slug.WriteByte('-')
		}
		if slug.Len() > 40 && (unicode.IsSpace(r) || slug.Len() > 60) {
			break
		}
	}
	sum := sha256.Sum256([]byte(path + "\n" + text))
	return ingest.IRI(fmt.Sprintf("%s/id/recommendation/%s-%x", base, strings.Trim(slug.String(), "-"), sum[:4]))
}

// called returns the person or organisation that the page calls by the name.
func called(r *ingest.Record, name string) ingest.LocalID {
	if name == "" {
		return 0
	}
	bare := bareName(name)
	for i := range r.People {
		if names(&r.People[i].Reference, bare) {
			return r.People[i].ID
		}
	}
	for i := range r.Organisations {
		if names(&r.Organisations[i], bare) {
			return r.Organisations[i].ID
		}
	}
	return 0
}

func names(ref *ingest.Reference, bare string) bool {
	return bareName(ref.Name) == bare || slices.ContainsFunc(ref.Mentions, func(m ingest.Mention) bool { return bareName(m.Text) == bare })
}

// bareName is a name in small letters, without its article.
func bareName(s string) string { return strings.TrimPrefix(strings.ToLower(folded(s)), "the ") }

// directory finds organisations by the names that the whole site knows.
type directory map[string]ingest.IRI

func newDirectory(entities []ingest.Entity) directory {
	d := directory{}
	for _, e := range entities {
		if e.Kind != kinds.Organisation {
			continue
		}
		for _, n := range append([]string{e.Name}, e.Aliases...) {
			if key := bareName(n); d[key] == "" {
				d[key] = e.IRI
			} else if d[key] != e.IRI {
				d[key] = "?" // of two bodies: neither
			}
		}
	}
	return d
}

func (d directory) find(name string) ingest.IRI {
	if found := d[bareName(name)]; found != "?" && name != "" {
		return found
	}
	return ""
}

// government finds the body that "the government" or "ministers" of a page mean, where the page names one country only.
func (d directory) government(r *ingest.Record, to string) ingest.IRI {
	bare := bareName(to)
	if !governing[bare] {
		return ""
	}
	var country *ingest.CountryReference
	for i := range r.Countries {
		if c := &r.Countries[i]; c.Form != "place" {
			if country != nil {
				return ""
			}
			country = c
		}
	}
	if country == nil {
		return ""
	}
	forms := []string{country.Name}
	for _, m := range country.Mentions {
		forms = append(forms, m.Text)
	}
	for _, f := range forms {
		for _, name := range []string{f + " government", "government of " + f, "government of the " + f, f + " " + bare} {
			if found := d.find(name); found != "" {
				return found
			}
		}
	}
	return ""
}

// governing are words for the government of the country at hand.
var governing = fold.Set("government ministers national central")

// within lists the entities that the span names, sorted, without the one who speaks.
func within(r *ingest.Record, s ingest.Span, by ingest.IRI) []ingest.IRI {
	var out []ingest.IRI
	add := func(ref *ingest.Reference) {
		if ref.IRI != "" && ref.IRI != by && slices.ContainsFunc(ref.Mentions, func(m ingest.Mention) bool { return s.Holds(m.Span) }) {
			out = append(out, ref.IRI)
		}
	}
	for i := range r.People {
		add(&r.People[i].Reference)
	}
	for i := range r.Organisations {
		add(&r.Organisations[i])
	}
	for i := range r.Countries {
		add(&r.Countries[i].Reference)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

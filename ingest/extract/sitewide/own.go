package sitewide

import (
	"slices"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// OwnPeople ties the people who have a page of their own on a site to the site's body: what such a page's front matter says
// of a role, and of no other organisation, they are there. Name is the site's.
func OwnPeople(drafts []*ingest.Record, name string) {
	if name == "" || strings.Contains(name, ".") || endsIn(name, occasionEnds) {
		return
	}
	for _, r := range drafts {
		if r.Kind != ingest.PersonPage {
			continue
		}
		field, past := roleField(r)
		if field < 0 {
			continue
		}
		for i := range r.People {
			if p := &r.People[i]; fold.Name(p.Name) == fold.Name(r.Title) {
				tieToSite(r, p, name, &r.Blocks[field], past)
			}
		}
	}
}

// OwnBody finds the body whose site it is on the pages that name it, where its name can hardly mean anything else: it has a capital or
// a digit inside, or the head of a body's name. Name is the site's.
func OwnBody(drafts []*ingest.Record, name string, words *gazetteer.Gazetteer) {
	parts := strings.Fields(name)
	if len(parts) > 2 {
		for _, r := range drafts {
			complete(r, name, parts[len(parts)-1])
		}
	}
	if strings.Contains(name, ".") || !distinct(name) && !strings.ContainsFunc(name, unicode.IsDigit) ||
		endsIn(name, occasionEnds) || endsIn(name, publicationEnds) {
		return
	}
	if len(parts) == 0 || len(parts) > 1 && words.Word(strings.ToLower(parts[len(parts)-1]))&gazetteer.OrgHead == 0 {
		return
	}
	own := map[string][]*siteName{parts[0]: {{text: name, sure: 1, own: true}}}
	for _, r := range drafts {
		addBodies(r, namesIn(r, own))
	}
}

var (
	// occasionEnds are how the names of occasions and series end, and publicationEnds those of what is read or heard: a site that is called
	// so is that of no body by its name.
	occasionEnds = []string{"con", "conf", "camp", "fest", "days", "day", "meetup", "meetups", "summit", "conference", "festival", "workshop",
		"workshops", "symposium", "week", "seminar", "seminars", "talks", "lectures", "series", "hackathon", "unconference"}
	publicationEnds = []string{"weekly", "daily", "monthly", "news", "newsletter", "journal", "magazine", "review", "gazette", "bulletin",
		"digest", "podcast", "blog", "handbook", "guide", "guides", "docs", "documentation", "show", "wiki"}
)

// endsIn reports whether the last word of a name is one of those, or ends in one behind a capital: "Tide Weekly", "TideCon".
func endsIn(name string, ends []string) bool {
	last := name[strings.LastIndexByte(name, ' ')+1:]
	last = strings.TrimRight(last, "0123456789'’")
	return slices.ContainsFunc(ends, func(end string) bool {
		return strings.EqualFold(last, end) || strings.HasSuffix(last, strings.ToUpper(end[:1])+end[1:])
	})
}

// complete gives a body that is called by the last word of the site's name, where the words before it complete that name in whatever
// case, the whole name: "[CONNECTED by] TIDES" on the site of Connected by Tides.
func complete(r *ingest.Record, name, last string) {
	before := len(name) - len(last)
	for i := range r.Organisations {
		o := &r.Organisations[i]
		for k := range o.Mentions {
			m := &o.Mentions[k]
			if !strings.EqualFold(m.Text, last) || m.Start < before || !strings.EqualFold(r.Text[m.Start-before:m.End], name) {
				continue
			}
			m.Start -= before
			m.Text = r.Text[m.Start:m.End]
			if strings.EqualFold(o.Name, last) {
				o.Name = name
			}
		}
	}
}

// roleField finds the field of a person's page that says what they are at the site, -1 if none does or the front matter names
// the organisation itself; past if it lists them among those who were there.
func roleField(r *ingest.Record) (field int, past bool) {
	field = -1
	for i := range r.Blocks {
		b := &r.Blocks[i]
		if b.Kind != ingest.FieldBlock {
			continue
		}
		switch strings.ToLower(text.LastKey(b.Key)) {
		case "role", "position", "job_title", "jobtitle", "job":
			if field < 0 && !strings.Contains(b.Key, ".") {
				field = i
			}
		case "roles", "status", "group", "groups", "team":
			past = past || pastGroups[strings.ToLower(b.In(r.Text))]
		case "organisation", "organization", "affiliation", "company", "employer", "institution", "org":
			return -1, false
		}
	}
	for _, key := range []string{"roles", "status", "group", "groups", "team"} {
		switch said := r.FrontMatter[key].(type) {
		case string:
			past = past || pastGroups[strings.ToLower(said)]
		case []any:
			for _, s := range said {
				if s, ok := s.(string); ok {
					past = past || pastGroups[strings.ToLower(s)]
				}
			}
		}
	}
	return field, past
}

var pastGroups = map[string]bool{"alumni": true, "alumnus": true, "alumna": true, "former": true, "past": true, "previous": true}

// tieToSite adds the tie of a person to the site's body, which has no mention where the page does not name it.
func tieToSite(r *ingest.Record, p *ingest.Participant, name string, field *ingest.Block, past bool) {
	role := fold.Space(field.In(r.Text))
	if rest, ok := strings.CutPrefix(role, "Former "); ok {
		role, past = rest, true
	}
	var body *ingest.Reference
	last := ingest.LocalID(0)
	for i := range r.Organisations {
		o := &r.Organisations[i]
		last = max(last, o.ID)
		if fold.Name(o.Name) == fold.Name(name) {
			body = o
		}
	}
	for i := range r.People {
		last = max(last, r.People[i].ID)
	}
	if body == nil {
		r.Organisations = append(r.Organisations, ingest.Reference{ID: last + 1, Name: name, Confidence: 0.95, Mentions: []ingest.Mention{}})
		body = &r.Organisations[len(r.Organisations)-1]
	}
	for i := range p.Affiliations {
		if a := &p.Affiliations[i]; a.Organisation == body.ID {
			a.Role, a.Former, a.Confidence = role, past, max(a.Confidence, 0.95)
			return
		}
	}
	p.Affiliations = append(p.Affiliations, ingest.Affiliation{Span: field.Span, Organisation: body.ID, Role: role, Relation: relationOf(role),
		Former: past, Rule: "own-page", Confidence: 0.95})
}

// relationOf is what a role makes of somebody: a member where it is a seat or a fellowship, else one who works there.
func relationOf(role string) ingest.Relation {
	for _, w := range strings.Fields(strings.ToLower(role)) {
		switch strings.Trim(w, ",.()") {
		case "member", "fellow", "trustee", "board", "advisor", "adviser", "associate", "non-executive", "student", "alumnus":
			return ingest.Member
		}
	}
	return ingest.WorksFor
}

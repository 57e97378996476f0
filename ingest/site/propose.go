package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"rapporteur/ingest"
)

// Propose writes a rapporteur.yaml for a folder, from what was seen in it: what is known stands as it is, what a person must
// decide is a comment with its reason. The result is YAML that ingestion accepts unchanged.
func (f *Folder) Propose() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# What rapporteur should know of this site. Lines that begin with # are proposals: take the sign off those that are right.")
	if f.URL != "" {
		line("url: %q", f.URL)
	} else {
		line("# url: https://example.org  # no setting of the site's generator says it")
	}
	if f.Name != "" {
		line("name: %q", f.Name)
	}
	kinds := map[ingest.PageKind]int{}
	others := map[string]int{}
	for _, p := range f.Pages {
		kinds[p.Kind]++
		if p.Kind == ingest.OtherPage && p.Collection != "" {
			others[p.Collection]++
		}
	}
	var read []string
	for _, k := range []ingest.PageKind{ingest.EventPage, ingest.PostPage, ingest.PersonPage, ingest.OrganisationPage, ingest.TopicPage,
		ingest.ProjectPage, ingest.OtherPage} {
		if kinds[k] > 0 {
			read = append(read, fmt.Sprintf("%s %d", k, kinds[k]))
		}
	}
	line("")
	line("# Pages by kind: %s.", strings.Join(read, ", "))
	var folders []string
	for name, n := range others {
		if n >= 3 {
			folders = append(folders, fmt.Sprintf("%q", name))
		}
	}
	if slices.Sort(folders); len(folders) > 0 {
		line("# kinds:")
		line("#   event: [%s]  # folders of no known kind: leave those here that hold events", strings.Join(folders, ", "))
	}
	roles := map[string][]string{}
	var keys, skip, include []string
	for _, g := range f.Account {
		switch g.Kind {
		case ingest.KeyGap:
			if len(keys) == 0 {
				keys = append(keys, "# fields:  # keys whose values read like names; move a key to what it holds: speakers, authors, organisers ...")
			}
			role, _, _ := strings.Cut(strings.TrimPrefix(g.Mend, "fields: {"), ":")
			roles[role] = append(roles[role], fmt.Sprintf("%q", g.Subject))
			keys = append(keys, fmt.Sprintf("#   # %s, such as %s", g.Text, g.Example))
		case ingest.DateGap:
			if key, ok := strings.CutPrefix(g.Mend, "fields: {date: ["); ok {
				key, _, _ = strings.Cut(key, "]")
				roles["date"] = append(roles["date"], key)
				keys = append(keys, fmt.Sprintf("#   # %s, such as %s", g.Text, g.Example))
			}
		case ingest.EndingGap:
			skip = append(skip, fmt.Sprintf("#   - %q  # %s, such as %s", "**/*"+g.Subject, g.Text, g.Example))
		case ingest.WithheldGap:
			list, _, _ := strings.Cut(strings.TrimPrefix(g.Mend, "include: ["), "]")
			for one := range strings.SplitSeq(list, ", ") {
				include = append(include, fmt.Sprintf("#   - %s  # %s", one, g.Text))
			}
		}
	}
	if len(roles) > 0 && (len(keys) == 0 || !strings.HasPrefix(keys[0], "# fields:")) {
		keys = append([]string{"# fields:"}, keys...)
	}
	for _, role := range slices.Sorted(maps.Keys(roles)) {
		keys = append(keys, fmt.Sprintf("#   %s: [%s]", role, strings.Join(roles[role], ", ")))
	}
	if len(keys) > 0 {
		line("")
		line("%s", strings.Join(keys, "\n"))
	}
	for _, list := range []struct {
		name  string
		lines []string
	}{{"skip", skip}, {"include", include}} {
		if len(list.lines) > 0 {
			line("")
			line("# %s:", list.name)
			line("%s", strings.Join(list.lines, "\n"))
		}
	}
	return b.String()
}

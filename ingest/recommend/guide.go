package recommend

import "rapporteur/ingest"

// What makes a page without a date a guide: so many sentences at least, and a share of them that say "you", or where its title speaks of
// one that say so or command.
const (
	fewestOfGuide = 12
	youThroughout = 0.25
	youInPost     = 0.4
	bidThroughout = 0.3
)

// guides reports whether a page tells its reader what to do throughout, as guides and handbooks do. What somebody says in a talk or of
// their life is none.
func (f *Finder) guides(v *view) bool {
	talk := v.page.Genre == ingest.EventGenre || v.page.Genre == ingest.ProfileGenre
	share := youThroughout
	if v.page.Genre == ingest.PostGenre {
		share = youInPost
	}
	addressed, bidden := 0, 0
	for i := range v.candidates {
		switch c := &v.candidates[i]; {
		case c.cues&you != 0:
			addressed++
		case f.commands(c.words) && len(c.words) > fewestWords:
			bidden++
		}
	}
	all := float64(len(v.candidates))
	ws := words(v.page.Title, lowered(v.page.Title), ingest.Span{End: len(v.page.Title)}, nil)
	titled := any(ws, guideWords) || phrases(ws, "best practices", "good practice")
	return len(v.candidates) >= fewestOfGuide &&
		(!talk && float64(addressed) >= share*all || titled && float64(addressed+bidden) >= bidThroughout*all)
}

package search

import (
	"cmp"
	"context"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// TopicMap ties organisations to topics by the events on a topic at which somebody spoke for the organisation: at most so many
// of each, those with most such events. The site's own body is left out, for it speaks about everything. The map is made when
// it is asked for first.
func (g *Generation) TopicMap(ctx context.Context, organisations, topics int) (*answer.TopicMap, error) {
	g.mapping.Lock()
	defer g.mapping.Unlock()
	if m := g.topicMap; m != nil && m.organisations == organisations && m.topics == topics {
		return m.answer, nil
	}
	m, err := g.mapTopics(ctx, organisations, topics)
	if err == nil {
		g.topicMap = &madeMap{organisations, topics, m}
	}
	return m, err
}

// madeMap is a TopicMap and what it was asked with.
type madeMap struct {
	organisations, topics int
	answer                *answer.TopicMap
}

func (g *Generation) mapTopics(ctx context.Context, organisations, topics int) (*answer.TopicMap, error) {
	own := fold.Name(g.catalogue.Site)
	listed := slices.DeleteFunc(slices.Clone(g.catalogue.Organisations), func(o answer.Listed) bool {
		return o.Events == 0 || fold.Name(o.Name) == own
	})
	slices.SortStableFunc(listed, func(x, y answer.Listed) int { return y.Events - x.Events })
	type pair struct{ body, topic ingest.IRI }
	said, events := map[pair]int{}, map[ingest.IRI]int{}
	m := &answer.TopicMap{Links: []answer.Link{}}
	for _, b := range listed {
		if len(m.Organisations) == organisations {
			break
		}
		profile, err := g.Profile(ctx, b.ID)
		if err != nil {
			return nil, err
		}
		tied := false
		for _, c := range profile.Connections[string(kinds.Topic)] {
			if c.Said > 0 {
				said[pair{b.ID, c.To.ID}], tied = c.Said, true
				events[c.To.ID] += c.Said
			}
		}
		if tied {
			m.Organisations = append(m.Organisations, answer.CoOccurrence{To: b.Ref, Pages: b.Events})
		}
	}
	for _, t := range g.catalogue.Topics {
		if events[t.ID] > 0 {
			m.Topics = append(m.Topics, answer.CoOccurrence{To: t.Ref, Pages: events[t.ID]})
		}
	}
	slices.SortStableFunc(m.Topics, func(x, y answer.CoOccurrence) int { return cmp.Compare(y.Pages, x.Pages) })
	m.Topics = m.Topics[:min(topics, len(m.Topics))]
	for i, o := range m.Organisations {
		for j, t := range m.Topics {
			if n := said[pair{o.To.ID, t.To.ID}]; n > 0 {
				m.Links = append(m.Links, answer.Link{From: i, To: j, Pages: n})
			}
		}
	}
	return m, nil
}

package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// RecommendationGroup is recommendations under one heading.
type RecommendationGroup struct {
	Name            string
	Ref             *Ref // the topic or speaker; nil for years, and for what has none
	Recommendations []Recommendation
}

// What recommendations can be grouped by.
const (
	ByTopic   = "topic"
	BySpeaker = "speaker"
	ByYear    = "year"
)

// GroupRecommendations puts recommendations under topics, speakers or years, keeping their order within a group: years from the
// newest, others from the one with most, then by name; those without a topic or speaker come last. One with several
// topics is under each.
func GroupRecommendations(asks []Recommendation, by string) ([]RecommendationGroup, error) {
	var groups []RecommendationGroup
	at := map[string]int{}
	put := func(name string, ref *Ref, a Recommendation) {
		key := name
		if ref != nil {
			key = string(ref.ID)
		}
		k, ok := at[key]
		if !ok {
			k = len(groups)
			at[key] = k
			groups = append(groups, RecommendationGroup{Name: name, Ref: ref})
		}
		groups[k].Recommendations = append(groups[k].Recommendations, a)
	}
	for _, a := range asks {
		switch by {
		case ByTopic:
			for _, t := range a.Topics {
				t.Inferred = false // of the page, not of the topic
				put(t.Name, &t, a)
			}
			if len(a.Topics) == 0 {
				put("", nil, a)
			}
		case BySpeaker:
			if a.By != nil {
				put(a.By.Name, a.By, a)
			} else {
				put("", nil, a)
			}
		case ByYear:
			put(Year(a.Date), nil, a)
		default:
			return nil, fmt.Errorf("recommendations are grouped by %s, %s or %s, not by %q", ByTopic, BySpeaker, ByYear, by)
		}
	}
	slices.SortStableFunc(groups, func(a, b RecommendationGroup) int {
		if (a.Name == "") != (b.Name == "") {
			return cmp.Compare(len(b.Name), len(a.Name)) // the nameless last
		}
		if by == ByYear {
			return strings.Compare(b.Name, a.Name)
		}
		return cmp.Or(len(b.Recommendations)-len(a.Recommendations), strings.Compare(a.Name, b.Name))
	})
	return groups, nil
}

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
	Ref             *Ref // the topic, speaker or addressee; nil for years, and for what has none
	Recommendations []Recommendation
}

// What recommendations can be grouped by.
const (
	ByTopic   = "topic"
	BySpeaker = "speaker"
	ByYear    = "year"
	ByAddress = "addressee"
)

// addressee is whom a recommendation addresses, as the heading of a group: "The Government" and "government" are one.
func addressee(to string) string {
	words := strings.Fields(strings.ToLower(to))
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// GroupRecommendations puts recommendations under topics, speakers, addressees or years, keeping their order within a group: years from the
// newest, others from the one with most, then by name; those without come last. One with several
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
		case ByAddress:
			if a.ToRef != nil {
				put(a.ToRef.Name, a.ToRef, a)
			} else {
				put(addressee(a.To), nil, a)
			}
		case ByYear:
			put(Year(a.Date), nil, a)
		default:
			return nil, fmt.Errorf("recommendations are grouped by %s, %s, %s or %s, not by %q", ByTopic, BySpeaker, ByYear, ByAddress, by)
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

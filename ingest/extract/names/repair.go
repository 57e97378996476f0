package names

import (
	"slices"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
	"rapporteur/ingest/tagger"
)

// What the tagger and the vote of the places leave is mended here by rules that need no training: what is certain from the
// way a name is written, and what looks like a name and never is one.

// repair mends the names of a page, which are in the order of the text.
func (v *View) repair(all []Found) []Found {
	all = v.articled(v.dropAll(all))
	claims := v.initialled(all)
	claims = append(claims, v.nicknamed(all)...)
	claims = append(claims, v.titled(all)...)
	claims = append(claims, v.dignified(all)...)
	claims = append(claims, v.patronymics()...)
	claims = append(claims, v.calledLikeMonths(all)...)
	claims = append(claims, v.afterDates(all)...)
	claims = append(claims, v.particled(all)...)
	claims = append(claims, v.firms(all)...)
	claims = append(claims, v.aroundBracket(all)...)
	claims = append(claims, v.apposed(all)...)
	claims = append(claims, v.doers(all)...)
	claims = append(claims, v.agents(all)...)
	claims = append(claims, v.twoScripts()...)
	all = claim(all, claims)
	all = claim(all, v.bylines(all))
	all = v.explained(v.splitAll(all))
	return v.spellings(claim(all, v.latinBeside(all)))
}

// articled takes for bodies what was taken for people but has an article where nobody's name has one, at half of its places or more:
// "founded by the Alder Pinetum, ...". The last word is no surname, and what follows is not what the name goes with: "the Jane Roe talk".
func (v *View) articled(all []Found) []Found {
	places, with := map[string]int{}, map[string]int{}
	bodily := func(f *Found) bool {
		return f.Kind == tagger.BeginPerson && f.To-f.From > 1 && v.Toks[f.To-1].Class&gazetteer.Surname == 0 &&
			v.Language(int(v.Toks[f.From].Block)).Depth == language.Full
	}
	for i := range all {
		f := &all[i]
		if !bodily(f) {
			continue
		}
		name := v.Text(f.From, f.To)
		places[name]++
		before, next := v.At(f.From-1, f.From), v.At(f.To, f.From)
		ends := next == nil || next.Opens || afterThings[next.Lower] ||
			next.Shape == text.MarkShape && !goesOn[next.Text]
		if ends && before != nil && before.Lower == "the" && v.Toks[f.From].Spaced {
			with[name]++
		}
	}
	for i := range all {
		if f := &all[i]; bodily(f) {
			if name := v.Text(f.From, f.To); with[name] > 0 && with[name]*2 >= places[name] {
				f.Kind, f.Short = tagger.BeginOrganisation, false
			}
		}
	}
	return all
}

// afterThings are words behind a name that it does not stand before as an adjective does.
var afterThings = fold.SetOf("is", "was", "are", "were", "has", "had", "will", "would", "can", "could", "and", "or", "of", "in", "at", "to",
	"for", "on", "with", "by", "from", "as", "which", "that", "who")

// goesOn are marks behind which a name goes on, or what it goes with.
var goesOn = fold.SetOf("-", "&", "'", "’")

// explained adds the places of short forms that the page explains right after the name of a body: "Weir Office (WOF)".
func (v *View) explained(all []Found) []Found {
	var claims []Found
	known := map[string]bool{} // short forms that were explained: the first explanation is good for all places
	for _, a := range v.Acronyms {
		if known[a.Short] {
			continue
		}
		at := slices.IndexFunc(v.Toks, func(t text.Token) bool { return t.Start == a.Start })
		if at < 2 {
			continue
		}
		body, ok := ending(all, at-1)
		if !ok || body.Kind != tagger.BeginOrganisation || v.Toks[at-1].Text != "(" {
			continue
		}
		known[a.Short] = true
		for i := range v.Toks {
			if v.Toks[i].Text == a.Short && free(all, i, i+1) {
				claims = append(claims, Found{From: i, To: i + 1, Kind: tagger.BeginOrganisation, Rule: "short form", Confidence: body.Confidence})
			}
		}
	}
	return claim(all, claims)
}

// claim puts names in the place of all that they overlap; of two that overlap the first stands.
func claim(all, claims []Found) []Found {
	if len(claims) == 0 {
		return all
	}
	var kept []Found
	sortFound(claims)
	for _, c := range claims {
		if n := len(kept); n == 0 || kept[n-1].To <= c.From {
			kept = append(kept, c)
		} else if c.To-c.From > kept[n-1].To-kept[n-1].From {
			kept[n-1] = c
		}
	}
	next := 0
	out := all[:0:0]
	for _, f := range all {
		for next < len(kept) && kept[next].To <= f.From {
			next++
		}
		if next < len(kept) && kept[next].From < f.To {
			continue
		}
		out = append(out, f)
	}
	out = append(out, kept...)
	sortFound(out)
	return out
}

// dropAll takes out what is no name, with the other places of a page that hold the same words where the reason is one of
// the words and not of the place.
func (v *View) dropAll(all []Found) []Found {
	gone := map[string]bool{}
	things := v.shortThings(all)
	out := all[:0:0]
	for _, f := range all {
		switch f.Kind {
		case tagger.BeginPerson:
			if v.dated(&f); f.Kind != tagger.BeginPerson {
				break
			}
			if v.cutShort(&f); f.To <= f.From {
				continue // "al Noor2031": a particle alone
			}
			if titlesOfSeveral[v.Toks[f.From].Lower] && f.To-f.From > 1 {
				f.From++
			}
			switch placed, never := v.inAddress(f), v.noPerson(f); {
			case placed:
				gone[fold.Name(v.Text(f.From, f.To))] = true
				continue
			case never:
				continue
			}
		case tagger.BeginOrganisation:
			v.dated(&f)
			v.peopleOf(&f)
			v.ofPeople(&f)
			if v.noBody(f, all) || f.To-f.From == 1 && things[v.Toks[f.From].Text] {
				continue
			}
		}
		out = append(out, f)
	}
	if len(gone) == 0 {
		return out
	}
	return slices.DeleteFunc(out, func(f Found) bool {
		return f.Kind == tagger.BeginPerson && gone[fold.Name(v.Text(f.From, f.To))]
	})
}

// free reports whether no name of all stands in a range of tokens; all is in order.
func free(all []Found, from, to int) bool {
	_, ok := over(all, from, to)
	return !ok
}

// over returns the first of all, which is in order, that stands in a range of tokens.
func over(all []Found, from, to int) (Found, bool) {
	i, _ := slices.BinarySearchFunc(all, from, func(f Found, at int) int {
		if f.To <= at {
			return -1
		}
		return 1
	})
	if i < len(all) && all[i].From < to {
		return all[i], true
	}
	return Found{}, false
}

// ending returns the name of all that ends at token i.
func ending(all []Found, i int) (Found, bool) {
	f, ok := over(all, i-1, i)
	return f, ok && f.To == i
}

package ties

import (
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// commissions are what is done for somebody who is no employer.
var commissions = fold.Set(`contract contracts commission commissions tender bid project projects mapping consultancy evaluation review
	workshop workshops training session sessions event events report reports research study`)

// heldWith are what one has with a body that one belongs to: "my new fellowship with the Tide Trust".
var heldWith = fold.Set(`fellowship fellow role roles job position post placement secondment internship intern employed employment
	volunteer volunteering volunteered career residency affiliated affiliation chair trustee`)

// companyOf are people of a body among whom a visitor comes.
var companyOf = fold.Set(`members colleagues folks people friends staff representatives delegates students`)

// client reports whether a body is one that the writer does something for, with, or among its people: "a small contract we are working
// on for the Tide Trust", "our mapping work for the Tide Trust", "half a day with the Tide Trust", "I joined members of the Tide Trust".
func (v *view) client(x *pair) bool {
	from, _ := v.Sentence(x.b.From)
	at := x.b.From - 1
	if v.lower(at, x.b.From) == "the" {
		at--
	}
	before := func(i int) string {
		if i < from {
			return ""
		}
		return v.Toks[i].Lower
	}
	const reach = 12 // tokens
	switch before(at) {
	case "for":
		if before(at-1) == "on" {
			return true
		}
		if v.workOfOthers(max(at-1, from), from) {
			return true
		}
		for i := at - 1; i >= from && i > at-reach; i-- {
			if commissions[v.Toks[i].Lower] && v.Toks[i+1].Class&gazetteer.Role == 0 { // not: "project manager for the Tide Trust"
				return true
			}
		}
	case "with":
		for i := at - 1; i >= from && i > at-4; i-- {
			if heldWith[v.Toks[i].Lower] {
				return false
			}
		}
		return true
	case "of", "from", "at":
		return companyOf[before(at-1)]
	}
	return false
}

// matters are what is talked about of a body.
var matters = fold.Set(`role roles work future place impact history plans strategy funding policy idea importance`)

// talkedAbout reports whether somebody only talked about a matter of a body: "a chat with Jane Roe about the role of the Tide Trust".
func (v *view) talkedAbout(x *pair) bool {
	at := x.b.From - 1
	if v.lower(at, x.p.To) == "the" {
		at--
	}
	if at-3 < x.p.To || v.lower(at, x.p.To) != "of" || !matters[v.lower(at-1, x.p.To)] {
		return false
	}
	return v.lower(at-2, x.p.To) == "the" && (v.lower(at-3, x.p.To) == "about" || v.lower(at-3, x.p.To) == "on")
}

package recommend

// Features are the names of what the models of words observe.
var Features = []string{
	"above", "address", "after", "alone", "asks", "at", "before", "bold first", "bold whole", "capitals", "closes", "command", "cue", "cues",
	"early", "ends", "ends ?", "first", "first form", "genre", "genre+cue", "genre+sign", "heading", "heading kin", "heading word", "headings",
	"kin", "kin left", "kin right", "kin starts", "kin starts wide", "kin wide", "kind", "kind+cue", "label", "lead-in", "lead-in end",
	"lead-in kin", "lead-in last", "lead-in word", "left", "list imperative", "list names", "list strong", "name first", "near",
	"near after", "near before", "near list", "near page", "near section", "nested", "opens", "ordered", "page", "page me", "page past",
	"page strong", "quotes", "right", "section me", "section past", "section strong", "self", "sign", "signs", "size", "starts", "word",
}

// Numbers are the names of what the trees are asked about, in their order.
var Numbers = numberNames()

// numberNames lists the names in the order in which Finder.numbers gives the values.
func numberNames() []string {
	names := []string{"by words, first reading", "by words, second reading"}
	list := func(before string, of ...string) {
		for _, name := range of {
			names = append(names, before+name)
		}
	}
	for _, g := range numberedGenres {
		list("genre: ", string(g))
	}
	list("page: ", "event", "minutes", "how-to", "diary")
	for _, k := range numberedKinds {
		list("block: ", string(k))
	}
	list("cue: ", cueName[:]...)
	list("sign: ", signNames...)
	list("", "signs", "words", "place in the block", "sentences of the block", "place on the page", "place in the list")
	list("told: ", "nobody", "the writer", "us", "the reader", "him or them", "a body", "somebody named", "something else", "in the passive")
	list("ends: ", "?", ":", ".")
	list("", "quotation marks", "begins with a name", "a link")
	for _, of := range []string{"page", "section", "list"} {
		list("share of the "+of+": ", "cues", "commands", "past", "I", "names")
	}
	list("others, first reading: ", "page", "section", "list")
	list("neighbour, first reading: ", "second before", "before", "after", "second after")
	for _, of := range []string{"lead-in", "parent", "heading"} {
		list(of+": ", "first reading", "a demand", "a point", "a plan or talk")
	}
	return names
}

// The rooms of the header under which the names stand.
const (
	featuresRoom = "recommend"
	numbersRoom  = "recommend, numbers"
)

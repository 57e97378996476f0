package names

import (
	"strings"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// What is called after a country and says nothing of it: languages, dishes, and what a body cares for.

var (
	// languages are those that countries and peoples give their names to, among them those that are called like no country.
	languages = fold.SetOf("english", "french", "german", "spanish", "portuguese", "italian", "dutch", "russian", "chinese",
		"japanese", "korean",
		"arabic", "hindi", "urdu", "bengali", "swahili", "turkish", "polish", "czech", "slovak",
		"hungarian", "romanian", "bulgarian", "greek", "hebrew", "persian", "farsi", "swedish", "danish", "norwegian", "finnish", "estonian",
		"latvian", "lithuanian", "ukrainian", "croatian", "serbian", "bosnian", "slovenian", "albanian", "vietnamese", "thai", "indonesian",
		"malay", "tagalog", "filipino", "tamil", "telugu", "mandarin", "cantonese", "latin", "welsh", "irish", "gaelic", "catalan", "basque",
		"galician", "esperanto", "amharic", "somali", "haitian", "creole", "punjabi", "nepali", "burmese", "khmer", "lao", "mongolian",
		"icelandic", "afrikaans", "yoruba", "igbo", "hausa", "zulu", "xhosa", "maltese", "armenian", "georgian", "pashto", "dari", "kurdish",
		"brazilian")
	// besideLanguages are small words between two languages.
	besideLanguages = fold.SetOf("and", "or", "to", "into")
	// clauseGoesOn are words in small letters behind a language that is no part of a longer name.
	clauseGoesOn = fold.SetOf("but", "only", "so", "is", "was", "may", "because", "when", "if", "with", "for", "by", "as", "at", "on", "in",
		"from")
	// languageWords follow a language.
	languageWords = fold.SetOf("language", "languages", "translation", "translations", "version", "versions", "text", "speaking", "speaker",
		"speakers",
		"proficiency", "subtitles", "captions", "transcript", "transcripts", "edition", "word", "words",
		"grammar", "spelling", "dictionary", "lessons", "classes", "literature", "keyboard", "alphabet", "interpreter", "interpreters",
		"interpretation", "materials", "wikipedia", "documentation", "teacher", "teachers", "skills", "title", "summary", "slides", "content",
		"resources", "learners", "name", "names")
	// dishes are what people cook and drink.
	dishes = fold.SetOf("food", "cuisine", "dish", "dishes", "cooking", "restaurant", "restaurants", "takeaway", "empanadas", "tacos", "taco",
		"burritos", "burrito", "pizza", "pizzas", "pasta", "curry", "curries", "wine", "wines", "cheese", "bread",
		"pastries", "pastry", "tea", "coffee", "breakfast", "brunch", "lunch", "dinner", "fries", "toast", "sauce", "sausage", "sausages",
		"salad", "soup", "stew", "rice", "noodles", "chocolate", "chocolates", "waffles", "beer", "beers", "cider", "whisky", "whiskey",
		"biscuits", "cake", "cakes", "snacks", "sandwiches", "sandwich", "tapas", "bbq", "barbecue", "dumplings", "kebab", "kebabs", "falafel",
		"sushi", "ramen", "pho", "roast", "pancakes", "muffins", "dressing", "beans", "chicken", "buffet", "bakery", "grill", "meatballs",
		"ceviche", "rolls", "nuts", "nut", "bacon", "ham", "butter", "pie", "pies", "doughnuts", "donuts", "cookies", "pickles", "olives",
		"yoghurt", "yogurt", "honey", "spirits", "vodka", "gin", "rum", "brandy", "liqueur", "cocktails", "juice", "dim", "hotpot", "paella",
		"gelato", "espresso", "tiramisu", "risotto", "lasagne", "gnocchi", "hummus", "baklava", "moussaka", "goulash", "pierogi", "borscht",
		"stroopwafels", "smorgasbord", "bento", "tempura", "kimchi", "satay", "samosas", "biryani", "naan", "chai", "arepas", "churros",
		"quesadillas", "nachos", "salsa", "guacamole", "feta", "gouda", "truffles", "fondue", "raclette", "schnitzel", "pretzels", "crepes",
		"croissants", "baguettes", "quiche", "desserts", "dessert", "starters", "canapés", "flavours", "flavors", "recipes", "recipe", "chef",
		"chefs", "catering", "barbecues", "picnic", "käse", "essen", "küche", "wein", "bier", "kaffee", "tee", "fromage", "fromages", "vin",
		"vins", "bière", "bières", "queso", "vino", "cerveza")
	// relates stand before a language.
	relates = fold.SetOf("in", "into", "from", "to", "between", "speak", "speaks", "spoken", "speaking", "than", "learn", "learning",
		"translated",
		"fluent", "read", "write", "written")
)

// dish reports whether what is eaten or drunk follows what is called after a country.
func (v *View) dish(to, block int) bool {
	for i := to; i < to+3; i++ {
		t := v.At(i, block)
		if t == nil || t.Shape == text.MarkShape {
			return false
		}
		if dishes[t.Lower] {
			return true
		}
		if t.Shape != text.LowerShape || i > to && text.Joins[t.Lower] {
			return false
		}
	}
	return false
}

// tongue reports whether a demonym stands for a language: by the noun after it, by the words before it, as a label, or
// among other languages.
func (v *View) tongue(from, to int) bool {
	t := &v.Toks[from]
	word, tail, joined := strings.Cut(t.Lower, "-")
	if !languages[word] || to-from > 1 {
		return false
	}
	if joined && languageWords[tail] {
		return true
	}
	after := v.At(to, from)
	if after != nil && after.Text == "-" && v.At(to+1, from) != nil && languageWords[v.Toks[to+1].Lower] ||
		after != nil && languageWords[after.Lower] {
		return true
	}
	if after != nil && (after.Shape == text.LowerShape && !v.betweenTongues(to, from) &&
		!clauseGoesOn[after.Lower] || after.Capital()) {
		return false // "the Spanish government", "English Heritage"
	}
	before := v.At(from-1, from)
	if before == nil { // a label: "Spanish: ..."
		return after != nil && (after.Text == ":" || after.Text == "*" || after.Text == "/" || after.Text == "|")
	}
	if relates[before.Lower] {
		return true
	}
	// among others: at least one of them is asked for as a language, or is the name of nothing else
	for _, step := range []int{-1, 1} {
		for i := from + step; v.At(i, from) != nil; i += step {
			w := &v.Toks[i]
			switch {
			case languages[w.Lower]:
				if v.Hints[i].Place == gazetteer.NoPlace {
					return true
				}
				continue
			case w.Text == "," || w.Text == "/" || w.Lower == "and" || w.Lower == "or" || w.Lower == "to" || w.Text == "&":
				continue
			}
			if step < 0 && relates[w.Lower] {
				return true
			}
			break
		}
	}
	return false
}

// betweenTongues reports whether a small word at token i links two languages: "English and Spanish", "English to Spanish".
func (v *View) betweenTongues(i, block int) bool {
	w := v.At(i+1, block)
	return w != nil && languages[w.Lower] && besideLanguages[v.Toks[i].Lower]
}

// subject reports whether a demonym says in a body's name what the body cares for, not where it is: "Centre for British Art".
func (v *View) subject(from int) bool {
	prep, next := v.At(from-1, from), v.At(from+1, from)
	if prep == nil || next == nil || prep.Lower != "for" && prep.Lower != "of" || !next.Capital() || !next.Spaced {
		return false
	}
	for i := from - 2; i > from-5 && v.At(i, from) != nil && v.Toks[i].Capital(); i-- {
		if v.Toks[i].Class&gazetteer.OrgHead != 0 {
			return true
		}
	}
	return false
}

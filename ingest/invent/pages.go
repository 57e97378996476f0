package invent

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"strings"
)

// Pages makes the files of a site as people write them, with that many pages of about 10 kB each: path and contents, the settings
// first. The same numbers make the same files. People, bodies, topics and rare words grow with the site, and the chance of the nth
// of them is about 1/n; passages are written anew for each page, so that no two pages are alike.
func Pages(pages int, seed uint64) iter.Seq2[string, string] {
	return func(yield func(path, text string) bool) {
		if !yield("_config.yml", "title: Invented\nurl: "+base+"\ncollections:\n"+
			"  events: {output: true}\n  minutes: {output: true}\n  people: {output: true}\n") {
			return
		}
		for i := range pages {
			w := newAuthor(pages, seed, i)
			if path, text := w.page(i); !yield(path, text) {
				return
			}
		}
	}
}

// author writes one page.
type author struct {
	*rand.Rand
	strings.Builder
	people, bodies, topics, rare int // how many the site has
}

func newAuthor(pages int, seed uint64, page int) *author {
	n := float64(max(pages, 10))
	return &author{Rand: rand.New(rand.NewPCG(seed, uint64(page))), people: int(n * 1.5), bodies: int(n * 0.6),
		topics: 5 + int(math.Sqrt(n)), rare: 500 + int(60*math.Sqrt(n))}
}

var (
	openings = strings.Fields("Al Bar Cor Dun El Fen Gar Hol In Jar Kel Lor Mar Nor Ol Pen Quar Ros Sel Tor Ul Ver Wil Yar Zel")
	middles  = strings.Fields("a be co de en fi ga hi la mo ne or pa ri so ta un va")
	endings  = strings.Fields("bridge combe dale field ford gate ham hurst ley lock mere more ridge shaw stead ton vale ward well wick worth")
	heads    = strings.Fields("Alliance Association Centre Coalition Commission Council Foundation Forum Fund Institute Laboratory League " +
		"Network Observatory Partnership Society Trust Union University")
	posts = strings.Split("director|chief executive|head of policy|policy officer|researcher|professor of law|chair|programme lead|"+
		"senior fellow|campaigns manager|trustee|data analyst|secretary general|adviser", "|")
	nouns = strings.Fields("access account agreement answer archive area audit board budget case change choice city claim code committee " +
		"community contract cost council court data debate decision delay design district document duty effect energy estate event evidence " +
		"fact failure family farmer figure finding form fund future government group harbour health home hospital house idea impact increase " +
		"industry information inquiry issue job judge land language law letter level library licence line list loss machine map market " +
		"measure meeting member method minister model money month neighbour network number office officer order owner page panel parent part " +
		"patient pattern pilot place plan platform policy power practice price problem process programme project promise proposal public " +
		"question rate reason record reform region register report request research resident right river road role rule sample school " +
		"scheme sensor service share sign site society source staff standard state statute step story street study summer supplier survey " +
		"system task teacher team tender term test tool town trade trust use value view village voice vote water way week winter word work " +
		"worker world year")
	verbs = strings.Fields("accepted added agreed answered argued asked avoided began brought built called carried changed checked chose " +
		"closed collected compared counted covered described discussed doubted explained failed followed found funded gave grew heard " +
		"helped joined kept lacked learned left listed lost made measured missed moved needed noticed offered opened ordered paid planned " +
		"proved published raised read received recorded refused reported returned said saw sent served shared showed signed started " +
		"stopped supported taught tested told took tried understood used visited wanted warned welcomed worked wrote")
	adjectives = strings.Fields("annual available better bitter broad careful central clear close common costly current different digital " +
		"early easy fair final formal former free full general good great hard high honest human important independent international joint " +
		"large late legal local long main modern national new old open plain poor possible private proper public quiet rare recent regional " +
		"rural safe second serious sharp short simple slow small social special strong technical urban useful weak whole wide young")
	demands = strings.Split("publish every contract in full|fund local groups for three years|consult residents before buying systems|"+
		"name one officer who answers for the data|test each model before it is used|keep a register of all decisions|"+
		"give people a way to appeal|write the rules in plain language|share the findings with the public|pay the people who take part", "|")
	lands  = strings.Fields("Estonia Kenya Chile Japan Norway Ghana Portugal Canada Vietnam Uruguay Ireland Latvia Peru Nepal Finland Rwanda")
	months = strings.Fields("January February March April May June July August September October November December")
)

// nth picks one of n, the first most often: the chance of the kth is about 1/k.
func (w *author) nth(n int) int { return min(n-1, int(math.Pow(float64(n)+1, w.Float64()))-1) }

func (w *author) one(list []string) string { return list[w.IntN(len(list))] }

// coined is the word with that number, of two to four syllables.
func coined(n int) string {
	s := openings[n%len(openings)]
	n /= len(openings)
	s += middles[n%len(middles)]
	if n /= len(middles); n >= len(endings) {
		s += middles[n/len(endings)%len(middles)]
	}
	return s + endings[n%len(endings)]
}

// spread parts neighbours: names that are used as often as each other begin differently.
func spread(n int) int {
	return n * 7919 % (len(openings) * len(middles) * len(endings) * len(middles))
}

func person(n int) string { return given[n*7%len(given)] + " " + coined(spread(n)) }

func body(n int) string {
	name := coined(spread(n+31)) + " " + heads[n*5%len(heads)]
	if n%4 == 0 {
		name = heads[n*5%len(heads)] + " for " + adjectives[n%len(adjectives)] + " " + nouns[n*3%len(nouns)]
		name = strings.ToUpper(name[:1]) + name[1:] + " of " + coined(spread(n+31))
	}
	return name
}

func subject(n int) string {
	s := adjectives[n*13%len(adjectives)] + " " + nouns[n*17%len(nouns)] + "s"
	return strings.ToUpper(s[:1]) + s[1:]
}

func (w *author) person() string  { return person(w.nth(w.people)) }
func (w *author) body() string    { return body(w.nth(w.bodies)) }
func (w *author) subject() string { return subject(w.nth(w.topics)) }

// noun is a noun, one time in six a rare word.
func (w *author) noun() string {
	if w.IntN(6) == 0 {
		return strings.ToLower(coined(w.nth(w.rare)))
	}
	return nouns[w.nth(len(nouns))]
}

func (w *author) thing() string {
	return []string{"the ", "a ", "every ", "our ", "this ", "their "}[w.IntN(6)] + w.one(adjectives) + " " + w.noun()
}

// sentence writes one that names somebody or something one time in five.
func (w *author) sentence() string {
	switch w.IntN(20) {
	case 0:
		return fmt.Sprintf("%s, %s at the %s, %s %s.", w.person(), w.one(posts), w.body(), w.one(verbs), w.thing())
	case 1:
		return fmt.Sprintf("%s (%s) said that %s %s %s.", w.person(), w.body(), w.thing(), w.one(verbs), w.thing())
	case 2:
		return fmt.Sprintf("In %s the %s %s %s.", w.one(lands), w.body(), w.one(verbs), w.thing())
	case 3:
		return fmt.Sprintf("The %s should %s.", w.noun(), w.one(demands))
	}
	s := fmt.Sprintf("%s %s %s", w.thing(), w.one(verbs), w.thing())
	if w.IntN(2) == 0 {
		s += fmt.Sprintf([]string{", and %s %s %s", " because %s %s %s", ", although %s %s %s", " when %s %s %s"}[w.IntN(4)], w.thing(),
			w.one(verbs), w.thing())
	}
	if w.IntN(3) == 0 {
		s += " in the " + w.noun() + " of the " + w.noun()
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func (w *author) paragraphs(n int) {
	for range n {
		for range 3 + w.IntN(5) {
			w.WriteString(w.sentence() + " ")
		}
		w.WriteString("\n\n")
	}
}

// page writes a page of one of five sorts.
func (w *author) page(i int) (path, text string) {
	day := fmt.Sprintf("20%02d-%02d-%02d", 12+w.IntN(14), 1+w.IntN(12), 1+w.IntN(28))
	about := w.subject()
	title := fmt.Sprintf("%s and %s in %s %d", about, w.noun(), coined(spread(w.nth(w.rare))), i)
	fmt.Fprintf(w, "---\ntitle: %q\ndate: %s\ntopics: [%q, %q]\n", title, day, about, w.subject())
	name := fmt.Sprintf("%s-%d", strings.ToLower(coined(i)), i)
	switch sort := i % 20; {
	case sort < 9:
		path = fmt.Sprintf("_events/%s-%s.md", day, name)
		speakers := []string{w.person(), w.person(), w.person()}
		fmt.Fprintf(w, "speakers: [%q, %q]\n---\n", speakers[0], speakers[1])
		w.paragraphs(2)
		w.WriteString("## Speakers\n\n")
		for _, s := range speakers {
			fmt.Fprintf(w, "* **%s**, %s, %s\n", s, w.one(posts), w.body())
		}
		w.WriteString("\n## What was said\n\n")
		w.paragraphs(12 + w.IntN(10))
		w.WriteString("## Recommendations\n\n")
		for range 1 + w.IntN(3) {
			fmt.Fprintf(w, "* The %s should %s, and %s.\n", w.body(), w.one(demands), w.one(demands))
		}
	case sort < 15:
		path = fmt.Sprintf("_posts/%s-%s.md", day, name)
		fmt.Fprintf(w, "author: %s\n---\n", w.person())
		w.paragraphs(14 + w.IntN(10))
	case sort < 17:
		path = fmt.Sprintf("_posts/%s-digest-%s.md", day, name)
		w.WriteString("---\n")
		for range 40 {
			fmt.Fprintf(w, "* [%s](https://%s.example/%d) (%s). %s\n", w.sentence(), strings.ToLower(coined(w.nth(w.rare))), w.IntN(999), w.body(),
				w.sentence())
		}
	case sort < 18:
		path = fmt.Sprintf("_minutes/%s-%s.md", day, name)
		fmt.Fprintf(w, "---\nMeeting of %d %s.\n\n## Present\n\n", 1+w.IntN(28), w.one(months))
		people := []string{}
		for range 8 {
			people = append(people, w.person())
			fmt.Fprintf(w, "* %s (%s)\n", people[len(people)-1], w.body())
		}
		w.WriteString("\n## Notes\n\n")
		for range 40 {
			fmt.Fprintf(w, "**%s:** %s %s\n\n", w.one(people), w.sentence(), w.sentence())
		}
	default:
		path = fmt.Sprintf("_people/%s.md", name)
		fmt.Fprintf(w, "role: %s\norganisation: %q\n---\n", w.one(posts), w.body())
		w.paragraphs(8 + w.IntN(6))
	}
	return path, w.String()
}

package relate

// signal is one way in which a pair of pages can be near. "From" is the page that is read, "to" the one that is offered.
type signal int

const (
	wordsFrom     signal = iota // the best terms of "from" find "to"
	wordsTo                     // the best terms of "to" find "from"
	phrasesFrom                 // the best pairs of neighbouring terms of "from" find "to"
	phrasesTo                   // and the other way about
	titles                      // the same terms in the titles
	names                       // "from" links to "to", or holds its title
	named                       // and the other way about
	people                      // the same people, in any part
	organisations               // the same organisations
	topics                      // the same topics, as both pages state; inferred ones say no more than the words
	projects                    // the same projects
	countries                   // the same countries
	asks                        // recommendations that ask the same
	categories                  // the same category
	season                      // near in time: exp(-days/60)
	week                        // nearer: exp(-days/7)
	passagesTo                  // a passage of "to" finds "from"
	toProject                   // "to" is a project's page
	toPerson                    // "to" is a person's page
	toTopic                     // "to" is a topic's page
	signals
)

// SignalNames are the names of the signals, in the order of Weights.
var SignalNames = [signals]string{"wordsFrom", "wordsTo", "phrasesFrom", "phrasesTo", "titles", "names", "named", "people", "organisations",
	"topics", "projects", "countries", "asks", "categories", "season", "week", "passagesTo", "toProject", "toPerson", "toTopic"}

// Weights say how much each signal counts, and how much the voices of a page's nearest pages count beside it.
type Weights struct {
	Signals [signals]float64
	Vouch   float64
}

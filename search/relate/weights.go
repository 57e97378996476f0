package relate

// Tuned are the weights in use. Those of words, phrases, names, people, countries, season, the kinds of page and vouching are
// what "go run ./search/relate/tune -fit SITE TRUTH" climbed to, on the development half of a site of 684 pages whose own
// links had been cut (nDCG@10 on the held-out half: .399 for links, .496 for links and projects). That site's pages gave no
// weight, and take no harm from a small one, to titles, organisations, topics, projects and recommendations; they count on sites
// whose pages share them.
var Tuned = Weights{
	Signals: [signals]float64{
		wordsFrom: .5, wordsTo: .1, phrasesFrom: .4, phrasesTo: .2,
		names: .5, named: .35,
		people: .1, organisations: .05, topics: .1, projects: .3, countries: .05, asks: .05,
		season:    .6,
		toProject: .35, toPerson: -.2,
	},
	Vouch: 1.5,
}

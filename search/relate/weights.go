package relate

// Tuned are the weights that relate/tune found; its comment says on what, and what they were measured to bring.
var Tuned = Weights{
	Signals: [signals]float64{
		wordsFrom: .5, wordsTo: .1, phrasesFrom: .4, phrasesTo: .4, titles: .4,
		names: .5, named: .2,
		people: .1, organisations: .1, topics: .1, projects: .3, countries: .05, asks: .1,
		season:    .6,
		toProject: .4, toPerson: -.2, toTopic: -.05,
	},
	Vouch: 1.5,
}

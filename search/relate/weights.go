package relate

// Tuned are the weights in use: between where
//
//	go run ./search/relate/tune -fit SITE=TRUTH SITE
//
// climbed to on the development halves of two sites and what it climbed to on five before there were week and passagesTo, with a
// small weight left to what those sites hardly have (projects, people, recommendations that ask the same). On the other halves they
// reach nDCG@10 of .395 (links) and .510 (links and projects) on a site of 684 pages with its links cut out, and .548 on the links of
// one of other people.
var Tuned = Weights{
	Signals: [signals]float64{
		wordsFrom: .5, wordsTo: .2, phrasesFrom: .3, phrasesTo: .1, titles: .1,
		names: .6, named: .4,
		people: .05, organisations: .05, topics: .25, projects: .3, countries: .05, asks: .05,
		season: .6, week: .15,
		passagesTo: .7,
		toProject:  .35, toPerson: -.2,
	},
	Vouch: .6,
}

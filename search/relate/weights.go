package relate

// Tuned are the weights in use: near to where
//
//	go run ./search/relate/tune -fit SITE=TRUTH SITE...
//
// climbed to on the development halves of five sites, rounded, and with a small weight left to what those sites hardly
// have (projects, topics, recommendations that ask the same). On the other halves they reach nDCG@10 of .387 (links) and
// .492 (links and projects) on a site of 684 pages with its links cut out, and .296, .537, .368 and .472 on the links of
// four sites of other people.
var Tuned = Weights{
	Signals: [signals]float64{
		wordsFrom: .5, wordsTo: .1, phrasesFrom: .5, phrasesTo: .1, titles: .1,
		names: .6, named: .25,
		people: .1, organisations: .05, topics: .1, projects: .3, countries: .05, asks: .05,
		season:    .6,
		toProject: .35, toPerson: -.1,
	},
	Vouch: 1.5,
}

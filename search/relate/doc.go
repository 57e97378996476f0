// Package relate finds, for every page of a site, the other pages that its reader may want next, and says why.
//
// A pair of pages has signals: how well the words of one find the other, which people, organisations and topics they
// share and how rare those are, how near in time they are, whether one names or links to the other. Each signal lies
// in [0, 1]. A pair's score is the weighted sum of its signals; the weights were set by relate/tune on one half of a
// site's pages. A second step lets pages vouch for each other: what is near to a page's nearest pages is near to it.
//
// It is a pure function of the site: the same records give the same lists.
package relate

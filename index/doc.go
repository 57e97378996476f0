// Package index stores documents so that words find them, and is the only package that knows Bleve.
//
// A Document is one thing that a search can find (a page, a recommendation, a person...): words in four fields
// (title, headings, body, names), values of facets, a date, and two stored parts: what a list of hits shows of it,
// and the text that its passages are cut from. A blob is a value stored under a key, beside the documents.
//
// A Writer makes an index once, with Bleve's offline builder: one compact segment, never changed afterwards. A Reader
// opens it read-only and is safe for parallel use. Bleve holds the dictionaries, postings, positions, stored fields
// and doc values. Ranking is ours: BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
// Beyond", 2009, section 3.6) with lengths and document frequencies kept for each kind of document by itself, because a person
// and a page are not of one length. Facets and dates stand in memory as columns of ordinals, counted while hits are
// collected.
package index

// Package confidence says how likely the facts of a record are right. What the finders say of their own sureness orders their
// finds but is no chance; classifiers learnt on what they got right on pages that they had not seen turn it into one, by kind of fact,
// with the genre of the page and the rule that decided.
package confidence

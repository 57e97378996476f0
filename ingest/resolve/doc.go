// Package resolve finds out which of a site's names name the same thing.
//
// Every reference of a page starts as a name of its own. Names of one spelling, leaving aside what spelling does not mean
// (case, accents, titles, "Ltd"), form a group; groups become one entity where the evidence is good enough: the site's own
// pages about people and organisations, a full form with its acronym, links to one domain, variants of a name, misspellings.
// Where it is good but not good enough, the groups stay apart and a Doubt asks. Groups of one spelling are taken apart where
// the evidence speaks for two people. What rapporteur.yaml decides is decided.
//
// A record keeps only facts of its own page: resolving gives names to what is there, it adds nothing.
package resolve

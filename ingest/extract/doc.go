// Package extract finds the people, organisations and countries of a page, what they did there, and whom the people stand for.
//
// It works in two passes. Draft looks at one page: text cuts it into tokens, names finds who and what is named, ties says what
// people did and whom they stand for. Revise (sitewide) looks at the drafts of a whole site: what one page names in full lets
// another page's mention be recognised.
package extract

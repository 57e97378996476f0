// Package extract finds the people, organisations and countries of a page, what they did there, and whom the people stand for.
//
// It works in two passes. Draft looks at one page: its blocks are cut into tokens, rules note what structure shows, the
// tagger labels the tokens with the rules' findings before it, spans are repaired, and relations are read off the blocks.
// Revise looks at the drafts of a whole site: what one page names in full lets another page's mention be recognised.
package extract

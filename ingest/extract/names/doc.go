// Package names finds the people, organisations and countries that a page names.
//
// Rules mark what structure shows, the tagger labels the tokens with the rules' marks before it, the edges of what it found are
// mended, and all places of a page that hold the same words are brought to one kind. Names of one person or body are gathered.
package names

// Package ties says what the people of a page did there and whom they stand for.
package ties

// Package text cuts a page's text into tokens and says of each what can be seen: its shape, its classes in the tables, where it
// stands. A View is a page so prepared; names and ties are found on it. It also makes the features that the models see.
package text

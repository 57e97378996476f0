// Package site reads a folder of pages as Jekyll, Hugo, Zola and 11ty lay it out, or a plain folder of Markdown: which files
// are pages, what their front matter says, their kind, title, date and address on the live site.
//
// What a generator would not publish is left out: drafts, excluded files, folders of the generator itself. Whatever cannot
// be read is a Skip with its place and cause, and costs nothing but itself.
package site

// Package markdown turns the body of a page, and the values of its front matter that a reader sees, into visible text
// with the structure that the text had: blocks, links, emphasis.
//
// The text is made once and deterministically. Within a block white space is folded to single spaces; a hard line break
// (two spaces at a line's end, a backslash, <br>) is a newline within its block, as in a list of speakers that is
// written line by line. Blocks are separated by a newline, and nothing else stands between them. Anchor text is kept and
// so are the words of images (as blocks of their own, after the block that the image stands in). HTML loses its tags and
// keeps its words. Comments, scripts, template tags (Liquid, Nunjucks, Zola, Hugo's shortcodes) and kramdown's attributes
// are gone; what an include or a shortcode shows of its attributes, such as a caption or a credit, is kept as if it were
// an image's alternative text.
package markdown

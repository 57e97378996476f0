// Package markdown reads the body of a page that is written in Markdown, and the values of its front matter that a reader
// sees, and hands them as HTML to package visible.
//
// A hard line break (two spaces at a line's end, a backslash, <br>) stays one, as in a list of speakers that is written line
// by line. HTML loses its tags and keeps its words. Comments, scripts, template tags (Liquid, Nunjucks, Zola, Hugo's
// shortcodes) and kramdown's attributes are gone; what an include or a shortcode shows of its attributes, such as a caption
// or a credit, is kept as if it were an image's alternative text.
package markdown

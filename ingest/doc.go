// Package ingest holds the nouns of rapporteur: what is read from a site, what is found in it, and what is known
// of each page in the end. Its sub-packages are the stages of the road, in the order in which a page meets them:
//
//	site       a folder, as Jekyll, Hugo, Zola or 11ty lays it out  ->  Pages
//	markdown   the body of a page                                   ->  HTML
//	rst, asciidoc, org, hypertext, icalendar                        the same for other formats
//	visible    HTML                                                 ->  Text, Blocks, Links
//	extract    a Page                                               ->  its people, organisations, countries (with tagger, the trained model)
//	recommend  a Page and its people                                ->  its recommendations
//	topic      the Pages                                            ->  topics, stated and inferred
//	resolve    the drafts of all pages (with curation)              ->  Entities, and Records that name them
//	pipeline   the whole of it, with a cache                        ->  a Site
//
// All spans are half-open byte offsets into Page.Text. All lists are in a fixed order: the same input gives the same bytes.
package ingest

// Package search answers the questions that users ask, over one generation: an immutable build of a site's index and
// graph on disk. It makes, verifies, opens and swaps generations; the index finds, the graph connects, and the
// profiles that every visit needs are made at build time. search/web shows the answers over HTTP.
package search

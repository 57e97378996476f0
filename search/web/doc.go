// Package web shows the answers of package search over HTTP: a JSON API described by an OpenAPI document, pages for
// people, feeds, and the widget for other sites. It only reads. A request holds one generation from its first question
// to its last byte, so that an answer is never made from two builds.
//
//	web.go       what it consumes, and New
//	serve.go     the server: listening, limits, shutdown, following new generations
//	request.go   what every request passes through; cache.go, metrics.go, problem.go beside it
//	api*.go      /api/v1, and the document made from the same definitions
//	page*.go     the pages; reading.go shows a page's text with its facts marked; view.go is what templates may call
//	feed.go      Atom; discover.go: sitemap, robots, OpenSearch
package web

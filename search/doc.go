// Package search answers the questions that users ask, over one generation: an immutable build of a site's index and
// graph on disk. Its rooms: answer, what answers are made of; store, the data folder and its generations; derive, what is
// made of a whole site when it is built; query, the engine that finds. The questions here are a thin face over them and the
// graph; web, mcp, static, feed and picture show the answers.
package search

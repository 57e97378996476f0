// Package cputime tells how much of the processors this process has had, for measuring and for tests: what a clock shows says as much
// of what else a machine does.
package cputime

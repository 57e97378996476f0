//go:build !unix

package cputime

import "time"

var started = time.Now()

// Used is the time since the start, where nothing better is known.
func Used() time.Duration { return time.Since(started) }

//go:build !unix

package main

import (
	"os"
	"time"
)

var started = time.Now()

// cpu is the time since the start, where nothing better is known.
func cpu() float64 { return time.Since(started).Seconds() }

// mostMemory is not known here.
func mostMemory(*os.ProcessState) int64 { return 0 }

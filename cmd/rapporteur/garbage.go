package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

const (
	// smallHeap is how much memory a run may use before any garbage is collected, in bytes: a small site needs no more.
	smallHeap = 256 << 20
	// fullerHeap is by how many hundredths a larger heap grows until the next collection: a laptop's memory is dearer than some time.
	fullerHeap = 50
)

// letGarbageLie collects no garbage while the heap is small, and then often, until stop is called.
func letGarbageLie() (stop func()) {
	before := debug.SetGCPercent(fullerHeap)
	var (
		mu      sync.Mutex
		stopped bool
		watch   func()
	)
	watch = func() {
		mu.Lock()
		defer mu.Unlock()
		if stopped {
			return
		}
		debug.SetGCPercent(growth(liveHeap()))
		runtime.AddCleanup(new([16]byte), func(struct{}) { watch() }, struct{}{}) // called behind the next collection
	}
	runtime.GC() // to know what is live
	watch()
	return func() {
		mu.Lock()
		defer mu.Unlock()
		stopped = true
		debug.SetGCPercent(before)
	}
}

// growth is by how many hundredths a heap of live bytes may grow.
func growth(live uint64) int {
	return max(fullerHeap, int(100*smallHeap/max(live, 1<<20))-100)
}

func liveHeap() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

package main

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestGarbageLiesWhileTheHeapIsSmall(t *testing.T) {
	for live, want := range map[uint64]int{0: 25500, smallHeap / 4: 300, smallHeap / 2: 100, smallHeap: fullerHeap, 1 << 40: fullerHeap} {
		if got := growth(live); got != want {
			t.Errorf("%d bytes live: may grow by %d in a hundred, want %d", live, got, want)
		}
	}
	before := debug.SetGCPercent(100)
	stop := letGarbageLie()
	runtime.GC()
	stop()
	if got := debug.SetGCPercent(before); got != 100 {
		t.Errorf("after the run %d is set, want 100 as before it", got)
	}
}

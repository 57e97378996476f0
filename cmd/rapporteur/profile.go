package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
)

// profiles are the files that a run is profiled into; "" for none. Look at them with `go tool pprof`.
type profiles struct{ cpu, memory string }

// start begins to profile. The caller calls stop when the work is done.
func (p profiles) start() (stop func() error, err error) {
	var cpu *os.File
	if p.cpu != "" {
		if cpu, err = os.Create(p.cpu); err != nil {
			return nil, fmt.Errorf("--cpuprofile: %w", err)
		}
		if err = pprof.StartCPUProfile(cpu); err != nil {
			return nil, errors.Join(fmt.Errorf("--cpuprofile: %w", err), cpu.Close())
		}
	}
	return func() error {
		var errs []error
		if cpu != nil {
			pprof.StopCPUProfile()
			errs = append(errs, cpu.Close())
		}
		if p.memory != "" {
			errs = append(errs, writeHeap(p.memory))
		}
		return errors.Join(errs...)
	}, nil
}

// writeHeap writes what is allocated, and what was.
func writeHeap(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("--memprofile: %w", err)
	}
	runtime.GC() // so that what is live is known
	return errors.Join(pprof.Lookup("allocs").WriteTo(file, 0), file.Close())
}

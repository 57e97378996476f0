package main

import (
	"runtime/debug"
	"strconv"
	"strings"
)

// boundMemory bounds the garbage that is left lying by the memory of the machine, or of the container, unless GOMEMLIMIT says by what:
// a large site then makes the collector work more, where it would else be killed.
func boundMemory(getenv func(string) string, readFile func(string) ([]byte, error)) {
	if getenv("GOMEMLIMIT") != "" {
		return
	}
	if most := machineMemory(readFile); most > 0 {
		debug.SetMemoryLimit(most / 10 * 7) // the rest is for what is read through the system's own cache, and for others
	}
}

// machineMemory is how much memory there is, in bytes; 0 if the system does not tell.
func machineMemory(readFile func(string) ([]byte, error)) int64 {
	var most int64
	if text, err := readFile("/proc/meminfo"); err == nil {
		if _, after, ok := strings.Cut(string(text), "MemTotal:"); ok {
			if fields := strings.Fields(after); len(fields) > 0 {
				if n, err := strconv.ParseInt(fields[0], 10, 64); err == nil {
					most = n << 10
				}
			}
		}
	}
	for _, name := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := readFile(name)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && n > 0 && (most == 0 || n < most) {
			most = n
		}
	}
	return most
}

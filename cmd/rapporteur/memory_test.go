package main

import (
	"io/fs"
	"testing"
)

func TestMachineMemory(t *testing.T) {
	const machine = "MemTotal:       8000000 kB\nMemFree:         100 kB\n"
	for _, test := range []struct {
		files map[string]string
		want  int64
	}{
		{map[string]string{"/proc/meminfo": machine}, 8000000 << 10},
		{map[string]string{"/proc/meminfo": machine, "/sys/fs/cgroup/memory.max": "max\n"}, 8000000 << 10},
		{map[string]string{"/proc/meminfo": machine, "/sys/fs/cgroup/memory.max": "536870912\n"}, 512 << 20},
		{map[string]string{"/proc/meminfo": machine, "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 8000000 << 10},
		{map[string]string{"/proc/meminfo": "nothing"}, 0},
		{nil, 0},
	} {
		got := machineMemory(func(name string) ([]byte, error) {
			text, ok := test.files[name]
			if !ok {
				return nil, fs.ErrNotExist
			}
			return []byte(text), nil
		})
		if got != test.want {
			t.Errorf("of %v: %d bytes, want %d", test.files, got, test.want)
		}
	}
}

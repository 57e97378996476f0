package text

import (
	"fmt"
	"strconv"
	"strings"
)

// Features are numbers: a name's hash mixed with hashes of what was seen. The names of all features are listed in each room's
// registry, and are part of the model file.

// Hash is FNV-1a.
func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Mix is the number of the feature with that seed that saw a and b.
func Mix(seed, a, b uint32) uint32 {
	h := seed*0x9E3779B1 ^ a*0x85EBCA6B
	h ^= h >> 15
	h = (h + b) * 0xC2B2AE35
	h ^= h >> 13
	return h
}

// Seeds returns numbers by which features of these names are told apart.
func Seeds(names []string) []uint32 {
	seeds := make([]uint32, len(names))
	for i, n := range names {
		seeds[i] = Hash(n)
	}
	return seeds
}

// B2 is 1 for true.
func B2(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// Trace notes what the numbers of features stand for, where somebody wants to know: "word before: by".
type Trace map[uint32]string

// Bag collects features, each once.
type Bag struct {
	Fs    []uint32
	Trace Trace    // nil to note nothing
	seen  []uint32 // a table of what is in Fs, by number; 0 is an empty place, and itself in no table
	zero  bool     // 0 is in Fs
}

// Note observes values under a feature's name.
func (b *Bag) Note(feature string, values ...string) {
	h := Hash(feature)
	for _, s := range values {
		h = Mix(h, Hash(s), 1)
	}
	if b.Trace != nil {
		b.Trace[h] = strings.TrimSuffix(feature+": "+strings.Join(values, ", "), ": ")
	}
	b.put(h)
}

// NoteNumbers observes two numbers under a feature's name.
func (b *Bag) NoteNumbers(feature string, x, y uint32) {
	h := Mix(Hash(feature), x, y)
	if b.Trace != nil {
		b.Trace[h] = fmt.Sprintf("%s: %d, %d", feature, x, y)
	}
	b.put(h)
}

func (b *Bag) put(f uint32) {
	if f == 0 {
		if !b.zero {
			b.zero = true
			b.Fs = append(b.Fs, f)
		}
		return
	}
	if len(b.Fs)*2 >= len(b.seen) {
		b.grow()
	}
	if enter(b.seen, f) {
		b.Fs = append(b.Fs, f)
	}
}

// grow makes room for more.
func (b *Bag) grow() {
	if b.seen == nil {
		b.seen = make([]uint32, 128)
		return
	}
	b.seen = make([]uint32, len(b.seen)*4)
	for _, f := range b.Fs {
		if f != 0 {
			enter(b.seen, f)
		}
	}
}

// enter puts a number into a table and reports whether it was not there.
func enter(table []uint32, f uint32) bool {
	mask := uint32(len(table) - 1)
	i := f & mask
	for ; table[i] != 0; i = (i + 1) & mask {
		if table[i] == f {
			return false
		}
	}
	table[i] = f
	return true
}

// Decimal writes a number from 0 to 1 with three decimals.
func Decimal(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }

// Yes is "yes" or "no".
func Yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// Count says how many there are: up to 3 by number, more by size.
func Count(n int) string {
	switch {
	case n > 20:
		return ">20"
	case n > 8:
		return ">8"
	case n > 3:
		return ">3"
	}
	return string(rune('0' + n))
}

// Grade cuts a chance into five grades, "A" the surest.
func Grade(chance float64) string {
	switch {
	case chance > 0.95:
		return "A"
	case chance > 0.85:
		return "B"
	case chance > 0.7:
		return "C"
	case chance > 0.6:
		return "D"
	}
	return "E"
}

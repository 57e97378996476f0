package text

// Features are numbers: a template's number mixed with a hash of what it saw.

func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func Mix(template, a, b uint32) uint32 {
	h := template*0x9E3779B1 ^ a*0x85EBCA6B
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

func B2(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// bag collects features, each once.
type Bag struct {
	Fs   []uint32
	seen map[uint32]bool
}

func (b *Bag) Add(template uint32, values ...string) {
	h := template
	for _, s := range values {
		h = Mix(template, h, Hash(s))
	}
	b.Put(Mix(template, h, 1))
}

// Note observes values under a feature's name.
func (b *Bag) Note(feature string, values ...string) {
	h := Hash(feature)
	for _, s := range values {
		h = Mix(h, Hash(s), 1)
	}
	b.Put(h)
}

func (b *Bag) Put(f uint32) {
	if b.seen == nil {
		b.seen = map[uint32]bool{}
	}
	if !b.seen[f] {
		b.seen[f] = true
		b.Fs = append(b.Fs, f)
	}
}

func Yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

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

package static

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"

	"rapporteur/index"
	"rapporteur/search/query"
)

// What an entry of a shard tells of its key.
const (
	termEntry    = iota // a term: the pages that have it
	wordEntry           // a word as written, with wordMark behind: its terms beyond those of English; the few pages that write it so
	acronymEntry        // an acronym, with acronymMark behind: what it stands for
	nameEntry           // a name of a person, body or topic, folded, with nameMark behind: its other names, and its pages
	relatedEntry        // a term, with relatedMark behind: words of the same meaning
	entryKinds
)

// Marks that no term and no word ends with.
const (
	wordMark    = "="
	acronymMark = "~"
	nameMark    = "@"
	relatedMark = "+="
)

// A shard has up to smallShard bytes, unless one entry has more, and of a large site so many that there are about maxShards.
const (
	smallShard = 3 << 10
	maxShards  = 1000
)

// shardEntry is one entry of a shard.
type shardEntry struct {
	key     string
	kind    int
	payload []byte
}

// shards sorts entries by key, as JavaScript compares strings, and cuts them into shards. first holds for each the shortest text that is
// above all keys of the shard before it and not above its own.
//
// In a shard, an entry is written as: the length of its key in bytes, the key; the length of the payload times entryKinds plus the kind;
// the payload. All numbers are unsigned LEB128. Keys are whole, so that whoever looks for a name in the files finds it.
func shards(entries []shardEntry) (all [][]byte, first []string) {
	units := make(map[string][]uint16, len(entries))
	size := 0
	for _, e := range entries {
		units[e.key] = utf16.Encode([]rune(e.key))
		size += len(e.key) + len(e.payload)
	}
	size = max(smallShard, size/maxShards)
	slices.SortFunc(entries, func(a, b shardEntry) int {
		return cmp.Or(slices.Compare(units[a.key], units[b.key]), cmp.Compare(a.kind, b.kind))
	})
	var shard []byte
	before := ""
	for _, e := range entries {
		if len(shard) > 0 && len(shard)+len(e.key)+len(e.payload) > size {
			all, shard = append(all, shard), nil
		}
		if len(shard) == 0 {
			first = append(first, apart(before, e.key))
		}
		shard = text(shard, e.key)
		shard = number(shard, len(e.payload)*entryKinds+e.kind)
		shard = append(shard, e.payload...)
		before = e.key
	}
	if len(shard) > 0 {
		all = append(all, shard)
	}
	return all, first
}

// apart is the shortest beginning of key that is above the key before it.
func apart(before, key string) string {
	for i := range key {
		if !strings.HasPrefix(before, key[:i]) {
			return key[:i]
		}
	}
	return key
}

func number(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func text(b []byte, s string) []byte { return append(number(b, len(s)), s...) }

// list writes strings one behind the other.
func list(strings []string) (b []byte) {
	b = number(b, len(strings))
	for _, s := range strings {
		b = text(b, s)
	}
	return b
}

// ascending writes ascending numbers: how many, and by how much each is above the one before it.
func ascending(b []byte, numbers []int) []byte {
	b = number(b, len(numbers))
	before := 0
	for _, n := range numbers {
		b = number(b, n-before)
		before = n
	}
	return b
}

// impactSteps is how many steps an impact is written in.
const impactSteps = 1 << 12

// postings writes where a term stands. Pages have their numbers in the export.
func postings(at []index.Occurrence, page []int) []byte {
	at = slices.Clone(at)
	slices.SortFunc(at, func(a, b index.Occurrence) int { return cmp.Compare(page[a.Document], page[b.Document]) })
	b := number(nil, len(at))
	before := 0
	for _, o := range at {
		b = number(b, page[o.Document]-before)
		before = page[o.Document]
		b = number(b, max(1, int(o.Impact/index.MaxImpact*impactSteps+0.5)))
		b = ascending(b, o.Places)
	}
	return b
}

// relatedScale is what weights are written in.
const relatedScale = 1000

// sameMeaning writes words of the same meaning: twice their weight in thousandths, and one more if they only lift; the words.
func sameMeaning(r query.Related) []byte {
	n := 2 * int(r.Weight*relatedScale+0.5)
	if r.Lifts {
		n++
	}
	forms := make([]string, len(r.Forms))
	for i, form := range r.Forms {
		forms[i] = strings.Join(form, " ")
	}
	return append(number(nil, n), list(forms)...)
}

// nameKey is the key of a name's entry.
func nameKey(name string) string {
	key := index.NameKey(name)
	if key == "" || strings.Count(key, " ") >= maxNameWords {
		return ""
	}
	return key + nameMark
}

// maxNameWords is how many words of a query are looked up as a name.
const maxNameWords = 8

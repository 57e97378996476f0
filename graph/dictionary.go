package graph

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
)

// Values are sorted by key and numbered from 1; 0 is no value. Sixteen of them make a block: the first whole, each
// other one as what it does not share with the one before it:
//
//	entry = uvarint(length shared with the key before) uvarint(length of the rest) form rest
//
// Where the blocks start is a second array. IRIs of a site share most of their bytes, so that this is a third of the
// plain size, and a look-up touches one block.
const blockSize = 16

type dictionary struct {
	n      int    // number of values
	blocks []byte //
	starts words  // of each block, in blocks
}

// buildDictionary writes sorted keys.
func buildDictionary(keys []string, forms []form) (blocks []byte, starts words) {
	var last string
	var from []uint32
	for i, k := range keys {
		shared := 0
		if i%blockSize == 0 {
			from = append(from, uint32(len(blocks)))
		} else {
			for shared < len(last) && shared < len(k) && last[shared] == k[shared] {
				shared++
			}
		}
		blocks = binary.AppendUvarint(blocks, uint64(shared))
		blocks = binary.AppendUvarint(blocks, uint64(len(k)-shared))
		blocks = append(append(blocks, byte(forms[i])), k[shared:]...)
		last = k
	}
	return blocks, pack(from)
}

// next reads the entry at b into key, whose start it shares, and returns what follows.
func next(b, key []byte) (rest, k []byte, f form) {
	shared, n := binary.Uvarint(b)
	b = b[n:]
	length, n := binary.Uvarint(b)
	b = b[n:]
	f = form(b[0])
	k = append(key[:shared], b[1:1+length]...)
	return b[1+length:], k, f
}

// key returns the key and form of the value id, which is from 1 to n.
func (d *dictionary) key(id uint32) (string, form) {
	var buf [256]byte
	k, f := buf[:0], form(0)
	at := int(id - 1)
	b := d.blocks[d.starts.at(at/blockSize):]
	for i := 0; i <= at%blockSize; i++ {
		b, k, f = next(b, k)
	}
	return string(k), f
}

// find returns the number of the value with the key, 0 if there is none.
func (d *dictionary) find(key []byte) uint32 {
	block := sort.Search(d.starts.len(), func(i int) bool {
		return string(d.head(i)) > string(key)
	}) - 1
	if block < 0 {
		return 0
	}
	var buf [256]byte
	k := buf[:0]
	b := d.blocks[d.starts.at(block):]
	for i := block * blockSize; i < d.n && i < (block+1)*blockSize; i++ {
		b, k, _ = next(b, k)
		if string(k) == string(key) {
			return uint32(i + 1)
		}
	}
	return 0
}

// head returns the first key of a block, which is whole in place.
func (d *dictionary) head(block int) []byte {
	b := d.blocks[d.starts.at(block):]
	b = b[1:] // it shares nothing: one byte of zero
	length, n := binary.Uvarint(b)
	return b[n+1 : n+1+int(length)]
}

// words is an array of numbers in mapped memory, each of as many bits as the largest has: how many numbers there are (4 bytes), how many
// bits each has (1 byte), the numbers, the lowest bits first, and zeros, so that eight bytes can be read from anywhere. All is
// little-endian. Reading one costs little more than of a slice of uint32.
type words []byte

const (
	wordsHead = 5
	wordsTail = 8
)

// pack makes words of numbers.
func pack(numbers []uint32) words {
	var most uint32
	for _, x := range numbers {
		most = max(most, x)
	}
	width := bits.Len32(most)
	w := make(words, wordsSize(len(numbers), width))
	binary.LittleEndian.PutUint32(w, uint32(len(numbers)))
	w[4] = byte(width)
	for i, x := range numbers {
		at := i * width
		eight := w[wordsHead+at>>3:]
		binary.LittleEndian.PutUint64(eight, binary.LittleEndian.Uint64(eight)|uint64(x)<<(at&7))
	}
	return w
}

// wordsSize is the size in bytes of n words of so many bits each.
func wordsSize(n, width int) int { return wordsHead + (n*width+7)/8 + wordsTail }

// whole reports whether the words are as pack makes them.
func (w words) whole() bool {
	return len(w) >= wordsHead && w[4] <= 32 && len(w) == wordsSize(w.len(), int(w[4]))
}

func (w words) len() int { return int(binary.LittleEndian.Uint32(w)) }

func (w words) at(i int) uint32 {
	width := int(w[4])
	at := i * width
	return uint32(binary.LittleEndian.Uint64(w[wordsHead+at>>3:]) >> (at & 7) & (1<<width - 1))
}

// quadColumn is the values of all quads in one direction, by place. Where few values stand in a direction, as predicates and labels do,
// codes are kept, and the values that they stand for, ascending; else codes are the values.
type quadColumn struct {
	codes  words
	values words // nil: codes are values
}

func (c *quadColumn) at(place int) uint32 {
	code := c.codes.at(place)
	if c.values == nil {
		return code
	}
	return c.values.at(int(code))
}

// code returns the code of a value.
func (c *quadColumn) code(v uint32) (code int, ok bool) {
	if c.values == nil {
		return int(v), true
	}
	n := c.values.len()
	i := sort.Search(n, func(i int) bool { return c.values.at(i) >= v })
	return i, i < n && c.values.at(i) == v
}

// encode makes codes of numbers in place, and returns the values that these stand for, ascending.
func encode(numbers []uint32) (values []uint32) {
	values = slices.Clone(numbers)
	slices.Sort(values)
	values = slices.Compact(values)
	for i, v := range numbers {
		code, _ := slices.BinarySearch(values, v)
		numbers[i] = uint32(code)
	}
	return values
}

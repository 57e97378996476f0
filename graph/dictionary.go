package graph

import (
	"encoding/binary"
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
func buildDictionary(keys []string, forms []form) (blocks, starts []byte) {
	var last string
	for i, k := range keys {
		shared := 0
		if i%blockSize == 0 {
			starts = binary.LittleEndian.AppendUint32(starts, uint32(len(blocks)))
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
	return blocks, starts
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

// words is an array of little-endian uint32 in mapped memory. Reading them one by one costs what a slice of uint32
// would, and works on machines of either byte order.
type words []byte

func (w words) len() int        { return len(w) / 4 }
func (w words) at(i int) uint32 { return binary.LittleEndian.Uint32(w[4*i:]) }

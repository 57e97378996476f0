package graph

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/blevesearch/mmap-go"
	"github.com/cayleygraph/quad"

	"rapporteur/ingest/inversion"
)

// The file of a snapshot; the numbers of its head are little-endian uint32, those of the sections words:
//
//	head      magic, number of values, number of quads, then of each section its length and CRC-32C, then the CRC-32C of the head
//	values    blocks of the dictionary; where they start
//	quads     four columns (subject, predicate, object, label), sorted by subject, predicate, object, label: see quadColumn
//	by        of each direction: for each value or code where its quads start in the list of that direction (subjects need no
//	          list: their quads stand together), and the list: places of quads, by value, then
//	          of predicates and labels in order of place, of objects by predicate and place
//	codes     the values that the codes of predicates and of labels stand for
//
// So the quads of a subject, and of a subject and predicate, are a range of the columns; those of an object, and of an
// object and predicate, are a range of a list.
const (
	fileName = "quads.snapshot"
	magic    = "rapporteur graph 3\n\x00"
)

const (
	secBlocks = iota
	secStarts
	secColumns                     // four
	secFirst      = secColumns + 4 // four: where the quads of each value start, by direction
	secLists      = secFirst + 4   // three: predicate, object, label
	secPredicates = secLists + 3   // what codes stand for
	secLabels     = secPredicates + 1
	sections      = secLabels + 1
)

const headSize = len(magic) + 4*(2+2*sections+1)

// ErrDamaged is what Open returns of a snapshot that is not as it was written.
var ErrDamaged = errors.New("the graph of this generation is damaged; run `rapporteur ingest SITE` to build it anew")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Create writes the facts of the site to a snapshot in dir, which it makes if it is not there. The same site gives the
// same bytes.
func Create(dir string, site *inversion.Site) error {
	b := newBuilder()
	Quads(site, b.add)
	return b.create(dir)
}

// builder takes quads in any order, the same one more than once.
type builder struct {
	ids   map[string]uint32 // of keys, from 1, in order of arrival
	keys  []string
	forms []form
	quads [][4]uint32
	buf   []byte
	err   error
}

func newBuilder() *builder { return &builder{ids: map[string]uint32{}} }

func (b *builder) add(q quad.Quad) {
	var ids [4]uint32
	for i, d := range quad.Directions {
		if v := q.Get(d); v != nil {
			ids[i] = b.id(v)
		} else if d != quad.Label && b.err == nil {
			b.err = fmt.Errorf("a quad has no %v: %v", d, q)
		}
	}
	b.quads = append(b.quads, ids)
}

func (b *builder) id(v quad.Value) uint32 {
	key, f, err := appendKey(b.buf[:0], v)
	b.buf = key
	if err != nil && b.err == nil {
		b.err = err
	}
	if id, ok := b.ids[string(key)]; ok {
		b.forms[id-1] = min(b.forms[id-1], f) // whichever came first must not matter
		return id
	}
	k := string(key)
	b.keys = append(b.keys, k)
	b.forms = append(b.forms, f)
	b.ids[k] = uint32(len(b.keys))
	return uint32(len(b.keys))
}

func (b *builder) create(dir string) error {
	if b.err != nil {
		return fmt.Errorf("writing the graph: %w", b.err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("writing the graph: %w", err)
	}
	f, err := os.Create(filepath.Join(dir, fileName))
	if err != nil {
		return fmt.Errorf("writing the graph: %w", err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	err = b.write(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err2 := f.Close(); err == nil {
		err = err2
	}
	if err != nil {
		return fmt.Errorf("writing the graph: %w", err)
	}
	return nil
}

func (b *builder) write(w io.Writer) error {
	order := make([]uint32, len(b.keys)) // old number-1 by rank
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int { return cmp.Compare(b.keys[x], b.keys[y]) })
	keys, forms := make([]string, len(order)), make([]form, len(order))
	rank := make([]uint32, len(order)+1)
	for i, old := range order {
		keys[i], forms[i] = b.keys[old], b.forms[old]
		rank[old+1] = uint32(i + 1)
	}
	quads := make([][4]uint32, len(b.quads))
	for i, q := range b.quads {
		quads[i] = [4]uint32{rank[q[0]], rank[q[1]], rank[q[2]], rank[q[3]]}
	}
	slices.SortFunc(quads, func(x, y [4]uint32) int { return slices.Compare(x[:], y[:]) })
	quads = slices.Compact(quads)

	var sec [sections][]byte
	sec[secBlocks], sec[secStarts] = buildDictionary(keys, forms)
	if len(sec[secBlocks]) > 1<<32-1 {
		return errors.New("more than 4 GB of names and texts; split the site")
	}
	column := make([]uint32, len(quads))
	for d := range 4 {
		for i, q := range quads {
			column[i] = q[d]
		}
		codes, none := len(keys)+1, 0
		if d == predicate || d == label {
			values := encode(column)
			sec[codesOf(d)] = pack(values)
			if codes = len(values); len(values) == 0 || values[0] != 0 {
				none = -1
			}
		}
		sec[secColumns+d] = pack(column)
		first, list := postings(column, codes, none)
		if d == object {
			for v := range codes {
				slices.SortStableFunc(list[first[v]:first[v+1]], func(x, y uint32) int { return cmp.Compare(quads[x][predicate], quads[y][predicate]) })
			}
		}
		sec[secFirst+d] = pack(first)
		if d != subject {
			sec[secLists+d-1] = pack(list)
		}
	}

	head := []byte(magic)
	head = binary.LittleEndian.AppendUint32(head, uint32(len(keys)))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(quads)))
	for _, s := range sec {
		head = binary.LittleEndian.AppendUint32(head, uint32(len(s)))
		head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(s, castagnoli))
	}
	head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(head, castagnoli))
	if _, err := w.Write(head); err != nil {
		return err
	}
	for _, s := range sec {
		if _, err := w.Write(s); err != nil {
			return err
		}
	}
	return nil
}

// codesOf is the section of what the codes of a direction stand for.
func codesOf(d int) int {
	if d == predicate {
		return secPredicates
	}
	return secLabels
}

// postings lists the places of quads by their code in a column, of which there are so many; the code none, -1 if there is no such, is
// listed nowhere. first[c] is where the list of code c starts, first[c+1] where it ends.
func postings(column []uint32, codes, none int) (first, list []uint32) {
	first = make([]uint32, codes+1)
	for _, c := range column {
		if int(c) != none {
			first[c]++
		}
	}
	var sum uint32
	for c := range first {
		first[c], sum = sum, sum+first[c]
	}
	list = make([]uint32, sum)
	fill := slices.Clone(first)
	for i, c := range column {
		if int(c) != none {
			list[fill[c]] = uint32(i)
			fill[c]++
		}
	}
	return first, list
}

// snapshot is an open file. Its methods are safe for parallel use.
type snapshot struct {
	dict    dictionary
	n       int           // quads
	columns [4]quadColumn // by place
	first   [4]words      // by code
	lists   [4]words      // places; none for subjects
	mapped  mmap.MMap
}

func openSnapshot(dir string) (*snapshot, error) {
	name := filepath.Join(dir, fileName)
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening the graph: %w", err)
	}
	defer f.Close() // the mapping lives on without it
	if info, err := f.Stat(); err != nil {
		return nil, fmt.Errorf("opening the graph: %w", err)
	} else if info.Size() < int64(headSize) {
		return nil, fmt.Errorf("%w: %s is cut off", ErrDamaged, name)
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("opening the graph: mapping %s: %w", name, err)
	}
	s, err := parseSnapshot(m)
	if err != nil {
		m.Unmap()
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
	}
	s.mapped = m
	return s, nil
}

// parseSnapshot checks every byte against the sums in the head: a damaged file is refused here and not met later.
func parseSnapshot(b []byte) (*snapshot, error) {
	if len(b) < headSize {
		return nil, errors.New("it is cut off")
	}
	if string(b[:len(magic)]) != magic {
		return nil, errors.New("it is no graph of this version of rapporteur")
	}
	if sum := headSize - 4; crc32.Checksum(b[:sum], castagnoli) != binary.LittleEndian.Uint32(b[sum:]) {
		return nil, errors.New("its head does not have the sum it was written with")
	}
	rest := b[headSize:]
	head := func(i int) uint32 { return binary.LittleEndian.Uint32(b[len(magic)+4*i:]) }
	values, n := int(head(0)), int(head(1))
	var sec [sections]words
	for i := range sec {
		length, sum := int(head(2+2*i)), head(3+2*i)
		if length > len(rest) {
			return nil, errors.New("it is cut off")
		}
		sec[i], rest = words(rest[:length]), rest[length:]
		if crc32.Checksum(sec[i], castagnoli) != sum {
			return nil, fmt.Errorf("part %d does not have the sum it was written with", i)
		}
		if i != secBlocks && !sec[i].whole() {
			return nil, fmt.Errorf("part %d is no list of numbers", i)
		}
	}
	if len(rest) > 0 {
		return nil, errors.New("it goes on after its end")
	}
	s := &snapshot{n: n, dict: dictionary{n: values, blocks: sec[secBlocks], starts: sec[secStarts]}}
	for d := range 4 {
		s.columns[d].codes, s.first[d] = sec[secColumns+d], sec[secFirst+d]
		codes := values + 1
		if d == predicate || d == label {
			s.columns[d].values = sec[codesOf(d)]
			codes = s.columns[d].values.len()
		}
		if d > 0 {
			s.lists[d] = sec[secLists+d-1]
		}
		if s.columns[d].codes.len() != n || s.first[d].len() != codes+1 {
			return nil, errors.New("its parts do not fit together")
		}
	}
	return s, nil
}

func (s *snapshot) close() error {
	if s.mapped == nil {
		return nil
	}
	return s.mapped.Unmap()
}

package recommend

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	file "rapporteur/ingest/model"
	"rapporteur/ingest/tagger"
)

// weights is the number of weights of a model.
const weights = 1 << 17

// model is a logistic regression over hashed features.
type model struct {
	weight    []float32 // weights of them
	threshold float64   // probability from which a candidate counts
}

// score returns the probability that what was observed is a recommendation.
func (m *model) score(fs features) float64 {
	sum := 0.0
	for _, f := range fs {
		sum += float64(m.weight[f])
	}
	return tagger.Sigmoid(sum)
}

// The parts of the model file.
const (
	firstPart  = "first"
	secondPart = "second"
	treesPart  = "trees"
)

// size of a model of words on disk: threshold and scale as float64, then one signed byte a weight. All little-endian.
const size = 16 + weights

func (m *model) marshal() []byte {
	out := make([]byte, 0, size)
	top := 0.0
	for _, w := range m.weight {
		top = max(top, math.Abs(float64(w)))
	}
	scale := top / 127
	out = binary.LittleEndian.AppendUint64(out, math.Float64bits(m.threshold))
	out = binary.LittleEndian.AppendUint64(out, math.Float64bits(scale))
	for _, w := range m.weight {
		out = append(out, byte(int8(math.Round(float64(w)/max(scale, 1e-12)))))
	}
	return out
}

func unmarshalModel(b []byte) *model {
	m := &model{threshold: math.Float64frombits(binary.LittleEndian.Uint64(b)), weight: make([]float32, weights)}
	scale := math.Float64frombits(binary.LittleEndian.Uint64(b[8:]))
	for i, w := range b[16:size] {
		m.weight[i] = float32(float64(int8(w)) * scale)
	}
	return m
}

// marshalTrees writes the base, the number of trees, and of each the number of its nodes and the nodes. All little-endian.
func marshalTrees(t *tagger.Trees) []byte {
	little := binary.LittleEndian
	var out []byte
	out = little.AppendUint32(out, math.Float32bits(t.Base))
	out = little.AppendUint32(out, uint32(len(t.Trees)))
	for _, nodes := range t.Trees {
		out = little.AppendUint16(out, uint16(len(nodes)))
		for _, n := range nodes {
			out = little.AppendUint16(out, uint16(n.Number))
			out = little.AppendUint16(out, uint16(n.Left))
			out = little.AppendUint16(out, uint16(n.Right))
			out = little.AppendUint32(out, math.Float32bits(n.Value))
		}
	}
	return out
}

// bytesOfNode is the size of a node on disk.
const bytesOfNode = 10

var errTrees = fmt.Errorf("%w: the trees of recommendations are damaged", file.ErrRefused)

// unmarshalTrees reads what marshalTrees wrote. Every question leads on to later nodes, so that it comes to an end.
func unmarshalTrees(b []byte) (*tagger.Trees, error) {
	little := binary.LittleEndian
	if len(b) < 8 {
		return nil, errTrees
	}
	t := &tagger.Trees{Base: math.Float32frombits(little.Uint32(b))}
	count := int(little.Uint32(b[4:]))
	b = b[8:]
	for range count {
		if len(b) < 2 {
			return nil, errTrees
		}
		nodes := make([]tagger.Node, little.Uint16(b))
		b = b[2:]
		if len(nodes) == 0 || len(b) < len(nodes)*bytesOfNode {
			return nil, errTrees
		}
		for i := range nodes {
			n := &nodes[i]
			n.Number, n.Left, n.Right = int16(little.Uint16(b)), int16(little.Uint16(b[2:])), int16(little.Uint16(b[4:]))
			n.Value = math.Float32frombits(little.Uint32(b[6:]))
			b = b[bytesOfNode:]
			onward := int(n.Left) > i && int(n.Right) > i && int(n.Left) < len(nodes) && int(n.Right) < len(nodes)
			if int(n.Number) >= len(Numbers) || n.Number >= 0 && !onward {
				return nil, errTrees
			}
		}
		t.Trees = append(t.Trees, nodes)
	}
	if len(b) > 0 {
		return nil, errTrees
	}
	return t, nil
}

// Save returns the model file for New to embed. material is the hash of what it was learnt from.
func (f *Finder) Save(material string) ([]byte, error) {
	var out bytes.Buffer
	header := file.Header{Features: map[string][]string{featuresRoom: Features, numbersRoom: Numbers}, Material: material}
	err := file.Write(&out, header, map[string][]byte{
		firstPart: f.first.marshal(), secondPart: f.second.marshal(), treesPart: marshalTrees(f.trees),
	})
	return out.Bytes(), err
}

// unmarshal reads the models of words, and the trees. Its errors wrap model.ErrRefused and say what differs.
func unmarshal(b []byte) (first, second *model, trees *tagger.Trees, err error) {
	fail := func(err error) (*model, *model, *tagger.Trees, error) {
		return nil, nil, nil, fmt.Errorf("reading the model of recommendations: %w", err)
	}
	read, err := file.Read(b)
	if err != nil {
		return fail(err)
	}
	if err := errors.Join(read.Check(featuresRoom, Features), read.Check(numbersRoom, Numbers)); err != nil {
		return fail(err)
	}
	if !slices.Equal(read.Features[numbersRoom], Numbers) {
		return fail(fmt.Errorf("%w: its numbers stand in another order", file.ErrRefused))
	}
	var models [2]*model
	for i, name := range []string{firstPart, secondPart} {
		part, err := read.Part(name)
		if err == nil && len(part) != size {
			err = fmt.Errorf("%w: its part %q has %d bytes, not %d", file.ErrRefused, name, len(part), size)
		}
		if err != nil {
			return fail(err)
		}
		models[i] = unmarshalModel(part)
	}
	part, err := read.Part(treesPart)
	if err != nil {
		return fail(err)
	}
	if trees, err = unmarshalTrees(part); err != nil {
		return fail(err)
	}
	return models[0], models[1], trees, nil
}

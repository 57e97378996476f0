package recommend

import (
	"encoding/binary"
	"fmt"
	"math"
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
	return 1 / (1 + math.Exp(-sum))
}

// magic begins the models on disk, with their version.
const magic = "rapporteur recommend 2\n"

// size of a model on disk: threshold and scale as float64, then one signed byte a weight. All little-endian.
const size = 16 + weights

func (m *model) marshal(out []byte) []byte {
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

func unmarshal(b []byte) (first, second *model, err error) {
	if len(b) != len(magic)+2*size || string(b[:len(magic)]) != magic {
		return nil, nil, fmt.Errorf("reading the model of recommendations: %d bytes, not %q and two models: run `make train`", len(b), magic)
	}
	one := func(b []byte) *model {
		m := &model{threshold: math.Float64frombits(binary.LittleEndian.Uint64(b)), weight: make([]float32, weights)}
		scale := math.Float64frombits(binary.LittleEndian.Uint64(b[8:]))
		for i, w := range b[16:size] {
			m.weight[i] = float32(float64(int8(w)) * scale)
		}
		return m
	}
	b = b[len(magic):]
	return one(b), one(b[size:]), nil
}

package tagger

// Weight is what a feature adds to a decision.
type Weight struct {
	Feature uint32
	Value   float64
	At      string // the word that it was seen at, where there are several
}

// Weights are what features add to the log odds that the thing is so.
func (m *Linear) Weights(features []uint32) []Weight {
	if m == nil {
		return nil
	}
	out := make([]Weight, len(features))
	for i, f := range features {
		out[i] = Weight{Feature: f, Value: float64(m.rows[Bucket(f, m.bits)]) * float64(m.unit)}
	}
	return out
}

// Weights are what features add to the margin of one label over being outside of names.
func (m *Model) Weights(features []uint32, l Label) []Weight {
	out := make([]Weight, len(features))
	for i, f := range features {
		row := m.rows[Bucket(f, m.bits)*stride:]
		out[i] = Weight{Feature: f, Value: float64(int(int8(row[l]))-int(int8(row[O]))) * float64(m.unit)}
	}
	return out
}

package tagger

import (
	"encoding/binary"
	"math"
)

// Label is what a token is part of.
type Label uint8

// The labels: outside, and begin and inside of each kind of name.
const (
	O Label = iota
	BeginPerson
	InPerson
	BeginOrganisation
	InOrganisation
	BeginOther // a named thing that is no body
	InOther
	BeginPlace
	InPlace
	Labels // how many there are
)

const stride = int(Labels)

// Steps are the weights of the steps from label to label.
type Steps [Labels][Labels]float32

// Example is a sequence to learn from.
type Example struct {
	Features [][]uint32 // by token
	Labels   []Label
	Weight   float32 // how much a mistake on it counts; 1 is usual
}

// Begins reports whether the label opens a name.
func (l Label) Begins() bool { return l != O && l%2 == 1 }

// Kind returns the label that opens a name of the same kind, O for O.
func (l Label) Kind() Label {
	if l != O && l%2 == 0 {
		return l - 1
	}
	return l
}

// Model labels sequences. It is safe for parallel use.
type Model struct {
	bits  uint    // log2 of the number of buckets
	rows  []byte  // weights by bucket and label, signed
	steps Steps   // in units of rows
	unit  float32 // what 1 in rows means, for confidences
}

// temperature spreads confidences: margins of the perceptron grow with the number of features.
const temperature = 12

// Run is a stretch of tokens [From, To) of one kind, with the model's confidence that it is of that kind, 0 to 1.
type Run struct {
	From, To   int
	Kind       Label // the label that opens it
	Confidence float64
}

// Decoder is the working memory of one goroutine.
type Decoder struct {
	emit, ahead, behind []float32
	back                []Label
	path                []Label
}

// Bucket folds a feature into the range of a table of 2^bits rows.
func Bucket(f uint32, bits uint) int { return int((f * 2654435769) >> (32 - bits)) }

// Runs labels a sequence, each token given by its features, and returns the names found in order.
func (m *Model) Runs(d *Decoder, features [][]uint32) []Run {
	n := len(features)
	if n == 0 {
		return nil
	}
	emit := d.Emissions(n)
	for i, fs := range features {
		m.sum(fs, (*[Labels]float32)(emit[i*stride:]))
	}
	d.Best(n, &m.steps)
	var runs []Run
	for i := 0; i < n; {
		l := d.path[i]
		if l == O {
			i++
			continue
		}
		if runs == nil {
			d.after(i, n, &m.steps)
		}
		j := i + 1
		for j < n && d.path[j] == l.Kind()+1 {
			j++
		}
		margin := float32(math.Inf(1))
		for k := i; k < j; k++ {
			margin = min(margin, d.margin(k))
		}
		runs = append(runs, Run{From: i, To: j, Kind: l.Kind(), Confidence: Sigmoid(float64(margin*m.unit) / temperature)})
		i = j
	}
	return runs
}

// sum adds up the rows of features. Rows lie all over a table that no cache holds: the first eight weights of one are read and
// added as a whole, each as a number from 0 to 255 in a lane of 16 bits, so that many rows are on their way at a time.
func (m *Model) sum(features []uint32, sum *[Labels]float32) {
	const (
		lanes = 0x00ff00ff00ff00ff
		minus = 128 // is 0 in a lane
		most  = 256 // rows that a lane holds the sum of
	)
	var total [Labels]int32
	for len(features) > 0 {
		part := features[:min(len(features), most)]
		features = features[len(part):]
		var even, odd uint64
		var last int32
		for _, f := range part {
			at := Bucket(f, m.bits) * stride
			row := m.rows[at : at+stride : at+stride]
			eight := binary.LittleEndian.Uint64(row) ^ 0x8080808080808080
			even += eight & lanes
			odd += eight >> 8 & lanes
			last += int32(int8(row[stride-1]))
		}
		for k := range stride / 2 {
			total[2*k] += int32(even>>(16*k)&0xffff) - int32(minus*len(part))
			total[2*k+1] += int32(odd>>(16*k)&0xffff) - int32(minus*len(part))
		}
		total[stride-1] += last
	}
	for l := range total {
		sum[l] = float32(total[l])
	}
}

// Emissions returns the scores of n tokens by label, n times Labels of them, for the caller to fill before Best.
func (d *Decoder) Emissions(n int) []float32 {
	if cap(d.path) < n {
		c := n*2 + 64
		d.emit, d.ahead, d.behind = make([]float32, c*stride), make([]float32, c*stride), make([]float32, c*stride)
		d.back, d.path = make([]Label, c*stride), make([]Label, c)
	}
	d.path = d.path[:n]
	return d.emit[:n*stride]
}

const never = float32(-1e9)

// openers are the labels that may follow any other.
var openers = [...]Label{O, BeginPerson, BeginOrganisation, BeginOther, BeginPlace}

// Best returns the labels of the best sequence of n tokens, to be read before the next call. It fills ahead with the best score of
// a sequence up to and with each label.
func (d *Decoder) Best(n int, steps *Steps) []Label {
	var before *[Labels]float32
	for i := range n {
		emit, ahead, back := (*[Labels]float32)(d.emit[i*stride:]), (*[Labels]float32)(d.ahead[i*stride:]), (*[Labels]Label)(d.back[i*stride:])
		if before == nil {
			for l := range ahead {
				ahead[l] = never + emit[l]
			}
			for _, l := range openers {
				ahead[l] = steps[O][l] + emit[l]
			}
			before = ahead
			continue
		}
		for _, l := range openers {
			best, from := never, O
			for p := range Labels {
				if s := before[p] + steps[p][l]; s > best {
					best, from = s, p
				}
			}
			ahead[l], back[l] = best+emit[l], from
		}
		for l := InPerson; l < Labels; l += 2 {
			best, from := never, O
			for p := l - 1; p <= l; p++ {
				if s := before[p] + steps[p][l]; s > best {
					best, from = s, p
				}
			}
			ahead[l], back[l] = best+emit[l], from
		}
		before = ahead
	}
	last := O
	for l := range Labels {
		if d.ahead[(n-1)*stride+int(l)] > d.ahead[(n-1)*stride+int(last)] {
			last = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		d.path[i] = last
		last = d.back[i*stride+int(last)]
	}
	return d.path
}

// after fills behind, for the tokens [first, n), with the best score of what follows each label.
func (d *Decoder) after(first, n int, steps *Steps) {
	for p := range Labels {
		d.behind[(n-1)*stride+int(p)] = 0
	}
	for i := n - 2; i >= first; i-- {
		next := *(*[Labels]float32)(d.behind[(i+1)*stride:])
		for l := range next {
			next[l] += d.emit[(i+1)*stride+l]
		}
		for p := range Labels {
			best := never
			for _, l := range openers {
				best = max(best, next[l]+steps[p][l])
			}
			if p != O {
				in := p.Kind() + 1
				best = max(best, next[in]+steps[p][in])
			}
			d.behind[i*stride+int(p)] = best
		}
	}
}

// NewModel makes a model of 2^bits buckets from weights by bucket and label. Weights are kept in 8 bits; the few that are larger
// than 127 units are cut.
func NewModel(weights []float32, steps Steps, bits uint) *Model {
	var sq float64
	n := 0
	for _, x := range weights {
		if x != 0 {
			sq += float64(x) * float64(x)
			n++
		}
	}
	unit := float32(math.Sqrt(sq/float64(max(n, 1)))) * 8 / 127
	if unit == 0 {
		unit = 1
	}
	m := &Model{bits: bits, rows: make([]byte, len(weights)), unit: unit}
	for i, x := range weights {
		m.rows[i] = byte(int8(max(-127, min(127, math.Round(float64(x/unit))))))
	}
	for p := range steps {
		for l := range steps[p] {
			m.steps[p][l] = steps[p][l] / unit
		}
	}
	return m
}

// margin is by how much the best sequence beats the best one that gives token i another kind.
func (d *Decoder) margin(i int) float32 {
	kind := d.path[i].Kind()
	best, other := never, never
	for l := range Labels {
		s := d.ahead[i*stride+int(l)] + d.behind[i*stride+int(l)]
		if l.Kind() == kind {
			best = max(best, s)
		} else {
			other = max(other, s)
		}
	}
	return best - other
}

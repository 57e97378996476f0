package tagger

import "math"

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

// follows reports whether a token labelled l may stand after one labelled p. O also stands for the start.
func (l Label) follows(p Label) bool { return l == O || l.Begins() || p.Kind() == l.Kind() }

// Model labels sequences. It is safe for parallel use.
type Model struct {
	bits  uint    // log2 of the number of buckets
	rows  []int8  // weights by bucket and label
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
		e := emit[i*stride : (i+1)*stride]
		var sum [Labels]int32
		for _, f := range fs {
			at := Bucket(f, m.bits) * stride
			row := m.rows[at : at+stride]
			for l := range sum {
				sum[l] += int32(row[l])
			}
		}
		for l := range e {
			e[l] = float32(sum[l])
		}
	}
	d.Best(n, &m.steps)
	var runs []Run
	for i := 0; i < n; {
		l := d.path[i]
		if l == O {
			i++
			continue
		}
		j := i + 1
		for j < n && d.path[j] == l.Kind()+1 {
			j++
		}
		margin := float32(math.Inf(1))
		for k := i; k < j; k++ {
			margin = min(margin, d.margin(k))
		}
		runs = append(runs, Run{From: i, To: j, Kind: l.Kind(), Confidence: 1 / (1 + math.Exp(-float64(margin*m.unit)/temperature))})
		i = j
	}
	return runs
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

// Best returns the labels of the best sequence of n tokens, to be read before the next call. It fills ahead with the best score of
// a sequence up to and with each label, and behind with the best score of what follows it.
func (d *Decoder) Best(n int, steps *Steps) []Label {
	for i := range n {
		for l := range Labels {
			best, from := never, O
			if i == 0 {
				if l.follows(O) {
					best = steps[O][l]
				}
			} else {
				for p := range Labels {
					if !l.follows(p) {
						continue
					}
					if s := d.ahead[(i-1)*stride+int(p)] + steps[p][l]; s > best {
						best, from = s, p
					}
				}
			}
			d.ahead[i*stride+int(l)] = best + d.emit[i*stride+int(l)]
			d.back[i*stride+int(l)] = from
		}
	}
	for p := range Labels {
		d.behind[(n-1)*stride+int(p)] = 0
	}
	for i := n - 2; i >= 0; i-- {
		for p := range Labels {
			best := never
			for l := range Labels {
				if !l.follows(p) {
					continue
				}
				best = max(best, d.behind[(i+1)*stride+int(l)]+d.emit[(i+1)*stride+int(l)]+steps[p][l])
			}
			d.behind[i*stride+int(p)] = best
		}
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
	m := &Model{bits: bits, rows: make([]int8, len(weights)), unit: unit}
	for i, x := range weights {
		m.rows[i] = int8(max(-127, min(127, math.Round(float64(x/unit)))))
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

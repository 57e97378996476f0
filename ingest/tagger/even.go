package tagger

import "math"

// evenTrees are trees made as deep as the deepest on every side, so that they are walked without a guess at any step of where the
// next goes and how many there are: a processor that has guessed wrong waits for longer than a step takes.
type evenTrees struct {
	depth     int
	questions []question // by tree, 2^depth - 1 of them: those after question i are 2i+1 and 2i+2
	answers   []float32  // by tree, 2^depth of them
}

// question is a Node without its ways on.
type question struct {
	number int32
	limit  int32 // as ordered makes it
}

// ordered returns a number that is in the order of all such numbers where x is in that of all x.
func ordered(x float32) int32 {
	b := int32(math.Float32bits(x + 0)) // there is no -0
	return b ^ (b >> 31 & math.MaxInt32)
}

// level makes trees even: what stands under an answer is that answer, whatever is asked.
func level(trees [][]Node) evenTrees {
	var e evenTrees
	for _, t := range trees {
		e.depth = max(e.depth, depthOf(t, 0))
	}
	asked, answered := 1<<e.depth-1, 1<<e.depth
	e.questions, e.answers = make([]question, len(trees)*asked), make([]float32, len(trees)*answered)
	for k, t := range trees {
		e.fill(e.questions[k*asked:(k+1)*asked], e.answers[k*answered:(k+1)*answered], t, 0, 0)
	}
	return e
}

func depthOf(tree []Node, at int16) int {
	if n := tree[at]; n.Number >= 0 {
		return 1 + max(depthOf(tree, n.Left), depthOf(tree, n.Right))
	}
	return 0
}

// fill puts a node of a tree, and what stands under it, at place i.
func (e *evenTrees) fill(questions []question, answers []float32, tree []Node, node int16, i int) {
	n := tree[node]
	left, right := node, node
	if n.Number >= 0 {
		left, right = n.Left, n.Right
	}
	if i >= len(questions) {
		answers[i-len(questions)] = n.Value
		return
	}
	if n.Number >= 0 {
		questions[i] = question{int32(n.Number), ordered(n.Value)}
	}
	e.fill(questions, answers, tree, left, 2*i+1)
	e.fill(questions, answers, tree, right, 2*i+2)
}

// sum adds up what the trees answer of the thing that these numbers describe.
func (e *evenTrees) sum(sum float32, numbers []float32) float32 {
	var room [128]int64
	keys := room[:]
	if len(numbers) > len(keys) {
		keys = make([]int64, len(numbers))
	}
	for i, x := range numbers {
		keys[i] = int64(ordered(x))
	}
	asked, answered := 1<<e.depth-1, 1<<e.depth
	for q, a := e.questions, e.answers; len(a) > 0; q, a = q[asked:], a[answered:] {
		i := 0
		for range e.depth {
			above := uint64(int64(q[i].limit)-keys[q[i].number]) >> 63
			i = 2*i + 1 + int(above)
		}
		sum += a[i-asked]
	}
	return sum
}

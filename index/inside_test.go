package index

// What the formula's test knows of the engine.
const (
	K1         = k1
	WordFields = wordFields
)

var (
	FieldWeight = fieldWeight
	FieldB      = fieldB
	Fields      = (*Document).fields
)

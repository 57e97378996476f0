package index

// What the formula's test knows of the engine.
const (
	WordFields = wordFields
)

var (
	FieldWeight = fieldWeight
	FieldB      = fieldB
	Fields      = (*Document).fields
)

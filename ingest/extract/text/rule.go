package text

// ruleID names a rule that marks tokens before the tagger sees them.
type RuleID uint8

const (
	NoRule       RuleID = iota
	BoldName            // **Jane Roe** that looks like a person
	TitledName          // Dr Jane Roe
	ForenameName        // Jane Roe, Jane being a forename
	SurnameName         // Xyz Roe, Roe being a surname
	FieldPerson         // author: Jane Roe
	ItemName            // "* Jane Roe, director" by its place in the list
	LinkName            // [Jane Roe](…/people/…)
	HeadBody            // Ministry of Truth, Roe Institute
	SuffixBody          // Roe Ltd
	UniBody             // a university of the table
	FieldBody           // organisation: Roe Institute
	acronymBody         // (RI) after the words it stands for
	restBody            // what stands after a person's name in a list
	BoldBody            // bold that is not a person's name
	OtherThing          // Data Protection Act, AI Safety Summit
)

var RuleNames = [...]string{"", "bold-name", "titled-name", "forename", "surname", "front-matter", "list-name", "link-name", "body-head",
	"body-suffix", "university", "front-matter", "acronym", "list-rest", "bold", "named-thing"}

// personRule reports whether the rule marks a person.
func (r RuleID) Person() bool { return r >= BoldName && r <= LinkName }

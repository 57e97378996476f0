package confidence

// Features are the names of what the classifiers observe.
var Features = []string{
	"any fact",
	"bodies",
	"body from",
	"body's mentions",
	"genre",
	"in capitals",
	"kind",
	"mentions",
	"occasion",
	"part",
	"people",
	"person from",
	"relation",
	"role",
	"role, rule",
	"rule",
	"rule and surest",
	"rule, genre",
	"speaks",
	"sure from",
	"sure from, with",
	"tied",
	"words",
	"words and mentions",
}

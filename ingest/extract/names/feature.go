package names

import "rapporteur/ingest/extract/text"

// feature is what the tagger observes of a token: the names are part of the model.
type feature uint8

const (
	onWord feature = iota
	onExact
	onBefore
	onAfter
	onBefore2
	onAfter2
	onBeforeWord
	onWordAfter
	onBeforeShape
	onShapeAfter
	onSuffix2
	onSuffix3
	onPrefix3
	onShapes
	onShapesBefore
	onShapesAfter
	onClassShape
	onClassBefore
	onClassAfter
	onClasses
	onSuffixAfter
	onSuffixBefore
	onClassWhere
	onBefore2Shape
	onAfter2Shape
	onCloseShape
	onMidShape
	onWideShape
	onCloseBefore
	onCloseAfter
	onMidBefore
	onMidAfter
	onCloseClass
	onWideAround
	onLineOpens
	onLineCloses
	onLooseShape
	onLooseAfter
	onLooseHead
	onLooseWord
	onLooseWords
	onLooseEndings
	onRule
	onBoldWord
	onRunHead
	onRunClasses
	onWhereShape
	onWhereShapes
	onElsewhereShape
	onElsewhereClass
	onBoldClass
	onBoldRun
	onLink
	onLinkRun
	onPlace
	onPlaceRun
	onPlaceBefore
	onUniversity
	onBodyShape
	onBodyRun
	onThingShape
	onThingRun
	onThingBefore
	onThingBody
	onRuleClass
	onKnownRun
	onKnownShapes
	onAcronym
	onKeyShape
	onKeyClass
	onRunAfter
	onRunBefore
	onRunAround
	onRunLast
	onRunLastClass
	onGenreShape
	onGenreClass
	onGenreWhere
	onListShape
	onListRun
	onSegmentShape
	onSegmentRun
	onSegmentMarks
	onSegmentClass
	onColumnShape
	onColumnClass
	onHeadingShape
	onHeadingClass
	onPeopleShape
	onPlaceInBlock
	onKeysShape
)

// Features are the names of what the tagger observes, by feature.
var Features = [...]string{
	onWord:           "word",
	onExact:          "word as written",
	onBefore:         "word before",
	onAfter:          "word after",
	onBefore2:        "second word before",
	onAfter2:         "second word after",
	onBeforeWord:     "word before and word",
	onWordAfter:      "word and word after",
	onBeforeShape:    "word before and shape",
	onShapeAfter:     "shape and word after",
	onSuffix2:        "last two letters and shape",
	onSuffix3:        "last three letters",
	onPrefix3:        "first three letters and shape",
	onShapes:         "shapes around",
	onShapesBefore:   "shapes before",
	onShapesAfter:    "shapes after",
	onClassShape:     "class and shape",
	onClassBefore:    "class and class before",
	onClassAfter:     "class and class after",
	onClasses:        "classes around",
	onSuffixAfter:    "ending of the word after and shape",
	onSuffixBefore:   "ending of the word before and shape",
	onClassWhere:     "class and sort of block",
	onBefore2Shape:   "two words before and shape",
	onAfter2Shape:    "two words after and shape",
	onCloseShape:     "close family and shape",
	onMidShape:       "mid family and shape",
	onWideShape:      "wide family and shape",
	onCloseBefore:    "close family before and shape",
	onCloseAfter:     "close family after and shape",
	onMidBefore:      "mid family before and mid family",
	onMidAfter:       "mid family and mid family after",
	onCloseClass:     "close family and class",
	onWideAround:     "wide families around",
	onLineOpens:      "a line opens here",
	onLineCloses:     "a line closes here",
	onLooseShape:     "joined run and shape",
	onLooseAfter:     "joined run and class after",
	onLooseHead:      "joined run, head and class before",
	onLooseWord:      "joined run and word",
	onLooseWords:     "joined run, word and word after",
	onLooseEndings:   "endings around a joining word",
	onRule:           "rule",
	onBoldWord:       "bold and word",
	onRunHead:        "place in run and heads",
	onRunClasses:     "place in run and classes",
	onWhereShape:     "sort of block and shape",
	onWhereShapes:    "sort of block and shapes",
	onElsewhereShape: "how the word stands elsewhere and shape",
	onElsewhereClass: "how the word stands elsewhere and class",
	onBoldClass:      "bold and class",
	onBoldRun:        "bold and place in run",
	onLink:           "link",
	onLinkRun:        "link and place in run",
	onPlace:          "place name",
	onPlaceRun:       "place name and place in run",
	onPlaceBefore:    "place name and word before",
	onUniversity:     "university and place in run",
	onBodyShape:      "known body and shape",
	onBodyRun:        "known body and place in run",
	onThingShape:     "known thing and shape",
	onThingRun:       "known thing and place in run",
	onThingBefore:    "known thing and word before",
	onThingBody:      "known thing that is a known body",
	onRuleClass:      "rule and class",
	onKnownRun:       "word of a full name and place in run",
	onKnownShapes:    "word of a full name and shapes",
	onAcronym:        "acronym that is explained",
	onKeyShape:       "key and shape",
	onKeyClass:       "key and class",
	onRunAfter:       "word after the run",
	onRunBefore:      "word before the run",
	onRunAround:      "classes around the run",
	onRunLast:        "last word of the run",
	onRunLastClass:   "class of the last word of the run",
	onGenreShape:     "genre and shape",
	onGenreClass:     "genre and class",
	onGenreWhere:     "genre, sort of block and shape",
	onListShape:      "sort of list and shape",
	onListRun:        "sort of list and place in run",
	onSegmentShape:   "part of the block, its sort and shape",
	onSegmentRun:     "part of the block, its sort and place in run",
	onSegmentMarks:   "marks around the part and shape",
	onSegmentClass:   "part of the block and class",
	onColumnShape:    "head of the column and shape",
	onColumnClass:    "head of the column and class",
	onHeadingShape:   "classes of the heading and shape",
	onHeadingClass:   "classes of the heading and class",
	onPeopleShape:    "people in the block and shape",
	onPlaceInBlock:   "place in the block and shape",
	onKeysShape:      "outer key and shape",
}

// seeds by which the features are told apart.
var seeds = text.Seeds(Features[:])

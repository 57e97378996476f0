package text

import (
	"strings"

	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/wordclass"
)

// begins says how many tokens the longest listed name has that a word begins, by what the name is of.
type begins struct{ place, body, thing, university uint8 }

// word is what is known of a word by itself, as English has it.
type word struct {
	text, lower string
	shape       shape
	class       gazetteer.Class
	family      wordclass.Family
	begins      begins
}

// vocabulary keeps what is known of the words that were last asked for: most words of a text are few. It serves one page at a time.
type vocabulary struct{ words [1 << 12]word }

func (x *Reader) vocabulary() *vocabulary {
	if v, ok := x.kept.Get().(*vocabulary); ok {
		return v
	}
	return &vocabulary{}
}

// of returns what is known of a word as it is written.
func (v *vocabulary) of(x *Reader, text string) *word {
	w := &v.words[Hash(text)%uint32(len(v.words))]
	if w.text == text {
		return w
	}
	text = strings.Clone(text) // it is kept for longer than its page
	*w = word{text: text, lower: text, shape: shapeOf(text)}
	if w.shape != LowerShape && w.shape != OtherShape {
		w.lower = strings.ToLower(text)
	}
	w.class, w.family = x.classOf(w.lower, w.shape)
	w.begins = x.beginsOf(text, w.lower)
	return w
}

// classOf looks up what a word in small letters may be, and where it belongs.
func (x *Reader) classOf(lower string, sh shape) (gazetteer.Class, wordclass.Family) {
	class := x.Words.Word(lower)
	if class == 0 && strings.ContainsRune(lower, '’') {
		class = x.Words.Word(strings.ReplaceAll(lower, "’", "'"))
	}
	if sh == InitShape || strings.HasSuffix(lower, ".") {
		class |= x.Words.Word(strings.TrimSuffix(lower, "."))
	}
	return class, x.Classes.Of(lower)
}

// beginsOf looks up which names a word may begin.
func (x *Reader) beginsOf(text, lower string) begins {
	few := func(n int) uint8 { return uint8(min(n, 255)) }
	return begins{few(x.Words.LongestPlace(text)), few(x.Words.LongestBody(text)), few(x.Words.LongestThing(text)),
		few(x.Words.LongestUniversity(lower))}
}

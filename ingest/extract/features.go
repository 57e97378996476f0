package extract

import (
	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
)

// Features are numbers: a template's number mixed with a hash of what it saw.

func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func mix(template, a, b uint32) uint32 {
	h := template*0x9E3779B1 ^ a*0x85EBCA6B
	h ^= h >> 15
	h = (h + b) * 0xC2B2AE35
	h ^= h >> 13
	return h
}

// face is what the templates see of a token, hashed once.
type face struct {
	word, exact, suffix2, suffix3, prefix3, shape, class uint32
	close, mid, wide                                     uint32 // families of words
}

func faceOf(t *token) face {
	f := face{word: hash(t.lower), exact: hash(t.text)}
	l := t.lower
	if t.shape == numberShape {
		f.word = 77 + uint32(len(l))
	}
	if t.shape == addressShape {
		f.word = 78
	}
	f.suffix2, f.suffix3, f.prefix3 = f.word, f.word, f.word
	if len(l) > 2 {
		f.suffix2 = hash(l[len(l)-2:])
	}
	if len(l) > 3 {
		f.suffix3, f.prefix3 = hash(l[len(l)-3:]), hash(l[:3])
	}
	f.shape = uint32(t.shape)
	if t.shape == markShape {
		f.shape = 100 + f.word
	}
	if t.opens {
		f.shape += 32
	}
	f.class = uint32(t.class)
	f.close, f.mid, f.wide = uint32(t.kin.Close), uint32(t.kin.Mid), uint32(t.kin.Wide)
	if t.shape == lowerShape {
		f.class |= 1 << 30
	}
	return f
}

var edge = face{word: 1, exact: 1, shape: 63, class: 1 << 31}

// features returns the features of every token of a block, for the tagger.
func (v *view) features(s stretch, buf []uint32, out [][]uint32) ([]uint32, [][]uint32) {
	n := s.to - s.from
	faces := make([]face, n+4)
	for i := range n {
		faces[i+2] = faceOf(&v.toks[s.from+i])
	}
	faces[0], faces[1], faces[n+2], faces[n+3] = edge, edge, edge, edge
	bl := v.block(s.from)
	where := blockFace(bl)
	for i := range n {
		t, c := &v.toks[s.from+i], &v.clues[s.from+i]
		start := len(buf)
		w := faces[i : i+5] // the token is w[2]
		add := func(template, a, b uint32) { buf = append(buf, mix(template, a, b)) }
		add(1, w[2].word, 0)
		add(2, w[2].exact, 0)
		add(3, w[1].word, 0)
		add(4, w[3].word, 0)
		add(5, w[0].word, 0)
		add(6, w[4].word, 0)
		add(7, w[1].word, w[2].word)
		add(8, w[2].word, w[3].word)
		add(9, w[1].word, w[2].shape)
		add(10, w[2].shape, w[3].word)
		add(11, w[2].suffix2, w[2].shape)
		add(12, w[2].suffix3, 0)
		add(13, w[2].prefix3, w[2].shape)
		add(14, w[1].shape, w[2].shape*64+w[3].shape)
		add(15, w[2].shape*64+w[1].shape, w[0].shape)
		add(16, w[2].shape*64+w[3].shape, w[4].shape)
		add(17, w[2].class, w[2].shape)
		add(18, w[1].class, w[2].class)
		add(19, w[2].class, w[3].class)
		add(20, w[1].class, w[2].class*7+w[3].class)
		add(21, w[3].suffix3, w[2].shape)
		add(22, w[1].suffix3, w[2].shape)
		add(23, w[2].class, where)
		add(24, w[1].word*3+w[0].word, w[2].shape)
		add(25, w[3].word*3+w[4].word, w[2].shape)
		add(61, w[2].close, w[2].shape)
		add(62, w[2].mid, w[2].shape)
		add(63, w[2].wide, w[2].shape)
		add(64, w[1].close, w[2].shape)
		add(65, w[3].close, w[2].shape)
		add(66, w[1].mid, w[2].mid*64+w[2].shape)
		add(67, w[2].mid*64+w[2].shape, w[3].mid)
		add(68, w[2].close, w[2].class)
		add(69, w[1].wide*64+w[3].wide, w[2].wide*64+w[2].shape)
		if t.line {
			add(74, w[2].shape, w[1].shape)
		}
		if i+1 < n && v.toks[s.from+i+1].line {
			add(75, w[2].shape, w[2].class)
		}
		if c.loose != 0 {
			add(55, uint32(c.loose), w[2].shape)
			add(56, uint32(c.loose), w[3].class)
			add(57, uint32(c.loose)*1000+uint32(t.class&gazetteer.OrgHead), w[1].class)
			if t.shape == lowerShape || t.shape == markShape {
				add(58, uint32(c.loose), w[2].word)
				add(59, uint32(c.loose)+w[3].word, w[2].word)
				add(60, w[1].suffix3+w[3].suffix3*3, w[2].word)
			}
		}
		if t.shape == lowerShape || t.shape == markShape || t.shape == numberShape {
			if c.rule != 0 {
				add(40, uint32(c.rule), b2(c.inside))
			}
			if t.strong > 0 {
				add(41, uint32(t.strong), w[2].word)
			}
			out = append(out, buf[start:len(buf):len(buf)])
			continue
		}
		pos := uint32(c.run)<<8 | uint32(c.runLen)
		add(26, pos, uint32(c.head&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role|gazetteer.Title)))
		add(27, uint32(c.run), uint32(c.head))
		add(28, where, w[2].shape)
		add(29, w[1].shape, where*64+w[2].shape)
		// how the word stands elsewhere on the page
		small, big := v.small[t.lower], v.big[t.lower]
		add(30, uint32(min(small, 2)*3+min(big, 2)), w[2].shape)
		add(31, uint32(min(small, 2)*3+min(big, 2)), w[2].class)
		if t.strong > 0 {
			add(32, uint32(t.strong), w[2].class)
			add(33, uint32(t.strong), pos)
		}
		if t.link > 0 {
			lf := linkFace(&v.page.Links[t.link-1])
			add(34, b2(t.linkOpens), lf)
			add(35, b2(t.linkOpens)+2*pos, lf)
		}
		if c.place != 0 {
			add(36, uint32(c.place), b2(c.placeIn))
			add(37, uint32(c.place), pos)
			add(38, uint32(c.place), w[1].word)
		}
		if c.uni {
			add(39, pos, 0)
		}
		if c.body {
			add(53, b2(c.bodyIn), w[2].shape)
			add(54, b2(c.bodyIn), pos)
		}
		if c.thing != 0 {
			add(70, uint32(c.thing), w[2].shape)
			add(71, uint32(c.thing), pos)
			add(72, uint32(c.thing), w[1].word)
			add(73, uint32(c.thing), b2(c.body)+2*b2(t.linkOpens))
		}
		if c.rule != 0 {
			add(40, uint32(c.rule), b2(c.inside))
			add(42, uint32(c.rule)*2+b2(c.inside), w[2].class)
		}
		if c.known != 0 {
			add(43, uint32(c.known), pos)
			add(44, uint32(c.known), w[1].shape*64+w[3].shape)
		}
		if c.acro {
			add(45, w[2].shape, 0)
		}
		if bl.Kind == ingest.FieldBlock {
			add(46, hash(lastKey(bl.Key)), w[2].shape)
			add(47, hash(lastKey(bl.Key)), w[2].class)
		}
		// the word after and before the run of capitals
		if c.run > 0 {
			after, before := edge, edge
			if j := i + int(c.runLen) - int(c.run) + 1; j < n && c.runLen < 9 {
				after = faces[j+2]
			}
			if j := i - int(c.run); j >= 0 && c.run < 9 {
				before = faces[j+2]
			}
			add(48, after.word, pos)
			add(49, before.word, pos)
			add(50, after.class, before.class*3+uint32(c.runLen))
			last := edge
			if j := i + int(c.runLen) - int(c.run); j < n {
				last = faces[j+2]
			}
			add(51, last.word, uint32(c.run))
			add(52, last.class, uint32(c.run)<<8|uint32(c.runLen))
		}
		out = append(out, buf[start:len(buf):len(buf)])
	}
	return buf, out
}

func b2(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// blockFace says what sort of block it is.
func blockFace(bl *ingest.Block) uint32 {
	f := hash(string(bl.Kind))
	switch bl.Kind {
	case ingest.ItemBlock:
		f += uint32(min(bl.End-bl.Start, 200) / 50)
	case ingest.CellBlock:
		f += uint32(min(bl.Index, 4)) + b2(bl.Row == 1)*8
	}
	return f
}

// lastKey is the last name in a front-matter path: "name" of "speakers.0.name".
func lastKey(key string) string {
	end := len(key)
	for end > 0 {
		start := end
		for start > 0 && key[start-1] != '.' {
			start--
		}
		if part := key[start:end]; part != "" && (part[0] < '0' || part[0] > '9') {
			return part
		}
		end = start - 1
	}
	return ""
}

// linkFace says what sort of thing a link leads to.
func linkFace(l *ingest.Link) uint32 {
	switch {
	case l.Page != "":
		dir, _, _ := cutLast(l.Page)
		return hash("in:" + dir)
	case hasAny(l.Target, "twitter.com", "linkedin.com", "orcid.org", "github.com", "x.com/", "mastodon", "bsky.app", "staff", "people", "/team", "profile", "author"):
		return 2
	case hasAny(l.Target, "wikipedia.org"):
		return 3
	}
	if rootOnly(l.Target) {
		return 4
	}
	return 5
}

package names

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
)

// tokenView is what the templates see of a token, hashed once.
type tokenView struct {
	word, exact, suffix2, suffix3, prefix3, shape, class uint32
	close, mid, wide                                     uint32 // families of words
}

func viewOf(t *text.Token) tokenView {
	f := tokenView{word: text.Hash(t.Lower), exact: text.Hash(t.Text)}
	l := t.Lower
	if t.Shape == text.NumberShape {
		f.word = 77 + uint32(len(l))
	}
	if t.Shape == text.AddressShape {
		f.word = 78
	}
	f.suffix2, f.suffix3, f.prefix3 = f.word, f.word, f.word
	if len(l) > 2 {
		f.suffix2 = text.Hash(l[len(l)-2:])
	}
	if len(l) > 3 {
		f.suffix3, f.prefix3 = text.Hash(l[len(l)-3:]), text.Hash(l[:3])
	}
	f.shape = uint32(t.Shape)
	if t.Shape == text.MarkShape {
		f.shape = 100 + f.word
	}
	if t.Opens {
		f.shape += 32
	}
	f.class = uint32(t.Class)
	f.close, f.mid, f.wide = uint32(t.Family.Close), uint32(t.Family.Mid), uint32(t.Family.Wide)
	if t.Shape == text.LowerShape {
		f.class |= 1 << 30
	}
	return f
}

var edge = tokenView{word: 1, exact: 1, shape: 63, class: 1 << 31}

// features returns the features of every token of a block, for the tagger.
func (v *View) features(s text.Stretch, buf []uint32, out [][]uint32) ([]uint32, [][]uint32) {
	n := s.To - s.From
	tokenViews := make([]tokenView, n+4)
	for i := range n {
		tokenViews[i+2] = viewOf(&v.Toks[s.From+i])
	}
	tokenViews[0], tokenViews[1], tokenViews[n+2], tokenViews[n+3] = edge, edge, edge, edge
	bl := v.Block(s.From)
	where := text.BlockSort(bl)
	for i := range n {
		t, c := &v.Toks[s.From+i], &v.Hints[s.From+i]
		start := len(buf)
		w := tokenViews[i : i+5] // the token is w[2]
		add := func(template, a, b uint32) { buf = append(buf, text.Mix(template, a, b)) }
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
		if t.Line {
			add(74, w[2].shape, w[1].shape)
		}
		if i+1 < n && v.Toks[s.From+i+1].Line {
			add(75, w[2].shape, w[2].class)
		}
		if c.Loose != 0 {
			add(55, uint32(c.Loose), w[2].shape)
			add(56, uint32(c.Loose), w[3].class)
			add(57, uint32(c.Loose)*1000+uint32(t.Class&gazetteer.OrgHead), w[1].class)
			if t.Shape == text.LowerShape || t.Shape == text.MarkShape {
				add(58, uint32(c.Loose), w[2].word)
				add(59, uint32(c.Loose)+w[3].word, w[2].word)
				add(60, w[1].suffix3+w[3].suffix3*3, w[2].word)
			}
		}
		if t.Shape == text.LowerShape || t.Shape == text.MarkShape || t.Shape == text.NumberShape {
			if c.Rule != 0 {
				add(40, uint32(c.Rule), text.B2(c.Inside))
			}
			if t.Strong > 0 {
				add(41, uint32(t.Strong), w[2].word)
			}
			out = append(out, buf[start:len(buf):len(buf)])
			continue
		}
		pos := uint32(c.Run)<<8 | uint32(c.RunLen)
		add(26, pos, uint32(c.Head&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role|gazetteer.Title)))
		add(27, uint32(c.Run), uint32(c.Head))
		add(28, where, w[2].shape)
		add(29, w[1].shape, where*64+w[2].shape)
		// how the word stands elsewhere on the page
		small, big := v.Small[t.Lower], v.Big[t.Lower]
		add(30, uint32(min(small, 2)*3+min(big, 2)), w[2].shape)
		add(31, uint32(min(small, 2)*3+min(big, 2)), w[2].class)
		if t.Strong > 0 {
			add(32, uint32(t.Strong), w[2].class)
			add(33, uint32(t.Strong), pos)
		}
		if t.Link > 0 {
			lf := text.LinkSort(&v.Page.Links[t.Link-1])
			add(34, text.B2(t.LinkOpens), lf)
			add(35, text.B2(t.LinkOpens)+2*pos, lf)
		}
		if c.Place != 0 {
			add(36, uint32(c.Place), text.B2(c.PlaceIn))
			add(37, uint32(c.Place), pos)
			add(38, uint32(c.Place), w[1].word)
		}
		if c.Uni {
			add(39, pos, 0)
		}
		if c.Body {
			add(53, text.B2(c.BodyIn), w[2].shape)
			add(54, text.B2(c.BodyIn), pos)
		}
		if c.Thing != 0 {
			add(70, uint32(c.Thing), w[2].shape)
			add(71, uint32(c.Thing), pos)
			add(72, uint32(c.Thing), w[1].word)
			add(73, uint32(c.Thing), text.B2(c.Body)+2*text.B2(t.LinkOpens))
		}
		if c.Rule != 0 {
			add(40, uint32(c.Rule), text.B2(c.Inside))
			add(42, uint32(c.Rule)*2+text.B2(c.Inside), w[2].class)
		}
		if c.Known != 0 {
			add(43, uint32(c.Known), pos)
			add(44, uint32(c.Known), w[1].shape*64+w[3].shape)
		}
		if c.Acro {
			add(45, w[2].shape, 0)
		}
		if bl.Kind == ingest.FieldBlock {
			add(46, text.Hash(text.LastKey(bl.Key)), w[2].shape)
			add(47, text.Hash(text.LastKey(bl.Key)), w[2].class)
		}
		// the word after and before the run of capitals
		if c.Run > 0 {
			after, before := edge, edge
			if j := i + int(c.RunLen) - int(c.Run) + 1; j < n && c.RunLen < 9 {
				after = tokenViews[j+2]
			}
			if j := i - int(c.Run); j >= 0 && c.Run < 9 {
				before = tokenViews[j+2]
			}
			add(48, after.word, pos)
			add(49, before.word, pos)
			add(50, after.class, before.class*3+uint32(c.RunLen))
			last := edge
			if j := i + int(c.RunLen) - int(c.Run); j < n {
				last = tokenViews[j+2]
			}
			add(51, last.word, uint32(c.Run))
			add(52, last.class, uint32(c.Run)<<8|uint32(c.RunLen))
		}
		out = append(out, buf[start:len(buf):len(buf)])
	}
	return buf, out
}

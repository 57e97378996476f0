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
	around := v.surroundings(s)
	for i := range n {
		t, c := &v.Toks[s.From+i], &v.Hints[s.From+i]
		start := len(buf)
		w := tokenViews[i : i+5] // the token is w[2]
		add := func(f feature, a, b uint32) {
			buf = append(buf, text.Mix(seeds[f], a, b))
			if v.Trace != nil {
				v.Trace[buf[len(buf)-1]] = Features[f]
			}
		}
		add(onWord, w[2].word, 0)
		add(onExact, w[2].exact, 0)
		add(onBefore, w[1].word, 0)
		add(onAfter, w[3].word, 0)
		add(onBefore2, w[0].word, 0)
		add(onAfter2, w[4].word, 0)
		add(onBeforeWord, w[1].word, w[2].word)
		add(onWordAfter, w[2].word, w[3].word)
		add(onBeforeShape, w[1].word, w[2].shape)
		add(onShapeAfter, w[2].shape, w[3].word)
		add(onSuffix2, w[2].suffix2, w[2].shape)
		add(onSuffix3, w[2].suffix3, 0)
		add(onPrefix3, w[2].prefix3, w[2].shape)
		add(onShapes, w[1].shape, w[2].shape*64+w[3].shape)
		add(onShapesBefore, w[2].shape*64+w[1].shape, w[0].shape)
		add(onShapesAfter, w[2].shape*64+w[3].shape, w[4].shape)
		add(onClassShape, w[2].class, w[2].shape)
		add(onClassBefore, w[1].class, w[2].class)
		add(onClassAfter, w[2].class, w[3].class)
		add(onClasses, w[1].class, w[2].class*7+w[3].class)
		add(onSuffixAfter, w[3].suffix3, w[2].shape)
		add(onSuffixBefore, w[1].suffix3, w[2].shape)
		add(onClassWhere, w[2].class, where)
		add(onBefore2Shape, w[1].word*3+w[0].word, w[2].shape)
		add(onAfter2Shape, w[3].word*3+w[4].word, w[2].shape)
		add(onCloseShape, w[2].close, w[2].shape)
		add(onMidShape, w[2].mid, w[2].shape)
		add(onWideShape, w[2].wide, w[2].shape)
		add(onCloseBefore, w[1].close, w[2].shape)
		add(onCloseAfter, w[3].close, w[2].shape)
		add(onMidBefore, w[1].mid, w[2].mid*64+w[2].shape)
		add(onMidAfter, w[2].mid*64+w[2].shape, w[3].mid)
		add(onCloseClass, w[2].close, w[2].class)
		add(onWideAround, w[1].wide*64+w[3].wide, w[2].wide*64+w[2].shape)
		if t.Line {
			add(onLineOpens, w[2].shape, w[1].shape)
		}
		if i+1 < n && v.Toks[s.From+i+1].Line {
			add(onLineCloses, w[2].shape, w[2].class)
		}
		if c.Loose != 0 {
			add(onLooseShape, uint32(c.Loose), w[2].shape)
			add(onLooseAfter, uint32(c.Loose), w[3].class)
			add(onLooseHead, uint32(c.Loose)*1000+uint32(t.Class&gazetteer.OrgHead), w[1].class)
			if t.Shape == text.LowerShape || t.Shape == text.MarkShape {
				add(onLooseWord, uint32(c.Loose), w[2].word)
				add(onLooseWords, uint32(c.Loose)+w[3].word, w[2].word)
				add(onLooseEndings, w[1].suffix3+w[3].suffix3*3, w[2].word)
			}
		}
		if t.Shape == text.LowerShape || t.Shape == text.MarkShape || t.Shape == text.NumberShape {
			if c.Rule != 0 {
				add(onRule, uint32(c.Rule), text.B2(c.Inside))
			}
			if t.Strong > 0 {
				add(onBoldWord, uint32(t.Strong), w[2].word)
			}
			out = append(out, buf[start:len(buf):len(buf)])
			continue
		}
		pos := uint32(c.Run)<<8 | uint32(c.RunLen)
		around.move(v, s.From+i)
		add(onGenreShape, around.genre, w[2].shape)
		add(onGenreClass, around.genre, w[2].class)
		add(onGenreWhere, around.genre+where, w[2].shape)
		add(onSegmentShape, around.segment, where*64+w[2].shape)
		add(onSegmentRun, around.segment, where*64+pos)
		add(onSegmentMarks, around.open*7+around.close, w[2].shape)
		add(onSegmentClass, around.segment+where, w[2].class)
		add(onHeadingShape, around.heading, w[2].shape)
		add(onHeadingClass, around.heading, w[2].class)
		add(onPeopleShape, around.people+where, w[2].shape)
		add(onPlaceInBlock, uint32(min(i, 4))*8+uint32(min(n-1-i, 4)), where*64+w[2].shape)
		if around.list != 0 {
			add(onListShape, around.list, w[2].shape)
			add(onListRun, around.list, pos)
		}
		if around.column != 0 {
			add(onColumnShape, around.column, w[2].shape)
			add(onColumnClass, around.column, w[2].class)
		}
		if around.outer != 0 {
			add(onKeysShape, around.outer, w[2].shape)
		}
		add(onRunHead, pos, uint32(c.Head&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role|gazetteer.Title)))
		add(onRunClasses, uint32(c.Run), uint32(c.Head))
		add(onWhereShape, where, w[2].shape)
		add(onWhereShapes, w[1].shape, where*64+w[2].shape)
		// how the word stands elsewhere on the page
		small, big := v.Small[t.Lower], v.Big[t.Lower]
		add(onElsewhereShape, uint32(min(small, 2)*3+min(big, 2)), w[2].shape)
		add(onElsewhereClass, uint32(min(small, 2)*3+min(big, 2)), w[2].class)
		if t.Strong > 0 {
			add(onBoldClass, uint32(t.Strong), w[2].class)
			add(onBoldRun, uint32(t.Strong), pos)
		}
		if t.Link > 0 {
			lf := text.LinkSort(&v.Page.Links[t.Link-1])
			add(onLink, text.B2(t.LinkOpens), lf)
			add(onLinkRun, text.B2(t.LinkOpens)+2*pos, lf)
		}
		if c.Place != 0 {
			add(onPlace, uint32(c.Place), text.B2(c.PlaceIn))
			add(onPlaceRun, uint32(c.Place), pos)
			add(onPlaceBefore, uint32(c.Place), w[1].word)
		}
		if c.Uni {
			add(onUniversity, pos, 0)
		}
		if c.Body {
			add(onBodyShape, text.B2(c.BodyIn), w[2].shape)
			add(onBodyRun, text.B2(c.BodyIn), pos)
		}
		if c.Thing != 0 {
			add(onThingShape, uint32(c.Thing), w[2].shape)
			add(onThingRun, uint32(c.Thing), pos)
			add(onThingBefore, uint32(c.Thing), w[1].word)
			add(onThingBody, uint32(c.Thing), text.B2(c.Body)+2*text.B2(t.LinkOpens))
		}
		if c.Rule != 0 {
			add(onRule, uint32(c.Rule), text.B2(c.Inside))
			add(onRuleClass, uint32(c.Rule)*2+text.B2(c.Inside), w[2].class)
		}
		if c.Known != 0 {
			add(onKnownRun, uint32(c.Known), pos)
			add(onKnownShapes, uint32(c.Known), w[1].shape*64+w[3].shape)
		}
		if c.Acro {
			add(onAcronym, w[2].shape, 0)
		}
		if bl.Kind == ingest.FieldBlock {
			add(onKeyShape, text.Hash(text.LastKey(bl.Key)), w[2].shape)
			add(onKeyClass, text.Hash(text.LastKey(bl.Key)), w[2].class)
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
			add(onRunAfter, after.word, pos)
			add(onRunBefore, before.word, pos)
			add(onRunAround, after.class, before.class*3+uint32(c.RunLen))
			last := edge
			if j := i + int(c.RunLen) - int(c.Run); j < n {
				last = tokenViews[j+2]
			}
			add(onRunLast, last.word, uint32(c.Run))
			add(onRunLastClass, last.class, uint32(c.Run)<<8|uint32(c.RunLen))
		}
		out = append(out, buf[start:len(buf):len(buf)])
	}
	return buf, out
}

package markdown

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rapporteur/ingest"
	"rapporteur/ingest/cputime"
	"rapporteur/ingest/visible"

	"github.com/google/go-cmp/cmp"
)

// show writes a page's blocks as a reader of the test can check them: line, kind, place, text.
func show(c visible.Content) string {
	var b strings.Builder
	for _, x := range c.Blocks {
		fmt.Fprintf(&b, "%d %s", x.Line, x.Kind)
		if x.Level > 0 {
			fmt.Fprintf(&b, "%d", x.Level)
		}
		if x.List > 0 {
			fmt.Fprintf(&b, " list%d.%d", x.List, x.Index)
		}
		if x.Row > 0 {
			fmt.Fprintf(&b, " row%d", x.Row)
		}
		if x.Key != "" {
			fmt.Fprintf(&b, " key=%s", x.Key)
		}
		for _, at := range []struct {
			name  string
			block int
		}{{"under", x.Heading}, {"lead", x.LeadIn}, {"in", x.Parent}} {
			if at.block >= 0 {
				fmt.Fprintf(&b, " %s=%d", at.name, at.block)
			}
		}
		fmt.Fprintf(&b, ": %s", strings.ReplaceAll(x.In(c.Text), "\n", "/"))
		for _, e := range x.Emphasis {
			if e.Strong {
				fmt.Fprintf(&b, " *%s*", e.In(c.Text))
			} else {
				fmt.Fprintf(&b, " _%s_", e.In(c.Text))
			}
		}
		for _, l := range c.Links {
			if x.Holds(l.Span) {
				fmt.Fprintf(&b, " [%s](%s)", l.In(c.Text), l.Target)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestRead(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"emphasis reads as one run", "**CONNECTED** BY **DATA** and **Ann** **Lee**, _chair_",
			"1 paragraph: CONNECTED BY DATA and Ann Lee, chair *CONNECTED* *DATA* *Ann Lee* _chair_\n"},
		{"heading path and lead-in", "# A\n\n## B\n\nWe ask for:\n\n* one\n* two\n  * deep\n\n## C\n\ntext",
			"1 heading1: A\n3 heading2 under=0: B\n5 paragraph under=1: We ask for:\n7 item1 list1.1 under=1 lead=2: one\n8 item1 list1.2 " +
				"under=1 lead=2: two\n" +
				"9 item2 list2.1 under=1 lead=4 in=4: deep\n11 heading2 under=0: C\n13 paragraph under=6: text\n"},
		{"loose items", "1. one\n\n   more\n\n2. two", "1 item1 list1.1: one\n3 paragraph in=0: more\n5 item1 list1.2: two\n"},
		{"hard breaks", "Ann Lee, Chair  \nBob Roe\\\nCy Doe<br>Di and\nEve", "1 paragraph: Ann Lee, Chair/Bob Roe/Cy Doe/Di and Eve\n"},
		{"lines ended on purpose", "Ann Lee\n**Pier Trust**\n12 May 2031\n\nAnn Lee works for the\nPier Trust.\n\nAnn Lee\nspoke.",
			"1 paragraph: Ann Lee/Pier Trust/12 May 2031 *Pier Trust*\n" +
				"5 paragraph: Ann Lee works for the Pier Trust.\n8 paragraph: Ann Lee spoke.\n"},
		{"links and images", "See [Ann *Lee*](https://a.example/x) and <https://b.example>.\n\n[![A room](r.png)](/big)\n\ntext " +
			"![Second](s.png) goes on",
			"1 paragraph: See Ann Lee and https://b.example. _Lee_ [Ann Lee](https://a.example/x) [https://b.example](https://b.example)\n" +
				"3 alt: A room [A room](/big)\n5 paragraph: text goes on\n5 alt: Second\n"},
		{"table", "| Who | Where |\n| --- | --- |\n| **Ann** | [X](y) |",
			"1 cell list1.1 row1: Who\n1 cell list1.2 row1: Where\n3 cell list1.1 row2: Ann *Ann*\n3 cell list1.2 row2: X [X](y)\n"},
		{"table of HTML", "<table>\n<tr><td>Ann</td>\n<td>X</td></tr>\n<tr><td>Bob</td></tr>\n</table>\nafter",
			"2 cell list1.1 row1: Ann\n3 cell list1.2 row1: X\n4 cell list1.1 row2: Bob\n6 paragraph: after\n"},
		{"quote", "> Said\n> so\n>\n> * item", "1 quote: Said so\n4 item1 list1.1 lead=0: item\n"},
		{"definition list", "Ann Lee\n: Chair of X\n: Writer",
			"1 item1 list1.1: Ann Lee\n2 item2 list1.2 in=0: Chair of X\n3 item2 list1.3 in=0: Writer\n"},
		{"footnotes", "Said Ann.[^1]\n\n[^1]: In *print*.", "1 paragraph: Said Ann.\n3 item1 list1.1: In print. _print_\n"},
		{"comments, scripts, attributes", "a <!-- b\n\nc --> d{: .x}\n\n<script>\nvar x\n</script>\n\n## H {#h}\n{: .y}\n",
			"1 paragraph: a d\n9 heading2: H\n"},
		{"liquid", "{% include quote.html text=\"We *must* act\" credit=\"Ann Lee, X\" photo=\"/a.jpg\" %}\n\n{% capture b %}\nin {{ " +
			"site.title }}side\n{% endcapture %}\n\n[p]({% post_url 2020-01-02-x %}) [q]({{ site.baseurl }}/q) [r]({{ \"/r\" | relative_url }})",
			"1 alt: We *must* act\n1 alt: Ann Lee, X\n4 paragraph: in side\n7 paragraph: p q r [p](post_url:2020-01-02-x) [q](/q) [r](/r)\n"},
		{"shortcodes", "{{< figure src=\"a.png\" caption=\"The room\" >}}\n\n{{% note %}}\nin\n{{% /note %}}\n\n[x]({{< ref \"b.md\" >}})",
			"1 alt: The room\n4 paragraph: in\n7 paragraph: x [x](ref:b.md)\n"},
		{"code", "```\n{% x %} <b>\n```\n\nuse `{{ y }}` now", "1 code: {% x %} <b>\n5 paragraph: use {{ y }} now\n"},
		{"markdown in HTML", "<div class=\"x\">\n    **Ann** spoke\n</div>\n<center>\n\n## H\n</center>",
			"2 paragraph: Ann spoke *Ann*\n6 heading2: H\n"},
		{"components", "import X from 'x'\n\n<Figure caption=\"The hall\" src={y} style={{a: 1}} />\n\nText <Bold>here</Bold> 5 < 6",
			"3 alt: The hall\n5 paragraph: Text here 5 < 6\n"},
		{"figures", "<figure><img src=x alt=\"Ann\"><figcaption>Ann at <a href=\"/w\">work</a></figcaption></figure>",
			"1 alt: Ann\n1 alt: Ann at work [work](/w)\n"},
		{"entities and odd spaces", "A&amp;B&nbsp;\u200bC &lt;d&gt;", "1 paragraph: A&B C <d>\n"},
		{"what is left open", "<b>a\n\n<td>b\n\n<li>c <a href=x>d\n\n{% e <!-- f",
			"1 paragraph: a *a*\n3 cell: b\n5 item1 list1.1: c d [d](x)\n7 paragraph in=2: {% e <!-- f\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := New().Read(nil, []byte(test.body), 1, false)
			check(t, c)
			if diff := cmp.Diff(test.want, show(c)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestFields(t *testing.T) {
	fields := []visible.Field{{Key: "title", Value: "1. The **big** day", Line: 2, Title: true},
		{Key: "speakers.0.name", Value: "[Ann](/a)", Line: 4}, {Key: "bio", Value: "One.\n\n* two", Line: 5}}
	c := New().Read(fields, []byte("# H\n\ntext"), 9, false)
	check(t, c)
	want := "2 title key=title: 1. The big day *big*\n4 field key=speakers.0.name: Ann [Ann](/a)\n5 field key=bio: One.\n5 item1 list1.1 " +
		"key=bio lead=2: two\n9 heading1: H\n11 paragraph under=4: text\n"
	if diff := cmp.Diff(want, show(c)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// check holds a page against what its readers rely on.
func check(t *testing.T, c visible.Content) {
	t.Helper()
	end := -1
	for i, b := range c.Blocks {
		if b.Start != end+1 || b.End <= b.Start || b.End > len(c.Text) {
			t.Fatalf("block %d [%d,%d) does not follow on %d in a text of %d bytes", i, b.Start, b.End, end, len(c.Text))
		}
		end = b.End
		if s := b.In(c.Text); strings.TrimSpace(s) != s && b.Kind != ingest.CodeBlock || strings.ToValidUTF8(s, "") != s {
			t.Fatalf("block %d: %q", i, s)
		}
		if b.Heading >= i || b.LeadIn >= i || b.Parent >= i || b.Heading >= 0 && c.Blocks[b.Heading].Kind != ingest.HeadingBlock {
			t.Fatalf("block %d points ahead or at no heading: %+v", i, b)
		}
		last := b.Start
		for _, e := range b.Emphasis {
			if e.Start < last || e.End <= e.Start || e.End > b.End {
				t.Fatalf("block %d: emphasis %+v", i, e)
			}
			last = e.End
		}
	}
	if max(end, 0) != len(c.Text) {
		t.Fatalf("the last block ends at %d, the text at %d", end, len(c.Text))
	}
	last, at := 0, 0
	for _, l := range c.Links {
		for at < len(c.Blocks) && c.Blocks[at].End < l.End {
			at++
		}
		if l.Start < last || l.End <= l.Start || at == len(c.Blocks) || !c.Blocks[at].Holds(l.Span) {
			t.Fatalf("link %+v is out of order or in no block", l)
		}
		last = l.End
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"# H\n\n* a\n  * b\n\n| x |\n|---|\n| y |", "<table><tr><td>a<li>b</table>", "{% a %}{{< b c=\"d\" >}}<!--",
		"a\\\n**b** [c](d \"e\") ![f](g)",
		"<ul><li><blockquote>x<p>y</ul>z", "```\ncode", "A\n: b\n\n[^1]: c", "\xff\x00<br>", "<a href=x><h1>t</h1>u</a><img alt=v>",
		"<div>\n\t<pre> a\n\n</pre></div>", "<dt>a<dd>b<dd><ol>c"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	r := New()
	f.Fuzz(func(t *testing.T, s string, raw bool) {
		c := r.Read([]visible.Field{{Key: "title", Value: s, Line: 1, Title: true}, {Key: "summary", Value: s, Line: 2}}, []byte(s), 5, raw)
		check(t, c)
		if again := r.Read([]visible.Field{{Key: "title", Value: s, Line: 1, Title: true}, {Key: "summary", Value: s, Line: 2}}, []byte(s), 5,
			raw); again.Text != c.Text {
			t.Fatal("the same page read twice differs")
		}
	})
}

// A page made to take long takes no longer than any page of its size: the parser's time grows with the square of some things.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads pages of megabytes")
	}
	r := New()
	for _, unit := range []string{"> ", "[a](", "[", "<div>\n", "1. x\n  ", "{% ", "<!--", "`", "|a", "- a\n", "{: ", "{.a ", "a\n: "} {
		before := cputime.Used()
		check(t, r.Read(nil, []byte(strings.Repeat(unit, 200_000/len(unit))), 1, false))
		if took := cputime.Used() - before; took > 15*time.Second {
			t.Errorf("200 kB of %q took %v", unit, took)
		}
	}
}

// What costs more than its length is cut down, and told; the words stay.
func TestBounds(t *testing.T) {
	for _, test := range []struct{ name, body, cause string }{
		{"lists within lists", strings.Repeat("- ", 5000) + "the end", "deep within each other"},
		{"quotes within quotes", strings.Repeat(">", 5000) + " the end", "deep within each other"},
		{"numbered ones", strings.Repeat("1. ", 5000) + "the end", "deep within each other"},
		{"emphasis", strings.Repeat("*a_ ", 100000) + "the end", "stars"},
		{"columns", strings.Repeat("|a", 5000) + "|\n" + strings.Repeat("|-", 5000) + "|\n" + strings.Repeat("|b", 5000) + "| the end",
			"columns"},
	} {
		c := New().Read(nil, []byte("Before.\n\n"+test.body+"\n\nAfter.\n"), 1, false)
		if !strings.Contains(c.Text, "the end") || !strings.Contains(c.Text, "Before.") || !strings.Contains(c.Text, "After.") {
			t.Errorf("%s: words are lost: %.80q", test.name, c.Text)
		}
		if len(c.Issues) != 1 || c.Issues[0].Line != 3 || !strings.Contains(c.Issues[0].Cause, test.cause) {
			t.Errorf("%s: told %v", test.name, c.Issues)
		}
	}
	if c := New().Read(nil, []byte(strings.Repeat("- ", 10)+"a"), 1, false); c.Issues != nil {
		t.Errorf("ten lists within each other: %v", c.Issues)
	}
}

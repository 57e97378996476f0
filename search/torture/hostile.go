package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// traps are pages that are meant to cost more than they weigh. Each is made to be about n bytes long.
var traps = []struct {
	file string
	make func(n int) string
}{
	{"lists.md", func(n int) string { return strings.Repeat("- ", n/2) + "a" }},
	{"numbered.md", func(n int) string { return strings.Repeat("1. ", n/3) + "a" }},
	{"quotes.md", func(n int) string { return strings.Repeat("> ", n/2) + "a" }},
	{"mixed.md", func(n int) string { return strings.Repeat("> - 1) ", n/7) + "a" }},
	{"indented.md", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(" ", 2*(i%400)) + "- a\n")
		}
		return b.String()
	}},
	{"brackets.md", func(n int) string { return strings.Repeat("[", n) }},
	{"links.md", func(n int) string { return strings.Repeat("[a](b) ", n/7) }},
	{"images.md", func(n int) string { return strings.Repeat("![", n/2) }},
	{"unclosed.md", func(n int) string { return strings.Repeat("[a](", n/4) }},
	{"emphasis.md", func(n int) string { return strings.Repeat("*a **b ", n/7) }},
	{"underscores.md", func(n int) string { return strings.Repeat("_a__", n/4) }},
	{"ticks.md", func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString(strings.Repeat("`", i) + "a")
		}
		return b.String()
	}},
	{"entities.md", func(n int) string { return strings.Repeat("&amp", n/4) }},
	{"tags.md", func(n int) string { return strings.Repeat("<div>", n/5) }},
	{"opened.md", func(n int) string { return strings.Repeat("<a href=\"", n/9) }},
	{"comments.md", func(n int) string { return strings.Repeat("<!--", n/4) }},
	{"definitions.md", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "[a%d]: b\n", i)
		}
		return b.String() + strings.Repeat("[a1]", 1000)
	}},
	{"footnotes.md", func(n int) string { return strings.Repeat("[^a]: b\n[^a]\n", n/13) }},
	{"table.md", func(n int) string {
		return strings.Repeat("|a", n/6) + "|\n" + strings.Repeat("|-", n/6) + "|\n" + strings.Repeat("|b", n/6) + "|"
	}},
	{"tables.md", func(n int) string { return "|a|b|\n|-|-|\n" + strings.Repeat("|c|d|\n", n/6) }},
	{"attributes.md", func(n int) string { return strings.Repeat("{: ", n/6) + strings.Repeat("{.a ", n/8) }},
	{"terms.md", func(n int) string { return strings.Repeat("a\n: ", n/4) }},
	{"rows.md", func(n int) string { return "|a|b|\n|-|-|\n" + strings.Repeat("|Jonna Brill|Trust|\n", n/20) }},
	{"turns.md", func(n int) string { return strings.Repeat("Jonna Brill: I think so.\n\n", n/26) }},
	{"explained.md", func(n int) string { return strings.Repeat("Hollin Trust (HT) and ", n/22) }},
	{"json.md", func(n int) string { return "{\n" + strings.Repeat("\"a\": \"b\",\n", n/10) }},
	{"counts.md", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "speaker%d: %d\n", i, i)
		}
		return "---\n" + b.String() + "---\n"
	}},
	{"headings.md", func(n int) string { return strings.Repeat("# A\n", n/4) }},
	{"name.md", func(n int) string { return strings.Repeat("Jonna Brill ", n/12) }},
	{"names.md", func(n int) string {
		return strings.Repeat("Jonna Brill of Hollin Gauge Trust, Orla Thackeray of Ostler Weir Society; ", n/75)
	}},
	{"initials.md", func(n int) string { return strings.Repeat("J. B. ", n/6) }},
	{"capitals.md", func(n int) string { return strings.Repeat("A", n) }},
	{"letters.md", func(n int) string { return strings.Repeat("a", n) }},
	{"accents.md", func(n int) string { return "a" + strings.Repeat("\u0301", n/2) }},
	{"zero.md", func(n int) string { return strings.Repeat("a\u200b", n/4) }},
	{"commas.md", func(n int) string { return strings.Repeat("Anna,", n/5) }},
	{"brackets-of-names.md", func(n int) string { return strings.Repeat("Anna (Bodo ", n/11) }},
	{"sentences.md", func(n int) string { return strings.Repeat("We should. ", n/11) }},
	{"asks.md", func(n int) string {
		return strings.Repeat("The Ministry of Locks should publish everything, said Anna Mossop. ", n/66)
	}},
	{"addresses.md", func(n int) string { return strings.Repeat("http://a.b/", n/11) }},
	{"digits.md", func(n int) string { return strings.Repeat("1", n) }},
	{"dates.md", func(n int) string { return strings.Repeat("1 May 2024, ", n/12) }},
	{"returns.md", func(n int) string { return strings.Repeat("\r", n) }},
	{"blank.md", func(n int) string { return strings.Repeat("\n", n) }},
	{"shortcodes.md", func(n int) string { return strings.Repeat("{{< a ", n/6) }},
	{"liquid.md", func(n int) string { return strings.Repeat("{% if a %}", n/10) }},
	{"components.mdx", func(n int) string { return strings.Repeat("<A b={", n/6) }},
	{"roles.rst", func(n int) string { return strings.Repeat(":a:`b <", n/7) }},
	{"nested.rst", func(n int) string { return strings.Repeat("* ", n/2) + "a" }},
	{"sections.adoc", func(n int) string { return strings.Repeat("*", min(n, 5000)) + " a\n" + strings.Repeat("[[a]]", n/5) }},
	{"stars.org", func(n int) string { return strings.Repeat("*", n) + " a" }},
	{"drawers.org", func(n int) string { return strings.Repeat(":A:\n", n/4) }},
	{"divs.html", func(n int) string { return strings.Repeat("<div><b>", n/8) }},
	{"attributes.html", func(n int) string { return "<p " + strings.Repeat("a=b ", n/4) + ">c</p>" }},
	{"events.ics", func(n int) string { return strings.Repeat("BEGIN:VEVENT\n", n/13) }},
	{"yaml-keys.md", func(n int) string {
		var b strings.Builder
		b.WriteString("---\n")
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "k%d: v\n", i)
		}
		return b.String() + "---\n"
	}},
	{"yaml-deep.md", func(n int) string {
		return "---\na: " + strings.Repeat("[", n/2) + strings.Repeat("]", n/2) + "\n---\n"
	}},
	{"yaml-maps.md", func(n int) string {
		return "---\na: " + strings.Repeat("{a: ", n/5) + strings.Repeat("}", n/5) + "\n---\n"
	}},
	{"yaml-aliases.md", func(int) string {
		var b strings.Builder
		b.WriteString("---\na0: &a0 [x, x]\n")
		for i := 1; i < 40; i++ {
			fmt.Fprintf(&b, "a%d: &a%d [*a%d, *a%d, *a%d]\n", i, i, i-1, i-1, i-1)
		}
		return b.String() + "---\n"
	}},
	{"yaml-list.md", func(n int) string { return "---\nspeakers:\n" + strings.Repeat("- Jonna Brill\n", n/14) + "---\n" }},
	{"toml-keys.md", func(n int) string {
		var b strings.Builder
		b.WriteString("+++\n")
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "k%d = 1\n", i)
		}
		return b.String() + "+++\n"
	}},
	{"toml-deep.md", func(n int) string {
		return "+++\na = " + strings.Repeat("[", n/2) + strings.Repeat("]", n/2) + "\n+++\n"
	}},
	{"toml-tables.md", func(n int) string {
		return "+++\na = " + strings.Repeat("{a = ", n/6) + "1" + strings.Repeat("}", n/6) + "\n+++\n"
	}},
	{"toml-dots.md", func(n int) string { return "+++\n" + strings.Repeat("a.", n/2) + "a = 1\n+++\n" }},
	{"toml-headers.md", func(n int) string { return "+++\n[" + strings.Repeat("a.", n/2) + "a]\nb = 1\n+++\n" }},
	{"json-deep.md", func(n int) string { return "{\"a\": " + strings.Repeat("[", n/2) + strings.Repeat("]", n/2) + "}\n\n" }},
	{"json-maps.md", func(n int) string { return strings.Repeat("{\"a\":", n/6) + "1" + strings.Repeat("}", n/6) + "\n\n" }},
	{"controls.md", func(n int) string { return strings.Repeat("\x1b]0;a\x07\x1b[2J", n/9) }},
	{"title.md", func(n int) string { return "---\ntitle: " + strings.Repeat("Jonna Brill ", n/12) + "\n---\n" }},
	{"overrides.md", func(n int) string { return strings.Repeat("\u202eJonna\u202c ", n/12) }},
}

// hostile reads a site of one trap and one honest page, within bounds: the honest page must be read.
func hostile(ctx context.Context, c *harness) error {
	for c.next(ctx) {
		if err := os.RemoveAll(c.site()); err != nil {
			return err
		}
		folder := filepath.Join(c.site(), "content", "events")
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		trap := traps[c.rounds%len(traps)]
		size := 200_000
		if c.rounds >= len(traps) {
			size = 1 << (8 + c.random.IntN(12))
		}
		c.rounds++
		text := trap.make(size)
		if dot := filepath.Ext(trap.file); dot == ".md" && !strings.HasPrefix(text, "---") && !strings.HasPrefix(text, "+++") &&
			!strings.HasPrefix(text, "{\"") {
			text = "---\ntitle: Trap\n---\n" + text
		}
		for name, text := range map[string]string{
			filepath.Join(c.site(), "hugo.toml"): "baseURL = \"https://brackwater.example/\"\n",
			filepath.Join(folder, trap.file):     text,
			filepath.Join(folder, "honest.md"): "---\ntitle: Honest\ndate: 2024-05-01\n---\n" +
				"**Marisol Fennimore** of the Hollin Gauge Trust spoke about locks.\n",
		} {
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				return err
			}
		}
		r := c.exec(ctx, "sh", "-c", `ulimit -t 8 -v 4000000; exec "$0" extract --format jsonl "$1"`, c.binary, c.site())
		if ctx.Err() == nil && (r.code != 0 || !strings.Contains(r.out, "Marisol Fennimore")) {
			c.count(lost, "%s of %d bytes: exit %d: %s", trap.file, len(text), r.code, firstLine(r.err))
		}
	}
	return nil
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// What the pages of the invented site are made of.
var (
	speakers = []string{"Marisol Fennimore", "Edric Vantongeren", "Petronel Ashgrave", "Orla Thackeray", "Zoë van Øst",
		"Ngozi Adeyemi", "Iñigo Larrauri", "王伟"}
	bodies = []string{"Hollin Gauge Trust", "Ostler Weir Society", "Umber Glaze Collective", "Ministry of Locks",
		"Fenwick Otter Foundation"}
	subjects = []string{"locks", "weirs", "glazes", "open contracts", "tide tables", "ferries", "the price of salt"}
	lands    = []string{"Norway", "Estonia", "Ghana", "Uruguay", "France"}
)

// found lays out a site of some pages.
func (c *harness) found(pages int) error {
	if err := os.MkdirAll(filepath.Join(c.site(), "_events"), 0o755); err != nil {
		return err
	}
	config := "title: Brackwater Forum\nurl: https://brackwater.example\ncollections:\n  events:\n    output: true\n"
	if err := os.WriteFile(filepath.Join(c.site(), "_config.yml"), []byte(config), 0o644); err != nil {
		return err
	}
	for range pages {
		if err := c.write(c.anyName()); err != nil {
			return err
		}
	}
	return nil
}

// anyName is the name of one of the pages that there may be.
func (c *harness) anyName() string {
	return filepath.Join("_events", fmt.Sprintf("2024-%02d-%02d-meeting.md", 1+c.random.IntN(3), 1+c.random.IntN(8)))
}

// write writes a page anew.
func (c *harness) write(name string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: On %s\nspeakers: [%s]\ntags: [%s]\n---\n", pick(c, subjects), pick(c, speakers), pick(c, subjects))
	for range 1 + c.random.IntN(4) {
		switch c.random.IntN(4) {
		case 0:
			fmt.Fprintf(&b, "**%s** of the %s spoke about %s in %s.\n\n", pick(c, speakers), pick(c, bodies), pick(c, subjects),
				pick(c, lands))
		case 1:
			fmt.Fprintf(&b, "The %s should publish all it knows of %s, said %s.\n\n", pick(c, bodies), pick(c, subjects), pick(c, speakers))
		case 2:
			fmt.Fprintf(&b, "- %s, director, %s\n- %s\n\n", pick(c, speakers), pick(c, bodies), pick(c, speakers))
		case 3:
			fmt.Fprintf(&b, "See [what %s said](/events/2024-01-0%d-meeting) of line %d.\n\n", pick(c, speakers),
				1+c.random.IntN(8), c.random.IntN(1000))
		}
	}
	name = filepath.Join(c.site(), name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(b.String()), 0o644)
}

// edit changes something of the site: a page is written anew, lengthened, moved or removed, or the decisions are others.
func (c *harness) edit() error {
	there, err := filepath.Glob(filepath.Join(c.site(), "_events", "*.md"))
	if err != nil {
		return err
	}
	what := c.random.IntN(8)
	if len(there) < 4 {
		what = 0
	}
	switch what {
	case 4:
		return os.Remove(pick(c, there))
	case 5:
		return os.Rename(pick(c, there), filepath.Join(c.site(), c.anyName()))
	case 6:
		lines := []string{"", "hide: [Orla Thackeray]\n", "same:\n  - [Edric Vantongeren, E. Vantongeren]\n",
			"erase: [Petronel Ashgrave]\n", "kind:\n  Ministry of Locks: none\n"}
		return os.WriteFile(filepath.Join(c.site(), "rapporteur.yaml"), []byte(pick(c, lines)), 0o644)
	case 7:
		f, err := os.OpenFile(pick(c, there), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		fmt.Fprintf(f, "\nOne more line, number %d.\n", c.random.Uint32())
		return f.Close()
	}
	return c.write(c.anyName())
}

func pick[T any](c *harness, of []T) T { return of[c.random.IntN(len(of))] }

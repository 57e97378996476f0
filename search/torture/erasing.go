package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// spellings are ways to write the name of Marisol Fennimore.
var spellings = []string{"Marisol Fennimore", "MARISOL FENNIMORE", "marisol fennimore", "Marisol\u00a0Fennimore",
	"Marisol&nbsp;Fennimore", "Mari\u00adsol Fennimore",
	"Marisol <!-- x --> Fennimore", "**Marisol** Fennimore", "[Marisol](/a) [Fennimore](/b)", "Fennimore, Marisol",
	"M. Fennimore", "Marisol J. Fennimore", "@marisolfennimore",
	"marisol.fennimore@example.org", "/people/marisol-fennimore", "marisol_fennimore", "Marisol%20Fennimore",
	"&#77;arisol Fennimore", "Marisol\u200bFennimore", "Marisol\nFennimore",
	"Marisol Fennimore's", "Ｍａｒｉｓｏｌ Ｆｅｎｎｉｍｏｒｅ", "Mari-\nsol Fennimore", "Marísol Fennîmore"}

// erasing writes a name in several ways on random pages, builds, erases, and builds again, perhaps after a kill or the loss of a
// page: afterwards the name stands nowhere.
func erasing(ctx context.Context, c *harness) error {
	for c.next(ctx) {
		if err := errors.Join(os.RemoveAll(c.data()), os.RemoveAll(c.site())); err != nil {
			return err
		}
		if err := c.found(4); err != nil {
			return err
		}
		pages, err := filepath.Glob(filepath.Join(c.site(), "_events", "*.md"))
		if err != nil {
			return err
		}
		for _, name := range pages[:1+c.random.IntN(len(pages))] {
			body := "---\ntitle: Evening with " + pick(c, spellings[:3]) + "\n---\nMarisol Fennimore of the Hollin Gauge Trust spoke.\n\n"
			for range 4 {
				body += "It was " + pick(c, spellings) + " again.\n\n"
			}
			if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
				return err
			}
		}
		exported := filepath.Join(c.dir, "exported")
		if err := os.RemoveAll(exported); err != nil {
			return err
		}
		if !c.ingest(ctx) || c.call(ctx, "export", "--format", "static", "--output", exported).code != 0 {
			return nil
		}
		if c.random.IntN(2) == 0 {
			if err := os.Remove(pages[0]); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(c.site(), "rapporteur.yaml"), []byte("erase: [Marisol Fennimore]\n"), 0o644); err != nil {
			return err
		}
		if c.random.IntN(2) == 0 {
			c.exec(ctx, "timeout", "-s", "KILL", "0.3", c.binary, "--data", c.data(), "ingest", c.site())
		}
		c.rounds++
		if !c.ingest(ctx) || c.call(ctx, "export", "--format", "static", "--output", exported).code != 0 {
			continue
		}
		r := c.call(ctx, "erased", "--also", exported, "Marisol Fennimore")
		if r.code != 0 && ctx.Err() == nil {
			c.count(leaked, "%s", strings.ReplaceAll(lastLines(r.out+r.err, 6), "\n", "; "))
		}
		c.whole(ctx)
	}
	return nil
}

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapporteur/ingest/cputime"
)

// A page that is most likely data, a list of all voters or a year's transcript in one paragraph, is read to where the
// report says, and neither holds up nor hides the pages beside it. The processors' time allowed is many times what is needed, and a
// small part of what comparing everything on such a page with everything takes.
func TestPagesThatAreData(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	const allowed = 2 * time.Minute
	const size = 400_000
	fill := func(line func(i int) string) string {
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			b.WriteString(line(i))
		}
		return b.String()
	}
	name := func(i int) string { // of its own for each number
		s := string(rune('A' + i%26))
		for i += 26 * 26; i > 0; i /= 26 {
			s += string(rune('a' + i%26))
		}
		return s
	}
	for shape, text := range map[string]string{
		"speech": fill(func(int) string {
			return "Jane Roe of the Harbour Trust said that councils should publish minutes. "
		}),
		"chairs": fill(func(i int) string {
			return fmt.Sprintf("%s %s, Chair of the %s %s Trust; ", name(2*i), name(3*i+1), name(5*i), name(7*i))
		}),
		"items": fill(func(i int) string {
			return fmt.Sprintf("- %s %s, Chair of the %s %s Trust\n", name(2*i), name(3*i+1), name(5*i), name(7*i))
		}),
		"voters": fill(func(i int) string { return fmt.Sprintf("- John %s\n", name(i)) }),
		"table": "| Name | Organisation |\n|---|---|\n" + fill(func(i int) string {
			return fmt.Sprintf("| %s %s | %s Trust, should publish data number %d for the public |\n", name(2*i), name(3*i+1), name(5*i), i)
		}),
		"word":   strings.Repeat("x", 4*size),
		"quotes": strings.Repeat(">", size),
		"stars":  fill(func(int) string { return "*a **b " }),
	} {
		t.Run(shape, func(t *testing.T) {
			site := t.TempDir()
			write := func(path, text string) {
				if err := os.WriteFile(filepath.Join(site, path), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			write("data.md", "---\ntitle: Data\ndate: 2031-01-01\n---\n"+text)
			write("good.md", "---\ntitle: Good\ndate: 2031-05-06\n---\n\nAda Quill of Saltmarsh Council spoke about the tides.\n")
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute) // of the clock: a machine has other things to do
			defer cancel()
			a := newApp(strings.NewReader(""), io.Discard, io.Discard, func(string) string { return "" })
			a.dataFlag = filepath.Join(t.TempDir(), "data")
			done, before := make(chan error, 1), cputime.Used()
			go func() {
				in, err := a.ingestSite(ctx, site)
				if err == nil && in.Manifest.Counts.Pages != 2 {
					err = fmt.Errorf("%d pages, want both", in.Manifest.Counts.Pages)
				}
				if err == nil && shape == "word" {
					if told := fmt.Sprint(in.Manifest.Skips); !strings.Contains(told, "data.md") || !strings.Contains(told, "the page has 1.5 MB") {
						err = fmt.Errorf("the report does not say that the page was cut: %s", told)
					}
				}
				done <- err
			}()
			select {
			case err := <-done:
				if err != nil {
					t.Fatal(err)
				}
			case <-ctx.Done():
				t.Fatal("not done in ten minutes")
			}
			used := cputime.Used() - before
			t.Logf("%v of the processors", used.Round(time.Millisecond))
			if used > allowed {
				t.Errorf("took %v of the processors; %v are allowed", used, allowed)
			}
		})
	}
}

package brand

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"
)

var drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>`

func read(t *testing.T, text string) (*Brand, string) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	b, faults := Read(doc.Content[0].Content[1], fstest.MapFS{
		"pictures/mark.svg":   {Data: []byte(drawn)},
		"pictures/script.svg": {Data: []byte(strings.Replace(drawn, "<path", "<script>alert(1)</script><path", 1))},
		"pictures/click.svg":  {Data: []byte(strings.Replace(drawn, "<path", `<path onclick="alert(1)"`, 1))},
		"pictures/far.svg":    {Data: []byte(strings.Replace(drawn, "<path", `<image href="https://example.org/x.png"/><path`, 1))},
		"pictures/large.png":  {Data: append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, MaxLogo)...)},
		"pictures/mark.png":   {Data: []byte("\x89PNG\r\n\x1a\n...")},
		"pictures/words.svg":  {Data: []byte("Not a drawing at all.")},
	})
	told := ""
	for _, f := range faults {
		told += fmt.Sprintf("%d: %s\n", f.Line, f.Cause)
	}
	return b, told
}

func TestRead(t *testing.T) {
	b, told := read(t, `brand:
  name: The Gauge Society
  tagline:  since   1899
  language: de-AT
  accent: "#0b5563"
  logo: ./pictures/mark.svg
  footer: Kept by [our office](https://gauge.example/office), or [write](mailto:a@gauge.example).
  fonts: {serif: [Charter, Georgia], sans: "Inter, system-ui"}
`)
	if told != "" {
		t.Errorf("told: %s", told)
	}
	if b.Name != "The Gauge Society" || b.Tagline != "since 1899" || b.Language != "de" || b.Light.Accent != "#0b5563" {
		t.Errorf("read as %+v", b)
	}
	if b.Logo == nil || b.Logo.Type != SVG || string(b.Logo.Body) != drawn {
		t.Errorf("the logo is %+v", b.Logo)
	}
	if len(b.Footer) != 5 || b.Footer[1] != (Piece{"our office", "https://gauge.example/office"}) || b.Footer[2].Text != ", or " {
		t.Errorf("the footer is %q", b.Footer)
	}
	if fmt.Sprint(b.Serif, b.Sans) != "[Charter Georgia] [Inter system-ui]" {
		t.Errorf("fonts are %q and %q", b.Serif, b.Sans)
	}
}

// What is wrong is told with its line, and the rest is used.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ setting, want string }{
		{"colour: red", "3: brand.colour is no setting"},
		{"accent: teal-ish", `3: brand.accent: "teal-ish" is no colour`},
		{"accent: '#12'", `3: brand.accent: "#12" is no colour`},
		{"accent: #0b5563", "3: brand.accent: what stands behind # is a comment"},
		{"accent: [red]", "3: brand.accent: expected a text"},
		{"language: tlh", `3: brand.language: pages have no words of their own in "tlh"; there are en and de`},
		{"logo: pictures/none.svg", "3: brand.logo: pictures/none.svg: there is no such file in the site"},
		{"logo: ../mark.svg", `3: brand.logo: "../mark.svg" is no file of the site`},
		{"logo: pictures", "3: brand.logo: pictures: this is a folder"},
		{"logo: pictures/large.png", "3: brand.logo: pictures/large.png: the file has 65544 bytes; 65536 are allowed"},
		{"logo: pictures/script.svg", "3: brand.logo: pictures/script.svg: the SVG holds <script>"},
		{"logo: pictures/click.svg", "3: brand.logo: pictures/click.svg: the SVG holds a script (onclick)"},
		{"logo: pictures/far.svg", "3: brand.logo: pictures/far.svg: the SVG leads to"},
		{"logo: pictures/words.svg", "3: brand.logo: pictures/words.svg: this is no picture"},
		{"footer: '[here](javascript:alert(1))'", ""},
		{"footer: '[here](javascript:go)'", `3: brand.footer: "javascript:go" is no address`},
		{"fonts: {serif: 'a; } body { display: none'}", "3: brand.fonts.serif:"},
		{"fonts: {display: Inter}", "3: brand.fonts.display is no setting"},
		{"name: Another", "3: brand.name stands already on line 2"},
	} {
		b, told := read(t, "brand:\n  name: The Gauge Society\n  "+c.setting+"\n")
		if (c.want == "") != (told == "") || !strings.Contains(told, c.want) {
			t.Errorf("%s: told %q, want %q", c.setting, told, c.want)
		}
		if b == nil || b.Name != "The Gauge Society" || b.Logo != nil || b.Light != nil {
			t.Errorf("%s: read as %+v", c.setting, b)
		}
		for _, p := range b.Footer {
			if p.Href != "" {
				t.Errorf("%s: leads to %q", c.setting, p.Href)
			}
		}
	}
}

// Words can be read in every colour that a site may have, in light and in the dark.
func TestContrast(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for i := range 500 {
		own := rgb{float64(random.Intn(256)), float64(random.Intn(256)), float64(random.Intn(256))}
		if i < 8 { // the corners of the cube
			own = rgb{float64(i&1) * 255, float64(i>>1&1) * 255, float64(i>>2&1) * 255}
		}
		light, dark, changed := derive(own)
		if !changed && light.Accent != own.String() {
			t.Errorf("%v: shown as %s, and nothing said", own, light.Accent)
		}
		for _, s := range []struct {
			name        string
			c           Colours
			paper, card rgb
		}{{"light", light, lightPaper, lightCard}, {"dark", dark, darkPaper, darkCard}} {
			colour := func(x string) rgb {
				c, ok := parseColour(x)
				if !ok {
					t.Fatalf("%v: %q is no colour", own, x)
				}
				return c
			}
			accent := colour(s.c.Accent)
			for what, behind := range map[string]rgb{"paper": s.paper, "card": s.card,
				"tint": colour(s.c.Tint), "the accent": colour(s.c.OnAccent),
			} {
				if got := contrast(accent, behind); got < Readable {
					t.Errorf("%v in %s: accent and %s have a contrast of %.2f", own, s.name, what, got)
				}
			}
			if got := contrast(colour(s.c.Mid), s.paper); got < 3 {
				t.Errorf("%v in %s: bars have a contrast of %.2f", own, s.name, got)
			}
		}
	}
	if _, told := read(t, "brand:\n  accent: '#fe0'\n"); !strings.Contains(told, "2: brand.accent: #ffee00 can hardly be read") {
		t.Errorf("told %q", told)
	}
}

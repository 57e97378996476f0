package brand

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Readable is the least contrast of words with what is behind them (WCAG 2.2, 1.4.3).
const Readable = 4.5

const (
	told     = 3.2 // the least contrast of bars and marks, a little over what WCAG 2.2, 1.4.11 asks
	darkFrom = 7   // of words in the dark: brighter than need be, as the eye wants it there
)

// The grounds that pages have, in light and in dark: paper, and the cards on it.
var (
	lightPaper, lightCard = rgb{0xfd, 0xfc, 0xf9}, rgb{0xff, 0xff, 0xff}
	darkPaper, darkCard   = rgb{0x12, 0x16, 0x1a}, rgb{0x18, 0x1e, 0x22}
	white, night          = rgb{0xff, 0xff, 0xff}, rgb{0x0c, 0x13, 0x16}
)

// Colours are what a site's looks are made of, each as "#rrggbb".
type Colours struct {
	Accent   string `json:"accent"`   // links, bars, marks, the main button
	OnAccent string `json:"onAccent"` // words on it
	Tint     string `json:"tint"`     // behind quotations
	Hit      string `json:"hit"`      // behind words that were looked for
	Mid      string `json:"mid"`      // bars and lines beside others
}

// rgb is a colour of the screen, each part from 0 to 255.
type rgb [3]float64

func (c rgb) String() string {
	return fmt.Sprintf("#%02x%02x%02x", int(math.Round(c[0])), int(math.Round(c[1])), int(math.Round(c[2])))
}

// parseColour reads "#rrggbb" or "#rgb".
func parseColour(s string) (c rgb, ok bool) {
	digits, ok := strings.CutPrefix(s, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	return rgb{float64(n >> 16), float64(n >> 8 & 0xff), float64(n & 0xff)}, ok && len(digits) == 6 && err == nil
}

// linear are the parts of a colour as amounts of light, from 0 to 1.
func (c rgb) linear() (out [3]float64) {
	for i, v := range c {
		if v /= 255; v <= 0.04045 {
			out[i] = v / 12.92
		} else {
			out[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return out
}

// contrast is that of two colours, from 1 to 21, as WCAG 2.2 defines it.
func contrast(a, b rgb) float64 {
	light := func(c rgb) float64 {
		l := c.linear()
		return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// mixed is a share of one colour on another.
func mixed(a, b rgb, share float64) (out rgb) {
	for i := range out {
		out[i] = math.Round(a[i]*share + b[i]*(1-share))
	}
	return out
}

// oklch takes a colour apart into lightness, chroma and hue (Ottosson 2020, https://bottosson.github.io/posts/oklab/): another
// lightness of the same hue looks like the same colour.
func (c rgb) oklch() (l, chroma, hue float64) {
	p := c.linear()
	x := math.Cbrt(0.4122214708*p[0] + 0.5363325363*p[1] + 0.0514459929*p[2])
	y := math.Cbrt(0.2119034982*p[0] + 0.6806995451*p[1] + 0.1073969566*p[2])
	z := math.Cbrt(0.0883024619*p[0] + 0.2817188376*p[1] + 0.6299787005*p[2])
	a, b := 1.9779984951*x-2.4285922050*y+0.4505937099*z, 0.0259040371*x+0.7827717662*y-0.8086757660*z
	return 0.2104542553*x + 0.7936177850*y - 0.0040720468*z, math.Hypot(a, b), math.Atan2(b, a)
}

// fromOKLCH makes a colour; its chroma is lessened until a screen can show it.
func fromOKLCH(l, chroma, hue float64) rgb {
	for ; ; chroma = max(0, chroma-0.005) {
		a, b := chroma*math.Cos(hue), chroma*math.Sin(hue)
		x, y, z := l+0.3963377774*a+0.2158037573*b, l-0.1055613458*a-0.0638541728*b, l-0.0894841775*a-1.2914855480*b
		x, y, z = x*x*x, y*y*y, z*z*z
		parts := [3]float64{4.0767416621*x - 3.3077115913*y + 0.2309699292*z, -1.2684380046*x + 2.6097574011*y - 0.3413193965*z,
			-0.0041960863*x - 0.7034186147*y + 1.7076147010*z}
		var c rgb
		shown := true
		for i, v := range parts {
			shown = shown && v >= -1e-6 && v <= 1+1e-6
			if v = min(max(v, 0), 1); v <= 0.0031308 {
				v *= 12.92
			} else {
				v = 1.055*math.Pow(v, 1/2.4) - 0.055
			}
			c[i] = math.Round(v * 255)
		}
		if shown || chroma == 0 {
			return c
		}
	}
}

// derive makes the colours of pages from a site's own. In light it is the site's own colour, unless words in it could not be read:
// then it is darker, and changed says so. In the dark it is as bright as need be.
func derive(own rgb) (light, dark Colours, changed bool) {
	l, chroma, hue := own.oklch()
	accent := own
	for reads(accent, lightPaper, lightCard) < Readable {
		l, changed = l-0.005, true
		accent = fromOKLCH(l, chroma, hue)
	}
	light = coloursOf(accent, lightPaper, white)
	bright, _, _ := own.oklch()
	accent = own
	for reads(accent, darkPaper, darkCard) < darkFrom {
		bright += 0.005
		accent = fromOKLCH(min(bright, 1), chroma, hue)
	}
	return light, coloursOf(accent, darkPaper, night), changed
}

const (
	tinted   = 0.1 // the accent's share in what is behind quotations
	hitShare = 0.2
)

// reads is the least contrast of words in a colour with what they stand on: paper, cards, and the tint made from it.
func reads(accent, paper, card rgb) float64 {
	return min(contrast(accent, paper), contrast(accent, card), contrast(accent, mixed(accent, paper, tinted)))
}

func coloursOf(accent, paper, on rgb) Colours {
	mid := accent
	for share := 0.95; share > 0.3; share -= 0.05 {
		paler := mixed(accent, paper, share)
		if contrast(paler, paper) < told {
			break
		}
		if mid = paler; share < 0.7 {
			break
		}
	}
	return Colours{Accent: accent.String(), OnAccent: on.String(), Tint: mixed(accent, paper, tinted).String(),
		Hit: mixed(accent, paper, hitShare).String(), Mid: mid.String()}
}

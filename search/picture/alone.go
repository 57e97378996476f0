package picture

import "strings"

// Paint is the colours of a picture that stands alone: of what is drawn, of letters on it, and of what is drawn softly.
type Paint struct{ Accent, OnAccent, Mid string }

// House is the paint of a site that sets none.
var House = Paint{"#0b5563", "#fff", "#568f99"}

// looks are what a page's style sheet says of pictures, in words that programs for drawing understand.
const looks = `text { font: 15px "Helvetica Neue", Arial, sans-serif; fill: #191d21; } a { text-decoration: none; } ` +
	`.line text { font-size: 12px; fill: #555c63; } .sub, .hd { font-size: 12.5px; fill: #555c63; } ` +
	`.strong { font-weight: 600; fill: #191d21; } ` +
	`.axis { stroke: #83888c; stroke-width: 1; fill: none; } .tie { fill: none; stroke: ACCENT; stroke-width: 2; } ` +
	`.tie.thick { stroke-width: 4; } ` +
	`.tie.past { stroke-dasharray: 7 5; } .tie.near { stroke: #83888c; stroke-width: 1.6; stroke-dasharray: 1.5 5; stroke-linecap: round; } ` +
	`.bar, .dot, .me { fill: ACCENT; } .bar.soft, .dot.soft { fill: SOFT; } .onacc, .metext { fill: LETTERS; font-weight: 600; } ` +
	`.metext { font-size: 16px; }`

// Alone makes a file of a picture: with its looks in it, and with addresses below base where they were of the page's own site.
func Alone(svg string, paint Paint, base string) string {
	head, rest, ok := strings.Cut(svg, ">")
	if !ok {
		return svg
	}
	style := strings.NewReplacer("ACCENT", paint.Accent, "SOFT", paint.Mid, "LETTERS", paint.OnAccent).Replace(looks)
	rest = strings.ReplaceAll(rest, `href="/`, `href="`+esc(strings.TrimSuffix(base, "/"))+"/")
	return head + "><style>" + style + "</style>" + `<rect width="100%" height="100%" fill="#fff"/>` + rest
}

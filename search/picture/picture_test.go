package picture

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rapporteur/search/present"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"
)

func ref(kind kinds.Kind, name string) answer.Ref {
	id := ingest.IRI("https://x.example/id/" + string(kind) + "/" + strings.ReplaceAll(strings.ToLower(name), " ", "-"))
	return answer.Ref{ID: id, Kind: kind, Name: name, Href: present.Href(kind, id)}
}

func kin(kind kinds.Kind, n int) []answer.CoOccurrence {
	var out []answer.CoOccurrence
	for i := range n {
		out = append(out, answer.CoOccurrence{To: ref(kind, fmt.Sprintf("The %s with the number %d & a <very> \"long\" name ünïcødé", kind, i)),
			Pages: n - i})
	}
	return out
}

func ties(left, right, near int) *Ties {
	t := &Ties{Centre: ref(kinds.Person, "Ann O'Nym & <Co> of the Very Long Name"), Beyond: "who spoke for",
		NearHeading: "Only named on the same pages", For: "for", Title: "Ties", Says: "some"}
	t.Left.Heading, t.Right.Heading = "Speaks for, or belongs to", "Appeared with"
	for i, c := range kin(kinds.Organisation, left) {
		t.Left.Ties = append(t.Left.Ties, Tie{To: c.To, Says: "chair of a board with a name that is long, & more",
			Former: i%2 == 1, Thick: i == 0})
	}
	bodies := kin(kinds.Organisation, 3)
	for i, c := range kin(kinds.Person, right) {
		tie := Tie{To: c.To, Says: "24 Sep 2024, an event <with> a long name that goes on"}
		if i%3 > 0 {
			tie.For = []answer.Ref{bodies[i%3].To}
		}
		t.Right.Ties = append(t.Right.Ties, tie)
	}
	for _, c := range kin(kinds.Topic, near) {
		t.Near = append(t.Near, Tie{To: c.To, Says: "13 pages"})
	}
	return t
}

func href(r answer.Ref) string { return "/explore?of=" + string(r.ID) + "&a=b" }

var mapWords = MapWords{Title: "A map", Left: "Organisations", Right: "Topics",
	Says:   func(left, right, ties int) string { return fmt.Sprint(ties) },
	Events: func(n int) string { return fmt.Sprint(n, " events") }}

func topicMap(n int) *answer.TopicMap {
	m := &answer.TopicMap{Organisations: kin(kinds.Organisation, n), Topics: kin(kinds.Topic, n/2)}
	for i := range n {
		for j := range n / 2 {
			if (i*7+j*3)%4 != 0 {
				m.Links = append(m.Links, answer.Link{From: i, To: j, Pages: 1 + (i+j)%5})
			}
		}
	}
	return m
}

func moments(n int) []Moment {
	var out []Moment
	for i := range n {
		out = append(out, Moment{Date: fmt.Sprintf("20%02d-%02d-11", 10+i/6, 1+i%6), Name: fmt.Sprintf("Event <%d>", i),
			Href: fmt.Sprintf("#e%d", i)})
	}
	return out
}

// label is a text of a picture and the box it takes.
type label struct {
	text                     string
	left, right, top, bottom float64
	size                     float64
}

// read checks that a picture is well-formed XML whose links have names, and returns its labels and links.
func read(t *testing.T, svg string) (labels []label, links []string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(svg))
	ids := map[string]bool{}
	var current *label
	var at, size string
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			attr := map[string]string{}
			for _, a := range e.Attr {
				attr[a.Name.Local] = a.Value
			}
			if id := attr["id"]; id != "" {
				if ids[id] {
					t.Errorf("the id %q comes twice", id)
				}
				ids[id] = true
			}
			switch e.Name.Local {
			case "svg":
				size = attr["viewBox"]
				if attr["aria-labelledby"] == "" {
					t.Error("the picture has no name")
				}
			case "a":
				title, err := dec.Token()
				if first, ok := title.(xml.StartElement); err != nil || !ok || first.Name.Local != "title" ||
					!strings.HasPrefix(attr["href"], "/") && !strings.HasPrefix(attr["href"], "#") {
					t.Errorf("a link to %q does not begin with its title: %v", attr["href"], title)
				}
				links = append(links, attr["href"])
			case "text":
				x, _ := strconv.ParseFloat(attr["x"], 64)
				y, _ := strconv.ParseFloat(attr["y"], 64)
				size := nameSize
				switch attr["class"] {
				case "sub", "hd", "onacc":
					size = smallSize
				}
				if s, err := strconv.ParseFloat(attr["font-size"], 64); err == nil {
					size = s
				}
				current, at = &label{left: x, right: x, top: y - size*0.8, bottom: y + size*0.2, size: size}, attr["text-anchor"]
			}
		case xml.CharData:
			if current != nil {
				current.text += string(e)
			}
		case xml.EndElement:
			if e.Name.Local == "text" && current != nil {
				w := wide(current.text, current.size)
				switch anchor(at) {
				case start:
					current.right += w
				case end:
					current.left -= w
				case "":
					current.right += w
				default:
					current.left, current.right = current.left-w/2, current.right+w/2
				}
				labels = append(labels, *current)
				current = nil
			}
		}
	}
	var w, h, x, y float64
	if _, err := fmt.Sscan(size, &x, &y, &w, &h); err != nil {
		t.Fatal(err)
	}
	for i, a := range labels {
		if a.left < -1 || a.right > w+1 || a.top < 0 || a.bottom > h+1 {
			t.Errorf("%q stands out of the picture", a.text)
		}
		for _, b := range labels[:i] {
			if math.Min(a.right, b.right)-math.Max(a.left, b.left) > 1 && math.Min(a.bottom, b.bottom)-math.Max(a.top, b.top) > 1 {
				t.Errorf("%q and %q overlap", a.text, b.text)
			}
		}
	}
	return labels, links
}

func TestNeighbourhood(t *testing.T) {
	for _, n := range [][3]int{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {5, 8, 3}, {5, 1, 3}, {1, 8, 0}} {
		drawn := ties(n[0], n[1], n[2])
		svg := Neighbourhood(drawn, href)
		_, links := read(t, svg)
		bodies := map[ingest.IRI]bool{}
		for _, tie := range drawn.Right.Ties {
			for _, b := range tie.For {
				bodies[b.ID] = true
			}
		}
		if want := n[0] + n[1] + n[2] + len(bodies); len(links) != want {
			t.Errorf("%v ties: %d links, want %d", n, len(links), want)
		}
		for class, want := range map[string]int{"tie past": n[0] / 2, "tie near": n[2], "tie thick": min(1, n[0])} {
			if got := strings.Count(svg, `class="`+class+`"`); got != want {
				t.Errorf("%v ties: %d lines of class %s, want %d", n, got, class, want)
			}
		}
	}
}

// A script finds the ties of a name by its key: each name that is drawn has at least one, and those of a person lead on.
func TestTiesHaveTheKeysOfTheirNames(t *testing.T) {
	svg := Neighbourhood(ties(2, 3, 1), href)
	lines := map[string]bool{}
	for _, m := range regexp.MustCompile(`<path class="tie[^"]*" data-k="([^"]*)"`).FindAllStringSubmatch(svg, -1) {
		for _, key := range strings.Fields(m[1]) {
			lines[key] = true
		}
	}
	names := regexp.MustCompile(`<a [^>]*data-k="([^"]*)"`).FindAllStringSubmatch(svg, -1)
	if len(names) == 0 {
		t.Fatal("no names")
	}
	for _, m := range names {
		if !lines[m[1]] {
			t.Errorf("no line leads to %s", m[1])
		}
	}
}

func TestMap(t *testing.T) {
	for _, n := range []int{0, 1, 2, 25} {
		m := topicMap(n)
		svg := Map(m, href, mapWords)
		if _, links := read(t, svg); len(links) < n || len(links) > n+n/2 {
			t.Errorf("%d organisations: %d links", n, len(links))
		}
		if ties := strings.Count(svg, `<path class="tie`); ties > tiesOfEach*n || n > 1 && ties == 0 {
			t.Errorf("%d organisations: %d ties", n, ties)
		}
	}
}

// The order of the columns lets fewer ties cross than the order they come in.
func TestMapUntangles(t *testing.T) {
	m := &answer.TopicMap{Organisations: kin(kinds.Organisation, 6), Topics: kin(kinds.Topic, 6)}
	for i := range 6 {
		m.Links = append(m.Links, answer.Link{From: i, To: (i*5 + 2) % 6, Pages: 1})
	}
	left, right := order(6), order(6)
	barycentre(right, left, m.Links, func(l answer.Link) (at, of int) { return l.To, l.From })
	for place, topic := range right {
		if (left[place]*5+2)%6 != topic {
			t.Errorf("ties cross: %v against %v", left, right)
		}
	}
}

func TestTimeline(t *testing.T) {
	for _, n := range []int{1, 12, 90} {
		_, links := read(t, Timeline("Ann & <Co>", "events", moments(n)))
		if len(links) != n {
			t.Errorf("%d events: %d links", n, len(links))
		}
	}
	if svg := Timeline("Ann", "", nil); svg != "" {
		t.Errorf("no events: %q", svg)
	}
	if svg := Timeline("Ann", "", []Moment{{Date: "soon"}}); svg != "" {
		t.Errorf("no dates: %q", svg)
	}
	// What has no date keeps its number, so that the numbers are those of the list.
	labels, _ := read(t, Timeline("Ann", "", []Moment{{Date: "2020", Href: "#e1"}, {Date: "soon"}, {Date: "2021-03", Href: "#e3"}}))
	var numbers []string
	for _, l := range labels {
		if len(l.text) == 1 {
			numbers = append(numbers, l.text)
		}
	}
	if got := strings.Join(numbers, " "); got != "1 3" {
		t.Errorf("numbers %s", got)
	}
}

func TestPicturesAreDeterministic(t *testing.T) {
	draw := func() string {
		return Neighbourhood(ties(5, 8, 3), href) + Map(topicMap(20), href, mapWords) + Timeline("Ann", "events", moments(90))
	}
	if first, second := draw(), draw(); first != second {
		t.Error("the same facts gave another picture")
	}
}

func TestAlone(t *testing.T) {
	ties := &Ties{Centre: answer.Ref{Name: "Weir <House>", Kind: "organisation", Href: "/organisations/weir-house"}}
	ties.Left.Ties = []Tie{{To: answer.Ref{Name: "Jo Marsh", Kind: "person", Href: "/people/jo-marsh"}}}
	alone := Alone(Neighbourhood(ties, func(r answer.Ref) string { return r.Href }), Paint{"#a00", "#fff", "#c66"}, "https://weir.example/")
	if err := xml.Unmarshal([]byte(alone), new(struct{ XMLName xml.Name })); err != nil {
		t.Errorf("no XML: %v", err)
	}
	for _, want := range []string{`href="https://weir.example/people/jo-marsh"`, "stroke: #a00", `xmlns="http://www.w3.org/2000/svg"`} {
		if !strings.Contains(alone, want) {
			t.Errorf("a picture that stands alone lacks %s", want)
		}
	}
	if strings.Contains(alone, `href="/`) || strings.Contains(alone, "ACCENT") {
		t.Error("a picture that stands alone points at its page")
	}
}

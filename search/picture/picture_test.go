package picture

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
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

func vicinity(each int) *answer.Neighbourhood {
	v := &answer.Neighbourhood{Centre: ref(kinds.Person, "Ann O'Nym & <Co>")}
	for _, k := range []kinds.Kind{kinds.Organisation, kinds.Person, kinds.Topic, kinds.Country} {
		v.Groups = append(v.Groups, answer.NeighbourhoodGroup{Kind: k, Members: kin(k, each), Total: each + 14})
	}
	for i := range 4 * each {
		for j := i + 1; j < 4*each; j++ {
			v.Links = append(v.Links, answer.Link{From: i, To: j, Pages: 1 + i%3})
		}
	}
	return v
}

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

func profile(pages, ties int) *answer.Profile {
	p := &answer.Profile{Ref: ref(kinds.Person, "Ann"), Pages: pages, First: "2020-02-01", Last: "2023-11-30"}
	for i := range pages {
		p.Appearances = append(p.Appearances, answer.Appearance{Page: ref(kinds.Page, fmt.Sprintf("Event %d", i)),
			Date: fmt.Sprintf("%d-%02d-11", 2020+i%4, 2+i%7), Speaker: i%2 == 0})
	}
	for i := range ties {
		p.Affiliations = append(p.Affiliations, answer.Affiliation{To: ref(kinds.Organisation, fmt.Sprintf("Body %d", i)),
			Roles: []string{"Chair"}, First: "2021-01-01", Last: fmt.Sprintf("202%d-05-05", 1+i%3), Pages: 2})
	}
	return p
}

// label is a text of a picture and the box it takes.
type label struct {
	text                     string
	left, right, top, bottom float64
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
				if first, ok := title.(xml.StartElement); err != nil || !ok || first.Name.Local != "title" || !strings.HasPrefix(attr["href"], "/") {
					t.Errorf("a link to %q does not begin with its title: %v", attr["href"], title)
				}
				links = append(links, attr["href"])
			case "text":
				x, _ := strconv.ParseFloat(attr["x"], 64)
				y, _ := strconv.ParseFloat(attr["y"], 64)
				current, at = &label{left: x, right: x, top: y - fontSize*0.8, bottom: y + fontSize*0.2}, attr["text-anchor"]
			}
		case xml.CharData:
			if current != nil {
				current.text += string(e)
			}
		case xml.EndElement:
			if e.Name.Local == "text" && current != nil {
				w := float64(len([]rune(current.text))) * fontSize * letterWidth
				switch anchor(at) {
				case start:
					current.right += w
				case end:
					current.left -= w
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
	for _, n := range []int{0, 1, 5, 12} {
		svg := Neighbourhood(vicinity(n), func(k kinds.Kind) string { return "/search?kind=" + string(k) + "&a=b" })
		labels, links := read(t, svg)
		if len(links) != 4*n+4+1 { // members, "more" of each group, the centre
			t.Errorf("%d of each kind: %d links", n, len(links))
		}
		if got := strings.Count(svg, "tie among") + strings.Count(svg, `stroke-width="0.7" stroke-opacity="0.2"`); got > maxAmong {
			t.Errorf("%d fine ties are a hairball", got)
		}
		more := 0
		for _, l := range labels {
			if l.text == "and 14 more" {
				more++
			}
		}
		if more != 4 {
			t.Errorf("%d of each kind: %d of 4 groups say how many more there are", n, more)
		}
	}
	read(t, Neighbourhood(&answer.Neighbourhood{Centre: ref(kinds.Topic, "Alone")}, nil))
}

func TestMap(t *testing.T) {
	for _, n := range []int{0, 1, 2, 25} {
		m := topicMap(n)
		svg := Map(m)
		if _, links := read(t, svg); len(links) != n+n/2 {
			t.Errorf("%d organisations: %d links", n, len(links))
		}
		if ties := strings.Count(svg, `class="tie"`); ties > tiesOfEach*(n+n/2) || n > 1 && ties == 0 {
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
	for _, n := range []int{1, 40, 200} {
		svg := Timeline(profile(n, n%11))
		_, links := read(t, svg)
		if len(links) == 0 {
			t.Errorf("%d pages: no links", n)
		}
	}
	if svg := Timeline(&answer.Profile{}); svg != "" {
		t.Errorf("undated: %q", svg)
	}
	if svg := Timeline(&answer.Profile{First: "soon", Last: "later"}); svg != "" {
		t.Errorf("no dates: %q", svg)
	}
}

func TestPicturesAreDeterministic(t *testing.T) {
	draw := func() string {
		return Neighbourhood(vicinity(9), nil) + Map(topicMap(20)) + Timeline(profile(90, 9))
	}
	if first, second := draw(), draw(); first != second {
		t.Error("the same facts gave another picture")
	}
}

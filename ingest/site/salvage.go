package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// quoteLines reads YAML that cannot be read as it stands with the values in quotation marks of those lines that are to blame:
// places of templates, and signs that have a meaning in YAML. Each is reported; ok is false if that does not mend it.
func quoteLines(data []byte, line int) (m matter, ok bool) {
	lines := strings.Split(string(data), "\n")
	var issues []issue
	quote := func(i int, cause string) bool {
		k := keyLine.FindStringSubmatch(strings.TrimRight(lines[i], "\r"))
		if k == nil || k[2] == "" || strings.HasPrefix(k[2], `"`) && strings.HasSuffix(k[2], `"`) && len(k[2]) > 1 &&
			strings.Count(k[2], `"`) == 2 {
			return false
		}
		lines[i] = k[1] + ": " + strconv.Quote(k[2])
		issues = append(issues, issue{line + i, cause})
		return true
	}
	for i, l := range lines {
		if strings.Contains(l, ": {{") || strings.Contains(l, ": {%") {
			quote(i, "a template's place in a value without quotation marks cannot be read as YAML; it is taken as it stands")
		}
	}
	for range 20 {
		m = matter{found: true}
		err := decodeYAML(&m, []byte(strings.Join(lines, "\n")), line)
		if err == nil {
			m.issues = append(issues, m.issues...)
			return m, len(issues) > 0
		}
		at, cause := errorPlace(err)
		if at < 1 || at > len(lines) || !quote(at-1, "the value cannot be read as YAML ("+cause+
			") and is taken as it stands; put it in quotation marks") {
			return matter{}, false
		}
	}
	return matter{}, false
}

// unclosed deals with a file in which no front matter was found: a page without one, or one whose end is missing.
func unclosed(src []byte) (matter, []byte, int) {
	if objectOpens.Match(src) {
		return unclosedObject(src)
	}
	lines := bytes.SplitAfter(src, []byte("\n"))
	first := 0
	for first < len(lines) && len(bytes.TrimSpace(lines[first])) == 0 {
		first++
	}
	if first+1 >= len(lines) {
		return matter{}, src, 1
	}
	if open := string(bytes.TrimSpace(lines[first])); open != "---" && open != "+++" ||
		!keyLine.Match(bytes.TrimRight(lines[first+1], "\r\n")) {
		return matter{}, src, 1
	}
	end := first + 1
	for end < len(lines) && (keyLine.Match(bytes.TrimRight(lines[end], "\r\n")) || inList.Match(lines[end])) {
		end++
	}
	m := salvage(bytes.Join(lines[first+1:end], nil), first+2)
	m.found, m.open = true, true
	m.issues = []issue{{first + 1, fmt.Sprintf("the front matter is opened here and never closed; write %s on a line of its own after it. "+
		"The page is kept with what could be made out", bytes.TrimSpace(lines[first]))}}
	return m, bytes.Join(lines[end:], nil), min(end+1, len(lines))
}

// objectOpens matches what begins as a JSON object does.
var objectOpens = regexp.MustCompile(`^\s*\{\s*"[^"\n]*"\s*:`)

// unclosedObject takes apart a file whose front matter is a JSON object that cannot be read to its end. Of its keys those with texts that
// stand before the fault are kept; the page's text begins behind the first empty line.
func unclosedObject(src []byte) (matter, []byte, int) {
	start := len(src) - len(bytes.TrimLeft(src, " \t\r\n"))
	first := 1 + bytes.Count(src[:start], []byte("\n"))
	data, body, _ := bytes.Cut(bytes.ReplaceAll(src[start:], []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	m := matter{values: map[string]any{}, found: true}
	read := json.NewDecoder(bytes.NewReader(data))
	at, line := 0, first
	for depth, key := 0, ""; ; {
		token, err := read.Token()
		if err != nil {
			break
		}
		end := int(read.InputOffset())
		at, line = end, line+bytes.Count(data[at:end], []byte("\n"))
		switch t := token.(type) {
		case json.Delim:
			if key = ""; t == '{' || t == '[' {
				depth++
			} else {
				depth--
			}
		case string:
			switch {
			case depth != 1:
			case key == "":
				key = t
				continue
			default:
				m.values[key] = t
				m.leaves = append(m.leaves, leaf{path: []string{key}, value: t, line: line, text: true})
			}
			key = ""
		default:
			key = ""
		}
	}
	m.issues = []issue{{first, "the front matter that opens here is JSON that cannot be read to its end; close it with } on a line of " +
		"its own. The page is kept with what could be made out"}}
	return m, body, first + bytes.Count(data, []byte("\n")) + 2
}

// salvage reads the simple lines of front matter that cannot be read as a whole.
func salvage(data []byte, line int) matter {
	m := matter{values: map[string]any{}, found: true}
	for i, l := range strings.Split(string(data), "\n") {
		k := keyLine.FindStringSubmatch(strings.TrimRight(l, "\r"))
		if k == nil || k[2] == "" || strings.ContainsAny(k[2][:1], "[{|>&*") {
			continue
		}
		if _, twice := m.values[k[1]]; twice {
			continue
		}
		value := strings.Trim(k[2], `"'`)
		m.values[k[1]] = value
		switch value {
		case "true", "false":
			m.values[k[1]] = value == "true"
		default:
			m.leaves = append(m.leaves, leaf{path: []string{k[1]}, value: value, line: line + i, text: true})
		}
	}
	return m
}

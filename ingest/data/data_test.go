package data

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestModule(t *testing.T) {
	files := map[string]string{"./people.json": `{"anna": {"name": "Anna"}}`}
	load := func(name string) *Node {
		n, err := Read(name, []byte(files[name]), nil)
		if err != nil || files[name] == "" {
			return nil
		}
		return n
	}
	for _, c := range []struct{ name, src, want string }{
		{"CommonJS", "// a site\nmodule.exports = {\n\ttitle: 'Ferry', url: \"https://x.example\", n: -1, ok: true, list: [1, 'a',],\n};",
			`{"title":"Ferry","url":"https://x.example","n":-1,"ok":true,"list":[1,"a"]}`},
		{"a function that returns", "module.exports = function (c) { c.addFilter('x', (v) => { return v }); return {dir: {input: 'content'}}; };",
			`{"dir":{"input":"content"}}`},
		{"an arrow", "export default (c) => ({ a: 1 })", `{"a":1}`},
		{"a call", "export default defineConfig({ site: 'https://x.example', integrations: [mdx()] })",
			`{"site":"https://x.example","integrations":[null]}`},
		{"names and types", "import type {Config} from 'x';\nconst a: Config = { title: 'A' };\nexport default a satisfies Config;",
			`{"title":"A"}`},
		{"spread and require", "const p = require('./people.json');\nmodule.exports = { ...p, more: require('./people.json').anna }",
			`{"anna":{"name":"Anna"},"more":null}`},
		{"template", "module.exports = { lang: 'fr', permalink: function (data) { return `/${data.lang}/x/${data.page.fileSlug}/`; } }",
			`{"lang":"fr","permalink":"/{{ lang }}/x/{{ page.fileSlug }}/"}`},
		{"computed", "module.exports = { a: process.env.URL || 'https://x.example', b: x ? 1 : 2, c: 'a' + 'b', re: /a\\/b/, d: 1 }",
			`{"a":"https://x.example","b":null,"c":"ab","re":null,"d":1}`},
		{"named exports", "export const speakers = [{name: 'Anna'}];\nexport const year = 2031;", `{"speakers":[{"name":"Anna"}],"year":2031}`},
		{"two statements without semicolons", "const a = [1]\nconst b = { x: a }\nmodule.exports = b", `{"x":[1]}`},
		{"nothing literal", "console.log(1)", `{}`},
		{"cut short", "module.exports = [{name: 'Anna'}, {name: 'Be", `[{"name":"Anna"},{"name":null}]`},
	} {
		var want any
		if err := json.Unmarshal([]byte(c.want), &want); err != nil {
			t.Fatal(c.name, err)
		}
		b, _ := json.Marshal(Module([]byte(c.src), load).Value())
		var got any
		_ = json.Unmarshal(b, &got)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %s, want %s", c.name, b, c.want)
		}
	}
}

func TestLines(t *testing.T) {
	for name, src := range map[string]string{
		"a.json": "[\n {\"name\": \"Anna\"},\n {\n  \"name\": \"Jonas \\u00c5\"}]",
		"a.yml":  "- name: Anna\n-\n  # the second\n  name: Jonas Å\n",
		"a.toml": "# people\n[[people]]\nname = 'Anna'\n\n[[people]]\nname = 'Jonas Å'\n",
		"a.csv":  "name;city\nAnna;Bergen\n\"Jonas Å\";\"Os\nlo\"\n",
		"a.mjs":  "export default [\n {name: 'Anna'},\n {\n  name: 'Jonas \\xc5'}]",
	} {
		n, err := Read(name, []byte(src), nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if p := n.Get("people"); p != nil {
			n = p
		}
		if n.Kind != List || len(n.Items) != 2 {
			t.Errorf("%s: %v", name, n.Value())
			continue
		}
		second := n.Items[1].Get("name")
		want := 1 + strings.Count(src[:strings.Index(src, "Jonas")], "\n")
		if got := second.String(); got != "Jonas Å" || second.Line != want {
			t.Errorf("%s: %q on line %d, want Jonas Å on line %d", name, got, second.Line, want)
		}
	}
}

// What is cut short, recursive or huge is an error with its line; what stands before it is there.
func TestBadInput(t *testing.T) {
	for name, src := range map[string]string{
		"cut.json":  "[{\"name\": \"Anna\"},\n{\"name\": ",
		"deep.json": strings.Repeat("[", 100_000),
		"self.yml":  "a: &a\n  b: *a\n",
		"bomb.yml": "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d " +
			"[*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f]\n",
		"tab.yml":  "a:\n\tb: 1\n",
		"cut.toml": "a = 1\nb = \"",
	} {
		if _, err := Read(name, []byte(src), nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	n, err := Read("cut.json", []byte("[{\"name\": \"Anna\"},\n{\"name\": "), nil)
	if fault, ok := err.(*Error); !ok || fault.Line != 2 || n.Items[0].Get("name").String() != "Anna" {
		t.Errorf("%v, %v", n.Value(), err)
	}
	n, err = Read("cut.csv", []byte("name,org\nAnna,Pier Trust\n\"Jonas,Weir\n"), nil)
	if fault, ok := err.(*Error); !ok || fault.Line != 3 || n.Items[0].Get("name").String() != "Anna" {
		t.Errorf("%v, %v", n.Value(), err)
	}
	if n, err = Read("inches.csv", []byte("name,size\nAnna,12\"\nJonas,11\n"), nil); err != nil || len(n.Items) != 2 {
		t.Errorf("inches: %v, %v", n.Value(), err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"module.exports = {a: `x${b}y`}", "[1,{\"a\":null}]", "a: &x {b: *x}", "[[a]]\nb=1", "a,b\n1,2",
		"export default (a) => { return {b: [...c]} }", "const a = /x/; \u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for _, name := range []string{"a.json", "a.yml", "a.toml", "a.csv", "a.js"} {
			if n, err := Read(name, []byte(src), nil); err == nil && n == nil {
				t.Errorf("%s: neither node nor error", name)
			}
		}
	})
}

// What lies too deep within itself is refused before it is decoded, which would take memory by the square of its depth.
func TestDeepTOML(t *testing.T) {
	for what, src := range map[string]string{
		"a key":              "x = 1\n" + strings.Repeat("a.", 20000) + "a = 1\n",
		"a key with blanks":  "x = 1\n" + strings.Repeat("a . ", 20000) + "a = 1\n",
		"quoted parts":       "x = 1\n" + strings.Repeat("'a'.", 20000) + "a = 1\n",
		"a head":             "x = 1\n[" + strings.Repeat("a.", 20000) + "a]\n",
		"a key within":       "x = 1\nt = {" + strings.Repeat("a.", 20000) + "a = 1}\n",
		"arrays":             "x = 1\na = " + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "\n",
		"a second key there": "x = 1\nt = {b = 'x.y', " + strings.Repeat("a.", 20000) + "a = 1}\n",
	} {
		var fault *Error
		if _, _, err := DecodeTOML([]byte(src)); !errors.As(err, &fault) || fault.Line != 2 {
			t.Errorf("%s: %v", what, err)
		}
	}
	long := "a.b.c = 1\ntext = \"" + strings.Repeat("It was said. ", 200) + "\"\nmore = '''" + strings.Repeat("...", 100) + "'''\n"
	if values, _, err := DecodeTOML([]byte(long)); err != nil || len(values) != 3 {
		t.Errorf("prose: %d values, %v", len(values), err)
	}
}

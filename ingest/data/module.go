package data

import (
	"bytes"
	"encoding/json"

	"github.com/tdewolff/parse/v2/js"
)

// Module reads the literals of a module. Nothing is run: names that the module binds to literals are known, files that it
// requires are asked of load, and of a function what it returns counts. What else it computes is not there. The node is a
// Table, save where the module exports a list; it is empty where the module exports nothing literal.
func Module(src []byte, load Load) *Node {
	m := &module{tokens: tokens(src), names: map[string]*Node{}, load: load}
	out := m.statements()
	if out == nil {
		return &Node{Kind: Table, Line: 1}
	}
	return out
}

// readJSON reads JSON, with the comments and commas that people put into it.
func readJSON(src []byte) (*Node, error) {
	m := &module{tokens: tokens(src)}
	if len(m.tokens) == 0 {
		return &Node{Kind: Null, Line: 1}, nil
	}
	n := m.value(0)
	if m.tooLarge {
		return nil, &Error{1, errTooLarge.Error()}
	}
	if m.at == len(m.tokens) && m.closed() {
		return n, nil
	}
	var v any
	fault := &Error{m.line(), "expected a value, or the end of one"}
	if err, ok := json.Unmarshal(src, &v).(*json.SyntaxError); ok {
		fault = &Error{1 + bytes.Count(src[:min(int(err.Offset), len(src))], []byte("\n")), err.Error()}
	} else if v != nil {
		return n, nil
	}
	return n, fault
}

// module reads tokens one after the other.
type module struct {
	tokens   []token
	at       int
	names    map[string]*Node
	load     Load
	spent    int
	open     int // lists and tables that were not closed
	tooLarge bool
}

func (m *module) closed() bool { return m.open == 0 }

func (m *module) peek(n int) string {
	if m.at+n >= len(m.tokens) {
		return ""
	}
	return m.tokens[m.at+n].text
}

func (m *module) line() int {
	if m.at < len(m.tokens) {
		return m.tokens[m.at].line
	}
	if n := len(m.tokens); n > 0 {
		return m.tokens[n-1].line
	}
	return 1
}

func (m *module) accept(text string) bool {
	if m.peek(0) == text && m.at < len(m.tokens) {
		m.at++
		return true
	}
	return false
}

// statements reads what the module binds and exports.
func (m *module) statements() *Node {
	var whole *Node
	named := &Node{Kind: Table, Line: 1}
	for m.at < len(m.tokens) {
		start := m.at
		switch {
		case m.accept("import"):
			m.imports()
		case m.peek(0) == "module" && m.peek(1) == "." && m.peek(2) == "exports" && m.peek(3) == "=":
			m.at += 4
			whole = m.value(0)
		case m.peek(0) == "module" && m.peek(2) == "exports" && m.peek(3) == "." && m.peek(5) == "=":
			key := m.peek(4)
			m.at += 6
			named.Set(key, m.value(0))
		case m.peek(0) == "exports" && m.peek(1) == "." && m.peek(3) == "=":
			key := m.peek(2)
			m.at += 4
			named.Set(key, m.value(0))
		case m.peek(0) == "export" && m.peek(1) == "default":
			m.at += 2
			whole = m.value(0)
		case m.peek(0) == "export" && (m.peek(1) == "const" || m.peek(1) == "let" || m.peek(1) == "var"):
			m.at += 2
			if key := m.binding(); key != "" && m.names[key] != nil {
				named.Set(key, m.names[key])
			}
		case m.peek(0) == "const" || m.peek(0) == "let" || m.peek(0) == "var":
			m.at++
			m.binding()
		default:
			m.at++
		}
		if m.at == start {
			m.at++
		}
	}
	if whole != nil && whole.Kind == Table {
		whole.merge(named)
	}
	if whole == nil || whole.Kind == Null {
		return named
	}
	return whole
}

// binding reads "NAME = value", with or without a type, after const.
func (m *module) binding() string {
	if m.at >= len(m.tokens) || !js.IsIdentifier(m.tokens[m.at].kind) {
		return ""
	}
	name := m.peek(0)
	m.at++
	if m.accept(":") { // a type
		for m.at < len(m.tokens) && m.peek(0) != "=" && m.peek(0) != ";" {
			m.at++
		}
	}
	if !m.accept("=") {
		return ""
	}
	if v := m.value(0); v != nil {
		m.names[name] = v
	}
	return name
}

// imports reads what follows import, up to the name of the file.
func (m *module) imports() {
	name := ""
	if js.IsIdentifier(m.kind()) {
		name = m.peek(0)
	}
	for n := 0; n < 60 && m.at < len(m.tokens) && m.peek(0) != ";"; n++ {
		if m.kind() == js.StringToken {
			if file := unquote(m.peek(0)); name != "" && m.load != nil {
				m.names[name] = m.load(file)
			}
			m.at++
			return
		}
		m.at++
	}
}

func (m *module) kind() js.TokenType {
	if m.at < len(m.tokens) {
		return m.tokens[m.at].kind
	}
	return js.ErrorToken
}

// value reads an expression, and returns what it is if that is literal, else a Null.
func (m *module) value(depth int) *Node {
	if m.spent++; m.spent > most || depth > deepest {
		m.tooLarge, m.at = true, len(m.tokens)
		return &Node{Kind: Null, Line: m.line()}
	}
	n := m.operand(depth)
	for m.at < len(m.tokens) { // what an expression goes on with
		switch t := m.peek(0); {
		case t == "as" || t == "satisfies":
			m.skip()
		case t == "+" && n.Kind == Text:
			m.at++
			right := m.operand(depth)
			if right.Kind != Text && right.Kind != Number {
				return &Node{Kind: Null, Line: n.Line}
			}
			n = &Node{Kind: Text, Line: n.Line, Text: n.Text + right.Text}
		case t == "||" || t == "??":
			m.at++
			if right := m.operand(depth); n.Kind == Null {
				n = right
			}
		case t == "," || t == ";" || t == "}" || t == "]" || t == ")" || t == ":":
			return n
		default:
			if statement(t) || depth == 0 && m.tokens[m.at].line > m.tokens[m.at-1].line {
				return n
			}
			m.skip() // something is computed of it
			return &Node{Kind: Null, Line: n.Line}
		}
	}
	return n
}

func statement(t string) bool {
	return t == "module" || t == "export" || t == "exports" || t == "const" || t == "let" || t == "var" || t == "import" || t == "function"
}

// skip goes to the end of the expression: a comma or a bracket that closes what it stands in.
func (m *module) skip() {
	for depth := 0; m.at < len(m.tokens); m.at++ {
		switch t := m.peek(0); {
		case t == "(" || t == "[" || t == "{":
			depth++
		case t == ")" || t == "]" || t == "}":
			if depth--; depth < 0 {
				return
			}
		case (t == "," || t == ";") && depth == 0 || depth == 0 && statement(t):
			return
		}
	}
}

func (m *module) operand(depth int) *Node {
	n := &Node{Line: m.line()}
	if m.at >= len(m.tokens) {
		return n
	}
	t := m.tokens[m.at]
	switch {
	case t.text == "{":
		return m.table(depth)
	case t.text == "[":
		return m.list(depth)
	case t.kind == js.StringToken:
		m.at++
		n.Kind, n.Text = Text, unquote(t.text)
	case t.kind == js.TemplateToken || t.kind == js.TemplateStartToken:
		n.Kind, n.Text = Text, m.template()
	case js.IsNumeric(t.kind):
		m.at++
		n.Kind, n.Text = Number, t.text
	case t.text == "-" && m.at+1 < len(m.tokens) && js.IsNumeric(m.tokens[m.at+1].kind):
		n.Kind, n.Text = Number, "-"+m.peek(1)
		m.at += 2
	case t.text == "true" || t.text == "false":
		m.at++
		n.Kind, n.Text = Bool, t.text
	case t.text == "null" || t.text == "undefined":
		m.at++
	case t.text == "(" && !m.arrow():
		m.at++
		n = m.value(depth + 1)
		m.accept(")")
	case t.text == "await" || t.text == "async" && !m.arrowAfter(1) && m.peek(1) != "function":
		m.at++
		return m.operand(depth)
	case t.text == "new" && m.peek(1) == "Date":
		m.at += 2
		return m.argument(depth)
	case t.text == "require" && m.peek(1) == "(":
		m.at++
		file := m.argument(depth)
		if m.load != nil && file.Kind == Text {
			if loaded := m.load(file.Text); loaded != nil {
				return loaded
			}
		}
	case t.text == "function" || t.text == "async" || m.arrow():
		return m.function(depth)
	case js.IsIdentifier(t.kind):
		return m.named(depth)
	default:
		m.skip()
	}
	return n
}

// named reads a name, a member of one, or a call, of which the first argument counts: defineConfig({...}).
func (m *module) named(depth int) *Node {
	n := &Node{Line: m.line()}
	v := m.names[m.peek(0)]
	m.at++
	for m.peek(0) == "." && m.at+1 < len(m.tokens) {
		v = v.Get(m.peek(1))
		m.at += 2
	}
	if m.peek(0) == "(" {
		return m.argument(depth)
	}
	if v != nil {
		return v
	}
	return n
}

// argument reads "(value, ...)" and returns the first value.
func (m *module) argument(depth int) *Node {
	n := &Node{Line: m.line()}
	if !m.accept("(") {
		return n
	}
	if m.peek(0) != ")" {
		n = m.value(depth + 1)
	}
	for m.at < len(m.tokens) && !m.accept(")") {
		if !m.accept(",") {
			m.at++
			continue
		}
		m.skip()
	}
	return n
}

// arrow reports whether an arrow function begins here: "name =>" or "(...) =>".
func (m *module) arrow() bool { return m.arrowAfter(0) }

func (m *module) arrowAfter(n int) bool {
	if m.peek(n+1) == "=>" {
		return true
	}
	if m.peek(n) != "(" {
		return false
	}
	for i, depth := m.at+n, 0; i < len(m.tokens) && i < m.at+400; i++ {
		switch m.tokens[i].text {
		case "(", "{", "[":
			depth++
		case ")", "}", "]":
			if depth--; depth == 0 {
				return i+1 < len(m.tokens) && m.tokens[i+1].text == "=>"
			}
		}
	}
	return false
}

// function reads a function, and returns the literal that it returns first on its own level.
func (m *module) function(depth int) *Node {
	n := &Node{Line: m.line()}
	m.accept("async")
	if m.accept("function") {
		m.accept("*")
		if m.peek(0) != "(" {
			m.at++
		}
	}
	if m.peek(0) == "(" {
		m.brackets()
	} else if m.peek(1) == "=>" {
		m.at++
	}
	m.accept("=>")
	if m.peek(0) != "{" {
		return m.value(depth + 1)
	}
	m.at++
	for m.at < len(m.tokens) && m.peek(0) != "}" {
		switch {
		case m.accept("return"):
			if v := m.value(depth + 1); n.Kind == Null {
				n = v
			}
		case m.peek(0) == "const" || m.peek(0) == "let" || m.peek(0) == "var":
			m.at++
			if m.binding() == "" {
				m.skip()
			}
		case m.peek(0) == "(" || m.peek(0) == "{" || m.peek(0) == "[":
			m.brackets()
		default:
			m.at++
		}
	}
	m.accept("}")
	return n
}

// brackets goes over a pair of brackets and what is in it.
func (m *module) brackets() {
	for depth := 0; m.at < len(m.tokens); m.at++ {
		switch m.peek(0) {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			if depth--; depth == 0 {
				m.at++
				return
			}
		}
	}
}

func (m *module) list(depth int) *Node {
	n := &Node{Kind: List, Line: m.line()}
	m.at++
	m.open++
	for m.at < len(m.tokens) {
		switch {
		case m.accept("]"):
			m.open--
			return n
		case m.accept(","):
		case m.accept("..."):
			if v := m.value(depth + 1); v != nil && v.Kind == List {
				n.Items = append(n.Items, v.Items...)
			}
		default:
			start := m.at
			n.Items = append(n.Items, m.value(depth+1))
			if m.at == start {
				m.at++
			}
		}
	}
	return n
}

func (m *module) table(depth int) *Node {
	n := &Node{Kind: Table, Line: m.line()}
	m.at++
	m.open++
	for m.at < len(m.tokens) {
		t := m.tokens[m.at]
		start := m.at
		switch {
		case m.accept("}"):
			m.open--
			return n
		case m.accept(","):
		case m.accept("..."):
			n.merge(m.value(depth + 1))
		case t.text == "[":
			m.brackets()
			m.skip()
		case t.kind == js.StringToken || js.IsIdentifierName(t.kind) || js.IsNumeric(t.kind):
			key := t.text
			if t.kind == js.StringToken {
				key = unquote(key)
			}
			m.entry(n, key, depth)
		default:
			m.skip()
		}
		if m.at == start {
			m.at++
		}
	}
	return n
}

// entry reads what follows a key of a table.
func (m *module) entry(n *Node, key string, depth int) {
	switch m.peek(1) {
	case ":":
		m.at += 2
		n.Set(key, m.value(depth+1))
	case "(": // a method
		m.at++
		n.Set(key, m.function(depth+1))
	case ",", "}":
		if v := m.names[key]; v != nil {
			n.Set(key, v)
		}
		m.at++
	default: // get, async, ...
		m.at++
	}
}

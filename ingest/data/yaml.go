package data

import (
	"rapporteur/ingest/curation"

	"go.yaml.in/yaml/v3"
)

func readYAML(src []byte) (*Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		line, cause := curation.YAMLError(err)
		return nil, &Error{max(line, 1), cause}
	}
	if len(doc.Content) == 0 {
		return &Node{Kind: Null, Line: 1}, nil
	}
	budget := most
	n := fromYAML(doc.Content[0], 0, &budget)
	if budget <= 0 {
		return nil, &Error{doc.Content[0].Line, errTooLarge.Error()}
	}
	return n, nil
}

func fromYAML(y *yaml.Node, depth int, budget *int) *Node {
	if *budget--; *budget <= 0 || depth > deepest {
		*budget = 0
		return &Node{Kind: Null, Line: y.Line}
	}
	n := &Node{Line: y.Line}
	switch y.Kind {
	case yaml.AliasNode:
		return fromYAML(y.Alias, depth+1, budget)
	case yaml.SequenceNode:
		n.Kind = List
		for _, c := range y.Content {
			n.Items = append(n.Items, fromYAML(c, depth+1, budget))
		}
	case yaml.MappingNode:
		n.Kind = Table
		for i := 0; i+1 < len(y.Content); i += 2 {
			value := fromYAML(y.Content[i+1], depth+1, budget)
			if y.Content[i].Tag == "!!merge" {
				n.merge(value)
				continue
			}
			n.Set(y.Content[i].Value, value)
		}
	case yaml.ScalarNode:
		n.Text = y.Value
		switch y.Tag {
		case "!!null":
			n.Kind = Null
		case "!!bool":
			n.Kind = Bool
			var b bool
			if y.Decode(&b) == nil && b {
				n.Text = "true"
			} else {
				n.Text = "false"
			}
		case "!!int", "!!float":
			n.Kind = Number
		default:
			n.Kind = Text
		}
	}
	return n
}

// merge adds the keys of another table, or of a list of tables, that n does not have.
func (n *Node) merge(other *Node) {
	if other == nil {
		return
	}
	if other.Kind == List {
		for _, o := range other.Items {
			n.merge(o)
		}
		return
	}
	if other.Kind != Table {
		return
	}
	for i, k := range other.Keys {
		if n.Get(k) == nil {
			n.Set(k, other.Items[i])
		}
	}
}

package fees

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// The bounds of a schedule file.
const (
	maxFile     = 1 << 20 // bytes
	maxDepth    = 16      // objects and arrays inside each other
	maxKey      = 64      // bytes of a field name
	maxList     = 1000    // elements of a list
	maxProblems = 50      // problems reported at once
)

type kind uint8

const (
	isObject kind = iota + 1
	isArray
	isText
	isOther // number, true, false, null
)

func (k kind) String() string {
	return [...]string{"nothing", "an object", "a list", "text", "a number, true, false or null"}[k]
}

// node is one JSON value that knows where it stands. encoding/json alone would take a field twice, or in other
// capitals, and would not say in which of twenty bands a field is misspelt.
type node struct {
	kind   kind
	text   string  // of text, and as written of isOther
	list   []*node // elements of an array, values of an object
	parent *node
	name   string // in an object
	index  int    // in an array
	line   int
}

// field gives the value of an object's field, nil when absent.
func (n *node) field(name string) *node {
	for _, f := range n.list {
		if f.name == name {
			return f
		}
	}
	return nil
}

// path is built only for messages: items[0].editions[1].
func (n *node) path() string {
	switch {
	case n.parent == nil:
		return ""
	case n.parent.kind == isArray:
		return fmt.Sprintf("%s[%d]", n.parent.path(), n.index)
	}
	if p := n.parent.path(); p != "" {
		return p + "." + n.name
	}
	return n.name
}

// place names the node in a message about two places.
func (n *node) place() string { return fmt.Sprintf("%s (line %d)", n.path(), n.line) }

// parser turns bytes into nodes, strictly.
type parser struct {
	data []byte
	dec  *json.Decoder
	seen int64 // offset up to which lines are counted
	line int
}

// parse reads one JSON value of bounded size and depth, and refuses a second field of one name.
func parse(data []byte) (*node, error) {
	switch {
	case len(data) > maxFile:
		return nil, fmt.Errorf("the file has %d bytes; a schedule has at most %d", len(data), maxFile)
	case !utf8.Valid(data):
		return nil, errors.New("the file is not UTF-8 text: save it as UTF-8")
	}
	p := parser{data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: 1}
	p.dec.UseNumber()
	root := &node{}
	if err := p.value(root, 0); err != nil {
		return nil, err
	}
	if _, err := p.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("line %d: there is more after the schedule's closing brace", p.line)
	}
	return root, nil
}

func (p *parser) token() (json.Token, error) {
	tok, err := p.dec.Token()
	if err != nil {
		return nil, p.syntax(err)
	}
	p.count(p.dec.InputOffset())
	return tok, nil
}

func (p *parser) count(to int64) {
	p.line += bytes.Count(p.data[p.seen:to], []byte{'\n'})
	p.seen = to
}

func (p *parser) syntax(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		p.count(int64(len(p.data)))
		return fmt.Errorf("line %d: the file ends in the middle of the schedule", p.line)
	}
	if syn, ok := errors.AsType[*json.SyntaxError](err); ok {
		if syn.Offset > p.seen && syn.Offset <= int64(len(p.data)) {
			p.count(syn.Offset)
		}
		return fmt.Errorf("line %d: not JSON: %w", p.line, err)
	}
	return fmt.Errorf("line %d: not JSON: %w", p.line, err)
}

func (p *parser) value(n *node, depth int) error {
	tok, err := p.token()
	if err != nil {
		return err
	}
	n.line = p.line
	switch v := tok.(type) {
	case json.Delim:
		if depth == maxDepth {
			return fmt.Errorf("line %d: more than %d objects and lists inside each other", n.line, maxDepth)
		}
		if v == '{' {
			return p.object(n, depth)
		}
		return p.array(n, depth)
	case string:
		n.kind, n.text = isText, v
	default:
		n.kind, n.text = isOther, fmt.Sprint(v)
	}
	return nil
}

func (p *parser) object(n *node, depth int) error {
	n.kind = isObject
	names := map[string]int{}
	for p.dec.More() {
		tok, err := p.token()
		if err != nil {
			return err
		}
		name, ok := tok.(string)
		if !ok || len(name) > maxKey {
			return fmt.Errorf("line %d: a field name longer than %d bytes", p.line, maxKey)
		}
		if first, twice := names[name]; twice {
			return fmt.Errorf("line %d: field %q stands twice in %s, first on line %d", p.line, name, n.shown(), first)
		}
		names[name] = p.line
		child := &node{parent: n, name: name}
		if err := p.value(child, depth+1); err != nil {
			return err
		}
		n.list = append(n.list, child)
	}
	_, err := p.token() // the closing brace
	return err
}

func (p *parser) array(n *node, depth int) error {
	n.kind = isArray
	for p.dec.More() {
		child := &node{parent: n, index: len(n.list)}
		if err := p.value(child, depth+1); err != nil {
			return err
		}
		n.list = append(n.list, child)
	}
	_, err := p.token() // the closing bracket
	return err
}

func (n *node) shown() string {
	if p := n.path(); p != "" {
		return p
	}
	return "the schedule"
}

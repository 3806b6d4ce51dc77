package rollout

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// The bounds of a file.
const (
	maxFile     = 1 << 20 // bytes
	maxDepth    = 12      // objects and lists inside each other
	maxName     = 64      // bytes of a member's name and of an identifier
	maxText     = 1000    // bytes of a text
	maxList     = 500     // elements of a list
	maxProblems = 50      // problems told at once
)

// node is one value of a file with its place in it. Decoding into structs would take a member in other capitals, take a member twice,
// and not say in which of eighty rows a name is misspelt.
type node struct {
	path    string
	line    int
	what    string // "an object", "a list", "text", "a number", "true, false or null"
	text    string // of text and numbers
	members []*node
	name    string // the member's name in its object
}

// member gives a member of an object; nil when it is absent.
func (n *node) member(name string) *node {
	for _, m := range n.members {
		if m.name == name {
			return m
		}
	}
	return nil
}

// The kinds of values, as messages name them.
const (
	anObject = "an object"
	aList    = "a list"
	aText    = "text"
	aNumber  = "a number"
	aWord    = "true, false or null"
)

// scanner turns bytes into nodes.
type scanner struct {
	data []byte
	dec  *json.Decoder
	seen int64 // the offset up to which lines are counted
	line int
}

// scan reads one JSON value of bounded size and depth in which no object names a member twice.
func scan(data []byte) (*node, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("the file has %d bytes, the largest has %d", len(data), maxFile)
	}
	if !utf8.Valid(data) {
		return nil, errors.New("the file is not UTF-8: save it as UTF-8")
	}
	s := &scanner{data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: 1}
	s.dec.UseNumber()
	root := &node{}
	if err := s.value(root, 0); err != nil {
		return nil, err
	}
	if _, err := s.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("line %d: something stands after the closing brace: a file is one object", s.line)
	}
	return root, nil
}

// next reads a token and counts the lines up to its end.
func (s *scanner) next() (json.Token, error) {
	token, err := s.dec.Token()
	end := s.dec.InputOffset()
	early := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		end = min(max(end, syntax.Offset), int64(len(s.data)))
	} else if early {
		end = int64(len(s.data))
	}
	s.line += bytes.Count(s.data[s.seen:end], []byte{'\n'})
	s.seen = end
	switch {
	case early:
		return nil, fmt.Errorf("line %d: the file ends before its object does", s.line)
	case err != nil:
		return nil, fmt.Errorf("line %d: not JSON: %w", s.line, err)
	}
	return token, nil
}

func (s *scanner) value(n *node, depth int) error {
	token, err := s.next()
	if err != nil {
		return err
	}
	n.line = s.line
	switch v := token.(type) {
	case json.Delim:
		if depth == maxDepth {
			return fmt.Errorf("line %d: more than %d objects and lists inside each other", s.line, maxDepth)
		}
		if v == '{' {
			n.what = anObject
			return s.members(n, depth)
		}
		n.what = aList
		return s.elements(n, depth)
	case string:
		n.what, n.text = aText, v
	case json.Number:
		n.what, n.text = aNumber, v.String()
	default:
		n.what = aWord
	}
	return nil
}

func (s *scanner) members(n *node, depth int) error {
	lines := map[string]int{}
	for s.dec.More() {
		token, err := s.next()
		if err != nil {
			return err
		}
		name, _ := token.(string) // inside an object a token in this place is text, or was an error
		if len(name) > maxName {
			return fmt.Errorf("line %d: a member's name is longer than %d bytes", s.line, maxName)
		}
		if first, twice := lines[name]; twice {
			return fmt.Errorf("line %d: member %q stands twice in one object, first on line %d", s.line, name, first)
		}
		lines[name] = s.line
		m := &node{name: name, path: name}
		if n.path != "" {
			m.path = n.path + "." + name
		}
		if err := s.value(m, depth+1); err != nil {
			return err
		}
		n.members = append(n.members, m)
	}
	_, err := s.next() // the closing brace
	return err
}

func (s *scanner) elements(n *node, depth int) error {
	for s.dec.More() {
		m := &node{path: fmt.Sprintf("%s[%d]", n.path, len(n.members))}
		if err := s.value(m, depth+1); err != nil {
			return err
		}
		n.members = append(n.members, m)
	}
	_, err := s.next() // the closing bracket
	return err
}

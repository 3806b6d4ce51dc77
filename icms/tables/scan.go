package tables

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The bounds of a document.
const (
	maxDocument = 8 << 20 // bytes
	maxDepth    = 24      // objects and lists inside each other
	maxProblems = 100     // problems told at once
	maxList     = 20_000  // elements of a list
	maxReadings = 10      // readings of an office
	maxNotices  = 1_000   // closures, warnings or times of maintenance
)

// node is one value of a document with its place in it.
type node struct {
	parent     *node
	name       string // in an object
	index      int    // in a list
	line       int
	kind       kind
	text       string // of text, numbers and words
	members    []*node
	start, end int64 // the value's bytes in the document
}

type kind uint8

const (
	anObject kind = iota + 1
	aList
	aText
	aNumber
	aBool
	aNull
)

func (k kind) String() string {
	return [...]string{"nothing", "an object", "a list", "text", "a number", "true or false", "null"}[k]
}

// member gives a member of an object, nil when it is absent.
func (n *node) member(name string) *node {
	if n == nil || n.kind != anObject {
		return nil
	}
	for _, m := range n.members {
		if m.name == name {
			return m
		}
	}
	return nil
}

var escapes = strings.NewReplacer("~", "~0", "/", "~1")

// pointer is the node's place as a JSON pointer.
func (n *node) pointer() string {
	switch {
	case n == nil || n.parent == nil:
		return ""
	case n.parent.kind == aList:
		return n.parent.pointer() + "/" + strconv.Itoa(n.index)
	}
	return n.parent.pointer() + "/" + escapes.Replace(n.name)
}

// at gives the node of a JSON pointer below n, or the nearest one above it that is there.
func (n *node) at(pointer string) *node {
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		next := n.member(strings.NewReplacer("~1", "/", "~0", "~").Replace(step))
		if i, err := strconv.Atoi(step); err == nil && n.kind == aList && i >= 0 && i < len(n.members) {
			next = n.members[i]
		}
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

// scanner turns bytes into nodes: encoding/json alone would take a member in other capitals, take a member twice, and not say in which of a hundred
// rows a name is misspelt.
type scanner struct {
	data []byte
	dec  *json.Decoder
	seen int64 // the offset up to which lines are counted
	line int
}

// scan reads one JSON value of bounded size and depth in which no object names a member twice.
func scan(data []byte) (*node, *Problem) {
	if len(data) > maxDocument {
		return nil, &Problem{Text: fmt.Sprintf("it has %d bytes, the largest has %d", len(data), maxDocument)}
	}
	if !utf8.Valid(data) {
		return nil, &Problem{Text: "it is not UTF-8: save it as UTF-8"}
	}
	s := &scanner{data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: 1}
	s.dec.UseNumber()
	root := &node{}
	if p := s.value(root, 0); p != nil {
		return nil, p
	}
	if _, err := s.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, &Problem{Line: s.line, Text: "something stands after the closing brace: a court is one object"}
	}
	return root, nil
}

// next reads a token and counts the lines up to its end.
func (s *scanner) next(n *node) (json.Token, *Problem) {
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
		return nil, &Problem{n.pointer(), s.line, "the document ends in the middle"}
	case err != nil:
		return nil, &Problem{n.pointer(), s.line, "not JSON: " + err.Error()}
	}
	return token, nil
}

func (s *scanner) value(n *node, depth int) *Problem {
	from := s.seen
	token, p := s.next(n)
	if p != nil {
		return p
	}
	n.line, n.end = s.line, s.seen
	n.start = from + int64(len(s.data[from:s.seen])-len(bytes.TrimLeft(s.data[from:s.seen], " \t\r\n,:")))
	switch v := token.(type) {
	case json.Delim:
		if depth == maxDepth {
			return &Problem{n.pointer(), s.line, fmt.Sprintf("more than %d objects and lists inside each other", maxDepth)}
		}
		if n.kind = aList; v == '{' {
			n.kind = anObject
		}
		if p = s.inside(n, depth); p != nil {
			return p
		}
		if _, p = s.next(n); p != nil { // the closing brace or bracket
			return p
		}
		n.end = s.seen
	case string:
		n.kind, n.text = aText, v
	case json.Number:
		n.kind, n.text = aNumber, v.String()
	case bool:
		n.kind, n.text = aBool, strconv.FormatBool(v)
	default:
		n.kind = aNull
	}
	return nil
}

func (s *scanner) inside(n *node, depth int) *Problem {
	lines := map[string]int{}
	for s.dec.More() {
		m := &node{parent: n, index: len(n.members)}
		if n.kind == anObject {
			token, p := s.next(n)
			if p != nil {
				return p
			}
			m.name, _ = token.(string) // inside an object a token in this place is text, or was an error
			if first, twice := lines[m.name]; twice {
				return &Problem{m.pointer(), s.line, fmt.Sprintf("the member stands twice in one object, first on line %d", first)}
			}
			lines[m.name] = s.line
		}
		if p := s.value(m, depth+1); p != nil {
			return p
		}
		n.members = append(n.members, m)
	}
	return nil
}

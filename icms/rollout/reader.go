package rollout

import (
	"encoding"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// reader takes values out of nodes and gathers every problem on the way. A nil node is an absent member; it reads as the zero value, so
// that callers need no checks of their own.
type reader struct {
	problems   []Problem
	provisions map[string]*citation
}

// citation is a row of the table of provisions, with whether anything cites it.
type citation struct {
	provision law.Provision
	node      *node
	cited     bool
}

func (r *reader) fail(n *node, format string, args ...any) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, Problem{Path: n.path, Line: n.line, Text: fmt.Sprintf(format, args...)})
	}
}

// err gives all problems as one error, nil when there are none.
func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return &LoadError{Problems: r.problems}
}

// object is a node that is read member by member; end refuses the members that nobody asked for.
type object struct {
	*reader
	n     *node
	known []string
}

func (r *reader) object(n *node) *object {
	if n.what != anObject {
		r.fail(n, "must be an object in braces, not %s", n.what)
		n = &node{path: n.path, line: n.line, what: n.what}
	}
	return &object{reader: r, n: n}
}

// may gives a member that need not be there, must one that has to.
func (o *object) may(name string) *node {
	o.known = append(o.known, name)
	return o.n.member(name)
}

func (o *object) must(name string) *node {
	m := o.may(name)
	if m == nil && o.n.what == anObject {
		o.fail(o.n, "member %q is missing", name)
	}
	return m
}

func (o *object) end() {
	for _, m := range o.n.members {
		if !slices.Contains(o.known, m.name) {
			o.fail(m, "unknown member; the members here are %s", strings.Join(o.known, ", "))
		}
	}
}

// exactlyOne gives the one of several members that is there.
func (o *object) exactlyOne(names ...string) *node {
	var found []*node
	for _, name := range names {
		if m := o.may(name); m != nil {
			found = append(found, m)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	if o.n.what == anObject {
		o.fail(o.n, "needs exactly one of %s, and has %d of them", strings.Join(names, ", "), len(found))
	}
	return nil
}

// list gives the elements of a list, which is not empty where it stands.
func (r *reader) list(n *node) []*node {
	switch {
	case n == nil:
		return nil
	case n.what != aList:
		r.fail(n, "must be a list in square brackets, not %s", n.what)
		return nil
	case len(n.members) == 0 || len(n.members) > maxList:
		r.fail(n, "has %d elements; a list has 1 to %d", len(n.members), maxList)
		return nil
	}
	return n.members
}

// text reads a line of text.
func (r *reader) text(n *node) string {
	switch {
	case n == nil:
		return ""
	case n.what != aText:
		r.fail(n, "must be text in quotes, not %s", n.what)
		return ""
	case strings.TrimSpace(n.text) == "" || len(n.text) > maxText || strings.ContainsAny(n.text, "\r\n"):
		r.fail(n, "must be one line of 1 to %d bytes", maxText)
	}
	return n.text
}

// identifier reads a name that programs use.
func (r *reader) identifier(n *node) string {
	s := r.text(n)
	foreign := func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-' && c != '.'
	}
	if len(s) > maxName || strings.ContainsFunc(s, foreign) {
		r.fail(n, "%.80q must be at most %d letters, digits, underscores, hyphens and points", s, maxName)
	}
	return s
}

// words reads text by language tag.
func (r *reader) words(n *node) law.Text {
	if n == nil {
		return nil
	}
	o, t := r.object(n), law.Text{}
	for _, m := range o.n.members {
		t[m.name] = r.text(m)
	}
	if o.n.what == anObject && len(t) == 0 {
		r.fail(n, "needs words in at least one language, such as {\"en\": \"...\"}")
	}
	return t
}

// name reads a value that has a text form of its own; false when there is none.
func (r *reader) name(n *node, into encoding.TextUnmarshaler) bool {
	s := r.text(n)
	if s == "" {
		return false
	}
	err := into.UnmarshalText([]byte(s))
	if err != nil {
		r.fail(n, "%v", err)
	}
	return err == nil
}

// date reads a civil date.
func (r *reader) date(n *node) (d calendar.Date) {
	r.name(n, &d)
	return d
}

// count reads a number from 1 to 100.
func (r *reader) count(n *node) int {
	if n == nil {
		return 0
	}
	v, err := strconv.Atoi(n.text)
	if n.what != aNumber || err != nil || v < 1 || v > 100 {
		r.fail(n, "must be a whole number from 1 to 100")
		return 0
	}
	return v
}

// table reads the provisions, which everything else cites by their names.
func (r *reader) table(n *node) {
	r.provisions = map[string]*citation{}
	if n == nil {
		return
	}
	for _, m := range r.object(n).n.members {
		o := r.object(m)
		c := &citation{node: m, provision: law.Provision{
			Instrument: r.text(o.must("instrument")), Section: r.text(o.may("section")), Title: r.text(o.may("title")), URL: r.text(o.may("url")),
		}}
		status := o.must("status")
		if r.name(status, &c.provision.Status) && c.provision.Status == law.Unstated {
			r.fail(status, "must be one of confirmed, secondary, inferred, assumed")
		}
		o.end()
		r.provisions[m.name] = c
	}
}

// cite gives the provision that a member names.
func (r *reader) cite(n *node) law.Provision {
	name := r.text(n)
	if name == "" {
		return law.Provision{}
	}
	c := r.provisions[name]
	if c == nil {
		r.fail(n, "the table of provisions has no %.80q", name)
		return law.Provision{}
	}
	c.cited = true
	return c.provision
}

// allCited refuses provisions that nothing cites: a misspelt name leaves one behind.
func (r *reader) allCited(provisions *node) {
	if provisions == nil {
		return
	}
	for _, m := range provisions.members {
		if c := r.provisions[m.name]; c != nil && !c.cited {
			r.fail(m, "nothing in the file cites this provision")
		}
	}
}

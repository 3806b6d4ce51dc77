package fees

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// reader takes typed values out of nodes and gathers every problem on the way. A nil node is a field that is absent; it
// reads as the zero value, so that callers need no checks of their own.
type reader struct {
	problems   []Problem
	currency   money.Currency
	zone       *time.Location
	provisions map[string]*citation
}

// citation is an entry of the provisions table with whether anything cites it.
type citation struct {
	provision law.Provision
	node      *node
	used      bool
}

func (r *reader) fail(n *node, format string, args ...any) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, Problem{Path: n.path(), Line: n.line, Text: fmt.Sprintf(format, args...)})
	}
}

// object is a node being read field by field; done refuses the fields that nobody asked for.
type object struct {
	*reader
	n     *node
	known []string
}

func (r *reader) object(n *node) *object {
	o := &object{reader: r, n: n}
	if n.kind != isObject {
		r.fail(n, "must be an object in braces, not %s", n.kind)
	}
	return o
}

// has gives an optional field, need one that must be there; both are nil when it is absent.
func (o *object) has(name string) *node {
	o.known = append(o.known, name)
	if o.n.kind != isObject {
		return nil
	}
	return o.n.field(name)
}

func (o *object) need(name string) *node {
	f := o.has(name)
	if f == nil && o.n.kind == isObject {
		o.fail(o.n, "field %q is missing", name)
	}
	return f
}

// fields gives all fields of an object whose names are free.
func (o *object) fields() []*node {
	if o.n.kind != isObject {
		return nil
	}
	return o.n.list
}

func (o *object) done() {
	for _, f := range o.fields() {
		if !slices.Contains(o.known, f.name) {
			o.fail(f, "unknown field; the fields here are %s", strings.Join(o.known, ", "))
		}
	}
}

// elements gives the elements of a list that must not be empty when it is there.
func (r *reader) elements(n *node) []*node {
	switch {
	case n == nil:
		return nil
	case n.kind != isArray:
		r.fail(n, "must be a list in square brackets, not %s", n.kind)
		return nil
	case len(n.list) == 0:
		r.fail(n, "the list is empty")
	case len(n.list) > maxList:
		r.fail(n, "the list has %d elements; a schedule's lists have at most %d", len(n.list), maxList)
		return nil
	}
	return n.list
}

// text reads text of one line that is not empty.
func (r *reader) text(n *node) string {
	switch {
	case n == nil:
		return ""
	case n.kind != isText:
		r.fail(n, "must be text in quotes, not %s", n.kind)
		return ""
	case strings.TrimSpace(n.text) == "" || strings.ContainsAny(n.text, "\r\n") || len(n.text) > 1000:
		r.fail(n, "must be one line of 1 to 1000 bytes")
	}
	return n.text
}

// identifier reads a name that programs use: it also stands in reasons and data versions.
func (r *reader) identifier(n *node) string {
	s := r.text(n)
	if s != "" && (len(s) > maxKey || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "") {
		r.fail(n, "%.80q must be at most %d lower-case letters, digits, hyphens and points", s, maxKey)
	}
	return s
}

// words reads text by language tag.
func (r *reader) words(n *node) law.Text {
	if n == nil {
		return nil
	}
	t := law.Text{}
	for _, f := range r.object(n).fields() {
		t[f.name] = r.text(f)
	}
	if n.kind == isObject && len(t) == 0 {
		r.fail(n, "must have words in at least one language, such as {\"en\": \"...\"}")
	}
	return t
}

// amount reads a plain decimal in the schedule's currency that is not negative.
func (r *reader) amount(n *node) money.Amount {
	if n == nil {
		return money.Amount{}
	}
	if n.kind != isText {
		r.fail(n, "must be an amount in quotes such as \"20.00\", not %s", n.kind)
		return money.Amount{}
	}
	a, err := money.Parse(n.text, r.currency)
	switch {
	case r.currency.IsZero(): // reported once, at the currency
	case err != nil:
		r.fail(n, "%v", err)
	case a.Sign() < 0:
		r.fail(n, "an amount of a schedule is not negative: %s", n.text)
	}
	return a
}

// rate reads a plain decimal fraction of at least zero.
func (r *reader) rate(n *node) money.Rate {
	if n == nil {
		return money.Rate{}
	}
	if n.kind != isText {
		r.fail(n, "must be a decimal fraction in quotes such as \"0.8\" for 80 %%, not %s", n.kind)
		return money.Rate{}
	}
	v, err := money.ParseRate(n.text)
	switch {
	case err != nil:
		r.fail(n, "%v", err)
	case v.Decimal().IsNegative():
		r.fail(n, "a rate of a schedule is not negative: %s", n.text)
	}
	return v
}

// status reads the certainty of a provision; a file that does not say is refused.
func (r *reader) status(n *node) law.Status {
	s, err := law.ParseStatus(r.text(n))
	if n != nil && (err != nil || s == law.Unstated) {
		r.fail(n, "must be one of confirmed, secondary, inferred, assumed")
	}
	return s
}

// cite resolves the name of a provision.
func (r *reader) cite(n *node) law.Provision {
	name := r.text(n)
	if name == "" {
		return law.Provision{}
	}
	c, ok := r.provisions[name]
	if !ok {
		r.fail(n, "the table of provisions has no %.80q", name)
		return law.Provision{}
	}
	c.used = true
	return c.provision
}

package tables

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"courts.example/eservices/icms/law"
)

// reader turns nodes into values and gathers every problem on the way. What can't be read stays zero.
type reader struct {
	data       []byte
	zone       *time.Location
	provisions map[string]*citation
	problems   []Problem
}

// citation is a named provision with whether anything cites it.
type citation struct {
	provision law.Provision
	node      *node
	cited     bool
}

func (r *reader) fail(n *node, format string, args ...any) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, Problem{n.pointer(), n.line, fmt.Sprintf(format, args...)})
	}
}

// clean reports whether nothing is wrong with a node and all below it.
func (r *reader) clean(n *node) bool {
	at := n.pointer()
	return n != nil && !slices.ContainsFunc(r.problems, func(p Problem) bool {
		rest, below := strings.CutPrefix(p.Pointer, at)
		return below && (rest == "" || rest[0] == '/')
	})
}

// special reads the types that don't read as their Go kind.
func (r *reader) special(n *node, v reflect.Value) bool {
	switch into := v.Addr().Interface().(type) {
	case *law.Provision:
		*into = r.provision(n)
	case *law.Text:
		*into = r.words(n)
	case *time.Time:
		*into = r.instant(n)
	case *Session:
		*into = r.session(n)
	case *json.RawMessage:
		if r.want(n, anObject) {
			*into = json.RawMessage(r.data[n.start:n.end])
		}
	case encoding.TextUnmarshaler:
		if s := r.line(n); s != "" {
			if err := into.UnmarshalText([]byte(s)); err != nil {
				r.fail(n, "%v", err)
			}
		}
	default:
		return false
	}
	return true
}

// into reads a node into a settable value.
func (r *reader) into(n *node, v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		r.into(n, v.Elem())
		return
	}
	if r.special(n, v) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		r.object(n, v)
	case reflect.Slice:
		if r.want(n, aList) && r.most(n, maxList) {
			v.Set(reflect.MakeSlice(v.Type(), len(n.members), len(n.members)))
			for i, m := range n.members {
				r.into(m, v.Index(i))
			}
		}
	case reflect.Map:
		r.table(n, v)
	case reflect.String:
		v.SetString(r.text(n))
	case reflect.Bool:
		if r.want(n, aBool) {
			v.SetBool(n.text == "true")
		}
	case reflect.Int, reflect.Int64:
		if i, err := strconv.ParseInt(n.text, 10, v.Type().Bits()); r.want(n, aNumber) && err != nil {
			r.fail(n, "%.40s is not a whole number", n.text)
		} else {
			v.SetInt(i)
		}
	default:
		r.fail(n, "the format has no %s", v.Type()) // a mistake in this package, which its tests find
	}
}

// most bounds a list.
func (r *reader) most(n *node, elements int) bool {
	if n == nil || len(n.members) <= elements {
		return true
	}
	r.fail(n, "has %d elements; it may have %d", len(n.members), elements)
	return false
}

// want demands a kind of value.
func (r *reader) want(n *node, k kind) bool {
	if n.kind != k {
		r.fail(n, "must be %s, not %s", k, n.kind)
	}
	return n.kind == k
}

// field is a member that a struct has.
type field struct {
	name     string
	value    reflect.Value
	required bool
}

// fields gives the members of a struct by its JSON tags. In the structs of this package those are required that have no omitempty or omitzero; what
// other packages require they check themselves.
func fields(v reflect.Value) []field {
	var out []field
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			out = append(out, fields(v.Field(i))...)
		case tag != "" && tag != "-" && f.IsExported():
			required := t.PkgPath() == ownPackage && !strings.HasPrefix(options, "omit")
			out = append(out, field{tag, v.Field(i), required})
		}
	}
	return out
}

var ownPackage = reflect.TypeFor[Document]().PkgPath()

// object reads a struct member by member and refuses the members that it doesn't have.
func (r *reader) object(n *node, v reflect.Value) {
	if !r.want(n, anObject) {
		return
	}
	all := fields(v)
	for _, f := range all {
		m := n.member(f.name)
		switch {
		case m == nil && f.required:
			r.fail(n, "the member %q is missing", f.name)
		case m != nil:
			r.into(m, f.value)
			if f.required && f.value.Kind() == reflect.String && m.kind == aText && m.text == "" {
				r.fail(m, "is empty")
			}
		}
	}
	for _, m := range n.members {
		if !slices.ContainsFunc(all, func(f field) bool { return f.name == m.name }) {
			names := make([]string, len(all))
			for i, f := range all {
				names[i] = f.name
			}
			r.fail(m, "there is no such member; the members here are %s", strings.Join(names, ", "))
		}
	}
}

// table reads a map, whose names are free.
func (r *reader) table(n *node, v reflect.Value) {
	if !r.want(n, anObject) {
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.members)))
	for _, m := range n.members {
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		if text, ok := key.Addr().Interface().(encoding.TextUnmarshaler); ok {
			if err := text.UnmarshalText([]byte(m.name)); err != nil {
				r.fail(m, "%v", err)
			}
		} else {
			key.SetString(m.name)
		}
		if m.name == "" {
			r.fail(m, "the name is empty")
		}
		r.into(m, value)
		v.SetMapIndex(key, value)
	}
}

package tables

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// maxText is the longest text in bytes.
const maxText = 10_000

// text reads text of any number of lines.
func (r *reader) text(n *node) string {
	if !r.want(n, aText) {
		return ""
	}
	if len(n.text) > maxText {
		r.fail(n, "has %d bytes, the longest text has %d", len(n.text), maxText)
	}
	return n.text
}

// line reads text that says something, on one line.
func (r *reader) line(n *node) string {
	s := r.text(n)
	if n.kind == aText && (strings.TrimSpace(s) == "" || strings.ContainsAny(s, "\r\n")) {
		r.fail(n, "must be one line that is not empty")
		return ""
	}
	return s
}

// words reads text by language tag.
func (r *reader) words(n *node) law.Text {
	if !r.want(n, anObject) {
		return nil
	}
	t := make(law.Text, len(n.members))
	for _, m := range n.members {
		if t[m.name] = r.line(m); m.name == "" {
			r.fail(m, "the language has no tag, such as \"en\"")
		}
	}
	if len(t) == 0 {
		r.fail(n, "needs words in at least one language, such as {\"en\": \"...\"}")
	}
	return t
}

// instant reads an instant with its offset, or a date, which is its first instant in the court's zone.
func (r *reader) instant(n *node) time.Time {
	s := r.line(n)
	if s == "" {
		return time.Time{}
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		r.fail(n, "%.40q is neither a date like 2026-03-02 nor an instant like 2026-03-02T08:45:00+08:00", s)
		return time.Time{}
	}
	if r.zone == nil { // told where the zone stands
		return time.Time{}
	}
	return d.Start(r.zone)
}

// readZone reads an IANA name or an offset.
func readZone(s string) (*time.Location, error) {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		t, err := time.Parse("-07:00", s)
		if err != nil {
			return nil, fmt.Errorf("%.40q is not an offset like +01:00", s)
		}
		_, offset := t.Zone()
		return time.FixedZone("UTC"+s, offset), nil
	}
	if s == "" || s == "Local" {
		return nil, fmt.Errorf("%q is no zone: name an offset like +01:00 or an IANA zone like Europe/Berlin", s)
	}
	zone, err := time.LoadLocation(s)
	if err != nil {
		return nil, fmt.Errorf("%.40q is neither an offset like +01:00 nor a zone that this machine knows (a program can carry the zones by "+
			"importing time/tzdata): %w", s, err)
	}
	return zone, nil
}

// named reads the table of named provisions.
func (r *reader) named(n *node) {
	r.provisions = map[string]*citation{}
	if n == nil || n.kind != anObject {
		return // told when the document is read
	}
	for _, m := range n.members {
		r.provisions[m.name] = &citation{provision: r.whole(m), node: m}
	}
}

// whole reads a provision written out.
func (r *reader) whole(n *node) law.Provision {
	var p law.Provision
	if !r.want(n, anObject) {
		return p
	}
	r.object(n, reflect.ValueOf(&p).Elem())
	switch {
	case !r.clean(n):
	case strings.TrimSpace(p.Instrument) == "":
		r.fail(n, "cites no instrument")
	case p.Status == law.Unstated:
		r.fail(n, "has no status: say confirmed, secondary, inferred or assumed")
	case !p.From.IsZero() && !p.Until.IsZero() && !p.From.Before(p.Until):
		r.fail(n, "ends before it begins")
	}
	return p
}

// provision reads a provision, or the name of one.
func (r *reader) provision(n *node) law.Provision {
	if n.kind != aText {
		if n.kind != anObject {
			r.fail(n, "must be the name of a provision, or a provision in braces, not %s", n.kind)
			return law.Provision{}
		}
		return r.whole(n)
	}
	c := r.provisions[n.text]
	if c == nil {
		r.fail(n, "the table of provisions has no %.80q", n.text)
		return law.Provision{}
	}
	c.cited = true
	return c.provision
}

// allCited refuses provisions that nothing cites: a misspelt name leaves one behind.
func (r *reader) allCited(n *node) {
	for _, m := range n.members {
		if c := r.provisions[m.name]; c != nil && c.node == m && !c.cited {
			r.fail(m, "nothing in the document cites this provision")
		}
	}
}

// session reads "08:45-17:30", or an object with a provision of its own.
func (r *reader) session(n *node) Session {
	if n.kind == anObject {
		var s struct {
			Hours     string        `json:"hours"`
			Provision law.Provision `json:"provision,omitzero"`
		}
		r.object(n, reflect.ValueOf(&s).Elem())
		if n.member("hours") == nil {
			r.fail(n, "the member \"hours\" is missing")
		}
		return Session(s)
	}
	return Session{Hours: r.line(n)}
}

// clocks gives the two times of a session.
func (s Session) clocks() (opens, closes calendar.Clock, err error) {
	from, to, ok := strings.Cut(s.Hours, "-")
	if !ok {
		return 0, 0, fmt.Errorf("%.40q is not written like 08:45-17:30", s.Hours)
	}
	if opens, err = calendar.ParseClock(strings.TrimSpace(from)); err == nil {
		closes, err = calendar.ParseClock(strings.TrimSpace(to))
	}
	return opens, closes, err
}

// UnmarshalText reads the English name in lower case.
func (d *Weekday) UnmarshalText(b []byte) error {
	for w := time.Sunday; w <= time.Saturday; w++ {
		if strings.ToLower(w.String()) == string(b) {
			*d = Weekday(w)
			return nil
		}
	}
	return fmt.Errorf("%.40q is no day of the week like monday", b)
}

// MarshalText writes the English name in lower case.
func (d Weekday) MarshalText() ([]byte, error) {
	return []byte(strings.ToLower(time.Weekday(d).String())), nil
}

// UnmarshalText reads a length of time above zero.
func (s *Span) UnmarshalText(b []byte) error {
	d, err := time.ParseDuration(string(b))
	if err != nil || d <= 0 {
		return fmt.Errorf("%.40q is no length of time above zero like 24h or 90m", b)
	}
	*s = Span(d)
	return nil
}

// MarshalText writes what UnmarshalText reads.
func (s Span) MarshalText() ([]byte, error) { return []byte(time.Duration(s).String()), nil }

// MarshalJSON writes a session without a provision of its own as text.
func (s Session) MarshalJSON() ([]byte, error) {
	if s.Provision.IsZero() {
		return json.Marshal(s.Hours)
	}
	type object Session
	return json.Marshal(object(s))
}

package store

import (
	"fmt"
	"time"
	"unicode/utf8"
)

// What names, ids and keys may be: the limits of this package, in bytes.
const (
	// MaxID bounds the kind and the id of a record or of work.
	MaxID = 200
	// MaxName bounds every other name (of an index, a sum, a sequence, a stream, a chain) and the ids of changes and events.
	MaxName = 500
	// MaxKey bounds a key of an index.
	MaxKey = 500
	// MaxPage bounds the records of one page.
	MaxPage = 1000
)

// Check says whether the change keeps the rules of this package, Parts apart: those are checked part by part with [Put.Check].
// Every implementation calls it before it writes anything, and after it made sure that the change was not committed before. The
// error wraps ErrInvalid and names the place.
func (c Change) Check() error {
	if err := c.CheckID(); err != nil {
		return err
	}
	if err := checkInstant("change.At", c.At); err != nil {
		return err
	}
	for i := range c.Puts {
		if err := c.Puts[i].Check(); err != nil {
			return fmt.Errorf("change.Puts[%d]: %w", i, err)
		}
	}
	if err := c.checkKeys(); err != nil {
		return err
	}
	if err := c.checkNumbers(); err != nil {
		return err
	}
	if err := c.checkTasks(); err != nil {
		return err
	}
	if c.Chain == "" {
		if len(c.Note) > 0 {
			return invalid("change.Note", "has no chain to stand in: set Chain")
		}
		return nil
	}
	if err := checkName("change.Chain", c.Chain, MaxName); err != nil {
		return err
	}
	return checkText("change.Note", c.Note)
}

// CheckID checks the id alone, which is all that is looked at of a change that was committed before.
func (c Change) CheckID() error { return checkName("change.ID", c.ID, MaxName) }

func (c Change) checkKeys() error {
	for i, k := range c.Deletes {
		if err := k.check(1); err != nil {
			return fmt.Errorf("change.Deletes[%d]: %w", i, err)
		}
	}
	for i, k := range c.Require {
		if err := k.check(0); err != nil {
			return fmt.Errorf("change.Require[%d]: %w", i, err)
		}
	}
	return nil
}

func (c Change) checkNumbers() error {
	for i, s := range c.Sums {
		if err := checkName(fmt.Sprintf("change.Sums[%d].Name", i), s.Name, MaxName); err != nil {
			return err
		}
	}
	for i, d := range c.Draw {
		if err := checkName(fmt.Sprintf("change.Draw[%d].Sequence", i), d.Sequence, MaxName); err != nil {
			return err
		}
		if d.Count < 1 {
			return invalid(fmt.Sprintf("change.Draw[%d].Count", i), "must be 1 or more")
		}
	}
	return nil
}

func (c Change) checkTasks() error {
	for i, e := range c.Events {
		if err := e.check(); err != nil {
			return fmt.Errorf("change.Events[%d]: %w", i, err)
		}
	}
	for i, w := range c.Work {
		if err := w.check(); err != nil {
			return fmt.Errorf("change.Work[%d]: %w", i, err)
		}
	}
	for i, w := range c.Done {
		if err := checkRecordName(w.Kind, w.ID); err != nil {
			return fmt.Errorf("change.Done[%d]: %w", i, err)
		}
		if w.Token < 1 {
			return fmt.Errorf("change.Done[%d]: %w", i, invalid("Token", "is missing: only work that was claimed can be done"))
		}
	}
	return nil
}

// Check says whether the put keeps the rules of this package. The error wraps ErrInvalid and names the place.
func (p *Put) Check() error {
	if err := checkRecordName(p.Kind, p.ID); err != nil {
		return err
	}
	if p.Expect < 0 {
		return invalid("Expect", "is below 0")
	}
	if len(p.Body) == 0 {
		return invalid("Body", "is empty: a record is JSON")
	}
	if err := checkText("Body", p.Body); err != nil {
		return err
	}
	for i := range p.Index {
		if err := p.Index[i].check(); err != nil {
			return fmt.Errorf("%s %q Index[%d]: %w", p.Kind, p.ID, i, err)
		}
	}
	for i := range p.Unique {
		if err := p.Unique[i].check(); err != nil {
			return fmt.Errorf("%s %q Unique[%d]: %w", p.Kind, p.ID, i, err)
		}
	}
	return nil
}

// Check says whether the query keeps the rules of this package. The error wraps ErrInvalid and names the place.
func (q Query) Check() error {
	if err := checkName("query.Index", q.Index, MaxName); err != nil {
		return err
	}
	if q.Limit < 0 || q.Limit > MaxPage {
		return invalid("query.Limit", fmt.Sprintf("is %d: ask for 1 to %d records, or 0 for the usual number", q.Limit, MaxPage))
	}
	return nil
}

// Check says whether the claim keeps the rules of this package. The error wraps ErrInvalid and names the place.
func (c Claim) Check() error {
	if c.Lease <= 0 {
		return invalid("claim.Lease", "must be longer than nothing")
	}
	if c.Max < 0 {
		return invalid("claim.Max", "is below 0")
	}
	if err := checkInstant("claim.Now", c.Now); err != nil {
		return err
	}
	return checkInstant("claim.Lease", c.Now.Add(c.Lease))
}

func (k Key) check(least int64) error {
	if err := checkRecordName(k.Kind, k.ID); err != nil {
		return err
	}
	if k.Expect < least {
		return invalid("Expect", fmt.Sprintf("is %d, the least here is %d", k.Expect, least))
	}
	return nil
}

func (e Event) check() error {
	if err := checkName("ID", e.ID, MaxName); err != nil {
		return err
	}
	if err := checkName("Type", e.Type, MaxName); err != nil {
		return err
	}
	if e.Stream != "" {
		if err := checkName("Stream", e.Stream, MaxName); err != nil {
			return err
		}
	}
	return checkText("Data", e.Data)
}

func (w Work) check() error {
	if err := checkRecordName(w.Kind, w.ID); err != nil {
		return err
	}
	if err := checkInstant("Due", w.Due); err != nil {
		return err
	}
	return checkText("Body", w.Body)
}

func (e *Entry) check() error {
	if err := checkName("Index", e.Index, MaxName); err != nil {
		return err
	}
	if len(e.Key) > MaxKey {
		return invalid("Key", fmt.Sprintf("is %d bytes long, at most %d are allowed", len(e.Key), MaxKey))
	}
	if !ValidKey(e.Key) {
		return invalid("Key", fmt.Sprintf("%q is not UTF-8, or has a zero byte", e.Key))
	}
	return nil
}

// ValidKey says whether a record can carry the key: at most MaxKey bytes of valid UTF-8 without a zero byte.
func ValidKey(key string) bool {
	if len(key) > MaxKey || !utf8.ValidString(key) {
		return false
	}
	for i := range len(key) {
		if key[i] == 0 {
			return false
		}
	}
	return true
}

func checkRecordName(kind, id string) error {
	if err := checkName("Kind", kind, MaxID); err != nil {
		return err
	}
	return checkName("ID", id, MaxID)
}

// checkName checks a name: not empty, valid UTF-8, no control characters.
func checkName(place, name string, most int) error {
	switch {
	case name == "":
		return invalid(place, "is empty")
	case len(name) > most:
		return invalid(place, fmt.Sprintf("is %d bytes long, at most %d are allowed", len(name), most))
	case !utf8.ValidString(name):
		return invalid(place, fmt.Sprintf("%q is not UTF-8", name))
	}
	for i, r := range name {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return invalid(place, fmt.Sprintf("%q has a control character at byte %d", name, i))
		}
	}
	return nil
}

func checkText(place string, text []byte) error {
	if !utf8.Valid(text) {
		return invalid(place, "is not UTF-8")
	}
	return nil
}

// checkInstant bounds instants to the years 1 to 9999, which every storage can keep to the microsecond.
func checkInstant(place string, at time.Time) error {
	if y := at.UTC().Year(); y < 1 || y > 9999 {
		return invalid(place, fmt.Sprintf("is in the year %d, the years 1 to 9999 can be kept", y))
	}
	return nil
}

func invalid(place, why string) error { return fmt.Errorf("%w: %s %s", ErrInvalid, place, why) }

package icms

import (
	"time"

	"courts.example/eservices/icms/law"
)

// LinkPolicy bounds the tries of the codes by which parties prove who they are. Zero fields take 5 and 50 tries and a day: the library's policy.
type LinkPolicy struct {
	// Tries is how many wrong codes one registered user may give, in whatever cases, CodeTries how many wrong tries of all users together the code
	// of a party bears. Whoever gave so many waits, and a code that bore so many rests, until Rest after the last: no try ends a code.
	Tries, CodeTries int
	Rest             time.Duration
	Provision        law.Provision
}

func (p LinkPolicy) withDefaults() LinkPolicy {
	if p.Tries == 0 {
		p.Tries = 5
	}
	if p.CodeTries == 0 {
		p.CodeTries = 50
	}
	if p.Rest == 0 {
		p.Rest = 24 * time.Hour
	}
	return p
}

// checkLinking proves the bounds.
func (c *Court) checkLinking(bad func(format string, args ...any)) {
	if p := c.Policies.Linking; p.Tries < 0 || p.CodeTries < 0 || p.Rest < 0 {
		bad("Policies.Linking has a bound below zero: %d tries, %d of a code, a rest of %s", p.Tries, p.CodeTries, p.Rest)
	}
}

// tally counts wrong tries.
type tally struct {
	Wrong int       `json:"wrong,omitempty"`
	Last  time.Time `json:"last,omitzero"`
}

// full reports whether there were as many as are borne, and the rest after them is not over.
func (t *tally) full(limit int, rest time.Duration, now time.Time) bool {
	return t.Wrong >= limit && now.Before(t.Last.Add(rest))
}

// count adds one. After a rest it begins anew.
func (t *tally) count(limit int, now time.Time) {
	if t.Wrong >= limit {
		t.Wrong = 0
	}
	t.Wrong, t.Last = t.Wrong+1, now
}

package rollout

import (
	"fmt"
	"slices"
	"strings"
)

// Verdict is an answer of three: yes, no, or that nobody knows. As an answer to a question of ours it says what is known of a fact, and
// left out it is Unknown: what was not said decides nothing.
type Verdict uint8

// The verdicts. Unknown is the zero value.
const (
	// Unknown says that no source tells.
	Unknown Verdict = iota
	No
	Yes
)

var verdictNames = []string{"unknown", "no", "yes"}

// String gives the lower-case English word, as it stands in JSON.
func (v Verdict) String() string { return nameOf(verdictNames, v) }

// MarshalText writes the word; a number outside the list is an error.
func (v Verdict) MarshalText() ([]byte, error) { return marshalName(verdictNames, "verdict", v) }

// UnmarshalText reads what MarshalText wrote.
func (v *Verdict) UnmarshalText(b []byte) error { return unmarshalName(verdictNames, "verdict", b, v) }

// and is no when either is no, yes when both are yes, and else unknown.
func (v Verdict) and(o Verdict) Verdict {
	switch {
	case v == No || o == No:
		return No
	case v == Yes && o == Yes:
		return Yes
	}
	return Unknown
}

// or is yes when either is yes, no when both are no, and else unknown.
func (v Verdict) or(o Verdict) Verdict {
	switch {
	case v == Yes || o == Yes:
		return Yes
	case v == No && o == No:
		return No
	}
	return Unknown
}

// Service is what the electronic system offers for a type of case.
type Service uint8

// The services. The zero value is none of them.
const (
	// Filing is sending documents to the court.
	Filing Service = iota + 1
	// Payment is paying the court's fees.
	Payment
	// Inspection is looking into filed documents.
	Inspection
	// CauseBook is searching the cause book.
	CauseBook
)

var serviceNames = []string{"", "filing", "payment", "inspection", "cause_book"}

// Services lists every service.
func Services() []Service { return []Service{Filing, Payment, Inspection, CauseBook} }

// String gives the name as it stands in files.
func (s Service) String() string { return nameOf(serviceNames, s) }

// MarshalText writes the name; the zero value and a number outside the list are errors.
func (s Service) MarshalText() ([]byte, error) { return marshalName(serviceNames, "service", s) }

// UnmarshalText reads what MarshalText wrote.
func (s *Service) UnmarshalText(b []byte) error { return unmarshalName(serviceNames, "service", b, s) }

// State is how far a mandate has come on a day.
type State uint8

// The states in their order. None is the zero value.
const (
	// None says that nothing was planned yet.
	None State = iota
	// Planned says that a time is intended and no day is fixed.
	Planned
	// Announced says that the first day is fixed and published.
	Announced
	// InForce says that it binds.
	InForce
)

var stateNames = []string{"none", "planned", "announced", "in_force"}

// String gives the name as it stands in files.
func (s State) String() string { return nameOf(stateNames, s) }

// MarshalText writes the name; a number outside the list is an error.
func (s State) MarshalText() ([]byte, error) { return marshalName(stateNames, "state", s) }

// UnmarshalText reads what MarshalText wrote.
func (s *State) UnmarshalText(b []byte) error { return unmarshalName(stateNames, "state", b, s) }

func nameOf[T ~uint8](names []string, v T) string {
	if int(v) < len(names) {
		return names[v]
	}
	return fmt.Sprintf("(%d)", uint8(v))
}

func marshalName[T ~uint8](names []string, what string, v T) ([]byte, error) {
	if int(v) >= len(names) || names[v] == "" {
		return nil, fmt.Errorf("rollout: no %s has the number %d", what, uint8(v))
	}
	return []byte(names[v]), nil
}

func unmarshalName[T ~uint8](names []string, what string, b []byte, into *T) error {
	for i, name := range names {
		if name != "" && name == string(b) {
			*into = T(i)
			return nil
		}
	}
	known := strings.Join(slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "" }), ", ")
	return fmt.Errorf("rollout: %.40q is no %s; there are %s", b, what, known)
}

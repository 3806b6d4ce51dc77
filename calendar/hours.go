package calendar

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// Session is a span of a day in which an office is open, by the clocks of its zone: from Opens, which is in, to Closes, which is
// in only where the reading says so. A session that closes when the next one opens runs into it without a closing instant.
type Session struct {
	Opens, Closes Clock
	// Provision is what this session rests on when that differs from its edition: a lunch hour that counts as open by policy.
	// The zero Provision means that of the edition.
	Provision law.Provision
}

// Week is the sessions of each weekday, indexed by time.Weekday, in order and apart from one another. A day without sessions is a
// day on which the office does not open.
type Week [7][]Session

// Hours is one edition of an office's weekly hours, for the dates from From on and before Until; zero is open on that side.
type Hours struct {
	From, Until Date
	Week        Week
	// Provision says where these hours were published and how certain they are.
	Provision law.Provision
}

// Reading is one way to read the law on opening hours. An office may carry several, such as what the court has announced and what
// the statute says word for word.
type Reading struct {
	// Name is how callers ask for it; Title says it in words.
	Name  string
	Title law.Text
	// Hours are the editions in the order of their dates, without a gap or an overlap between them.
	Hours []Hours
	// ClosingIn says that what arrives at the closing instant itself is in time. An office that only reopens at that instant
	// does not open for it.
	ClosingIn bool
	// Closing is what ClosingIn rests on.
	Closing law.Provision
}

// SpecialDay replaces the weekday's sessions on one date, in every reading: a half day, or an extra closing day (no sessions). A
// holiday prevails over it.
type SpecialDay struct {
	Date      Date
	Sessions  []Session
	Title     law.Text
	Provision law.Provision
}

// edition gives the hours that apply on a date not before the first edition and not after the last.
func (r *Reading) edition(d Date) *Hours {
	i := 0
	for i+1 < len(r.Hours) && !d.Before(r.Hours[i+1].From) {
		i++
	}
	return &r.Hours[i]
}

// title gives the reading in words, its name where there are none.
func (r *Reading) title() law.Text {
	if r.Title == nil {
		return law.Text{law.English: r.Name}
	}
	return r.Title
}

// closes reports whether c is the end of a session into which no other runs on.
func closes(sessions []Session, c Clock) bool {
	ends := false
	for _, s := range sessions {
		if s.Opens == c {
			return false
		}
		ends = ends || s.Closes == c
	}
	return ends
}

func (r *Reading) check() error {
	if r.Name == "" {
		return fmt.Errorf("a reading has no name")
	}
	if len(r.Hours) == 0 {
		return fmt.Errorf("reading %q has no hours", r.Name)
	}
	for i := range r.Hours {
		h := &r.Hours[i]
		if !h.Until.IsZero() && !h.From.Before(h.Until) {
			return fmt.Errorf("reading %q: the hours from %s end on %s, before they begin", r.Name, h.From, h.Until)
		}
		if i > 0 && (h.From.IsZero() || h.From != r.Hours[i-1].Until) {
			return fmt.Errorf("reading %q: the hours from %q do not begin where the edition before ends (%q)",
				r.Name, h.From.String(), r.Hours[i-1].Until.String())
		}
		for day, sessions := range h.Week {
			if err := checkSessions(sessions); err != nil {
				return fmt.Errorf("reading %q, hours from %q, %s: %w", r.Name, h.From.String(), time.Weekday(day), err)
			}
		}
	}
	return nil
}

func checkSessions(sessions []Session) error {
	var end Clock
	for _, s := range sessions {
		switch {
		case s.Opens < 0 || s.Closes > endOfDay:
			return fmt.Errorf("session %s-%s leaves the day; split one that runs over midnight in two", s.Opens, s.Closes)
		case s.Opens >= s.Closes:
			return fmt.Errorf("session %s-%s closes before it opens; split one that runs over midnight in two", s.Opens, s.Closes)
		case s.Opens < end:
			return fmt.Errorf("session %s-%s begins before the one that closes at %s ends", s.Opens, s.Closes, end)
		}
		end = s.Closes
	}
	return nil
}

func (r Reading) clone() Reading {
	r.Hours = slices.Clone(r.Hours)
	for i := range r.Hours {
		for day, sessions := range r.Hours[i].Week {
			r.Hours[i].Week[day] = slices.Clone(sessions)
		}
	}
	return r
}

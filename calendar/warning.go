package calendar

import (
	"cmp"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// Warning is one notice that a warning was in force, from From on and before Until. It is a fact of its own: an office may be open
// during a warning and closed long after it. A notice known later replaces those of the same ID known before it.
type Warning struct {
	// ID names the warning: all notices of one warning carry the same ID.
	ID string `json:"id"`
	// Kind is the kind of warning in the words of the court's own table ("red-storm").
	Kind string `json:"kind"`
	// From is the first instant in force, Until the first that is not any more. The zero Until means that it is still in force.
	From  time.Time `json:"from"`
	Until time.Time `json:"until,omitzero"`
	// Known is when the notice became known; zero means that it always was.
	Known time.Time `json:"known,omitzero"`
	// Withdrawn says that the warning was never in force.
	Withdrawn bool `json:"withdrawn,omitempty"`
	// Name is the warning in words; nil means that of its kind.
	Name law.Text `json:"name,omitempty"`
	// Provision is what the record of it rests on; zero means the provision of its kind.
	Provision law.Provision `json:"provision,omitzero"`
}

// warnings are the warnings of the kinds that count, by day.
type warnings struct {
	days    map[Date]*Warning // the days throughout or for part of which one was in force
	unended *Warning          // the first one without an end: of the days after it began nobody knows yet
	began   Date
}

func checkWarnings(notices []Warning) error {
	for i := range notices {
		if err := checkNotice("warning", notices[i].ID, notices[i].From, notices[i].Until); err != nil {
			return err
		}
	}
	return nil
}

// newWarnings lays the warnings that count, as known at asOf, on the days of the zone up to last.
func newWarnings(notices []Warning, kinds map[string]Kind, asOf time.Time, zone *time.Location, last Date) warnings {
	held := latest(notices, asOf, func(w *Warning) (string, time.Time) { return w.ID, w.Known })
	slices.SortFunc(held, func(a, b Warning) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ID, b.ID)) })
	out := warnings{days: make(map[Date]*Warning)}
	for i := range held {
		w := &held[i]
		if _, counts := kinds[w.Kind]; counts && !w.Withdrawn {
			out.add(w, zone, last)
		}
	}
	return out
}

func (s *warnings) add(w *Warning, zone *time.Location, last Date) {
	first, until := DateOf(w.From, zone), DateOf(w.From, zone)
	if !w.Until.IsZero() {
		until = DateOf(w.Until.Add(-1), zone)
	} else if s.unended == nil {
		s.unended, s.began = w, first
	}
	for d := first; !d.After(until) && !d.After(last); d = d.AddDays(1) {
		if s.days[d] == nil {
			s.days[d] = w
		}
	}
}

package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/store"
)

// calendars are what receipts and time limits are answered by, as of the newest announcements.
type calendars struct {
	*offices
	limits *calendar.Limits // nil where the court counts none
	// warned is the version of the record of warnings.
	warned int64
}

// unchanged are the records that a change rests on which was made by these calendars.
func (n *calendars) unchanged(court string) []store.Key {
	return []store.Key{{Kind: kindClosures, ID: court, Expect: n.version}, {Kind: kindWarnings, ID: court, Expect: n.warned}}
}

// calendars reads closures and warnings as they are now.
func (s *Service) calendars(ctx context.Context, d *desk) (*calendars, error) {
	open, err := s.offices(ctx, d)
	if err != nil {
		return nil, err
	}
	out := &calendars{offices: open}
	kept, version, err := s.warnings(ctx, d.court.Code)
	if err != nil {
		return nil, err
	}
	out.warned = version
	out.limits, err = d.court.limits(open, kept)
	return out, err
}

// limits makes the rule of the court's time limits with the closures and warnings given; nil where it has none.
func (c *Court) limits(open *offices, kept warningsRecord) (*calendar.Limits, error) {
	if c.Limits == nil {
		return nil, nil
	}
	l, err := c.Limits(open.registry)
	if err == nil {
		notices := make([]calendar.Warning, len(kept.Notices))
		for i, n := range kept.Notices {
			notices[i] = n.Warning
		}
		l, err = l.WithWarnings(notices...)
	}
	if err != nil {
		return nil, fmt.Errorf("icms: time limits of %s: %w", c.Code, err)
	}
	return l, nil
}

// kindWarnings is the kind of record of the warnings told to a court; id: <court>.
const kindWarnings = "warnings"

// warningsRecord is what is kept of the notices of warnings, in the order in which they came. Nothing is ever taken out.
type warningsRecord struct {
	Notices []WarningNotice `json:"notices"`
}

// WarningNotice is a notice that a warning was in force.
type WarningNotice struct {
	Warning calendar.Warning `json:"warning"`
	By      Filer            `json:"by"`
	At      time.Time        `json:"at"`
}

func (s *Service) warnings(ctx context.Context, code string) (kept warningsRecord, version int64, err error) {
	rec, err := s.store.Get(ctx, kindWarnings, code)
	if errors.Is(err, store.ErrNotFound) {
		return kept, 0, nil
	}
	if err != nil {
		return kept, 0, fmt.Errorf("icms: warnings of %s: %w", code, err)
	}
	if err := json.Unmarshal(rec.Body, &kept); err != nil {
		return kept, 0, fmt.Errorf("icms: warnings of %s: %w: %w", code, store.ErrCorrupt, err)
	}
	return kept, rec.Version, nil
}

// AnnounceWarning keeps a warning on the word of a person, and completes the papers whose time limit waited for its end. Time limits heed it
// where the court's rule does; receipts heed closures alone. A warning with the ID of an earlier one replaces it from Warning.Known on.
// Announcing the same again changes nothing.
func (r Registry) AnnounceWarning(ctx context.Context, court string, w calendar.Warning, by Filer) (Announced, error) {
	s := r.s
	d, err := s.court(court)
	if err != nil {
		return Announced{}, err
	}
	if d.court.Limits == nil {
		return Announced{}, invalid("%s counts no time limits: there is nothing for warning %q to change", court, w.ID)
	}
	if err := tagged("name", w.Name); err != nil {
		return Announced{}, err
	}
	if err := s.keepWarning(ctx, d, WarningNotice{Warning: w, By: by, At: s.now()}); err != nil {
		return Announced{}, err
	}
	papers, err := s.completePapers(ctx, d)
	return Announced{Papers: papers}, err
}

// keepWarning appends to the record of warnings, again when somebody else was first.
func (s *Service) keepWarning(ctx context.Context, d *desk, n WarningNotice) error {
	code := d.court.Code
	for range maxTries {
		kept, version, err := s.warnings(ctx, code)
		if err != nil {
			return err
		}
		n := n
		if before := kept.inForce(n.Warning.ID); before != nil {
			if sameWarning(before.Warning, n.Warning) {
				return nil
			}
			if n.Warning.Known.IsZero() && !n.At.After(before.Warning.Known) { // after what it corrects, even when the clock has jumped back
				n.Warning.Known = before.Warning.Known.Add(time.Microsecond)
			}
		}
		if n.Warning.Known.IsZero() {
			n.Warning.Known = n.At
		}
		kept.Notices = append(kept.Notices, n)
		open, err := s.offices(ctx, d)
		if err != nil {
			return err
		}
		if _, err := d.court.limits(open, kept); err != nil {
			return fmt.Errorf("%w: %w", ErrInvalid, err)
		}
		body, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		id := fmt.Sprintf("warn/%s/%d/%s", code, version+1, shortHash(body))
		_, err = s.apply(ctx, store.Change{
			ID: id, At: n.At, Chain: chain(d.court, n.At), Note: note("warning announced", n.By, "warning", n.Warning.ID),
			Puts: []store.Put{{Kind: kindWarnings, ID: code, Body: body, Expect: version}},
			Events: []store.Event{event(n.At, "closures/"+code, id, EventWarningAnnounced,
				map[string]any{"court": code, "warning": n.Warning.ID, "kind": n.Warning.Kind})},
		})
		if !errors.Is(err, store.ErrVersion) {
			return err
		}
	}
	return overtaken("the announcement of warning " + n.Warning.ID)
}

// inForce gives the notice of a warning that was known last; nil when there is none.
func (r *warningsRecord) inForce(id string) *WarningNotice {
	var last *WarningNotice
	for i := range r.Notices {
		if n := &r.Notices[i]; n.Warning.ID == id && (last == nil || !n.Warning.Known.Before(last.Warning.Known)) {
			last = n
		}
	}
	return last
}

// sameWarning reports whether a notice changes nothing. One that states when it was known is the same only if it was then.
func sameWarning(before, now calendar.Warning) bool {
	return before.From.Equal(now.From) && before.Until.Equal(now.Until) && before.Kind == now.Kind && before.Withdrawn == now.Withdrawn &&
		(now.Known.IsZero() || !now.Known.After(before.Known))
}

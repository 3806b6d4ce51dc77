package icms

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
)

// Coverage tells whether an electronic service covers a type of case of a court on a day, by the roll-out lists of the courts served here; the
// court need not be one of these. What is on no list is a *RefusalError, a question without a day or a service an ErrInvalid.
func (s *Service) Coverage(court, kind string, service rollout.Service, on calendar.Date) (rollout.Answer, error) {
	t, err := s.rolledOut(court)
	if err != nil {
		return rollout.Answer{}, err
	}
	a, err := t.Covers(court, kind, service, on)
	return a, asked(t, court, err)
}

// Mandate tells whether somebody must use the electronic system for an act on a day; see [rollout.Table.Mandate]. Its errors are those of Coverage.
func (s *Service) Mandate(q rollout.Question) (rollout.Duty, error) {
	t, err := s.rolledOut(q.Court)
	if err != nil {
		return rollout.Duty{}, err
	}
	d, err := t.Mandate(q)
	return d, asked(t, q.Court, err)
}

// rolledOut finds the roll-out list that has a court: its own, or else that of another court.
func (s *Service) rolledOut(court string) (*rollout.Table, error) {
	if d, err := s.court(court); err == nil && d.court.Coverage != nil {
		return d.court.Coverage, nil
	}
	var listed []string
	for _, code := range s.Courts() {
		t := s.courts[code].court.Coverage
		if t == nil {
			continue
		}
		if _, on := t.Court(court); on {
			return t, nil
		}
		for _, c := range t.Courts() {
			listed = append(listed, c.Code)
		}
	}
	return nil, refuse(filing.NewFinding(filing.CourtUnknown, "/court", law.Provision{},
		law.V("court", filing.Show(court)), law.V("courts", strings.Join(slices.Compact(slices.Sorted(slices.Values(listed))), ", "))))
}

// asked tells an error of a roll-out list in the words of the catalogue.
func asked(t *rollout.Table, court string, err error) error {
	var none *rollout.NotListedError
	switch {
	case errors.As(err, &none):
		c, _ := t.Court(court)
		return refuse(filing.NewFinding(filing.CoverageType, "/type", law.Provision{},
			law.V("court", c.Name), law.V("type", filing.Show(none.Type)), law.V("types", strings.Join(none.Listed, ", "))))
	case errors.Is(err, rollout.ErrQuestion):
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return err
}

// Coverage tells everybody whether an electronic service covers a type of case of a court on a day; see [Service.Coverage].
func (x *Session) Coverage(ctx context.Context, court, kind string, service rollout.Service, on calendar.Date) (rollout.Answer, error) {
	if _, err := x.enterAny(ctx, "Coverage"); err != nil {
		return rollout.Answer{}, err
	}
	return x.s.Coverage(court, kind, service, on)
}

// Mandate tells everybody whether somebody must use the electronic system for an act on a day; see [Service.Mandate].
func (x *Session) Mandate(ctx context.Context, q rollout.Question) (rollout.Duty, error) {
	if _, err := x.enterAny(ctx, "Mandate"); err != nil {
		return rollout.Duty{}, err
	}
	return x.s.Mandate(q)
}

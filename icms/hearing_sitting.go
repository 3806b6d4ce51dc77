package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// Sitting is the one sitting at which the cases of a batch are heard.
type Sitting struct {
	Court string    `json:"court"`
	Batch string    `json:"batch"`
	At    time.Time `json:"at"`
	Place string    `json:"place"`
	// Cases counts the cases to be heard. Those that are concluded or sealed, and those with a hearing of their own, are not among
	// them.
	Cases int `json:"cases"`
	// Vacated says that it was taken back.
	Vacated bool      `json:"vacated,omitempty"`
	Reason  law.Text  `json:"reason,omitempty"`
	Agreed  string    `json:"agreed,omitempty"`
	FixedBy Filer     `json:"fixedBy"`
	FixedAt time.Time `json:"fixedAt"`
	// Moves counts how often it was moved or taken back.
	Moves int `json:"moves,omitempty"`

	version int64
}

// kindSitting is the kind of record of sittings; id: <batch>.
const kindSitting = "sitting"

// The types of event about sittings.
const (
	EventSittingFixed   = "icms.sitting.fixed"
	EventSittingVacated = "icms.sitting.vacated"
)

// FixSitting fixes one sitting for all cases of a batch, or moves it, in one change: each case has the hearing and its notice, and the
// parties who have a box are told; who filed the batch and the claimant get one message for all of it. The rules are those of
// [Registry.FixHearing]. Cases that are concluded or sealed, and those with a hearing to come of their own, are left as they are. The same again
// changes nothing.
func (r Registry) FixSitting(ctx context.Context, batch string, a Appointment) (Sitting, error) {
	s := r.s
	if err := a.check("a sitting for batch " + batch); err != nil {
		return Sitting{}, err
	}
	return s.sit(ctx, batch, func(d *desk, b *batchRecord, now *Sitting, at time.Time) (*Sitting, error) {
		if now != nil && !now.Vacated && now.At.Equal(a.At) && now.Place == a.Place {
			return nil, errNothing
		}
		if err := d.court.mayHear(&a, at, b.Receipt.Deemed, now == nil || now.Vacated || now.At.After(at)); err != nil {
			return nil, err
		}
		if now.toCome(at) && a.Reason.In(law.English) == "" {
			return nil, noReason()
		}
		return &Sitting{Court: b.Court, Batch: b.ID, At: a.At.In(d.court.Zone()), Place: a.Place, Reason: a.Reason, Agreed: a.Agreed, FixedBy: a.By, FixedAt: at}, nil
	})
}

// VacateSitting takes back the sitting of a batch that is to come, in all its cases, and tells the parties why. One that is taken back stays so.
func (r Registry) VacateSitting(ctx context.Context, batch string, reason law.Text, by Filer) (Sitting, error) {
	if err := officer(by, "vacating the sitting of batch "+batch); err != nil {
		return Sitting{}, err
	}
	return r.s.sit(ctx, batch, func(_ *desk, b *batchRecord, now *Sitting, at time.Time) (*Sitting, error) {
		switch {
		case now != nil && now.Vacated:
			return nil, errNothing
		case !now.toCome(at):
			return nil, refuse(filing.NewFinding(filing.HearingNone, "/batch", law.Provision{}, law.V("case", b.Reference)))
		case reason.In(law.English) == "":
			return nil, noReason()
		}
		next := *now
		next.Vacated, next.Reason, next.FixedBy, next.FixedAt = true, reason, by, at
		return &next, nil
	})
}

// Sitting gives the sitting of a batch as it stands, or ErrNotFound when none was ever fixed.
func (r Registry) Sitting(ctx context.Context, batch string) (Sitting, error) {
	now, err := r.s.sitting(ctx, batch)
	if err == nil && now == nil {
		return Sitting{}, fmt.Errorf("%w: a sitting of batch %s", ErrNotFound, batch)
	}
	if err != nil {
		return Sitting{}, err
	}
	return *now, nil
}

// toCome reports whether there is a sitting that is still to be.
func (t *Sitting) toCome(now time.Time) bool { return t != nil && !t.Vacated && t.At.After(now) }

// sitting reads the sitting of a batch; nil when none was ever fixed.
func (s *Service) sitting(ctx context.Context, batch string) (*Sitting, error) {
	rec, err := s.store.Get(ctx, kindSitting, batch)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("icms: sitting of batch %s: %w", batch, err)
	}
	t := &Sitting{version: rec.Version}
	if err := json.Unmarshal(rec.Body, t); err != nil {
		return nil, fmt.Errorf("icms: sitting of batch %s: %w: %w", batch, store.ErrCorrupt, err)
	}
	return t, nil
}

// sit changes the sitting of a batch, again when somebody else was first in any of its cases.
func (s *Service) sit(ctx context.Context, batch string, decide func(*desk, *batchRecord, *Sitting, time.Time) (*Sitting, error)) (Sitting, error) {
	for {
		b, err := s.reload(ctx, batch)
		if err != nil {
			return Sitting{}, err
		}
		d, err := s.court(b.Court)
		if err != nil {
			return Sitting{}, err
		}
		if b.State != Registered {
			return Sitting{}, refuse(filing.NewFinding(filing.HearingBatch, "/batch", law.Provision{}, law.V("reference", b.Reference), law.V("state", string(b.State))))
		}
		now, err := s.sitting(ctx, batch)
		if err != nil {
			return Sitting{}, err
		}
		at := s.now()
		next, err := decide(d, b, now, at)
		if errors.Is(err, errNothing) {
			return *now, nil
		}
		if err != nil {
			return Sitting{}, err
		}
		if now != nil {
			next.version, next.Moves = now.version, now.Moves+1
		}
		_, err = s.apply(ctx, s.sittingChange(ctx, d.court, b, now, next, at))
		if errors.Is(err, store.ErrVersion) {
			continue
		}
		if err != nil {
			return Sitting{}, fmt.Errorf("icms: sitting of batch %s: %w", b.Reference, err)
		}
		kept, err := s.sitting(ctx, batch)
		if err != nil {
			return Sitting{}, err
		}
		return *kept, nil
	}
}

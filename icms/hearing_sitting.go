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
	// Cases counts the cases to which it was carried. Those that were concluded or sealed then, and those with a hearing of their own, are not
	// among them.
	Cases int `json:"cases"`
	// Vacated says that it was taken back.
	Vacated bool      `json:"vacated,omitempty"`
	Reason  law.Text  `json:"reason,omitempty"`
	Agreed  string    `json:"agreed,omitempty"`
	FixedBy Filer     `json:"fixedBy"`
	FixedAt time.Time `json:"fixedAt"`
	// Closed names the closure, announced after it was fixed, into which it falls: it is to be fixed anew. Empty while the court is open then.
	Closed string `json:"closed,omitempty"`
	// Moves counts how often it was moved or taken back.
	Moves int `json:"moves,omitempty"`
	// Unfinished says how far it is carried to the cases; nil once all have it. Cases counts those that have it so far.
	Unfinished *SittingProgress `json:"unfinished,omitempty"`

	version int64
}

// SittingProgress is how far a decision about a sitting is carried to the cases of its batch.
type SittingProgress struct {
	// Next is the place of the next case to look at in the year's numbers.
	Next int64 `json:"next"`
	// Before is when the sitting was to be that this decision moves or takes back; zero when none was to come.
	Before time.Time `json:"before,omitzero"`
}

// kindSitting is the kind of record of sittings; id: <batch>.
const kindSitting = "sitting"

// The types of event about sittings.
const (
	EventSittingFixed   = "icms.sitting.fixed"
	EventSittingVacated = "icms.sitting.vacated"
)

// FixSitting fixes one sitting for all cases of a batch, or moves it. It is decided in one change and carried to the cases part by part: each case
// gets the hearing, its notice and an event of its own, and the parties who have a box are told; who filed the batch and the claimant get one
// message for all of it, in the end. What is decided is finished by [Service.Resume] when it is interrupted here, and before anything else is
// decided about the sitting. The rules are those of [Registry.FixHearing]. Cases that are concluded or sealed, and those with a hearing to come
// of their own, are left as they are. The same again changes nothing. Memory does not grow with the batch. A sitting that others keep changing
// is refused as court.hearing.busy.
func (r Registry) FixSitting(ctx context.Context, batch string, a Appointment) (Sitting, error) {
	s := r.s
	if err := a.check("a sitting for batch " + batch); err != nil {
		return Sitting{}, err
	}
	return s.sit(ctx, batch, func(d *desk, b *batchRecord, open *offices, now *Sitting, at time.Time) (*Sitting, error) {
		if now != nil && !now.Vacated && now.At.Equal(a.At) && now.Place == a.Place {
			return nil, errNothing
		}
		if err := d.court.mayHear(&a, open, at, b.Receipt.Deemed, now == nil || now.Vacated || now.At.After(at)); err != nil {
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
	if err := tagged("reason", reason); err != nil {
		return Sitting{}, err
	}
	return r.s.sit(ctx, batch, func(_ *desk, b *batchRecord, _ *offices, now *Sitting, at time.Time) (*Sitting, error) {
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

// maxSittingTries bounds how often one step of a sitting is tried again because somebody else was first.
const maxSittingTries = 32

// sit decides about the sitting of a batch and carries that to the cases; what was decided before is finished first.
func (s *Service) sit(ctx context.Context, batch string, decide func(*desk, *batchRecord, *offices, *Sitting, time.Time) (*Sitting, error)) (Sitting, error) {
	for range maxSittingTries {
		b, d, err := s.sittingBatch(ctx, batch)
		if err != nil {
			return Sitting{}, err
		}
		now, err := s.sitting(ctx, batch)
		if err == nil {
			now, err = s.carryOn(ctx, d, b, now)
		}
		if err != nil {
			return Sitting{}, err
		}
		open, err := s.offices(ctx, d)
		if err != nil {
			return Sitting{}, err
		}
		at := s.now()
		next, err := decide(d, b, open, now, at)
		if errors.Is(err, errNothing) {
			return *now, nil
		}
		if err != nil {
			return Sitting{}, err
		}
		next.Unfinished = &SittingProgress{Next: b.First}
		if now.toCome(at) {
			next.Unfinished.Before = now.At
		}
		if now != nil {
			next.version, next.Moves = now.version, now.Moves+1
		}
		change, err := s.sittingDecided(d.court, b, open, next, at)
		if err != nil {
			return Sitting{}, err
		}
		switch _, err = s.apply(ctx, change); {
		case errors.Is(err, store.ErrVersion):
			continue
		case err != nil:
			return Sitting{}, fmt.Errorf("icms: sitting of batch %s: %w", b.Reference, err)
		}
		if now, err = s.sitting(ctx, batch); err == nil {
			now, err = s.carryOn(ctx, d, b, now)
		}
		if err != nil {
			return Sitting{}, err
		}
		return *now, nil
	}
	return Sitting{}, sittingBusy(batch)
}

// sittingBatch reads the batch of a sitting, which is registered.
func (s *Service) sittingBatch(ctx context.Context, batch string) (*batchRecord, *desk, error) {
	b, err := s.reload(ctx, batch)
	if err != nil {
		return nil, nil, err
	}
	d, err := s.court(b.Court)
	if err != nil {
		return nil, nil, err
	}
	if b.State != Registered {
		return nil, nil, refuse(filing.NewFinding(filing.HearingBatch, "/batch", law.Provision{}, law.V("reference", b.Reference), law.V("state", string(b.State))))
	}
	return b, d, nil
}

// sittingBusy says that others keep changing what a sitting needs.
func sittingBusy(batch string) error {
	return refuse(filing.NewFinding(filing.HearingBusy, "/batch", law.Provision{}, law.V("reference", batch), law.V("tries", maxSittingTries)))
}

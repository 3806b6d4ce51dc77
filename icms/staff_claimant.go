package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/store"
)

// KeptApproval is an approval to file in bulk that was given here, beside those of the court's own data.
type KeptApproval struct {
	filing.Approval
	By Filer     `json:"by"`
	At time.Time `json:"at"`
}

// approvalsRecord is what is kept of the approvals of a court, in the order in which they were given. Nothing is ever taken out.
type approvalsRecord struct {
	Approvals []KeptApproval `json:"approvals"`
	Bindings  []Binding      `json:"bindings,omitempty"`
}

// kindApprovals is the kind of record of approvals; id: <court>.
const kindApprovals = "approvals"

// EventClaimantApproved tells that a claimant may file in bulk, or no longer may.
const EventClaimantApproved = "icms.claimant.approved"

// ApproveClaimant lets a claimant file in bulk, from now on and within the bounds of the approval's provision. A later approval of the same claimant
// takes the place of all earlier ones, also of those in the court's own data: one whose provision ends takes it out. Approving the same
// again changes nothing. An id that a registered user has already is refused until staff bind it: see [Registry.BindClaimant].
func (r Registry) ApproveClaimant(ctx context.Context, court string, a filing.Approval, by Filer) error {
	s := r.s
	d, err := s.court(court)
	if err != nil {
		return err
	}
	if by.Organisation == "" || by.User == "" {
		return invalid("approval of %s: it names the office and the officer", filing.Show(a.ID))
	}
	for range maxTries {
		kept, version, err := s.approvals(ctx, court)
		if err != nil {
			return err
		}
		if last := kept.last(a.ID); last != nil && reflect.DeepEqual(last.Approval, a) {
			return nil
		}
		if err := s.freeForClaimant(ctx, court, a.ID, kept.bound()); err != nil {
			return err
		}
		at := s.now()
		kept.Approvals = append(kept.Approvals, KeptApproval{Approval: a, By: by, At: at})
		policy := d.court.Filing
		policy.Approvals = kept.over(policy.Approvals)
		if err := policy.Validate(); err != nil {
			return fmt.Errorf("%w: %w", ErrInvalid, err)
		}
		err = s.keepList(ctx, d.court, listing{
			kind: kindApprovals, version: version, body: kept, at: at, by: by, action: "claimant approved", event: EventClaimantApproved,
			stream: "claimants/" + court, about: "claimant", id: a.ID,
		})
		if !errors.Is(err, store.ErrVersion) {
			return err
		}
	}
	return overtaken("claimant " + a.ID)
}

// Claimants lists the approvals to file in bulk at a court, those of its own data and those given here.
func (r Registry) Claimants(ctx context.Context, court string) ([]filing.Approval, error) {
	d, err := r.s.filingDesk(ctx, court)
	if err != nil {
		return nil, err
	}
	return slices.Clone(d.court.Filing.Approvals), nil
}

// approvals reads the approvals given at a court and the version of their record.
func (s *Service) approvals(ctx context.Context, court string) (kept approvalsRecord, version int64, err error) {
	version, err = s.readList(ctx, kindApprovals, court, &kept)
	return kept, version, err
}

// last gives the approval of a claimant that counts; nil when none was given here.
func (r *approvalsRecord) last(claimant string) *KeptApproval {
	for i := len(r.Approvals) - 1; i >= 0; i-- {
		if r.Approvals[i].ID == claimant {
			return &r.Approvals[i]
		}
	}
	return nil
}

// over gives a court's own approvals with those given here in their place.
func (r *approvalsRecord) over(own []filing.Approval) []filing.Approval {
	out := slices.DeleteFunc(slices.Clone(own), func(a filing.Approval) bool { return r.last(a.ID) != nil })
	for i := range r.Approvals {
		if k := &r.Approvals[i]; r.last(k.ID) == k {
			out = append(out, k.Approval)
		}
	}
	return out
}

// filingDesk finds the desk of a court with the approvals given so far.
func (s *Service) filingDesk(ctx context.Context, court string) (*desk, error) {
	d, err := s.court(court)
	if err != nil {
		return nil, err
	}
	kept, version, err := s.approvals(ctx, court)
	if err != nil || version == 0 {
		return d, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.approved == nil || d.approvals < version {
		with := *d.court
		with.Filing.Approvals, with.bound = kept.over(with.Filing.Approvals), kept.bound()
		d.approved, d.approvals = &desk{court: &with}, version
	}
	return d.approved, nil
}

// listing is a record of a court to which something was added.
type listing struct {
	kind    string
	version int64
	body    any
	at      time.Time
	by      Filer
	// action, about and id are for the audit trail, event and stream for the host.
	action, about, id, event, stream string
	// pairs say more in the audit trail.
	pairs []string
}

// readList reads a record of a court and gives its version; 0 when there is none yet.
func (s *Service) readList(ctx context.Context, kind, court string, into any) (int64, error) {
	rec, err := s.store.Get(ctx, kind, court)
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("icms: %s of %s: %w", kind, court, err)
	}
	if err := json.Unmarshal(rec.Body, into); err != nil {
		return 0, fmt.Errorf("icms: %s of %s: %w: %w", kind, court, store.ErrCorrupt, err)
	}
	return rec.Version, nil
}

// keepList keeps a record of a court to which something was added; store.ErrVersion when somebody else was first.
func (s *Service) keepList(ctx context.Context, c *Court, l listing) error {
	body, err := json.Marshal(l.body)
	if err != nil {
		return fmt.Errorf("icms: %s of %s: %w", l.kind, c.Code, err)
	}
	id := fmt.Sprintf("%s/%s/%d/%s", l.kind, c.Code, l.version+1, shortHash(body))
	_, err = s.apply(ctx, store.Change{
		ID: id, At: l.at, Chain: chain(c, l.at), Note: note(l.action, l.by, append([]string{l.about, l.id}, l.pairs...)...),
		Puts:   []store.Put{{Kind: l.kind, ID: c.Code, Body: body, Expect: l.version}},
		Events: []store.Event{event(l.at, l.stream, id, l.event, map[string]any{"court": c.Code, l.about: l.id})},
	})
	if err != nil {
		return fmt.Errorf("icms: %s of %s: %w", l.kind, c.Code, err)
	}
	return nil
}

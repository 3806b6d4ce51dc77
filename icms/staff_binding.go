package icms

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/store"
)

// Binding says which registered user an approved claimant is. The names of claimants and those of registered users are given by different
// people: what is approved for the one is the other's once staff say so, and not because the names are alike.
type Binding struct {
	// Claimant is the id of the approval, Member the registered user; an empty Member ends the binding.
	Claimant string    `json:"claimant"`
	Member   string    `json:"member"`
	By       Filer     `json:"by"`
	At       time.Time `json:"at"`
}

// EventClaimantBound tells that a claimant was bound to a registered user, or no longer is.
const EventClaimantBound = "icms.claimant.bound"

// BindClaimant says which registered user a claimant is at a court, from now on: that one files its batches through a session, has the
// messages and is the party of its cases. A claimant may be bound before it is approved, and to an id that nobody has registered yet, which is then
// free for that registration alone. An empty member ends the binding. The same again changes nothing.
func (r Registry) BindClaimant(ctx context.Context, court, claimant, member string, by Filer) error {
	s := r.s
	d, err := s.court(court)
	if err != nil {
		return err
	}
	if err := officer(by, "binding of "+filing.Show(claimant)); err != nil {
		return err
	}
	for what, id := range map[string]string{"claimant": claimant, "member": member} {
		if len(id) > 100 || strings.ContainsFunc(id, notInID) || id == "" && what == "claimant" {
			return invalid("binding: the %s %.120q must be an id of at most 100 bytes", what, id)
		}
	}
	for range maxTries {
		kept, version, err := s.approvals(ctx, court)
		if err != nil || kept.bound()[claimant] == member {
			return err
		}
		at := s.now()
		kept.Bindings = append(kept.Bindings, Binding{Claimant: claimant, Member: member, By: by, At: at})
		err = s.keepList(ctx, d.court, listing{
			kind: kindApprovals, version: version, body: kept, at: at, by: by, action: "claimant bound", event: EventClaimantBound,
			stream: "claimants/" + court, about: "claimant", id: claimant, pairs: []string{"member", member},
		})
		if !errors.Is(err, store.ErrVersion) {
			return err
		}
	}
	return overtaken("claimant " + claimant)
}

// Bindings lists the bindings of claimants at a court in the order in which they were made; the last of a claimant counts.
func (r Registry) Bindings(ctx context.Context, court string) ([]Binding, error) {
	if _, err := r.s.court(court); err != nil {
		return nil, err
	}
	kept, _, err := r.s.approvals(ctx, court)
	return kept.Bindings, err
}

// BindClaimant says which registered user a claimant is; see [Registry.BindClaimant].
func (x *Session) BindClaimant(ctx context.Context, court, claimant, member string) error {
	g, err := x.atCourt(ctx, "BindClaimant", court)
	if err != nil {
		return err
	}
	return x.s.Registry().BindClaimant(ctx, court, claimant, member, g.by())
}

// bound gives the registered users that claimants are bound to now.
func (r *approvalsRecord) bound() map[string]string {
	out := map[string]string{}
	for _, b := range r.Bindings {
		if out[b.Claimant] = b.Member; b.Member == "" {
			delete(out, b.Claimant)
		}
	}
	return out
}

// everBound lists the claimants that a registered user is or was at a court, and itself.
func (r *approvalsRecord) everBound(member string) []string {
	out := []string{member}
	for _, b := range r.Bindings {
		if b.Member == member {
			out = append(out, b.Claimant)
		}
	}
	return out
}

// freeForClaimant refuses an approval of an id that a registered user has who is not bound to it.
func (s *Service) freeForClaimant(ctx context.Context, court, id string, bound map[string]string) error {
	if s.members == nil || bound[id] != "" {
		return nil
	}
	_, err := s.members.Organisation(ctx, id)
	if errors.Is(err, members.ErrNotFound) {
		var a members.Account
		if a, err = s.members.Account(ctx, id); err == nil && a.Kind != members.Individual {
			return nil
		}
	}
	switch {
	case errors.Is(err, members.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return refuse(filing.NewFinding(filing.ClaimantRegistered, "/claimant", law.Provision{}, law.V("claimant", id), law.V("court", court)))
}

// freeForMember refuses the registration of an id that an approval uses, or that ever was the claimant of a batch, unless staff bound that
// claimant to the id: whoever has it is the party of those cases, also when the court's register has it no longer. One who is registered with it
// already is answered by the register of members.
func (s *Service) freeForMember(ctx context.Context, id string) error {
	for _, court := range s.Courts() {
		d, err := s.filingDesk(ctx, court)
		if err != nil {
			return err
		}
		if d.court.bound[id] == id {
			continue
		}
		taken := d.court.listed(id) != nil
		if !taken {
			if taken, err = s.leftBehind(ctx, court, id); err != nil {
				return err
			}
		}
		if taken {
			return refuse(filing.NewFinding(filing.ClaimantReserved, "/id", law.Provision{}, law.V("id", id)))
		}
	}
	return nil
}

// leftBehind reports whether a batch of a claimant of that id was ever accepted at a court, and nobody is registered with it. What is no id is none's.
func (s *Service) leftBehind(ctx context.Context, court, id string) (bool, error) {
	if id == "" || len(id) > 100 || strings.ContainsFunc(id, notInID) {
		return false, nil
	}
	page, err := s.store.List(ctx, store.Query{Index: indexReference, Kind: kindBatch, Prefix: key(court, id, ""), Limit: 1})
	if err != nil {
		return false, fmt.Errorf("icms: batches of %s: %w", filing.Show(id), err)
	}
	if len(page.Records) == 0 {
		return false, nil
	}
	if _, err = s.members.Organisation(ctx, id); errors.Is(err, members.ErrNotFound) {
		_, err = s.members.Account(ctx, id)
	}
	if errors.Is(err, members.ErrNotFound) {
		return true, nil
	}
	return false, err
}

// filesFor is whose a batch for a claimant is: the person's own, when it is for nobody of the register, for the claimant that staff bound to the
// person's registered user, or for one whose agent that is.
func (g *guard) filesFor(d *desk, claimant string) (access.State, error) {
	known, ok := d.court.Filing.Claimant(claimant)
	switch {
	case !ok:
		return access.Own, nil
	case known.ID == g.member && d.court.bound[known.ID] != g.member:
		if err := g.on(object{court: d.court.Code, state: access.Own, name: claimant, open: true}); err != nil {
			return access.Foreign, err
		}
		return access.Foreign, &DeniedError{Action: g.door.Action, kind: ErrForbidden, Finding: filing.NewFinding(filing.AccessUnbound, "/claimant",
			law.Provision{}, law.V("claimant", known.ID))}
	}
	may, err := d.court.mayFile(g.ctx, g.member, known.ID)
	if err != nil || !may {
		return access.Foreign, err
	}
	return access.Own, nil
}

package icms

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// Clients is what an Agents may be too: it says what those are called for whom an agent commences single claims, and whom no register has.
type Clients interface {
	// Client gives the name of a claimant for which a registered user may file; no words when it knows none. An error decides nothing.
	Client(ctx context.Context, organisation, claimant string) (law.Text, error)
}

// called gives the name of the claimant of a single claim: that of the data, which the one that the claim gives must be in every language that it has.
func (s *Service) called(ctx context.Context, c *Court, in *SingleClaim) (law.Text, error) {
	if in.For != "" {
		may, err := c.mayFile(ctx, in.By.Organisation, in.For)
		if err != nil {
			return nil, err
		}
		if !may {
			return nil, fmt.Errorf("%w: %s may not file for %s", ErrForbidden, in.By.Organisation, filing.Show(in.For))
		}
	}
	known, err := s.claimantKnown(ctx, c, in)
	switch {
	case err != nil:
		return nil, err
	case len(known) == 0 && in.who() != in.By.Organisation:
		return nil, refuse(filing.NewFinding(filing.SubmissionClaimant, "/for", law.Provision{}, law.V("claimant", in.For)))
	case len(known) == 0:
		return in.Claimant, nil
	}
	for tag, name := range in.Claimant {
		if filing.Fold(name) != filing.Fold(known[tag]) {
			return nil, refuse(filing.NewFinding(filing.SubmissionCalled, "/claimant/"+tag, law.Provision{},
				law.V("claimant", in.who()), law.V("name", known), law.V("given", name)))
		}
	}
	return known, nil
}

// claimantKnown is what the claimant is called by the court's register, by that of members, or by the court's Agents; nothing when none of them has it.
func (s *Service) claimantKnown(ctx context.Context, c *Court, in *SingleClaim) (law.Text, error) {
	if known := c.listed(in.who()); known != nil {
		return known.Name, nil
	}
	name, err := s.memberName(ctx, in.who())
	if err != nil || len(name) > 0 {
		return name, err
	}
	clients, ok := c.Agents.(Clients)
	if !ok || in.who() == in.By.Organisation {
		return nil, nil
	}
	if name, err = clients.Client(ctx, in.By.Organisation, in.For); err != nil {
		return nil, fmt.Errorf("icms: %w", &filing.HookError{Hook: filing.AgentsHook, Err: err})
	}
	return name, tagged("claimant", name)
}

// memberName is what a registered user is called; nothing when there is none of that id.
func (s *Service) memberName(ctx context.Context, id string) (law.Text, error) {
	if s.members == nil {
		return nil, nil
	}
	o, err := s.members.Organisation(ctx, id)
	if !errors.Is(err, members.ErrNotFound) {
		return o.Name, err
	}
	a, err := s.members.Account(ctx, id)
	if errors.Is(err, members.ErrNotFound) || err == nil && a.Kind != members.Individual {
		return nil, nil
	}
	return a.Name, err
}

// filesClaim enters a method that files a single claim, and signs that: for the person's own registered user, or for somebody for whom that may file.
func (x *Session) filesClaim(ctx context.Context, method string, in *SingleClaim) error {
	g, err := x.enter(ctx, method)
	if err == nil {
		_, err = g.court(in.Court)
	}
	if err != nil {
		return err
	}
	d, err := x.s.filingDesk(ctx, in.Court)
	if err != nil {
		return err
	}
	in.By = g.by()
	state := access.Own
	switch who := cmp.Or(in.For, g.member); {
	case d.court.listed(who) != nil:
		state, err = g.filesFor(d, who)
	case who != g.member:
		var may bool
		if may, err = d.court.mayFile(ctx, g.member, who); !may {
			state = access.Foreign
		}
	}
	if err != nil {
		return err
	}
	return g.on(object{court: in.Court, state: state, name: in.For, open: true})
}

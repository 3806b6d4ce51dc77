package icms

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// SingleClaim is one claim that is filed by itself.
type SingleClaim struct {
	// Court is the code of the court; Type and Venue describe the proceedings, as in a Batch.
	Court, Type, Venue string
	// For is the id of the claimant for whom By.Organisation commences, as the court's Agents know it; empty is for itself. Who commences for somebody
	// else is not linked to the case by that.
	For string
	// Claimant is the name of the claimant. Where the court's register, that of members or its Agents know it, empty takes it from there, and another
	// is a *RefusalError; the name of somebody for whom another commences has to be known there.
	Claimant law.Text
	By       Filer
	// Reference, Documents and Account are those of a Batch.
	Reference string
	Claim     filing.Claim
	Documents fs.FS
	Account   string
}

// who is the id of the claimant.
func (c *SingleClaim) who() string { return cmp.Or(c.For, c.By.Organisation) }

// FileClaim files one claim where the court takes single claims: it travels as a batch of one does, by the policy Court.Single. A court
// that takes none is a *RefusalError; a claimant for whom By.Organisation may not file is an ErrForbidden.
func (r Registry) FileClaim(ctx context.Context, in SingleClaim) (Result, error) {
	return r.single(ctx, in, func(d *desk, b Batch) (Result, error) { return r.s.fileAt(ctx, d, b) })
}

// PreflightClaim says what FileClaim would say at this instant. It reads only.
func (r Registry) PreflightClaim(ctx context.Context, in SingleClaim) (Result, error) {
	return r.single(ctx, in, func(d *desk, b Batch) (Result, error) { return r.s.preflightAt(ctx, d, b) })
}

// single makes the batch of a single claim and the desk that takes it.
func (r Registry) single(ctx context.Context, in SingleClaim, take func(*desk, Batch) (Result, error)) (Result, error) {
	d, err := r.s.filingDesk(ctx, in.Court)
	if err != nil {
		return Result{}, err
	}
	if d.court.Single == nil {
		return Result{}, refuse(filing.NewFinding(filing.SubmissionSingle, "", d.court.NoSingle, law.V("court", d.court.Name)))
	}
	if err := tagged("claimant", in.Claimant); err != nil {
		return Result{}, err
	}
	if in.Claimant, err = r.s.called(ctx, d.court, &in); err != nil {
		return Result{}, err
	}
	at, err := d.forSingle(in)
	if err != nil {
		return Result{}, err
	}
	body, err := json.Marshal(in.Claim)
	if err != nil {
		return Result{}, fmt.Errorf("%w: claim %s: %w", ErrInvalid, filing.Show(in.Claim.Reference), err)
	}
	return take(at, Batch{
		Court: in.Court, Type: in.Type, Venue: in.Venue, Claimant: in.who(), By: in.By, Reference: in.Reference,
		Claims: filing.File{Name: "claim.json", Bytes: bytes.NewReader(body), Size: int64(len(body))}, Format: filing.JSONLines{},
		Documents: in.Documents, Account: in.Account,
	})
}

// forSingle is the desk as it takes a claim of a claimant that no register lists. It is the same court in everything but the policy, whose notice says
// from when.
func (d *desk) forSingle(in SingleClaim) (*desk, error) {
	court, policy := *d.court, *d.court.Single
	policy.Approvals = []filing.Approval{{
		Claimant: filing.Claimant{ID: in.who(), Name: in.Claimant}, Provision: policy.Notices[0].Provision,
	}}
	policy.Batches.Claims = 1
	if err := policy.Validate(); err != nil {
		return nil, fmt.Errorf("%w: claim of %s: %w", ErrInvalid, filing.Show(in.who()), err)
	}
	court.Filing = policy
	return &desk{court: &court}, nil
}

package icms

import (
	"bytes"
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
	// Claimant is the name of the claimant, which By.Organisation is.
	Claimant law.Text
	By       Filer
	// Reference, Documents and Account are those of a Batch.
	Reference string
	Claim     filing.Claim
	Documents fs.FS
	Account   string
}

// FileClaim files one claim where the court takes single claims: it travels as a batch of one does, by the policy Court.Single. A court
// that takes none is a *RefusalError.
func (r Registry) FileClaim(ctx context.Context, in SingleClaim) (Result, error) {
	return r.single(ctx, in, func(d *desk, b Batch) (Result, error) { return r.s.fileAt(ctx, d, b) })
}

// PreflightClaim says what FileClaim would say at this instant. It reads only.
func (r Registry) PreflightClaim(ctx context.Context, in SingleClaim) (Result, error) {
	return r.single(ctx, in, func(d *desk, b Batch) (Result, error) { return r.s.preflightAt(ctx, d, b) })
}

// single makes the batch of a single claim and the desk that takes it.
func (r Registry) single(ctx context.Context, in SingleClaim, take func(*desk, Batch) (Result, error)) (Result, error) {
	d, err := r.s.court(in.Court)
	if err != nil {
		return Result{}, err
	}
	if d.court.Single == nil {
		return Result{}, refuse(filing.NewFinding(filing.SubmissionSingle, "", d.court.NoSingle, law.V("court", d.court.Name)))
	}
	if err := tagged("claimant", in.Claimant); err != nil {
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
		Court: in.Court, Type: in.Type, Venue: in.Venue, Claimant: in.By.Organisation, By: in.By, Reference: in.Reference,
		Claims: filing.File{Name: "claim.json", Bytes: bytes.NewReader(body), Size: int64(len(body))}, Format: filing.JSONLines{},
		Documents: in.Documents, Account: in.Account,
	})
}

// forSingle is the desk as it takes a claim of a claimant that no register lists. It is the same court in everything but the policy, whose notice says
// from when.
func (d *desk) forSingle(in SingleClaim) (*desk, error) {
	court, policy := *d.court, *d.court.Single
	policy.Approvals = []filing.Approval{{
		Claimant: filing.Claimant{ID: in.By.Organisation, Name: in.Claimant}, Provision: policy.Notices[0].Provision,
	}}
	policy.Batches.Claims = 1
	if err := policy.Validate(); err != nil {
		return nil, fmt.Errorf("%w: claim of %s: %w", ErrInvalid, filing.Show(in.By.Organisation), err)
	}
	court.Filing = policy
	return &desk{court: &court}, nil
}

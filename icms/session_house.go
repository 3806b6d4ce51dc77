package icms

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// moveAccount takes a step of an account of the kinds given, in a house that the person keeps.
func (x *Session) moveAccount(ctx context.Context, method, id string, step MemberStep, reason law.Text, kinds ...members.AccountKind) (members.Account, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return members.Account{}, err
	}
	a, err := x.s.members.Account(ctx, id)
	if err == nil && !slices.Contains(kinds, a.Kind) {
		err = g.missing(id)
	}
	if err == nil {
		err = g.on(object{state: g.ownHouse(a.Organisation), name: id})
	}
	if err != nil {
		return members.Account{}, g.lookedUp(err, id)
	}
	r, err := step.request(g, id, reason)
	if err != nil {
		return members.Account{}, err
	}
	done, err := g.do(r)
	return done.Account, err
}

// OpenBranch adds a branch to the person's organisation: By and At of the request are set here.
func (x *Session) OpenBranch(ctx context.Context, in members.OpenBranch) (members.Organisation, error) {
	g, err := x.house(ctx, "OpenBranch", in.Organisation)
	if err != nil {
		return members.Organisation{}, err
	}
	in.By, in.At = members.By(g.by()), x.s.now()
	done, err := g.do(in)
	return done.Organisation, err
}

// CloseBranch closes a branch in which no account is left.
func (x *Session) CloseBranch(ctx context.Context, organisation, code string) (members.Organisation, error) {
	g, err := x.house(ctx, "CloseBranch", organisation)
	if err != nil {
		return members.Organisation{}, err
	}
	done, err := g.do(members.CloseBranch{Organisation: organisation, Code: code, By: members.By(g.by()), At: x.s.now()})
	return done.Organisation, err
}

// LinkCase lets an organisation user see a case of the organisation: By and At of the request are set here. Whether there is such a case is
// not asked, and not told.
func (x *Session) LinkCase(ctx context.Context, in members.LinkCase) (members.Link, error) {
	g, err := x.house(ctx, "LinkCase", in.Organisation)
	if err != nil {
		return members.Link{}, err
	}
	in.By, in.At = members.By(g.by()), x.s.now()
	done, err := g.do(in)
	return done.Link, err
}

// UnlinkCase takes a case from an organisation user.
func (x *Session) UnlinkCase(ctx context.Context, in members.UnlinkCase) (members.Link, error) {
	g, err := x.house(ctx, "UnlinkCase", in.Organisation)
	if err != nil {
		return members.Link{}, err
	}
	in.By, in.At = members.By(g.by()), x.s.now()
	done, err := g.do(in)
	return done.Link, err
}

// ShareCase takes all links of a case away.
func (x *Session) ShareCase(ctx context.Context, in members.ShareCase) (members.Link, error) {
	g, err := x.house(ctx, "ShareCase", in.Organisation)
	if err != nil {
		return members.Link{}, err
	}
	in.By, in.At = members.By(g.by()), x.s.now()
	done, err := g.do(in)
	return done.Link, err
}

// Links gives a page of the links of the person's organisation.
func (x *Session) Links(ctx context.Context, organisation, after string, limit int) ([]members.Link, string, error) {
	if _, err := x.house(ctx, "Links", organisation); err != nil {
		return nil, "", err
	}
	return x.s.members.Links(ctx, organisation, after, limit)
}

// maxProof is the largest document that proves eligibility, in bytes: our own policy.
const maxProof = 20 << 20

// The most documents of an application, and what they may have together.
const (
	maxProofs     = 20
	maxProofsSize = 100 << 20
)

// Proofs are the documents that prove an applicant's eligibility.
type Proofs struct {
	// Files holds them, Names names them in their order.
	Files fs.FS
	Names []string
}

// applyWith makes an application with its documents: they are kept once the register takes the application.
func (s *Service) applyWith(ctx context.Context, p Proofs, with func([]members.Proof) members.Request) (members.Done, error) {
	var staged []blob.Staged
	defer func() {
		for _, b := range staged {
			_ = b.Drop()
		}
	}()
	proofs := make([]members.Proof, 0, min(len(p.Names), maxProofs))
	left := int64(maxProofsSize)
	for i, name := range p.Names {
		if i == maxProofs {
			return members.Done{}, invalid("an application has at most %d documents, this one has %d", maxProofs, len(p.Names))
		}
		b, err := s.stageProof(ctx, p.Files, name)
		if err != nil {
			return members.Done{}, err
		}
		staged = append(staged, b)
		if left -= b.Size(); left < 0 {
			return members.Done{}, invalid("the documents of an application have at most %d bytes together", int64(maxProofsSize))
		}
		proofs = append(proofs, members.Proof{Name: name, SHA256: b.Hash()})
	}
	if _, err := s.members.Change(ctx, with(proofs)); err != nil && !errors.Is(err, members.ErrDone) {
		return members.Done{}, told(err)
	}
	for _, b := range staged {
		if err := b.Keep(ctx); err != nil {
			return members.Done{}, fmt.Errorf("icms: keeping a proof: %w", err)
		}
	}
	done, err := s.members.Do(ctx, with(proofs))
	return done, told(err)
}

func (s *Service) stageProof(ctx context.Context, files fs.FS, name string) (blob.Staged, error) {
	f, err := filing.OpenDocument(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, refuse(filing.NewFinding(members.CodeProofForm, "", law.Provision{}, law.V("proof", name)))
	}
	if err != nil {
		return nil, fmt.Errorf("icms: proof %s: %w", filing.Show(name), err)
	}
	defer f.Close()
	b, err := s.blobs.Stage(ctx, f, maxProof)
	if errors.Is(err, blob.ErrTooLarge) {
		return nil, refuse(filing.NewFinding(members.CodeProofForm, "", law.Provision{}, law.V("proof", name)))
	}
	if err != nil {
		return nil, fmt.Errorf("icms: taking in proof %s: %w", filing.Show(name), err)
	}
	return b, nil
}

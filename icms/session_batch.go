package icms

import (
	"context"
	"iter"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

// Status answers for a court what a filer asks first; see [Service.Status].
func (x *Session) Status(ctx context.Context, court string) (Status, error) {
	g, err := x.enterAny(ctx, "Status")
	if err == nil {
		_, err = g.court(court)
	}
	if err != nil {
		return Status{}, err
	}
	return x.s.Status(ctx, court)
}

// Claimants lists who may file in bulk at a court.
func (x *Session) Claimants(ctx context.Context, court string) ([]filing.Approval, error) {
	g, err := x.enterAny(ctx, "Claimants")
	if err == nil {
		_, err = g.court(court)
	}
	if err != nil {
		return nil, err
	}
	return x.s.Registry().Claimants(ctx, court)
}

// Preflight says what File would say; see [Registry.Preflight]. By is set here.
func (x *Session) Preflight(ctx context.Context, in Batch) (Result, error) {
	by, err := x.files(ctx, "Preflight", in.Court, in.Claimant)
	if err != nil {
		return Result{}, err
	}
	in.By = by
	return x.s.Registry().Preflight(ctx, in)
}

// File files a batch for the person's registered user, or for a claimant for whom that may file; see [Registry.File]. By is set here.
func (x *Session) File(ctx context.Context, in Batch) (Result, error) {
	by, err := x.files(ctx, "File", in.Court, in.Claimant)
	if err != nil {
		return Result{}, err
	}
	in.By = by
	return x.s.Registry().File(ctx, in)
}

// PreflightClaim says what FileClaim would say; see [Registry.PreflightClaim]. By is set here.
func (x *Session) PreflightClaim(ctx context.Context, in SingleClaim) (Result, error) {
	if err := x.filesClaim(ctx, "PreflightClaim", &in); err != nil {
		return Result{}, err
	}
	return x.s.Registry().PreflightClaim(ctx, in)
}

// FileClaim files one claim of the person's registered user, or of somebody for whom that may file; see [Registry.FileClaim]. By is set here.
func (x *Session) FileClaim(ctx context.Context, in SingleClaim) (Result, error) {
	if err := x.filesClaim(ctx, "FileClaim", &in); err != nil {
		return Result{}, err
	}
	return x.s.Registry().FileClaim(ctx, in)
}

// files enters a method that files: for the person's own registered user, or for a claimant of the register for whom it may file.
func (x *Session) files(ctx context.Context, method, court, claimant string) (Filer, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return Filer{}, err
	}
	if _, err := g.court(court); err != nil {
		return Filer{}, err
	}
	d, err := x.s.filingDesk(ctx, court)
	if err != nil {
		return Filer{}, err
	}
	state, err := g.filesFor(d, claimant)
	if err != nil {
		return Filer{}, err
	}
	return g.by(), g.on(object{court: court, state: state, name: claimant, open: true})
}

// batch enters a method about a kept batch.
func (x *Session) batch(ctx context.Context, method, id string) (*guard, *batchRecord, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, nil, err
	}
	b, err := x.s.reload(ctx, id)
	if err != nil {
		return nil, nil, g.lookedUp(err, id)
	}
	state := access.Foreign
	if g.member != "" && (b.By.Organisation == g.member || b.member() == g.member) {
		state = access.Own
	}
	return g, b, g.on(object{court: b.Court, state: state, name: id})
}

// Batch says how a kept batch stands.
func (x *Session) Batch(ctx context.Context, id string) (Result, error) {
	_, b, err := x.batch(ctx, "Batch", id)
	if err != nil {
		return Result{}, err
	}
	return x.s.replay(ctx, b)
}

// BatchLines streams the answers for the claims of a kept batch; see [Registry.Lines]. Claims whose case is sealed are left out for all who
// may not read it.
func (x *Session) BatchLines(ctx context.Context, id string) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		g, b, err := x.batch(ctx, "BatchLines", id)
		if err != nil {
			yield(Line{}, err)
			return
		}
		for l, err := range x.s.Registry().Lines(ctx, id) {
			if err != nil {
				yield(Line{}, err)
				return
			}
			hidden, err := g.hides(b.Court, l.Number)
			if err == nil && hidden {
				continue
			}
			if !yield(l, err) || err != nil {
				return
			}
		}
	}
}

// hides reports whether a case is sealed to the person; a claim without a number has no case yet.
func (g *guard) hides(court, number string) (bool, error) {
	if number == "" {
		return false, nil
	}
	f, err := g.s.caseFile(g.ctx, court, number)
	if isNotFound(err) {
		return false, nil // the number is drawn, the case is not registered yet
	}
	if err != nil || f.Access != CaseSealed {
		return false, err
	}
	may, err := g.mayRead(f)
	return !may, err
}

// Waiting gives a page of the batches of a court that wait for an officer's decision; see [Registry.Waiting].
func (x *Session) Waiting(ctx context.Context, court, after string, limit int) ([]Result, string, error) {
	g, err := x.enter(ctx, "Waiting")
	if err == nil {
		_, err = g.court(court)
	}
	if err == nil {
		err = g.on(object{court: court, state: access.Foreign, open: true})
	}
	if err != nil {
		return nil, "", err
	}
	return x.s.Registry().Waiting(ctx, court, after, limit)
}

// DecideBatch accepts or refuses a batch; see [Registry.Decide].
func (x *Session) DecideBatch(ctx context.Context, id string, accept bool, reason law.Text) (Result, error) {
	g, _, err := x.batch(ctx, "DecideBatch", id)
	if err != nil {
		return Result{}, err
	}
	return x.s.Registry().Decide(ctx, id, accept, reason, g.by())
}

package icms

import (
	"context"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/store"
)

// paperState is the state of a paper to the person: that of its case while it is in the file, else whose it is.
func (g *guard) paperState(f *CaseFile, d *Document) access.State {
	switch {
	case f.Access == CaseSealed:
		return access.Sealed
	case d.inFile():
		return stateOf(f)
	case g.member != "" && d.By.Organisation == g.member:
		return access.Own
	}
	return access.Withheld
}

// Papers gives a page of the papers of a case, with the cursor of the next page. Papers that the person may not read are left out, so a
// page may be short.
func (x *Session) Papers(ctx context.Context, court, number, after string, limit int) ([]Document, string, error) {
	g, f, o, err := x.lookAtCase(ctx, "Papers", court, number)
	if err == nil {
		err = g.on(o)
	}
	if err != nil {
		return nil, "", err
	}
	page, next, err := x.s.papers(ctx, court, number, after, limit)
	if err != nil {
		return nil, "", err
	}
	var out []Document
	for _, d := range page {
		o.state = g.paperState(f, d)
		if g.on(o) == nil {
			out = append(out, *d)
		}
	}
	return out, next, nil
}

// Paper reads a paper of a case.
func (x *Session) Paper(ctx context.Context, court, number string, serial int) (Document, error) {
	d, err := x.paper(ctx, "Paper", court, number, serial)
	if err != nil {
		return Document{}, err
	}
	return *d, nil
}

// PaperFile opens a file, counted from 0, of a paper of a case. The caller closes it.
func (x *Session) PaperFile(ctx context.Context, court, number string, serial, file int) (blob.File, error) {
	d, err := x.paper(ctx, "PaperFile", court, number, serial)
	if err != nil {
		return nil, err
	}
	return x.s.openFile(ctx, d, file)
}

// paper enters a method about a paper of a case.
func (x *Session) paper(ctx context.Context, method, court, number string, serial int) (*Document, error) {
	g, f, o, err := x.lookAtCase(ctx, method, court, number)
	if err == nil {
		err = g.on(o) // first of all: who may read nothing in it is told nothing of what is there
	}
	if err != nil {
		return nil, err
	}
	o.name = documentID(court, number, serial)
	d, err := x.s.document(ctx, court, number, serial)
	if err != nil {
		return nil, g.lookedUp(err, o.name)
	}
	o.state = g.paperState(f, d)
	return d, g.on(o)
}

// Submit sends a paper for a party for whom the person acts; see [Registry.Submit]. By is set here.
func (x *Session) Submit(ctx context.Context, in Submission) (Submitted, error) {
	if err := x.sends(ctx, "Submit", &in); err != nil {
		return Submitted{}, err
	}
	return x.s.submit(ctx, in, func(f *CaseFile) ([]store.Key, error) { return x.maySend(ctx, "Submit", f, in.Party, in.By) })
}

// PreflightSubmission says what Submit would say; see [Registry.PreflightSubmission].
func (x *Session) PreflightSubmission(ctx context.Context, in Submission) (Submitted, error) {
	if err := x.sends(ctx, "PreflightSubmission", &in); err != nil {
		return Submitted{}, err
	}
	return x.s.Registry().PreflightSubmission(ctx, in)
}

func (x *Session) sends(ctx context.Context, method string, in *Submission) error {
	g, f, err := x.enterCase(ctx, method, in.Court, in.Case)
	if err != nil {
		return err
	}
	in.By = g.by()
	return g.actsFor(f, in.Party)
}

// maySend asks again whether a person may send for a party in a case as it is now, signing as it did, and gives what that rests on.
func (x *Session) maySend(ctx context.Context, method string, f *CaseFile, party string, by Filer) ([]store.Key, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, err
	}
	roles, err := g.relation(f)
	if err != nil {
		return nil, err
	}
	if err := g.on(object{court: f.Court, state: stateOf(f), name: f.Number, roles: roles}); err != nil {
		return nil, err
	}
	if err := g.actsFor(f, party); err != nil {
		return nil, err
	}
	if g.by() != by { // the person has another account by now
		return nil, g.denied(object{court: f.Court, state: stateOf(f), name: f.Number, open: true})
	}
	return x.s.members.Guards(ctx, g.actor, f.Court, f.Number)
}

// RequestTime asks for more time, or that a paper counts as of an earlier instant, for a party for whom the person acts; see
// [Registry.RequestTime]. By is set here.
func (x *Session) RequestTime(ctx context.Context, in TimeRequest) (TimeRequest, error) {
	g, f, err := x.enterCase(ctx, "RequestTime", in.Court, in.Case)
	if err == nil {
		err = g.actsFor(f, in.Party)
	}
	if err != nil {
		return TimeRequest{}, err
	}
	in.By = g.by()
	return x.s.requestTime(ctx, in, func(f *CaseFile) ([]store.Key, error) { return x.maySend(ctx, "RequestTime", f, in.Party, in.By) })
}

// TimeRequestsIn gives a page of the requests for time of the parties of a case for whom the person acts.
func (x *Session) TimeRequestsIn(ctx context.Context, court, number, after string, limit int) ([]TimeRequest, string, error) {
	g, f, err := x.enterCase(ctx, "TimeRequestsIn", court, number)
	if err != nil {
		return nil, "", err
	}
	page, next, err := x.s.Registry().TimeRequestsIn(ctx, court, number, after, limit)
	var out []TimeRequest
	for _, r := range page {
		if g.actsFor(f, r.Party) == nil {
			out = append(out, r)
		}
	}
	return out, next, err
}

package icms

import (
	"context"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

// TimeRequests gives a page of the requests for time at a court that wait for a decision; see [Registry.TimeRequests].
func (x *Session) TimeRequests(ctx context.Context, court, after string, limit int) ([]TimeRequest, string, error) {
	g, err := x.enter(ctx, "TimeRequests")
	if err == nil {
		_, err = g.court(court)
	}
	if err == nil { // there may be sealed cases among them
		err = g.on(object{court: court, state: access.Sealed, open: true})
	}
	if err != nil {
		return nil, "", err
	}
	return x.s.Registry().TimeRequests(ctx, court, after, limit)
}

// AllowTime allows or refuses a request for time; see [Registry.AllowTime].
func (x *Session) AllowTime(ctx context.Context, request string, allow bool, reason law.Text) (TimeRequest, error) {
	g, err := x.enter(ctx, "AllowTime")
	if err != nil {
		return TimeRequest{}, err
	}
	asked, err := x.s.timeRequest(ctx, request)
	if err != nil {
		return TimeRequest{}, g.lookedUp(err, request)
	}
	f, err := x.s.caseFile(ctx, asked.Court, asked.Case)
	if err == nil {
		err = g.on(object{court: asked.Court, state: stateOf(f), name: request})
	}
	if err != nil {
		return TimeRequest{}, g.lookedUp(err, request)
	}
	return x.s.Registry().AllowTime(ctx, request, allow, reason, g.by())
}

// RefuseDocument refuses a paper that a party sent; see [Registry.RefuseDocument].
func (x *Session) RefuseDocument(ctx context.Context, court, number string, serial int, reason law.Text) (Document, error) {
	if _, err := x.paper(ctx, "RefuseDocument", court, number, serial); err != nil {
		return Document{}, err
	}
	g, err := x.enter(ctx, "RefuseDocument")
	if err != nil {
		return Document{}, err
	}
	return x.s.Registry().RefuseDocument(ctx, court, number, serial, reason, g.by())
}

// Deliveries gives the proofs that a paper of the court was delivered and read; see [Registry.Deliveries]. Who may not do that at the court is
// refused whether there is such a case or not, and who may not read the case is not told of them.
func (x *Session) Deliveries(ctx context.Context, court, number string, serial int) ([]Delivery, error) {
	g, err := x.enter(ctx, "Deliveries")
	if err == nil {
		_, err = g.court(court)
	}
	if err == nil {
		err = g.on(object{court: court, state: access.Foreign, name: number, open: true})
	}
	if err != nil {
		return nil, err
	}
	f, err := x.s.caseFile(ctx, court, number)
	if err != nil {
		return nil, g.lookedUp(err, number)
	}
	may, err := g.mayRead(f)
	if err == nil && !may && stateOf(f) == access.Sealed {
		err = g.missing(number)
	}
	if err != nil {
		return nil, err
	}
	out, err := x.s.Registry().Deliveries(ctx, court, number, serial)
	return out, g.lookedUp(err, documentID(court, number, serial))
}

package icms

import (
	"context"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/access"
)

// atCourt enters a method about a court as a whole.
func (x *Session) atCourt(ctx context.Context, method, court string) (*guard, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, err
	}
	if _, err := g.court(court); err != nil {
		return nil, err
	}
	return g, g.on(object{court: court, state: access.States(g.door.Kind)[0], open: true})
}

// CauseBookDay gives a page of the cause book of a court for one civil day; see [CauseBook.Day].
func (x *Session) CauseBookDay(ctx context.Context, court string, day calendar.Date, after string, limit int) ([]Entry, string, error) {
	if _, err := x.atCourt(ctx, "CauseBookDay", court); err != nil {
		return nil, "", err
	}
	return x.s.CauseBook().Day(ctx, court, day, after, limit)
}

// CauseBookEntry gives the entry of one case number; see [CauseBook.Case].
func (x *Session) CauseBookEntry(ctx context.Context, court, number string) (Entry, error) {
	g, err := x.atCourt(ctx, "CauseBookEntry", court)
	if err != nil {
		return Entry{}, err
	}
	e, err := x.s.CauseBook().Case(ctx, court, number)
	return e, g.lookedUp(err, number)
}

// CauseBookFind gives a page of the entries that have a name, or are of some days; see [CauseBook.Find].
func (x *Session) CauseBookFind(ctx context.Context, q BookQuery) ([]Entry, string, error) {
	if _, err := x.atCourt(ctx, "CauseBookFind", q.Court); err != nil {
		return nil, "", err
	}
	return x.s.CauseBook().Find(ctx, q)
}

package icms

import (
	"context"

	"courts.example/eservices/icms/access"
)

// Search asks for a search of the register; see [Inspection.Search]. By is set here: somebody without an account owns the search under the name
// by which the host knows it.
func (x *Session) Search(ctx context.Context, in Search) (Searched, error) {
	g, err := x.searcher(ctx, "Search")
	if err == nil {
		_, err = g.court(in.Court)
	}
	if err != nil {
		return Searched{}, err
	}
	in.By = Filer{Organisation: g.owner(), User: g.by().User}
	return x.s.Inspection().Search(ctx, in)
}

// Searches gives a page of the person's own searches; see [Inspection.AskedBy].
func (x *Session) Searches(ctx context.Context, after string, limit int) ([]Searched, string, error) {
	g, err := x.searcher(ctx, "Searches")
	if err != nil {
		return nil, "", err
	}
	return x.s.Inspection().AskedBy(ctx, g.owner(), after, limit)
}

// searcher enters a method about the person's own searches. Somebody of whom the host knows nothing has none.
func (x *Session) searcher(ctx context.Context, method string) (*guard, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, err
	}
	return g, g.on(object{state: g.whose(g.owner()), open: true})
}

// as is the call as if it were for another action: the one that the method's own needs first.
func (g *guard) as(a access.Action, k access.Kind) *guard {
	other := *g
	other.door = Door{Method: g.door.Method, Action: a, Kind: k}
	return &other
}

// results finds out whether the person may look at what a search finds, now.
func (g *guard) results(id string) (*Searched, error) {
	reads := g.as(access.ReadSearch, access.Search)
	q, err := g.s.search(g.ctx, id)
	if err != nil {
		return nil, reads.lookedUp(err, id)
	}
	o := object{court: q.Court, state: g.whose(q.By.Organisation), name: id}
	if d, err := g.s.court(q.Court); err == nil && o.state == access.Own {
		now, err := g.s.standing(g.ctx, q)
		if err != nil {
			return nil, err
		}
		if now.State == SearchEnded {
			o.state = access.Ended
			o.over, o.why = now.over(d.court)
		}
	}
	return q, reads.on(o)
}

// Results gives a page of the cases that a search of the person's own finds; see [Inspection.Results]. Restricted cases that the person does not see
// are left out, so a page may be short.
func (x *Session) Results(ctx context.Context, search, after string, limit int) ([]FoundCase, string, error) {
	g, err := x.enter(ctx, "Results")
	if err != nil {
		return nil, "", err
	}
	q, err := g.results(search)
	if err != nil {
		return nil, "", err
	}
	page, next, err := x.s.Inspection().Results(ctx, search, after, limit)
	if err != nil {
		return nil, "", err
	}
	inspects := g.as(access.InspectCase, access.Case)
	all := inspects.on(object{court: q.Court, state: access.Open, open: true}) == nil // those that are open, whoever is a party to them
	var out []FoundCase
	for _, f := range page {
		if f.Access != CaseOpen || !all {
			err := inspects.inCourt(q.Court, f.Number)
			if err != nil && !isDenied(err) {
				return nil, "", err
			}
			if err != nil {
				continue
			}
		}
		out = append(out, f)
	}
	return out, next, nil
}

// inCourt asks the table about a case, or about what is in its file.
func (g *guard) inCourt(court, number string) error {
	f, err := g.s.caseFile(g.ctx, court, number)
	if err != nil {
		return g.lookedUp(err, number)
	}
	return g.inFile(f)
}

// inFile asks the table about what is in the file of a case.
func (g *guard) inFile(f *CaseFile) error {
	roles, err := g.relation(f)
	if err != nil {
		return err
	}
	return g.toFile(f, roles)
}

// toFile is inFile with the person's relation to the case.
func (g *guard) toFile(f *CaseFile, roles []access.Role) error {
	return g.on(object{court: f.Court, state: stateOf(f), name: f.Number, roles: roles})
}

// inspect enters a method that looks at a case by a search of the person's own. What the search does not find is not there, and no more is
// read of it.
func (x *Session) inspect(ctx context.Context, method, search, number string) (*guard, *sight, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, nil, err
	}
	if _, err := g.results(search); err != nil {
		return nil, nil, err
	}
	v, err := x.s.Inspection().look(ctx, search, number)
	if err != nil {
		return nil, nil, g.lookedUp(err, number)
	}
	roles, err := g.relation(v.file) // a colleague may be a party's where the person is nothing
	v.party = len(roles) > 0
	if err != nil {
		return nil, nil, err
	}
	return g, v, g.toFile(v.file, roles)
}

// InspectCase shows a case that a search of the person's own finds; see [Inspection.Case].
func (x *Session) InspectCase(ctx context.Context, search, number string) (InspectedCase, error) {
	_, v, err := x.inspect(ctx, "InspectCase", search, number)
	if err != nil {
		return InspectedCase{}, err
	}
	return v.inspected(), nil
}

// InspectPapers gives a page of the papers of a case that a search of the person's own finds; see [Inspection.Papers].
func (x *Session) InspectPapers(ctx context.Context, search, number, after string, limit int) ([]InspectedPaper, string, error) {
	_, v, err := x.inspect(ctx, "InspectPapers", search, number)
	if err != nil {
		return nil, "", err
	}
	return x.s.inspectPapers(ctx, v, after, limit)
}

// InspectFile opens a file of a paper of a case that a search of the person's own finds; see [Inspection.Open]. The caller closes it.
func (x *Session) InspectFile(ctx context.Context, search, number string, serial, file int) (InspectedFile, error) {
	g, v, err := x.inspect(ctx, "InspectFile", search, number)
	if err != nil {
		return InspectedFile{}, err
	}
	f, err := x.s.inspectFile(ctx, v, serial, file)
	return f, g.lookedUp(err, number)
}

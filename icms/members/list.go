package members

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/store"
)

// Organisations gives a page of the organisations of a status, in the order of their names; an empty status means all, status by status. Limit is
// at most 1,000, 0 means 100; after and next are as in [store.Query].
func (m *Members) Organisations(ctx context.Context, s Status, after string, limit int) (organisations []Organisation, next string, err error) {
	return page(ctx, m, store.Query{Index: indexStatus, Prefix: statusKey("organisation", s), After: after, Limit: limit}, readOrganisation)
}

// Individuals gives a page of the accounts of individuals; see Organisations.
func (m *Members) Individuals(ctx context.Context, s Status, after string, limit int) (accounts []Account, next string, err error) {
	return page(ctx, m, store.Query{Index: indexStatus, Prefix: statusKey(string(Individual), s), After: after, Limit: limit}, readAccount)
}

// Staff gives a page of the accounts of staff; see Organisations.
func (m *Members) Staff(ctx context.Context, s Status, after string, limit int) (accounts []Account, next string, err error) {
	return page(ctx, m, store.Query{Index: indexStatus, Prefix: statusKey(string(Staff), s), After: after, Limit: limit}, readAccount)
}

// Accounts gives a page of the accounts of an organisation, also those that are closed, in the order of their names.
func (m *Members) Accounts(ctx context.Context, organisation, after string, limit int) (accounts []Account, next string, err error) {
	return page(ctx, m, store.Query{Index: indexHouse, Prefix: key(organisation, ""), After: after, Limit: limit}, readAccount)
}

// Links gives a page of the links of an organisation, by court and case.
func (m *Members) Links(ctx context.Context, organisation, after string, limit int) (links []Link, next string, err error) {
	return page(ctx, m, store.Query{Index: indexLinks, Prefix: key(organisation, ""), After: after, Limit: limit}, readLink)
}

// LinksOf gives a page of the links in which an account is named.
func (m *Members) LinksOf(ctx context.Context, account, after string, limit int) (links []Link, next string, err error) {
	return page(ctx, m, store.Query{Index: indexSeen, Prefix: key(account, ""), After: after, Limit: limit}, readLink)
}

func statusKey(kind string, s Status) string {
	if s == "" {
		return key(kind, "")
	}
	return key(kind, string(s), "")
}

// page reads a page of records of one kind.
func page[T any](ctx context.Context, m *Members, q store.Query, read func(store.Record) (T, error)) ([]T, string, error) {
	p, err := m.store.List(ctx, q)
	if err != nil {
		return nil, "", fmt.Errorf("members: %s: %w", q.Index, err)
	}
	out := make([]T, len(p.Records))
	for i, r := range p.Records {
		if out[i], err = read(r); err != nil {
			return nil, "", err
		}
	}
	return out, p.Next, nil
}

package members

import (
	"context"

	"courts.example/eservices/icms/store"
)

// Guards are the records on which it rests who a person is and whether it sees a case, as versions: a change that requires them is refused when
// the account, its organisation or the organisation's link to the case moved since. Of somebody without an account there are none.
func (m *Members) Guards(ctx context.Context, a Actor, court, number string) ([]store.Key, error) {
	if a.Account.ID == "" {
		return nil, nil
	}
	out := []store.Key{{Kind: kindAccount, ID: a.Account.ID, Expect: a.Account.version}}
	if a.Organisation.ID == "" {
		return out, nil
	}
	l, err := m.Link(ctx, a.Organisation.ID, court, number)
	if err != nil {
		return nil, err
	}
	return append(out, store.Key{Kind: kindOrganisation, ID: a.Organisation.ID, Expect: a.Organisation.version},
		store.Key{Kind: kindLink, ID: l.id(), Expect: l.version}), nil
}

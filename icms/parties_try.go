package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// kindLinkTries is the kind of record of the wrong codes that a registered user gave at a court; id: <court>/<member>.
const kindLinkTries = "link-tries"

// linkTries is such a record.
type linkTries struct {
	tally
	id      string
	version int64
}

func (s *Service) linkTries(ctx context.Context, court, member string) (*linkTries, error) {
	t := &linkTries{id: court + "/" + member}
	rec, err := s.store.Get(ctx, kindLinkTries, t.id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return t, nil
	case err != nil:
		return nil, fmt.Errorf("icms: wrong codes of %s: %w", member, err)
	}
	if err := json.Unmarshal(rec.Body, &t.tally); err != nil {
		return nil, fmt.Errorf("icms: wrong codes %s: %w: %w", rec.ID, store.ErrCorrupt, err)
	}
	t.version = rec.Version
	return t, nil
}

func (t *linkTries) put() (store.Put, error) {
	body, err := json.Marshal(t.tally)
	return store.Put{Kind: kindLinkTries, ID: t.id, Body: body, Expect: t.version}, err
}

// linkRefused is the one answer to a code that does not link, whatever the cause: a wrong code, one that is over or rests, a user who has to
// wait, a party or a case that is not there, or a case that is sealed.
func linkRefused(in *Link) error {
	return fmt.Errorf("%w: %w", ErrNotFound, refuse(filing.NewFinding(filing.LinkCode, "/code", law.Provision{}, law.V("case", in.Case), law.V("party", partyWords(in.Party)))))
}

// tryCode refuses a code that does not serve. A wrong one is counted before it is refused, for who gave it and for the code, so that tries
// made at once all count. may says, by a *DeniedError, to whom a case is not there.
func (s *Service) tryCode(ctx context.Context, in *Link, may func(*CaseFile) error) error {
	d, err := s.court(in.Court)
	if err != nil {
		return err
	}
	policy := d.court.Policies.Linking.withDefaults()
	for range maxTries {
		tries, err := s.linkTries(ctx, in.Court, in.Member)
		if err != nil {
			return err
		}
		k, f, err := s.triedCode(ctx, in, may)
		if err != nil {
			return err
		}
		at := s.now()
		switch same := k.same(in.Code); {
		case tries.full(policy.Tries, policy.Rest, at):
			return linkRefused(in)
		case same && k.good(policy, at):
			return nil
		case same && k.Used && slices.Contains(f.party(in.Party).users(), in.Member): // it linked this user, who says it again
			return nil
		}
		again, err := s.countTry(ctx, d.court, in, policy, tries, k)
		if err != nil {
			return err
		}
		if !again {
			return linkRefused(in)
		}
	}
	return overtaken("the link to case " + in.Case)
}

// triedCode reads the code of a party with its case; a code that is none where there is no such thing for who asks.
func (s *Service) triedCode(ctx context.Context, in *Link, may func(*CaseFile) error) (*linkCode, *CaseFile, error) {
	if badMember(in.Case) || badMember(in.Party) {
		return new(linkCode), nil, nil
	}
	f, err := s.caseFile(ctx, in.Court, in.Case)
	switch {
	case isNotFound(err):
		return new(linkCode), nil, nil
	case err != nil:
		return nil, nil, err
	case f.Access == CaseSealed || f.party(in.Party) == nil:
		return new(linkCode), nil, nil
	}
	if err := may(f); isDenied(err) {
		return new(linkCode), nil, nil
	} else if err != nil {
		return nil, nil, err
	}
	k, err := s.linkCode(ctx, in.Court, in.Case, in.Party)
	return k, f, err
}

// countTry counts a wrong try. again says that another try was counted at the same time, and that this one is still to be.
func (s *Service) countTry(ctx context.Context, c *Court, in *Link, policy LinkPolicy, tries *linkTries, k *linkCode) (again bool, err error) {
	at := s.now()
	tries.count(policy.Tries, at)
	change := store.Change{
		ID: fmt.Sprintf("wrong-code/%s/%d", tries.id, tries.version), At: at, Chain: chain(c, at),
		Note: note("wrong code", in.By, "case", filing.Show(in.Case), "party", filing.Show(in.Party)),
	}
	put, err := tries.put()
	if err != nil {
		return false, err
	}
	change.Puts = append(change.Puts, put)
	if k.version > 0 && !k.Used && !k.full(policy.CodeTries, policy.Rest, at) {
		k.count(policy.CodeTries, at)
		if put, err = k.put(); err != nil {
			return false, err
		}
		change.Puts = append(change.Puts, put)
	}
	applied, err := s.apply(ctx, change)
	if errors.Is(err, store.ErrVersion) || err == nil && applied.Replayed {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("icms: counting a wrong code of %s: %w", in.Member, err)
	}
	return false, nil
}

// LiftCode lets the code of a party serve again that rests after too many wrong tries. A code that does not rest stays as it is.
func (r Registry) LiftCode(ctx context.Context, court, number, party string, by Filer) error {
	if err := officer(by, "lifting the rest of the code for "+party+" of case "+number); err != nil {
		return err
	}
	_, err := r.s.inCase(ctx, court, number, by, func(st *caseStep) error {
		if st.file.party(party) == nil {
			return refuse(filing.NewFinding(filing.SubmissionParty, "/party", law.Provision{}, law.V("case", number), law.V("party", partyWords(party))))
		}
		k, err := r.s.linkCode(ctx, court, number, party)
		if err != nil {
			return err
		}
		if k.Wrong == 0 {
			return errNothing
		}
		st.action, st.kind = "rest of a link code lifted", EventCodeLifted
		st.pairs, st.data = []string{"party", party, "wrong", fmt.Sprint(k.Wrong)}, map[string]any{"party": party}
		k.tally = tally{}
		return st.put(k.put())
	})
	return err
}

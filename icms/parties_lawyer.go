package icms

import (
	"context"
	"errors"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// admits refuses a legal representative where the court bars them, as it refuses a claim that names one. By leave the court admits one all the
// same, where its data says that it may. A lawyer who is a party itself acts for itself.
func (s *Service) admits(ctx context.Context, in *Link) error {
	d, err := s.court(in.Court)
	if err != nil {
		return err
	}
	grounds, at := &d.court.Filing.Grounds, s.now()
	if bar := grounds.Representation; !in.Represents || bar.IsZero() || !bar.AppliesAt(at) {
		return nil
	}
	name, lawyer, err := s.lawyer(ctx, in.Member)
	if err != nil || !lawyer && !in.Lawyer {
		return err
	}
	if leave := grounds.Leave; in.Leave != "" && !leave.IsZero() && leave.AppliesAt(at) {
		return nil
	}
	return refuse(filing.NewFinding(filing.LegalRepresentative, "/represents", grounds.Representation, law.V("representative", name)))
}

// lawyer reports whether a registered user is of a kind that acts for others as legal representatives, and what it is called; one who is not in the
// register of members by its id.
func (s *Service) lawyer(ctx context.Context, member string) (any, bool, error) {
	if s.members == nil {
		return member, false, nil
	}
	name, kind := law.Text(nil), ""
	o, err := s.members.Organisation(ctx, member)
	if name, kind = o.Name, o.Kind; errors.Is(err, members.ErrNotFound) {
		var a members.Account
		a, err = s.members.Account(ctx, member)
		name, kind = a.Name, a.Eligible
	}
	switch {
	case errors.Is(err, members.ErrNotFound):
		return member, false, nil
	case err != nil:
		return nil, false, err
	}
	return name, s.members.Rules().Lawyers(kind), nil
}

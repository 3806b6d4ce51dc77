package icms

import (
	"context"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// supersede adds to a change that a paper is replaced by the one of a serial.
func supersede(change *store.Change, old Document, by int) error {
	old.CorrectedBy = by
	if old.State != DocumentRefused {
		old.State, old.Was = DocumentCorrected, old.State
	}
	put, err := old.put()
	if err == nil {
		change.Puts = append(change.Puts, put)
	}
	return err
}

// giveWay adds to the change that refuses a correction, as late or by an officer, that what it took the place of stands again, with its fee: a
// correction that is refused corrects nothing, and what came in time stays in time.
func (s *Service) giveWay(ctx context.Context, refused *Document, change *store.Change) error {
	old, err := s.correctedBy(ctx, refused)
	if err != nil || old == nil || old.CorrectedBy != refused.Serial {
		return err
	}
	old.CorrectedBy = 0
	if old.State == DocumentCorrected {
		old.State, old.Was = old.Was, ""
	}
	if old.State == DocumentPending {
		change.Work = append(change.Work, paperWork(old, change.At))
	}
	if refused.FeeOf != 0 {
		refused.Fee, refused.Charge, refused.Rest, refused.FeeOf = money.Amount{}, "", "", 0
	}
	if old.inFile() {
		refused.standsAgain = old.Serial
	}
	put, err := old.put()
	if err == nil {
		change.Puts = append(change.Puts, put)
	}
	return err
}

// takeOver adds to the change that allows a late correction that it takes the place of what it corrects after all, when nothing else did. The fee of
// that counts for it, where the court has that and it stands.
func (s *Service) takeOver(ctx context.Context, c *Court, next *Document, change *store.Change) error {
	old, err := s.correctedBy(ctx, next)
	if err != nil || old == nil || old.CorrectedBy != 0 || old.State == DocumentCorrected {
		return err
	}
	if next.Charge == "" && c.Policies.Corrections.Choice != PaidEachTime {
		stands, err := s.feeStands(ctx, old)
		if err != nil {
			return err
		}
		if stands.counts {
			change.Require, change.Sums = append(change.Require, stands.require...), append(change.Sums, stands.sums...)
			next.takeFee(old)
		}
	}
	return supersede(change, *old, next.Serial)
}

// correctedBy reads the paper that another corrects; nil when it corrects none.
func (s *Service) correctedBy(ctx context.Context, d *Document) (*Document, error) {
	if d.Corrects == 0 {
		return nil, nil
	}
	return s.document(ctx, d.Court, d.Case, d.Corrects)
}

// replaced finds the paper whose place a correction of a serial takes. Of a refused correction that is what stands in its place again.
func (s *Service) replaced(ctx context.Context, court, number string, serial int) (*Document, error) {
	for {
		old, err := s.document(ctx, court, number, serial)
		if err != nil || old.State != DocumentRefused {
			return old, err
		}
		before, err := s.correctedBy(ctx, old)
		if err != nil || before == nil || before.CorrectedBy == old.Serial {
			return old, err
		}
		serial = before.Serial
	}
}

// takeFee has the fee of another paper count for this one.
func (d *Document) takeFee(old *Document) {
	d.Fee, d.Charge, d.Rest, d.FeeOf = old.Fee, old.Charge, old.Rest, old.FeeOf
	if d.FeeOf == 0 {
		d.FeeOf = old.Serial
	}
}

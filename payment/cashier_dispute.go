package payment

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// undisputed refuses when a payment is contested; the error wraps ErrDisputed.
func (c *Cashier) undisputed(ctx context.Context, f funds) error {
	if f.payment == "" {
		return nil
	}
	disputes, err := c.disputesOf(ctx, f.gateway, f.payment)
	if err != nil {
		return err
	}
	for _, d := range disputes {
		if d.State == DisputeOpen {
			return fmt.Errorf("%w: payment %s is contested by dispute %q; wait for its end", ErrDisputed, f.name(), d.ID)
		}
	}
	return nil
}

// adoptDisputes keeps what a gateway says of disputes of its payments. Those of payments that are not on record wait for these: adopt
// records them first.
func (c *Cashier) adoptDisputes(ctx context.Context, a Attempt, disputes []GatewayDispute, from Source) error {
	var failed error
	for _, d := range disputes {
		d.ID, d.PaymentID = refOf(d.ID), refOf(d.PaymentID)
		if !slices.Contains(DisputeStates(), d.State) || d.ID == "" || d.Amount.Sign() <= 0 {
			c.Log.WarnContext(ctx, "a dispute that nobody understands", "gateway", a.Gateway, "dispute", d.ID)
			continue
		}
		err := c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
			return c.movingDispute(ctx, a.Gateway, d, from)
		})
		if errors.Is(err, ErrNoTaken) {
			c.Log.WarnContext(ctx, "a dispute of a payment that is not on record", "gateway", a.Gateway, "dispute", d.ID, "payment", d.PaymentID)
			continue
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("payment: dispute %q: %w", d.ID, err))
		}
	}
	return failed
}

// movingDispute is the change that takes a dispute to where a report says it is, with the money that moves; empty when nothing is different.
func (c *Cashier) movingDispute(ctx context.Context, gateway string, report GatewayDispute, from Source) (store.Change, deed, error) {
	d, err := c.Dispute(ctx, gateway, report.ID)
	if errors.Is(err, ErrNoDispute) {
		d, err = Dispute{Gateway: gateway, GatewayDispute: report, OpenedAt: c.now()}, nil
		d.State = ""
	}
	if err != nil {
		return store.Change{}, deed{}, err
	}
	was := d
	t, err := c.Taking(ctx, gateway, d.PaymentID)
	if err != nil {
		return store.Change{}, deed{}, err
	}
	f, err := c.fundsOfTaken(ctx, t)
	if err != nil {
		return store.Change{}, deed{}, err
	}
	d.Attempt, d.Order, d.Court = f.attempt, f.order, f.court
	to, moved := d.State.Next(report.State)
	if d.mismatched(report, f) && !d.Flagged(FlagMismatch) {
		d.Flags = append(slices.Clip(d.Flags), FlagMismatch)
		moved = moved || d.State != ""
	}
	if !moved {
		return store.Change{}, deed{}, nil
	}
	d.State = to
	if to == DisputeWon || to == DisputeLost {
		d.DoneAt = c.now()
	}
	return c.disputeChange(ctx, f, was, d, from)
}

// mismatched reports whether a dispute is not of what was recorded: another amount or payment than before, or another currency than the
// payment's.
func (d Dispute) mismatched(report GatewayDispute, f funds) bool {
	return report.Amount != d.Amount || report.PaymentID != d.PaymentID || d.Amount.Currency() != f.amount.Currency()
}

// disputeChange is the change that writes a dispute and moves its money from where it was to where it is.
func (c *Cashier) disputeChange(ctx context.Context, f funds, was, d Dispute, from Source) (store.Change, deed, error) {
	says := deed{Action: "dispute " + string(d.State), By: string(from), Order: d.Order, Attempt: d.Attempt, Evidence: d.ID, court: d.Court}
	change := store.Change{
		ID: fmt.Sprintf("payment/dispute/%s/%d", c.disputeRef(d), was.Version), At: c.now(), Require: f.require,
		Sums: []store.Sum{f.turned()},
	}
	booked := d.Amount.Currency() == f.amount.Currency()
	leaves, enters := placeOf(was.State), placeOf(d.State)
	if booked && leaves != enters {
		if err := c.moveDisputed(ctx, &change, f, was, &d); err != nil {
			return store.Change{}, deed{}, err
		}
	}
	put, err := disputePut(d)
	if err != nil {
		return store.Change{}, deed{}, err
	}
	change.Puts = append(change.Puts, put)
	if d.State == DisputeOpen {
		change.Work = append(change.Work, disputeWork(d, change.At))
	}
	return change, says, nil
}

// moveDisputed adds the move of a dispute's money to its change: between who bears it, the reserve, and the gateway.
func (c *Cashier) moveDisputed(ctx context.Context, change *store.Change, f funds, was Dispute, d *Dispute) error {
	leaves, enters := placeOf(was.State), placeOf(d.State)
	var postings []ledger.Posting
	switch {
	case leaves == withSource:
		from, sums, err := c.portions(ctx, f, d.Amount)
		if err != nil {
			return err
		}
		d.From, change.Sums = from, append(append(change.Sums, sums...), f.lose(d.Amount))
		postings = append(opposite(from), ledger.Posting{Account: enters.account(d.Gateway), Amount: d.Amount})
	case enters == withSource:
		change.Sums = append(append(change.Sums, f.unbear(d.From)...), f.restore(d.Amount))
		postings = append(slices.Clone(d.From), ledger.Posting{Account: leaves.account(d.Gateway), Amount: neg(d.Amount)})
	default:
		postings = []ledger.Posting{
			{Account: leaves.account(d.Gateway), Amount: neg(d.Amount)}, {Account: enters.account(d.Gateway), Amount: d.Amount},
		}
	}
	ref := c.disputeRef(*d)
	moved, err := c.post(ctx, fmt.Sprintf("dispute/%s/%d", ref, was.Version+1), "dispute "+ref, "", postings)
	change.Merge(moved)
	return err
}

// disputeRef names a dispute in ids, however long the gateway's own name is.
func (c *Cashier) disputeRef(d Dispute) string {
	return c.reference("D", paymentKey(d.Gateway, d.ID), 0)
}

// place is where the money of a dispute is.
type place uint8

const (
	withSource place = iota
	inReserve
	withGateway
)

// placeOf says where the money of a dispute in a state is.
func placeOf(s DisputeState) place {
	switch s {
	case DisputeOpen:
		return inReserve
	case DisputeLost:
		return withGateway
	}
	return withSource
}

// account is the account of a place, the source apart.
func (p place) account(gateway string) ledger.AccountID {
	if p == inReserve {
		return ledger.DisputeReserve
	}
	return ledger.Clearing(gateway)
}

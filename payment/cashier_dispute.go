package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// The records and indexes of disputes, as they stand in the store; a dispute's id is gateway|gateway's id.
const (
	kindDispute = "payment.dispute"

	// indexDisputePayment finds the disputes of a payment by gateway|payment, indexDisputeOrder those of an order.
	indexDisputePayment = "payment.dispute.payment"
	indexDisputeOrder   = "payment.dispute.order"
	// indexDisputeState finds disputes by state|instant of recording.
	indexDisputeState = "payment.dispute.state"
)

// ErrNoDispute says that there is no such dispute.
var ErrNoDispute = errors.New("payment: no such dispute")

// disputePut is the record of a dispute, to be written over the version it carries.
func disputePut(d Dispute) (store.Put, error) {
	if err := d.Check(); err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(d)
	if err != nil {
		return store.Put{}, fmt.Errorf("payment: dispute %q: %w", d.ID, err)
	}
	put := store.Put{Kind: kindDispute, ID: paymentKey(d.Gateway, d.ID), Body: body, Expect: d.Version, Index: []store.Entry{
		{Index: indexDisputePayment, Key: paymentKey(d.Gateway, d.PaymentID)},
		{Index: indexDisputeState, Key: key.Join(string(d.State), key.Time(d.OpenedAt))},
	}}
	if d.Order != "" {
		put.Index = append(put.Index, store.Entry{Index: indexDisputeOrder, Key: d.Order})
	}
	return put, nil
}

func decodeDispute(rec store.Record) (Dispute, error) {
	var d Dispute
	if err := json.Unmarshal(rec.Body, &d); err != nil {
		return Dispute{}, corrupt(rec, err)
	}
	if err := d.Check(); err != nil {
		return Dispute{}, corrupt(rec, err)
	}
	d.Version = rec.Version
	return d, nil
}

// Dispute reads a dispute by its gateway's id of it, or ErrNoDispute.
func (c *Cashier) Dispute(ctx context.Context, gateway, id string) (Dispute, error) {
	rec, err := c.Store.Get(ctx, kindDispute, paymentKey(gateway, gatewayID(id)))
	if errors.Is(err, store.ErrNotFound) {
		return Dispute{}, fmt.Errorf("%w: %.80q at %.20q", ErrNoDispute, Scrub(id), Scrub(gateway))
	}
	if err != nil {
		return Dispute{}, fmt.Errorf("payment: dispute %.80q: %w", Scrub(id), err)
	}
	return decodeDispute(rec)
}

// DisputeQuery asks for a page of disputes by one thing; the first of these that is set counts.
type DisputeQuery struct {
	// Gateway and Payment find the disputes of a payment at a gateway, Order those of an order.
	Gateway, Payment string
	Order            string
	// State finds those in a state, in the order of recording.
	State DisputeState
	// After is the cursor of the page before; empty for the first. Limit is at most 1,000; 0 means 100.
	After string
	Limit int
}

// Disputes reads a page of disputes; an empty next ends the list.
func (c *Cashier) Disputes(ctx context.Context, q DisputeQuery) (disputes []Dispute, next string, err error) {
	find := store.Query{After: q.After, Limit: q.Limit}
	switch {
	case q.Payment != "":
		exactly(&find, indexDisputePayment, paymentKey(q.Gateway, q.Payment))
	case q.Order != "":
		exactly(&find, indexDisputeOrder, q.Order)
	case q.State != "":
		find.Index, find.Prefix = indexDisputeState, key.Join(string(q.State), "")
	default:
		return nil, "", fmt.Errorf("%w: a query for disputes names a payment, an order or a state", ErrInvalid)
	}
	page, err := c.Store.List(ctx, find)
	if err != nil {
		return nil, "", fmt.Errorf("payment: disputes: %w", err)
	}
	for _, rec := range page.Records {
		d, err := decodeDispute(rec)
		if err != nil {
			return nil, "", err
		}
		disputes = append(disputes, d)
	}
	return disputes, page.Next, nil
}

// disputesOf lists all disputes of a payment.
func (c *Cashier) disputesOf(ctx context.Context, gateway, payment string) ([]Dispute, error) {
	hits, err := c.Store.Match(ctx, indexDisputePayment, []string{paymentKey(gateway, payment)})
	if err != nil {
		return nil, fmt.Errorf("payment: disputes of %.80q: %w", payment, err)
	}
	disputes := make([]Dispute, len(hits))
	for i, h := range hits {
		if disputes[i], err = decodeDispute(h.Record); err != nil {
			return nil, err
		}
	}
	return disputes, nil
}

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
			return fmt.Errorf("payment: dispute %q: %w", d.ID, err)
		}
	}
	return nil
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

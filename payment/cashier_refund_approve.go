package payment

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// workRefund is the work of looking after a refund; its id is the refund's.
const workRefund = "payment.refund"

// Approve has a proposed refund go back. From here on its money is no longer the court's: what was paid from a deposit account is on that
// account at once; what was paid at a gateway is asked of the gateway now, and by Work until it is known; what was paid at the
// counter, or at a gateway that can't give back, waits for a person and SettleRefund.
//
// The person must be another than who proposed it, unless Terms.Alone lets one person decide. Errors: ErrInvalid, ErrNoRefund,
// ErrFourEyes, ErrTransition, ErrDisputed, and the ledger's for a deposit account that is suspended or closed. What the gateway says is not
// an error: it is the refund's state.
func (c *Cashier) Approve(ctx context.Context, id, by string) (Refund, error) {
	if err := key.CheckID("who approves", by, MaxID); err != nil {
		return Refund{}, invalid(err)
	}
	err := c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		r, f, err := c.undecided(ctx, id)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		given, err := c.given(ctx, f)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		if err := c.fourEyes(r.ProposedBy, by, r.Court, given); err != nil {
			return store.Change{}, deed{}, fmt.Errorf("refund %s: %w", r.ID, err)
		}
		if err := c.stillThere(ctx, f, r); err != nil {
			return store.Change{}, deed{}, err
		}
		r.ApprovedBy, r.ApprovedAt = by, c.now()
		change, err := c.approval(ctx, r, f)
		return change, refundDeed("approve", by, r), err
	})
	if err != nil {
		return Refund{}, err
	}
	return c.CheckRefund(ctx, id)
}

// stillThere refuses to approve a refund of a payment that is contested, or that its gateway has taken back meanwhile.
func (c *Cashier) stillThere(ctx context.Context, f funds, r Refund) error {
	if err := c.undisputed(ctx, f); err != nil {
		return err
	}
	left, err := c.left(ctx, f)
	if err == nil && left.Sign() < 0 {
		return &RefundableError{Of: f.name(), Left: money.New(left.Minor()+r.Amount.Minor(), left.Currency()), Asked: r.Amount}
	}
	return err
}

// approval is the change that takes a refund's money from the accounts that bear it.
func (c *Cashier) approval(ctx context.Context, r Refund, f funds) (store.Change, error) {
	from, sums, err := c.portions(ctx, f, r.Amount)
	if err != nil {
		return store.Change{}, err
	}
	r.From = from
	to := ledger.RefundPayable
	verb, work := "approve", []store.Work(nil)
	switch {
	case r.Account != "":
		to, r.State, r.DoneAt = r.Account, OperationSucceeded, r.ApprovedAt
		r.Note.Series = c.noteSeries(r)
		verb = "done"
	case r.Payment == "" || !c.givesBack(r.Gateway):
		r.ByHand, r.State = true, OperationPending
	default:
		r.State = OperationUnknown
		work = []store.Work{{Kind: workRefund, ID: r.ID, Due: r.ApprovedAt}}
	}
	change, err := c.moveRefund(r, verb)
	if err != nil {
		return store.Change{}, err
	}
	if err := c.drawNote(&change, r); err != nil {
		return store.Change{}, err
	}
	change.Require, change.Sums, change.Work = f.require, sums, work
	moved, err := c.moveMoney(ctx, r, "take", from, to)
	change.Merge(moved)
	return change, err
}

// givesBack reports whether a gateway can be asked to give money back.
func (c *Cashier) givesBack(gateway string) bool {
	g := c.gateways[gateway]
	if g == nil || !g.Describe().Refund {
		return false
	}
	_, ok := g.(Refunder)
	return ok
}

// given is all that went back of a payment, is about to, or is contested: one person's limit is not passed in small parts.
func (c *Cashier) given(ctx context.Context, f funds) (money.Amount, error) {
	left, err := c.left(ctx, f)
	if err != nil {
		return money.Amount{}, err
	}
	return f.amount.Sub(left)
}

// fourEyes reports whether a person may decide what another proposed.
func (c *Cashier) fourEyes(proposer, by, court string, amount money.Amount) error {
	if !samePerson(proposer, by) || c.Terms.Alone != nil && c.Terms.Alone(court, amount) {
		return nil
	}
	return fmt.Errorf("%w: %q proposed it; another person decides", ErrFourEyes, proposer)
}

// moveMoney is the ledger's entry that takes the amounts of from out of their accounts and puts them into one.
func (c *Cashier) moveMoney(ctx context.Context, r Refund, step string, from []ledger.Posting, to ledger.AccountID) (store.Change, error) {
	return c.post(ctx, "refund/"+r.ID+"/"+step, "refund "+r.ID, r.Reason, append(opposite(from), ledger.Posting{Account: to, Amount: r.Amount}))
}

// post is the change that posts an entry.
func (c *Cashier) post(ctx context.Context, id, ref, note string, postings []ledger.Posting) (store.Change, error) {
	change, err := c.Ledger.Change(ctx, ledger.Post{ID: id, Postings: postings, Ref: ref, Note: note, At: c.now()})
	if err != nil {
		return store.Change{}, fmt.Errorf("%s: %w", ref, overtaken(err))
	}
	return change, nil
}

// opposite are the postings that take others back.
func opposite(postings []ledger.Posting) []ledger.Posting {
	out := make([]ledger.Posting, len(postings), len(postings)+1)
	for i, p := range postings {
		out[i] = ledger.Posting{Account: p.Account, Amount: neg(p.Amount)}
	}
	return out
}

// noteSeries names the series of a refund's note; empty when nobody knows whose money it was.
func (c *Cashier) noteSeries(r Refund) string {
	if r.Court == "" {
		return ""
	}
	return "refund/" + c.Series(r.Court, r.DoneAt)
}

// drawNote draws the number of the refund note in the change in which a refund succeeds: it has no gaps.
func (c *Cashier) drawNote(change *store.Change, r Refund) error {
	if r.Note.Series == "" {
		return nil
	}
	draw, err := DrawReceipt(r.Note.Series)
	if err != nil {
		return err
	}
	change.ID = doneID(r)
	change.Draw = []store.Draw{draw}
	return nil
}

// doneID is the id of the one change in which a refund succeeds.
func doneID(r Refund) string { return "payment/refund/" + r.ID + "/done" }

// number writes down the number that was drawn for a refund's note. The change that drew it answers again with it.
func (c *Cashier) number(ctx context.Context, id string) error {
	return c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		r, err := c.Refund(ctx, id)
		if err != nil || r.Note.Series == "" || r.Note.N > 0 {
			return store.Change{}, deed{}, err
		}
		drawn, err := c.Store.Apply(ctx, store.Change{ID: doneID(r), At: r.DoneAt})
		if err != nil {
			return store.Change{}, deed{}, fmt.Errorf("refund %s: the number of its note: %w", r.ID, err)
		}
		if len(drawn.First) != 1 {
			return store.Change{}, deed{}, fmt.Errorf("%w: refund %s has succeeded and no number was drawn for its note", store.ErrCorrupt, r.ID)
		}
		r.Note.N = drawn.First[0]
		change, err := c.moveRefund(r, "number")
		return change, refundDeed("number", "", r), err
	})
}

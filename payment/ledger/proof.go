package ledger

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// Proof says whether the books of one currency hold together.
type Proof struct {
	Currency money.Currency
	// Entries, Accounts and Held count what was looked at: journal entries, accounts, open holds.
	Entries, Accounts, Held int
	// Debits and Credits are the totals of the negative and of the positive balances; they sum to zero.
	Debits, Credits money.Amount
	// Faults are what does not hold, at most 100; More counts the rest. None means that the books are right.
	Faults []Fault
	More   int
}

// OK reports whether nothing is wrong.
func (p Proof) OK() bool { return len(p.Faults) == 0 }

// Fault is one thing that does not hold.
type Fault struct {
	// Code names the rule: "entry.unbalanced", "entry.changed", "sum.posted", "sum.available", "trial.balance".
	Code string
	// Where names the entry or account.
	Where string
	// Want is what the journal says, Have what was found.
	Want, Have string
}

// String tells the fault in one line.
func (f Fault) String() string {
	return fmt.Sprintf("%s: %s: want %s, have %s", f.Code, f.Where, f.Want, f.Have)
}

const maxFaults = 100

func (p *Proof) fault(code, where, want, have string) {
	if len(p.Faults) == maxFaults {
		p.More++
		return
	}
	p.Faults = append(p.Faults, Fault{code, where, want, have})
}

// maxProofTries bounds how often a proof waits for the ledger to stand still while it compares.
const maxProofTries = 50

// Prove reads the whole journal and proves, for each currency: every entry sums to zero and is as it was hashed; the balances of
// all accounts sum to zero; the kept sum of every account equals its postings; and what is available on a deposit account is
// exactly what is posted less its open holds. It gives one Proof for each currency in the order of the codes; faults are in the proofs, the error is for
// what kept it from proving. Memory grows with the number of accounts. It is built for a quiet hour: while entries keep
// coming it tries again, and gives ErrMoving in the end.
func (l *Ledger) Prove(ctx context.Context) ([]Proof, error) {
	var proofs []Proof
	for from := ""; ; {
		page, err := l.store.List(ctx, store.Query{Index: indexJournal, From: from, Limit: 1})
		if err != nil {
			return nil, fmt.Errorf("ledger: proof: %w", err)
		}
		if len(page.Records) == 0 {
			return proofs, nil
		}
		c, err := journalCurrency(page.Records[0])
		if err != nil {
			return nil, err
		}
		if key.After(c.Code()) <= from { // the index says another currency than the record: the walk would never end
			return nil, fmt.Errorf("%w: %s %q stands in the journal of another currency than its own, %s",
				store.ErrCorrupt, page.Records[0].Kind, page.Records[0].ID, c)
		}
		p, err := l.proveCurrency(ctx, c)
		if err != nil {
			return nil, fmt.Errorf("ledger: proof of %s: %w", c, err)
		}
		proofs = append(proofs, p)
		from = key.After(c.Code())
	}
}

// journalCurrency is the currency of an entry or a hold.
func journalCurrency(r store.Record) (money.Currency, error) {
	if r.Kind == kindHold {
		h, err := decodeHold(r)
		return h.Amount.Currency(), err
	}
	e, err := decodeEntry(r)
	if err == nil && e.Currency().IsZero() {
		err = fmt.Errorf("%w: entry %q has no currency", store.ErrCorrupt, r.ID)
	}
	return e.Currency(), err
}

func (l *Ledger) proveCurrency(ctx context.Context, c money.Currency) (Proof, error) {
	t := tally{ledger: l, proof: Proof{Currency: c}, posted: make(map[AccountID]int64)}
	for range maxProofTries {
		if _, err := t.read(ctx); err != nil {
			return Proof{}, err
		}
		still, err := t.compare(ctx)
		if err != nil {
			return Proof{}, err
		}
		if still {
			return t.proof, nil
		}
	}
	return Proof{}, ErrMoving
}

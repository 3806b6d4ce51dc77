package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

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

// tally adds up the journal of one currency.
type tally struct {
	ledger *Ledger
	proof  Proof
	posted map[AccountID]int64
	after  string // the cursor of the page read last
	last   int64  // the record read last
}

// read adds the entries that came since the last read, and reports whether there were any, or any new hold.
func (t *tally) read(ctx context.Context) (moved bool, err error) {
	code := t.proof.Currency.Code()
	for {
		page, err := t.ledger.store.List(ctx, store.Query{
			Index: indexJournal, From: code, Until: key.After(code), After: t.after, Limit: pageSize,
		})
		if err != nil {
			return moved, err
		}
		for _, r := range page.Records {
			if r.Seq <= t.last {
				continue
			}
			t.last, moved = r.Seq, true
			if r.Kind != kindEntry {
				continue
			}
			if err := t.add(r); err != nil {
				return moved, err
			}
		}
		if page.Next == "" {
			return moved, nil
		}
		t.after = page.Next
	}
}

// add checks one entry and adds its postings.
func (t *tally) add(r store.Record) error {
	e, err := decodeEntry(r)
	if err != nil {
		return err
	}
	t.proof.Entries++
	if e.sum() != e.Hash || e.ID != r.ID || r.Version != 1 {
		t.proof.fault("entry.changed", r.ID, e.Hash, e.sum())
	}
	if err := e.balanced(); err != nil {
		t.proof.fault("entry.unbalanced", r.ID, "a sum of zero", err.Error())
	}
	for _, p := range e.Postings {
		t.posted[p.Account] += p.Amount.Minor()
	}
	return nil
}

// compare holds the kept sums against the journal and the open holds. It reports false when something moved while it read.
func (t *tally) compare(ctx context.Context) (still bool, err error) {
	held, before, err := t.held(ctx)
	if err != nil {
		return false, err
	}
	accounts, err := t.accounts(ctx, held)
	if err != nil {
		return false, err
	}
	sums, err := t.sums(ctx, accounts)
	if err != nil {
		return false, err
	}
	if moved, err := t.read(ctx); err != nil || moved {
		return false, err
	}
	if _, after, err := t.held(ctx); err != nil || !slices.Equal(before, after) {
		return false, err
	}
	t.judge(accounts, sums, held)
	t.proof.Held = len(before)
	return true, nil
}

// held adds up the open holds of each account, and lists them with their versions.
func (t *tally) held(ctx context.Context) (map[AccountID]int64, []string, error) {
	sums := make(map[AccountID]int64)
	var names []string
	q := store.Query{Index: indexHeld, Prefix: t.proof.Currency.Code() + "|", Limit: pageSize}
	for {
		page, err := t.ledger.store.List(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range page.Records {
			h, err := decodeHold(r)
			if err != nil {
				return nil, nil, err
			}
			sums[h.Account] += h.Amount.Minor()
			names = append(names, h.ID)
		}
		if q.After = page.Next; page.Next == "" {
			return sums, names, nil
		}
	}
}

// accounts lists, in order, every account with a posting or an open hold and every deposit account of the currency.
func (t *tally) accounts(ctx context.Context, held map[AccountID]int64) ([]AccountID, error) {
	all := make(map[AccountID]bool, len(t.posted))
	for a := range t.posted {
		all[a] = true
	}
	for a := range held {
		all[a] = true
	}
	for after := ""; ; {
		accounts, next, err := t.ledger.Accounts(ctx, "", after, pageSize)
		if err != nil {
			return nil, err
		}
		for _, a := range accounts {
			if a.Currency == t.proof.Currency {
				all[a.ID] = true
			}
		}
		if after = next; next == "" {
			break
		}
	}
	list := make([]AccountID, 0, len(all))
	for a := range all {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b AccountID) int { return strings.Compare(string(a), string(b)) })
	return list, nil
}

// sums reads the posted and the available sum of every account, in pairs.
func (t *tally) sums(ctx context.Context, accounts []AccountID) ([]int64, error) {
	out := make([]int64, 0, 2*len(accounts))
	for chunk := range slices.Chunk(accounts, pageSize/2) {
		names := make([]string, 0, 2*len(chunk))
		for _, a := range chunk {
			names = append(names, postedSum(t.proof.Currency, a), availableSum(t.proof.Currency, a))
		}
		sums, err := t.ledger.store.Sums(ctx, names...)
		if err != nil {
			return nil, err
		}
		out = append(out, sums...)
	}
	return out, nil
}

// judge compares, once everything stood still.
func (t *tally) judge(accounts []AccountID, sums []int64, held map[AccountID]int64) {
	p, c := &t.proof, t.proof.Currency
	var debits, credits int64
	for i, a := range accounts {
		posted := t.posted[a]
		if posted < 0 {
			debits += posted
		} else {
			credits += posted
		}
		if have := sums[2*i]; have != posted {
			p.fault("sum.posted", string(a), money.New(posted, c).String(), money.New(have, c).String())
		}
		available := int64(0) // accounts without a floor keep no such sum
		if a.guarded() {
			available = posted - held[a]
		}
		if have := sums[2*i+1]; have != available {
			p.fault("sum.available", string(a), money.New(available, c).String(), money.New(have, c).String())
		}
	}
	p.Accounts, p.Debits, p.Credits = len(accounts), money.New(debits, c), money.New(credits, c)
	if debits+credits != 0 {
		p.fault("trial.balance", c.Code(), money.New(0, c).String(), money.New(debits+credits, c).String())
	}
}

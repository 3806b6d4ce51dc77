package ledger

import (
	"context"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

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

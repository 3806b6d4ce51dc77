package reconcile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// Explain proves where the money of a gateway is: it reads all its payments, refunds, disputes, settlement lines, breaks and the
// entries of its clearing account, and compares what they come to with the ledger, in the currencies of the Gateway and every other in which
// there is any of them. It
// believes no state that an earlier comparison left. Its memory grows with what is open, not with what was settled. It is built for a quiet
// hour: while payments keep coming it tries again, and gives ErrMoving in the end.
func (r *Reconciler) Explain(ctx context.Context, gateway string) (Explanation, error) {
	g, err := r.gateway(gateway)
	if err != nil {
		return Explanation{}, err
	}
	known := g.Currencies
	for range maxTries {
		x := explaining{r: r, g: g, sums: make(map[money.Currency]*sums), listed: make(map[string]bool), out: Explanation{Gateway: gateway, At: r.now()}}
		for _, c := range known {
			x.of(c)
		}
		still, err := x.read(ctx)
		if err != nil {
			return Explanation{}, fmt.Errorf("reconcile: explanation of %s: %w", gateway, err)
		}
		if still {
			return x.out, nil
		}
		known = x.currencies()
	}
	return Explanation{}, fmt.Errorf("%w: %s", ErrMoving, gateway)
}

// sums add up one currency in minor units.
type sums struct {
	taken, refunded, lost             int64 // by our records, each as it moved the clearing account
	payments, refunds, disputes, fees int64 // by the settlement lines
	paidOut, closed                   int64
}

// explaining makes an Explanation.
type explaining struct {
	r    *Reconciler
	g    Gateway
	sums map[money.Currency]*sums
	out  Explanation
	// listed are the items that are listed.
	listed map[string]bool
}

func (x *explaining) of(c money.Currency) *sums {
	if x.sums[c] == nil {
		x.sums[c] = new(sums)
	}
	return x.sums[c]
}

// read reads all there is; still is false when something moved meanwhile.
func (x *explaining) read(ctx context.Context) (still bool, err error) {
	before, err := x.mark(ctx)
	if err != nil {
		return false, err
	}
	for _, walk := range []func(context.Context) error{x.takings, x.refunds, x.disputes, x.lines, x.closings, x.batches} {
		if err := walk(ctx); err != nil {
			return false, err
		}
	}
	for _, c := range x.currencies() {
		if err := x.conclude(ctx, c); err != nil {
			return false, err
		}
	}
	after, err := x.mark(ctx)
	return before == after, err
}

func (x *explaining) currencies() []money.Currency {
	var all []money.Currency
	for c := range x.sums {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b money.Currency) int { return strings.Compare(a.Code(), b.Code()) })
	return all
}

// conclude compares the sums of a currency with the ledger.
func (x *explaining) conclude(ctx context.Context, c money.Currency) error {
	posted, err := x.r.Ledger.Posted(ctx, ledger.Clearing(x.g.ID), c)
	if err != nil {
		return err
	}
	s := x.of(c)
	amount := func(minor int64) money.Amount { return money.New(minor, c) }
	owes := s.payments + s.refunds + s.disputes - s.fees - s.paidOut
	open := [...]int64{s.taken - s.payments, s.refunded - s.refunds, s.lost - s.disputes}
	x.out.Currencies = append(x.out.Currencies, Clearing{
		Currency: c, ToCome: negative(posted), Owes: amount(owes),
		Payments: amount(open[0]), Refunds: amount(open[1]), Disputes: amount(open[2]), Closed: amount(s.closed),
		Unexplained: amount(-posted.Minor() - owes - open[0] - open[1] - open[2] + s.closed),
	})
	last := x.out.Currencies[len(x.out.Currencies)-1]
	if err := x.entries(ctx, c, !last.Unexplained.IsZero()); err != nil || last.Unexplained.IsZero() {
		return err
	}
	return x.unbooked(ctx, c)
}

// mark tells whether anything has moved: the clearing account, or what was imported.
func (x *explaining) mark(ctx context.Context) (string, error) {
	page, err := x.r.Store.List(ctx, store.Query{Index: indexFiles, Prefix: x.g.ID + "|", Descending: true, Limit: 1})
	if err != nil {
		return "", err
	}
	m := ""
	for _, rec := range page.Records {
		m = rec.ID
	}
	for _, c := range x.currencies() {
		posted, err := x.r.Ledger.Posted(ctx, ledger.Clearing(x.g.ID), c)
		if err != nil {
			return "", err
		}
		m += "|" + posted.String()
	}
	return m, nil
}

// maxItems bounds the lists of an Explanation.
const maxItems = 1000

// item lists what is open of an item.
func (x *explaining) item(ctx context.Context, i item, overdue bool) error {
	open, err := x.r.balance(ctx, i)
	if err != nil || len(open) == 0 || x.listed[i.key()] {
		return err
	}
	o := OpenItem{Kind: i.kind, ID: i.id, Open: open.list()}
	rest, err := x.r.unbroken(ctx, i)
	if err != nil {
		return err
	}
	breaks, err := x.r.breaksOf(ctx, i)
	if err != nil {
		return err
	}
	for _, b := range breaks {
		if !b.State.Over() && len(b.Open) > 0 && len(rest) == 0 {
			o.Why, o.Break = WhyBreak, b.ID
		}
	}
	if o.Why == "" && !overdue {
		o.Why = WhyInTime
	}
	if x.list(o) {
		x.listed[i.key()] = true
	}
	return nil
}

// list lists what is open, as long as there is room.
func (x *explaining) list(o OpenItem) bool {
	if len(x.out.Items) == maxItems {
		x.out.More++
		return false
	}
	x.out.Items = append(x.out.Items, o)
	return true
}

package reconcile

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// Explanation says why the clearing account of a gateway stands where it stands.
type Explanation struct {
	Gateway string    `json:"gateway"`
	At      time.Time `json:"at"`
	// Currencies are the sums, in the order of the codes.
	Currencies []Clearing `json:"currencies"`
	// Items are what is open, at most 1,000; More counts the rest.
	Items []OpenItem `json:"items,omitempty"`
	// Strange are the entries of the clearing account that belong to no payment, refund, dispute, settlement or break; they are among what
	// is unexplained. At most 1,000.
	Strange []ledger.Line `json:"strange,omitempty"`
	More    int           `json:"more,omitempty"`
}

// Clearing is the sums of one currency. ToCome is what the ledger says the gateway has of ours, the negative of its clearing account;
// it is what the gateway Owes by its own settlements, plus what is not in them yet, less what was written off, plus what nobody can
// explain:
//
//	ToCome = Owes + Payments + Refunds + Disputes - Closed + Unexplained
type Clearing struct {
	Currency money.Currency `json:"currency"`
	ToCome   money.Amount   `json:"toCome"`
	// Owes is what its settlements come to, less what it paid out.
	Owes money.Amount `json:"owes"`
	// Payments, Refunds and Disputes are what was taken, given back (negative) and lost (negative) here, less what settlements say of it.
	Payments money.Amount `json:"payments"`
	Refunds  money.Amount `json:"refunds"`
	Disputes money.Amount `json:"disputes"`
	// Closed is what closed breaks wrote off.
	Closed      money.Amount `json:"closed"`
	Unexplained money.Amount `json:"unexplained"`
}

// OpenItem is one thing on which our records and the settlements have not come together.
type OpenItem struct {
	// Kind and ID name a payment, a refund, or the payment whose disputes it is. A payout that has not come is of kind payout, by its batch.
	Kind payment.SettlementKind `json:"kind"`
	ID   string                 `json:"id"`
	// Open is what the clearing account holds of it more than settlements say, for each currency; of a batch, what it still owes.
	Open []money.Amount `json:"open"`
	// Why says why it is open: WhyInTime, WhyUnpaid for a batch without its payout, or WhyBreak when breaks account for all of it, with the
	// latest as Break. Empty: nobody knows. A payment that is on record and not in the ledger is listed with WhyUnbooked, which is no reason.
	Why   string `json:"why,omitempty"`
	Break string `json:"break,omitempty"`
}

// The reasons why an item may be open.
const (
	WhyInTime = "in time"
	WhyUnpaid = "unpaid"
	WhyBreak  = "break"
	// WhyUnbooked says that a payment on record has no entry in the ledger.
	WhyUnbooked = "unbooked"
)

// OK reports whether nothing is unexplained: the sums come to the clearing account to the cent, every open item has its reason, and no entry
// is strange.
func (e Explanation) OK() bool {
	return len(e.Strange) == 0 &&
		!slices.ContainsFunc(e.Currencies, func(c Clearing) bool { return !c.Unexplained.IsZero() }) &&
		!slices.ContainsFunc(e.Items, func(i OpenItem) bool { return i.Why == "" })
}

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

package payment

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"log/slog"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Cashier has orders paid at gateways and never loses or doubles a cent on the way: it writes down what it is about to do before it does
// it, asks when it does not know, and believes only what a gateway shows. It holds no state that correctness needs: any number of
// Cashiers in any number of processes may work on one store, and each may die at any moment. Its methods are safe for concurrent use.
type Cashier struct {
	CashierOptions
	gateways map[string]Gateway
	counts   *counts
}

// CashierOptions say what a Cashier works with.
type CashierOptions struct {
	// Store, Orders and Ledger are required and on the same store.
	Store  store.Store
	Orders *Orders
	Ledger *ledger.Ledger
	// Gateways are the gateways, each under the id of its capabilities; there may be none.
	Gateways []Gateway
	// Clock gives the time; required.
	Clock func() time.Time
	// Log takes what operators should know; nil for none. What could be a card number is removed from it.
	Log *slog.Logger
	// Name is this deployment's own and never changes: it keeps the references of two deployments at one gateway apart. Secret makes the
	// tokens of return addresses; it has at least 32 bytes and is the same on every node. Both are required when there are gateways.
	Name   string
	Secret []byte
	// ReturnURL and CancelURL are where the payer's browser comes back, by the attempt's token (see [Cashier.Token]); NotifyURL is where the
	// messages of a gateway go. Required when there are gateways.
	ReturnURL, CancelURL func(token string) string
	NotifyURL            func(gateway string) string
	// Describe gives the words that a payer reads at the gateway: no names of parties, no words of a claim. Nil gives the order's purpose.
	Describe func(o Order, locale string) string
	// Series names the series of receipts of a court at an instant; Chain its audit chain, where nil gives none. Chain is asked with an empty
	// court too, for what belongs to none: a message that came in.
	Series func(court string, at time.Time) string
	Chain  func(court string, at time.Time) string
	// Follow gives what has to be written in the same change as a step of an order, such as the filing that it pays; nil for nothing. The
	// steps are that the order is paid, open again or expired, and that money is held for it at its gateway: then it is Paying. It is
	// called with the order as it will be and, when it is paid, its receipt. It may read the store and must not write. Its change is merged into
	// the Cashier's: when a record of it changed meanwhile, the Cashier calls it again.
	Follow func(ctx context.Context, o Order, r Receipt) (store.Change, error)
	// Means says by which means a court is paid, from whom and how much; nil refuses nothing that the gateway takes.
	Means *MeansPolicy
	// Terms are the times and limits; zero fields mean the library's policy.
	Terms Terms
}

// Terms are the times and limits of a Cashier.
type Terms struct {
	// Session is how long a payer has when the request doesn't say; 0 means 30 minutes. It is kept within what the gateway allows.
	Session time.Duration
	// Send, Ask and Back bound a call that creates or captures, that asks, and that gives back; 0 means 30, 10 and 30 seconds.
	Send, Ask, Back time.Duration
	// Grace is how long after its session an attempt is asked about hourly before it is asked about daily; 0 means 24 hours.
	Grace time.Duration
	// Returns is how long after a refund was done its gateway is still asked about it daily, for a bank may send it back; 0 means 30 days.
	Returns time.Duration
	// Alone says which refunds one person may decide, by all that went back of the payment with it, and which resolutions; nil means none: two
	// persons for every one.
	Alone func(court string, amount money.Amount) bool
	// Lease is how long a node has for a piece of work before another may take it; 0 means 2 minutes. It must exceed every bound of a call.
	Lease time.Duration
}

func (t Terms) withDefaults() Terms {
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Session, 30 * time.Minute}, {&t.Send, 30 * time.Second}, {&t.Ask, 10 * time.Second}, {&t.Back, 30 * time.Second},
		{&t.Grace, 24 * time.Hour}, {&t.Returns, 30 * 24 * time.Hour}, {&t.Lease, 2 * time.Minute},
	} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	return t
}

// NewCashier makes a Cashier. It reads and writes nothing and starts nothing. Its error wraps ErrInvalid and names every fault.
func NewCashier(o CashierOptions) (*Cashier, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if err := o.Means.perPayment(); err != nil {
		return nil, err
	}
	o.Terms = o.Terms.withDefaults()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Log = slog.New(Discreet(o.Log.Handler()))
	c := &Cashier{CashierOptions: o, gateways: make(map[string]Gateway, len(o.Gateways)), counts: newCounts()}
	for _, g := range o.Gateways {
		if g == nil {
			return nil, fmt.Errorf("%w: a gateway is nil", ErrInvalid)
		}
		caps := g.Describe()
		if err := checkCapabilities(g, caps); err != nil {
			return nil, err
		}
		if c.gateways[caps.ID] != nil {
			return nil, fmt.Errorf("%w: two gateways have the id %q", ErrInvalid, caps.ID)
		}
		c.gateways[caps.ID] = g
	}
	return c, nil
}

// minSecret is the shortest secret in bytes.
const minSecret = 32

// check names every fault at once.
func (o CashierOptions) check() error {
	var missing []string
	for _, f := range []struct {
		name string
		gone bool
	}{
		{"Store", o.Store == nil}, {"Orders", o.Orders == nil}, {"Ledger", o.Ledger == nil}, {"Clock", o.Clock == nil},
		{"Series", o.Series == nil}, {"Name", o.Name == "" && len(o.Gateways) > 0},
		{"Secret (32 bytes or more)", len(o.Secret) < minSecret && len(o.Gateways) > 0},
		{"ReturnURL", o.ReturnURL == nil && len(o.Gateways) > 0}, {"CancelURL", o.CancelURL == nil && len(o.Gateways) > 0},
		{"NotifyURL", o.NotifyURL == nil && len(o.Gateways) > 0},
	} {
		if f.gone {
			missing = append(missing, f.name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%w: CashierOptions lacks %q", ErrInvalid, missing)
	}
	return o.Terms.withDefaults().check()
}

// check reports whether the times can work.
func (t Terms) check() error {
	for _, d := range []time.Duration{t.Session, t.Send, t.Ask, t.Back, t.Grace, t.Returns, t.Lease} {
		if d < 0 {
			return fmt.Errorf("%w: Terms have a time of %v", ErrInvalid, d)
		}
	}
	if longest := 2*t.Ask + t.Send + t.Back; t.Lease <= longest {
		return fmt.Errorf("%w: Terms.Lease is %v; one piece of work may take %v (Ask twice, Send, Back)", ErrInvalid, t.Lease, longest)
	}
	return nil
}

// now is the clock's instant as it is kept.
func (c *Cashier) now() time.Time { return key.Instant(c.Clock()) }

// gateway finds a gateway by its id.
func (c *Cashier) gateway(id string) (Gateway, error) {
	g := c.gateways[id]
	if g == nil {
		return nil, fmt.Errorf("%w: no gateway %.40q is configured", ErrInvalid, id)
	}
	return g, nil
}

// Token is the token of an attempt's return address: nobody can guess it, and every node makes the same.
func (c *Cashier) Token(attempt string) string {
	return attempt + "." + c.seal("return", attempt)[:26]
}

// seal is a keyed digest in letters and digits.
func (c *Cashier) seal(purpose, s string) string {
	m := hmac.New(sha256.New, c.Secret)
	m.Write([]byte(purpose + "|" + s))
	return letters.EncodeToString(m.Sum(nil))
}

// reference names the n-th thing of an order, such as its attempts: the same on every node, and of no other deployment.
func (c *Cashier) reference(letter, of string, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s|%s|%s|%d", c.Name, letter, of, n))
	return letter + letters.EncodeToString(sum[:])[:MaxReference-1]
}

// letters has no characters that people confuse.
var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

package reconcile

import (
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Reconciler compares what gateways say they settled with what is on record here. It holds no state of its own: any number of them, in
// any number of processes, may work on one store, and each may die at any moment. Its methods are safe for concurrent use.
type Reconciler struct {
	Options
	gateways map[string]Gateway
}

// Options say what a Reconciler works with.
type Options struct {
	// Store, Orders, Ledger and Cashier are required and on the same store.
	Store   store.Store
	Orders  *payment.Orders
	Ledger  *ledger.Ledger
	Cashier Cashier
	// Gateways are those whose settlements are reconciled.
	Gateways []Gateway
	// Clock gives the time; required.
	Clock func() time.Time
	// Owner says who looks after a break when it is opened; nil leaves that to [Reconciler.Assign]. It may read and must not write.
	Owner func(b Break) string
	// Chain names the audit chain in which changes get their link at an instant; nil for none.
	Chain func(at time.Time) string
}

// Gateway says how one gateway settles.
type Gateway struct {
	// ID is the id of its capabilities: its clearing account is clearing:<id>, its fees are fees:<id>.
	ID string
	// Settler gives its lines by the day; nil when they come in files only.
	Settler payment.Settler
	// Bank is the account to which it pays out; required.
	Bank ledger.AccountID
	// Currencies are those in which it takes money.
	Currencies []money.Currency
	// Zone is the zone in which its value dates are meant; required.
	Zone *time.Location
	// Days is within how many days after a payment it is settled, by the terms agreed with the gateway; at least 1. What takes longer is a
	// break.
	Days int
	// Fee gives what the gateway may charge for a payment, by the terms agreed; known is false where they don't say. Nil knows nothing.
	Fee func(t payment.Taken) (fee money.Amount, known bool)
	// Patience is how long a line whose attempt or refund the gateway does not answer about waits for the answer before the line alone is
	// believed; 0 means 24 hours.
	Patience time.Duration
}

// usualPatience is the Patience of a Gateway that sets none.
const usualPatience = 24 * time.Hour

// The kinds of refusal; test with errors.Is.
var (
	// ErrInvalid says that a settlement or a request breaks a rule of this package; nothing was written.
	ErrInvalid = errors.New("reconcile: invalid")
	// ErrEmpty says that a settlement has no lines, or a batch has nothing but its payout.
	ErrEmpty = errors.New("reconcile: nothing in it")
	// ErrTotals says that what should add up doesn't; it is wrapped by a *TotalsError.
	ErrTotals = errors.New("reconcile: does not add up")
	// ErrTooLarge says that a settlement has more lines or bytes than are taken at once.
	ErrTooLarge = errors.New("reconcile: too large")
	// ErrNoFile and ErrNoBreak say that there is no such record.
	ErrNoFile  = errors.New("reconcile: no such file")
	ErrNoBreak = errors.New("reconcile: no such break")
	// ErrState says that a break is in a state in which this does not happen to it.
	ErrState = errors.New("reconcile: not in this state")
	// ErrTwoPersons says that one person tried to be both of the two who close a break.
	ErrTwoPersons = errors.New("reconcile: needs another person")
	// ErrChanged says that what was to be written rests on a record that changed meanwhile: look again and decide anew.
	ErrChanged = errors.New("reconcile: changed meanwhile")
	// ErrMoving says that the books did not stand still long enough to be explained; try at a quieter time.
	ErrMoving = errors.New("reconcile: payments kept coming")
)

// New makes a Reconciler. It reads and writes nothing. Its error wraps ErrInvalid.
func New(o Options) (*Reconciler, error) {
	if o.Store == nil || o.Orders == nil || o.Ledger == nil || o.Cashier == nil || o.Clock == nil {
		return nil, fmt.Errorf("%w: Options needs a Store, Orders, a Ledger, a Cashier and a Clock", ErrInvalid)
	}
	r := &Reconciler{Options: o, gateways: make(map[string]Gateway, len(o.Gateways))}
	for _, g := range o.Gateways {
		if err := g.check(); err != nil {
			return nil, err
		}
		if _, twice := r.gateways[g.ID]; twice {
			return nil, fmt.Errorf("%w: gateway %q is given twice", ErrInvalid, g.ID)
		}
		if g.Patience == 0 {
			g.Patience = usualPatience
		}
		r.gateways[g.ID] = g
	}
	return r, nil
}

func (g Gateway) check() error {
	if err := key.CheckName("the id of a gateway", g.ID); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if err := g.Bank.Check(); err != nil || g.Bank.Class() != ledger.Asset || g.Bank == ledger.Clearing(g.ID) {
		return fmt.Errorf("%w: gateway %q pays out to %.80q, which is no bank account", ErrInvalid, g.ID, g.Bank)
	}
	if len(g.Currencies) == 0 || g.Zone == nil || g.Days < 1 || g.Patience < 0 {
		return fmt.Errorf("%w: gateway %q needs Currencies, a Zone, a number of Days, and no negative Patience", ErrInvalid, g.ID)
	}
	return nil
}

// gateway finds a gateway by its id.
func (r *Reconciler) gateway(id string) (Gateway, error) {
	g, ok := r.gateways[id]
	if !ok {
		return Gateway{}, fmt.Errorf("%w: the settlements of %.40q are not reconciled here: name it in Options.Gateways", ErrInvalid, id)
	}
	return g, nil
}

// now is the clock's instant as it is kept.
func (r *Reconciler) now() time.Time { return key.Instant(r.Clock()) }

// midnight is when a value date begins in the gateway's zone. The date was checked when its line was read.
func (g Gateway) midnight(date string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, date, g.Zone)
	if err != nil {
		return time.Time{}
	}
	return key.Instant(t)
}

// due is the instant before which what was paid at an instant is settled, by the terms: the end of the last of Days days after that day.
func (g Gateway) due(paid time.Time) time.Time {
	t := paid.In(g.Zone)
	return key.Instant(time.Date(t.Year(), t.Month(), t.Day()+g.Days+1, 0, 0, 0, 0, g.Zone))
}

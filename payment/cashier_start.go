package payment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// StartRequest asks to begin an attempt to pay an order.
type StartRequest struct {
	// Order is the order, Gateway where to pay it.
	Order, Gateway string
	// Means is how, one of the gateway's. Flow is how the payer is brought there; empty takes the gateway's first.
	Means Means
	Flow  Flow
	// Locale is the payer's language as a BCP 47 tag, By who starts the attempt.
	Locale, By string
	// Registered says that the payer is a registered user of the court.
	Registered bool
	// Authorise holds the money only; [Cashier.Capture] takes it, and [Cashier.Cancel] gives it up.
	Authorise bool
	// Session is how long the payer has, within what the gateway allows; 0 means Terms.Session.
	Session time.Duration
}

// ActiveError says that an order has an attempt that may still take its money, so that no other may be started. It unwraps to ErrTransition.
type ActiveError struct {
	Order, Attempt string
	State          AttemptState
}

// Error names the order and the attempt.
func (e *ActiveError) Error() string {
	return fmt.Sprintf("%v: order %q has the attempt %s, which is %s; check it, or cancel it before another is started",
		ErrTransition, e.Order, e.Attempt, e.State)
}

// Unwrap gives ErrTransition.
func (e *ActiveError) Unwrap() error { return ErrTransition }

// Text is what the payer reads.
func (e *ActiveError) Text() law.Text {
	says := law.T("We are checking a payment for this order, reference {reference}. Do not pay again.",
		"本處正查核此繳款單的付款（參考編號 {reference}）。請勿重複付款。")
	switch e.State {
	case AttemptAuthorised:
		says = law.T("Your payment for this order is held, reference {reference}, until the court decides. Do not pay again.",
			"此繳款單的款項已預留（參考編號 {reference}），待法院決定。請勿重複付款。")
	case AttemptPending:
		says = law.T("A payment for this order is waiting for you, reference {reference}. Complete or cancel it; do not pay again.",
			"此繳款單有一項付款正等候你完成（參考編號 {reference}）。請完成或取消該項付款，切勿重複付款。")
	}
	return says.Fill(law.V("reference", e.Attempt))
}

// maxAttempts bounds the attempts of one order.
const maxAttempts = 999

// Start begins an attempt to pay an open order. The attempt is stored as unknown, with the order as being paid, before anything is
// sent. Whatever the gateway answers is in the attempt that comes back: where to send the payer (Next, while it is pending), why it
// failed, or that nobody knows yet. So an error means that nothing was sent, or that the storage failed; in doubt,
// [Cashier.ActiveOf] tells.
//
// Errors: ErrInvalid, ErrNoOrder, *ActiveError while another attempt may take the money, ErrTransition, *MeansError.
func (c *Cashier) Start(ctx context.Context, r StartRequest) (Attempt, error) {
	g, err := c.gateway(r.Gateway)
	if err != nil {
		return Attempt{}, err
	}
	caps := g.Describe()
	if r.Flow == "" && len(caps.Flows) > 0 {
		r.Flow = caps.Flows[0]
	}
	var a Attempt
	err = c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		o, err := c.Orders.Get(ctx, r.Order)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		if a, err = c.draft(ctx, o, r, caps); err != nil {
			return store.Change{}, deed{}, err
		}
		change, err := c.starting(o, a)
		a.Version = 1
		return change, deed{Action: "attempt started", By: r.By, Order: o.ID, Attempt: a.ID, court: o.Court}, err
	})
	if err != nil {
		return Attempt{}, fmt.Errorf("payment: starting to pay order %.80q at %s: %w", r.Order, r.Gateway, err)
	}
	return c.send(ctx, g, a)
}

// draft is the attempt that a request makes, when the order and the gateway allow it.
func (c *Cashier) draft(ctx context.Context, o Order, r StartRequest, caps Capabilities) (Attempt, error) {
	if o.State == Paying {
		return Attempt{}, c.activeError(ctx, o)
	}
	if _, err := o.State.Next(EventStart); err != nil {
		return Attempt{}, fmt.Errorf("order %q: %w", o.ID, err)
	}
	if err := r.check(caps, o); err != nil {
		return Attempt{}, err
	}
	if err := c.offered(r, o); err != nil {
		return Attempt{}, err
	}
	n, err := c.lastNth(ctx, o.ID)
	if err != nil {
		return Attempt{}, err
	}
	if n++; n > maxAttempts {
		return Attempt{}, fmt.Errorf("%w: order %q has had %d attempts; make a new order", ErrInvalid, o.ID, maxAttempts)
	}
	at := c.now()
	a := Attempt{
		ID: c.reference("A", o.ID, n), Order: o.ID, Nth: n, Court: o.Court, Payer: o.Payer, Gateway: r.Gateway,
		Means: r.Means, Flow: r.Flow, Amount: o.Amount, Authorise: r.Authorise, Description: c.describe(o, r.Locale),
		Locale: r.Locale, By: r.By, State: AttemptUnknown,
		StartedAt: at, ExpiresAt: at.Add(session(r.Session, c.Terms.Session, caps)), Sent: 1, FirstSent: at, LastSent: at,
	}
	return a, a.Check()
}

// check reports whether a gateway can do what is asked.
func (r StartRequest) check(caps Capabilities, o Order) error {
	currency := o.Amount.Currency().Code()
	switch {
	case !slices.Contains(caps.Means, r.Means):
		return fmt.Errorf("%w: gateway %s takes %v, not %.40q", ErrInvalid, caps.ID, caps.Means, r.Means)
	case !slices.Contains(caps.Flows, r.Flow):
		return fmt.Errorf("%w: gateway %s has the flows %v, not %.40q", ErrInvalid, caps.ID, caps.Flows, r.Flow)
	case !slices.Contains(caps.Currencies, currency):
		return fmt.Errorf("%w: gateway %s takes %v, not %s", ErrInvalid, caps.ID, caps.Currencies, currency)
	case r.Authorise && !caps.AuthCapture:
		return fmt.Errorf("%w: gateway %s can't hold money without taking it", ErrInvalid, caps.ID)
	case r.Session < 0:
		return fmt.Errorf("%w: a session of %v", ErrInvalid, r.Session)
	}
	if err := key.CheckID("who starts the attempt", r.By, MaxID); err != nil {
		return invalid(err)
	}
	return invalid(key.CheckText("the language", r.Locale, maxLocale))
}

// offered reports whether the court is paid so, by the policy of means.
func (c *Cashier) offered(r StartRequest, o Order) error {
	if c.Means == nil {
		return nil
	}
	return c.Means.Check(MeansUse{
		Court: o.Court, Means: r.Means, Amount: o.Amount, Purpose: o.Purpose, Registered: r.Registered, At: c.now(),
	})
}

// maxLocale is the longest language tag.
const maxLocale = 35

// session is how long a payer has: what is asked, within what the gateway allows.
func session(asked, usual time.Duration, caps Capabilities) time.Duration {
	if asked == 0 {
		asked = usual
	}
	if caps.SessionMax > 0 {
		asked = min(asked, caps.SessionMax)
	}
	return max(asked, caps.SessionMin)
}

func (c *Cashier) describe(o Order, locale string) string {
	if c.Describe == nil {
		return o.Purpose
	}
	return c.Describe(o, locale)
}

// starting is the change that stores an attempt before it is sent, and the order as being paid by it.
func (c *Cashier) starting(o Order, a Attempt) (store.Change, error) {
	next, err := o.Start(a.ID)
	if err != nil {
		return store.Change{}, err
	}
	step, err := write(next, "start", a.StartedAt)
	if err != nil {
		return store.Change{}, err
	}
	put, err := attemptPut(a)
	if err != nil {
		return store.Change{}, err
	}
	change := step.Change
	change.Puts = append(change.Puts, put)
	change.Work = []store.Work{c.work(a, a.StartedAt)}
	return change, nil
}

// work is the next look at an attempt.
func (c *Cashier) work(a Attempt, at time.Time) store.Work {
	due := a.due(at, c.Terms.Grace)
	if due.Before(a.NotBefore) {
		due = a.NotBefore
	}
	return store.Work{Kind: workAttempt, ID: a.ID, Due: due}
}

// activeError says what holds an order that is being paid.
func (c *Cashier) activeError(ctx context.Context, o Order) error {
	active := &ActiveError{Order: o.ID, Attempt: o.Reference, State: AttemptProcessing}
	a, err := c.ActiveOf(ctx, o.ID)
	switch {
	case err == nil:
		active.Attempt, active.State = a.ID, a.State
	case !errors.Is(err, ErrNoAttempt): // none: its money is on its way to the receipt
		return err
	}
	return active
}

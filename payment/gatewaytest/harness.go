package gatewaytest

import (
	"errors"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// Harness is what the author of a gateway supplies to have it tested.
type Harness struct {
	// Open gives a sandbox for one case. What must be closed is closed by t.Cleanup. A company's own sandbox that remembers earlier
	// runs may be given again and again: the references of a case are new for each Seed.
	Open func(t T) Sandbox
	// Seed gives the order of the cases and is part of every reference.
	Seed uint64
}

// Sandbox is a company that takes money, on trial: the gateway under test speaks to it. The interfaces [Payer], [Faulter], [Clock],
// [Books], [Mail], [Writer], [Rotator], [RefundDesk], [DisputeDesk], [Settlements] and [Skewer] are optional; a rule that needs one that is not
// there is reported as not checked. So is a rule that needs what a method refuses with ErrNotOffered.
type Sandbox interface {
	// Gateway starts a new adapter that shares nothing with earlier ones but the company, as a new process would.
	Gateway(t T) payment.Gateway
	// Now is the company's time, in the company's zone.
	Now() time.Time
}

var (
	// ErrNotOffered says that a sandbox has the interface, but not this part of it.
	ErrNotOffered = errors.New("gatewaytest: the sandbox does not offer this")
	// ErrRefused says that the company did not let the payer do it: no money moved.
	ErrRefused = errors.New("gatewaytest: the company refused the payer")
)

// Payer acts for the payer at the company's page.
type Payer interface {
	// Act does something with the attempt of a reference. Its error may wrap ErrRefused or ErrNotOffered.
	Act(reference string, a Act) error
	// Back gives the request with which the payer's browser came back to the return URL.
	Back(reference string) (payment.Message, error)
}

// Deed is what a payer does.
type Deed string

// The deeds.
const (
	// Pay pays what is asked, or Act.Amount, as far as the page still offers it. A second Pay tries to pay again.
	Pay Deed = "pay"
	// PayTwice submits the page twice at once, as a double click does.
	PayTwice Deed = "pay-twice"
	// PaySlowly pays through a bank that takes its time to decide.
	PaySlowly Deed = "pay-slowly"
	// PayLate pays after the attempt has ended, where the company can be brought to take it: the money was on its way.
	PayLate Deed = "pay-late"
	// Fail has the payer's bank decline, for the reason Act.Decline.
	Fail Deed = "fail"
	// GiveUp presses cancel; Abandon opens the page and does nothing.
	GiveUp  Deed = "give-up"
	Abandon Deed = "abandon"
	// Challenge submits the page so that the bank asks for proof; then PassChallenge or FailChallenge answers, or nobody does.
	Challenge     Deed = "challenge"
	PassChallenge Deed = "pass-challenge"
	FailChallenge Deed = "fail-challenge"
)

// Act is a deed with its particulars.
type Act struct {
	Deed Deed
	// Decline is the reason to Fail for, Amount what to Pay when it is not what was asked.
	Decline payment.Decline
	Amount  money.Amount
}

// Clock moves the company's time, and that of every adapter of the sandbox.
type Clock interface {
	// Advance moves it forward. What falls due on the way (expiry, lapse) has happened when it returns.
	Advance(d time.Duration) error
}

// Books are the company's own, read behind the gateway's back.
type Books interface {
	// Book says what the company holds of an attempt, by our reference.
	Book(reference string) (Book, error)
	// Writes counts what was ever written in the books.
	Writes() (int, error)
}

// Book is what a company holds of one reference.
type Book struct {
	// Attempts counts the attempts under the reference.
	Attempts int
	// Payments and Refunds are what was taken (held money too) and given back; refunds that failed are left out.
	Payments, Refunds []money.Amount
	// Asked is the request as the company understood it; nil when that can't be seen.
	Asked *payment.CreateRequest
}

// RefundDesk decides about refunds at the company.
type RefundDesk interface {
	// Defer has the refunds that come be accepted first and decided later.
	Defer() error
	// Finish decides about a refund, by our reference for it. A refund that was done can still fail.
	Finish(reference string, done bool) error
	// Window is how long after the payment a refund is taken.
	Window() (time.Duration, error)
}

// DisputeDesk acts for payers who contest a payment, and for their banks.
type DisputeDesk interface {
	// Dispute opens a dispute about a whole payment, by the gateway's id. Decide ends it; won is said from the payee's side.
	Dispute(paymentID string) error
	Decide(paymentID string, won bool) error
}

// Settlements closes days at the company.
type Settlements interface {
	// Settle closes the day that is running, so that its lines are complete, and gives its date for payment.SettlementDay. What
	// comes afterwards belongs to a later day.
	Settle() (date string, err error)
	// ValueDate says by the company's terms on which date money counts that was taken at the instant.
	ValueDate(paid time.Time) (string, error)
}

// Skewer starts adapters on a machine whose clock is wrong.
type Skewer interface {
	// Skewed is Gateway with the adapter's clock ahead of the company's by d.
	Skewed(t T, d time.Duration) payment.Gateway
}

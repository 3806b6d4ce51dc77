package payment

import (
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Number is the number of a receipt in its series. Numbers of a series have no gaps; a series is usually a court's for a year.
type Number struct {
	Series string `json:"series"`
	N      int64  `json:"number"`
}

// IsZero reports whether there is no number.
func (n Number) IsZero() bool { return n == Number{} }

// String is the series and the number: "SC/2026/000012". It names the receipt's record.
func (n Number) String() string { return fmt.Sprintf("%s/%06d", n.Series, n.N) }

// Check reports whether the number can be one; its error wraps ErrInvalid.
func (n Number) Check() error {
	if err := checkSeries(n.Series); err != nil {
		return err
	}
	if n.N < 1 {
		return fmt.Errorf("%w: receipt number %d of series %q is less than 1", ErrInvalid, n.N, n.Series)
	}
	return nil
}

func checkSeries(series string) error {
	return invalid(key.CheckID("the series of receipts", series, MaxID))
}

// DrawReceipt draws the next receipt number of a series in the change to which it is added. [Number] comes back in Applied.First, at
// the place of the draw in Change.Draw, and again at every replay of that change.
//
// Numbers have no gaps as long as a number is drawn in a change with which the payment becomes certain: the one that holds the
// money on the deposit account, or, where an officer decides, the one that records the acceptance. What follows, the capture with the
// receipt, can't be refused any more, and whoever finds it missing after a crash applies the first change again and gets the same number.
func DrawReceipt(series string) (store.Draw, error) {
	if err := checkSeries(series); err != nil {
		return store.Draw{}, err
	}
	return store.Draw{Sequence: "receipt/" + series, Count: 1}, nil
}

// Receipt says that an order was paid. It is made once for each order, in the change that marks the order as paid, and never changed.
type Receipt struct {
	Number  Number  `json:"number"`
	OrderID string  `json:"orderId"`
	Court   string  `json:"court"`
	Payer   string  `json:"payer"`
	Purpose string  `json:"purpose"`
	For     Subject `json:"for"`
	// Means tells how it was paid; Account is the deposit account that paid, if one did, Reference the attempt at a gateway or the slip of
	// the counter.
	Means     Means            `json:"means"`
	Account   ledger.AccountID `json:"account,omitempty"`
	Reference string           `json:"reference,omitempty"`
	Amount    money.Amount     `json:"amount"`
	Lines     []Line           `json:"lines"`
	PaidAt    time.Time        `json:"paidAt"`
}

// Check reports whether the receipt holds together; its error wraps ErrInvalid or money.ErrCurrency.
func (r Receipt) Check() error {
	if err := r.check(); err != nil {
		return fmt.Errorf("receipt %.80q: %w", r.Number.String(), err)
	}
	return nil
}

func (r Receipt) check() error {
	if err := r.Number.Check(); err != nil {
		return err
	}
	if err := key.CheckName("the means", string(r.Means)); err != nil {
		return invalid(err)
	}
	if (r.Means == DepositAccount) != (r.Account != "") {
		return fmt.Errorf("%w: paid by %s with the account %.80q", ErrInvalid, r.Means, r.Account)
	}
	if err := checkReference(r.Means, r.Reference); err != nil {
		return err
	}
	if r.Account != "" {
		if err := r.Account.Check(); err != nil {
			return invalid(err)
		}
	}
	if err := key.CheckTime("the instant of payment", r.PaidAt); err != nil {
		return invalid(err)
	}
	o := Order{
		ID: r.OrderID, Court: r.Court, Payer: r.Payer, Purpose: r.Purpose, For: r.For, Amount: r.Amount, Lines: r.Lines,
	}
	if err := o.checkNames(); err != nil {
		return err
	}
	return o.checkLines()
}

// checkReference reports whether an order paid so names what paid it.
func checkReference(m Means, reference string) error {
	if m == DepositAccount {
		if reference != "" {
			return fmt.Errorf("%w: paid from a deposit account with the reference %.80q", ErrInvalid, reference)
		}
		return nil
	}
	return invalid(key.CheckID("the reference of the payment", reference, MaxID))
}

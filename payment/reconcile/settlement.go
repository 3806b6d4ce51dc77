package reconcile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
)

// Row is a settlement line with the place where it was read.
type Row struct {
	payment.SettlementLine
	// Number is the number of the line in its file, from 1; of lines that came in no file, their place in the list.
	Number int
}

// The limits of a settlement.
const (
	// MaxLines is the largest number of lines taken at once.
	MaxLines = 100_000
	// MaxBytes is the largest file in bytes, maxRow the longest row of it.
	MaxBytes = 64 << 20
	maxRow   = 64 << 10
	// maxLineID, maxBatch and maxPayment bound the ids, so that they fit into the names of records and ledger entries.
	maxLineID  = 80
	maxBatch   = 80
	maxPayment = 120
	// maxMinor bounds amounts, in minor units: the sums of a settlement stay within an int64, and no amount has room for a card number.
	maxMinor = 1e13
)

// checked gives the line as it may be kept, without what could be a card number, or an error if it doesn't hold together by itself: its ids,
// its date, one currency, signs, and that gross less fee is net.
func (l Row) checked() (Row, error) {
	l.ID, l.PaymentID = payment.ScrubID(l.ID), payment.ScrubID(l.PaymentID)
	l.Reference, l.Batch = payment.ScrubID(l.Reference), payment.ScrubID(l.Batch)
	return l, l.check()
}

func (l Row) check() error {
	err := key.CheckID("the id", l.ID, maxLineID)
	if err == nil && l.Batch != "" {
		err = key.CheckID("the batch", l.Batch, maxBatch)
	}
	if err == nil && l.PaymentID != "" {
		err = key.CheckID("the payment's id", l.PaymentID, maxPayment)
	}
	if err == nil && l.Reference != "" {
		err = key.CheckID("the reference", l.Reference, maxPayment)
	}
	if err == nil {
		err = l.checkKind()
	}
	if err == nil {
		err = l.checkAmounts()
	}
	if err == nil {
		err = checkDate(l.ValueDate)
	}
	if err != nil {
		return fmt.Errorf("%w: line %d: %w", ErrInvalid, l.Number, err)
	}
	return nil
}

// checkKind reports whether the line says what its kind needs.
func (l Row) checkKind() error {
	switch l.Kind {
	case payment.SettledPayment, payment.SettledRefund, payment.SettledDispute:
		if l.PaymentID == "" && l.Reference == "" {
			return fmt.Errorf("a %s names neither a payment nor a reference", l.Kind)
		}
		if l.Gross.Sign() == 0 {
			return fmt.Errorf("a %s is of nothing", l.Kind)
		}
		if l.Kind == payment.SettledPayment && l.Gross.Sign() < 0 {
			return fmt.Errorf("a payment is of %s: what goes back is a refund or a dispute", l.Gross)
		}
	case payment.SettledFee:
	case payment.SettledPayout:
		if l.Fee.Sign() != 0 {
			return fmt.Errorf("a payout has the fee %s: a fee is a line of its own", l.Fee)
		}
	default:
		return errors.New("the kind is none of payment, refund, dispute, fee, payout")
	}
	return nil
}

func (l Row) checkAmounts() error {
	for _, a := range []money.Amount{l.Gross, l.Fee, l.Net} {
		if a.Minor() > maxMinor || a.Minor() < -maxMinor {
			return errors.New("an amount is beyond any that is settled")
		}
	}
	c := l.Gross.Currency()
	if c.IsZero() || l.Fee.Currency() != c || l.Net.Currency() != c {
		return fmt.Errorf("gross %s, fee %s and net %s are not in one currency", l.Gross, l.Fee, l.Net)
	}
	net, err := l.Gross.Sub(l.Fee)
	if err != nil {
		return err
	}
	if net != l.Net {
		return &TotalsError{What: "gross less fee", Want: net, Have: l.Net}
	}
	return nil
}

func checkDate(s string) error {
	if t, err := time.Parse(time.DateOnly, s); err != nil || t.Year() < 1 {
		return errors.New("the value date is no date such as 2006-01-02")
	}
	return nil
}

// TotalsError is an ErrTotals with its numbers.
type TotalsError struct {
	// What names the sum: "gross less fee", or the batch and its currency.
	What string
	// Want is what its parts come to, Have what is stated.
	Want, Have money.Amount
}

// Error names the sum and both amounts.
func (e *TotalsError) Error() string {
	return fmt.Sprintf("%v: %s comes to %s, stated is %s", ErrTotals, e.What, e.Want, e.Have)
}

// Unwrap gives ErrTotals.
func (e *TotalsError) Unwrap() error { return ErrTotals }

// owed is by how much the line changes what the gateway owes: a payout is taken off.
func (l Row) owed() money.Amount {
	if l.Kind == payment.SettledPayout {
		return negative(l.Net)
	}
	return l.Net
}

// item names what the line is about within its kind, as far as the line says: the payment, the refund, or the payment that is disputed.
// What is known by a reference only is named "reference:" and that.
func (l Row) item() string {
	switch {
	case l.Kind == payment.SettledFee || l.Kind == payment.SettledPayout:
		return ""
	case l.Kind == payment.SettledRefund && l.Reference != "":
		return l.Reference
	case l.Kind == payment.SettledRefund:
		return "payment:" + l.PaymentID
	case l.PaymentID != "":
		return l.PaymentID
	}
	return "reference:" + l.Reference
}

// charge is what the gateway keeps for its service by this line: the fee, or all of a line that is one.
func (l Row) charge() money.Amount {
	if l.Kind == payment.SettledFee {
		return negative(l.Net)
	}
	return l.Fee
}

// hashLines is the hash of lines that came in no file: of their contents in their order.
func hashLines(rows []Row) (string, error) {
	h := sha256.New()
	for _, l := range rows {
		b, err := json.Marshal(l.SettlementLine)
		if err != nil {
			return "", fmt.Errorf("%w: line %d: %w", ErrInvalid, l.Number, err)
		}
		h.Write(append(b, '\n'))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// negative is the opposite of an amount that the store keeps: those are never the one int64 without an opposite.
func negative(a money.Amount) money.Amount { return money.New(-a.Minor(), a.Currency()) }

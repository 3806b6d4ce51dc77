package reconcile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// ReportRequest says what a report is about.
type ReportRequest struct {
	// From and Until bound it, half-open: the caller knows when a court's day begins and ends.
	From, Until time.Time
	// Courts are the courts whose takings are told, each with its fee items. An item that is not named is told when there is a receipt for
	// it, but not when money of it only went back.
	Courts []CourtItems
	// Currencies are those in which courts take money.
	Currencies []money.Currency
	// Unknown is from which age attempts are told whose outcome is not known; 0 tells all.
	Unknown time.Duration
}

// CourtItems is a court with its fee items.
type CourtItems struct {
	Court string
	Items []string
}

// Report is what was taken between two instants, what moved on the deposit accounts, and what waits for somebody at the end of it, as far as
// it is known when it is made.
type Report struct {
	From time.Time `json:"from"`
	// Until is the first instant that is not in it; MadeAt is when it was made.
	Until  time.Time `json:"until"`
	MadeAt time.Time `json:"madeAt"`
	// Takings are by court, item and currency, in that order.
	Takings []Takings `json:"takings"`
	// Deposits are the accounts in the order of their ids.
	Deposits []DepositMovement `json:"deposits"`
	// Unallocated is money that is nobody's when the report is made, the oldest first. UnallocatedTotals is what the ledger has of it.
	Unallocated       []UnallocatedMoney `json:"unallocated"`
	UnallocatedTotals []money.Amount     `json:"unallocatedTotals"`
	// Unknown are attempts whose outcome nobody knows, the oldest first.
	Unknown []UnknownAttempt `json:"unknown"`
	// Breaks are those that are not over, by gateway and class.
	Breaks []BreakCount `json:"breaks"`
}

// Takings is what a court took for a fee item.
type Takings struct {
	Court    string         `json:"court"`
	Item     string         `json:"item"`
	Currency money.Currency `json:"currency"`
	// Receipts counts the receipts, Count the items on them, and Amount is what they come to, by the instants of payment on the receipts.
	Receipts int          `json:"receipts"`
	Count    int64        `json:"count"`
	Amount   money.Amount `json:"amount"`
	// Booked is what the ledger credited to the court for the item, by the ledger's value instants: it differs from Amount when a gateway's
	// clock put a payment before its attempt or after its recording. Returned is what it took back: refunds, disputes, corrections.
	Booked   money.Amount `json:"booked"`
	Returned money.Amount `json:"returned"`
	// Net is Booked less Returned.
	Net money.Amount `json:"net"`
}

// DepositMovement is what moved on a deposit account.
type DepositMovement struct {
	Account ledger.AccountID `json:"account"`
	Opening money.Amount     `json:"opening"`
	In      money.Amount     `json:"in"`
	Out     money.Amount     `json:"out"`
	Closing money.Amount     `json:"closing"`
	Entries int              `json:"entries"`
}

// UnallocatedMoney is a payment that is nobody's.
type UnallocatedMoney struct {
	Gateway string       `json:"gateway"`
	Payment string       `json:"payment"`
	Amount  money.Amount `json:"amount"`
	// Left is what was neither given back nor is on its way, nor contested.
	Left money.Amount `json:"left"`
	// Attempt and Order are what it was meant for, if anybody knows.
	Attempt    string    `json:"attempt,omitempty"`
	Order      string    `json:"order,omitempty"`
	PaidAt     time.Time `json:"paidAt"`
	RecordedAt time.Time `json:"recordedAt"`
}

// UnknownAttempt is an attempt whose outcome nobody knows.
type UnknownAttempt struct {
	Attempt string       `json:"attempt"`
	Order   string       `json:"order"`
	Court   string       `json:"court"`
	Gateway string       `json:"gateway"`
	Amount  money.Amount `json:"amount"`
	Since   time.Time    `json:"since"`
}

// BreakCount counts the breaks of a class that are not over.
type BreakCount struct {
	Gateway string    `json:"gateway"`
	Class   Class     `json:"class"`
	Count   int       `json:"count"`
	Oldest  time.Time `json:"oldest"`
}

// Report makes a report. It reads the receipts and entries of its bounds and all deposit accounts; payments that are made meanwhile are in it or not.
// Its error wraps ErrInvalid, or is one of the ledger, the cashier or the store.
func (r *Reconciler) Report(ctx context.Context, q ReportRequest) (Report, error) {
	if err := q.check(); err != nil {
		return Report{}, err
	}
	out := Report{
		From: key.Instant(q.From), Until: key.Instant(q.Until), MadeAt: r.now(),
		Takings: []Takings{}, Deposits: []DepositMovement{}, Unallocated: []UnallocatedMoney{}, Unknown: []UnknownAttempt{}, Breaks: []BreakCount{},
	}
	for _, part := range []func(context.Context, ReportRequest, *Report) error{
		r.reportTakings, r.reportDeposits, r.reportUnallocated, r.reportUnknown, r.reportBreaks,
	} {
		if err := part(ctx, q, &out); err != nil {
			return Report{}, fmt.Errorf("reconcile: report: %w", err)
		}
	}
	return out, nil
}

func (q ReportRequest) check() error {
	err := errors.Join(key.CheckTime("the beginning", q.From), key.CheckTime("the end", q.Until))
	if err == nil && !q.From.Before(q.Until) {
		err = errors.New("it ends before it begins")
	}
	for _, c := range q.Courts {
		err = errors.Join(err, key.CheckName("the court", c.Court))
		for _, item := range c.Items {
			err = errors.Join(err, key.CheckName("the item", item))
		}
	}
	if err == nil && len(q.Currencies) == 0 {
		err = errors.New("it names no currency")
	}
	if err != nil {
		return fmt.Errorf("%w: report: %w", ErrInvalid, err)
	}
	return nil
}

// reportUnknown lists the attempts whose outcome is not known.
func (r *Reconciler) reportUnknown(ctx context.Context, q ReportRequest, out *Report) error {
	for after := ""; ; {
		attempts, next, err := r.Cashier.InState(ctx, payment.AttemptUnknown, after, reportPage)
		if err != nil {
			return err
		}
		for _, a := range attempts {
			if a.StartedAt.After(out.MadeAt.Add(-q.Unknown)) {
				continue
			}
			out.Unknown = append(out.Unknown, UnknownAttempt{
				Attempt: a.ID, Order: a.Order, Court: a.Court, Gateway: a.Gateway, Amount: a.Amount, Since: a.StartedAt,
			})
		}
		if after = next; next == "" {
			return nil
		}
	}
}

// reportPage is how many records are read at a time.
const reportPage = 1000

// reportBreaks counts the breaks that are not over.
func (r *Reconciler) reportBreaks(ctx context.Context, _ ReportRequest, out *Report) error {
	for _, gateway := range sorted(r.gateways) {
		counts := make(map[string]*BreakCount)
		for _, state := range BreakStates() {
			if state.Over() {
				continue
			}
			q := BreaksQuery{Gateway: gateway, State: state, Limit: reportPage}
			breaks, err := pages(func() (some []Break, next string, err error) {
				some, next, err = r.Breaks(ctx, q)
				q.After = next
				return some, next, err
			})
			if err != nil {
				return err
			}
			for _, b := range breaks {
				n := counts[string(b.Class)]
				if n == nil {
					n = &BreakCount{Gateway: gateway, Class: b.Class, Oldest: b.OpenedAt}
					counts[string(b.Class)] = n
				}
				n.Count++
				if b.OpenedAt.Before(n.Oldest) {
					n.Oldest = b.OpenedAt
				}
			}
		}
		for _, class := range sorted(counts) {
			out.Breaks = append(out.Breaks, *counts[class])
		}
	}
	return nil
}

package reconcile

import (
	"slices"
	"time"

	"courts.example/eservices/icms/money"
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

// Tables gives the explanation as tables: sums, open, strange. See [Report.Tables].
func (e Explanation) Tables() []Table {
	sums := Table{Name: "sums", Columns: []string{"currency", "to come", "owes", "payments", "refunds", "disputes", "closed", "unexplained"}}
	for _, c := range e.Currencies {
		sums.add(c.Currency, c.ToCome, c.Owes, c.Payments, c.Refunds, c.Disputes, c.Closed, c.Unexplained)
	}
	open := Table{Name: "open", Columns: []string{"kind", "id", "currency", "open", "why", "break"}}
	for _, i := range e.Items {
		for _, a := range i.Open {
			open.add(i.Kind, i.ID, a.Currency(), a, i.Why, i.Break)
		}
	}
	strange := Table{Name: "strange", Columns: []string{"entry", "currency", "amount", "booked", "value", "reference", "note"}}
	for _, l := range e.Strange {
		strange.add(l.Entry, l.Amount.Currency(), l.Amount, l.At, l.Value, l.Ref, l.Note)
	}
	return []Table{sums, open, strange}
}

package ledger

import (
	"context"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/internal/key"
)

// Post is an entry of any shape, for what the other requests don't say: paying out a balance, allocating money. Deposit accounts in
// it must be open, and none falls below its floor.
type Post struct {
	// ID makes the entry happen once; at most MaxID bytes, without "|".
	ID string
	// Postings are in one currency and sum to zero; several to one account are joined.
	Postings []Posting
	// Ref says what it is for, Note says it to people; at most 500 bytes each.
	Ref, Note string
	// At is the instant of booking by the caller's clock, Value the instant by which statements count it; zero means At.
	At, Value time.Time
}

func (r Post) plan(ctx context.Context, l *Ledger) (plan, error) {
	return l.post(ctx, Entry{ID: r.ID, Kind: KindPost, Postings: r.Postings, Ref: r.Ref, Note: r.Note, At: r.At, Value: r.Value})
}

// Debit charges a deposit account: fees go to revenue accounts, one for each court and item.
type Debit struct {
	// ID makes it happen once; at most MaxID bytes, without "|".
	ID string
	// Account is charged the sum of To.
	Account AccountID
	// To are the accounts credited, with positive amounts of one currency; no deposit accounts (see Transfer).
	To []Posting
	// Ref, Note, At and Value are those of Post.
	Ref, Note string
	At, Value time.Time
}

func (r Debit) plan(ctx context.Context, l *Ledger) (plan, error) {
	total, err := credits(r.To)
	if err != nil {
		return plan{}, fmt.Errorf("debit %.80q: %w", r.ID, err)
	}
	if !r.Account.guarded() {
		return plan{}, fmt.Errorf("%w: debit %.80q: %.80q is no deposit account", ErrInvalid, r.ID, r.Account)
	}
	return l.post(ctx, Entry{
		ID: r.ID, Kind: KindDebit, Postings: charge(r.Account, total, r.To), Ref: r.Ref, Note: r.Note, At: r.At, Value: r.Value,
	})
}

// TopUp credits a deposit account with money that has come. It happens once for each reference at its source: the same bank line
// handed in twice is one top-up.
type TopUp struct {
	// From is the bank or clearing account where the money is; Reference is the external reference there, 1 to 80 bytes without "|".
	From      AccountID
	Reference string
	// Account is credited with Amount, which is positive and in the account's currency.
	Account AccountID
	Amount  money.Amount
	// Note, At and Value are those of Post. Value is the bank's value date.
	Note      string
	At, Value time.Time
}

// EntryID is the id of the top-up's entry, which derives from From and Reference.
func (r TopUp) EntryID() string { return "topup/" + string(r.From) + "/" + r.Reference }

// maxReference keeps a top-up's entry id within MaxID.
const maxReference = 80

func (r TopUp) plan(ctx context.Context, l *Ledger) (plan, error) {
	if err := key.CheckID("the reference", r.Reference, maxReference); err != nil {
		return plan{}, fmt.Errorf("%w: top-up of %.80q: %w", ErrInvalid, r.Account, err)
	}
	switch {
	case r.From.Class() != Asset:
		return plan{}, fmt.Errorf("%w: top-up %q comes from %.80q, which is no bank or clearing account", ErrInvalid, r.Reference, r.From)
	case !r.Account.guarded():
		return plan{}, fmt.Errorf("%w: top-up %q goes to %.80q, which is no deposit account", ErrInvalid, r.Reference, r.Account)
	}
	postings, err := move(r.From, r.Account, r.Amount)
	if err != nil {
		return plan{}, fmt.Errorf("top-up %q: %w", r.Reference, err)
	}
	return l.post(ctx, Entry{
		ID: r.EntryID(), Kind: KindTopUp, Postings: postings, Ref: r.Reference, Note: r.Note, At: r.At, Value: r.Value,
	})
}

// Transfer moves money between two deposit accounts of one organisation: a main account funds its branches. A branch has no
// other way to the main account's money.
type Transfer struct {
	// ID makes it happen once; at most MaxID bytes, without "|".
	ID       string
	From, To AccountID
	// Amount is positive and in the currency of both accounts.
	Amount money.Amount
	// Ref, Note, At and Value are those of Post.
	Ref, Note string
	At, Value time.Time
}

func (r Transfer) plan(ctx context.Context, l *Ledger) (plan, error) {
	if r.From.Org() == "" || r.From.Org() != r.To.Org() || r.From == r.To {
		return plan{}, fmt.Errorf("%w: transfer %.80q: %.80q and %.80q are not two deposit accounts of one organisation",
			ErrInvalid, r.ID, r.From, r.To)
	}
	postings, err := move(r.From, r.To, r.Amount)
	if err != nil {
		return plan{}, fmt.Errorf("transfer %.80q: %w", r.ID, err)
	}
	return l.post(ctx, Entry{ID: r.ID, Kind: KindTransfer, Postings: postings, Ref: r.Ref, Note: r.Note, At: r.At, Value: r.Value})
}

// move is the postings of a positive amount from one account to another.
func move(from, to AccountID, amount money.Amount) ([]Posting, error) {
	if amount.Sign() <= 0 {
		return nil, fmt.Errorf("%w: the amount %s is not positive", ErrInvalid, amount)
	}
	return charge(from, amount, []Posting{{to, amount}}), nil
}

// charge is the postings that debit one account with the total of the credits. The total is positive, so its negative exists.
func charge(from AccountID, total money.Amount, to []Posting) []Posting {
	return slices.Concat([]Posting{{from, money.New(-total.Minor(), total.Currency())}}, to)
}

// credits adds up the accounts that a charge credits: at least one, none a deposit account, each a positive amount.
func credits(to []Posting) (money.Amount, error) {
	var total money.Amount
	for _, p := range to {
		if p.Account.guarded() || p.Amount.Sign() <= 0 {
			return total, fmt.Errorf("%w: it credits %.80q with %s; a charge credits accounts other than deposits, with positive amounts",
				ErrInvalid, p.Account, p.Amount)
		}
		sum, err := total.Add(p.Amount)
		if err != nil {
			return total, fmt.Errorf("%s: %w", p.Account, err)
		}
		total = sum
	}
	if total.IsZero() {
		return total, fmt.Errorf("%w: it credits no account", ErrInvalid)
	}
	return total, nil
}

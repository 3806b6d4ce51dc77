package reconcile

import (
	"crypto/sha256"
	"encoding/base32"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
)

// Class says in what a settlement and our records disagree.
type Class string

// The classes of break.
const (
	// MissingHere: the settlement has what is not on record here. A payment is put on record by what is found out, and the break resolved.
	MissingHere Class = "missing-here"
	// MissingThere: a payment on record here is in no settlement within the days agreed.
	MissingThere Class = "missing-there"
	// AmountDiffers and CurrencyDiffers: both have it, not with the same amount or in the same currency.
	AmountDiffers   Class = "amount-differs"
	CurrencyDiffers Class = "currency-differs"
	// Duplicate: a line settles what another line has settled.
	Duplicate Class = "duplicate"
	// FeeDiffers: the gateway kept another fee than agreed. The ledger has what it kept.
	FeeDiffers Class = "fee-differs"
	// RefundWithoutRequest: money went back that nobody here asked to give back.
	RefundWithoutRequest Class = "refund-without-request"
	// RefundNotSettled: a refund that was done is in no settlement within the days agreed.
	RefundNotSettled Class = "refund-not-settled"
	// Late: it was settled, but after more than the days agreed.
	Late Class = "late"
	// AfterClosing: it was settled after its break had been closed with money, for it would never come.
	AfterClosing Class = "after-closing"
	// LineChanged: a line came again and says something else than it said. What it said first counts.
	LineChanged Class = "line-changed"
)

// Classes lists the classes.
func Classes() []Class {
	return []Class{
		MissingHere, MissingThere, AmountDiffers, CurrencyDiffers, Duplicate, FeeDiffers, RefundWithoutRequest, RefundNotSettled, Late,
		AfterClosing, LineChanged,
	}
}

// open is what a break of the class leaves open, by what our records say and what the settlement says.
func (c Class) open(ours, theirs money.Amount) []money.Amount {
	all := make(amounts)
	switch c {
	case FeeDiffers, Late: // the ledger has the fee that was kept; what is late has come
		return nil
	case Duplicate:
		all.take(theirs)
	default:
		all.add(ours)
		all.take(theirs)
	}
	return all.list()
}

// BreakState is the state of a break.
type BreakState string

// The states of a break.
const (
	// BreakOpen waits for somebody.
	BreakOpen BreakState = "open"
	// BreakProposed has a proposal to close it, by one person.
	BreakProposed BreakState = "proposed"
	// BreakClosed was closed by two persons.
	BreakClosed BreakState = "closed"
	// BreakResolved is over because both sides have come to agree.
	BreakResolved BreakState = "resolved"
)

// BreakStates lists the states.
func BreakStates() []BreakState {
	return []BreakState{BreakOpen, BreakProposed, BreakClosed, BreakResolved}
}

// Over reports whether nothing is left to do about a break.
func (s BreakState) Over() bool { return s == BreakClosed || s == BreakResolved }

// Break is one thing in which a settlement and our records disagree. It is never deleted.
type Break struct {
	// ID names the break: 17 letters and digits that derive from what it is about, the same on every node.
	ID      string `json:"id"`
	Gateway string `json:"gateway"`
	Class   Class  `json:"class"`
	// Kind and Item say what it is about: the gateway's payment, our refund, or the gateway's payment that is disputed.
	Kind payment.SettlementKind `json:"kind"`
	Item string                 `json:"item"`
	// Line is the settlement line and File the hash of its file; empty when it is about a line that did not come.
	Line string `json:"line,omitempty"`
	File string `json:"file,omitempty"`
	// Batches are the payouts that do not add up because of it.
	Batches []string `json:"batches,omitempty"`
	// Order and Attempt are those of the payment, as far as they are known.
	Order   string `json:"order,omitempty"`
	Attempt string `json:"attempt,omitempty"`
	// Ours is what our records say, Theirs what the settlement says; zero for nothing.
	Ours   money.Amount `json:"ours,omitzero"`
	Theirs money.Amount `json:"theirs,omitzero"`
	// Open is what the clearing account holds more because of it than the gateway will pay, one amount for each currency; negative for less.
	Open []money.Amount `json:"open,omitempty"`
	// Detail says it in words, for people.
	Detail string `json:"detail"`
	// OpenedAt is when it was found, Owner who looks after it.
	OpenedAt time.Time  `json:"openedAt"`
	Owner    string     `json:"owner,omitempty"`
	State    BreakState `json:"state"`
	// Closing is how it is closed, or is proposed to be.
	Closing Closing `json:"closing,omitzero"`
	// EndedAt is when it was closed or resolved, Evidence why it was resolved.
	EndedAt  time.Time `json:"endedAt,omitzero"`
	Evidence string    `json:"evidence,omitempty"`
	// Version is the version in the store; 0 when it was never stored.
	Version int64 `json:"-"`
}

// Age is how old an open break is; of one that is over, how old it became.
func (b Break) Age(now time.Time) time.Duration {
	if !b.EndedAt.IsZero() {
		now = b.EndedAt
	}
	return now.Sub(b.OpenedAt)
}

// name sets the id, from what the break is about and what tells it from others of its class about the same.
func (b *Break) name(apart string) {
	sum := sha256.Sum256([]byte(key.Join(b.Gateway, string(b.Class), string(b.Kind), b.Item, apart)))
	b.ID = "B" + encoding.EncodeToString(sum[:10])
}

// encoding has no characters that people confuse.
var encoding = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

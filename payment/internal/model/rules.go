package model

// Rule is a rule of the design that can be switched off, to see what it is good for.
type Rule uint8

// The rules of attempts and orders.
const (
	// WriteFirst: an attempt is on record before its first byte leaves.
	WriteFirst Rule = iota
	// KeepKeys: an attempt is sent again with the same key, and the gateway knows it again.
	KeepKeys
	// ListPayments: an answer lists every payment, not a state alone.
	ListPayments
	// OneActive: no second attempt while one may still take the money.
	OneActive
	// NotFoundWaits: an attempt that the gateway does not know may still arrive there; it has not failed.
	NotFoundWaits
	// WaitFlight: one that is not found is sent again, or is over, only when what was sent can't arrive any more.
	WaitFlight
	// FreshAbsence: not found counts only when the question was asked after that.
	FreshAbsence
	// FlightBound: what was sent arrives within the time that is waited, or never: it left before its deadline, and the wait counts from there.
	FlightBound
	// FirstRefusal: a refusal ends an attempt only when it was sent once, for another sending may be under way.
	FirstRefusal
	// LateCounts: money is recorded whenever it comes, after the end of its attempt and its order too.
	LateCounts
	// WholeAnswer: an attempt of which no more money comes is asked about until such an answer was written down whole, with all that came.
	WholeAnswer
	// CloseFree: an order closes only without an active attempt.
	CloseFree
	// AskFirst: an attempt ends by the word of its gateway, not by our clock.
	AskFirst
	// Poll: what is not final is asked about until it is.
	Poll
	// Reconcile: what the settlement lists and the books don't is recorded.
	Reconcile
	// CompareAmount: money in another amount or currency does not pay the order.
	CompareAmount
	// RecordOnce: a payment at the gateway is recorded once, however often it is heard of.
	RecordOnce
	// ProvenSuccess: a success that shows no payment is not believed.
	ProvenSuccess
	// FinishClaims: a payment that is set aside for its order is booked by whoever finds it.
	FinishClaims
	// DismissReleases: a reserved order is cancelled in the change that gives the deposit's money back.
	DismissReleases
	// HeldIsNotTaken: money that is held pays nothing.
	HeldIsNotTaken
	// CaptureFirst: a capture is on record before it is sent, and is sent again until it is settled.
	CaptureFirst
	// CaptureProven: a capture that was sent has not taken anything until the gateway shows the payment.
	CaptureProven
	// VoidRefused: the hold for what was refused, or must close, is given up.
	VoidRefused
	// VoidLate: a hold that comes after the end of its attempt is given up.
	VoidLate
	// VoidSuperseded: an attempt is ended whose order was paid by other money.
	VoidSuperseded
	// GuardRefunds: refunds of a payment together never exceed it.
	GuardRefunds
	// CountOpen: a refund counts from its approval, not from its success.
	CountOpen
	// HeedReturns: a refund that came back after it was done has failed.
	HeedReturns
	rules
)

// Rules is a set of rules.
type Rules uint32

// All is every rule.
const All = Rules(1)<<rules - 1

// Without gives the set without some rules.
func (s Rules) Without(off ...Rule) Rules {
	for _, r := range off {
		s &^= 1 << r
	}
	return s
}

// Has reports whether a rule is kept.
func (s Rules) Has(r Rule) bool { return s&(1<<r) != 0 }

// switches are the rules of a run, which keeps in mind what it was asked for: a rule that is asked for by no move makes no difference.
type switches struct {
	rules Rules
	asked Rules
	// plain keeps states as they are, with what can't matter: many more, and the same findings.
	plain bool
}

// keeps reports whether a rule is kept, and that it matters.
func (s *switches) keeps(r Rule) bool {
	s.asked |= 1 << r
	return s.rules.Has(r)
}

// Of gives the set of some rules.
func Of(some ...Rule) Rules { return All &^ All.Without(some...) }

var ruleNames = [rules]string{
	WriteFirst:      "an attempt is written down before it is sent",
	KeepKeys:        "every sending has the same key, which the gateway keeps",
	ListPayments:    "an answer lists every payment",
	OneActive:       "one active attempt at a time",
	NotFoundWaits:   "not found is not failed",
	WaitFlight:      "not found counts when nothing is under way any more",
	FreshAbsence:    "not found counts when it was asked after that",
	FlightBound:     "what was sent arrives in the time that is waited, or never",
	FirstRefusal:    "a refusal of a later sending says nothing of the first",
	LateCounts:      "late money counts",
	WholeAnswer:     "an attempt is left alone after a whole answer",
	CloseFree:       "an order closes only without an active attempt",
	AskFirst:        "an attempt ends by the gateway's word, not by our clock",
	Poll:            "what is not final is asked about",
	Reconcile:       "the settlement is compared with the books",
	CompareAmount:   "amounts are compared",
	RecordOnce:      "a payment is recorded once",
	ProvenSuccess:   "a success without a payment is not believed",
	FinishClaims:    "what was set aside for an order is booked by anyone",
	DismissReleases: "a cancelled order holds no deposit",
	HeldIsNotTaken:  "held money pays nothing",
	CaptureFirst:    "a capture is written down before it is sent",
	CaptureProven:   "a capture counts when its payment is shown",
	VoidRefused:     "the hold for what was refused is given up",
	VoidLate:        "a late hold is given up",
	VoidSuperseded:  "an attempt is ended when other money paid its order",
	GuardRefunds:    "refunds together never exceed their payment",
	CountOpen:       "a refund counts from its approval",
	HeedReturns:     "a refund that comes back has failed",
}

// String names the rule.
func (r Rule) String() string { return ruleNames[r] }

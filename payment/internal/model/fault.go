package model

import "courts.example/eservices/payment/internal/model/explore"

// The faults, the worst first.
const (
	Lost            explore.Fault = "money was taken that the books never learn of"
	LostRefund      explore.Fault = "money went back that the books never learn of"
	OverRefunded    explore.Fault = "more went back than was taken"
	RefundedTwice   explore.Fault = "a refund went back twice"
	PaidTwice       explore.Fault = "the order was paid twice"
	RecordedTwice   explore.Fault = "one payment is on record twice"
	Unfounded       explore.Fault = "the books show money that nobody took"
	UnfoundedRefund explore.Fault = "the books show a refund that nobody got"
	WrongAmount     explore.Fault = "the order was paid with another amount"
	TakenRefused    explore.Fault = "what was refused was paid"
	HoldLeft        explore.Fault = "money is held for ever"
	Stuck           explore.Fault = "the order, an attempt or a refund stays undecided for ever"
	ChargedTwice    explore.Fault = "the payer was charged twice and did nothing wrong"
	InVain          explore.Fault = "the payer paid in time, and it did not pay the order"
	TwoActive       explore.Fault = "two attempts are active"
	Moved           explore.Fault = "what had ended moved again"
	Disagree        explore.Fault = "the order, its attempts and its money disagree"
)

// verdicts are the faults, the worst first, in a word or two.
var verdicts = [...]struct {
	fault explore.Fault
	short string
}{
	{Lost, "lost"},
	{LostRefund, "lost"},
	{OverRefunded, "over-refunded"},
	{RefundedTwice, "refunded twice"},
	{PaidTwice, "paid twice"},
	{RecordedTwice, "recorded twice"},
	{Unfounded, "unfounded"},
	{UnfoundedRefund, "unfounded"},
	{WrongAmount, "wrong amount"},
	{TakenRefused, "taken though refused"},
	{HoldLeft, "held for ever"},
	{Stuck, "stuck"},
	{explore.Endless, "no rest"},
	{ChargedTwice, "charged twice"},
	{InVain, "paid in vain"},
	{TwoActive, "two active"},
	{Moved, "moved"},
	{Disagree, "disagree"},
}

// Worst gives the worst fault that was found, with its short name; "ok" when there is none. A payer who was charged twice, or paid in vain, has
// all money explained: anything worse comes before it.
func (r *Result) Worst() (explore.Fault, string) {
	for _, v := range verdicts {
		if r.Broken(v.fault) {
			return v.fault, v.short
		}
	}
	return "", "ok"
}

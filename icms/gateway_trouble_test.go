package icms_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// paidBySale is a till whose officer decides on a batch that was paid for already.
func paidBySale(t *testing.T) (*till, icms.Result) {
	x := newTill(t, true)
	waiting := x.file(claims(2, "A"))
	a := x.start(waiting.ID, false)
	_, err := x.sim.Pay(a.ID)
	require.NoError(t, err)
	x.check(a)
	return x, x.file(claims(2, "A"))
}

// paymentsWork has the Cashier do all that is due.
func (x *till) paymentsWork() {
	x.t.Helper()
	for n := 1; n > 0; {
		var err error
		n, err = x.AccountsOffice().Cashier().Work(x.t.Context())
		require.NoError(x.t, err)
	}
}

// giveBack has two clerks refund all of an order.
func (x *till) giveBack(order string) {
	x.t.Helper()
	c := x.AccountsOffice().Cashier()
	p, err := c.Propose(x.t.Context(), payment.Proposal{Order: order, Reason: "asked for", By: "clerk-9"})
	require.NoError(x.t, err)
	_, err = c.Approve(x.t.Context(), p.ID, "clerk-8")
	require.NoError(x.t, err)
	x.paymentsWork()
}

func TestHeldMoneyThatLapses(t *testing.T) {
	x := newTill(t, true)
	waiting := x.file(claims(2, "A"))
	a := x.start(waiting.ID, true)
	_, err := x.sim.Pay(a.ID)
	require.NoError(t, err)
	x.check(a)
	require.Equal(t, icms.Held, x.file(claims(2, "A")).State)

	x.set("2026-03-12 10:00:00")
	require.Equal(t, payment.AttemptExpired, x.check(a).State)
	queue, _, err := x.Registry().Waiting(t.Context(), "SCT", "", 10)
	require.NoError(t, err)
	require.Empty(t, queue)
	again := x.file(claims(2, "A"))
	require.Equal(t, icms.Accepted, again.State)
	require.ErrorIs(t, again.Unpaid, icms.ErrUnpaid)
	box, _, err := x.Messages().Inbox(t.Context(), "sample-utilities", "", 10)
	require.NoError(t, err)
	require.Contains(t, box[0].Body.In("en"), "Please pay HKD")
	require.Contains(t, box[0].Body.In("zh-Hant"), "請繳付 HKD")
	_, err = x.Registry().Decide(t.Context(), waiting.ID, true, nil, registrar)
	require.ErrorIs(t, err, icms.ErrNotHeld)

	b := x.start(waiting.ID, true)
	_, err = x.sim.Pay(b.ID)
	require.NoError(t, err)
	x.check(b)
	done, err := x.Registry().Decide(t.Context(), waiting.ID, true, nil, registrar)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, done.State)
	x.proven()
}

func TestMoneyThatWentBackAcceptsNothing(t *testing.T) {
	x, held := paidBySale(t)
	x.giveBack(held.ID)
	_, err := x.Registry().Decide(t.Context(), held.ID, true, nil, registrar)
	require.ErrorIs(t, err, icms.ErrUnpaid)
	require.ErrorContains(t, err, "refuse it, or wait")

	refused, err := x.Registry().Decide(t.Context(), held.ID, false, tooVague, registrar)
	require.NoError(t, err, "there is nothing left to give back")
	require.Equal(t, icms.Rejected, refused.State)
	x.set("2026-03-03 12:00:00")
	x.resume()
	x.proven()
}

func TestARefundThatTheSecondOfficerDeclines(t *testing.T) {
	x, held := paidBySale(t)
	_, err := x.Registry().Decide(t.Context(), held.ID, false, tooVague, registrar)
	require.NoError(t, err)
	c := x.AccountsOffice().Cashier()
	refunds, _, err := c.Refunds(t.Context(), payment.RefundQuery{Order: held.ID})
	require.NoError(t, err)
	require.Len(t, refunds, 1)
	_, err = c.Decline(t.Context(), refunds[0].ID, "officer-2", "to be settled by cheque")
	require.NoError(t, err)

	told := 0
	x.Service = nil
	x.deliver(func(_ context.Context, e icms.Event) error {
		if e.Type == icms.EventNotRefunded {
			told++
		}
		return nil
	})
	for _, at := range []string{"2026-03-02 10:20:00", "2026-03-02 12:20:00", "2026-03-02 14:20:00"} {
		x.set(at)
		x.resume()
		_, err = x.DeliverEvents(t.Context())
		require.NoError(t, err)
	}
	require.Equal(t, 1, told, "the host is told once")
	x.giveBack(held.ID) // another refund settles it
	x.set("2026-03-02 16:20:00")
	x.resume()
	standing, err := x.AccountsOffice().Cashier().Standing(t.Context(), held.ID)
	require.NoError(t, err)
	require.True(t, standing.Left.IsZero())
	x.proven()
}

// deliver makes the service anew with a host that hears of events.
func (x *till) deliver(hear func(context.Context, icms.Event) error) {
	x.heard = hear
	x.open()
}

func TestTwoPaymentsOfARefusedBatchGoBack(t *testing.T) {
	x := newTill(t, true)
	waiting := x.file(claims(2, "A"))
	hkd := money.MustCurrency("HKD")
	for _, part := range []int64{28_00, 20_00} {
		a := x.start(waiting.ID, false)
		_, err := x.sim.PayAmount(a.ID, money.New(part, hkd))
		require.NoError(t, err)
		require.Contains(t, x.check(a).Flags, payment.FlagMismatch)
	}
	c := x.AccountsOffice().Cashier()
	found, _, err := c.Unallocated(t.Context(), "", 10)
	require.NoError(t, err)
	require.Len(t, found, 2)
	var both []payment.TakingID
	for _, taking := range found {
		both = append(both, payment.TakingID{Gateway: taking.Gateway, Payment: taking.ID})
	}
	_, err = c.Allocate(t.Context(), payment.Allocation{Order: waiting.ID, Takings: both, By: "clerk-8", ApprovedBy: "clerk-9"})
	require.NoError(t, err)

	_, err = x.Registry().Decide(t.Context(), waiting.ID, false, tooVague, registrar)
	require.NoError(t, err)
	refunds, _, err := c.Refunds(t.Context(), payment.RefundQuery{Order: waiting.ID})
	require.NoError(t, err)
	require.Len(t, refunds, 2)
	x.proven()
}

// steadfast is a gateway that can do nothing but take money.
type steadfast struct{ payment.Gateway }

func (s steadfast) Describe() payment.Capabilities {
	d := s.Gateway.Describe()
	d.Cancel, d.AuthCapture, d.PartialCapture, d.Refund, d.PartialRefund, d.RefundQuery, d.Settlement = false, false, false, false, false, false, false
	return d
}

func TestRefusedWhileTheGatewayCantCancel(t *testing.T) {
	x := newTill(t, true)
	x.client = steadfast{x.client}
	x.open()
	waiting := x.file(claims(2, "A"))
	a := x.start(waiting.ID, false)
	refused, err := x.Registry().Decide(t.Context(), waiting.ID, false, tooVague, registrar)
	require.NoError(t, err)
	require.Equal(t, icms.Rejected, refused.State)
	require.Equal(t, payment.Paying, x.order(waiting.ID).State, "the payer may still pay")

	x.set("2026-03-02 12:00:00")
	x.paymentsWork()
	x.resume()
	require.Equal(t, payment.AttemptExpired, x.check(a).State)
	x.set("2026-03-02 14:00:00")
	x.resume()
	require.Equal(t, payment.Cancelled, x.order(waiting.ID).State)
	x.proven()
}

func TestACaptureThatTheGatewayRefuses(t *testing.T) {
	x := newTill(t, true)
	waiting := x.file(claims(2, "A"))
	a := x.start(waiting.ID, true)
	_, err := x.sim.Pay(a.ID)
	require.NoError(t, err)
	x.check(a)
	require.NoError(t, x.sim.Fail(simpay.Fault{Op: simpay.OpCapture, Mode: simpay.DeclineAtOnce, Times: 50}))
	_, err = x.Registry().Decide(t.Context(), waiting.ID, true, nil, registrar)
	require.NoError(t, err)
	require.Equal(t, payment.AttemptCancelled, x.check(a).State, "given up, so that it can be paid another way")
	again := x.file(claims(2, "A"))
	require.Equal(t, icms.Accepted, again.State)

	x.sim.Heal()
	b := x.start(waiting.ID, false)
	_, err = x.sim.Pay(b.ID)
	require.NoError(t, err)
	x.check(b)
	x.resume()
	require.Equal(t, icms.Registered, x.file(claims(2, "A")).State, "the officer had accepted it")
	x.proven()
}

func TestTheOfficeChoosesToHold(t *testing.T) {
	x := newTill(t, true)
	waiting := x.file(claims(1, "A"))
	a, err := x.AccountsOffice().Start(t.Context(), payment.StartRequest{
		Order: waiting.ID, Gateway: "simpay", Means: payment.Visa, By: "clerk-1", Registered: true,
	})
	require.NoError(t, err)
	require.True(t, a.Authorise)
	y := newTill(t, false)
	waiting = y.file(claims(1, "A"))
	b, err := y.AccountsOffice().Start(t.Context(), payment.StartRequest{
		Order: waiting.ID, Gateway: "simpay", Means: payment.Visa, By: "clerk-1", Registered: true,
	})
	require.NoError(t, err)
	require.False(t, b.Authorise)
}

// TestRunLooksAfterPayments has nothing but Run between the payer's money and the registered batch.
func TestRunLooksAfterPayments(t *testing.T) {
	x := newTill(t, false)
	waiting := x.file(claims(1, "A"))
	a := x.start(waiting.ID, false)
	_, err := x.sim.Pay(a.ID)
	require.NoError(t, err)
	x.set("2026-03-02 10:05:00")
	ctx, stop := context.WithCancel(t.Context())
	x.deliver(func(_ context.Context, e icms.Event) error {
		if e.Type == icms.EventBatchRegistered {
			stop()
		}
		return nil
	})
	require.NoError(t, x.Run(ctx))
	require.Equal(t, icms.Registered, x.file(claims(1, "A")).State)
}

func TestPaidAtTheCounter(t *testing.T) {
	x := newTill(t, false)
	waiting := x.file(claims(2, "A"))
	clerk := icms.Filer{Organisation: "accounts office", User: "clerk-9"}
	receipt, err := x.AccountsOffice().Collect(t.Context(), waiting.ID, "SLIP-1", clerk)
	require.NoError(t, err)
	same, err := x.AccountsOffice().Collect(t.Context(), waiting.ID, "SLIP-1", clerk)
	require.NoError(t, err)
	require.Equal(t, receipt, same)
	_, err = x.AccountsOffice().Collect(t.Context(), waiting.ID, "SLIP-2", clerk)
	require.ErrorIs(t, err, payment.ErrTransition)
	x.resume()
	done := x.file(claims(2, "A"))
	require.Equal(t, icms.Registered, done.State)
	require.Equal(t, payment.Counter, done.Payment.Means)

	o, err := x.AccountsOffice().Charge(t.Context(), fine(450))
	require.NoError(t, err)
	_, err = x.AccountsOffice().Collect(t.Context(), o.ID, "SLIP-1", clerk)
	require.ErrorIs(t, err, payment.ErrChanged, "a slip pays one order")
	_, err = x.AccountsOffice().Collect(t.Context(), o.ID, "SLIP-3", icms.Filer{})
	require.ErrorIs(t, err, icms.ErrInvalid)
	x.proven()
}

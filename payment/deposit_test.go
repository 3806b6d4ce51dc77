package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// reserve makes, reserves and numbers the order in one change, as a filing does, and gives its receipt number.
func (o office) reserve(order payment.Order) (payment.Order, payment.Number) {
	o.t.Helper()
	step, err := o.Reserve(o.ctx, order, acme, monday)
	require.NoError(o.t, err)
	draw, err := payment.DrawReceipt(series)
	require.NoError(o.t, err)
	step.Change.Draw = append(step.Change.Draw, draw)
	applied, err := o.Apply(o.ctx, step.Change)
	require.NoError(o.t, err)
	return step.Order, number(applied.First[0])
}

func TestReserveThenCapture(t *testing.T) {
	o := newOffice(t, 5000)
	reserved, n := o.reserve(newOrder(t, nil))
	require.Equal(t, number(1), n)
	require.Equal(t, payment.Reserved, reserved.State)
	o.balance(5000, 800)

	step, err := o.Capture(o.ctx, reserved, n, monday.Add(time.Minute))
	require.NoError(t, err)
	paid := o.applied(step, err)
	require.Equal(t, payment.Paid, paid.State)
	require.Equal(t, payment.DepositAccount, paid.Means)
	require.Equal(t, acme, paid.Account)
	o.balance(800, 800)

	receipt, err := o.ReceiptOf(o.ctx, "o1")
	require.NoError(t, err)
	require.Equal(t, step.Receipt, receipt)
	byNumber, err := o.Receipt(o.ctx, n)
	require.NoError(t, err)
	require.Equal(t, receipt, byNumber)

	filing, err := o.books.Posted(o.ctx, ledger.Revenue("court", "filing"), hkd)
	require.NoError(t, err)
	require.Equal(t, cents(4200), filing)
	applied, err := o.Apply(o.ctx, step.Change)
	require.NoError(t, err)
	require.True(t, applied.Replayed)
	o.balance(800, 800)
}

func TestDebitOfANewOrderIsOneCommit(t *testing.T) {
	o := newOffice(t, 5000)
	step, err := o.Debit(o.ctx, newOrder(t, nil), acme, number(1), monday)
	paid := o.applied(step, err)
	require.Equal(t, int64(1), paid.Version)
	require.Equal(t, payment.Paid, paid.State)
	o.balance(800, 800)
	_, err = o.Debit(o.ctx, paid, acme, number(2), monday)
	require.ErrorIs(t, err, payment.ErrTransition)
}

func TestTooLittleMoneyLeavesNothing(t *testing.T) {
	o := newOffice(t, 4199)
	for name, build := range map[string]func() (payment.Step, error){
		"reserve": func() (payment.Step, error) { return o.Reserve(o.ctx, newOrder(t, nil), acme, monday) },
		"debit":   func() (payment.Step, error) { return o.Debit(o.ctx, newOrder(t, nil), acme, number(1), monday) },
	} {
		t.Run(name, func(t *testing.T) {
			step, err := build()
			require.NoError(t, err)
			draw, err := payment.DrawReceipt(series)
			require.NoError(t, err)
			step.Change.Draw = append(step.Change.Draw, draw)
			step.Change.Merge(store.Change{Puts: []store.Put{{Kind: "test.batch", ID: "b1", Body: []byte(`{}`)}}})
			_, err = o.Apply(o.ctx, step.Change)
			var short *ledger.InsufficientError
			require.ErrorAs(t, err, &short)
			require.Equal(t, cents(4199), short.Available)
			require.Equal(t, cents(4200), short.Needed)

			_, err = o.Get(o.ctx, "o1")
			require.ErrorIs(t, err, payment.ErrNoOrder)
			_, err = o.ReceiptOf(o.ctx, "o1")
			require.ErrorIs(t, err, payment.ErrNoReceipt)
			_, err = o.store.Get(o.ctx, "test.batch", "b1")
			require.ErrorIs(t, err, store.ErrNotFound)
			o.balance(4199, 4199)
		})
	}
	_, err := o.books.Do(o.ctx, ledger.TopUp{From: bank, Reference: "2", Account: acme, Amount: cents(1), At: monday})
	require.NoError(t, err)
	_, n := o.reserve(newOrder(t, nil))
	require.Equal(t, number(1), n, "the refusals drew no number")
}

func TestReleaseOpensTheOrderAgain(t *testing.T) {
	o := newOffice(t, 5000)
	reserved, _ := o.reserve(newOrder(t, nil))
	for name, refused := range map[string]func() (payment.Step, error){
		"expire":  func() (payment.Step, error) { return o.Expire(reserved, "", monday) },
		"cancel":  func() (payment.Step, error) { return o.Cancel(reserved, "", monday) },
		"debit":   func() (payment.Step, error) { return o.Debit(o.ctx, reserved, acme, number(1), monday) },
		"reserve": func() (payment.Step, error) { return o.Reserve(o.ctx, reserved, acme, monday) },
	} {
		_, err := refused()
		require.ErrorIs(t, err, payment.ErrTransition, name)
	}
	open := o.applied(o.Release(o.ctx, reserved, "refused", monday))
	require.Equal(t, payment.Open, open.State)
	o.balance(5000, 5000)
	_, err := o.Capture(o.ctx, open, number(1), monday)
	require.ErrorIs(t, err, payment.ErrTransition)

	again := o.applied(o.Reserve(o.ctx, open, acme, monday))
	require.NotEqual(t, reserved.Hold, again.Hold)
	o.balance(5000, 800)
	open = o.applied(o.Release(o.ctx, again, "", monday))
	cancelled := o.applied(o.Cancel(open, "withdrawn", monday))
	require.Equal(t, payment.Cancelled, cancelled.State)
	o.balance(5000, 5000)
}

func TestOneLiveOrderForOneThing(t *testing.T) {
	o := newOffice(t, 50000)
	first := o.applied(o.Open(newOrder(t, nil)))
	second := newOrder(t, func(o *payment.Order) { o.ID = "o2" })
	step, err := o.Open(second)
	require.NoError(t, err)
	_, err = o.Apply(o.ctx, step.Change)
	require.ErrorIs(t, err, payment.ErrOrdered)
	var ordered *payment.OrderedError
	require.ErrorAs(t, err, &ordered)
	require.Equal(t, "o1", ordered.OrderID)
	require.Equal(t, payment.Subject{Kind: "batch", ID: "b1"}, ordered.Subject)

	o.applied(o.Expire(first, "not paid in time", monday))
	o.applied(o.Open(second))
	found, err := o.For(o.ctx, second.For)
	require.NoError(t, err)
	require.Equal(t, "o2", found.ID)
	both, _, err := o.List(o.ctx, payment.Query{For: second.For})
	require.NoError(t, err)
	require.Len(t, both, 2)
	require.Equal(t, payment.Expired, both[0].State)
	_, err = o.Open(first)
	require.ErrorIs(t, err, payment.ErrInvalid)
}

func TestListOrders(t *testing.T) {
	o := newOffice(t, 0)
	for i, id := range []string{"z", "y", "x"} {
		o.applied(o.Open(newOrder(t, func(o *payment.Order) {
			o.ID, o.For.ID, o.CreatedAt = id, id, monday.Add(time.Duration(i)*time.Second)
		})))
	}
	y, err := o.Get(o.ctx, "y")
	require.NoError(t, err)
	o.applied(o.Cancel(y, "", monday))
	for name, tt := range map[string]struct {
		query payment.Query
		want  []string
	}{
		"payer":     {payment.Query{Payer: "acme"}, []string{"z", "y", "x"}},
		"stranger":  {payment.Query{Payer: "acm"}, nil},
		"open":      {payment.Query{Court: "court", State: payment.Open}, []string{"z", "x"}},
		"cancelled": {payment.Query{Court: "court", State: payment.Cancelled}, []string{"y"}},
		"subject":   {payment.Query{For: payment.Subject{Kind: "batch", ID: "x"}}, []string{"x"}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.query.Limit = 1
			var got []string
			for {
				orders, next, err := o.List(o.ctx, tt.query)
				require.NoError(t, err)
				for _, one := range orders {
					got = append(got, one.ID)
				}
				if tt.query.After = next; next == "" {
					break
				}
			}
			require.Equal(t, tt.want, got)
		})
	}
	_, _, err = o.List(o.ctx, payment.Query{})
	require.ErrorIs(t, err, payment.ErrInvalid)
	_, err = o.For(o.ctx, payment.Subject{Kind: "batch", ID: "y"})
	require.ErrorIs(t, err, payment.ErrNoOrder)
}

func TestReceiptNumbersHaveNoGaps(t *testing.T) {
	o := newOffice(t, 50000)
	var reserved []payment.Order
	for _, id := range []string{"a", "b", "c"} {
		order, _ := o.reserve(newOrder(t, func(o *payment.Order) { o.ID, o.For.ID = id, id }))
		reserved = append(reserved, order)
	}
	o.applied(o.Capture(o.ctx, reserved[2], number(3), monday))
	o.applied(o.Capture(o.ctx, reserved[0], number(1), monday))
	missing, err := o.Missing(o.ctx, series)
	require.NoError(t, err)
	require.Equal(t, []payment.Number{number(2)}, missing, "on its way")

	step, err := o.Capture(o.ctx, reserved[1], number(1), monday)
	require.NoError(t, err)
	_, err = o.Apply(o.ctx, step.Change)
	require.ErrorIs(t, err, payment.ErrInvalid, "a number is used once")
	require.ErrorContains(t, err, "court/2026/000001")

	o.applied(o.Capture(o.ctx, reserved[1], number(2), monday))
	missing, err = o.Missing(o.ctx, series)
	require.NoError(t, err)
	require.Empty(t, missing)
	receipts, next, err := o.Receipts(o.ctx, series, "", 2)
	require.NoError(t, err)
	require.Len(t, receipts, 2)
	require.Equal(t, "b", receipts[1].OrderID)
	require.NotEmpty(t, next)
	_, _, err = o.Receipts(o.ctx, "", "", 0)
	require.ErrorIs(t, err, payment.ErrInvalid)
	_, err = payment.DrawReceipt("a|b")
	require.ErrorIs(t, err, payment.ErrInvalid)
	_, err = o.Receipt(o.ctx, number(9))
	require.ErrorIs(t, err, payment.ErrNoReceipt)
}

func TestCaptureSurvivesSuspension(t *testing.T) {
	o := newOffice(t, 5000)
	reserved, n := o.reserve(newOrder(t, nil))
	_, err := o.books.Do(o.ctx, ledger.SuspendAccount{Account: acme, At: monday})
	require.NoError(t, err)
	o.applied(o.Capture(o.ctx, reserved, n, monday))
	o.balance(800, 800)
	_, err = o.Debit(o.ctx, newOrder(t, func(o *payment.Order) { o.ID, o.For.ID = "o2", "b2" }), acme, number(2), monday)
	require.ErrorIs(t, err, ledger.ErrSuspended)
}

func TestExplainLeavesOtherErrorsAlone(t *testing.T) {
	o := newOffice(t, 0)
	for _, err := range []error{nil, store.ErrFull, &store.TakenError{Index: "test"}, &store.VersionError{Kind: "test"}} {
		require.Equal(t, err, o.Explain(o.ctx, store.Change{}, err))
	}
	taken := &store.TakenError{Index: "payment.receipt.order", Key: "o1", Kind: "payment.receipt", ID: "court/2026/000001"}
	require.ErrorIs(t, o.Explain(o.ctx, store.Change{}, taken), payment.ErrChanged)
}

func TestNewNeedsBoth(t *testing.T) {
	o := newOffice(t, 0)
	_, err := payment.New(payment.Options{Store: o.store})
	require.ErrorIs(t, err, payment.ErrInvalid)
	_, err = payment.New(payment.Options{Ledger: o.books})
	require.ErrorIs(t, err, payment.ErrInvalid)
}

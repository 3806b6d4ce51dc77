package payment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// TestEveryEventInEveryState holds the table against a second writing of it, for every pair.
func TestEveryEventInEveryState(t *testing.T) {
	want := map[payment.State]map[payment.Event]payment.State{
		payment.Open: {
			payment.EventReserve: payment.Reserved, payment.EventPay: payment.Paid,
			payment.EventExpire: payment.Expired, payment.EventCancel: payment.Cancelled, payment.EventStart: payment.Paying,
		},
		payment.Reserved:  {payment.EventPay: payment.Paid, payment.EventRelease: payment.Open, payment.EventCancel: payment.Cancelled},
		payment.Paying:    {payment.EventPay: payment.Paid, payment.EventEnd: payment.Open},
		payment.Paid:      {},
		payment.Expired:   {},
		payment.Cancelled: {},
	}
	pairs := 0
	for _, s := range payment.States() {
		require.Equal(t, len(want[s]) == 0, s.Over(), s)
		for _, e := range payment.Events() {
			pairs++
			next, err := s.Next(e)
			if to, ok := want[s][e]; ok {
				require.NoError(t, err)
				require.Equal(t, to, next, "%s %s", s, e)
				continue
			}
			require.ErrorIs(t, err, payment.ErrTransition, "%s %s", s, e)
			require.Equal(t, s, next)
		}
	}
	require.Equal(t, 42, pairs)
	require.Len(t, payment.Transitions(), 10)
	_, err := payment.State("lost").Next(payment.EventPay)
	require.ErrorIs(t, err, payment.ErrTransition)
}

// TestEveryMethodInEveryState does the same by the methods of Order, which must agree with the table and change nothing on refusal.
func TestEveryMethodInEveryState(t *testing.T) {
	open := newOrder(t, nil)
	reserved, err := open.Reserve(acme, "h")
	require.NoError(t, err)
	paid, _, err := reserved.Pay(payment.Payment{Means: payment.DepositAccount, Account: acme, At: monday, Number: number(1)})
	require.NoError(t, err)
	paying, err := open.Start("A-1")
	require.NoError(t, err)
	expired, err := open.Expire(monday, "not paid in time")
	require.NoError(t, err)
	cancelled, err := open.Cancel(monday, "withdrawn")
	require.NoError(t, err)

	orders := map[payment.State]payment.Order{
		payment.Open: open, payment.Reserved: reserved, payment.Paying: paying, payment.Paid: paid, payment.Expired: expired, payment.Cancelled: cancelled,
	}
	methods := map[payment.Event]func(payment.Order) (payment.Order, error){
		payment.EventReserve: func(o payment.Order) (payment.Order, error) { return o.Reserve(acme, "h") },
		payment.EventRelease: payment.Order.Release,
		payment.EventPay: func(o payment.Order) (payment.Order, error) {
			p := payment.Payment{Means: payment.DepositAccount, Account: acme, At: monday, Number: number(1)}
			if o.State == payment.Paying {
				p.Means, p.Account, p.Reference = "card", "", "A-1"
			}
			next, _, err := o.Pay(p)
			return next, err
		},
		payment.EventExpire: func(o payment.Order) (payment.Order, error) { return o.Expire(monday, "") },
		payment.EventStart:  func(o payment.Order) (payment.Order, error) { return o.Start("A-1") },
		payment.EventEnd:    payment.Order.End,
		payment.EventCancel: func(o payment.Order) (payment.Order, error) { return o.Cancel(monday, "") },
	}
	for _, s := range payment.States() {
		for _, e := range payment.Events() {
			before := orders[s]
			require.Equal(t, s, before.State)
			after, err := methods[e](before)
			to, refused := s.Next(e)
			if refused != nil {
				require.ErrorIs(t, err, payment.ErrTransition, "%s %s", s, e)
				require.Equal(t, before, after)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, to, after.State)
			require.NoError(t, after.Check(), "%s %s", s, e)
			require.Equal(t, before.Amount, after.Amount)
			require.Equal(t, before.Lines, after.Lines)
		}
	}
}

func TestReservedOrderIsPaidOnlyByItsAccount(t *testing.T) {
	o, err := newOrder(t, nil).Reserve(acme, "h")
	require.NoError(t, err)
	for name, p := range map[string]payment.Payment{
		"another account": {Means: payment.DepositAccount, Account: ledger.Deposit("other", ledger.Main), At: monday, Number: number(1)},
		"another means":   {Means: "cheque", Reference: "slip 7", At: monday, Number: number(1)},
	} {
		_, _, err := o.Pay(p)
		require.ErrorIs(t, err, payment.ErrTransition, name)
	}
}

func TestOrderAtAGatewayIsPaidByNoAccount(t *testing.T) {
	o, err := newOrder(t, nil).Start("A-1")
	require.NoError(t, err)
	_, _, err = o.Pay(payment.Payment{Means: payment.DepositAccount, Account: acme, At: monday, Number: number(1)})
	require.ErrorIs(t, err, payment.ErrTransition)
	late, receipt, err := o.Pay(payment.Payment{Means: "card", Reference: "A-0", At: monday, Number: number(1)})
	require.NoError(t, err, "money of an earlier attempt pays too")
	require.Equal(t, "A-0", late.Reference)
	require.Equal(t, "A-0", receipt.Reference)
}

func TestPaySaysWhatIsMissing(t *testing.T) {
	o := newOrder(t, nil)
	for name, p := range map[string]payment.Payment{
		"no number":           {Means: payment.DepositAccount, Account: acme, At: monday},
		"number 0":            {Means: payment.DepositAccount, Account: acme, At: monday, Number: number(0)},
		"no series":           {Means: payment.DepositAccount, Account: acme, At: monday, Number: payment.Number{N: 1}},
		"no instant":          {Means: payment.DepositAccount, Account: acme, Number: number(1)},
		"no means":            {At: monday, Number: number(1)},
		"no account":          {Means: payment.DepositAccount, At: monday, Number: number(1)},
		"no reference":        {Means: "cheque", At: monday, Number: number(1)},
		"reference of no use": {Means: payment.DepositAccount, Account: acme, Reference: "slip 7", At: monday, Number: number(1)},
		"account of no use":   {Means: "cheque", Reference: "slip 7", Account: acme, At: monday, Number: number(1)},
		"account not charted": {Means: payment.DepositAccount, Account: "x", At: monday, Number: number(1)},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := o.Pay(p)
			require.ErrorIs(t, err, payment.ErrInvalid)
		})
	}
	paid, receipt, err := o.Pay(payment.Payment{Means: "cheque", Reference: "slip 7", At: monday, Number: number(7)})
	require.NoError(t, err)
	require.Equal(t, "court/2026/000007", receipt.Number.String())
	require.Equal(t, paid.Lines, receipt.Lines)
	require.Equal(t, paid.Receipt, receipt.Number)
}

package payment_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// canaryCard is a card number of the tests of card companies.
const canaryCard = "4111111111111111"

// planting is a company that puts a card number into every text that it gives.
type planting struct {
	*acquirer
	next payment.NextAction
}

func (p planting) Create(ctx context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	reply, err := p.acquirer.Create(ctx, r)
	reply.GatewayRef, reply.Next = "ref "+canaryCard, p.next
	return reply, plant(err)
}

func (p planting) Query(ctx context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	reply, err := p.acquirer.Query(ctx, r)
	reply.GatewayRef, reply.Next, reply.Decline = "ref "+canaryCard, p.next, payment.Decline(canaryCard)
	for i := range reply.Payments {
		reply.Payments[i].ID = "pay-" + canaryCard + "-" + reply.Payments[i].ID
		reply.Payments[i].Masked = "Visa " + canaryCard
		reply.Payments[i].Means = payment.Means(canaryCard + " ")
	}
	return reply, plant(err)
}

func plant(err error) error {
	if err == nil {
		return nil
	}
	return &payment.GatewayError{
		Class: payment.ClassOf(err), Code: "code " + canaryCard, Detail: "detail " + canaryCard, Decline: payment.Decline(canaryCard), Cause: errors.New("cause " + canaryCard), Sent: true,
	}
}

func (p planting) Return(context.Context, payment.Message) (payment.ReturnReply, error) {
	return payment.ReturnReply{}, plant(refusal(payment.Invalid))
}

func (p planting) Health(context.Context) (payment.Health, error) {
	return payment.Health{Detail: "health " + canaryCard}, nil
}

// TestCardNumbersStayOut plants a card number everywhere and looks for it in the file of the store, the log and the errors.
func TestCardNumbersStayOut(t *testing.T) {
	var log bytes.Buffer
	q := newAcquirer()
	next := payment.NextAction{Flow: payment.Redirect, URL: "https://pay.acme.example/s/" + canaryCard}
	path := filepath.Join(t.TempDir(), "office.db")
	c := counterAt(officeAt(t, path), q, &clock{at: monday}, func(o *payment.CashierOptions) {
		o.Gateways = []payment.Gateway{planting{q, next}}
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
	})
	c.order("o1")
	q.refuse["create"] = []error{errLost}
	a := c.start("o1", payment.AttemptUnknown)
	q.refuse["query"] = []error{errLost}
	c.check(a.ID, payment.AttemptUnknown)
	c.clock.move(2 * time.Minute)
	a, err := c.Check(c.ctx, a.ID)
	require.NoError(t, err)
	require.Equal(t, next, a.Next, "who is there is sent on")
	stored, err := c.Attempt(c.ctx, a.ID)
	require.NoError(t, err)
	require.Empty(t, stored.Next)
	require.Empty(t, stored.GatewayRef)

	q.pay(a.ID, cents(4200), c.clock.now())
	q.pay(a.ID, cents(4200), c.clock.now())
	c.check(a.ID, payment.AttemptSucceeded)
	takings, err := c.TakingsOf(c.ctx, "o1")
	require.NoError(t, err)
	require.Len(t, takings, 2, "two payments stay two")
	require.Empty(t, takings[0].Masked)
	again, err := c.Taking(c.ctx, "acme-pay", "pay-"+canaryCard+"-p-1")
	require.NoError(t, err, "and are found by the gateway's ids")
	require.Equal(t, takings[0], again)

	c.order("o2")
	q.refuse["create"] = []error{refusal(payment.Declined)}
	c.start("o2", payment.AttemptFailed)
	_, err = c.Return(c.ctx, "acme-pay", payment.Message{})
	require.Error(t, err)
	require.NotContains(t, err.Error(), canaryCard)
	status, err := c.Status(c.ctx)
	require.NoError(t, err)
	require.NotContains(t, status.Gateways[0].Health.Detail, canaryCard)
	_, err = c.Record(c.ctx, "acme-pay", "", payment.GatewayPayment{ID: canaryCard}, payment.FromSettlement)
	require.ErrorIs(t, err, payment.ErrInvalid)
	require.NotContains(t, err.Error(), canaryCard)

	require.NotEmpty(t, log.String())
	require.NotContains(t, log.String(), canaryCard)
	for _, suffix := range []string{"", "-wal"} {
		file, err := os.ReadFile(path + suffix)
		require.NoError(t, err)
		require.NotContains(t, string(file), canaryCard)
	}
}

// TestOnlySafeAddresses: a payer is sent to secure addresses on the gateway's own hosts, and nowhere else.
func TestOnlySafeAddresses(t *testing.T) {
	redirect := func(url string) payment.NextAction { return payment.NextAction{Flow: payment.Redirect, URL: url} }
	for _, test := range []struct {
		next payment.NextAction
		safe bool
	}{
		{redirect("https://pay.acme.example/s/1"), true},
		{redirect("https://PAY.acme.example:443/s/1?q=1"), true},
		{redirect("http://127.0.0.1:8080/s/1"), true},
		{redirect("http://[::1]:8080/s/1"), false}, // not one of its hosts
		{redirect("http://pay.acme.example/s/1"), false},
		{redirect("https://acme.example/s/1"), false},
		{redirect("https://pay.acme.example.evil.example/"), false},
		{redirect("https://pay.acme.example@evil.example/"), false},
		{redirect("https://user@pay.acme.example/"), false},
		{redirect("javascript:alert(1)"), false},
		{redirect("//pay.acme.example/"), false},
		{redirect(""), false},
		{redirect("https://pay.acme.example/" + strings.Repeat("a", 20000)), false},
		{payment.NextAction{Flow: payment.QR, Code: "000201010212"}, true},
		{payment.NextAction{Flow: payment.QR}, false},
		{payment.NextAction{Flow: payment.QR, Code: "000201", URL: "https://evil.example"}, false},
		{payment.NextAction{Flow: payment.FormPost, URL: "https://pay.acme.example/f", Fields: map[string]string{"a": "b"}}, true},
		{payment.NextAction{Flow: payment.DeepLink, URL: "bank://pay"}, false},
	} {
		q := newAcquirer()
		q.caps.RedirectHosts = []string{"pay.acme.example", "127.0.0.1"}
		c := counterAt(newOffice(t, 0), q, &clock{at: monday}, func(o *payment.CashierOptions) {
			o.Gateways = []payment.Gateway{addressing{q, test.next}}
		})
		c.order("o1")
		a := c.start("o1", payment.AttemptPending)
		require.Equal(t, !test.safe, a.Flagged(payment.FlagAddress), "%+v", test.next)
		if test.safe {
			require.Equal(t, test.next, a.Next)
		} else {
			require.Empty(t, a.Next)
		}
	}
}

// addressing is a company that sends payers somewhere.
type addressing struct {
	*acquirer
	next payment.NextAction
}

func (p addressing) Create(ctx context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	reply, err := p.acquirer.Create(ctx, r)
	reply.Next = p.next
	return reply, err
}

// TestMaskedIsValidated: a brand and four digits, or nothing.
func TestMaskedIsValidated(t *testing.T) {
	for masked, keep := range map[string]bool{
		"Visa 4242": true, "Visa **** 4242": true, "****4242": true, "4242": true, "": false, "Visa 42424": false, "Visa 424": false,
		"Visa4242": true, "4111 4242": false, "A brand with far too long a name 4242": false, "Visa\n4242": false, "銀聯 4242": false,
	} {
		c := newCounter(t, nil)
		got, err := c.Record(c.ctx, "acme-pay", "", payment.GatewayPayment{ID: "p", Amount: cents(1), PaidAt: monday, Masked: masked}, payment.FromSettlement)
		require.NoError(t, err)
		if keep {
			require.Equal(t, masked, got.Masked)
		} else {
			require.Empty(t, got.Masked, masked)
		}
	}
}

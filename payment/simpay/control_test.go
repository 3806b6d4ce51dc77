package simpay_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

const token = simpay.Secret("a control secret of tests")

func newRemote(t *testing.T) (*bench, *simpay.Remote) {
	b := newBench(t, func(o *simpay.Options) { o.Control = token })
	r, err := simpay.NewRemote(address+"/", token, b.sim.RoundTripper())
	require.NoError(t, err)
	return b, r
}

// Everything that a Remote does is seen on the Sim.
func TestRemote(t *testing.T) {
	b, r := newRemote(t)
	ctx := t.Context()
	b.create("A-1")
	id, err := r.Act(ctx, "A-1", simpay.Act{Deed: simpay.DeedPay, Amount: eur(2000), Means: "wallet"})
	require.NoError(t, err)
	p := b.query("A-1").Payments[0]
	require.Equal(t, []any{id, eur(2000), payment.Means("wallet")}, []any{p.ID, p.Amount, p.Means})

	require.NoError(t, r.PlanRefunds(ctx, simpay.RefundPlan{First: payment.OperationPending, Then: payment.OperationFailed, After: time.Hour}))
	_, err = b.client.Refund(ctx, refundOf("R-1", id, eur(100), eur(2000)))
	require.NoError(t, err)
	require.Equal(t, payment.OperationPending, b.refundState("R-1"))
	now, err := r.Advance(ctx, time.Hour)
	require.NoError(t, err)
	require.Equal(t, noon.Add(time.Hour), now)
	require.Equal(t, payment.OperationFailed, b.refundState("R-1"))
	require.NoError(t, r.PlanRefunds(ctx, simpay.RefundPlan{First: payment.OperationReview}))
	_, err = b.client.Refund(ctx, refundOf("R-2", id, eur(100), eur(2000)))
	require.NoError(t, err)
	require.NoError(t, r.FinishRefund(ctx, "R-2", true))
	require.Equal(t, payment.OperationSucceeded, b.refundState("R-2"))

	require.NoError(t, r.PlanNotifications(ctx, simpay.NotifyPlan{Delay: time.Minute, Double: 1, Batch: 2}))
	b.events()
	d, err := r.OpenDispute(ctx, id, eur(500))
	require.NoError(t, err)
	require.NoError(t, r.EndDispute(ctx, d, false))
	b.clock.add(time.Minute)
	require.Len(t, b.events(), 4)

	require.NoError(t, r.ChargeFee(ctx, eur(7)))
	totals, err := r.Totals(ctx, euro)
	require.NoError(t, err)
	require.Equal(t, simpay.Totals{Taken: eur(2000), GivenBack: eur(100), Lost: eur(500), Fees: eur(7), PaidOut: eur(0), Owed: eur(1393)}, totals)
	require.NoError(t, r.HoldLines(ctx, true))
	b.paid("A-2")
	require.Len(t, b.lines("2031-05-06"), 4)
	require.NoError(t, r.HoldLines(ctx, false))
	var far, near bytes.Buffer
	require.NoError(t, r.WriteSettlement(ctx, &far, "2031-05-06"))
	require.NoError(t, b.sim.WriteSettlement(&near, "2031-05-06"))
	require.Equal(t, near.String(), far.String())

	require.NoError(t, r.Fail(ctx, simpay.Fault{Op: simpay.OpCreate, Mode: simpay.Late, After: 20 * time.Second}))
	_, err = b.client.Create(ctx, b.request("A-3"))
	b.class(err, payment.Unknown)
	require.False(t, b.query("A-3").Found)
	b.clock.add(20 * time.Second)
	require.True(t, b.query("A-3").Found)
	require.NoError(t, r.FaultRates(ctx, simpay.Fault{Op: simpay.OpHealth, Mode: simpay.Garbage, Rate: 1}))
	_, err = b.client.Health(ctx)
	b.class(err, payment.Unknown)
	require.NoError(t, r.Heal(ctx))
	_, err = b.client.Health(ctx)
	require.NoError(t, err)

	effects, err := r.Effects(ctx)
	require.NoError(t, err)
	require.Equal(t, b.effects(), effects)
}

// A refusal is the same error as in process, said once.
func TestRemoteRefusals(t *testing.T) {
	b, r := newRemote(t)
	ctx := t.Context()
	_, err := r.Act(ctx, "A-1", simpay.Act{Deed: simpay.DeedPay})
	require.ErrorIs(t, err, simpay.ErrNotThere)
	require.EqualError(t, err, "simpay: act: simpay: not_found: there is no such session")
	b.paid("A-1")
	_, err = r.Act(ctx, "A-1", simpay.Act{Deed: simpay.DeedPay})
	require.ErrorIs(t, err, simpay.ErrState)
	require.ErrorIs(t, r.Fail(ctx, simpay.Fault{Mode: "rain"}), simpay.ErrOptions)
	_, err = r.Advance(ctx, -time.Hour)
	require.ErrorIs(t, err, simpay.ErrState)
	_, err = r.Totals(ctx, money.Currency{})
	require.NoError(t, err)

	stranger, err := simpay.NewRemote(address, "another control secret", b.sim.RoundTripper())
	require.NoError(t, err)
	_, err = stranger.Effects(ctx)
	require.ErrorContains(t, err, "the control secret is not shown")
	require.Error(t, stranger.WriteSettlement(ctx, io.Discard, "2031-05-06"))
	for _, bad := range []string{"", "simpay.test", "ftp://simpay.test"} {
		_, err := simpay.NewRemote(bad, token, nil)
		require.ErrorIs(t, err, simpay.ErrOptions)
	}
	_, err = simpay.NewRemote(address, "", nil)
	require.ErrorIs(t, err, simpay.ErrOptions)
}

// control sends a request of the control API as it is.
func (b *bench) control(method, path, shown, body string) (int, string) {
	b.Helper()
	q, err := http.NewRequestWithContext(b.Context(), method, address+path, strings.NewReader(body))
	require.NoError(b, err)
	q.Header.Set("Authorization", shown)
	a, err := b.sim.RoundTripper().RoundTrip(q)
	require.NoError(b, err)
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	require.NoError(b, err)
	return a.StatusCode, string(text)
}

func TestTheControlAPI(t *testing.T) {
	b, _ := newRemote(t)
	const shown = "Bearer a control secret of tests"
	for _, c := range []struct {
		method, path, shown, body string
		status                    int
		says                      string
	}{
		{"POST", "/control/advance", shown, `{"by":"1m30s"}`, 200, `{"now":"2031-05-06T12:01:30Z"}`},
		{"POST", "/control/advance", shown, `{"by":"soon"}`, 400, "invalid duration"},
		{"POST", "/control/advance", shown, `{"by":"1m","and":1}`, 400, "unknown field"},
		{"POST", "/control/advance", shown, `nonsense`, 400, "invalid character"},
		{"POST", "/control/advance", "", `{"by":"1m30s"}`, 401, "not shown"},
		{"POST", "/control/advance", "Bearer ", `{"by":"1m30s"}`, 401, "not shown"},
		{"POST", "/control/fee", shown, `{"amount":"EUR 1.234"}`, 400, "decimal"},
		{"POST", "/control/dance", shown, `{}`, 404, ""},
		{"GET", "/control/heal", shown, ``, 405, ""},
		{"GET", "/control/settlement?date=2031-05-06", shown, ``, 200, "id,kind,"},
	} {
		status, text := b.control(c.method, c.path, c.shown, c.body)
		require.Equal(t, c.status, status, "%+v: %s", c, text)
		require.Contains(t, text, c.says)
	}
	closed := newBench(t)
	for _, shown := range []string{"", "Bearer ", shown} {
		status, _ := closed.control("POST", "/control/heal", shown, "{}")
		require.Equal(t, http.StatusNotFound, status, "without a secret there is no control")
	}
}

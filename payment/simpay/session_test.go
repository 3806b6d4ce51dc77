package simpay_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

func TestASessionIsPaid(t *testing.T) {
	b := newBench(t)
	a := b.create("A-1")
	require.Equal(t, payment.AttemptPending, a.State)
	require.Contains(t, a.Next.URL, address+"/pay/")
	require.Equal(t, payment.Redirect, a.Next.Flow)

	id, err := b.sim.Pay("A-1")
	require.NoError(t, err)
	q := b.query("A-1")
	require.Equal(t, payment.AttemptSucceeded, q.State)
	require.True(t, q.Final)
	require.Equal(t, a.GatewayRef, q.GatewayRef)
	require.Equal(t, []payment.GatewayPayment{{ID: id, Amount: eur(1250), PaidAt: noon, Means: "card", Masked: "card 4242"}}, q.Payments)

	events := b.events()
	require.Len(t, events, 1)
	require.Equal(t, "A-1", events[0].Reference)
	require.Equal(t, q, events[0].Snapshot)
	require.Empty(t, b.events())
}

// ways lead a session into each state.
var ways = []struct {
	name  string
	state payment.AttemptState
	into  func(b *bench, ref string)
}{
	{"waiting", payment.AttemptPending, func(*bench, string) {}},
	{"challenged", payment.AttemptPending, func(b *bench, ref string) { b.act(ref, simpay.DeedChallenge) }},
	{"processing", payment.AttemptProcessing, func(b *bench, ref string) { b.act(ref, simpay.DeedProcess) }},
	{"paid", payment.AttemptSucceeded, func(b *bench, ref string) { b.act(ref, simpay.DeedPay) }},
	{"declined", payment.AttemptFailed, func(b *bench, ref string) { b.act(ref, simpay.DeedDecline) }},
	{"unproven", payment.AttemptFailed, func(b *bench, ref string) {
		b.act(ref, simpay.DeedChallenge)
		b.act(ref, simpay.DeedFail)
	}},
	{"cancelled", payment.AttemptCancelled, func(b *bench, ref string) { b.act(ref, simpay.DeedCancel) }},
	{"expired", payment.AttemptExpired, func(b *bench, _ string) { b.clock.add(30 * time.Minute) }},
}

// act does a deed that must be possible.
func (b *bench) act(ref string, d simpay.Deed) {
	b.Helper()
	_, err := b.sim.Act(ref, simpay.Act{Deed: d})
	require.NoError(b, err)
}

// TestDeeds tries every deed in every state: what is possible, and what comes of it.
func TestDeeds(t *testing.T) {
	possible := map[string]map[simpay.Deed]payment.AttemptState{
		"waiting": {
			simpay.DeedPay: payment.AttemptSucceeded, simpay.DeedDecline: payment.AttemptFailed, simpay.DeedCancel: payment.AttemptCancelled,
			simpay.DeedChallenge: payment.AttemptPending, simpay.DeedProcess: payment.AttemptProcessing,
		},
		"challenged": {
			simpay.DeedPass: payment.AttemptSucceeded, simpay.DeedFail: payment.AttemptFailed, simpay.DeedCancel: payment.AttemptCancelled,
			simpay.DeedDecline: payment.AttemptFailed,
		},
		"processing": {simpay.DeedPay: payment.AttemptSucceeded, simpay.DeedDecline: payment.AttemptFailed},
	}
	for _, w := range ways {
		for _, deed := range []simpay.Deed{
			simpay.DeedPay, simpay.DeedDecline, simpay.DeedCancel, simpay.DeedChallenge, simpay.DeedPass, simpay.DeedFail, simpay.DeedProcess, "dance", "",
		} {
			t.Run(fmt.Sprint(w.name, " ", deed), func(t *testing.T) {
				b := newBench(t)
				b.create("A-1")
				w.into(b, "A-1")
				before := b.query("A-1")
				require.Equal(t, w.state, before.State)
				_, err := b.sim.Act("A-1", simpay.Act{Deed: deed})
				after := b.query("A-1")
				want, ok := possible[w.name][deed]
				if !ok {
					require.ErrorIs(t, err, simpay.ErrState)
					require.Equal(t, before, after)
					return
				}
				require.NoError(t, err)
				require.Equal(t, want, after.State)
				require.Equal(t, want == payment.AttemptSucceeded, len(after.Payments) == 1)
				require.Equal(t, want != payment.AttemptPending && want != payment.AttemptProcessing, after.Final)
			})
		}
	}
}

func TestDeclinesHaveReasons(t *testing.T) {
	b := newBench(t)
	for i, reason := range []payment.Decline{
		payment.DeclineInsufficient, payment.DeclineLimit, payment.DeclineExpired, payment.DeclineAuth,
		payment.DeclineSuspected, payment.DeclineOnHold, payment.DeclineClosed, payment.DeclineOther,
	} {
		ref := fmt.Sprint("A-", i)
		b.create(ref)
		require.NoError(t, b.sim.Decline(ref, reason))
		require.Equal(t, reason, b.query(ref).Decline)
	}
	b.create("B")
	require.NoError(t, b.sim.Decline("B", "a reason of tomorrow"))
	require.Equal(t, payment.DeclineOther, b.query("B").Decline)
}

func TestNothingIsThere(t *testing.T) {
	b := newBench(t)
	_, err := b.sim.Pay("A-1")
	require.ErrorIs(t, err, simpay.ErrNotThere)
	_, err = b.sim.Session("A-1")
	require.ErrorIs(t, err, simpay.ErrNotThere)
	require.Equal(t, payment.QueryReply{}, b.query("A-1"))
}

func TestTheBankTakesItsTime(t *testing.T) {
	b := newBench(t)
	b.create("A-1")
	b.act("A-1", simpay.DeedProcess)
	b.clock.add(simpay.ProcessingTime - 1)
	require.Equal(t, payment.AttemptProcessing, b.query("A-1").State)
	b.clock.add(1)
	q := b.query("A-1")
	require.Equal(t, payment.AttemptSucceeded, q.State)
	require.Equal(t, noon.Add(simpay.ProcessingTime), q.Payments[0].PaidAt)
}

func TestASessionExpires(t *testing.T) {
	b := newBench(t)
	b.create("A-1")
	b.clock.add(30*time.Minute - 1)
	require.Equal(t, payment.AttemptPending, b.query("A-1").State)
	b.clock.add(time.Hour)
	q := b.query("A-1")
	require.Equal(t, payment.AttemptExpired, q.State)
	require.True(t, q.Final)
	e := b.events()
	require.Len(t, e, 1)
	require.Equal(t, noon.Add(30*time.Minute), e[0].Time, "an expiry that was found later happened at its time")
}

func TestTheEndOfASessionIsWithinTheTerms(t *testing.T) {
	b := newBench(t, func(o *simpay.Options) { o.Terms.SessionMin, o.Terms.SessionMax = 5*time.Minute, time.Hour })
	for i, c := range []struct{ asked, told time.Duration }{
		{time.Second, 5 * time.Minute}, {5 * time.Minute, 5 * time.Minute}, {7 * time.Minute, 7 * time.Minute}, {time.Hour, time.Hour}, {2 * time.Hour, time.Hour},
	} {
		a := b.create(fmt.Sprint("A-", i), func(r *payment.CreateRequest) { r.ExpiresAt = noon.Add(c.asked) })
		require.Equal(t, noon.Add(c.told), a.Next.ExpiresAt)
		require.Equal(t, noon.Add(c.told), b.query(fmt.Sprint("A-", i)).Expires)
	}
	a := b.create("B", func(r *payment.CreateRequest) { r.ExpiresAt = time.Time{} })
	require.Equal(t, noon.Add(time.Hour), a.Next.ExpiresAt)
	r := b.request("C")
	r.ExpiresAt = noon
	_, err := b.client.Create(t.Context(), r)
	b.class(err, payment.Invalid)
}

func TestLateMoney(t *testing.T) {
	for _, w := range []string{"expired", "cancelled"} {
		t.Run(w, func(t *testing.T) {
			b := newBench(t, func(o *simpay.Options) { o.Terms.Late = 10 * time.Minute })
			for _, ref := range []string{"A-1", "A-2"} {
				b.create(ref)
				if w == "cancelled" {
					b.act(ref, simpay.DeedCancel)
				}
			}
			if w == "expired" {
				b.clock.add(30 * time.Minute)
			}
			require.False(t, b.query("A-1").Final)
			b.clock.add(10*time.Minute - 1)
			_, err := b.sim.Pay("A-1")
			require.NoError(t, err)
			q := b.query("A-1")
			require.Equal(t, payment.AttemptSucceeded, q.State)
			require.Len(t, q.Payments, 1)
			b.clock.add(1)
			require.True(t, b.query("A-2").Final)
			_, err = b.sim.Pay("A-2")
			require.ErrorIs(t, err, simpay.ErrState)
		})
	}
}

func TestACodeIsPaidTwice(t *testing.T) {
	b := newBench(t, func(o *simpay.Options) { o.Terms.PayTwice = true })
	a := b.create("A-1", func(r *payment.CreateRequest) { r.Flow = payment.QR })
	require.Equal(t, a.Next.URL, a.Next.Code)
	for range 2 {
		require.False(t, b.query("A-1").Final)
		_, err := b.sim.Pay("A-1")
		require.NoError(t, err)
	}
	q := b.query("A-1")
	require.True(t, q.Final)
	require.Len(t, q.Payments, 2)
	require.NotEqual(t, q.Payments[0].ID, q.Payments[1].ID)
	_, err := b.sim.Pay("A-1")
	require.ErrorIs(t, err, simpay.ErrState)

	b.create("A-2")
	b.act("A-2", simpay.DeedPay)
	_, err = b.sim.Pay("A-2")
	require.ErrorIs(t, err, simpay.ErrState, "only a code can be paid twice")
}

func TestAnotherAmountIsPaid(t *testing.T) {
	b := newBench(t)
	for i, amount := range []money.Amount{eur(1249), eur(1251), money.New(1250, money.MustCurrency("JPY"))} {
		ref := fmt.Sprint("A-", i)
		b.create(ref)
		_, err := b.sim.PayAmount(ref, amount)
		require.NoError(t, err)
		require.Equal(t, amount, b.query(ref).Payments[0].Amount)
	}
	b.create("B")
	for _, minor := range []int64{-1, 2e12} {
		_, err := b.sim.PayAmount("B", eur(minor))
		require.ErrorIs(t, err, simpay.ErrState)
	}
	require.Empty(t, b.query("B").Payments)
}

func TestEachFlowLeadsToThePage(t *testing.T) {
	b := newBench(t)
	for _, f := range b.client.Describe().Flows {
		a := b.create("A-"+string(f), func(r *payment.CreateRequest) { r.Flow = f })
		require.Equal(t, f, a.Next.Flow)
		require.Equal(t, f == payment.FormPost, len(a.Next.Fields) > 0)
		require.Equal(t, f == payment.QR, a.Next.Code != "")
	}
}

func TestTimeDoesNotGoBack(t *testing.T) {
	b := newBench(t)
	require.ErrorIs(t, b.sim.Advance(-1), simpay.ErrState)
	require.NoError(t, b.sim.Advance(time.Hour))
	require.Equal(t, noon.Add(time.Hour), b.sim.Now())
}

func TestBadOptions(t *testing.T) {
	good := func() simpay.Options {
		return simpay.Options{
			Secrets: []simpay.Secret{secret}, Clock: func() time.Time { return noon }, Terms: simpay.Terms{Currencies: []string{"EUR"}},
		}
	}
	for name, change := range map[string]func(*simpay.Options){
		"no secrets":         func(o *simpay.Options) { o.Secrets = nil },
		"an empty secret":    func(o *simpay.Options) { o.Secrets = []simpay.Secret{secret, ""} },
		"a short secret":     func(o *simpay.Options) { o.Secrets = []simpay.Secret{"123456789012345"} },
		"a short control":    func(o *simpay.Options) { o.Control = "short" },
		"no clock":           func(o *simpay.Options) { o.Clock = nil },
		"no currencies":      func(o *simpay.Options) { o.Terms.Currencies = nil },
		"a strange currency": func(o *simpay.Options) { o.Terms.Currencies = []string{"euro"} },
		"a negative window":  func(o *simpay.Options) { o.Terms.Window = -1 },
		"a long flight":      func(o *simpay.Options) { o.Terms.InFlight, o.Terms.Window = time.Hour, time.Hour },
		"crossed sessions":   func(o *simpay.Options) { o.Terms.SessionMin, o.Terms.SessionMax = time.Hour, time.Minute },
		"a late cut-off":     func(o *simpay.Options) { o.Days.CutOff = 25 * time.Hour },
		"a negative fee":     func(o *simpay.Options) { o.Fees.Fixed = -1 },
	} {
		t.Run(name, func(t *testing.T) {
			o := good()
			change(&o)
			_, err := simpay.NewSim(o)
			require.ErrorIs(t, err, simpay.ErrOptions)
			require.NotContains(t, err.Error(), "123456789012345")
		})
	}
	_, err := simpay.NewSim(good())
	require.NoError(t, err)
}

func TestWhatTheCompanyKnows(t *testing.T) {
	b := newBench(t)
	b.create("A-1")
	require.NoError(t, b.sim.Leave("A-1"))
	q, err := b.sim.Session("A-1")
	require.NoError(t, err)
	require.Equal(t, b.query("A-1"), q)
	require.Equal(t, payment.AttemptCancelled, q.State)
	b.held("A-2")
	e := b.effects()
	require.Equal(t, []int{2, 0, 1}, []int{e.Sessions, e.Payments, e.Authorised})
}

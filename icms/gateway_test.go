package icms_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// till is a counter with an invented payment company beside it.
type till struct {
	*counter
	sim    *simpay.Sim
	client payment.Gateway
	heard  func(context.Context, icms.Event) error
}

const (
	tillSecret   = "a secret of thirty-two bytes or more"
	simpaySecret = "the secret of the company"
)

func newTill(t testing.TB, officer bool) *till {
	t.Helper()
	db, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(t.TempDir(), "court.db"), Durability: sqlite.Process})
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	c := &counter{t: t, store: db, blobs: openBlobs(t, t.TempDir()), court: smallClaims(t)}
	if officer {
		c.court.Policies.Acceptance = icms.AcceptancePolicy{Choice: icms.ByOfficer}
	}
	c.set("2026-03-02 10:00:00")
	terms := simpay.Terms{Currencies: []string{"HKD"}, Means: []payment.Means{payment.Visa}, Late: time.Hour}
	secrets := []simpay.Secret{simpaySecret}
	sim, err := simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: c.now})
	require.NoError(t, err)
	client, err := simpay.NewClient(simpay.ClientOptions{URL: "http://127.0.0.1", HTTP: sim.RoundTripper(), Secrets: secrets, Terms: terms, Clock: c.now})
	require.NoError(t, err)
	x := &till{counter: c, sim: sim, client: client}
	x.open()
	return x
}

// open makes the service anew, as after a restart.
func (x *till) open() { x.openOn(x.store) }

func (x *till) openOn(s store.Store) {
	x.t.Helper()
	address := func(string) string { return "http://127.0.0.1/court" }
	var err error
	x.Service, err = icms.New(icms.Options{
		Store: s, Blobs: x.blobs, Courts: []icms.Court{x.court}, Clock: x.now, Deliver: x.heard,
		Payments: icms.Payments{
			Gateways: []payment.Gateway{x.client}, Name: "test", Secret: []byte(tillSecret),
			ReturnURL: address, CancelURL: address, NotifyURL: address,
		},
	})
	require.NoError(x.t, err)
}

// file hands a batch in that names no account.
func (x *till) file(csv string) icms.Result {
	x.t.Helper()
	in := batch(csv)
	in.Account = ""
	r, err := x.Registry().File(x.t.Context(), in)
	require.NoError(x.t, err)
	return r
}

func (x *till) start(order string, authorise bool) payment.Attempt {
	x.t.Helper()
	a, err := x.AccountsOffice().Cashier().Start(x.t.Context(), payment.StartRequest{
		Order: order, Gateway: "simpay", Means: payment.Visa, By: "clerk-1", Registered: true, Authorise: authorise,
	})
	require.NoError(x.t, err)
	require.Equal(x.t, payment.AttemptPending, a.State)
	return a
}

func (x *till) check(a payment.Attempt) payment.Attempt {
	x.t.Helper()
	a, err := x.AccountsOffice().Cashier().Check(x.t.Context(), a.ID)
	require.NoError(x.t, err)
	return a
}

// resume takes on what is due.
func (x *till) resume() {
	x.t.Helper()
	_, err := x.Resume(x.t.Context())
	require.NoError(x.t, err)
}

func TestABatchPaidAtAGateway(t *testing.T) {
	x := newTill(t, false)
	waiting := x.file(claims(3, "A"))
	require.Equal(t, icms.Accepted, waiting.State)
	require.ErrorIs(t, waiting.Unpaid, icms.ErrUnpaid)
	x.set("2026-03-02 17:40:00")
	a := x.start(waiting.ID, false)

	again := x.file(claims(3, "A"))
	var active *payment.ActiveError
	require.ErrorAs(t, again.Unpaid, &active, "one payment at a time")
	require.Contains(t, active.Text().In("zh-Hant"), "切勿重複付款")

	x.set("2026-03-02 18:00:00") // the documents were in before closing, the money comes after
	_, err := x.sim.Pay(a.ID)
	require.NoError(t, err)
	require.Equal(t, payment.AttemptSucceeded, x.check(a).State)
	x.resume()
	done := x.file(claims(3, "A"))
	require.Equal(t, icms.Registered, done.State)
	require.Equal(t, payment.Visa, done.Payment.Means)
	require.Equal(t, a.ID, done.Payment.Reference)
	require.Equal(t, hk("2026-03-03 08:45:00").UTC(), done.Acknowledgement.Deemed.UTC(), "later of documents and money")
	x.proven()
}

func TestMoneyHeldAtAGatewayUntilAnOfficerDecides(t *testing.T) {
	for _, accept := range []bool{true, false} {
		x := newTill(t, true)
		waiting := x.file(claims(2, "A"))
		a := x.start(waiting.ID, true)
		queue, _, err := x.Registry().Waiting(t.Context(), "SCT", "", 10)
		require.NoError(t, err)
		require.Empty(t, queue, "no money is there yet")
		_, err = x.sim.Pay(a.ID)
		require.NoError(t, err)
		require.Equal(t, payment.AttemptAuthorised, x.check(a).State)
		queue, _, err = x.Registry().Waiting(t.Context(), "SCT", "", 10)
		require.NoError(t, err)
		require.Len(t, queue, 1, "the officer sees it at once")
		held := x.file(claims(2, "A"))
		require.Equal(t, icms.Held, held.State)

		decided, err := x.Registry().Decide(t.Context(), held.ID, accept, tooVague, registrar)
		require.NoError(t, err)
		a = x.check(a)
		if accept {
			require.Equal(t, icms.Registered, decided.State)
			require.Equal(t, payment.AttemptSucceeded, a.State)
		} else {
			require.Equal(t, icms.Rejected, decided.State)
			require.Equal(t, payment.AttemptCancelled, a.State)
			require.Equal(t, payment.Cancelled, x.order(held.ID).State)
		}
		x.proven()
	}
}

func TestMoneyTakenBeforeAnOfficerRefuses(t *testing.T) {
	x := newTill(t, true)
	waiting := x.file(claims(2, "A"))
	a := x.start(waiting.ID, false)
	_, err := x.sim.Pay(a.ID)
	require.NoError(t, err)
	x.check(a)
	held := x.file(claims(2, "A"))
	require.Equal(t, icms.Held, held.State)
	refused, err := x.Registry().Decide(t.Context(), held.ID, false, tooVague, registrar)
	require.NoError(t, err)
	require.Equal(t, icms.Rejected, refused.State)
	_, err = x.Registry().Decide(t.Context(), held.ID, false, tooVague, registrar)
	require.NoError(t, err)

	cashier := x.AccountsOffice().Cashier()
	refunds, _, err := cashier.Refunds(t.Context(), payment.RefundQuery{Order: held.ID})
	require.NoError(t, err)
	require.Len(t, refunds, 1, "proposed once")
	require.Equal(t, refused.Payment.Amount, refunds[0].Amount)
	_, err = cashier.Approve(t.Context(), refunds[0].ID, registrar.User)
	require.ErrorIs(t, err, payment.ErrFourEyes)
	_, err = cashier.Approve(t.Context(), refunds[0].ID, "officer-2")
	require.NoError(t, err)
	for n := 1; n > 0; {
		n, err = cashier.Work(t.Context())
		require.NoError(t, err)
	}
	back, err := cashier.Refund(t.Context(), refunds[0].ID)
	require.NoError(t, err)
	require.Equal(t, payment.OperationSucceeded, back.State)
	x.proven()
}

// errDied is the death of a process, as its store sees it.
var errDied = errors.New("the process died")

// mortal dies at the n-th change: before it is committed, or after it, unheard.
type mortal struct {
	store.Store
	left  atomic.Int64
	after bool
}

func (m *mortal) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	switch n := m.left.Add(-1); {
	case n > 0:
		return m.Store.Apply(ctx, c)
	case n == 0 && m.after:
		if _, err := m.Store.Apply(ctx, c); err != nil {
			return store.Applied{}, err
		}
	}
	return store.Applied{}, errDied
}

// TestGatewayMoneyAndFilingNeverDisagree has the process die at every change between the start of a payment and the registered batch.
func TestGatewayMoneyAndFilingNeverDisagree(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	for _, how := range []decided{{}, {officer: true}, {officer: true, hold: true}, {officer: true, hold: true, refuse: true}} {
		for _, after := range []bool{false, true} {
			for n := int64(1); ; n++ {
				if died := dieAt(t, how, after, n); !died {
					require.Greater(t, n, int64(4), "there is something to die at")
					break
				}
			}
		}
	}
}

// decided says who decides on a batch, on held money or on taken money, and how.
type decided struct{ officer, hold, refuse bool }

// dieAt pays a batch at the gateway in a process that dies at its n-th change, and then in one that lives.
func dieAt(t *testing.T, how decided, after bool, n int64) (died bool) {
	x := newTill(t, how.officer)
	waiting := x.file(claims(2, "A"))
	m := &mortal{Store: x.store, after: after}
	m.left.Store(n)
	x.openOn(m)
	done := x.through(waiting.ID, how)
	if died = m.left.Load() <= 0; died {
		x.open()
		x.set("2026-03-02 10:20:00") // what others had taken on is free
		done = x.through(waiting.ID, how)
	}
	require.NoError(t, done, "%+v, after %v, change %d", how, after, n)
	final := x.file(claims(2, "A"))
	effects, err := x.sim.Effects()
	require.NoError(t, err)
	if how.refuse {
		require.Equal(t, icms.Rejected, final.State, "%+v, after %v, change %d", how, after, n)
		require.Zero(t, effects.Payments, "%+v, after %v, change %d", how, after, n)
		require.Equal(t, payment.Cancelled, x.order(waiting.ID).State, "%+v, after %v, change %d", how, after, n)
	} else {
		require.Equal(t, icms.Registered, final.State, "%+v, after %v, change %d", how, after, n)
		require.Equal(t, 1, effects.Payments, "charged once: %+v, after %v, change %d", how, after, n)
	}
	missing, err := x.AccountsOffice().Orders().Missing(t.Context(), "SCT/2026")
	require.NoError(t, err)
	require.Empty(t, missing)
	x.proven()
	return died
}

// through does all that is to be done, as far as it comes.
func (x *till) through(batchID string, how decided) error {
	ctx, cashier := x.t.Context(), x.AccountsOffice().Cashier()
	a, err := cashier.ActiveOf(ctx, batchID)
	if errors.Is(err, payment.ErrNoAttempt) {
		order, failed := x.AccountsOffice().Orders().Get(ctx, batchID)
		if err = failed; err == nil && order.State == payment.Open {
			a, err = cashier.Start(ctx, payment.StartRequest{
				Order: batchID, Gateway: "simpay", Means: payment.Visa, By: "clerk-1", Registered: true, Authorise: how.hold,
			})
		}
	}
	if err != nil {
		return err
	}
	if a.ID != "" {
		if a, err = cashier.Check(ctx, a.ID); err != nil {
			return err
		}
		if a.State == payment.AttemptPending {
			if _, err := x.sim.Pay(a.ID); err != nil {
				return err
			}
		}
		if _, err = cashier.Check(ctx, a.ID); err != nil {
			return err
		}
	}
	for n := 1; n > 0; {
		if n, err = cashier.Work(ctx); err != nil {
			return err
		}
	}
	if _, err = x.Resume(ctx); err != nil {
		return err
	}
	if how.officer {
		if _, err := x.Registry().Decide(ctx, batchID, !how.refuse, tooVague, registrar); err != nil {
			return err
		}
	}
	return nil
}

func TestOnlyFinesAndSearchesAreForTheUnregistered(t *testing.T) {
	x := newTill(t, false)
	require.NotEmpty(t, x.court.Means, "the court has a means policy")
	o, err := x.AccountsOffice().Charge(t.Context(), fine(450))
	require.NoError(t, err)
	request := payment.StartRequest{Order: o.ID, Gateway: "simpay", Means: payment.Visa, By: "Defendant 0001"}
	a, err := x.AccountsOffice().Cashier().Start(t.Context(), request)
	require.NoError(t, err)
	_, err = x.sim.Pay(a.ID)
	require.NoError(t, err)
	x.check(a)
	paid, err := x.AccountsOffice().Orders().Get(t.Context(), o.ID)
	require.NoError(t, err)
	require.Equal(t, payment.Paid, paid.State)

	request.Order = x.file(claims(1, "A")).ID
	_, err = x.AccountsOffice().Cashier().Start(t.Context(), request)
	var refused *payment.MeansError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, payment.RegisteredOnly, refused.Refusal)
	x.proven()
}

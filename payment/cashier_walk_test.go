package payment_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// walker does things at random: payers, officers and processes that die, at a company that answers late, wrongly or not at all.
type walker struct {
	counter
	rnd    *rand.Rand
	life   *life
	alive  counter
	orders []string
}

func newWalker(t *testing.T, seed uint64) *walker {
	w := &walker{counter: newCounter(t, nil), rnd: rand.New(rand.NewPCG(seed, 1))}
	for i := range 3 {
		id := fmt.Sprint("o", i)
		w.order(id)
		w.orders = append(w.orders, id)
	}
	w.rise()
	return w
}

// rise begins a new process, which dies after some steps, or later than anybody will see.
func (w *walker) rise() {
	w.life = &life{dieAt: 1 + w.rnd.IntN(60), late: w.rnd.IntN(2) == 0}
	w.alive = w.living(w.life)
}

// session picks a session of the company at random, in the order of their names, or "".
func (w *walker) session() string {
	var refs []string
	for ref := range w.acquirer.sessions {
		refs = append(refs, ref)
	}
	if len(refs) == 0 {
		return ""
	}
	slices.Sort(refs)
	return refs[w.rnd.IntN(len(refs))]
}

// step does one thing.
func (w *walker) step() error {
	order := w.orders[w.rnd.IntN(len(w.orders))]
	a, some := w.latest(order)
	switch k := w.rnd.IntN(12); {
	case k == 0:
		w.clock.move(time.Duration(w.rnd.IntN(3600)) * time.Second)
	case k == 1:
		w.fault()
	case k == 2 || k == 3:
		w.world()
	case k == 4 || !some:
		r := request(order)
		r.Authorise = w.rnd.IntN(4) == 0
		_, err := w.alive.Start(w.ctx, r)
		return err
	case k == 5:
		_, err := w.alive.Cashier.Cancel(w.ctx, a.ID, "acme")
		return err
	case k == 6:
		_, err := w.alive.Capture(w.ctx, a.ID, "officer 1")
		return err
	case k == 7 && w.rnd.IntN(5) == 0:
		_, err := w.alive.Cashier.Expire(w.ctx, order, "not paid in time", "clock")
		return err
	case k == 8 || k == 9:
		_, err := w.alive.Work(w.ctx)
		return err
	default:
		_, err := w.alive.Check(w.ctx, a.ID)
		return err
	}
	return nil
}

// fault has one of the next calls fail.
func (w *walker) fault() {
	name := []string{"create", "query", "cancel", "capture"}[w.rnd.IntN(4)]
	if w.rnd.IntN(2) == 0 {
		w.acquirer.lose[name]++
		return
	}
	classes := []payment.ErrorClass{payment.Unknown, payment.Unavailable, payment.Throttled, payment.NotAllowed, payment.Config}
	w.acquirer.refuse[name] = append(w.acquirer.refuse[name], refusal(classes[w.rnd.IntN(len(classes))]))
}

// world has something happen at the company: a payer pays, perhaps another amount, again or late; a session ends; a hold lapses.
func (w *walker) world() {
	ref := w.session()
	if ref == "" {
		return
	}
	v := w.acquirer.sessions[ref]
	amount := cents(4200)
	if w.rnd.IntN(10) == 0 {
		amount = cents(4100 + int64(w.rnd.IntN(200)))
	}
	again := v.state == payment.AttemptSucceeded && w.rnd.IntN(3) == 0
	late := v.state == payment.AttemptExpired && !v.final && w.rnd.IntN(2) == 0
	switch {
	case v.state == payment.AttemptPending && w.rnd.IntN(3) > 0, (again || late) && !v.req.Authorise:
		w.acquirer.pay(ref, amount, w.clock.now())
	case v.state == payment.AttemptPending:
		w.acquirer.set(ref, payment.AttemptExpired, false)
	case v.state == payment.AttemptAuthorised && w.rnd.IntN(4) == 0:
		v.payments = nil
		w.acquirer.set(ref, payment.AttemptExpired, true)
	}
}

// rest has the company answer again and bring all to an end, and the work find it.
func (w *walker) rest() {
	clear(w.acquirer.lose)
	clear(w.acquirer.refuse)
	w.run(26 * time.Hour)
	for ref, v := range w.acquirer.sessions {
		switch v.state {
		case payment.AttemptPending:
			w.acquirer.set(ref, payment.AttemptExpired, true)
		case payment.AttemptAuthorised:
			v.payments = nil
			w.acquirer.set(ref, payment.AttemptExpired, true)
		default:
			w.acquirer.set(ref, v.state, true)
		}
	}
	w.run(26 * time.Hour)
	w.run(26 * time.Hour)
}

// TestRandomWalk walks at random, then lets everything come to rest: all money is explained, every order is paid once or not at all, and none
// is stuck but behind an attempt that a person must resolve.
func TestRandomWalk(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	for seed := range uint64(25) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWalker(t, seed)
			for range 80 {
				err := w.step()
				switch {
				case errors.Is(err, errDead) || w.life.over():
					w.rise()
				case err != nil && !errors.Is(err, payment.ErrTransition):
					t.Fatal(err)
				}
			}
			w.rest()
			w.explained()
			paid := int64(0)
			for _, id := range w.orders {
				o, err := w.Orders.Get(w.ctx, id)
				require.NoError(t, err)
				if o.State == payment.Paid {
					paid++
				}
				if o.State == payment.Paying {
					a, err := w.ActiveOf(w.ctx, id)
					require.NoError(t, err)
					require.True(t, a.Flagged(payment.FlagLost), "%+v", a)
				}
			}
			w.stands(ledger.Revenue("court", "filing"), paid*4200)
		})
	}
}

package payment_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// TestEventsSurviveEveryDeath tells of a payment and of a dispute that is opened and lost to a process that dies at each of its writes in
// turn, before or after it. What it acknowledged is never lost: the next process looks at it, and books everything once.
func TestEventsSurviveEveryDeath(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	writes := eventsWithDeath(t, death{})
	require.Greater(t, writes, 8)
	for _, late := range []bool{false, true} {
		for n := 1; n <= writes; n++ {
			t.Run(fmt.Sprint("write ", n, " late ", late), func(t *testing.T) { eventsWithDeath(t, death{write: n, late: late}) })
		}
	}
}

func eventsWithDeath(t *testing.T, at death) (writes int) {
	d := newDesk(t, nil)
	a := d.attempt("o1")
	m := &mortal{Store: d.store, dieAt: at.write, late: at.late}
	dying := d.process(m)
	// The company sends what was not acknowledged again, to whoever lives.
	tell := func() {
		for _, message := range d.messages() {
			if ack, err := dying.Notify(d.ctx, "simpay", message); err != nil || ack.Status != 200 {
				d.notify(message, 200)
			}
		}
		_, _ = dying.Work(d.ctx)
	}
	id, err := d.sim.Pay(a.ID)
	require.NoError(t, err)
	tell()
	dispute, err := d.sim.OpenDispute(id, cents(300))
	require.NoError(t, err)
	tell()
	require.NoError(t, d.sim.EndDispute(dispute, false))
	tell()
	for range 5 {
		d.later(5 * time.Minute)
	}
	d.dispute(dispute, payment.DisputeLost)
	require.Empty(t, d.inbox(payment.InboxWaiting))
	require.Empty(t, d.inbox(payment.InboxStray))
	d.stands(filing, 3900)
	d.stands(ledger.DisputeReserve, 0)
	d.explained()
	return m.counts
}

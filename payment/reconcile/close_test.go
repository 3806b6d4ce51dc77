package reconcile_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
)

// short is a desk with an open break: HKD 10.00 were taken and HKD 9.00 settled.
func short(t *testing.T) (*desk, reconcile.Break) {
	d := newDesk(t)
	d.start("a1")
	d.took(t, "a1", "p1", cents(1000), monday)
	d.imports(paid("l1", "p1", "a1", 900, "b1"), row("l2", "payout", "", "", 890, 0, "2026-03-03", "b1"))
	d.matches()
	return d, d.one(reconcile.BreakOpen, reconcile.AmountDiffers)
}

func TestTwoPersonsCloseABreak(t *testing.T) {
	d, b := short(t)
	require.EqualValues(t, -100, d.posted(ledger.Clearing(gate)))
	b, err := d.Propose(d.ctx, b.ID, "officer 1", "a charge of the gateway", fees)
	require.NoError(t, err)
	require.Equal(t, reconcile.BreakProposed, b.State)
	require.EqualValues(t, -100, d.posted(ledger.Clearing(gate)), "a proposal moves nothing")

	for _, same := range []string{"officer 1", "Officer 1 "} {
		_, err = d.Confirm(d.ctx, b.ID, same)
		require.ErrorIs(t, err, reconcile.ErrTwoPersons)
	}
	d.at = d.at.Add(time.Hour)
	b, err = d.Confirm(d.ctx, b.ID, "officer 2")
	require.NoError(t, err)
	require.Equal(t, reconcile.BreakClosed, b.State)
	require.Equal(t, []money.Amount{cents(100)}, b.Closing.Amounts)
	require.Equal(t, time.Hour, b.Age(d.at.Add(time.Hour)))
	require.Zero(t, d.posted(ledger.Clearing(gate)))
	require.EqualValues(t, -110, d.posted(fees))
	entry, err := d.books.Entry(d.ctx, b.Closing.Entries[0])
	require.NoError(t, err)
	require.Equal(t, "a charge of the gateway", entry.Note)

	_, err = d.Confirm(d.ctx, b.ID, "officer 3")
	require.ErrorIs(t, err, reconcile.ErrState)
	e := d.explains()
	require.True(t, e.OK())
	require.Empty(t, e.Items)
	require.Equal(t, cents(100), e.Currencies[0].Closed)
	read, err := d.Break(d.ctx, b.ID)
	require.NoError(t, err)
	require.Equal(t, b, read)
}

func TestADeclinedProposalLeavesTheBreakOpen(t *testing.T) {
	d, b := short(t)
	_, err := d.Decline(d.ctx, b.ID, "officer 2", "ask the gateway")
	require.ErrorIs(t, err, reconcile.ErrState)
	_, err = d.Propose(d.ctx, b.ID, "officer 1", "why not", bank)
	require.NoError(t, err)
	b, err = d.Decline(d.ctx, b.ID, "officer 2", "ask the gateway")
	require.NoError(t, err)
	require.Equal(t, reconcile.BreakOpen, b.State)
	require.True(t, b.Closing.IsZero())
	b, err = d.Assign(d.ctx, b.ID, "officer 3", "officer 2")
	require.NoError(t, err)
	mine, _, err := d.Breaks(d.ctx, reconcile.BreaksQuery{Owner: "officer 3"})
	require.NoError(t, err)
	require.Equal(t, []reconcile.Break{b}, mine)
}

func TestProposalsNeedAReasonAndAnAccountThatTakesTheMoney(t *testing.T) {
	d, b := short(t)
	for _, tt := range []struct {
		by, reason string
		account    ledger.AccountID
	}{
		{"", "why", fees}, {"x", " ", fees}, {"x", "why", ""}, {"x", "why", "nowhere"}, {"x", "why", ledger.Clearing(gate)},
	} {
		_, err := d.Propose(d.ctx, b.ID, tt.by, tt.reason, tt.account)
		require.ErrorIs(t, err, reconcile.ErrInvalid, "%+v", tt)
	}
	_, err := d.Propose(d.ctx, "B0", "x", "why", fees)
	require.ErrorIs(t, err, reconcile.ErrNoBreak)

	d.start("a2")
	d.took(t, "a2", "p2", cents(1000), monday)
	d.imports(row("l3", "payment", "p2", "a2", 1000, 10, "2026-03-05", ""))
	d.matches()
	late := d.breaks(reconcile.BreakOpen)[1]
	require.Equal(t, reconcile.Late, late.Class)
	_, err = d.Propose(d.ctx, late.ID, "x", "noted", fees)
	require.ErrorIs(t, err, reconcile.ErrInvalid)
	_, err = d.Propose(d.ctx, late.ID, "x", "noted", "")
	require.NoError(t, err)
	late, err = d.Confirm(d.ctx, late.ID, "y")
	require.NoError(t, err)
	require.Empty(t, late.Closing.Entries)
}

// TestWhatComesAfterItWasWrittenOff writes a payment off that was in no settlement, and then it is in one.
func TestWhatComesAfterItWasWrittenOff(t *testing.T) {
	d := newDesk(t)
	d.start("a1")
	d.took(t, "a1", "p1", cents(1000), monday)
	d.later(3)
	require.Equal(t, map[reconcile.Class]int{reconcile.MissingThere: 1}, d.sweeps().Opened)
	b := d.one(reconcile.BreakOpen, reconcile.MissingThere)
	_, err := d.Propose(d.ctx, b.ID, "x", "lost", fees)
	require.NoError(t, err)

	d.imports(row("l1", "payment", "p1", "a1", 1000, 10, "2026-03-04", "")) // it came, and nobody has compared yet
	_, err = d.Confirm(d.ctx, b.ID, "y")
	require.ErrorIs(t, err, reconcile.ErrChanged)
	require.ErrorContains(t, err, "HKD -10.00] is open beside its breaks")
	d.matches()
	b = d.one(reconcile.BreakResolved, reconcile.MissingThere)
	require.Equal(t, "settled by line l1", b.Evidence)

	d.start("a2")
	d.took(t, "a2", "p2", cents(500), monday)
	d.sweeps()
	b = d.one(reconcile.BreakOpen, reconcile.MissingThere)
	_, err = d.Propose(d.ctx, b.ID, "x", "lost", fees)
	require.NoError(t, err)
	_, err = d.Confirm(d.ctx, b.ID, "y")
	require.NoError(t, err)
	require.True(t, d.explains().OK())
	require.Empty(t, d.sweeps().Opened, "it is not opened again")

	d.imports(row("l2", "payment", "p2", "a2", 500, 10, "2026-03-04", ""))
	d.matches()
	b = d.one(reconcile.BreakOpen, reconcile.AfterClosing)
	require.Equal(t, []money.Amount{cents(-500)}, b.Open)
	require.True(t, d.explains().OK())
	_, err = d.Propose(d.ctx, b.ID, "x", "found", fees)
	require.NoError(t, err)
	_, err = d.Confirm(d.ctx, b.ID, "y")
	require.NoError(t, err)
	require.EqualValues(t, -20, d.posted(fees))
	e := d.explains()
	require.True(t, e.OK())
	require.Equal(t, cents(0), e.Currencies[0].Closed)
}

func TestAChangedLineIsClosedWithWhatItsPayoutLacks(t *testing.T) {
	d := newDesk(t)
	d.start("a1")
	d.took(t, "a1", "p1", cents(1000), monday)
	d.imports(paid("l1", "p1", "a1", 1000, "b1"))
	d.matches()
	d.imports(paid("l1", "p1", "a1", 900, "b1"), row("l2", "payout", "", "", 890, 0, "2026-03-03", "b1"))
	b := d.one(reconcile.BreakOpen, reconcile.LineChanged)
	e := d.explains()
	require.True(t, e.OK())
	require.Equal(t, reconcile.OpenItem{Kind: "payout", ID: "b1", Open: []money.Amount{cents(100)}, Why: reconcile.WhyBreak, Break: b.ID}, e.Items[0])
	_, err := d.Propose(d.ctx, b.ID, "x", "the gateway kept it", fees)
	require.NoError(t, err)
	_, err = d.Confirm(d.ctx, b.ID, "y")
	require.NoError(t, err)
	require.Zero(t, d.posted(ledger.Clearing(gate)))
	require.True(t, d.explains().OK())
}

func TestTheTableOfBreaks(t *testing.T) {
	events := []reconcile.BreakEvent{reconcile.EventPropose, reconcile.EventConfirm, reconcile.EventDecline, reconcile.EventResolve}
	allowed := map[reconcile.BreakTransition]bool{}
	for _, row := range reconcile.BreakTransitions() {
		require.False(t, row.From.Over())
		allowed[row] = true
	}
	n := 0
	for _, s := range reconcile.BreakStates() {
		for _, e := range events {
			to, err := s.Next(e)
			if allowed[reconcile.BreakTransition{From: s, Event: e, To: to}] {
				require.NoError(t, err)
				n++
				continue
			}
			require.ErrorIs(t, err, reconcile.ErrState)
			require.Equal(t, s, to)
		}
	}
	require.Equal(t, len(allowed), n)
	require.Len(t, reconcile.Classes(), 11)
}

package payment_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment/internal/model"
)

// TestEveryRuleIsNeeded switches the rules of the design off, one at a time and in some combinations, and holds what comes of it against a
// table. Run it with -v for the table, and for the shortest way to what each rule prevents.
func TestEveryRuleIsNeeded(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	columns, variants := model.Columns(), model.Variants()
	full := make([]pair, len(columns))
	for i, c := range columns {
		full[i] = explored(t, c, 0, pair{})
		require.Empty(t, full[i].with.Faults, c.Name)
	}
	lines := make([]string, len(variants))
	t.Run("variants", func(t *testing.T) {
		for n, v := range variants {
			t.Run(v.Name, func(t *testing.T) {
				t.Parallel()
				var found verdicts
				for i, c := range columns {
					p := explored(t, c, v.Off, full[i])
					if says := p.verdict(); says != full[i].verdict() || v.Off == 0 && says != "ok" {
						p.tell(t, c, full[i], len(found) == 0 && v.Off != 0)
						found = found.add(says, c.Name)
					}
				}
				require.NotEmpty(t, found, "nothing needs the rule")
				lines[n] = fmt.Sprintf("%-68s%v", v.Name, found)
			})
		}
	})
	t.Log("\n" + strings.Join(lines, "\n"))
	require.Equal(t, strings.Split(strings.TrimSpace(table), "\n"), lines)
}

// pair is a design explored in one scenario, without and with reconciliation.
type pair struct{ without, with *model.Result }

// explored explores the design without some rules; the full one will do when no move of it asked for any of them.
func explored(t *testing.T, c model.Column, off model.Rules, full pair) pair {
	t.Helper()
	if off != 0 && off&c.About == 0 {
		return full
	}
	run := func(off model.Rules) *model.Result {
		r, err := model.Run(c.Scenario, model.Full().Without(off))
		require.NoError(t, err)
		return r
	}
	p, net := full, model.Of(model.Reconcile)
	if full.without == nil || full.without.Rules&off != 0 {
		p.without = run(off | net)
	}
	if full.with == nil || full.with.Rules&off != 0 {
		p.with = run(off)
	}
	return p
}

// verdict is the worst that happens, without and with reconciliation where that makes a difference.
func (p pair) verdict() string {
	_, a := p.without.Worst()
	_, b := p.with.Worst()
	if a == b {
		return a
	}
	return a + " / " + b
}

// verdicts are verdicts, each with the scenarios that come to it.
type verdicts [][]string

func (v verdicts) add(verdict, scenario string) verdicts {
	for i := range v {
		if v[i][0] == verdict {
			v[i] = append(v[i], scenario)
			return v
		}
	}
	return append(v, []string{verdict, scenario})
}

// String writes them: "lost (page, late), stuck (held)".
func (v verdicts) String() string {
	var all []string
	for _, of := range v {
		all = append(all, of[0]+" ("+strings.Join(of[1:], ", ")+")")
	}
	return strings.Join(all, ", ")
}

// tell tells the shortest way to the worst that the full design prevents.
func (p pair) tell(t *testing.T, c model.Column, full pair, aloud bool) {
	t.Helper()
	r := p.with
	if f, _ := r.Worst(); f == "" || full.with.Broken(f) {
		r = p.without
	}
	f, _ := r.Worst()
	require.NotEmpty(t, f)
	require.NotEmpty(t, r.Story(f))
	if aloud {
		t.Logf("in %q:\n%s", c.Name, r.Story(f))
	}
}

// table has the verdicts of each variant in the scenarios of [model.Columns] where they are not those of the full design: the worst without
// reconciliation / with it. By "charged twice" and "paid in vain" all money is explained, and only the payer wronged.
const table = `
the full design                                                     lost / ok (promise), unfounded / ok (refunds, overdue refund)
no keys, and a state in place of payments                           lost / charged twice (overdue), lost / ok (code), lost / over-refunded (overdue refund)
not found is failed, late money ignored                             lost (direct, overdue, late, held late), lost / over-refunded (refunds), lost / ok (overdue refund)
closes over an active attempt, late money ignored                   lost (direct, closing, late, deposit, held late), held for ever (held)
without: an attempt is written down before it is sent               lost / charged twice (direct, overdue), paid in vain (closing), lost / over-refunded (refunds), lost / ok (overdue refund)
without: every sending has the same key, which the gateway keeps    charged twice (overdue), lost / over-refunded (overdue refund)
without: an answer lists every payment                              lost / ok (code)
without: one active attempt at a time                               charged twice (direct, page)
without: not found is not failed                                    lost / charged twice (direct, overdue), lost / over-refunded (refunds), lost / ok (overdue refund)
without: not found counts when nothing is under way any more        charged twice (direct)
without: not found counts when it was asked after that              charged twice (direct)
without: what was sent arrives in the time that is waited, or never charged twice (direct)
without: a refusal of a later sending says nothing of the first     lost / charged twice (overdue), lost / ok (overdue refund)
without: late money counts                                          lost (late, held late)
without: an attempt is left alone after a whole answer              lost / ok (code)
without: an order closes only without an active attempt             paid in vain (direct, closing, deposit), held for ever (held)
without: an attempt ends by the gateway's word, not by our clock    charged twice (direct, closing)
without: what is not final is asked about                           stuck (direct, overdue, page), lost / stuck (late, code, refunds, overdue refund)
without: amounts are compared                                       wrong amount (code)
without: a payment is recorded once                                 recorded twice (direct, overdue, page, late, code)
without: a success without a payment is not believed                charged twice (direct, overdue, page, late, code)
without: what was set aside for an order is booked by anyone        lost / stuck (promise)
without: a cancelled order holds no deposit                         held for ever (deposit)
without: held money pays nothing                                    unfounded (held)
without: a capture is written down before it is sent                held for ever (held)
without: a capture counts when its payment is shown                 unfounded (held)
without: the hold for what was refused is given up                  held for ever (held)
without: a late hold is given up                                    held for ever (held late)
without: an attempt is ended when other money paid its order        held for ever (held late)
without: refunds together never exceed their payment                over-refunded (refunds)
without: a refund counts from its approval                          over-refunded (refunds)
without: a refund that comes back has failed                        unfounded (refunds, overdue refund)
`

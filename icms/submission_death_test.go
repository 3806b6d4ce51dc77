package icms_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	feeshk "courts.example/eservices/fees/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
)

// fatal is something that is set up, done, and looked at.
type fatal struct {
	setUp func(*testing.T) *counter
	do    func(*counter) error
	state func(*counter) string
}

// money lists the orders and refunds of the papers of a case.
func (c *counter) money(court, number string) string {
	c.t.Helper()
	all, _, err := c.Registry().Papers(c.t.Context(), court, number, "", 100)
	require.NoError(c.t, err)
	out := ""
	for _, d := range all {
		out += fmt.Sprintln(d.Serial, d.Kind, d.State, d.CorrectedBy, d.Fee, d.FeeOf)
		for _, id := range []string{d.Charge, d.Rest} {
			if id == "" {
				continue
			}
			o := c.feeOrder(id)
			out += fmt.Sprintln(" ", o.State, o.Amount)
			for _, r := range c.refunds(id) {
				out += fmt.Sprintln("   back", r.Amount)
			}
		}
	}
	return out
}

func fatals() map[string]fatal {
	return map[string]fatal{
		"service": {
			setUp: func(t *testing.T) *counter {
				c := newCase(t)
				paper1 := c.issue(award()).Document.Serial
				c.set("2026-03-16 10:00:00")
				c.served(paper1, "2026-03-13 09:00:00")
				c.submit(paper(icmshk.LeaveToAppeal))
				return c
			},
			do: func(c *counter) error {
				in := icms.ServedPaper{
					Court: "SCT", Case: firstCase, Party: "defendant-1", Paper: 1, How: "post", At: hk("2026-03-03 09:00:00"), By: registrar,
					Corrects: 2, Reason: wrongDay,
				}
				if _, err := c.Registry().RecordService(c.t.Context(), in); err != nil {
					return err
				}
				_, err := c.Registry().TakeBackService(c.t.Context(), icms.TakenBack{
					Court: "SCT", Case: firstCase, Party: "defendant-1", Record: 4, Reason: wrongDay, By: registrar,
				})
				return err
			},
			state: func(c *counter) string {
				return fmt.Sprint(c.papers(), c.box("defendant-0001"), c.box("registry"), c.box("sample-utilities"))
			},
		},
		"late paper allowed": {
			setUp: func(t *testing.T) *counter {
				c := newCase(t)
				for i := range c.court.Papers {
					c.court.Papers[i].Fee = feeshk.Search
				}
				c.open()
				c.event(icms.AwardMade, "2026-03-02")
				c.set("2026-03-11 16:00:00")
				c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "")
				d := c.submit(paper(icmshk.Review)).Document
				_, err := c.AccountsOffice().Collect(t.Context(), d.Charge, "SLIP-1", registrar)
				require.NoError(t, err)
				c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "2026-03-12 08:45:00")
				c.set("2026-03-12 10:00:00")
				c.ask(icms.TimeRequest{Document: d.Serial})
				return c
			},
			do: func(c *counter) error {
				all, _, err := c.Registry().TimeRequestsIn(c.t.Context(), "SCT", firstCase, "", 10)
				if err == nil {
					_, err = c.Registry().AllowTime(c.t.Context(), all[0].ID, true, nil, registrar)
				}
				return err
			},
			state: func(c *counter) string { return c.money("SCT", firstCase) },
		},
		"priced again": {
			setUp: func(t *testing.T) *counter {
				c := newTariff(t, "60.00")
				c.flood("")
				c.paid(c.submit(motion("motion")).Document.Charge)
				c.set("2026-03-06 18:00:00")
				c.flood("2026-03-06 18:00:00")
				return c
			},
			do:    func(c *counter) error { _, err := c.Resume(c.t.Context()); return err },
			state: func(c *counter) string { return c.money("BMC", "D-0001/2026") },
		},
	}
}

// TestDieOverPapersAndTheirMoney lets the process die before and after each change, and another one do it again: as if nothing had happened.
func TestDieOverPapersAndTheirMoney(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, many steps: left to the run of everything, without the race detector")
	}
	for name, f := range fatals() {
		t.Run(name, func(t *testing.T) {
			whole := f.setUp(t)
			require.NoError(t, f.do(whole))
			want := f.state(whole)
			for _, after := range []bool{false, true} {
				for n := int64(1); ; n++ {
					c := f.setUp(t)
					kept := c.store
					m := &mortal{Store: kept, after: after}
					m.left.Store(n)
					c.store = m
					c.open()
					died := f.do(c) != nil
					c.store = kept
					c.open()
					for range 2 {
						c.at = c.at.Add(2 * time.Hour)
						require.NoError(t, f.do(c))
					}
					require.Equal(t, want, f.state(c), "change %d", n)
					c.proven()
					if !died {
						require.Greater(t, n, int64(1), "there is something to die at")
						break
					}
				}
			}
		})
	}
}

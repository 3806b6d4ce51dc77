package icms_test

import (
	"context"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	icmshk "courts.example/eservices/icms/hk"
)

// changingProbes knock at the doors whose objects are made for it, or are gone afterwards. They come last.
func (w *town) changingProbes() []probe {
	out := w.ownCaseProbes()
	out = append(out, w.timeProbes()...)
	out = append(out, w.deliveryProbes()...)
	closing := probe{method: "CloseAccount", state: is(access.Own), open: true, call: func(ctx context.Context, x *icms.Session, _ string) error {
		return x.CloseAccount(ctx)
	}}
	return append(out, closing)
}

// litigant says who has cases and batches of its own: not users of the court, nor administrators.
func litigant(p person) bool {
	return p.member != "" && (p.name == p.member || p.name[len(p.name)-1] < 'a')
}

// ownCaseProbes list the own cases and batches: those who have none of their own, as users of the court have them, are let in nowhere.
func (w *town) ownCaseProbes() []probe {
	own := func(of access.State) func(p person) access.State {
		return func(p person) access.State {
			if litigant(p) {
				return of
			}
			return "" // none at all
		}
	}
	return []probe{{
		method: "Cases", open: true, state: own(access.Open),
		relation: func(p person) []access.Role {
			if litigant(p) {
				return []access.Role{access.Party}
			}
			return nil
		},
		call: func(ctx context.Context, x *icms.Session, _ string) error {
			_, _, err := x.Cases(ctx, "", 10)
			return err
		},
	}, {
		method: "Batches", open: true, state: own(access.Own),
		call: func(ctx context.Context, x *icms.Session, _ string) error {
			_, _, err := x.Batches(ctx, "", 10)
			return err
		},
	}}
}

// timeProbes decide requests for time, one in each of three cases.
func (w *town) timeProbes() []probe {
	var out []probe
	for i, state := range []access.State{access.Open, access.Restricted, access.Sealed} {
		n := 4 + i
		out = append(out, probe{
			method: "AllowTime", name: w.request(n), state: is(state), relation: func(p person) []access.Role { return p.relation(n) },
			call: func(ctx context.Context, x *icms.Session, id string) error {
				_, err := x.AllowTime(ctx, id, false, nil)
				return err
			},
		})
	}
	return out
}

// request has the defendant ask for time in a case, which is open for as long as that takes.
func (w *town) request(n int) string {
	w.t.Helper()
	ctx, act := w.t.Context(), icms.CaseAct{Court: "SCT", Case: number(n), By: registrar}
	f, err := w.Registry().Case(ctx, "SCT", number(n))
	require.NoError(w.t, err)
	_, err = w.Registry().SetAccess(ctx, act, icms.CaseOpen)
	require.NoError(w.t, err)
	asked, err := w.Registry().RequestTime(ctx, icms.TimeRequest{
		Court: "SCT", Case: number(n), Party: "defendant-1", Kind: icmshk.Evidence, Reason: why, AsOf: w.now().AddDate(0, 0, -1),
		By: icms.Filer{Organisation: "dora", User: "dora"}, Reference: "probe",
	})
	require.NoError(w.t, err)
	_, err = w.Registry().SetAccess(ctx, act, f.Access)
	require.NoError(w.t, err)
	return asked.ID
}

// deliveryProbes ask for the proofs of delivery of the notices: of what nobody may know of who may not read the case.
func (w *town) deliveryProbes() []probe {
	var out []probe
	for i, state := range []access.State{access.Open, access.Restricted, access.Sealed} {
		n := 4 + i
		out = append(out, probe{
			method: "Deliveries", name: number(n), open: state == access.Open,
			state: func(p person) access.State {
				if state != access.Sealed || w.reads(p, n, state) {
					return access.Foreign
				}
				return ""
			},
			call: func(ctx context.Context, x *icms.Session, name string) error {
				_, err := x.Deliveries(ctx, "SCT", name, noticeSerial)
				return err
			},
		})
	}
	return out
}

// reads says whether the table lets somebody read a case.
func (w *town) reads(p person, n int, state access.State) bool {
	table, err := icmshk.Access()
	require.NoError(w.t, err)
	return table.Allows(append(p.relation(n), p.roles...), access.ReadCase, access.Case, state).Allowed
}

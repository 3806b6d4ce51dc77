package icms_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
)

// A search goes by a number, a name, days or a type, by each alone and by all of them together: a case has all that is asked for.
func TestWhatASearchGoesBy(t *testing.T) {
	c := newCase(t)
	c.court.Inspection.Item = ""
	c.open()
	_, err := c.Registry().File(t.Context(), batch(claims(1, "B"))) // a third case, of 2 March
	require.NoError(t, err)
	const first, second, third = firstCase, "SCTC000002/2026", "SCTC000003/2026"
	day := calendar.MustDate
	for i, one := range []struct {
		icms.Search
		want []string
	}{
		{icms.Search{Number: second}, []string{second}},
		{icms.Search{Number: "SCTC000009/2026"}, []string{}},
		{icms.Search{Party: "00001"}, []string{first, third}},
		{icms.Search{From: day("2026-03-02")}, []string{third}},
		{icms.Search{Until: day("2026-03-01")}, []string{first, second}},
		{icms.Search{From: day("2026-02-27"), Until: day("2026-02-27")}, []string{first, second}},
		{icms.Search{From: day("0001-01-01"), Until: day("9999-12-31")}, []string{first, second, third}},
		{icms.Search{Type: "bulk_claim"}, []string{first, second, third}},
		{icms.Search{Number: first, Party: "defendant 00001"}, []string{first}},
		{icms.Search{Number: first, Party: "sample utilities"}, []string{first}},
		{icms.Search{Number: first, Party: "00002"}, []string{}},
		{icms.Search{Number: first, From: day("2026-02-27"), Until: day("2026-02-27")}, []string{first}},
		{icms.Search{Number: first, From: day("2026-02-28")}, []string{}},
		{icms.Search{Number: third, Until: day("2026-03-01")}, []string{}},
		{icms.Search{Number: first, Type: "bulk_claim"}, []string{first}},
		{icms.Search{Party: "00001", From: day("2026-03-01")}, []string{third}},
		{icms.Search{Party: "公用", Until: day("2026-03-01"), Type: "bulk_claim"}, []string{first, second}},
		{icms.Search{Number: third, Party: "00001", From: day("2026-03-02"), Until: day("2026-03-02"), Type: "bulk_claim"}, []string{third}},
	} {
		one.Court, one.By, one.Reference = "SCT", stranger, fmt.Sprint(i)
		q := c.look(one.Search)
		for _, size := range []int{1, 2, 100} {
			require.Equal(t, one.want, c.found(q, size), "%+v", one.Search)
		}
		for _, number := range []string{first, second, third} {
			_, err := c.Inspection().Case(t.Context(), q.ID, number)
			is := false
			for _, n := range one.want {
				is = is || n == number
			}
			if is {
				require.NoError(t, err, "%+v, %s", one.Search, number)
			} else {
				require.ErrorIs(t, err, icms.ErrNotFound, "%+v, %s", one.Search, number)
			}
		}
	}
}

// Two nodes with one database are asked for the same search and told of the same payment at the same time: there is one order, one payment, one
// receipt and one hour at which the time began.
func TestTwoNodesSellOneSearch(t *testing.T) {
	x := newTill(t, false)
	path := filepath.Join(t.TempDir(), "shared.db")
	nodes := make([]*icms.Service, 2)
	for i := range nodes {
		db, err := sqlite.Open(t.Context(), sqlite.Options{Path: path, Durability: sqlite.Process})
		require.NoError(t, err)
		defer db.Close()
		x.openOn(db)
		nodes[i] = x.Service
	}
	in := icms.Search{Court: "SCT", By: stranger, Reference: "1", Number: firstCase}
	got := make([]icms.Searched, 8)
	each := func(do func(i int, node *icms.Service)) {
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() { do(i, nodes[i%2]) })
		}
		wg.Wait()
	}
	each(func(i int, node *icms.Service) {
		var err error
		got[i], err = node.Inspection().Search(t.Context(), in)
		require.NoError(t, err)
	})
	for _, q := range got {
		require.Equal(t, got[0].Order, q.Order)
		require.Equal(t, icms.SearchAsked, q.State)
	}
	a, err := nodes[0].AccountsOffice().Cashier().Start(t.Context(), payment.StartRequest{Order: got[0].Order, Gateway: "simpay", Means: payment.Visa, By: "somebody"})
	require.NoError(t, err)
	_, err = x.sim.Pay(a.ID)
	require.NoError(t, err)
	each(func(i int, node *icms.Service) {
		_, err := node.AccountsOffice().Cashier().Check(t.Context(), a.ID)
		require.NoError(t, err)
		got[i], err = node.Inspection().Search(t.Context(), in)
		require.NoError(t, err)
	})
	for _, q := range got {
		require.Equal(t, icms.SearchOpen, q.State)
		require.NotEmpty(t, q.Receipt)
		require.Equal(t, got[0], q)
	}
	orders, _, err := nodes[1].AccountsOffice().Orders().List(t.Context(), payment.Query{For: payment.Subject{Kind: "search", ID: got[0].ID}})
	require.NoError(t, err)
	require.Len(t, orders, 1)
	require.NoError(t, nodes[0].Audit().Verify(t.Context(), "SCT", 2026))
}

// A process may die at every change between the start of a payment at a gateway and the opening of the search: who asks the gateway again opens what
// was paid for, once.
func TestAPaymentForASearchOutlivesItsProcess(t *testing.T) {
	for _, after := range []bool{false, true} {
		for n := int64(1); ; n++ {
			require.Less(t, n, int64(20))
			x := newTill(t, false)
			in := icms.Search{Court: "SCT", By: stranger, Reference: "1", Number: firstCase}
			q := x.look(in)
			pay := func() error {
				cashier := x.AccountsOffice().Cashier()
				a, err := cashier.ActiveOf(t.Context(), q.Order)
				if errors.Is(err, payment.ErrNoAttempt) {
					if o, failed := x.AccountsOffice().Orders().Get(t.Context(), q.Order); failed != nil || o.State == payment.Paid {
						return failed
					}
					a, err = cashier.Start(t.Context(), payment.StartRequest{Order: q.Order, Gateway: "simpay", Means: payment.Visa, By: "somebody"})
				}
				if err == nil {
					a, err = cashier.Check(t.Context(), a.ID)
				}
				if err == nil && a.State == payment.AttemptPending {
					if _, err = x.sim.Pay(a.ID); err == nil {
						_, err = cashier.Check(t.Context(), a.ID)
					}
				}
				return err
			}
			dying := &mortal{Store: x.store, after: after}
			dying.left.Store(n)
			x.openOn(dying)
			died := pay() != nil
			x.open()
			x.set("2026-03-02 10:20:00") // what the other had taken on is free
			require.NoError(t, pay())
			q = x.look(in)
			require.Equal(t, icms.SearchOpen, q.State, "died at change %d", n)
			require.NotEmpty(t, q.Receipt)
			orders, _, err := x.AccountsOffice().Orders().List(t.Context(), payment.Query{For: payment.Subject{Kind: "search", ID: q.ID}})
			require.NoError(t, err)
			require.Len(t, orders, 1)
			require.Equal(t, payment.Paid, orders[0].State)
			x.proven()
			if !died {
				require.Greater(t, n, int64(2))
				break
			}
		}
	}
}

package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
	"github.com/stretchr/testify/require"
)

const account = "deposit:sample-utilities/main"

// now is when the tests file: a Monday on which the registry is open.
func now() time.Time { return time.Date(2026, time.March, 2, 10, 0, 0, 0, calendarhk.Zone()) }

// service opens a service for the Small Claims Tribunal on a store, with an invented claimant.
func service(t testing.TB, s store.Store) *icms.Service {
	court, err := icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{{
		Claimant:  filing.Claimant{ID: "sample-utilities", Name: law.T("Sample Utilities Limited", "範例公用事業有限公司")},
		Provision: law.Provision{Instrument: "test data", Status: law.Assumed},
	}}})
	require.NoError(t, err)
	blobs, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	c, err := icms.New(icms.Options{Store: s, Blobs: blobs, Courts: []icms.Court{court}, Clock: now})
	require.NoError(t, err)
	return c
}

// counter opens a service whose claimant has money.
func counter(t testing.TB, s store.Store) *icms.Service {
	c := service(t, s)
	hkd := money.MustCurrency("HKD")
	_, err := c.AccountsOffice().Ledger().Do(t.Context(), ledger.OpenAccount{Account: account, Currency: hkd, At: now()})
	require.NoError(t, err)
	_, err = c.AccountsOffice().Ledger().Do(t.Context(), ledger.TopUp{
		From: ledger.Bank("test"), Reference: "top-up", Account: account, Amount: money.New(100_000_000, hkd), At: now(),
	})
	require.NoError(t, err)
	return c
}

// claims writes n good claims as CSV.
func claims(n int) string {
	var b strings.Builder
	b.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on\n")
	for i := range n {
		fmt.Fprintf(&b, "INV-%05d,other,%d,Defendant %05d,\"Flat %d, Sample House, Example Road\",services,Unpaid charges for services,Sum of invoices,2026-01-%02d\n",
			i+1, 1000*(1+i%60), i+1, i+1, i%28+1)
	}
	return b.String()
}

// file files the claims.
func file(ctx context.Context, c *icms.Service, csv string) (icms.Result, error) {
	return c.Registry().File(ctx, icms.Batch{
		Court: "SCT", Claimant: "Sample Utilities Limited", By: icms.Filer{Organisation: "sample-utilities", User: "clerk-1"}, Account: account,
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(csv), Size: int64(len(csv))}, Format: filing.CSV{},
	})
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
)

// claimsFile has n claims.
func claimsFile(n int) string {
	var b strings.Builder
	b.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on\n")
	for i := range n {
		fmt.Fprintf(&b, "A-%d,other,%d,Defendant %04d,\"Flat %d, Sample House\",services,Unpaid charges,Sum of invoices,2026-01-05\n", i+1, 1000+i, i+1, i+1)
	}
	return b.String()
}

// court makes a database in which something has happened: a member registered, money came in, a batch was filed, a notice was issued.
func court(t *testing.T) string {
	t.Helper()
	return courtOf(t, 2)
}

// courtOf makes one whose batch has n claims.
func courtOf(t *testing.T, n int) string {
	t.Helper()
	claims := claimsFile(n)
	ctx, folder := t.Context(), t.TempDir()
	path := filepath.Join(folder, "court.db")
	db, err := sqlite.Open(ctx, sqlite.Options{Path: path})
	require.NoError(t, err)
	blobs, err := blob.OpenFolder(filepath.Join(folder, "blobs"))
	require.NoError(t, err)
	sct, err := icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{{
		Claimant:  filing.Claimant{ID: "sample-utilities", Name: law.T("Sample Utilities Limited", "範例公用事業有限公司")},
		Provision: law.Provision{Instrument: "test data", Status: law.Assumed},
	}}})
	require.NoError(t, err)
	at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	svc, err := icms.New(icms.Options{
		Store: db, Blobs: blobs, Courts: []icms.Court{sct}, Members: icmshk.Members(), Clock: func() time.Time { return at },
	})
	require.NoError(t, err)
	officer := members.By{Organisation: "registry", User: "officer-1"}
	for _, r := range []members.Request{
		members.ApplyIndividual{ID: "d1", Subject: "login-1", Name: law.T("Defendant 0001", ""), Eligible: icmshk.PartyToCase, At: at},
		members.Decide{ID: "d1", Approve: true, By: officer, At: at},
	} {
		_, err := svc.Members().Do(ctx, r)
		require.NoError(t, err)
	}
	account, hkd := ledger.Deposit("sample-utilities", ledger.Main), money.MustCurrency("HKD")
	for _, r := range []ledger.Request{
		ledger.OpenAccount{Account: account, Currency: hkd, At: at},
		ledger.TopUp{From: ledger.Bank("test"), Reference: "1", Account: account, Amount: money.New(10_000_000, hkd), At: at},
	} {
		_, err := svc.AccountsOffice().Ledger().Do(ctx, r)
		require.NoError(t, err)
	}
	result, err := svc.Registry().File(ctx, icms.Batch{
		Court: "SCT", Claimant: "sample-utilities", By: icms.Filer{Organisation: "sample-utilities", User: "clerk-1"}, Account: string(account),
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(claims), Size: int64(len(claims))}, Format: filing.CSV{},
	})
	require.NoError(t, err)
	require.Equal(t, icms.Registered, result.State, "%v", result.Findings)
	_, err = svc.Registry().Issue(ctx, icms.Issue{
		Court: "SCT", Case: result.Acknowledgement.FirstCase, Kind: icms.PaperNotice, Words: law.T("Take notice.", ""),
		By: icms.Filer{Organisation: "registry", User: "officer-1"},
	})
	require.NoError(t, err)
	require.NoError(t, db.Close())
	return path
}

// audit runs the program.
func audit(t *testing.T, args ...string) (status int, out string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run(context.WithoutCancel(t.Context()), args, &stdout, &stderr)
	return status, stdout.String() + stderr.String()
}

// copyOf copies a database.
func copyOf(t *testing.T, path string) string {
	t.Helper()
	from, err := os.Open(path)
	require.NoError(t, err)
	defer from.Close()
	to, err := os.Create(filepath.Join(t.TempDir(), "court.db"))
	require.NoError(t, err)
	_, err = io.Copy(to, from)
	require.NoError(t, err)
	require.NoError(t, to.Close())
	return to.Name()
}

package e2e_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/plugins/host"
)

// A court that is not in Hong Kong, of which the host knows nothing but the tables that a plugin's process hands over: another zone with summer time, other
// hours and holidays, another currency, a fee by percentage. It files a batch end to end, into a store that is a process too, and goes on
// when the process of the court is dead.
func TestAForeignCourtOfTables(t *testing.T) {
	document, err := os.ReadFile("../../../icms/tables/testdata/ballymore.json")
	require.NoError(t, err)
	h := newHost(t,
		host.Plugin{Name: courtName, Plugin: "tables", Kind: host.Court, Args: []string{asCourt}, Config: document},
		host.Plugin{Name: storeName, Plugin: "sqlite", Kind: host.Store, Args: []string{asStore}, Config: configuration(t, map[string]any{
			"path": filepath.Join(t.TempDir(), "records.db"), "durability": "process",
		})})
	court, err := h.Court(t.Context(), courtName)
	require.NoError(t, err)
	records, err := h.Store(t.Context(), storeName)
	require.NoError(t, err)
	blobs, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	// Friday evening before the clocks go forward: the next opening is on Monday, in summer time.
	friday := time.Date(2026, 3, 27, 17, 0, 0, 0, time.UTC)
	s, err := icms.New(icms.Options{Store: records, Blobs: blobs, Courts: []icms.Court{court}, Clock: func() time.Time { return friday }})
	require.NoError(t, err)
	eur, account := money.MustCurrency("EUR"), ledger.Deposit("gaelic-gas", ledger.Main)
	l := s.AccountsOffice().Ledger()
	_, err = l.Do(t.Context(), ledger.OpenAccount{Account: account, Currency: eur, At: friday})
	require.NoError(t, err)
	_, err = l.Do(t.Context(), ledger.TopUp{From: ledger.Bank("test"), Reference: "1", Account: account, Amount: money.New(20_000, eur), At: friday})
	require.NoError(t, err)

	pid, err := strconv.Atoi(status(h, courtName).PID)
	require.NoError(t, err)
	process, err := os.FindProcess(pid)
	require.NoError(t, err)
	require.NoError(t, process.Kill())

	file := func(name string, amounts ...string) icms.Result {
		r, err := s.Registry().File(t.Context(), foreign(name, string(account), amounts...))
		require.NoError(t, err)
		return r
	}
	r := file("GAS", "100.00", "1000.10", "2000.00")
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
	require.Equal(t, "EUR 110.00", r.Payment.Amount.String(), "3.5 per cent: 15.00 at least, 35.00, and 60.00 at most")
	a := r.Acknowledgement
	require.Equal(t, "2026-03-30T10:00:00+01:00", a.Deemed.Format(time.RFC3339))
	require.Equal(t, "D-0001/2026 D-0003/2026", a.FirstCase+" "+a.LastCase)
	require.Contains(t, fmt.Sprint(a.Reason), "Ballymore Rules r. 9")
	again := file("GAS", "100.00", "1000.10", "2000.00")
	require.True(t, again.Replayed)
	require.Equal(t, string(r.Acknowledged), string(again.Acknowledged))

	over := file("BIG", "2000.01")
	require.Equal(t, icms.Refused, over.State)
	require.Equal(t, "Ballymore Courts Act s. 4", over.Findings[0].Provision.Cite())
	balance, err := l.Balance(t.Context(), account)
	require.NoError(t, err)
	require.Equal(t, "EUR 90.00", balance.Available.String())
	require.NoError(t, s.Audit().Verify(t.Context(), "BMC", 2026))

	// Whoever asks for the court again has it from the next process, and it is the same.
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	next, err := h.Court(ctx, courtName)
	require.NoError(t, err)
	require.Equal(t, court.Filing.Version, next.Filing.Version)
	require.Equal(t, uint64(2), status(h, courtName).Process)
}

// foreign writes a batch of claims for a supply of gas.
func foreign(name, account string, amounts ...string) icms.Batch {
	var b strings.Builder
	b.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on\n")
	for i, amount := range amounts {
		fmt.Fprintf(&b, "%s-%d,supply,%s,Defendant %05d,\"%d Sample Street\",supply,Unpaid charges,Sum of invoices,2026-01-05\n", name, i+1, amount, i+1, i+1)
	}
	return icms.Batch{
		Court: "BMC", Claimant: "Gaelic Gas Sample plc", By: icms.Filer{Organisation: "gaelic-gas", User: "clerk-1"}, Account: account,
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(b.String()), Size: int64(b.Len())}, Format: filing.CSV{},
	}
}

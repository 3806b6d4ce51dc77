package tables_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/icms/tables"
	"courts.example/eservices/payment/ledger"
)

func document(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return data
}

func load(t testing.TB, data []byte) icms.Court {
	t.Helper()
	read, err := tables.Load(data)
	require.NoError(t, err)
	court, err := read.Court()
	require.NoError(t, err)
	return court
}

// counter opens a service of a court on a store of its own, at an instant.
func counter(t testing.TB, court icms.Court, at time.Time) *icms.Service {
	t.Helper()
	db, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(t.TempDir(), "court.db")})
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	content, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	s, err := icms.New(icms.Options{
		Store: db, Blobs: content, Courts: []icms.Court{court}, Clock: func() time.Time { return at },
	})
	require.NoError(t, err)
	return s
}

// deposit puts money on an account.
func deposit(t testing.TB, s *icms.Service, account ledger.AccountID, amount money.Amount, at time.Time) {
	t.Helper()
	l := s.AccountsOffice().Ledger()
	_, err := l.Do(t.Context(), ledger.OpenAccount{Account: account, Currency: amount.Currency(), At: at})
	require.NoError(t, err)
	_, err = l.Do(t.Context(), ledger.TopUp{From: ledger.Bank("test"), Reference: "1", Account: account, Amount: amount, At: at})
	require.NoError(t, err)
}

func claims(prefix, category string, amounts ...string) string {
	var b strings.Builder
	b.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on\n")
	for i, amount := range amounts {
		fmt.Fprintf(&b, "%s-%05d,%s,%s,Defendant %05d,\"Flat %d, Sample House, Example Road\",services,Unpaid charges,Sum of invoices,2026-01-%02d\n",
			prefix, i+1, category, amount, i+1, i+1, i%28+1)
	}
	return b.String()
}

func batch(court, claimant, organisation, csv string, account ledger.AccountID) icms.Batch {
	return icms.Batch{
		Court: court, Claimant: claimant, By: icms.Filer{Organisation: organisation, User: "clerk-1"},
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(csv), Size: int64(len(csv))}, Format: filing.CSV{}, Account: string(account),
	}
}

// A court that is one file, in another zone, currency and language, with a fee by percentage.
func TestACourtThatIsOneFileFilesABatch(t *testing.T) {
	// Friday evening before the clocks go forward: the next opening is on Monday, in summer time.
	at := time.Date(2026, 3, 27, 17, 0, 0, 0, time.UTC)
	s := counter(t, load(t, document(t, "ballymore.json")), at)
	account := ledger.Deposit("gaelic-gas", "main")
	deposit(t, s, account, money.New(20_000, money.MustCurrency("EUR")), at)

	csv := claims("GAS", "supply", "100.00", "1000.10", "2000.00")
	r, err := s.Registry().File(t.Context(), batch("BMC", "Gaelic Gas Sample plc", "gaelic-gas", csv, account))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
	require.Equal(t, "EUR 110.00", r.Payment.Amount.String(), "15.00, 35.00 and 60.00")
	require.Equal(t, "2026-03-30T10:00:00+01:00", r.Acknowledgement.Deemed.Format(time.RFC3339))
	require.Equal(t, "D-0001/2026", r.Acknowledgement.FirstCase)
	require.NoError(t, s.Audit().Verify(t.Context(), "BMC", 2026))

	over := batch("BMC", "Gaelic Gas Sample plc", "gaelic-gas", claims("BIG", "supply", "2000.01"), account)
	refused, err := s.Registry().Preflight(t.Context(), over)
	require.NoError(t, err)
	require.Equal(t, icms.Refused, refused.State)
	require.Len(t, refused.Findings, 1, "%v", refused.Findings)
	require.Equal(t, "Ballymore Courts Act s. 4", refused.Findings[0].Provision.Cite())
}

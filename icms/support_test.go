package icms_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
)

// sample is an invented claimant with an invented approval.
var sample = filing.Approval{
	Claimant:  filing.Claimant{ID: "sample-utilities", Name: law.T("Sample Utilities Limited", "範例公用事業有限公司")},
	Provision: law.Provision{Instrument: "test data", Status: law.Assumed},
}

const account = "deposit:sample-utilities/main"

// counter is a service for the Small Claims Tribunal on a store of its own, with a clock that the test sets.
type counter struct {
	*icms.Service
	t     testing.TB
	store store.Store
	blobs blob.Store
	court icms.Court
	mu    sync.Mutex
	at    time.Time
}

// hk reads a local time of Hong Kong.
func hk(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", text, calendarhk.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func (c *counter) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *counter) set(at string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = hk(at)
}

func openStore(t testing.TB, folder string) store.Store {
	t.Helper()
	db, err := sqlite.Open(context.Background(), sqlite.Options{Path: filepath.Join(folder, "court.db")})
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func smallClaims(t testing.TB) icms.Court {
	t.Helper()
	court, err := icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{sample}})
	require.NoError(t, err)
	return court
}

// newCounter opens a counter at a local time, with money on the sample claimant's account.
func newCounter(t testing.TB, at string, deposit int64) *counter {
	t.Helper()
	c := &counter{t: t, store: openStore(t, t.TempDir()), blobs: openBlobs(t, t.TempDir()), court: smallClaims(t)}
	c.set(at)
	c.open()
	c.topUp(deposit)
	return c
}

// open makes the service anew, as after a restart.
func (c *counter) open() {
	c.t.Helper()
	var err error
	c.Service, err = icms.New(icms.Options{Store: c.store, Blobs: c.blobs, Courts: []icms.Court{c.court}, Clock: c.now})
	require.NoError(c.t, err)
}

func (c *counter) topUp(dollars int64) {
	c.t.Helper()
	l := c.AccountsOffice().Ledger()
	_, err := l.Do(c.t.Context(), ledger.OpenAccount{Account: account, Currency: money.MustCurrency("HKD"), At: c.now()})
	require.NoError(c.t, err)
	if dollars > 0 {
		_, err = l.Do(c.t.Context(), ledger.TopUp{
			From: ledger.Bank("test"), Reference: fmt.Sprintf("top-up-%d-%d", dollars, c.now().Unix()), Account: account,
			Amount: money.New(dollars*100, money.MustCurrency("HKD")), At: c.now(),
		})
		require.NoError(c.t, err)
	}
}

func (c *counter) balance() string {
	c.t.Helper()
	b, err := c.AccountsOffice().Ledger().Balance(c.t.Context(), account)
	require.NoError(c.t, err)
	return b.Posted.String()
}

// claims writes n good claims as CSV, of the amounts given in turn.
func claims(n int, prefix string, amounts ...string) string {
	if len(amounts) == 0 {
		amounts = []string{"1000", "20000", "30000", "60000"}
	}
	var b strings.Builder
	b.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on\n")
	for i := range n {
		fmt.Fprintf(&b, "%s-%05d,other,%s,Defendant %05d,\"Flat %d, Sample House, Example Road\",services,Unpaid charges for services,Sum of invoices,2026-01-%02d\n",
			prefix, i+1, amounts[i%len(amounts)], i+1, i+1, i%28+1)
	}
	return b.String()
}

// batch is a batch of the sample claimant with those bytes.
func batch(csv string) icms.Batch {
	return icms.Batch{
		Court: "SCT", Claimant: "Sample Utilities Limited", By: icms.Filer{Organisation: "sample-utilities", User: "clerk-1"},
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(csv), Size: int64(len(csv))}, Format: filing.CSV{}, Account: account,
	}
}

func codes(findings []filing.Finding) []string {
	out := make([]string, len(findings))
	for i, f := range findings {
		out[i] = string(f.Code)
	}
	return out
}

// memoryBlobs keeps content in memory.
type memoryBlobs struct {
	mu   sync.Mutex
	kept map[string][]byte
}

func openBlobs(testing.TB, string) blob.Store { return &memoryBlobs{kept: map[string][]byte{}} }

type memoryBlob struct {
	*bytes.Reader
	in   *memoryBlobs
	body []byte
	hash string
}

func (m *memoryBlobs) Stage(_ context.Context, r io.Reader, _ int64) (blob.Staged, error) {
	body, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	return &memoryBlob{bytes.NewReader(body), m, body, hex.EncodeToString(sum[:])}, nil
}

func (m *memoryBlobs) Open(_ context.Context, hash string) (blob.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	body, ok := m.kept[hash]
	if !ok {
		return nil, blob.ErrNotFound
	}
	return &memoryBlob{Reader: bytes.NewReader(body)}, nil
}

func (m *memoryBlobs) Has(_ context.Context, hash string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.kept[hash]
	return ok, nil
}

func (b *memoryBlob) Hash() string { return b.hash }
func (b *memoryBlob) Close() error { return nil }
func (b *memoryBlob) Drop() error  { return nil }
func (b *memoryBlob) Size() int64  { return b.Reader.Size() }
func (b *memoryBlob) Keep(context.Context) error {
	b.in.mu.Lock()
	defer b.in.mu.Unlock()
	b.in.kept[b.hash] = b.body
	return nil
}

func replaceAll(s, old, with string) string { return strings.ReplaceAll(s, old, with) }

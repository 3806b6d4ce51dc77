package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// instant reads an instant of the tests.
func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := parseInstant(text)
	require.NoError(t, err)
	return at
}

// TestOtherReading files in the last evening of the concession: submitted within it, deemed received after it.
func TestOtherReading(t *testing.T) {
	p := newPlace(t)
	claims := written(t, "claims.csv", heading+good("A-1", "60000"))
	got := bulk(t, "-at", "2027-10-30T10:00:00", "-db", p.db(), "-out", p.out(), "-claims", claims)
	require.Equal(t, filed, got.status, got.stderr)
	require.Contains(t, got.stdout, "Deemed received  Mon 1 Nov 2027 08:45:00")
	require.Contains(t, got.stdout, "HKD 120.00 paid")
	require.Contains(t, got.stdout, "another reading of the law prices as of Sat 30 Oct 2027 10:00:00: HKD 96.00")
}

// TestUnpaid files with an account on which too little is left, and again when there is enough.
func TestUnpaid(t *testing.T) {
	p := newPlace(t)
	claims := written(t, "claims.csv", heading+good("A-1", "60000"))
	c := p.open(t)
	ctx := t.Context()
	account, _, err := c.fund(ctx, exampleClaimant)
	require.NoError(t, err)
	spent, err := deposit().Sub(hkd(95_00))
	require.NoError(t, err)
	_, err = c.ledger.Do(ctx, ledger.Debit{ID: "spent", Account: account, To: []ledger.Posting{{Account: ledger.Revenue("SCT", "search"), Amount: spent}}, At: c.clock()})
	require.NoError(t, err)

	short := bulk(t, p.args("-claims", claims)...)
	require.Equal(t, failed, short.status, short.stdout)
	require.Contains(t, short.stderr, "accepted but not paid")
	require.Contains(t, short.stderr, string(account))
	require.Contains(t, short.stderr, "run the same command again")
	require.NoFileExists(t, p.out()+"/"+ackFile)

	_, err = c.ledger.Do(ctx, ledger.TopUp{From: ledger.Bank("example"), Reference: "more", Account: account, Amount: hkd(1_00), At: c.clock()})
	require.NoError(t, err)
	paid := bulk(t, p.args("-claims", claims)...)
	require.Equal(t, filed, paid.status, paid.stderr)
	require.Equal(t, hkd(0), balance(t, c))
	require.Equal(t, 1, p.acknowledgement(t, c).Claims)
}

// TestPending files while the reopening of a closed office is not announced, and runs again when it is.
func TestPending(t *testing.T) {
	p := newPlace(t)
	c := p.open(t)
	ctx := t.Context()
	closure := calendar.Closure{ID: "black-rain", Cause: "black rainstorm warning", From: instant(t, "2026-03-02T09:00:00"), Known: instant(t, "2026-03-02T09:00:00"), Authority: "Registrar"}
	by := icms.Filer{Organisation: "registry"}
	_, err := c.Registry().Announce(ctx, c.court.Code, icms.BothOffices, closure, by)
	require.NoError(t, err)

	claims := written(t, "claims.csv", heading+good("A-1", "60000"))
	flags := []string{"-at", "2026-03-02T10:00:00", "-db", p.db(), "-out", p.out(), "-claims", claims}
	waiting := bulk(t, flags...)
	require.Equal(t, filed, waiting.status, waiting.stderr)
	requireGolden(t, "pending.txt", p.tidy(waiting.stdout))
	require.Contains(t, p.read(t, pageFile), "重新開放")
	require.Equal(t, statusAccepted, resultRows(t, p)[1][2])

	closure.Reopens, closure.Known = instant(t, "2026-03-02T15:10:00"), instant(t, "2026-03-02T13:00:00")
	_, err = c.Registry().Announce(ctx, c.court.Code, icms.BothOffices, closure, by)
	require.NoError(t, err)
	complete := bulk(t, flags...)
	require.Equal(t, filed, complete.status, complete.stderr)
	require.Contains(t, complete.stdout, "deemed received Mon 2 Mar 2026 15:10:00")
	requireFiledOnce(t, p, 1, "")
}

// fullStore is a store whose disk is full from a write on.
type fullStore struct {
	store.Store
	left int
}

func (s *fullStore) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if s.left--; s.left < 0 {
		return store.Applied{}, fmt.Errorf("%w: no space left on device", store.ErrFull)
	}
	return s.Store.Apply(ctx, c)
}

// TestFullDisk lets the disk be full from each write on in turn: a clear message, and with space the next run goes on.
func TestFullDisk(t *testing.T) {
	claims := written(t, "claims.csv", heading+good("A-1", "60000"))
	for writes := 0; ; writes++ {
		p := newPlace(t)
		d := deps{store: func(s store.Store) store.Store { return &fullStore{s, writes} }}
		full := bulkWith(t, d, p.args("-claims", claims)...)
		if full.status == filed {
			require.Greater(t, writes, 4)
			return
		}
		require.Equal(t, failed, full.status)
		require.Contains(t, full.stderr, "full")
		require.NoFileExists(t, p.out()+"/"+ackFile)
		again := bulk(t, p.args("-claims", claims)...)
		require.Equal(t, filed, again.status, again.stderr)
		requireFiledOnce(t, p, 1, fmt.Sprint(writes))
	}
}

// TestInterrupted ends the context, as the interrupt key does.
func TestInterrupted(t *testing.T) {
	p := newPlace(t)
	ctx, cancel := context.WithCancel(t.Context())
	d := deps{store: func(s store.Store) store.Store { cancel(); return s }}
	var stdout, stderr bytes.Buffer
	require.Equal(t, failed, run(ctx, p.args(), &stdout, &stderr, d))
	require.Contains(t, stderr.String(), "bulkclaims: interrupted")
	require.Equal(t, filed, bulk(t, p.args()...).status)
}

// TestWriteFile leaves the old file, and nothing else, when the new one can't be written to its end.
func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "paper.txt")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	broken := errors.New("broken off")
	err := writeFile(path, func(w io.Writer) error {
		if _, err := w.Write([]byte("new, but n")); err != nil {
			return err
		}
		return broken
	})
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, path)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "old", string(kept))
}

package ledger

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
)

// FuzzRecords decodes records as they could stand in a damaged store: never a panic, always ErrCorrupt or a record that is written
// back the same, and whose hash and balance can be asked for.
func FuzzRecords(f *testing.F) {
	for _, body := range []string{
		`{}`, `[]`, `null`, `{"postings":[{"account":"deposit:a/main","amount":"HKD -1.00"},{"account":"bank:x","amount":"HKD 1.00"}]}`,
		`{"id":"deposit:a/main","currency":"HKD","status":"open","opened":"2026-03-02T01:00:00Z"}`,
		`{"id":"h","account":"deposit:a/main","amount":"HKD 1.00","state":"held","at":"2026-03-02T01:00:00Z","hash":""}`,
		`{"amount":"HKD 99999999999999999999"}`, `{"status":1}`, `{"state":"lost"}`, `{"at":"yesterday"}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := store.Record{Kind: "k", ID: "i", Version: 3, Body: body}
		if a, err := decodeAccount(r); settled(t, err) {
			same(t, a, func(b []byte) (Account, error) { return decodeAccount(store.Record{Version: 3, Body: b}) })
		}
		if e, err := decodeEntry(r); settled(t, err) {
			require.Len(t, e.sum(), 64)
			_ = e.balanced()
			same(t, e, func(b []byte) (Entry, error) { return decodeEntry(store.Record{Version: 3, Body: b}) })
		}
		if h, err := decodeHold(r); settled(t, err) {
			require.Len(t, h.sum(), 64)
			same(t, h, func(b []byte) (Hold, error) { return decodeHold(store.Record{Version: 3, Body: b}) })
		}
	})
}

func settled(t *testing.T, err error) bool {
	if err != nil {
		require.True(t, errors.Is(err, store.ErrCorrupt), "%v", err)
	}
	return err == nil
}

// same writes the value and reads it back. A value without a status or state is not written.
func same[T any](t *testing.T, v T, read func([]byte) (T, error)) {
	b, err := json.Marshal(v)
	if err != nil {
		return
	}
	again, err := read(b)
	require.NoError(t, err)
	c, err := json.Marshal(again)
	require.NoError(t, err)
	require.Equal(t, string(b), string(c))
}

// FuzzMark decodes cursors of statements as a stranger could send them.
func FuzzMark(f *testing.F) {
	f.Add("")
	f.Add("e30")
	f.Add(mark{Query: "q", Last: 7, Balance: -3, After: "next"}.encode())
	f.Fuzz(func(t *testing.T, s string) {
		m, err := decodeMark(s)
		if err != nil {
			return
		}
		again, err := decodeMark(m.encode())
		require.NoError(t, err)
		require.Equal(t, m, again)
	})
}

// FuzzAccountID checks ids: what passes has a class, fits a sum's name and an index key, and has no separator of keys.
func FuzzAccountID(f *testing.F) {
	for _, id := range []string{"", "deposit:a/main", "deposit:a/main|", "revenue:c:i", "bank:x", "clearing:\x00", "deposit:a//", "fees:g", "excess:unallocated",
		"refund:payable", "dispute:reserve", "refund:"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		a := AccountID(id)
		if a.Check() != nil {
			require.ErrorIs(t, a.Check(), ErrInvalid)
			return
		}
		require.NotZero(t, a.Class())
		require.NotContains(t, id, "|")
		require.LessOrEqual(t, len(id), 200)
		require.Equal(t, a.guarded(), a.Org() != "")
		if p := a.Parent(); p != "" {
			require.NoError(t, p.Check())
			require.Empty(t, p.Parent())
		}
	})
}

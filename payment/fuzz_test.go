package payment

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
)

// FuzzOrder decodes orders as they could stand in a damaged store: an error that says so, or an order that holds together, is written back the same
// and goes through every event without breaking.
func FuzzOrder(f *testing.F) {
	for _, body := range []string{
		`{}`, `[]`, `null`,
		`{"id":"o","court":"c","payer":"p","purpose":"filing","for":{"kind":"batch","id":"b"},"amount":"HKD 1.00","lines":[{"item":"i",
		"description":{"en":"x"},"count":1,"amount":"HKD 1.00"}],"pricedAt":"2026-03-02T01:00:00Z","createdAt":"2026-03-02T01:00:00Z","state":"open"}`,
		`{"id":"o","court":"c","payer":"p","purpose":"filing","for":{"kind":"batch","id":"b"},"amount":"HKD 2.00","lines":[{"item":"i",
		"description":{"en":"x"},"count":2,"each":"HKD 1.00","amount":"HKD 2.00"}],"pricedAt":"2026-03-02T01:00:00Z","createdAt":"2026-03-02T01:00:00Z",
		"state":"paid","means":"deposit","account":"deposit:a/main","hold":"o/0","paidAt":"2026-03-02T01:00:00Z","receipt":{"series":"s","number":1}}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		o, err := decodeOrder(store.Record{Kind: kindOrder, ID: "o", Version: 2, Body: body})
		if err != nil {
			require.ErrorIs(t, err, store.ErrCorrupt)
			return
		}
		put, err := OrderPut(o, o.Version)
		require.NoError(t, err)
		again, err := decodeOrder(store.Record{Version: 2, Body: put.Body})
		require.NoError(t, err)
		b, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(put.Body), string(b))
		everyEvent(t, o)
	})
}

// everyEvent takes an order through each event that its state allows, and checks what comes out.
func everyEvent(t *testing.T, o Order) {
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	account := o.Account
	if account == "" {
		account = "deposit:a/main"
	}
	paid, receipt, err := o.Pay(Payment{Means: DepositAccount, Account: account, At: at, Number: Number{"s", 1}})
	require.Equal(t, o.State == Open || o.State == Reserved, err == nil, "%v", err)
	if err == nil {
		require.NoError(t, paid.Check())
		put, err := ReceiptPut(receipt)
		require.NoError(t, err)
		_, err = decodeReceipt(store.Record{Body: put.Body})
		require.NoError(t, err)
	}
	if next, err := o.Reserve("deposit:a/main", "h"); err == nil {
		require.NoError(t, next.Check())
	}
	if next, err := o.Release(); err == nil {
		require.NoError(t, next.Check())
	}
	if next, err := o.Cancel(at, "x"); err == nil {
		require.NoError(t, next.Check())
	}
}

// FuzzReceipt decodes receipts.
func FuzzReceipt(f *testing.F) {
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"number":{"series":"s","number":1},"orderId":"o","court":"c","payer":"p","purpose":"filing","for":{"kind":"batch","id":"b"},
		"means":"deposit","account":"deposit:a/main","amount":"HKD 1.00","lines":[{"item":"i","description":{"en":"x"},"count":1,"amount":"HKD 1.00"}],
		"paidAt":"2026-03-02T01:00:00Z"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := decodeReceipt(store.Record{Kind: kindReceipt, ID: "r", Body: body})
		if err != nil {
			require.ErrorIs(t, err, store.ErrCorrupt)
			return
		}
		put, err := ReceiptPut(r)
		require.NoError(t, err)
		require.NoError(t, put.Check())
	})
}

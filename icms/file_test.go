package icms_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
)

func TestFileABatch(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := batch(claims(5, "INV"))

	pre, err := c.Registry().Preflight(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Ready, pre.State, "%v", pre.Findings)
	require.Equal(t, "HKD 216.00", pre.Quote.Total.Payable.String())
	require.Equal(t, hk("2026-03-02 10:00:00").Unix(), pre.Receipt.Deemed.Unix())

	filed, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, filed.State, "%v", filed.Unpaid)
	require.False(t, filed.Replayed)
	require.Equal(t, pre.Quote, filed.Quote)
	require.Equal(t, "SCTC000001/2026", filed.Acknowledgement.FirstCase)
	require.Equal(t, "SCTC000005/2026", filed.Acknowledgement.LastCase)
	require.Equal(t, "HKD 216.00", filed.Payment.Amount.String())
	require.Equal(t, "HKD 784.00", c.balance())
	require.NoError(t, c.Registry().Verify(t.Context(), *filed.Acknowledgement))
	require.NoError(t, c.Audit().Verify(t.Context(), "SCT", 2026))

	again, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.True(t, again.Replayed)
	require.Equal(t, string(filed.Acknowledged), string(again.Acknowledged))
	require.Equal(t, "HKD 784.00", c.balance())

	day, err := calendar.ParseDate("2026-03-02")
	require.NoError(t, err)
	entries, next, err := c.CauseBook().Day(t.Context(), "SCT", day, "", 3)
	require.NoError(t, err)
	require.Len(t, entries, 3)
	require.NotEmpty(t, next)
	require.Equal(t, "SCTC000001/2026", entries[0].Number)
	require.Equal(t, "Defendant 00001", entries[0].Defendants[0].Name)

	inbox, _, err := c.Messages().Inbox(t.Context(), "sample-utilities", "", 10)
	require.NoError(t, err)
	require.Len(t, inbox, 1)
	b, _ := json.MarshalIndent(inbox[0], "", " ")
	t.Log(string(b))
	t.Log(filed.Receipt.Reason)
	t.Log(filed.Quote.Reason)
}

package icms_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
)

func TestAfterHoursAtTheEndOfTheConcession(t *testing.T) {
	for _, v := range []struct{ at, deemed, payable, other string }{
		{"2027-10-29 10:00:00", "2027-10-29 10:00:00", "HKD 96.00", ""},
		{"2027-10-29 17:30:00", "2027-10-29 17:30:00", "HKD 96.00", ""},
		{"2027-10-29 18:00:00", "2027-11-01 08:45:00", "HKD 120.00", "HKD 96.00"},
		{"2027-10-30 10:00:00", "2027-11-01 08:45:00", "HKD 120.00", "HKD 96.00"},
		{"2027-10-31 10:00:00", "2027-11-01 08:45:00", "HKD 120.00", ""},
		{"2024-10-31 08:30:00", "2024-10-31 08:45:00", "HKD 96.00", ""},
	} {
		c := newCounter(t, v.at, 1000)
		csv := claims(1, "INV", "60000")
		if v.at < "2026" {
			csv = replaceAll(csv, "2026-01", "2024-01")
		}
		r, err := c.Registry().File(t.Context(), batch(csv))
		require.NoError(t, err, v.at)
		require.Equal(t, icms.Registered, r.State, "%s %v", v.at, r.Findings)
		require.True(t, r.Acknowledgement.Deemed.Equal(hk(v.deemed)), "%s: %s", v.at, r.Acknowledgement.Deemed)
		require.Equal(t, v.payable, r.Payment.Amount.String(), v.at)
		require.Equal(t, v.other, r.Quote.Other.String()[:len(v.other)], v.at)
	}
}

func TestBeforeTheFirstDayNothingCanBeFiled(t *testing.T) {
	c := newCounter(t, "2024-10-30 10:00:00", 1000)
	r, err := c.Registry().File(t.Context(), batch(replaceAll(claims(1, "INV"), "2026-01", "2024-01")))
	require.NoError(t, err)
	require.Equal(t, icms.Refused, r.State)
	require.NotEmpty(t, codes(r.Findings))

	c.set("2024-10-30 18:00:00") // counts on the first day
	r, err = c.Registry().File(t.Context(), batch(replaceAll(claims(1, "INV"), "2026-01", "2024-01")))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
}

func TestCaseNumbersAreOfTheDeemedYear(t *testing.T) {
	c := newCounter(t, "2025-12-31 18:00:00", 1000)
	r, err := c.Registry().File(t.Context(), batch(replaceAll(claims(2, "A"), "2026-01", "2025-01")))
	require.NoError(t, err)
	require.Equal(t, "SCTC000001/2026", r.Acknowledgement.FirstCase)
	c.set("2025-12-31 17:00:00") // the clock jumps back
	r, err = c.Registry().File(t.Context(), batch(replaceAll(claims(2, "B"), "2026-01", "2025-01")))
	require.NoError(t, err)
	require.Equal(t, "SCTC000001/2025", r.Acknowledgement.FirstCase)
	c.set("2026-01-02 10:00:00")
	r, err = c.Registry().File(t.Context(), batch(replaceAll(claims(2, "C"), "2026-01", "2025-01")))
	require.NoError(t, err)
	require.Equal(t, "SCTC000003/2026", r.Acknowledgement.FirstCase, "numbers only grow, whatever the clock does")
	require.NoError(t, c.Audit().Verify(t.Context(), "SCT", 2025))
	require.NoError(t, c.Audit().Verify(t.Context(), "SCT", 2026))
}

func typhoon(reopens string) calendar.Closure {
	c := calendar.Closure{ID: "toraji", Cause: calendarhk.GaleWarning, From: hk("2024-11-13 23:10:00")}
	if reopens != "" {
		c.Reopens = hk(reopens)
	}
	return c
}

var officer = icms.Filer{Organisation: "sct-registry", User: "officer-1"}

func TestPendingUntilTheReopeningIsAnnounced(t *testing.T) {
	c := newCounter(t, "2024-11-13 23:30:00", 1000)
	_, err := c.Registry().Announce(t.Context(), "SCT", icms.BothOffices, typhoon(""), officer)
	require.NoError(t, err)
	c.set("2024-11-14 09:00:00")
	in := batch(replaceAll(claims(3, "INV"), "2026-01", "2024-01"))
	pending, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.True(t, pending.Pending)
	require.Equal(t, icms.Paid, pending.State)
	require.True(t, pending.Acknowledgement.Pending)
	require.Empty(t, pending.Acknowledgement.FirstCase)
	require.Equal(t, "HKD 896.00", c.balance(), "paid")
	again, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, string(pending.Acknowledged), string(again.Acknowledged))

	c.set("2024-11-14 11:00:00")
	announced, err := c.Registry().Announce(t.Context(), "SCT", icms.BothOffices, typhoon("2024-11-14 12:20:00"), officer)
	require.NoError(t, err)
	require.Equal(t, []string{pending.ID}, announced.Completed)
	done, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, done.State)
	require.True(t, done.Acknowledgement.Deemed.Equal(hk("2024-11-14 12:20:00")), "to the minute")
	require.Equal(t, "SCTC000001/2024", done.Acknowledgement.FirstCase)
	require.NotEqual(t, pending.Acknowledgement.Number, done.Acknowledgement.Number)
	inbox, _, err := c.Messages().Inbox(t.Context(), "sample-utilities", "", 10)
	require.NoError(t, err)
	require.Len(t, inbox, 2, "a second notice")
	require.Equal(t, done.Acknowledgement.Number, inbox[0].About, "newest first")
	require.Equal(t, "HKD 896.00", c.balance(), "charged once")

	repeated, err := c.Registry().Announce(t.Context(), "SCT", icms.BothOffices, typhoon("2024-11-14 12:20:00"), officer)
	require.NoError(t, err)
	require.Empty(t, repeated.Completed)
	require.Empty(t, repeated.Moved)
}

func TestALateAnnouncementShowsWhatItMoves(t *testing.T) {
	c := newCounter(t, "2024-11-14 09:00:00", 1000)
	r, err := c.Registry().File(t.Context(), batch(replaceAll(claims(1, "INV"), "2026-01", "2024-01")))
	require.NoError(t, err)
	require.True(t, r.Acknowledgement.Deemed.Equal(hk("2024-11-14 09:00:00")))
	late, err := c.Registry().Announce(t.Context(), "SCT", icms.BothOffices, typhoon("2024-11-14 12:20:00"), officer)
	require.NoError(t, err)
	require.Len(t, late.Moved, 1)
	require.True(t, late.Moved[0].After.Deemed.Equal(hk("2024-11-14 12:20:00")))
	again, err := c.Registry().File(t.Context(), batch(replaceAll(claims(1, "INV"), "2026-01", "2024-01")))
	require.NoError(t, err)
	require.Equal(t, string(r.Acknowledged), string(again.Acknowledged), "what was acknowledged stands")
}

func TestOnlyTheAccountsOfficeIsClosed(t *testing.T) {
	c := newCounter(t, "2024-11-13 23:30:00", 1000)
	_, err := c.Registry().Announce(t.Context(), "SCT", icms.AccountsDesk, typhoon("2024-11-14 12:20:00"), officer)
	require.NoError(t, err)
	c.set("2024-11-14 09:00:00")
	r, err := c.Registry().File(t.Context(), batch(replaceAll(claims(1, "INV"), "2026-01", "2024-01")))
	require.NoError(t, err)
	require.True(t, r.Receipt.Documents.Deemed.Equal(hk("2024-11-14 09:00:00")))
	require.True(t, r.Receipt.Deemed.Equal(hk("2024-11-14 12:20:00")))
}

func TestPolicyAlternatives(t *testing.T) {
	c := newCounter(t, "2027-10-30 10:00:00", 1000)
	c.court.Policies.Fee.Choice = icms.PriceAtSubmission
	c.court.Policies.Receipt.Choice = icms.DocumentsAlone
	c.open()
	r, err := c.Registry().File(t.Context(), batch(claims(1, "INV", "60000")))
	require.NoError(t, err)
	require.Equal(t, "HKD 96.00", r.Payment.Amount.String())
	require.Equal(t, "HKD 120.00", r.Quote.Other.String())
	require.True(t, r.Receipt.Deemed.Equal(hk("2027-11-01 08:45:00")))
}

func TestEventsComeInOrderAndAgainWhenRefused(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	var seen []string
	refuse := true
	var err error
	c.Service, err = icms.New(icms.Options{Store: c.store, Blobs: c.blobs, Courts: []icms.Court{c.court}, Clock: c.now,
		Deliver: func(_ context.Context, e icms.Event) error {
			if refuse && e.Type == icms.EventBatchPaid {
				return errDead
			}
			seen = append(seen, e.Type)
			return nil
		}})
	require.NoError(t, err)
	_, err = c.Registry().File(t.Context(), batch(claims(1, "INV")))
	require.NoError(t, err)
	n, err := c.DeliverEvents(t.Context())
	require.ErrorIs(t, err, errDead)
	require.Equal(t, 1, n)
	refuse = false
	c.mu.Lock()
	c.at = c.at.Add(time.Hour) // the lease of the refused ones ends
	c.mu.Unlock()
	_, err = c.DeliverEvents(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{icms.EventBatchAccepted, icms.EventBatchPaid, icms.EventBatchReceived, icms.EventBatchRegistered}, seen)
}

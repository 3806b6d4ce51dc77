package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	feeshk "courts.example/eservices/fees/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/payment"
)

// TestACorrectionThatTurnsOutToBeLate corrects nothing: what was in time stands again, with its fee, until the correction is allowed.
func TestACorrectionThatTurnsOutToBeLate(t *testing.T) {
	c := newCase(t)
	for i := range c.court.Papers {
		c.court.Papers[i].Fee = feeshk.Search // invented: no fee of a later paper is known
	}
	c.open()
	c.event(icms.AwardMade, "2026-03-02")
	first := c.submit(paper(icmshk.Review)).Document
	c.set("2026-03-11 16:00:00")
	c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "")
	in := paper(icmshk.Review)
	in.Corrects, in.Reference = first.Serial, "corrected"
	second := c.submit(in).Document
	require.Equal(t, icms.DocumentPending, second.State)
	require.Equal(t, first.Charge, second.Charge)
	require.Equal(t, icms.DocumentCorrected, c.paperOf(first).State)

	c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "2026-03-12 08:45:00")
	_, err := c.Resume(t.Context())
	require.NoError(t, err)
	require.Equal(t, icms.DocumentRefused, c.paperOf(second).State)
	stands := c.paperOf(first)
	require.Equal(t, icms.DocumentReceived, stands.State)
	require.Zero(t, stands.CorrectedBy)
	require.Equal(t, payment.Open, c.feeOrder(first.Charge).State, "its fee is owed")

	c.set("2026-03-12 10:00:00")
	asked := c.ask(icms.TimeRequest{Document: second.Serial})
	_, err = c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
	require.NoError(t, err)
	require.Equal(t, icms.DocumentReceived, c.paperOf(second).State)
	require.Equal(t, first.Charge, c.paperOf(second).Charge)
	require.Equal(t, icms.DocumentCorrected, c.paperOf(first).State)
	_, err = c.Resume(t.Context())
	require.NoError(t, err)
	require.Equal(t, payment.Open, c.feeOrder(first.Charge).State)
	c.proven()
}

// TestAnEarlierReceiptRefusesNothing: what was received by leave stays so when the instant that is asked for is late too.
func TestAnEarlierReceiptRefusesNothing(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	c.set("2026-03-16 10:00:00")
	asked := c.ask(icms.TimeRequest{Until: civilDate("2026-03-20")})
	_, err := c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
	require.NoError(t, err)
	in := paper(icmshk.Review)
	in.Time = asked.ID
	d := c.submit(in).Document
	require.Equal(t, icms.DocumentReceived, d.State)
	earlier := c.ask(icms.TimeRequest{Document: d.Serial, AsOf: hk("2026-03-13 10:00:00")})
	_, err = c.Registry().AllowTime(t.Context(), earlier.ID, true, nil, registrar)
	requireRefusal(t, err, "submission.late")
	require.Equal(t, icms.DocumentReceived, c.paperOf(d).State)
	c.proven()
}

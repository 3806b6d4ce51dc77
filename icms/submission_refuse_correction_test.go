package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	feeshk "courts.example/eservices/fees/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

// chargedCase is a case of a court all of whose papers cost something, with an award of 2 March.
func chargedCase(t *testing.T) *counter {
	t.Helper()
	c := newCase(t)
	for i := range c.court.Papers {
		c.court.Papers[i].Fee = feeshk.Search // invented: no fee of a later paper is known
	}
	c.open()
	c.event(icms.AwardMade, "2026-03-02")
	return c
}

// correct sends a correction of a paper.
func (c *counter) correct(old icms.Document, reference string) icms.Document {
	c.t.Helper()
	in := paper(old.Kind)
	in.Corrects, in.Reference, in.Title = old.Serial, reference, law.T("The same, "+reference, "")
	return c.submit(in).Document
}

func (c *counter) refuse(d icms.Document) {
	c.t.Helper()
	_, err := c.Registry().RefuseDocument(c.t.Context(), "SCT", firstCase, d.Serial, tooVague, registrar)
	require.NoError(c.t, err)
	_, err = c.Resume(c.t.Context())
	require.NoError(c.t, err)
}

// TestARefusedCorrectionCorrectsNothing: what was in time stands again, with the fee that counted for both, and can be corrected anew.
func TestARefusedCorrectionCorrectsNothing(t *testing.T) {
	for _, paid := range []bool{false, true} {
		c := chargedCase(t)
		first := c.submit(paper(icmshk.Review)).Document
		if paid {
			_, err := c.AccountsOffice().Collect(t.Context(), first.Charge, "slip-1", registrar)
			require.NoError(t, err)
		}
		second := c.correct(first, "corrected")
		require.Equal(t, first.Charge, second.Charge)
		require.Equal(t, icms.DocumentCorrected, c.paperOf(first).State)
		c.refuse(second)
		stands := c.paperOf(first)
		require.Equal(t, icms.DocumentReceived, stands.State)
		require.Zero(t, stands.CorrectedBy)
		require.Equal(t, icms.DocumentRefused, c.paperOf(second).State)
		require.Empty(t, c.paperOf(second).Charge)
		require.Equal(t, map[bool]payment.State{false: payment.Open, true: payment.Paid}[paid], c.feeOrder(first.Charge).State)
		refunds, _, err := c.AccountsOffice().Cashier().Refunds(t.Context(), payment.RefundQuery{Order: first.Charge})
		require.NoError(t, err)
		require.Empty(t, refunds, "it is still of a paper that stands")
		messages, _, err := c.Messages().Inbox(t.Context(), defendant.Organisation, "", 1)
		require.NoError(t, err)
		require.Contains(t, messages[0].Body.In(law.English), "stands again.")

		third := c.correct(second, "readable") // by the refused one's serial: what that was to correct is meant
		require.Equal(t, first.Serial, third.Corrects)
		require.Equal(t, first.Charge, third.Charge, "nothing is charged twice")
		require.Equal(t, icms.DocumentCorrected, c.paperOf(first).State)
		again := paper(icmshk.Review)
		again.Corrects, again.Reference = second.Serial, "once more"
		require.Equal(t, []string{"submission.corrects"}, c.refused(again), "that has been replaced since")
		c.proven()
	}
}

// TestARefusedCorrectionOfACorrection gives back what it replaced, and so on to the first.
func TestARefusedCorrectionOfACorrection(t *testing.T) {
	c := chargedCase(t)
	first := c.submit(paper(icmshk.Review)).Document
	second := c.correct(first, "second")
	third := c.correct(second, "third")
	c.refuse(third)
	require.Equal(t, icms.DocumentReceived, c.paperOf(second).State)
	require.Equal(t, icms.DocumentCorrected, c.paperOf(first).State)
	require.Equal(t, first.Charge, c.paperOf(second).Charge)
	c.refuse(second)
	require.Equal(t, icms.DocumentReceived, c.paperOf(first).State)
	require.Equal(t, payment.Open, c.feeOrder(first.Charge).State)
	c.refuse(first)
	require.Equal(t, payment.Cancelled, c.feeOrder(first.Charge).State, "now nothing is left that it is for")
	c.proven()
}

// TestARefusedCorrectionOfAWaitingPaper has that wait again, until its receipt is known.
func TestARefusedCorrectionOfAWaitingPaper(t *testing.T) {
	c := newCase(t)
	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	first := c.submit(paper(icmshk.Defence)).Document
	second := c.correct(first, "corrected")
	c.refuse(second)
	require.Equal(t, icms.DocumentPending, c.paperOf(first).State)
	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "2026-03-03 08:45:00")
	_, err := c.Resume(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"defence received", "defence refused"}, c.papers())
	c.proven()
}

// TestARefusedCorrectionKeepsTheLaterLimit: leave to appeal counts from the reasons that were asked for in time, whatever became of the correction of
// the request.
func TestARefusedCorrectionKeepsTheLaterLimit(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	c.event(icms.AwardServed, "2026-03-03", "defendant-1")
	before := c.last(icmshk.LeaveToAppeal)
	first := c.submit(paper(icmshk.Reasons)).Document
	c.event(icms.ReasonsServed, "2026-03-23", "defendant-1")
	asked := c.last(icmshk.LeaveToAppeal)
	require.NotEqual(t, before, asked)
	c.refuse(c.correct(first, "corrected"))
	require.Equal(t, asked, c.last(icmshk.LeaveToAppeal))
	c.proven()
}

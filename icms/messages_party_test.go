package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// TestPartiesAreCalledByRoleAndNumber in what people read: messages, titles and refusals.
func TestPartiesAreCalledByRoleAndNumber(t *testing.T) {
	c := newCase(t)
	serial := c.issue(award()).Document.Serial
	c.served(serial, "2026-03-02 09:00:00")
	box, _, err := c.Messages().Inbox(t.Context(), "defendant-0001", "", 1)
	require.NoError(t, err)
	require.Equal(t, "The court recorded that Award in case "+firstCase+" was served on defendant 1 on 2026-03-02 09:00:00 (post).", box[0].Body.In(law.English))
	require.Equal(t, "法庭已記錄案件 "+firstCase+" 的「裁斷」於 2026-03-02 09:00:00 送達 被告人 1（post）。", box[0].Body.In(law.TraditionalChinese))
	d, err := c.Registry().Paper(t.Context(), "SCT", firstCase, box[0].Document)
	require.NoError(t, err)
	require.Equal(t, "Service of Award on defendant 1 on 2026-03-02 09:00:00", d.Title.In(law.English))
	require.Equal(t, []string{"defendant-1"}, d.To, "programs read the id")

	_, err = c.Registry().LinkParty(t.Context(), icms.Link{Court: "SCT", Case: firstCase, Party: "defendant-1", Member: "other", Proof: "letter", By: registrar})
	require.ErrorContains(t, err, "defendant 1 of the case")
	_, err = c.Registry().LinkParty(t.Context(), icms.Link{Court: "SCT", Case: firstCase, Party: "plaintiff", Member: "other", Proof: "letter", By: registrar})
	require.ErrorContains(t, err, "plaintiff")
}

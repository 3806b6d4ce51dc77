package icms_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

const secondCase = "SCTC000002/2026"

// newcomer is a registered user that proves to be the defendant of the second case.
var newcomer = icms.Filer{Organisation: "newcomer", User: "Defendant 0002"}

func (c *counter) code(until string) string {
	c.t.Helper()
	code, err := c.Registry().LinkCode(c.t.Context(), "SCT", secondCase, "defendant-1", hk(until), registrar)
	require.NoError(c.t, err)
	return code
}

func byCode(code string) icms.Link {
	return icms.Link{Court: "SCT", Case: secondCase, Party: "defendant-1", Member: "newcomer", Code: code, By: newcomer}
}

func TestADefendantLinksItselfByTheCodeOfItsLetter(t *testing.T) {
	c := newCase(t)
	_, err := c.Registry().FixHearing(t.Context(), "SCT", secondCase, appointment("2026-03-20 10:00:00"))
	require.NoError(t, err)
	code := c.code("2026-03-31 00:00:00")
	typed := strings.ToLower(strings.ReplaceAll(code, "-", " "))
	f, err := c.Registry().LinkParty(t.Context(), byCode(typed))
	require.NoError(t, err)
	require.Equal(t, "newcomer", f.Parties[1].Member)
	require.Equal(t, []string{secondCase}, c.casesOf("newcomer"))
	box, _, err := c.Messages().Inbox(t.Context(), "newcomer", "", 10)
	require.NoError(t, err)
	require.Len(t, box, 1)
	require.Contains(t, box[0].Body.In(law.English), "The next hearing is on 2026-03-20 10:00:00 at Court 1.")

	again, err := c.Registry().LinkParty(t.Context(), byCode(code))
	require.NoError(t, err, "said again by the same")
	require.Equal(t, "newcomer", again.Parties[1].Member)
	stranger := byCode(code)
	stranger.Member, stranger.By, stranger.Represents = "stranger", icms.Filer{Organisation: "stranger"}, true
	_, err = c.Registry().LinkParty(t.Context(), stranger)
	require.Equal(t, "court.link.code", refusal(t, err), "it serves once")

	in := award()
	in.Case = secondCase
	require.Empty(t, c.issue(in).Unreached)
	require.Len(t, c.box("newcomer"), 2)
	c.proven()
}

func TestCodesThatDoNotServe(t *testing.T) {
	c := newCase(t)
	try := func(code string) string {
		_, err := c.Registry().LinkParty(t.Context(), byCode(code))
		return refusal(t, err)
	}
	require.Equal(t, "court.link.code", try("AAAAA-AAAAA"), "none was made")
	old := c.code("2026-03-31 00:00:00")
	code := c.code("2026-03-31 00:00:00")
	require.NotEqual(t, old, code)
	require.Equal(t, "court.link.code", try(old), "a new one takes its place")
	c.set("2026-03-31 00:00:00")
	require.Equal(t, "court.link.code", try(code), "it is over")

	code = c.code("2026-04-30 00:00:00")
	elsewhere := byCode(code)
	elsewhere.Case = firstCase
	_, err := c.Registry().LinkParty(t.Context(), elsewhere)
	require.Equal(t, "court.link.code", refusal(t, err))
	elsewhere.Case, elsewhere.Party = secondCase, "defendant-9"
	_, err = c.Registry().LinkParty(t.Context(), elsewhere)
	require.Equal(t, "court.link.code", refusal(t, err))
	_, err = c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: secondCase, By: registrar}, icms.CaseSealed)
	require.NoError(t, err)
	_, err = c.Registry().LinkParty(t.Context(), byCode(code))
	require.ErrorIs(t, err, icms.ErrNotFound)

	_, err = c.Registry().LinkCode(t.Context(), "SCT", secondCase, "defendant-9", hk("2026-04-30 00:00:00"), registrar)
	require.Equal(t, "submission.party.unknown", refusal(t, err))
	_, err = c.Registry().LinkCode(t.Context(), "SCT", secondCase, "defendant-1", hk("2026-03-01 00:00:00"), registrar)
	require.ErrorIs(t, err, icms.ErrInvalid)
	_, err = c.Registry().LinkCode(t.Context(), "SCT", secondCase, "defendant-1", hk("2026-04-30 00:00:00"), icms.Filer{})
	require.ErrorIs(t, err, icms.ErrInvalid)
	c.proven()
}

func TestAnOfficerLinksAndUnlinks(t *testing.T) {
	c := newCase(t)
	link := icms.Link{Court: "SCT", Case: firstCase, Party: "defendant-1", Member: "friend", Represents: true, Proof: "authority of 2 March", By: registrar}
	for range 2 {
		f, err := c.Registry().LinkParty(t.Context(), link)
		require.NoError(t, err)
		require.Equal(t, []string{"friend"}, f.Parties[1].Representatives)
	}
	require.Equal(t, []string{firstCase + ": linked"}, c.box("friend"))
	c.issue(award())
	require.Len(t, c.box("friend"), 2)
	require.Len(t, c.box("defendant-0001"), 1, "the party is told too")

	for code, edit := range map[string]func(*icms.Link){
		"court.link.taken":         func(in *icms.Link) { in.Represents, in.Member = false, "other" },
		"court.link.other-side":    func(in *icms.Link) { in.Party = "claimant-1" },
		"submission.party.unknown": func(in *icms.Link) { in.Party = "nobody" },
	} {
		in := link
		edit(&in)
		_, err := c.Registry().LinkParty(t.Context(), in)
		require.Equal(t, code, refusal(t, err))
	}
	for _, edit := range []func(*icms.Link){
		func(in *icms.Link) { in.Member = "a|b" }, func(in *icms.Link) { in.Proof = "" }, func(in *icms.Link) { in.Code = "both" },
		func(in *icms.Link) { in.Proof = "a\nb" }, func(in *icms.Link) { in.By.User = "" }, func(in *icms.Link) { in.Proof, in.Code = "", "X" },
	} {
		in := link
		edit(&in)
		_, err := c.Registry().LinkParty(t.Context(), in)
		require.ErrorIs(t, err, icms.ErrInvalid)
	}

	cease := icms.Unlink{Court: "SCT", Case: firstCase, Party: "defendant-1", Member: "friend", Ceases: true, By: icms.Filer{Organisation: "friend"}}
	for range 2 {
		f, err := c.Registry().UnlinkParty(t.Context(), cease)
		require.NoError(t, err)
		require.Empty(t, f.Parties[1].Representatives)
	}
	require.Equal(t, firstCase+": no longer linked", c.box("friend")[0])
	require.Len(t, c.box("friend"), 3, "what was delivered stays")
	require.Empty(t, c.casesOf("friend"))
	cease.Member, cease.By = "defendant-0001", defendant
	_, err := c.Registry().UnlinkParty(t.Context(), cease)
	require.Equal(t, "court.link.registry-only", refusal(t, err))
	cease.By = icms.Filer{Organisation: "friend"}
	_, err = c.Registry().UnlinkParty(t.Context(), cease)
	require.ErrorIs(t, err, icms.ErrInvalid)
	cease.Ceases, cease.By = false, registrar
	f, err := c.Registry().UnlinkParty(t.Context(), cease)
	require.NoError(t, err)
	require.Empty(t, f.Parties[1].Member)
	cease.Party = "nobody"
	_, err = c.Registry().UnlinkParty(t.Context(), cease)
	require.Equal(t, "submission.party.unknown", refusal(t, err))
	cease.By = icms.Filer{}
	_, err = c.Registry().UnlinkParty(t.Context(), cease)
	require.ErrorIs(t, err, icms.ErrInvalid)
	c.proven()
}

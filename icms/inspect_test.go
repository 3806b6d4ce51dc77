package icms_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// byNumber is a search for the first case.
func byNumber(by icms.Filer) icms.Search {
	return icms.Search{Court: "SCT", By: by, Reference: "N-" + by.User, Number: firstCase}
}

// shown lists the serials of the papers that a search shows of the first case.
func (c *counter) shown(q icms.Searched) []int {
	c.t.Helper()
	page, next, err := c.Inspection().Papers(c.t.Context(), q.ID, firstCase, "", 0)
	require.NoError(c.t, err)
	require.Empty(c.t, next)
	out := []int{}
	for _, p := range page {
		out = append(out, p.Serial)
	}
	return out
}

// hidden expects that there is no such case by a search: in its results, and by every way to look.
func (c *counter) hidden(q icms.Searched, number string) {
	c.t.Helper()
	in := c.Inspection()
	require.NotContains(c.t, c.found(q, 100), number)
	_, err := in.Case(c.t.Context(), q.ID, number)
	require.ErrorIs(c.t, err, icms.ErrNotFound)
	says := strings.ReplaceAll(err.Error(), number, "SCTC999999/2026")
	_, err = in.Case(c.t.Context(), q.ID, "SCTC999999/2026")
	require.EqualError(c.t, err, says, "as if it were not there")
	_, _, err = in.Papers(c.t.Context(), q.ID, number, "", 0)
	require.ErrorIs(c.t, err, icms.ErrNotFound)
	_, err = in.Open(c.t.Context(), q.ID, number, 1, 0)
	require.ErrorIs(c.t, err, icms.ErrNotFound)
}

func TestAStrangerInspectsACase(t *testing.T) {
	c := newCase(t)
	c.submit(paper(icmshk.Defence))
	c.issue(award())
	q := c.bought(byNumber(stranger))
	require.Equal(t, []string{firstCase}, c.found(q, 10))
	seen, err := c.Inspection().Case(t.Context(), q.ID, firstCase)
	require.NoError(t, err)
	require.Equal(t, "2026-02-27", seen.Commenced.String())
	require.Equal(t, "範例公用事業有限公司", seen.Claimant.In("zh-Hant"))
	require.Equal(t, []string{"Defendant 00001"}, seen.Defendants)
	require.Equal(t, icms.CaseOngoing, seen.State)
	require.Equal(t, "Unpaid charges for services", seen.Claim.Particulars)
	require.Empty(t, seen.Claim.Reference)
	require.Empty(t, seen.Claim.Defendants[0].Address)
	require.Equal(t, []int{1, 2}, c.shown(q))
	f, err := c.Inspection().Open(t.Context(), q.ID, firstCase, 1, 0)
	require.NoError(t, err)
	body, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
	require.NoError(t, err)
	require.Equal(t, goodPDF, string(body))
	require.Equal(t, "application/pdf", f.MediaType)
	require.NoError(t, f.Close())
	for _, none := range [][2]int{{1, 1}, {1, -1}, {3, 0}, {0, 0}} {
		_, err = c.Inspection().Open(t.Context(), q.ID, firstCase, none[0], none[1])
		require.ErrorIs(t, err, icms.ErrNotFound, "%v", none)
	}
	c.hidden(q, "SCTC000002/2026") // another case was not paid for
	c.proven()
}

func TestPapersThatAreNotInTheFileAreNotShown(t *testing.T) {
	c := newCase(t)
	c.submit(paper(icmshk.Defence))
	_, err := c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, 1, law.T("Not a defence.", "並非抗辯書。"), registrar)
	require.NoError(t, err)
	c.issue(award())
	q, own := c.bought(byNumber(stranger)), c.bought(byNumber(defendant))
	require.Equal(t, []int{2}, c.shown(q))
	require.Equal(t, []int{2}, c.shown(own), "the file is the same for all; what one sent oneself is at the registry")
	_, err = c.Inspection().Open(t.Context(), q.ID, firstCase, 1, 0)
	require.ErrorIs(t, err, icms.ErrNotFound)

	c.court.Inspection.Parties = []string{icms.PaperAward}
	c.open()
	require.Empty(t, c.shown(q), "the court keeps it for the parties")
	require.Equal(t, []int{2}, c.shown(own))
	_, err = c.Inspection().Open(t.Context(), q.ID, firstCase, 2, 0)
	require.ErrorIs(t, err, icms.ErrNotFound)
}

func TestARestrictedCaseIsInspectedByItsParties(t *testing.T) {
	c := newCase(t)
	public, own := c.bought(byNumber(stranger)), c.bought(byNumber(defendant))
	party := c.bought(byParty("00001"))
	set := func(access icms.CaseAccess) {
		_, err := c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}, access)
		require.NoError(t, err)
	}
	set(icms.CaseRestricted)
	c.hidden(public, firstCase)
	c.hidden(party, firstCase)
	require.Equal(t, []string{firstCase}, c.found(own, 10))
	seen, err := c.Inspection().Case(t.Context(), own.ID, firstCase)
	require.NoError(t, err)
	require.Equal(t, icms.CaseRestricted, seen.Access)

	set(icms.CaseSealed)
	for _, q := range []icms.Searched{public, own, party} {
		c.hidden(q, firstCase)
	}
	_, err = c.CauseBook().Case(t.Context(), "SCT", firstCase)
	require.ErrorIs(t, err, icms.ErrNotFound)

	set(icms.CaseOpen)
	for _, q := range []icms.Searched{public, own, party} {
		require.Equal(t, []string{firstCase}, c.found(q, 10))
	}
	c.proven()
}

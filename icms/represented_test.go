package icms_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

var firm = icms.Filer{Organisation: "firm", User: "firm-1"}

// represented has a firm act for the defendant, who has a box of its own.
func represented(t *testing.T) *counter {
	t.Helper()
	c := newCase(t)
	c.change(func(f *icms.CaseFile) { f.Parties[1].Representatives = []string{"firm", "counsel"} })
	return c
}

func TestAPartyIsToldWhatItsRepresentativeFiled(t *testing.T) {
	c := represented(t)
	in := paper(icmshk.Defence)
	in.By = firm
	for range 2 {
		r, err := c.Registry().Submit(t.Context(), in)
		require.NoError(t, err)
		require.False(t, r.Refused(), "%v", r.Findings)
	}
	subject := firstCase + ": Defence was filed for you"
	title := c.box("firm")
	require.Len(t, title, 1)
	require.Equal(t, []string{subject}, c.box("defendant-0001"))
	require.Equal(t, []string{subject}, c.box("counsel"))
	_, err := c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, 1, law.T("It can't be read.", "無法閱讀。"), registrar)
	require.NoError(t, err)
	require.Equal(t, firstCase+": Defence, sent for you, was refused", c.box("defendant-0001")[0])

	in = paper(icmshk.Evidence)
	_, err = c.Registry().Submit(t.Context(), in)
	require.NoError(t, err)
	require.Len(t, c.box("firm"), 3, "and who acts for a party is told what that sent itself")
	c.proven()
}

func TestARepresentedPartyIsToldOfWhatWaits(t *testing.T) {
	c := represented(t)
	c.closure("storm", calendarhk.GaleWarning, "2026-03-02 09:00:00", "")
	in := paper(icmshk.Defence)
	in.By = firm
	_, err := c.Registry().Submit(t.Context(), in)
	require.NoError(t, err)
	require.Contains(t, c.box("defendant-0001")[0], "came in for you")
	c.closure("storm", calendarhk.GaleWarning, "2026-03-02 09:00:00", "2026-03-02 12:00:00")
	require.Equal(t, firstCase+": Defence was filed for you", c.box("defendant-0001")[0])
}

func TestACourtThatTellsRepresentativesAlone(t *testing.T) {
	c := represented(t)
	c.court.Policies.Represented = icms.RepresentedPolicy{}
	c.open()
	in := paper(icmshk.Defence)
	in.By = firm
	_, err := c.Registry().Submit(t.Context(), in)
	require.NoError(t, err)
	require.Len(t, c.box("firm"), 1)
	require.Empty(t, c.box("defendant-0001"))
}

// agentOfAll is a registered user who may file for every claimant.
type agentOfAll string

func (a agentOfAll) Agents(_ context.Context, organisation string, claimants []string) ([]string, error) {
	if organisation != string(a) {
		return nil, nil
	}
	return claimants, nil
}

func TestAClaimantIsToldWhatItsAgentFiled(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	c.court.Agents = agentOfAll("firm")
	c.open()
	const till = "deposit:firm/main"
	l, hkd := c.AccountsOffice().Ledger(), money.MustCurrency("HKD")
	_, err := l.Do(t.Context(), ledger.OpenAccount{Account: till, Currency: hkd, At: c.now()})
	require.NoError(t, err)
	_, err = l.Do(t.Context(), ledger.TopUp{From: ledger.Bank("test"), Reference: "firm", Account: till, Amount: money.New(100_000, hkd), At: c.now()})
	require.NoError(t, err)
	in := batch(claims(2, "A"))
	in.By, in.Account = firm, till
	r, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Unpaid)
	require.Len(t, c.box("firm"), 1)
	require.Equal(t, c.box("firm"), c.box("sample-utilities"))
	c.proven()
}

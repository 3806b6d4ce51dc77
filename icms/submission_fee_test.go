package icms_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/fees"
	feeshk "courts.example/eservices/fees/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// gaelic is the registered user that files at the invented court.
var gaelic = icms.Filer{Organisation: "gaelic-gas", User: "clerk-7"}

// newBallymore is a counter of the invented court, which takes motions for a fee and single claims by anyone.
func newBallymore(t *testing.T) *counter {
	t.Helper()
	c := newCounter(t, "2026-03-02 20:00:00", 0) // noon
	c.court = ballymore(t)
	tariff, err := os.ReadFile("testdata/ballymore-paper-fees.json")
	require.NoError(t, err)
	c.court.Fees, err = fees.Load(tariff)
	require.NoError(t, err)
	for _, code := range []string{"motion", "petition", "note"} {
		c.court.Papers = append(c.court.Papers, icms.PaperKind{
			Code: code, Name: law.Text{"en": code}, Fee: code, Provision: law.Provision{Instrument: "Ballymore Rules", Status: law.Confirmed},
		})
	}
	single := c.court.Filing
	single.Approvals = nil
	c.court.Single = &single
	c.open()
	l := c.AccountsOffice().Ledger()
	eur := money.MustCurrency("EUR")
	for _, org := range []string{"gaelic-gas", "pat-example"} {
		deposit := ledger.Deposit(org, "main")
		_, err := l.Do(t.Context(), ledger.OpenAccount{Account: deposit, Currency: eur, At: c.now()})
		require.NoError(t, err)
		_, err = l.Do(t.Context(), ledger.TopUp{From: ledger.Bank("test"), Reference: org, Account: deposit, Amount: money.New(20_000, eur), At: c.now()})
		require.NoError(t, err)
	}
	in := batch(strings.ReplaceAll(claims(1, "GAS", "100.00"), ",other,", ",supply,"))
	in.Court, in.Claimant, in.By, in.Account = "BMC", "Gaelic Gas Sample plc", gaelic, string(ledger.Deposit("gaelic-gas", "main"))
	r, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
	return c
}

func motion(kind string) icms.Submission {
	in := paper(kind)
	in.Court, in.Case, in.Party, in.By = "BMC", "D-0001/2026", "claimant-1", gaelic
	return in
}

func TestAPaperWithAFee(t *testing.T) {
	c := newBallymore(t)
	office := c.AccountsOffice()
	sent := c.submit(motion("motion"))
	require.Equal(t, icms.DocumentReceived, sent.Document.State, "the fee is a debt; it moves no receipt")
	order, err := office.Orders().Get(t.Context(), sent.Document.Charge)
	require.NoError(t, err)
	require.Equal(t, "EUR 40.00", order.Amount.String())
	require.Equal(t, payment.Open, order.State)
	require.Equal(t, "gaelic-gas", order.Payer)
	require.Equal(t, order.ID, sent.Acknowledgement.Charge)
	messages, _, err := c.Messages().Inbox(t.Context(), "gaelic-gas", "", 1)
	require.NoError(t, err)
	require.Contains(t, messages[0].Body.In("en"), "A fee is payable for it: order "+order.ID)
	receipt, err := office.PayFromAccount(t.Context(), order.ID, ledger.Deposit("gaelic-gas", "main"), gaelic)
	require.NoError(t, err)
	require.Equal(t, order.Amount, receipt.Amount)

	require.Empty(t, c.submit(motion("note")).Document.Charge, "nothing to pay")
	unknown := c.submit(motion("petition"))
	require.Equal(t, []string{"submission.fee.unknown"}, codes(unknown.Findings))
	require.Empty(t, unknown.Document.Charge)
	c.proven()
}

// TestTheFeeOfARefusedPaper ends when it is not paid, and is proposed for a refund when it is.
func TestTheFeeOfARefusedPaper(t *testing.T) {
	c := newBallymore(t)
	office := c.AccountsOffice()
	for _, paid := range []bool{false, true} {
		in := motion("motion")
		in.Reference = map[bool]string{false: "unpaid", true: "paid"}[paid]
		d := c.submit(in).Document
		if paid {
			_, err := office.PayFromAccount(t.Context(), d.Charge, ledger.Deposit("gaelic-gas", "main"), gaelic)
			require.NoError(t, err)
		}
		for range 2 {
			_, err := c.Registry().RefuseDocument(t.Context(), "BMC", d.Case, d.Serial, tooVague, registrar)
			require.NoError(t, err)
		}
		order, err := office.Orders().Get(t.Context(), d.Charge)
		require.NoError(t, err)
		refunds, _, err := office.Cashier().Refunds(t.Context(), payment.RefundQuery{Order: d.Charge})
		require.NoError(t, err)
		if !paid {
			require.Equal(t, payment.Cancelled, order.State)
			require.Empty(t, refunds)
			continue
		}
		require.Len(t, refunds, 1, "proposed once")
		require.Equal(t, order.Amount, refunds[0].Amount)
		_, err = office.Cashier().Approve(t.Context(), refunds[0].ID, registrar.User)
		require.ErrorIs(t, err, payment.ErrFourEyes)
	}
	c.at = c.at.Add(time.Hour)
	n, err := c.Resume(t.Context())
	require.NoError(t, err)
	require.Positive(t, n)
	c.proven()
}

// TestTheFeeOfARefusedPaperIsSeenToByAnotherNode when the one that refused it died.
func TestTheFeeOfARefusedPaperIsSeenToByAnotherNode(t *testing.T) {
	c := newBallymore(t)
	d := c.submit(motion("motion")).Document
	whole := c.store
	m := &mortal{Store: whole, after: true}
	m.left.Store(1)
	c.store = m
	c.open()
	_, err := c.Registry().RefuseDocument(t.Context(), "BMC", d.Case, d.Serial, tooVague, registrar)
	require.Error(t, err)
	c.store = whole
	c.open()
	c.at = c.at.Add(time.Hour)
	_, err = c.Resume(t.Context())
	require.NoError(t, err)
	order, err := c.AccountsOffice().Orders().Get(t.Context(), d.Charge)
	require.NoError(t, err)
	require.Equal(t, payment.Cancelled, order.State)
	c.proven()
}

// TestTheFeeOfAPaperThatTurnsOutToBeLate ends by itself.
func TestTheFeeOfAPaperThatTurnsOutToBeLate(t *testing.T) {
	c := newCase(t)
	for i := range c.court.Papers {
		c.court.Papers[i].Fee = feeshk.Search // invented: no fee of a later paper is known
	}
	c.open()
	c.event(icms.AwardMade, "2026-03-02")
	c.set("2026-03-11 16:00:00")
	c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "")
	d := c.submit(paper(icmshk.Review)).Document
	order, err := c.AccountsOffice().Orders().Get(t.Context(), d.Charge)
	require.NoError(t, err)
	require.Equal(t, payment.Open, order.State)
	require.Len(t, c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "2026-03-12 08:45:00").Papers, 1)
	_, err = c.Resume(t.Context())
	require.NoError(t, err)
	order, err = c.AccountsOffice().Orders().Get(t.Context(), d.Charge)
	require.NoError(t, err)
	require.Equal(t, payment.Cancelled, order.State)
	c.proven()
}

func TestASingleClaim(t *testing.T) {
	c := newBallymore(t)
	claim := filing.Claim{
		Reference: "MINE-1", Category: "supply", Amount: money.New(100_00, money.MustCurrency("EUR")), Nature: "services",
		Defendants: []filing.Party{{Name: "Defendant 0001", Address: "1 Sample Street"}}, Particulars: "Unpaid work", Calculation: "One invoice",
	}
	in := icms.SingleClaim{
		Court: "BMC", Claimant: law.Text{"en": "Pat Example"}, By: icms.Filer{Organisation: "pat-example"}, Claim: claim,
		Account: string(ledger.Deposit("pat-example", "main")),
	}
	ready, err := c.Registry().PreflightClaim(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Ready, ready.State, "%v", ready.Findings)
	r, err := c.Registry().FileClaim(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State)
	require.Equal(t, "D-0002/2026", r.Acknowledgement.FirstCase)
	require.Equal(t, "Pat Example", r.Acknowledgement.ClaimantName.In("en"))
	again, err := c.Registry().FileClaim(t.Context(), in)
	require.NoError(t, err)
	require.True(t, again.Replayed)
	require.Equal(t, string(r.Acknowledged), string(again.Acknowledged))

	in.Claim.Amount = money.New(100_000_00, money.MustCurrency("EUR"))
	in.Claim.Reference = "MINE-2"
	over, err := c.Registry().FileClaim(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Refused, over.State)
	in.By.Organisation = "No Id"
	_, err = c.Registry().FileClaim(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrInvalid)
	c.proven()

	court := c.court
	court.Single = &filing.Policy{}
	_, err = icms.New(icms.Options{Store: c.store, Blobs: c.blobs, Courts: []icms.Court{court}})
	require.ErrorContains(t, err, "Single")
}

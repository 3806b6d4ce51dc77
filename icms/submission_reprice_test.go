package icms_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/fees"
	feeshk "courts.example/eservices/fees/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// newTariff is a Ballymore that prices by the deemed receipt and takes another fee for motions from 5 March 2026 on.
func newTariff(t *testing.T, after string) *counter {
	t.Helper()
	c := newBallymore(t)
	tariff, err := os.ReadFile("testdata/ballymore-paper-fees.json")
	require.NoError(t, err)
	text := strings.Replace(string(tariff), `[{"from": "2026-01-01", "provision": "order", "flat": "40.00"}]`,
		`[{"from": "2026-01-01", "until": "2026-03-05", "provision": "order", "flat": "40.00"}, {"from": "2026-03-05", "provision": "order", "flat": "`+after+`"}]`, 1)
	c.court.Fees, err = fees.Load([]byte(text))
	require.NoError(t, err)
	c.court.Policies.Fee.Choice = icms.PriceAtDeemed
	c.open()
	return c
}

// flood closes the office of Ballymore, until further notice when there is no reopening.
func (c *counter) flood(reopens string) icms.Announced {
	c.t.Helper()
	notice := calendar.Closure{ID: "flood", Cause: "flood", From: hk("2026-03-02 19:00:00")}
	if reopens != "" {
		notice.Reopens = hk(reopens)
	}
	a, err := c.Registry().Announce(c.t.Context(), "BMC", icms.RegistryOffice, notice, registrar)
	require.NoError(c.t, err)
	return a
}

func (c *counter) feeOrder(id string) payment.Order {
	c.t.Helper()
	o, err := c.AccountsOffice().Orders().Get(c.t.Context(), id)
	require.NoError(c.t, err)
	return o
}

func (c *counter) refunds(order string) []payment.Refund {
	c.t.Helper()
	out, _, err := c.AccountsOffice().Cashier().Refunds(c.t.Context(), payment.RefundQuery{Order: order})
	require.NoError(c.t, err)
	return out
}

func (c *counter) paid(order string) {
	c.t.Helper()
	_, err := c.AccountsOffice().PayFromAccount(c.t.Context(), order, ledger.Deposit("gaelic-gas", "main"), gaelic)
	require.NoError(c.t, err)
}

func (c *counter) paperOf(d icms.Document) icms.Document {
	c.t.Helper()
	now, err := c.Registry().Paper(c.t.Context(), d.Court, d.Case, d.Serial)
	require.NoError(c.t, err)
	return now
}

// TestAPaperThatWaitedCostsWhatItCostsWhenItIsReceived, in either direction, paid before or not.
func TestAPaperThatWaitedCostsWhatItCostsWhenItIsReceived(t *testing.T) {
	for name, now := range map[string]struct {
		after      string
		paid       bool
		rest, back string
	}{
		"dearer, not paid": {after: "60.00"}, "cheaper, not paid": {after: "25.00"}, "free, not paid": {after: "0"},
		"dearer, paid": {after: "60.00", paid: true, rest: "EUR 20.00"}, "cheaper, paid": {after: "25.00", paid: true, back: "EUR 15.00"},
		"the same": {after: "40.00", paid: true},
	} {
		t.Run(name, func(t *testing.T) {
			c := newTariff(t, now.after)
			c.flood("")
			d := c.submit(motion("motion")).Document
			require.Equal(t, icms.DocumentPending, d.State)
			require.Equal(t, "EUR 40.00", c.feeOrder(d.Charge).Amount.String(), "as of the next regular opening")
			if now.paid {
				c.paid(d.Charge)
			}
			c.set("2026-03-06 18:00:00")
			require.Len(t, c.flood("2026-03-06 18:00:00").Papers, 1)
			for range 2 { // what is settled stays so
				_, err := c.Resume(t.Context())
				require.NoError(t, err)
				c.at = c.at.Add(2 * time.Hour)
			}
			is := c.paperOf(d)
			require.Equal(t, icms.DocumentReceived, is.State)
			switch {
			case now.paid:
				require.Equal(t, d.Charge, is.Charge)
			case now.after == "0":
				require.Empty(t, is.Charge)
				require.Equal(t, payment.Cancelled, c.feeOrder(d.Charge).State)
			default:
				require.NotEqual(t, d.Charge, is.Charge)
				require.Equal(t, payment.Cancelled, c.feeOrder(d.Charge).State)
				require.Equal(t, "EUR "+now.after, c.feeOrder(is.Charge).Amount.String())
			}
			if now.rest != "" {
				require.Equal(t, now.rest, c.feeOrder(is.Rest).Amount.String())
				require.Contains(t, c.box("gaelic-gas")[0], "the fee for")
				_, err := c.Registry().RefuseDocument(t.Context(), "BMC", is.Case, is.Serial, tooVague, registrar)
				require.NoError(t, err)
				require.Equal(t, payment.Cancelled, c.feeOrder(is.Rest).State, "a refusal ends both")
				require.Len(t, c.refunds(is.Charge), 1)
			}
			if now.back != "" {
				refunds := c.refunds(is.Charge)
				require.Len(t, refunds, 1, "proposed once")
				require.Equal(t, now.back, refunds[0].Amount.String())
				correction := motion("motion")
				correction.Corrects, correction.Reference = is.Serial, "corrected"
				require.Equal(t, is.Charge, c.submit(correction).Document.Charge, "the fee is paid all the same")
			}
			c.proven()
		})
	}
}

// TestTheFeeIsSettledWhenThePaymentRests: while somebody pays, nothing is replaced.
func TestTheFeeIsSettledWhenThePaymentRests(t *testing.T) {
	c := newTariff(t, "25.00")
	c.flood("")
	d := c.submit(motion("motion")).Document
	whole := c.store
	m := &mortal{Store: whole, after: true}
	m.left.Store(1) // dies when the money is held and not taken
	c.store = m
	c.open()
	_, err := c.AccountsOffice().PayFromAccount(t.Context(), d.Charge, ledger.Deposit("gaelic-gas", "main"), gaelic)
	require.Error(t, err)
	c.store = whole
	c.open()
	require.Equal(t, payment.Reserved, c.feeOrder(d.Charge).State)
	c.set("2026-03-06 18:00:00")
	c.flood("2026-03-06 18:00:00")
	for range 3 {
		_, err = c.Resume(t.Context())
		require.NoError(t, err)
		c.at = c.at.Add(2 * time.Hour)
	}
	require.Equal(t, payment.Paid, c.feeOrder(d.Charge).State)
	require.Equal(t, "EUR 15.00", c.refunds(d.Charge)[0].Amount.String())
	require.Equal(t, "EUR 25.00", c.paperOf(d).Fee.String())
	c.proven()
}

// TestWhatACorrectionCosts is the court's to say: nothing while the fee of what it corrects stands.
func TestWhatACorrectionCosts(t *testing.T) {
	c := newBallymore(t)
	correct := func(serial int, reference string) icms.Document {
		in := motion("motion")
		in.Corrects, in.Reference = serial, reference
		return c.submit(in).Document
	}
	first := c.submit(motion("motion")).Document
	c.paid(first.Charge)
	second := correct(first.Serial, "second")
	require.Equal(t, first.Charge, second.Charge, "paid once")
	third := correct(second.Serial, "third")
	require.Equal(t, first.Charge, third.Charge)
	require.Equal(t, first.Serial, third.FeeOf)
	found, err := c.Registry().PaperOf(t.Context(), first.Charge)
	require.NoError(t, err)
	require.Equal(t, third.Serial, found.Serial)
	_, err = c.Registry().PaperOf(t.Context(), "paper/none")
	require.ErrorIs(t, err, icms.ErrNotFound)

	for _, d := range []icms.Document{third, second, first} {
		require.Empty(t, c.refunds(first.Charge), "what it took the place of stands, and its fee with it")
		_, err = c.Registry().RefuseDocument(t.Context(), "BMC", d.Case, d.Serial, tooVague, registrar)
		require.NoError(t, err)
	}
	refunds := c.refunds(first.Charge)
	require.Len(t, refunds, 1)
	fourth := correct(third.Serial, "fourth")
	require.Equal(t, first.Serial, fourth.Corrects)
	require.NotEqual(t, first.Charge, fourth.Charge, "the money goes back: the fee is owed again")
	require.Equal(t, "EUR 40.00", c.feeOrder(fourth.Charge).Amount.String())

	_, err = c.Registry().RefuseDocument(t.Context(), "BMC", fourth.Case, fourth.Serial, tooVague, registrar)
	require.NoError(t, err)
	require.Equal(t, payment.Cancelled, c.feeOrder(fourth.Charge).State)
	fifth := correct(fourth.Serial, "fifth")
	require.Equal(t, payment.Open, c.feeOrder(fifth.Charge).State, "a dead order pays for nothing")

	c.court.Policies.Corrections.Choice = icms.PaidEachTime
	c.open()
	sixth := correct(fifth.Serial, "sixth")
	require.NotEqual(t, fifth.Charge, sixth.Charge)
	c.court.Policies.Corrections.Choice = "now and then"
	_, err = icms.New(icms.Options{Store: c.store, Blobs: c.blobs, Courts: []icms.Court{c.court}})
	require.ErrorContains(t, err, "Corrections")
	c.proven()
}

// TestALatePaperThatIsAllowedPaysItsFee: the order that ended with its refusal pays for nothing.
func TestALatePaperThatIsAllowedPaysItsFee(t *testing.T) {
	for name, how := range map[string]struct{ paid, resumed, declined bool }{
		"unpaid": {resumed: true}, "unpaid, not ended yet": {}, "paid": {paid: true, resumed: true}, "paid, not returned yet": {paid: true},
		"paid, refund declined": {paid: true, resumed: true, declined: true},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCase(t)
			for i := range c.court.Papers {
				c.court.Papers[i].Fee = feeshk.Search // invented: no fee of a later paper is known
			}
			c.open()
			c.event(icms.AwardMade, "2026-03-02")
			c.set("2026-03-11 16:00:00")
			c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "")
			d := c.submit(paper(icmshk.Review)).Document
			if how.paid {
				_, err := c.AccountsOffice().Collect(t.Context(), d.Charge, "SLIP-1", registrar)
				require.NoError(t, err)
			}
			c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "2026-03-12 08:45:00")
			require.Equal(t, icms.DocumentRefused, c.paperOf(d).State)
			if how.resumed {
				_, err := c.Resume(t.Context())
				require.NoError(t, err)
			}
			if how.declined {
				refunds := c.refunds(d.Charge)
				require.Len(t, refunds, 1)
				_, err := c.AccountsOffice().Cashier().Decline(t.Context(), refunds[0].ID, "another", "the paper is taken")
				require.NoError(t, err)
			}
			c.set("2026-03-12 10:00:00")
			asked := c.ask(icms.TimeRequest{Document: d.Serial})
			for range 2 {
				_, err := c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
				require.NoError(t, err)
			}
			is := c.paperOf(d)
			require.Equal(t, icms.DocumentReceived, is.State)
			if how.declined {
				require.Equal(t, d.Charge, is.Charge, "the money is here")
				require.Equal(t, payment.Paid, c.feeOrder(is.Charge).State)
				return
			}
			require.NotEqual(t, d.Charge, is.Charge)
			require.Equal(t, payment.Open, c.feeOrder(is.Charge).State)
			require.True(t, is.Receipt.PriceAt.Equal(c.feeOrder(is.Charge).PricedAt), "as its own instant says")
			if how.paid {
				require.Len(t, c.refunds(d.Charge), 1, "what was paid before goes back")
			} else {
				require.Equal(t, payment.Cancelled, c.feeOrder(d.Charge).State)
			}
			for range 2 {
				c.at = c.at.Add(2 * time.Hour)
				_, err := c.Resume(t.Context())
				require.NoError(t, err)
			}
			require.Equal(t, payment.Open, c.feeOrder(is.Charge).State)
			c.proven()
		})
	}
}

// TestOrdersSayNothingOfTheCase: payers and the accounts office read them when the case is sealed.
func TestOrdersSayNothingOfTheCase(t *testing.T) {
	c := newBallymore(t)
	d := c.submit(motion("motion")).Document
	c.paid(d.Charge)
	_, err := c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "BMC", Case: d.Case, By: registrar}, icms.CaseSealed)
	require.NoError(t, err)
	orders, _, err := c.AccountsOffice().Orders().List(t.Context(), payment.Query{Payer: "gaelic-gas"})
	require.NoError(t, err)
	receipt, err := c.AccountsOffice().Orders().ReceiptOf(t.Context(), d.Charge)
	require.NoError(t, err)
	statement, err := c.AccountsOffice().Ledger().Statement(t.Context(), ledger.StatementQuery{Account: ledger.Deposit("gaelic-gas", "main")})
	require.NoError(t, err)
	said, err := json.Marshal([]any{orders, receipt, statement})
	require.NoError(t, err)
	require.Contains(t, string(said), d.Charge)
	require.NotContains(t, string(said), d.Case)
	require.NotContains(t, string(said), "0001/2026")
}

// TestALatePaperWhoseFeeIsBeingPaid at a gateway that can't cancel keeps the decision waiting, and a refusal does not fail because of it.
func TestALatePaperWhoseFeeIsBeingPaid(t *testing.T) {
	x := newTill(t, false)
	for i := range x.court.Papers {
		x.court.Papers[i].Fee = feeshk.Search // invented: no fee of a later paper is known
	}
	x.client = steadfast{x.client}
	x.open()
	a := x.start(x.file(claims(2, "A")).ID, false)
	_, err := x.sim.Pay(a.ID)
	require.NoError(t, err)
	x.check(a)
	x.resume()
	x.event(icms.AwardMade, "2026-03-02")
	x.set("2026-03-11 16:00:00")
	x.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "")
	d := x.submit(paper(icmshk.Review)).Document
	x.set("2026-03-12 09:00:00")
	a = x.start(d.Charge, false)
	x.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "2026-03-12 08:45:00")
	require.Equal(t, icms.DocumentRefused, x.paperOf(d).State)
	asked := x.ask(icms.TimeRequest{Document: d.Serial})
	_, err = x.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
	requireRefusal(t, err, "submission.fee.ending")
	require.Equal(t, icms.DocumentRefused, x.paperOf(d).State)

	x.set("2026-03-12 12:00:00")
	x.paymentsWork()
	require.Equal(t, payment.AttemptExpired, x.check(a).State)
	_, err = x.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
	require.NoError(t, err)
	is := x.paperOf(d)
	require.Equal(t, icms.DocumentReceived, is.State)
	require.NotEqual(t, d.Charge, is.Charge)
	require.Equal(t, payment.Cancelled, x.feeOrder(d.Charge).State)

	a = x.start(is.Charge, false)
	_, err = x.Registry().RefuseDocument(t.Context(), "SCT", firstCase, is.Serial, tooVague, registrar)
	require.NoError(t, err, "the payer may still pay")
	_, err = x.sim.Pay(a.ID)
	require.NoError(t, err)
	x.check(a)
	x.set("2026-03-12 14:00:00")
	x.resume()
	require.Len(t, x.refunds(is.Charge), 1)
	x.proven()
}

package icms_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/rollout"
	"courts.example/eservices/payment/ledger"
)

// covering is a roll-out list of a court with the types that the tests file, each service of which is as given.
func covering(t testing.TB, inspection, causeBook string) *rollout.Table {
	t.Helper()
	table, err := rollout.Load(fmt.Appendf(nil, `{
		"format": "rollout/1", "name": "test", "version": "1", "title": {"en": "Test"},
		"provisions": {"order": {"instrument": "Order 7", "status": "confirmed"}, "age": {"instrument": "Practice", "status": "assumed"}},
		"courts": [{"code": "SCT", "name": {"en": "Court"}, "voluntary": "order", "types": [{
			"code": "bulk_claim", "name": {"en": "bulk claim", "zh-Hant": "批量申索"}, "named": "order", "services": [
				{"of": ["filing", "payment"], "since": "2024-10-31", "provision": "order"},
				{"of": ["inspection"], "provision": "order", %s},
				{"of": ["cause_book"], "provision": "order", %s}
			]}, {
			"code": "other", "name": {"en": "other claim", "zh-Hant": "其他申索"}, "named": "order", "services": [
				{"of": ["filing", "payment", "inspection", "cause_book"], "provision": "order", "unknown": {"en": "nobody says", "zh-Hant": "不詳"}}
			]}]}], "mandates": [{"name": "all", "title": {"en": "all"}, "courts": ["SCT"], "when": ["represented"],
			"stages": [{"state": "planned", "since": "2024-10-31", "earliest": "2030-01-01", "provision": "age"}]}]}`, inspection, causeBook))
	require.NoError(t, err)
	return table
}

const (
	since = `"since": "2024-10-31"`
	never = `"never": {"en": "it is not offered", "zh-Hant": "不提供"}`
	young = `"since": "2024-10-31", "commenced": {"day": "2026-03-01", "provision": "age"}`
)

func TestOnlyCasesOfTheCoverageAreFound(t *testing.T) {
	c := newCase(t) // two cases of 27 February
	c.court.Coverage = covering(t, young, since)
	c.court.Inspection.Item = ""
	c.open()
	_, err := c.Registry().File(t.Context(), batch(claims(1, "B")))
	require.NoError(t, err)
	day := calendar.MustDate("2026-02-28")

	q := c.look(icms.Search{Court: "SCT", By: searcher, Reference: "1", Party: "sample utilities"})
	require.Equal(t, "SCTC000003/2026", fmt.Sprint(c.found(q, 1)[0]))
	require.Len(t, c.found(q, 10), 1)
	require.Equal(t, law.Assumed, q.Findings[0].Provision.Status)
	c.hidden(q, firstCase)
	old := c.look(icms.Search{Court: "SCT", By: searcher, Reference: "2", Number: firstCase})
	c.hidden(old, firstCase)
	_, err = c.Inspection().Search(t.Context(), icms.Search{Court: "SCT", By: searcher, Reference: "3", Until: day})
	require.Equal(t, filing.SearchBefore, turned(t, err))
	_, err = c.Inspection().Search(t.Context(), icms.Search{Court: "SCT", By: searcher, Reference: "3", Number: firstCase, Type: "other"})
	require.Equal(t, filing.CoverageUnknown, turned(t, err))
	book, _, err := c.CauseBook().Find(t.Context(), icms.BookQuery{Court: "SCT", Party: "sample utilities"})
	require.NoError(t, err)
	require.Len(t, book, 3, "the cause book has them all")
	require.Equal(t, "bulk_claim", book[0].Type)
	require.Equal(t, "Sample Utilities Limited", book[0].ClaimantName.In("en"))
}

func TestACauseBookThatIsNotOffered(t *testing.T) {
	c := newCase(t)
	c.court.Coverage = covering(t, since, never)
	c.open()
	day := calendar.MustDate("2026-02-27")
	_, _, err := c.CauseBook().Day(t.Context(), "SCT", day, "", 0)
	require.Equal(t, filing.CoverageNone, turned(t, err))
	_, _, err = c.CauseBook().Find(t.Context(), icms.BookQuery{Court: "SCT", Type: "bulk_claim"})
	require.Equal(t, filing.CoverageExcluded, turned(t, err))
	_, err = c.CauseBook().Case(t.Context(), "SCT", firstCase)
	require.Equal(t, filing.CoverageNone, turned(t, err))
	c.court.Code = "XX"
	_, err = icms.New(icms.Options{Store: c.store, Blobs: c.blobs, Courts: []icms.Court{c.court}})
	require.ErrorContains(t, err, "Coverage")
}

func TestWhatTheCauseBookRefuses(t *testing.T) {
	c := newCase(t)
	from, until := calendar.MustDate("2026-03-02"), calendar.MustDate("2026-03-01")
	for want, q := range map[filing.Code]icms.BookQuery{
		filing.SearchName:       {Party: "s", Typing: true},
		filing.SearchDates:      {From: from, Until: until},
		filing.CoverageType:     {Type: "appeal"},
		filing.CoverageExcluded: {Type: "ordinary_claim"},
	} {
		q.Court = "SCT"
		_, _, err := c.CauseBook().Find(t.Context(), q)
		require.Equal(t, want, turned(t, err))
	}
}

// A claimant whom no register lists is found by its name, in any court.
func TestASingleClaimantIsFoundByName(t *testing.T) {
	c := newBallymore(t)
	r, err := c.Registry().FileClaim(t.Context(), icms.SingleClaim{
		Court: "BMC", Claimant: law.Text{"en": "Pat Example", "ga": "Pádraig Samplach"}, By: icms.Filer{Organisation: "pat-example"},
		Account: string(ledger.Deposit("pat-example", "main")),
		Claim: filing.Claim{
			Reference: "MINE-1", Category: "supply", Amount: money.New(100_00, money.MustCurrency("EUR")), Nature: "services",
			Defendants: []filing.Party{{Name: "Defendant 0001", Address: "1 Sample Street"}}, Particulars: "Unpaid work", Calculation: "One invoice",
		},
	})
	require.NoError(t, err)
	for _, text := range []string{"pat", "padraig samplach", "example pat", "0001 defendant", "gas", "defendant pat"} {
		page, _, err := c.CauseBook().Find(t.Context(), icms.BookQuery{Court: "BMC", Party: text})
		require.NoError(t, err)
		var got []string
		for _, e := range page {
			got = append(got, e.Number)
		}
		want := map[string][]string{"gas": {"D-0001/2026"}, "defendant pat": nil}
		if w, other := want[text]; other {
			require.Equal(t, w, got, text)
		} else {
			require.Equal(t, []string{r.Acknowledgement.FirstCase}, got, text)
		}
	}
}

// A claimant that was approved while the service runs is found by the name that it has, and by the one that it had; its cases bear the name under
// which they were filed.
func TestAnApprovedClaimantIsFoundByItsNames(t *testing.T) {
	c := newCase(t)
	another := filing.Approval{
		Claimant: filing.Claimant{ID: sample.ID, Name: law.T("Model Utilities Limited", "模範公用事業有限公司")}, Provision: sample.Provision,
	}
	require.NoError(t, c.Registry().ApproveClaimant(t.Context(), "SCT", another, registrar))
	for _, text := range []string{"model utilities", "sample utilities", "模範"} {
		page, _, err := c.CauseBook().Find(t.Context(), icms.BookQuery{Court: "SCT", Party: text})
		require.NoError(t, err)
		require.Len(t, page, 2, text)
		require.Equal(t, "Sample Utilities Limited", page[0].ClaimantName.In("en"))
	}
}

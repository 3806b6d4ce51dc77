package icms_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// badCSV has one good claim and three bad ones.
func badCSV() string {
	csv := claims(4, "BAD")
	csv = strings.Replace(csv, ",20000,", ",75000.01,", 1)
	csv = strings.Replace(csv, ",30000,", ",,", 1)
	return strings.Replace(csv, "Defendant 00004", "", 1)
}

func TestARefusedBatchLeavesNothing(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := batch(badCSV())
	in.Reference = "MARCH"
	pre, err := c.Registry().Preflight(t.Context(), in)
	require.NoError(t, err)
	filed, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Refused, filed.State)
	require.Equal(t, pre.Findings, filed.Findings, "Preflight and File say the same")
	require.Equal(t, 4, filed.Claims)
	require.Equal(t, 3, filed.Refused)
	require.GreaterOrEqual(t, len(filed.Findings), 3)
	require.Nil(t, filed.Acknowledgement)
	require.Equal(t, "HKD 1000.00", c.balance())
	require.Empty(t, c.blobs.(*memoryBlobs).kept, "no bytes are kept")
	links, err := c.Audit().Links(t.Context(), "SCT", 2026, 0, 10)
	require.NoError(t, err)
	require.Empty(t, links, "nothing was written")

	good := batch(claims(4, "BAD"))
	good.Reference = "MARCH"
	again, err := c.Registry().File(t.Context(), good)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, again.State, "the reference stayed free")
}

func TestPartialFilesTheGoodClaims(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := batch(badCSV())
	in.Partial = true
	filed, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, filed.State)
	require.Equal(t, 1, filed.Acknowledgement.Claims)
	require.Equal(t, 3, filed.Acknowledgement.Refused)
	require.Equal(t, "HKD 16.00", filed.Payment.Amount.String())

	var numbers []string
	refused := 0
	for l, err := range c.Registry().Lines(t.Context(), filed.ID) {
		require.NoError(t, err)
		if l.Refused {
			refused++
			require.NotEmpty(t, l.Findings)
			require.Empty(t, l.Number)
			continue
		}
		numbers = append(numbers, l.Number)
	}
	require.Equal(t, []string{"SCTC000001/2026"}, numbers)
	require.Equal(t, 3, refused)
}

func TestAReferenceIsUsedOnce(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	first := batch(claims(2, "A"))
	first.Reference = "MARCH"
	filed, err := c.Registry().File(t.Context(), first)
	require.NoError(t, err)
	other := batch(claims(2, "B"))
	other.Reference = "MARCH"
	for _, ask := range []func() error{
		func() error { _, err := c.Registry().Preflight(t.Context(), other); return err },
		func() error { _, err := c.Registry().File(t.Context(), other); return err },
	} {
		err := ask()
		require.ErrorIs(t, err, icms.ErrConflict)
		var conflict *icms.ConflictError
		require.ErrorAs(t, err, &conflict)
		require.Equal(t, filed.Content, conflict.First)
		require.Contains(t, err.Error(), "2026-03-02T10:00:00+08:00")
	}
}

func TestTheSameBytesUnderAnotherReferenceAreTheSameBatch(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := batch(claims(2, "A"))
	in.Reference = "FIRST"
	filed, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	in.Reference = "SECOND"
	pre, err := c.Registry().Preflight(t.Context(), in)
	require.NoError(t, err)
	require.True(t, pre.Replayed)
	require.Equal(t, "FIRST", pre.Reference)
	again, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, string(filed.Acknowledged), string(again.Acknowledged))
}

func TestAClaimIsFiledOnce(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	filed, err := c.Registry().File(t.Context(), batch(claims(3, "A")))
	require.NoError(t, err)
	more, err := c.Registry().Preflight(t.Context(), batch(claims(4, "A")))
	require.NoError(t, err)
	require.Equal(t, icms.Refused, more.State)
	require.Equal(t, 3, more.Refused)
	require.Equal(t, []string{"claim.filed.reference", "claim.filed.reference", "claim.filed.reference"}, codes(more.Findings))
	require.Contains(t, more.Findings[1].Text().In("en"), filed.Reference+" #3", "the finding says in which batch and line it was filed")

	// The same debts under other references are shown and may be filed: only their claimant knows.
	renamed := strings.ReplaceAll(claims(3, "A"), "A-", "Z-")
	again, err := c.Registry().Preflight(t.Context(), batch(renamed))
	require.NoError(t, err)
	require.Equal(t, icms.Ready, again.State)
	require.Equal(t, []string{"claim.filed.substance", "claim.filed.substance", "claim.filed.substance"}, codes(again.Findings))
}

func TestWhatCantBeReadIsAnError(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 0)
	_, err := c.Registry().File(t.Context(), batch("PK\x03\x04 this is a spreadsheet"))
	require.ErrorIs(t, err, filing.ErrUnreadable)
	require.Contains(t, err.Error(), "claims.csv")
}

func TestBadCalls(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 0)
	good := batch(claims(1, "A"))
	for name, spoil := range map[string]func(*icms.Batch){
		"no format":         func(b *icms.Batch) { b.Format = nil },
		"no claimant":       func(b *icms.Batch) { b.Claimant = " " },
		"no filer":          func(b *icms.Batch) { b.By = icms.Filer{} },
		"long reference":    func(b *icms.Batch) { b.Reference = strings.Repeat("x", 65) },
		"spaces around":     func(b *icms.Batch) { b.Reference = " x" },
		"control character": func(b *icms.Batch) { b.Reference = "a\nb" },
	} {
		in := good
		spoil(&in)
		_, err := c.Registry().File(t.Context(), in)
		require.ErrorIs(t, err, icms.ErrInvalid, name)
	}
	in := good
	in.Court = "XYZ"
	_, err := c.Registry().Preflight(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrUnknownCourt)
	_, err = icms.New(icms.Options{})
	require.ErrorIs(t, err, icms.ErrInvalid)
	for _, what := range []string{"Store", "Blobs", "Courts"} {
		require.Contains(t, err.Error(), what, "all mistakes at once")
	}
	_, err = c.CauseBook().Case(t.Context(), "SCT", "SCTC000009/2026")
	require.ErrorIs(t, err, icms.ErrNotFound)
}

func TestMoneyThatIsMissing(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 100)
	in := batch(claims(5, "INV")) // HKD 216
	waiting, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Accepted, waiting.State)
	require.ErrorIs(t, waiting.Unpaid, icms.ErrUnpaid)
	var short *ledger.InsufficientError
	require.ErrorAs(t, waiting.Unpaid, &short)
	require.Equal(t, "HKD 100.00", short.Available.String())
	require.Nil(t, waiting.Acknowledgement)

	c.set("2026-03-02 18:00:00") // after hours: the money counts tomorrow, and so does the filing
	c.topUp(500)
	done, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, done.State)
	require.Equal(t, "HKD 216.00", done.Payment.Amount.String(), "a later payment does not re-price")
	require.True(t, done.Receipt.Documents.Deemed.Equal(hk("2026-03-02 10:00:00")))
	require.True(t, done.Receipt.Money.Deemed.Equal(hk("2026-03-03 08:45:00")))
	require.True(t, done.Acknowledgement.Deemed.Equal(hk("2026-03-03 08:45:00")), "the later of the two")
	require.Equal(t, "HKD 384.00", c.balance())
	requireBalanced(t, c)
}

func TestAnAccountThatIsntThere(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := batch(claims(1, "INV"))
	in.Account = "deposit:sample-utilities/branch-7"
	waiting, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.ErrorIs(t, waiting.Unpaid, ledger.ErrNoAccount)
	in.Account = account
	done, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, done.State, "another account pays")
}

func TestADamagedStoreIsSaid(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	filed, err := c.Registry().File(t.Context(), batch(claims(3, "INV")))
	require.NoError(t, err)
	for hash, body := range c.blobs.(*memoryBlobs).kept {
		c.blobs.(*memoryBlobs).kept[hash] = body[:len(body)/2]
	}
	for _, err = range c.Registry().Lines(t.Context(), filed.ID) {
	}
	require.ErrorIs(t, err, store.ErrCorrupt)
	forged := *filed.Acknowledgement
	forged.LastCase = "SCTC000009/2026"
	require.ErrorIs(t, c.Registry().Verify(t.Context(), forged), icms.ErrForged)
}

func TestAFileWithoutAmounts(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	r, err := c.Registry().File(t.Context(), batch("reference,category,defendant_name,defendant_address,particulars,calculation\n"+
		"R-1,other,Defendant 0001,\"Flat 1, Sample House\",Unpaid charges,Sum of invoices\n"))
	require.NoError(t, err)
	require.Equal(t, icms.Refused, r.State)
	require.Equal(t, []string{"header.column.missing"}, codes(r.Findings))
}

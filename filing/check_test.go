package filing_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

func TestCleanBatch(t *testing.T) {
	p := harbour(t)
	out, result := checkAll(t, p, powerBatch(p), goodClaim(1), goodClaim(2), goodClaim(3))
	require.Empty(t, findingsOf(out, result))
	require.Equal(t, 3, result.Claims)
	require.Equal(t, 3, result.Accepted)
	require.Equal(t, cad("361.50"), result.Claimed)
	require.True(t, result.Fileable(false))
	require.Empty(t, result.Counts)
}

// Everything wrong with a claim comes at once, in the order of the rules, with its place; reading's findings come first.
func TestAllFindingsInOnePass(t *testing.T) {
	p := harbour(t)
	c, err := p.NewCheck(powerBatch(p))
	require.NoError(t, err)
	bad := goodClaim(1)
	bad.Amount, bad.Defendants[0].Name, bad.Particulars, bad.Nature = cad("2500"), "", "", "salvage"
	reader := filing.Finding{Code: "cell.date.invalid", Severity: filing.Refusal, Path: filing.Path{Line: 9, Column: "arose_on"}}
	row := filing.Row{Line: 9, Claim: bad, Column: column, Findings: []filing.Finding{reader}}
	var got []filing.Finding
	for checked, err := range c.Rows(context.Background(), seq(row)) {
		require.NoError(t, err)
		require.True(t, checked.Refused)
		got = checked.Findings
	}
	require.Equal(t, []filing.Code{"cell.date.invalid", "claim.amount.over-limit", "claim.nature.excluded", "claim.particulars.missing",
		"claim.defendant.name.missing"}, codesOf(got))
	require.Equal(t, filing.Path{Line: 9, Column: "Amount claimed", Pointer: "/amount", Reference: "INV-0000001"}, got[1].Path)
	require.Equal(t, "Harbour Act s. 5A", got[1].Provision.Cite())
	require.Equal(t, filing.Path{Line: 9, Column: "Defendant name", Pointer: "/defendants/0/name", Reference: "INV-0000001"}, got[4].Path)
	require.Equal(t, `line 9, column Amount claimed, reference "INV-0000001": claim.amount.over-limit (refusal): The amount claimed is `+
		`CAD 2500.00, CAD 500.00 over the limit of CAD 2000.00. [Harbour Act s. 5A, confirmed]`, got[1].String())
	require.Len(t, row.Findings, 1, "the reader's list is not touched")
	result := c.Result()
	require.Equal(t, 1, result.Refused)
	require.Equal(t, 1, result.Counts["claim.amount.over-limit"])
	require.False(t, result.Fileable(true), "no claim is left")
}

// A field that the file did not let us read has its finding already.
func TestUnreadFields(t *testing.T) {
	p := harbour(t)
	c, err := p.NewCheck(powerBatch(p))
	require.NoError(t, err)
	row := filing.Row{Line: 2, Unread: []string{"/amount", "/defendants/0/address", "/calculation"}}
	for checked, err := range c.Rows(context.Background(), seq(row)) {
		require.NoError(t, err)
		require.Equal(t, []filing.Code{"claim.reference.missing", "claim.category.missing", "claim.particulars.missing"},
			codesOf(checked.Findings))
	}
}

func TestPartialBatch(t *testing.T) {
	bad := goodClaim(2)
	bad.Calculation = ""
	p := harbour(t)
	out, result := checkAll(t, p, powerBatch(p), goodClaim(1), bad)
	require.False(t, out[0].Refused)
	require.True(t, out[1].Refused)
	require.False(t, result.Fileable(false))
	require.True(t, result.Fileable(true))
	require.Equal(t, cad("120.50"), result.Claimed)
}

func TestControlTotals(t *testing.T) {
	right := filing.Control{HasClaims: true, Claims: 2, HasTotal: true, Total: cad("241.00")}
	_, result := checkControl(t, right, goodClaim(1), goodClaim(2))
	require.Empty(t, result.Findings)
	_, result = checkControl(t, filing.Control{HasClaims: true, HasTotal: true}, goodClaim(1))
	require.Equal(t, []filing.Code{"control.count.mismatch", "control.total.mismatch"}, codesOf(result.Findings))
	_, result = checkControl(t, filing.Control{HasClaims: true, HasTotal: true})
	require.Equal(t, []filing.Code{"batch.empty"}, codesOf(result.Findings), "nothing adds up to nothing")
	require.True(t, result.Barred())
}

// The claims over the largest batch are counted, not checked.
func TestTooLargeBatch(t *testing.T) {
	p := harbour(t)
	p.Batches.Claims = 2
	bad := goodClaim(3)
	bad.Reference = ""
	out, result := checkAll(t, p, powerBatch(p), goodClaim(1), goodClaim(2), bad, goodClaim(4))
	require.Len(t, out, 2)
	require.Equal(t, 4, result.Claims)
	require.Equal(t, []filing.Code{"batch.too-large"}, codesOf(result.Findings))
	require.Contains(t, result.Findings[0].Text().In(law.English), "from line 4 on")
}

// lookups counts what is asked.
type lookups struct {
	filed
	calls, keys, largest int
	err                  error
}

func (l *lookups) Filed(ctx context.Context, keys []string) (map[string]string, error) {
	l.calls++
	l.keys += len(keys)
	l.largest = max(l.largest, len(keys))
	if l.err != nil {
		return nil, l.err
	}
	return l.filed.Filed(ctx, keys)
}

// Rows come in their order however they are looked up, about a thousand keys at a time.
func TestLookupInChunks(t *testing.T) {
	p := harbour(t)
	p.Batches.Claims = 5000
	claims := make([]filing.Claim, 1300)
	for i := range claims {
		claims[i] = goodClaim(i)
	}
	l := &lookups{filed: filed{
		claims[0].Keys("harbour-power").Reference:    "HCC 1/2025",
		claims[600].Keys("harbour-power").Substance:  "HCC 2/2025",
		claims[1299].Keys("harbour-power").Reference: "HCC 3/2025",
		claims[7].Keys("town-water").Reference:       "another claimant's",
	}}
	b := powerBatch(p)
	b.Filed = l
	out, result := checkAll(t, p, b, claims...)
	require.Len(t, out, 1300)
	for i, checked := range out {
		require.Equal(t, i+2, checked.Line)
		require.Equal(t, checked.Claim.Keys("harbour-power"), checked.Keys)
	}
	require.Equal(t, 3, l.calls)
	require.Equal(t, 2600, l.keys)
	require.LessOrEqual(t, l.largest, 1024)
	require.Equal(t, []filing.Code{"claim.filed.reference"}, codesOf(out[0].Findings))
	require.Contains(t, out[0].Findings[0].Text().In(law.English), "HCC 1/2025")
	require.Equal(t, []filing.Code{"claim.filed.substance"}, codesOf(out[600].Findings))
	require.False(t, out[600].Refused)
	require.True(t, out[1299].Refused)
	require.Equal(t, 2, result.Refused)
}

// The bytes held back are bounded too.
func TestLookupOfLargeClaims(t *testing.T) {
	p := harbour(t)
	l := &lookups{}
	b := powerBatch(p)
	b.Filed = l
	claims := make([]filing.Claim, 40)
	for i := range claims {
		claims[i] = goodClaim(i)
		claims[i].Particulars = string(make([]byte, 256<<10))
	}
	out, _ := checkAll(t, p, b, claims...)
	require.Len(t, out, 40)
	require.LessOrEqual(t, l.largest, 34, "no more than some 4 MiB wait")
}

func TestErrorsEndTheRows(t *testing.T) {
	broken := errors.New("broken")
	p := harbour(t)
	b := powerBatch(p)

	c, err := p.NewCheck(b)
	require.NoError(t, err)
	n, err := drain(c, context.Background(), then(rows(goodClaim(1)), broken))
	require.ErrorIs(t, err, broken)
	require.Equal(t, 1, n, "what was read before the error is given")

	b.Filed = &lookups{}
	c, err = p.NewCheck(b)
	require.NoError(t, err)
	n, err = drain(c, context.Background(), then(rows(goodClaim(1)), broken))
	require.ErrorIs(t, err, broken)
	require.Equal(t, 1, n, "also when it waits for its look-up")

	b.Filed = &lookups{err: broken}
	c, err = p.NewCheck(b)
	require.NoError(t, err)
	_, err = drain(c, context.Background(), rows(goodClaim(1)))
	require.ErrorIs(t, err, broken)
	_, err = drain(c, context.Background(), rows(goodClaim(1)))
	require.ErrorContains(t, err, "one batch")

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b.Filed = nil
	c, err = p.NewCheck(b)
	require.NoError(t, err)
	_, err = drain(c, ctx, rows(goodClaim(1)))
	require.ErrorIs(t, err, context.Canceled)

	b.Restrictions = restricted{5}
	c, err = p.NewCheck(b)
	require.NoError(t, err)
	_, err = drain(c, context.Background(), rows(goodClaim(1)))
	require.ErrorContains(t, err, "claim 5 of 1")

	b.At = b.At.AddDate(-3000, 0, 0).UTC()
	_, err = p.NewCheck(filing.Batch{Claimant: "harbour-power"})
	require.ErrorContains(t, err, "Batch.At is zero")
}

// A consumer may stop whenever it likes.
func TestStopEarly(t *testing.T) {
	p := harbour(t)
	for _, lookUp := range []filing.Filed{nil, filed{}} {
		b := powerBatch(p)
		b.Filed = lookUp
		c, err := p.NewCheck(b)
		require.NoError(t, err)
		for _, err := range c.Rows(context.Background(), rows(goodClaim(1), goodClaim(2), goodClaim(3))) {
			require.NoError(t, err)
			break
		}
		require.Equal(t, 1, c.Result().Accepted)
	}
}

func drain(c *filing.Check, ctx context.Context, in iter.Seq2[filing.Row, error]) (n int, err error) {
	for _, err := range c.Rows(ctx, in) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func seq(list ...filing.Row) iter.Seq2[filing.Row, error] {
	return func(yield func(filing.Row, error) bool) {
		for _, row := range slices.Clone(list) {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// then gives the rows and then an error.
func then(in iter.Seq2[filing.Row, error], err error) iter.Seq2[filing.Row, error] {
	return func(yield func(filing.Row, error) bool) {
		for row := range in {
			if !yield(row, nil) {
				return
			}
		}
		yield(filing.Row{}, err)
	}
}

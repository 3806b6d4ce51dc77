package filing_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/money"
)

// batchCases produces the codes about a batch as a whole.
func batchCases() map[filing.Code]codeCase {
	return map[filing.Code]codeCase{
		"batch.empty": func(t *testing.T) []filing.Finding {
			p := harbour(t)
			return findingsOf(checkAll(t, p, powerBatch(p)))
		},
		"batch.too-large": func(t *testing.T) []filing.Finding {
			p := harbour(t)
			p.Batches.Claims = 2
			return findingsOf(checkAll(t, p, powerBatch(p), goodClaim(1), goodClaim(2), goodClaim(3), goodClaim(4)))
		},
		"batch.not-electronic":        batchCase(func(b *filing.Batch) { b.Type = "single" }),
		"batch.claimant.unknown":      batchCase(func(b *filing.Batch) { b.Claimant = "Harbour Gas\x1b[2J" }),
		"batch.claimant.not-approved": batchCase(func(b *filing.Batch) { b.Claimant, b.At = "town-water", b.At.AddDate(1, 0, 0) }),
		"control.count.mismatch":      controlCase(filing.Control{HasClaims: true, Claims: 2}),
		"control.total.mismatch":      controlCase(filing.Control{HasTotal: true, Total: cad("120.51")}),
		"control.total.uncountable": func(t *testing.T) []filing.Finding {
			huge := goodClaim(1)
			huge.Amount = money.New(math.MaxInt64, huge.Amount.Currency())
			p := harbour(t)
			return findingsOf(checkAll(t, p, powerBatch(p), huge, goodClaim(2)))
		},
	}
}

func batchCase(change func(*filing.Batch)) codeCase {
	return func(t *testing.T) []filing.Finding {
		p := harbour(t)
		b := powerBatch(p)
		change(&b)
		return findingsOf(checkAll(t, p, b, goodClaim(1)))
	}
}

func controlCase(control filing.Control) codeCase {
	return func(t *testing.T) []filing.Finding {
		_, result := checkControl(t, control, goodClaim(1))
		return result.Findings
	}
}

// checkControl checks claims of a file whose header states totals.
func checkControl(t *testing.T, control filing.Control, claims ...filing.Claim) ([]filing.Checked, filing.Result) {
	t.Helper()
	p := harbour(t)
	c, err := p.NewCheck(powerBatch(p))
	require.NoError(t, err)
	c.Header(control, nil)
	var out []filing.Checked
	for checked, err := range c.Rows(context.Background(), rows(claims...)) {
		require.NoError(t, err)
		out = append(out, checked)
	}
	return out, c.Result()
}

package filing_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// assessor says what it is told of every claim, and keeps what it was asked.
type assessor struct {
	says   filing.Assessed
	err    error
	asked  []int
	at     time.Time
	by     string
	silent bool
}

func (a *assessor) Assess(_ context.Context, claimant filing.Claimant, at time.Time, claims []*filing.Claim) ([]filing.Assessed, error) {
	a.asked, a.at, a.by = append(a.asked, len(claims)), at, claimant.ID
	if a.silent {
		return nil, a.err
	}
	var out []filing.Assessed
	for i := range claims {
		says := a.says
		says.Index += i
		out = append(out, says)
	}
	return out, a.err
}

// metered is a policy with a code of its own.
func metered(t testing.TB) filing.Policy {
	p := harbour(t)
	p.Codes = append(p.Codes, filing.Entry{
		Code: "harbour.meter", Severity: filing.Refusal, Text: law.Text{"en": "Meter {meter} is unknown."}, Rule: "meters are known", Remedy: law.Text{"en": "Read it again."},
	})
	return p
}

func TestAssessor(t *testing.T) {
	p := metered(t)
	p.Batches.Claims = 700
	ground := law.Provision{Instrument: "Harbour Meters Act", Status: law.Confirmed}
	a := &assessor{says: filing.Assessed{Code: "harbour.meter", Pointer: "/amount", Provision: ground, Values: []law.Value{law.V("meter", "7\x00")}}}
	b := powerBatch(p)
	b.Assessor = a
	claims := make([]filing.Claim, 700)
	for i := range claims {
		claims[i] = goodClaim(i + 1)
	}
	out, result := checkAll(t, p, b, claims...)
	require.Equal(t, 700, len(out))
	require.Equal(t, 700, result.Refused)
	require.Equal(t, 700, result.Counts["harbour.meter"])
	require.Less(t, len(a.asked), 3, "many at a time")
	require.Equal(t, "harbour-power", a.by)
	require.True(t, a.at.Equal(b.At))
	f := out[699].Findings[0]
	require.Equal(t, 701, f.Path.Line)
	require.Equal(t, "Amount claimed", f.Path.Column)
	require.Equal(t, ground, f.Provision)
	require.Equal(t, `Meter 7\x00 is unknown.`, f.Text().In(), "safe to print")
	require.Equal(t, "Read it again.", f.Remedy().In())
}

// What the file did not let us read has its finding already.
func TestAssessorOnWhatWasNotRead(t *testing.T) {
	p := metered(t)
	b := powerBatch(p)
	b.Assessor = &assessor{says: filing.Assessed{Code: "harbour.meter", Pointer: "/amount"}}
	c, err := p.NewCheck(b)
	require.NoError(t, err)
	row := filing.Row{Line: 2, Claim: goodClaim(1), Unread: []string{"/amount"}}
	for checked, err := range c.Rows(t.Context(), func(yield func(filing.Row, error) bool) { yield(row, nil) }) {
		require.NoError(t, err)
		require.Empty(t, checked.Findings)
	}
}

// A hook that fails, or says what makes no sense, ends the check with an error that names it; no row is given as checked.
func TestHookErrors(t *testing.T) {
	broken := errors.New("broken")
	for name, a := range map[string]*assessor{
		"fails":            {err: broken},
		"fails in silence": {err: broken, silent: true},
		"no such claim":    {says: filing.Assessed{Index: 1, Code: "harbour.meter"}},
		"before":           {says: filing.Assessed{Index: -1, Code: "harbour.meter"}},
		"undeclared":       {says: filing.Assessed{Code: "harbour.other"}},
		"not its own":      {says: filing.Assessed{Code: "claim.amount.missing"}},
	} {
		p := metered(t)
		b := powerBatch(p)
		b.Assessor = a
		c, err := p.NewCheck(b)
		require.NoError(t, err)
		n, err := drain(c, t.Context(), rows(goodClaim(1)))
		var failed *filing.HookError
		require.ErrorAs(t, err, &failed, name)
		require.Equal(t, filing.AssessHook, failed.Hook)
		require.ErrorContains(t, err, "nothing is decided, ask again")
		require.Zero(t, n, name)
		require.Equal(t, a.err != nil, errors.Is(err, broken))
	}
	p := metered(t)
	b := powerBatch(p)
	b.Restrictions = restricted{5}
	c, err := p.NewCheck(b)
	require.NoError(t, err)
	_, err = drain(c, t.Context(), rows(goodClaim(1)))
	var failed *filing.HookError
	require.ErrorAs(t, err, &failed)
	require.Equal(t, filing.RestrictionsHook, failed.Hook)
}

package courtwire_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/tables"
	"courts.example/eservices/plugins/internal/courtwire"
)

// A court of another zone, currency and language, which is a document at the other end of a wire, files a batch.
func TestAForeignCourtFilesOverTheWire(t *testing.T) {
	s := counter(t, court(t, plain(ballymore(t))))
	r, err := s.Registry().File(t.Context(), batch(claims("A-1", "A-2"), "gaelic-gas"))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
	require.Equal(t, "EUR 30.00", r.Payment.Amount.String(), "twice the least fee")
	require.Equal(t, "EUR 170.00", balance(t, s))
	require.Equal(t, "2026-03-30T10:00:00+01:00", r.Acknowledgement.Deemed.Format(time.RFC3339), "Monday, in summer time")
	require.Equal(t, "D-0001/2026", r.Acknowledgement.FirstCase)
	require.NoError(t, s.Audit().Verify(t.Context(), "BMC", 2026))
}

// The hook finds the same in Preflight and in File, with the codes, texts and provisions of the tables.
func TestTheAssessorIsAskedInPreflightAndInFile(t *testing.T) {
	c := &asked{plain: ballymore(t, filing.AssessHook, filing.RestrictionsHook)}
	s := counter(t, court(t, c))
	in := batch(claims("A-1", "X-2", "R-1"), "gaelic-gas")
	for round, ask := range []func(context.Context, icms.Batch) (icms.Result, error){s.Registry().Preflight, s.Registry().File} {
		r, err := ask(t.Context(), in)
		require.NoError(t, err)
		require.Equal(t, icms.Refused, r.State)
		require.Len(t, r.Findings, 2, "%v", r.Findings)
		f := r.Findings[0]
		require.Equal(t, filing.Code("ballymore.meter"), f.Code)
		require.Equal(t, 3, f.Path.Line)
		require.Equal(t, "/reference", f.Path.Pointer)
		require.Equal(t, "The meter X-2 is not in the register.", f.Text().In())
		require.Equal(t, "Níl an méadar X-2 sa chlár.", f.Text().In("ga"))
		require.Equal(t, "Ballymore Practice Note", f.Provision.Cite())
		require.Equal(t, 4, r.Findings[1].Path.Line)
		require.Equal(t, round+1, c.calls)
		require.True(t, c.at.Equal(r.Receipt.Expected), "as of the deemed instant: %s", c.at)
	}
	require.Equal(t, "EUR 200.00", balance(t, s))
}

// Claims go many at a time, and findings come back to their rows.
func TestManyClaimsGoTogether(t *testing.T) {
	c := &asked{plain: ballymore(t, filing.AssessHook)}
	s := counter(t, court(t, c))
	references := make([]string, 500)
	for i := range references {
		references[i] = fmt.Sprintf("A-%d", i)
	}
	references[0], references[257], references[499] = "X-0", "X-257", "X-499"
	r, err := s.Registry().Preflight(t.Context(), batch(claims(references...), "gaelic-gas"))
	require.NoError(t, err)
	require.Len(t, r.Findings, 3)
	for i, line := range []int{2, 259, 501} {
		require.Equal(t, line, r.Findings[i].Path.Line)
	}
	require.Equal(t, 500, c.seen)
	require.LessOrEqual(t, c.calls, 2)
}

// A hook that fails decides nothing: no batch, no money, no number is left behind, and the same bytes go through when it answers again.
func TestAHookThatFailsLeavesNothingBehind(t *testing.T) {
	c := &asked{plain: ballymore(t, filing.AssessHook, filing.RestrictionsHook, filing.AgentsHook)}
	s := counter(t, court(t, c))
	in := batch(claims("A-1"), "agent")
	in.Account = "" // an agent doesn't spend the claimant's money
	c.down = errMeters
	for hook, in := range map[string]icms.Batch{filing.AgentsHook: in, filing.RestrictionsHook: batch(claims("B-1"), "gaelic-gas")} {
		for _, ask := range []func(context.Context, icms.Batch) (icms.Result, error){s.Registry().Preflight, s.Registry().File} {
			r, err := ask(t.Context(), in)
			var failed *filing.HookError
			require.ErrorAs(t, err, &failed)
			require.Equal(t, hook, failed.Hook)
			require.ErrorContains(t, err, errMeters.Error())
			require.NotContains(t, []icms.State{icms.Ready, icms.Accepted, icms.Registered}, r.State)
		}
	}
	require.Equal(t, "EUR 200.00", balance(t, s))
	c.down = nil
	r, err := s.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Accepted, r.State)
	require.False(t, r.Replayed, "nothing was kept of the attempts before")
	r, err = s.Registry().File(t.Context(), batch(claims("B-1"), "gaelic-gas"))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State)
	require.Equal(t, "D-0001/2026", r.Acknowledgement.FirstCase, "no number was drawn before")

	_, err = s.Registry().File(t.Context(), batch(claims("A-2"), "stranger"))
	require.ErrorIs(t, err, icms.ErrForbidden)
}

// Answers that make no sense are errors, and so is none.
func TestAnAssessorThatMakesNoSense(t *testing.T) {
	for name, odd := range map[string]filing.Assessed{
		"no such claim":    {Index: 9, Code: "ballymore.meter"},
		"before the first": {Index: -1, Code: "ballymore.meter"},
		"not declared":     {Code: "ballymore.other"},
		"the library's":    {Code: "claim.amount.missing"},
		"no code":          {},
		"no pointer":       {Code: "ballymore.meter", Pointer: "reference"},
	} {
		c := &asked{plain: ballymore(t, filing.AssessHook), odd: []filing.Assessed{odd}}
		s := counter(t, court(t, c))
		_, err := s.Registry().File(t.Context(), batch(claims("A-1"), "gaelic-gas"))
		var failed *filing.HookError
		require.ErrorAs(t, err, &failed, name)
		require.Equal(t, "EUR 200.00", balance(t, s), name)
	}
}

// Whoever waits for a hook stops waiting with his context.
func TestAHookThatNeverAnswers(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c := &asked{plain: ballymore(t, filing.AssessHook), hang: cancel}
	s := counter(t, court(t, c))
	_, err := s.Registry().File(ctx, batch(claims("A-1"), "gaelic-gas"))
	require.Error(t, err)
	require.Equal(t, "EUR 200.00", balance(t, s))
}

// A source whose tables declare a hook that its type lacks does not serve.
func TestProve(t *testing.T) {
	require.NoError(t, courtwire.Prove(plain(ballymore(t))))
	require.NoError(t, courtwire.Prove(&asked{plain: ballymore(t, filing.AssessHook, filing.RestrictionsHook, filing.AgentsHook)}))
	require.ErrorIs(t, courtwire.Prove(plain(ballymore(t, filing.AgentsHook))), tables.ErrHooks)
	var wrong *tables.LoadError
	require.ErrorAs(t, courtwire.Prove(plain("{}")), &wrong)
}

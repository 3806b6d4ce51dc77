package courtwire_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"pgregory.net/rapid"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/tables"
	"courts.example/eservices/plugins/internal/courtwire"
	"courts.example/eservices/plugins/internal/wire"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

// liar says what it is told to say.
type liar struct {
	courtv1.UnimplementedCourtServiceServer
	pieces     []*courtv1.TablesResponse
	assess     *courtv1.AssessResponse
	restricted *courtv1.RestrictedResponse
	agents     *courtv1.AgentsResponse
}

func (l *liar) Tables(_ *courtv1.TablesRequest, s grpc.ServerStreamingServer[courtv1.TablesResponse]) error {
	for _, p := range l.pieces {
		if err := s.Send(p); err != nil {
			return err
		}
	}
	return nil
}

func (l *liar) Assess(context.Context, *courtv1.AssessRequest) (*courtv1.AssessResponse, error) {
	return l.assess, nil
}

func (l *liar) Restricted(context.Context, *courtv1.RestrictedRequest) (*courtv1.RestrictedResponse, error) {
	return l.restricted, nil
}

func (l *liar) Agents(context.Context, *courtv1.AgentsRequest) (*courtv1.AgentsResponse, error) {
	return l.agents, nil
}

func pieces(format string, all ...string) []*courtv1.TablesResponse {
	out := make([]*courtv1.TablesResponse, len(all))
	for i, p := range all {
		out[i] = &courtv1.TablesResponse{Format: format, Piece: []byte(p)}
	}
	return out
}

func TestTablesThatAreNone(t *testing.T) {
	mib := strings.Repeat(" ", 1<<20)
	for name, l := range map[string]*liar{
		"none":           {},
		"another format": {pieces: pieces("toml/1", "x")},
		"an empty piece": {pieces: pieces("json/1", "{", "")},
		"a large piece":  {pieces: pieces("json/1", mib+" ")},
		"too many":       {pieces: pieces("json/1", mib, mib, mib, mib, mib, mib, mib, mib, mib)},
	} {
		_, err := courtwire.Client(t.Context(), connect(t, l))
		require.ErrorIs(t, err, wire.ErrNonsense, name)
	}
	_, err := courtwire.Client(t.Context(), connect(t, &liar{pieces: pieces("json/1", `{"format":`, `"court/2"}`)}))
	var wrong *tables.LoadError
	require.ErrorAs(t, err, &wrong)
	require.Greater(t, len(wrong.Problems), 5, "all of them")
	_, err = courtwire.Client(t.Context(), connect(t, courtv1.UnimplementedCourtServiceServer{}))
	require.Equal(t, codes.Unimplemented, status.Code(err))
}

// The document arrives as it was sent, however long.
func TestTablesInPieces(t *testing.T) {
	long := string(ballymore(t)) + strings.Repeat(" \n", 1<<20)
	c := court(t, plain(long))
	require.Equal(t, "BMC", c.Code)
}

func TestHooksThatLie(t *testing.T) {
	doc := string(ballymore(t, filing.AssessHook, filing.RestrictionsHook, filing.AgentsHook))
	one := func(f *courtv1.Finding) *courtv1.AssessResponse {
		return &courtv1.AssessResponse{Findings: []*courtv1.Finding{f}}
	}
	many := &courtv1.AssessResponse{Findings: make([]*courtv1.Finding, 101)}
	values := map[string]string{}
	for i := range 21 {
		values[string(rune('a'+i))] = ""
	}
	ask := &filing.Claim{Reference: "A-1"}
	for name, said := range map[string]*courtv1.AssessResponse{
		"index":    one(&courtv1.Finding{Index: 1, Code: "a"}),
		"negative": one(&courtv1.Finding{Index: -1, Code: "a"}),
		"code":     one(&courtv1.Finding{Code: strings.Repeat("a", 101)}),
		"pointer":  one(&courtv1.Finding{Code: "a", Path: "/" + strings.Repeat("a", 200)}),
		"value":    one(&courtv1.Finding{Code: "a", Values: map[string]string{"a": strings.Repeat("a", 1000)}}),
		"values":   one(&courtv1.Finding{Code: "a", Values: values}),
		"many":     many,
	} {
		c, err := courtwire.Client(t.Context(), connect(t, &liar{pieces: pieces("json/1", doc), assess: said}))
		require.NoError(t, err)
		_, err = c.Assessor.Assess(t.Context(), filing.Claimant{}, friday, []*filing.Claim{ask})
		require.ErrorIs(t, err, wire.ErrNonsense, name)
	}
	for name, said := range map[string][]int32{"index": {1}, "negative": {-1}, "twice": {0, 0}} {
		l := &liar{pieces: pieces("json/1", doc), restricted: &courtv1.RestrictedResponse{Indexes: said}}
		c, err := courtwire.Client(t.Context(), connect(t, l))
		require.NoError(t, err)
		_, err = c.Restrictions.Restricted(t.Context(), filing.Claimant{}, []*filing.Claim{ask})
		require.ErrorIs(t, err, wire.ErrNonsense, name)
	}
	c, err := courtwire.Client(t.Context(), connect(t, &liar{
		pieces: pieces("json/1", doc), agents: &courtv1.AgentsResponse{Claimants: []string{"somebody-else"}},
	}))
	require.NoError(t, err)
	_, err = c.Agents.Agents(t.Context(), "agent", []string{"gaelic-gas"})
	require.ErrorIs(t, err, wire.ErrNonsense)
}

// echo keeps the claims that it is asked about.
type echo struct {
	plain
	got []filing.Claim
	per []int
}

func (e *echo) Restricted(_ context.Context, _ filing.Claimant, claims []*filing.Claim) ([]int, error) {
	e.per = append(e.per, len(claims))
	for _, c := range claims {
		e.got = append(e.got, *c)
	}
	return nil, nil
}

// Any claim arrives as it was sent, however many and however large.
func TestClaimsTravelWhole(t *testing.T) {
	e := &echo{plain: ballymore(t, filing.RestrictionsHook)}
	c := court(t, e)
	rapid.Check(t, func(r *rapid.T) {
		e.got, e.per = nil, nil
		var want []filing.Claim
		var ask []*filing.Claim
		for range rapid.IntRange(1, 30).Draw(r, "claims") {
			claim := filing.Claim{
				Reference: rapid.String().Draw(r, "reference"), Category: "supply", Particulars: strings.Repeat(rapid.String().Draw(r, "words"), rapid.IntRange(0, 9000).Draw(r, "times")),
				Defendants: []filing.Party{{Name: rapid.String().Draw(r, "name"), Address: "<&>\u2028"}},
			}
			want, ask = append(want, claim), append(ask, &claim)
		}
		_, err := c.Restrictions.Restricted(t.Context(), filing.Claimant{}, ask)
		require.NoError(r, err)
		require.Equal(r, want, e.got)
	})
	many := make([]*filing.Claim, 2001)
	for i := range many {
		many[i] = &filing.Claim{}
	}
	e.per = nil
	_, err := c.Restrictions.Restricted(t.Context(), filing.Claimant{}, many)
	require.NoError(t, err)
	require.Equal(t, []int{1000, 1000, 1}, e.per)
	_, err = c.Restrictions.Restricted(t.Context(), filing.Claimant{}, []*filing.Claim{{Particulars: strings.Repeat("x", 4<<20)}})
	require.ErrorContains(t, err, "more than a message takes")
}

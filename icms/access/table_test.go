package access_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

var update = flag.Bool("update", false, "write the golden matrix anew")

func library(t testing.TB) *access.Table {
	t.Helper()
	table, err := access.New(access.Library())
	require.NoError(t, err)
	return table
}

// everyCell calls f for each place of the full matrix: also those of actions that are never done to such objects.
func everyCell(f func(r access.Role, a access.Action, k access.Kind, s access.State)) {
	for _, r := range access.Roles() {
		for _, a := range access.Actions() {
			for _, k := range access.Kinds() {
				for _, s := range access.States(k) {
					f(r, a, k, s)
				}
			}
		}
	}
}

// TestMatrixIsTheGoldenOne holds the whole matrix to a file that a person has read. Write it anew with: go test ./icms/access -update
func TestMatrixIsTheGoldenOne(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, library(t).Write(&b))
	const file = "testdata/matrix.txt"
	if *update {
		require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

// TestEveryAllowedCellHasARow compares the matrix with the rows, looked at one by one.
func TestEveryAllowedCellHasARow(t *testing.T) {
	table, rows := library(t), access.Library().Rows
	allowed := 0
	everyCell(func(r access.Role, a access.Action, k access.Kind, s access.State) {
		matching := 0
		var ground law.Provision
		for _, row := range rows {
			if row.Action == a && row.Kind == k && contains(row.Roles, r) && contains(row.States, s) {
				matching++
				ground = row.Provision
			}
		}
		v := table.Allows([]access.Role{r}, a, k, s)
		require.Equal(t, matching == 1, v.Allowed, "%s %s %s %s", r, a, k, s)
		require.LessOrEqual(t, matching, 1)
		require.Equal(t, ground, v.Provision)
		if v.Allowed {
			allowed++
			require.Equal(t, r, v.Role)
		}
	})
	require.Positive(t, allowed)
}

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

func TestEveryActionIsSomebodys(t *testing.T) {
	table := library(t)
	for _, a := range access.Actions() {
		for _, k := range access.Objects(a) {
			some := false
			for _, s := range access.States(k) {
				some = some || table.Allows(access.Roles(), a, k, s).Allowed
			}
			require.True(t, some, "nobody may %s a %s", a, k)
		}
	}
}

func TestTheDefaultIsNo(t *testing.T) {
	var nothing access.Table
	table := library(t)
	empty, err := access.New(access.Policy{})
	require.NoError(t, err)
	everyCell(func(r access.Role, a access.Action, k access.Kind, s access.State) {
		require.Zero(t, empty.Allows([]access.Role{r}, a, k, s))
		require.Zero(t, nothing.Allows([]access.Role{r}, a, k, s))
		require.Zero(t, table.Allows(nil, a, k, s), "nobody")
	})
	require.Zero(t, table.Allows([]access.Role{"root"}, access.ReadService, access.Service, access.Any))
	require.Zero(t, table.Allows(access.Roles(), "read-everything", access.Service, access.Any))
	require.Zero(t, table.Allows(access.Roles(), access.ReadService, "", access.Any))
	require.Zero(t, table.Allows(access.Roles(), access.ReadCase, access.Case, access.Any), "a case has an access")
}

// TestWhatTheMissionRestsOn states in words of its own what must never change by accident.
func TestWhatTheMissionRestsOn(t *testing.T) {
	table := library(t)
	for _, r := range access.Roles() {
		may := func(a access.Action, k access.Kind, s access.State) bool {
			return table.Allows([]access.Role{r}, a, k, s).Allowed
		}
		if r == access.PrimaryAdministrator || r == access.SecondaryAdministrator {
			require.False(t, may(access.FileBatch, access.Batch, access.Own), "%s", r)
			require.False(t, may(access.SubmitDocument, access.Case, access.Open), "%s", r)
		}
		if !contains([]access.Role{access.RegistryOfficer, access.Adjudicator, access.PrincipalAdjudicator}, r) {
			for _, a := range access.Actions() {
				for _, k := range access.Objects(a) {
					require.False(t, may(a, k, access.Sealed), "%s may %s sealed things", r, a)
				}
			}
		}
		require.False(t, may(access.DecideRefund, access.Refund, access.Own), "four eyes")
		require.False(t, may(access.ConfirmResolution, access.Resolution, access.Own), "four eyes")
		require.False(t, may(access.ManageStaff, access.Staff, access.Own), "nobody promotes himself")
		if !r.Staff() {
			for _, k := range access.Kinds() {
				for _, a := range access.Actions() {
					require.False(t, may(a, k, access.Foreign), "%s may %s what is another's", r, a)
				}
			}
		}
	}
}

// TestMoreRolesNeverTakeAway draws sets of roles: who may with some may with more.
func TestMoreRolesNeverTakeAway(t *testing.T) {
	table := library(t)
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOf(rapid.SampledFrom(access.Roles())).Draw(t, "some")
		more := append(rapid.SliceOf(rapid.SampledFrom(access.Roles())).Draw(t, "more"), some...)
		a := rapid.SampledFrom(access.Actions()).Draw(t, "action")
		k := rapid.SampledFrom(access.Kinds()).Draw(t, "kind")
		s := rapid.SampledFrom(access.States(k)).Draw(t, "state")
		if table.Allows(some, a, k, s).Allowed {
			require.True(t, table.Allows(more, a, k, s).Allowed)
		}
	})
}

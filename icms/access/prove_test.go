package access_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

var rule = law.Provision{Instrument: "Ballymore Rules", Section: "r. 4", Status: law.Confirmed}

// good is a row that is in order.
func good() access.Row {
	return access.Row{
		Roles: []access.Role{access.Individual}, Action: access.ReadCase, Kind: access.Case, States: []access.State{access.Open}, Provision: rule,
	}
}

func TestNewNamesEveryFault(t *testing.T) {
	for fault, change := range map[string]func(*access.Row){
		"give it roles and states":           func(r *access.Row) { r.Roles = nil },
		"it can never match: give":           func(r *access.Row) { r.States = nil },
		`"root" is no role`:                  func(r *access.Row) { r.Roles = []access.Role{"root"} },
		`"peek" is no action`:                func(r *access.Row) { r.Action = "peek" },
		"read-case is done to [case], not":   func(r *access.Row) { r.Kind = access.Batch },
		`[open restricted sealed], never`:    func(r *access.Row) { r.States = []access.State{access.Own} },
		"rests on nothing":                   func(r *access.Row) { r.Provision = law.Provision{} },
		"is in Rows[0] (read-case) already":  func(r *access.Row) { r.Roles = append(r.Roles, access.Auditor) },
		"individual on a open case object":   func(*access.Row) {},
		"is in Rows[1] (read-case) already ": nil,
	} {
		bad := good()
		p := access.Policy{Rows: []access.Row{good()}}
		if change == nil {
			twice := good()
			twice.Roles = []access.Role{access.Auditor, access.Auditor}
			p.Rows = append(p.Rows, twice)
		} else {
			change(&bad)
			p.Rows = append(p.Rows, bad)
		}
		_, err := access.New(p)
		require.ErrorIs(t, err, access.ErrInvalid, fault)
		require.ErrorContains(t, err, strings.TrimSpace(fault))
		require.ErrorContains(t, err, "Rows[1]")
	}
	one, two := good(), good()
	one.Kind, two.Provision = "", law.Provision{}
	_, err := access.New(access.Policy{Rows: []access.Row{one, two}})
	require.ErrorContains(t, err, "Rows[0]")
	require.ErrorContains(t, err, "Rows[1]", "all faults at once")
}

func TestARefusalCitesTheLawThatSpeaksOfIt(t *testing.T) {
	bar := access.Row{
		Roles: []access.Role{access.PrimaryAdministrator}, Action: access.FileBatch, Kind: access.Batch, States: []access.State{access.Own}, Provision: rule,
	}
	p := access.Library()
	p.Refusals = append(p.Refusals, bar)
	table, err := access.New(p)
	require.NoError(t, err)
	v := table.Allows([]access.Role{access.Public, access.PrimaryAdministrator}, access.FileBatch, access.Batch, access.Own)
	require.Equal(t, access.Verdict{Role: access.PrimaryAdministrator, Provision: rule}, v)
	v = table.Allows([]access.Role{access.PrimaryAdministrator, access.OrganisationUser}, access.FileBatch, access.Batch, access.Own)
	require.True(t, v.Allowed, "the refusal takes nothing from another role")

	wide := bar
	wide.Roles, wide.Provision = []access.Role{access.Public}, law.Provision{Instrument: "Ballymore Notice"}
	table, err = access.New(access.Policy{Refusals: []access.Row{wide, bar}})
	require.NoError(t, err)
	v = table.Allows([]access.Role{access.Public, access.PrimaryAdministrator}, access.FileBatch, access.Batch, access.Own)
	require.Equal(t, rule, v.Provision, "of the last role that it can")

	bar.Roles = []access.Role{access.OrganisationUser}
	p.Refusals = append(p.Refusals, bar)
	_, err = access.New(p)
	require.ErrorContains(t, err, "Refusals[1] (file-batch): organisation-user on a own batch object is in Rows[")
}

func TestCitingChangesGroundsAndNothingElse(t *testing.T) {
	p, err := access.Library().Citing(
		access.Ground{Roles: []access.Role{access.OrganisationUser, access.Individual}, Action: access.FileBatch, Provision: rule})
	require.NoError(t, err)
	cited, err := access.New(p)
	require.NoError(t, err)
	before, changed := library(t), 0
	everyCell(func(r access.Role, a access.Action, k access.Kind, s access.State) {
		was, is := before.Allows([]access.Role{r}, a, k, s), cited.Allows([]access.Role{r}, a, k, s)
		require.Equal(t, was.Allowed, is.Allowed)
		if was != is {
			changed++
			require.Equal(t, access.FileBatch, a)
			require.Equal(t, rule, is.Provision)
		}
	})
	require.Equal(t, 2, changed)

	_, err = access.Library().Citing(access.Ground{Roles: []access.Role{access.Auditor}, Action: access.FileBatch, Provision: rule})
	require.ErrorIs(t, err, access.ErrInvalid)
	require.EqualError(t, err, "access: invalid policy: the ground Ballymore Rules r. 4: no row lets auditor do file-batch")
}

// TestListsAreCopies changes what was handed out.
func TestListsAreCopies(t *testing.T) {
	access.Roles()[0], access.Actions()[0], access.Kinds()[0] = "x", "x", "x"
	access.States(access.Case)[0], access.Objects(access.ReadCase)[0] = "x", "x"
	for _, r := range access.Library().Rows {
		r.Roles[0], r.States[0] = "x", "x"
	}
	require.True(t, library(t).Allows([]access.Role{access.Public}, access.ReadService, access.Service, access.Any).Allowed)
	require.Nil(t, access.States("x"))
	require.Nil(t, access.Objects("x"))
}

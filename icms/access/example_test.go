package access_test

import (
	"fmt"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

// Who asks has several roles; what it asks about has a kind and a state. No is the default.
func Example() {
	table, err := access.New(access.Library())
	if err != nil {
		fmt.Println(err)
		return
	}
	defendant := []access.Role{access.Public, access.Individual, access.Party}
	for _, state := range access.States(access.Case) {
		fmt.Println("a party reads a case that is", state, table.Allows(defendant, access.ReadCase, access.Case, state).Allowed)
	}
	// Output:
	// a party reads a case that is open true
	// a party reads a case that is restricted true
	// a party reads a case that is sealed false
}

// A jurisdiction says what the library's rows rest on there, and of which refusals its law speaks.
func ExamplePolicy_Citing() {
	rule := law.Provision{Instrument: "Ballymore Rules", Section: "r. 4", Title: "who may send documents", Status: law.Confirmed}
	policy, err := access.Library().Citing(access.Ground{
		Roles: []access.Role{access.Individual, access.OrganisationUser}, Action: access.FileBatch, Provision: rule,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	policy.Refusals = append(policy.Refusals, access.Row{
		Roles: []access.Role{access.PrimaryAdministrator}, Action: access.FileBatch, Kind: access.Batch, States: []access.State{access.Own}, Provision: rule,
	})
	table, err := access.New(policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, role := range []access.Role{access.OrganisationUser, access.PrimaryAdministrator} {
		v := table.Allows([]access.Role{role}, access.FileBatch, access.Batch, access.Own)
		fmt.Println(role, v.Allowed, v.Provision)
	}
	// Output:
	// organisation-user true Ballymore Rules r. 4 [confirmed]
	// primary-administrator false Ballymore Rules r. 4 [confirmed]
}

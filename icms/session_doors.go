package icms

import (
	"slices"

	"courts.example/eservices/icms/access"
)

// Door is a method of Session with what the table of access is asked before it does anything.
type Door struct {
	Method string
	Action access.Action
	Kind   access.Kind
}

// doors has every method of Session. A method that is not here lets nobody in.
var doors = [...]Door{
	{"Me", access.ReadService, access.Service},
	{"ApplyIndividual", access.Apply, access.Service},
	{"ApplyOrganisation", access.Apply, access.Service},
	{"Account", access.ReadMember, access.Member},
	{"CloseAccount", access.CloseMember, access.Member},
	{"Organisation", access.ReadOrganisation, access.Organisation},
	{"Accounts", access.ReadOrganisation, access.Organisation},
	{"OpenUser", access.ManageUsers, access.Organisation},
	{"MoveUser", access.ManageUsers, access.Organisation},
	{"OpenAdministrator", access.ManageAdministrators, access.Organisation},
	{"MoveAdministrator", access.ManageAdministrators, access.Organisation},
	{"HandOver", access.ManageAdministrators, access.Organisation},
	{"OpenBranch", access.ManageBranches, access.Organisation},
	{"CloseBranch", access.ManageBranches, access.Organisation},
	{"LinkCase", access.LinkCases, access.Organisation},
	{"UnlinkCase", access.LinkCases, access.Organisation},
	{"ShareCase", access.LinkCases, access.Organisation},
	{"Links", access.LinkCases, access.Organisation},
	{"CloseOrganisation", access.CloseOrganisation, access.Organisation},
	{"SearchMembers", access.SearchMembers, access.Service},
	{"OrganisationsIn", access.SearchMembers, access.Service},
	{"IndividualsIn", access.SearchMembers, access.Service},
	{"DecideApplication", access.DecideApplication, access.Member},
	{"OpenProof", access.DecideApplication, access.Member},
	{"MoveMember", access.SuspendMember, access.Member},
	{"AppointStaff", access.ManageStaff, access.Staff},
	{"ChangePosts", access.ManageStaff, access.Staff},
	{"MoveStaff", access.ManageStaff, access.Staff},
	{"Staff", access.ReadStaff, access.Staff},
}

// Doors lists the methods of Session with their actions.
func Doors() []Door { return slices.Clone(doors[:]) }

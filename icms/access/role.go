package access

import "slices"

// Role is what someone is to the service, or to the object that is asked about.
type Role string

// The roles.
const (
	// Public is everybody, with or without an account.
	Public Role = "public"
	// Holder has an account here, whatever its status: applied for, active, suspended, closed.
	Holder Role = "holder"
	// Individual, OrganisationUser, PrimaryAdministrator and SecondaryAdministrator are the kinds of account, while they are active.
	Individual             Role = "individual"
	OrganisationUser       Role = "organisation-user"
	PrimaryAdministrator   Role = "primary-administrator"
	SecondaryAdministrator Role = "secondary-administrator"
	// Party and Representative are relations to the case that is asked about: the registered user for whom the asker acts is a party of it,
	// or acts for one.
	Party          Role = "party"
	Representative Role = "representative"
	// RegistryClerk, RegistryOfficer, AccountsClerk and AccountsOfficer are posts in the offices of a court.
	RegistryClerk   Role = "registry-clerk"
	RegistryOfficer Role = "registry-officer"
	AccountsClerk   Role = "accounts-clerk"
	AccountsOfficer Role = "accounts-officer"
	// Adjudicator and PrincipalAdjudicator decide cases; the latter heads the court.
	Adjudicator          Role = "adjudicator"
	PrincipalAdjudicator Role = "principal-adjudicator"
	// Operator runs the system: maintenance, staff accounts, plugins. Auditor verifies what was done.
	Operator Role = "operator"
	Auditor  Role = "auditor"
)

var roles = [...]Role{
	Public, Holder, Individual, OrganisationUser, PrimaryAdministrator, SecondaryAdministrator, Party, Representative,
	RegistryClerk, RegistryOfficer, AccountsClerk, AccountsOfficer, Adjudicator, PrincipalAdjudicator, Operator, Auditor,
}

// Roles lists the roles, from the public to the court's own.
func Roles() []Role { return slices.Clone(roles[:]) }

// Staff reports whether the role is a post of the court or of those who run its system.
func (r Role) Staff() bool { return slices.Index(roles[:], r) >= slices.Index(roles[:], RegistryClerk) }

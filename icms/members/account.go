package members

import (
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

// AccountKind is a kind of account.
type AccountKind string

// The kinds of account.
const (
	Individual             AccountKind = "individual"
	PrimaryAdministrator   AccountKind = "primary-administrator"
	SecondaryAdministrator AccountKind = "secondary-administrator"
	OrganisationUser       AccountKind = "organisation-user"
	Staff                  AccountKind = "staff"
)

// role is what an active account of the kind is in the table of access; the posts of staff are their own.
func (k AccountKind) role() access.Role {
	switch k {
	case Individual:
		return access.Individual
	case PrimaryAdministrator:
		return access.PrimaryAdministrator
	case SecondaryAdministrator:
		return access.SecondaryAdministrator
	case OrganisationUser:
		return access.OrganisationUser
	}
	return ""
}

// Account is what a person has here.
type Account struct {
	// ID names it, as that of an [Organisation]; no two accounts or organisations share one.
	ID   string      `json:"id"`
	Kind AccountKind `json:"kind"`
	// Subject is the host's name for the person.
	Subject string   `json:"subject"`
	Name    law.Text `json:"name"`
	// Status is that of the account by itself; see [Actor.Status] for what counts.
	Status Status `json:"status"`
	// Organisation is whose account it is, Branch in which branch ("" for the headquarters). Of staff it is the office: "registry".
	Organisation string `json:"organisation,omitempty"`
	Branch       string `json:"branch,omitempty"`
	// Eligible is the code of the kind of eligible user that an individual is.
	Eligible string `json:"eligible,omitempty"`
	// Posts are the roles of staff, Courts the codes of the courts where they have them; none means every court.
	Posts  []access.Role `json:"posts,omitempty"`
	Courts []string      `json:"courts,omitempty"`
	Application
	Standing

	version int64
}

package members

import (
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// Organisation is a registered user that acts through the accounts of persons.
type Organisation struct {
	// ID names it: 1 to 60 ASCII letters, digits, ".", "_" and "-". Its deposit accounts and its filings carry the same name.
	ID string `json:"id"`
	// Kind is the code of the kind of eligible user that it is; Name is what it is called, by language.
	Kind   string   `json:"kind"`
	Name   law.Text `json:"name"`
	Status Status   `json:"status"`
	// Primary is the account of the primary administrator.
	Primary string `json:"primary"`
	// Accounts counts its accounts that are not closed.
	Accounts int      `json:"accounts"`
	Branches []Branch `json:"branches,omitempty"`
	Application
	Standing

	version int64
}

// Branch is a part of an organisation with a deposit account of its own.
type Branch struct {
	// Code names it in its organisation, as an ID.
	Code string   `json:"code"`
	Name law.Text `json:"name"`
	// Closed branches take no new accounts. Users counts the accounts in it that are not closed.
	Closed bool `json:"closed,omitempty"`
	Users  int  `json:"users,omitempty"`
}

// Application is what somebody gave to be registered.
type Application struct {
	// Statement says in the applicant's words why it is eligible, Proofs are the documents that prove it.
	Statement string  `json:"statement,omitempty"`
	Proofs    []Proof `json:"proofs,omitempty"`
	// Applied is when it asked.
	Applied time.Time `json:"applied,omitzero"`
	// Hash is the SHA-256 of what was asked for; the same request again is known by it.
	Hash string `json:"hash,omitempty"`
}

// Proof is a document that proves eligibility; its bytes are kept by whoever took them in.
type Proof struct {
	Name string `json:"name"`
	// SHA256 is the hash of the bytes in hex.
	SHA256 string `json:"sha256"`
}

// Standing is who last changed the status, when and why.
type Standing struct {
	Changed time.Time `json:"changed,omitzero"`
	By      By        `json:"by,omitzero"`
	Reason  law.Text  `json:"reason,omitempty"`
}

// By is a registered user and the account through which a person acts for it.
type By struct {
	Organisation string `json:"organisation"`
	User         string `json:"user,omitempty"`
}

// Branch finds a branch that is not closed.
func (o *Organisation) Branch(code string) (Branch, bool) {
	i := o.branch(code)
	if i < 0 || o.Branches[i].Closed {
		return Branch{}, false
	}
	return o.Branches[i], true
}

func (o *Organisation) branch(code string) int {
	return slices.IndexFunc(o.Branches, func(b Branch) bool { return b.Code == code })
}

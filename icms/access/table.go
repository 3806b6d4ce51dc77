package access

import (
	"courts.example/eservices/icms/law"
)

// Row lets roles do an action to objects of a kind in some states.
type Row struct {
	Roles  []Role  `json:"roles"`
	Action Action  `json:"action"`
	Kind   Kind    `json:"kind"`
	States []State `json:"states"`
	// Provision is what that rests on.
	Provision law.Provision `json:"provision"`
}

// Policy is what a table is made of.
type Policy struct {
	// Rows allow.
	Rows []Row `json:"rows"`
	// Refusals allow nothing: what no row allows is refused anyhow. They say on what a refusal rests that the law itself speaks of.
	Refusals []Row `json:"refusals,omitempty"`
}

// cell is one place of the matrix.
type cell struct {
	role   Role
	action Action
	kind   Kind
	state  State
}

// Table is a policy that was proven. It is immutable and safe for concurrent use.
type Table struct {
	allowed map[cell]law.Provision
	refused map[cell]law.Provision
}

// Verdict is the answer of a table.
type Verdict struct {
	Allowed bool `json:"allowed"`
	// Role is the role by which it is allowed, or of which the refusal speaks.
	Role Role `json:"role,omitempty"`
	// Provision is what the answer rests on. A refusal because nothing allows it has the zero Provision.
	Provision law.Provision `json:"provision,omitzero"`
}

// Allows answers whether one who has the roles may do the action to an object of the kind in the state. It is no for anything that the
// table does not know, and for nobody (no roles). Give the roles from the general to the particular: a refusal speaks of the last that it
// can.
func (t *Table) Allows(roles []Role, a Action, k Kind, s State) Verdict {
	var refusal Verdict
	for _, r := range roles {
		c := cell{r, a, k, s}
		if p, ok := t.allowed[c]; ok {
			return Verdict{Allowed: true, Role: r, Provision: p}
		}
		if p, ok := t.refused[c]; ok {
			refusal = Verdict{Role: r, Provision: p}
		}
	}
	return refusal
}

package access

import (
	"fmt"
	"slices"

	"courts.example/eservices/icms/law"
)

// Ground says on what an action rests for some roles.
type Ground struct {
	Roles     []Role
	Action    Action
	Provision law.Provision
}

// Citing gives the policy with other grounds: what it allows stays the same. A ground that no row needs is an error (ErrInvalid), so that no
// citation outlives what it was for.
func (p Policy) Citing(grounds ...Ground) (Policy, error) {
	out := Policy{Rows: slices.Clone(p.Rows), Refusals: slices.Clone(p.Refusals)}
	for _, g := range grounds {
		for _, role := range g.Roles {
			found := false
			out.Rows = slices.Collect(func(yield func(Row) bool) {
				for _, r := range out.Rows {
					if r.Action != g.Action || !slices.Contains(r.Roles, role) {
						if !yield(r) {
							return
						}
						continue
					}
					found = true
					rest, cited := r, r
					rest.Roles = slices.DeleteFunc(slices.Clone(r.Roles), func(x Role) bool { return x == role })
					cited.Roles, cited.Provision = []Role{role}, g.Provision
					if len(rest.Roles) > 0 && !yield(rest) || !yield(cited) {
						return
					}
				}
			})
			if !found {
				return Policy{}, fmt.Errorf("%w: the ground %s: no row lets %s do %s", ErrInvalid, g.Provision.Cite(), role, g.Action)
			}
		}
	}
	return out, nil
}

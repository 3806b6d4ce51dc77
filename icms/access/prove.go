package access

import (
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/law"
)

// ErrInvalid says that a policy is no table; the message names the row and what is wrong with it.
var ErrInvalid = errors.New("access: invalid policy")

// New proves a policy and makes its table. The error wraps ErrInvalid and names every fault: a row without roles or states, a role, action,
// kind or state that is not known, an action that is not done to objects of that kind, a state that such objects never have, a row
// without a ground, a cell that two rows speak of.
func New(p Policy) (*Table, error) {
	t := &Table{allowed: map[cell]law.Provision{}, refused: map[cell]law.Provision{}}
	taken := map[cell]string{}
	var errs []error
	for _, part := range []struct {
		name string
		rows []Row
		into map[cell]law.Provision
	}{{"Rows", p.Rows, t.allowed}, {"Refusals", p.Refusals, t.refused}} {
		for i, r := range part.rows {
			place := fmt.Sprintf("%s[%d] (%s)", part.name, i, r.Action)
			if err := r.check(); err != nil {
				errs = append(errs, fmt.Errorf("%w: %s: %w", ErrInvalid, place, err))
				continue
			}
			for c := range r.cells {
				if before, ok := taken[c]; ok {
					errs = append(errs, fmt.Errorf("%w: %s: %s on a %s %s object is in %s already", ErrInvalid, place, c.role, c.state, c.kind, before))
					continue
				}
				taken[c] = place
				part.into[c] = r.Provision
			}
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return t, nil
}

// cells gives every cell that the row speaks of.
func (r Row) cells(yield func(cell) bool) {
	for _, role := range r.Roles {
		for _, s := range r.States {
			if !yield(cell{role, r.Action, r.Kind, s}) {
				return
			}
		}
	}
}

// check finds the first thing that is wrong with a row by itself.
func (r Row) check() error {
	if len(r.Roles) == 0 || len(r.States) == 0 {
		return errors.New("it can never match: give it roles and states")
	}
	for _, role := range r.Roles {
		if !slices.Contains(roles[:], role) {
			return fmt.Errorf("%q is no role", role)
		}
	}
	kinds := Objects(r.Action)
	if kinds == nil {
		return fmt.Errorf("%q is no action", r.Action)
	}
	if !slices.Contains(kinds, r.Kind) {
		return fmt.Errorf("it can never match: %s is done to %v, not to a %q", r.Action, kinds, r.Kind)
	}
	for _, s := range r.States {
		if !slices.Contains(States(r.Kind), s) {
			return fmt.Errorf("it can never match: a %s is %v, never %q", r.Kind, States(r.Kind), s)
		}
	}
	if r.Provision.IsZero() {
		return errors.New("it rests on nothing: give it a provision, law.Assumed for a policy of your own")
	}
	return nil
}

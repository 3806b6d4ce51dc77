package filing

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
)

// Assessor looks at claims beyond what the tables of a court can say.
type Assessor interface {
	// Assess gives what is wrong with the claims of a batch that counts as received at an instant. It is called with some hundreds of claims at a
	// time and keeps none of them. An error ends the check.
	Assess(ctx context.Context, claimant Claimant, at time.Time, claims []*Claim) ([]Assessed, error)
}

// Assessed is what an Assessor finds wrong with a claim.
type Assessed struct {
	// Index is the claim's place among those asked about.
	Index int
	// Code is one of the court's own, from Policy.Codes.
	Code Code
	// Pointer is the JSON pointer into the claim; "" is the claim as a whole.
	Pointer   string
	Provision law.Provision
	// Values fill the placeholders of the code's text.
	Values []law.Value
}

// The hooks that a HookError names.
const (
	AssessHook       = "assess"
	RestrictionsHook = "restrictions"
	AgentsHook       = "agents"
)

// HookError says that something outside a court's tables, which has to be asked, gave no answer or one that makes no sense. What was asked for is
// not decided, neither way: ask again.
type HookError struct {
	// Hook is what was asked.
	Hook string
	Err  error
}

// Error names the hook, what went wrong, and the remedy.
func (e *HookError) Error() string {
	return fmt.Sprintf("filing: the court's hook %q gave no answer that can be used: %v: nothing is decided, ask again", e.Hook, e.Err)
}

// Unwrap gives what went wrong.
func (e *HookError) Unwrap() error { return e.Err }

func hookFailed(hook, format string, args ...any) error {
	return &HookError{Hook: hook, Err: fmt.Errorf(format, args...)}
}

// lookUpAssessed asks the batch's assessor about the pending rows.
func (c *Check) lookUpAssessed(ctx context.Context) error {
	if c.batch.Assessor == nil {
		return nil
	}
	found, err := c.batch.Assessor.Assess(ctx, c.context.Claimant, c.context.At, c.claims())
	if err != nil {
		return hookFailed(AssessHook, "%w", err)
	}
	for _, a := range found {
		if a.Index < 0 || a.Index >= len(c.pending) {
			return hookFailed(AssessHook, "it speaks of claim %d of %d", a.Index, len(c.pending))
		}
		if !c.policy.own(a.Code) {
			return hookFailed(AssessHook, "the code %s is none of the court's own: declare it in Policy.Codes", Show(string(a.Code)))
		}
		checked := &c.pending[a.Index]
		f := c.found(checked, a.Code, a.Pointer, a.Provision, a.Values...)
		if !c.context.unread(a.Pointer) {
			c.append(checked, []Finding{f})
		}
	}
	return nil
}

// own reports whether a code is one of the court's own.
func (p *Policy) own(code Code) bool {
	for i := range p.Codes {
		if p.Codes[i].Code == code {
			return true
		}
	}
	return false
}

// claims are those of the pending rows.
func (c *Check) claims() []*Claim {
	claims := make([]*Claim, len(c.pending))
	for i := range c.pending {
		claims[i] = &c.pending[i].Claim
	}
	return claims
}

package tables

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// Tables are the tables of one court, read and proven. They are immutable and safe for any number of goroutines.
type Tables struct {
	data     []byte
	document *Document
}

// Load reads a court from its document and proves it: every member is known and of its type, every row is right by the package that it is for, and
// the court that comes of it passes its own checks. What is wrong comes as one *[LoadError] with all problems, each with its JSON pointer and line.
func Load(data []byte) (*Tables, error) {
	data = slices.Clone(data)
	document, _, err := read(data)
	if err != nil {
		return nil, err
	}
	return &Tables{data: data, document: document}, nil
}

// Code is the court's code.
func (t *Tables) Code() string { return t.document.Code }

// Version is the version of the document.
func (t *Tables) Version() string { return t.document.Version }

// Hooks are what the court's program is asked beside the tables: filing.AssessHook, RestrictionsHook, AgentsHook.
func (t *Tables) Hooks() []string { return slices.Clone(t.document.Hooks) }

// Bytes is the document as it was read.
func (t *Tables) Bytes() []byte { return slices.Clone(t.data) }

// ErrHooks says that hooks were given that the tables don't declare, or not given that they do.
var ErrHooks = errors.New("tables: the hooks are not those that the tables declare")

// Hooks answer what tables can't.
type Hooks struct {
	Assessor     filing.Assessor
	Restrictions filing.Restrictions
	Agents       icms.Agents
}

// Court builds the court of tables that declare no hooks; with hooks the error is ErrHooks. Each call builds anew: keep what it gives.
func (t *Tables) Court() (icms.Court, error) { return t.CourtWith(Hooks{}) }

// CourtWith builds the court with exactly the hooks that the tables declare.
func (t *Tables) CourtWith(h Hooks) (icms.Court, error) {
	for _, hook := range []struct {
		name  string
		given bool
	}{
		{filing.AssessHook, h.Assessor != nil}, {filing.RestrictionsHook, h.Restrictions != nil}, {filing.AgentsHook, h.Agents != nil},
	} {
		if declared := slices.Contains(t.document.Hooks, hook.name); declared != hook.given {
			return icms.Court{}, fmt.Errorf("%w: %s: %q is declared: %t, given: %t", ErrHooks, t.document.Code, hook.name, declared, hook.given)
		}
	}
	document, court, err := read(t.data)
	if err != nil {
		return icms.Court{}, err
	}
	court.Restrictions, court.Agents = h.Restrictions, h.Agents
	if h.Assessor != nil {
		a := &assessor{next: h.Assessor, provisions: make(map[filing.Code]law.Provision, len(document.Codes))}
		for _, c := range document.Codes {
			a.provisions[c.Code] = c.Provision
		}
		court.Assessor = a
	}
	return court, nil
}

// assessor gives findings the provisions of their codes.
type assessor struct {
	next       filing.Assessor
	provisions map[filing.Code]law.Provision
}

// Assess implements filing.Assessor.
func (a *assessor) Assess(ctx context.Context, claimant filing.Claimant, at time.Time, claims []*filing.Claim) ([]filing.Assessed, error) {
	found, err := a.next.Assess(ctx, claimant, at, claims)
	out := slices.Clone(found)
	for i, f := range out {
		if f.Provision.IsZero() {
			out[i].Provision = a.provisions[f.Code]
		}
	}
	return out, err
}

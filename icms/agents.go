package icms

import (
	"context"
	"fmt"
	"slices"

	"courts.example/eservices/filing"
)

// Agents knows who may file for others: batches for claimants of a court's register, single claims for whom it will. It may be a [Clients] too.
type Agents interface {
	// Agents gives those of the claimants, by id, for which a registered user may file. An error decides nothing.
	Agents(ctx context.Context, organisation string, claimants []string) ([]string, error)
}

// mayFile reports whether a registered user may file for a claimant. Its error is a *filing.HookError.
func (c *Court) mayFile(ctx context.Context, organisation, claimant string) (bool, error) {
	member, bound := c.bound[claimant]
	if itself := organisation == claimant || bound && organisation == member; itself || c.Agents == nil {
		return itself, nil
	}
	may, err := c.Agents.Agents(ctx, organisation, []string{claimant})
	if err != nil {
		return false, fmt.Errorf("icms: %w", &filing.HookError{Hook: filing.AgentsHook, Err: err})
	}
	return slices.Contains(may, claimant), nil
}

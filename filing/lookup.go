package filing

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/law"
)

// The rows held back for one look-up: two keys each, so about a thousand keys, and no more bytes than this.
const (
	chunkRows  = 512
	chunkBytes = 4 << 20
)

func (c *Check) looksUp() bool {
	return c.batch.Filed != nil || c.batch.Restrictions != nil || c.batch.Assessor != nil
}

// weigh gives about the bytes that a claim holds in memory.
func weigh(claim *Claim) int {
	n := 512 + len(claim.Reference) + len(claim.Nature) + len(claim.Particulars) + len(claim.Calculation) + len(claim.Representative)
	for i := range claim.Defendants {
		d := &claim.Defendants[i]
		n += 64 + len(d.Name) + len(d.Chinese) + len(d.Address)
	}
	for _, name := range claim.Documents {
		n += 64 + len(name)
	}
	return n
}

// flush looks the pending rows up and gives them; false ends the stream.
func (c *Check) flush(ctx context.Context, yield func(Checked, error) bool) bool {
	if len(c.pending) == 0 {
		return true
	}
	err := c.lookUpFiled(ctx)
	if err == nil {
		err = c.lookUpRestricted(ctx)
	}
	if err == nil {
		err = c.lookUpAssessed(ctx)
	}
	if err != nil {
		yield(Checked{}, err)
		return false
	}
	for i := range c.pending {
		if !c.give(&c.pending[i], yield) {
			return false
		}
	}
	clear(c.pending)
	c.pending, c.weight = c.pending[:0], 0
	return true
}

func (c *Check) lookUpFiled(ctx context.Context) error {
	if c.batch.Filed == nil {
		return nil
	}
	keys := make([]string, 0, 2*len(c.pending))
	for i := range c.pending {
		k := c.pending[i].Claim.Keys(c.context.Claimant.ID)
		c.pending[i].Keys = k
		for _, key := range [...]string{k.Reference, k.Substance} {
			if key != "" {
				keys = append(keys, key)
			}
		}
	}
	if len(keys) == 0 || c.context.Claimant.ID == "" {
		return nil
	}
	filed, err := c.batch.Filed.Filed(ctx, keys)
	if err != nil {
		return fmt.Errorf("filing: looking up the claims filed before: %w", err)
	}
	for i := range c.pending {
		checked := &c.pending[i]
		claim := &checked.Claim
		if where, ok := filed[checked.Keys.Reference]; ok {
			c.append(checked, []Finding{c.found(checked, codeFiledReference, "/reference", law.Provision{},
				law.V("reference", claim.Reference), law.V("where", where))})
		} else if where, ok := filed[checked.Keys.Substance]; ok {
			c.append(checked, []Finding{c.found(checked, codeFiledSubstance, "", law.Provision{}, law.V("where", where))})
		}
	}
	return nil
}

func (c *Check) lookUpRestricted(ctx context.Context) error {
	if c.batch.Restrictions == nil {
		return nil
	}
	caught, err := c.batch.Restrictions.Restricted(ctx, c.context.Claimant, c.claims())
	if err != nil {
		return hookFailed(RestrictionsHook, "%w", err)
	}
	for _, i := range caught {
		if i < 0 || i >= len(c.pending) {
			return hookFailed(RestrictionsHook, "it speaks of claim %d of %d", i, len(c.pending))
		}
		checked := &c.pending[i]
		c.append(checked, []Finding{c.found(checked, codeRestricted, "", c.policy.Grounds.Restriction)})
	}
	return nil
}

// found makes a finding about a row that no rule made.
func (c *Check) found(checked *Checked, code Code, pointer string, p law.Provision, values ...law.Value) Finding {
	c.context.row, c.context.claim = &checked.Row, &checked.Claim
	return c.context.finding(c.context.entries[code], pointer, p, values)
}

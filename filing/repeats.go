package filing

import (
	"encoding/binary"
	"hash/maphash"
	"math"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// repeats remembers the claims of a batch to find those that come again: by hashes of 64 bits under a seed of its own, so that a
// million claims fit in some 40 MB and nobody can build two claims that collide. By chance two of a million different claims do
// in about one of 30 million batches.
type repeats struct {
	seed       maphash.Seed
	references *hashTable
	// causes holds one entry for all claims of a defendant and a cause, with their sum; substances holds the single claims of causes
	// that came more than once.
	causes     *hashTable
	substances *hashTable
}

func startRepeats() func(*Context, *Claim) {
	r := &repeats{seed: maphash.MakeSeed(), references: newHashTable(false),
		causes: newHashTable(true), substances: newHashTable(false)}
	return r.check
}

func (r *repeats) check(c *Context, claim *Claim) {
	c.folded = appendFold(c.folded[:0], claim.Reference)
	if len(c.folded) > 0 {
		if first, seen := r.references.add(maphash.Bytes(r.seed, c.folded), c.Line); seen {
			c.Report(codeDuplicateReference, "/reference", law.Provision{}, law.V("reference", claim.Reference), law.V("line", first))
			return // the same row again says nothing about the cause
		}
	}
	if claim.hasSubstance() && claim.Amount.Currency() == c.Policy.Currency {
		r.checkCause(c, claim)
	}
}

func (r *repeats) checkCause(c *Context, claim *Claim) {
	c.folded = appendCause(c.folded[:0], claim)
	hash := maphash.Bytes(r.seed, c.folded)
	amount := claim.Amount.Minor()
	s, i, seen := r.causes.place(hash, c.Line)
	if !seen {
		s.sums[i] = amount
		return
	}
	first := int(s.lines[i])
	if s.sums[i] > 0 { // one claim so far, that of the first line; a sum of several is kept negative
		r.substances.add(r.substance(hash, s.sums[i]), first)
		s.sums[i] = -s.sums[i]
	}
	total := amount - s.sums[i]
	if total < 0 { // more than can be counted
		total = math.MaxInt64
	}
	s.sums[i] = -total
	if twin, seen := r.substances.add(r.substance(hash, amount), c.Line); seen {
		c.Report(codeDuplicateSubstance, "", law.Provision{}, law.V("line", twin))
	}
	ground := &c.Policy.Grounds.Splitting
	if c.Limit != nil && !ground.IsZero() && ground.AppliesAt(c.At) && total > c.Limit.Amount.Minor() {
		c.Report(codeSplitting, "/amount", *ground, law.V("total", money.New(total, c.Policy.Currency)),
			law.V("limit", c.Limit.Amount), law.V("line", first))
	}
}

// substance is the hash of a cause with an amount.
func (r *repeats) substance(cause uint64, amount int64) uint64 {
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:8], cause)
	binary.LittleEndian.PutUint64(b[8:], uint64(amount))
	return maphash.Bytes(r.seed, b[:])
}

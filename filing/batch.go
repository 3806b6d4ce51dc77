package filing

import (
	"context"
	"io/fs"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Batch is what the check of a batch is about, beside its claims.
type Batch struct {
	// Type and Venue describe the proceedings; an empty type is that of the policy.
	Type, Venue string
	// Claimant is the claimant's id or its published name in any language.
	Claimant string
	// At is the instant at which the batch counts as received; all dated rules are asked as of it.
	At time.Time
	// Filed knows the claims filed before; nil compares with none.
	Filed Filed
	// Restrictions knows the orders that restrict legal proceedings; nil asks nobody.
	Restrictions Restrictions
	// Assessor looks at the claims beyond what the tables say; nil asks nobody.
	Assessor Assessor
	// Unpriced says why nobody knows the fee of a claim that is otherwise right; no words when it is known. Nil asks nobody.
	Unpriced func(c *Claim) law.Text
	// Documents holds the files that claims name; nil holds none. Open it as os.Root.FS, so that no link leads out of it.
	Documents fs.FS
}

// Filed knows the claims that were filed before.
type Filed interface {
	// Filed gives, for those of the keys (see [Claim.Keys]) that were filed, where: the case number. It is called with about a
	// thousand keys at a time. An error ends the check.
	Filed(ctx context.Context, keys []string) (map[string]string, error)
}

// Restrictions knows the orders that keep persons from legal proceedings.
type Restrictions interface {
	// Restricted gives the indexes of the claims that appear caught by an order. It is called with some hundreds of claims at a
	// time and keeps none of them. An error ends the check.
	Restricted(ctx context.Context, claimant Claimant, claims []*Claim) ([]int, error)
}

// Checked is a row after its check.
type Checked struct {
	// Row is the row with all its findings: those of reading first, then those of the rules in their order.
	Row
	// Refused says that one of them is a Refusal.
	Refused bool
	// Keys are the claim's keys when the batch has a Filed, else empty.
	Keys Keys
	// Documents are the claim's documents as far as they could be inspected, in the order of the claim.
	Documents []Document
}

// Result is the answer about a batch as a whole.
type Result struct {
	// Findings are those about the batch: of the file's header, the claimant, the proceedings, the totals.
	Findings []Finding
	// Claims counts the claims; Accepted and Refused split those that were checked.
	Claims, Accepted, Refused int
	// Claimed is the sum of the amounts of the accepted claims.
	Claimed money.Amount
	// Counts says how often each code came, on claims and on the batch.
	Counts map[Code]int
}

// Barred reports whether a finding about the batch itself refuses it, whatever its claims are.
func (r *Result) Barred() bool { return Refuses(r.Findings) }

// Fileable reports whether the batch can be filed: as a whole, or with partial its accepted claims alone.
func (r *Result) Fileable(partial bool) bool {
	return !r.Barred() && r.Accepted > 0 && (partial || r.Refused == 0)
}

// notStated stands for a venue that the batch doesn't name.
func notStated() law.Text { return law.T("(not stated)", "（沒有註明）") }

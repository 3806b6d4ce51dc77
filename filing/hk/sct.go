package hk

import (
	_ "embed"
	"time"

	"courts.example/eservices/filing"
)

// Court is the code of the Small Claims Tribunal.
const Court = "SCT"

// The types of proceedings in the tribunal. Only bulk claims can be filed electronically; ordinary ones are filed on paper.
const (
	BulkClaim     = "bulk_claim"
	OrdinaryClaim = "ordinary_claim"
)

// The categories of claims. The approvals of some claimants are for one of them only.
const (
	MedicalCharges filing.Category = "medical_charges"
	Surcharge      filing.Category = "surcharge"
	Other          filing.Category = "other"
)

//go:embed sct.json
var sct []byte

// SmallClaims gives the tribunal's policy for bulk claims, with the standard rules. Each call gives a policy of its own, which the
// caller may change before use: add an approval, replace a bound, add a rule.
func SmallClaims() (filing.Policy, error) {
	return filing.LoadPolicy(sct, time.FixedZone("HKT", 8*60*60))
}

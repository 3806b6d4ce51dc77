package icms

import "courts.example/eservices/icms/law"

// CorrectionFee names what the correction of a paper costs.
type CorrectionFee string

// The choices of CorrectionFee.
const (
	// PaidOnce has the fee of the paper that is corrected count for the correction, as long as that stands: owed or paid, and not given back.
	PaidOnce CorrectionFee = "paid once"
	// PaidEachTime has a correction cost what a paper of its kind costs.
	PaidEachTime CorrectionFee = "paid each time"
)

// CorrectionPolicy is the choice with the ground it rests on. The empty choice is PaidOnce.
type CorrectionPolicy struct {
	Choice    CorrectionFee
	Provision law.Provision
}

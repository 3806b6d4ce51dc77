package main

import (
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// exampleClaimant is the id of the claimant that this example invents.
const exampleClaimant = "sample-utilities"

// court is the Small Claims Tribunal with one row more in its register of bulk claimants.
func court() (icms.Court, error) {
	return icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{sampleApproval()}})
}

// sampleApproval is the example's own data: nobody approved this claimant, which does not exist.
func sampleApproval() filing.Approval {
	return filing.Approval{
		Claimant: filing.Claimant{
			ID: exampleClaimant, Name: law.T("Sample Utilities Limited", "範例公用事業有限公司"), Kind: filing.Company,
		},
		Provision: law.Provision{
			Instrument: "examples/bulkclaims", Title: "a claimant invented for this example", Status: law.Assumed,
			From: time.Date(2024, time.October, 31, 0, 0, 0, 0, calendarhk.Zone()),
		},
	}
}

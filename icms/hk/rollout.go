package hk

import (
	_ "embed"

	"courts.example/eservices/icms/rollout"
)

// The codes of the courts on the roll-out list, besides that of the Small Claims Tribunal, which is filing/hk's Court.
const (
	DistrictCourt        = "DC"
	MagistratesCourts    = "MC"
	CourtOfAppeal        = "CA"
	CourtOfFirstInstance = "CFI"
)

//go:embed rollout.json
var rolloutList []byte

// Rollout gives the roll-out list of the integrated Court Case Management System: four types of the District Court, the summonses and notices
// of the Magistrates' Courts, bulk claims in the Small Claims Tribunal, and eleven types of the High Court, with the mandate for legally
// represented parties as it was planned, and the rule of 1 June 2026 on a law firm's first case. Where no first day was read the answer
// is Unknown: of civil actions and employees' compensation cases in the District Court between the launch and 31 October 2024, of
// CAMP, HCPI, HCAP, HCMA, HCCP and HCZZ since 30 June 2025, and of inspection and cause book in the Magistrates' Courts. Keep the
// table: it is read and proven anew at each call.
func Rollout() (*rollout.Table, error) { return rollout.Load(rolloutList) }

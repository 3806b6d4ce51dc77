package hk

import (
	"time"

	feeshk "courts.example/eservices/fees/hk"
	"courts.example/eservices/icms"
)

// Inspection gives the policy of searches of the Small Claims Tribunal. The fee is that of a register search; how long its result may be looked at is
// not published, and which papers of a case are open to inspection could not be read: that a search is open for a day, and that all papers in the file are
// open to whom the case is, are our policy. Only bulk claims commenced since they are in the system are found, as the roll-out list says.
func Inspection() icms.InspectionPolicy {
	return icms.InspectionPolicy{
		Item: feeshk.Search, Open: 24 * time.Hour,
		Provision: assumed("search", "a search that is paid may be looked at for 24 hours; all papers in the file of an open case may be inspected"),
	}
}

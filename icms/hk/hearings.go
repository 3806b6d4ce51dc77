package hk

import (
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// The days of a first hearing at the Small Claims Tribunal after the day of filing.
const (
	earliestHearing = 10
	latestHearing   = 60
)

// hearings is the rule for the day that the registrar fixes. It was read in the ordinance as enacted; that the latest day still holds is the
// Judiciary's published target.
func hearings() icms.HearingPolicy {
	return icms.HearingPolicy{Earliest: earliestHearing, Latest: latestHearing, Provision: law.Provision{
		Instrument: "Cap. 338", Section: "s. 14(1)(a)", Status: law.Secondary,
		Title: "the hearing is not earlier than 10 and not later than 60 days after filing, unless the parties agree; read in the ordinance as enacted",
		URL:   "https://en.wikisource.org/wiki/Page:Small_Claims_Tribunal_Ordinance_1975_(Cap._338).pdf/6",
	}}
}

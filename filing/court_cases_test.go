package filing_test

import (
	"testing"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// courtCases holds the codes about what the court does in a case, which package icms produces.
func courtCases() map[filing.Code]codeCase {
	return saidElsewhere(map[filing.Code][]string{
		filing.CourtPaperKind:    {"kind", "kinds"},
		filing.CourtPaperEmpty:   nil,
		filing.CourtSealed:       {"case"},
		filing.CourtConcluded:    {"case"},
		filing.CourtEventDay:     {"event", "day", "from", "until"},
		filing.ServiceInstant:    {"at", "from", "until"},
		filing.ServicePaper:      {"serial", "party"},
		filing.HearingPast:       {"at"},
		filing.HearingEarly:      {"day", "earliest"},
		filing.HearingLate:       {"day", "latest"},
		filing.HearingNone:       {"case"},
		filing.HearingBatch:      {"reference", "state"},
		filing.HearingClosed:     {"at", "why", "next"},
		filing.HearingUnknownDay: {"at", "last"},
		filing.HearingBusy:       {"reference", "tries"},
		filing.LinkTaken:         {"case", "party"},
		filing.LinkOtherSide:     {"case"},
		filing.LinkCode:          {"case", "party"},
		filing.LinkRegistryOnly:  nil,
	})
}

// saidElsewhere makes cases of codes whose checks are made outside this package, by the names of their values. Here their sentences are
// held to those values.
func saidElsewhere(codes map[filing.Code][]string) map[filing.Code]codeCase {
	all := make(map[filing.Code]codeCase)
	for code, names := range codes {
		values := make([]law.Value, len(names))
		for i, n := range names {
			values[i] = law.V(n, "sample")
		}
		all[code] = func(*testing.T) []filing.Finding {
			return []filing.Finding{filing.NewFinding(code, "", law.Provision{}, values...)}
		}
	}
	return all
}

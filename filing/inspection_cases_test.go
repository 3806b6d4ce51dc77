package filing_test

import "courts.example/eservices/filing"

// inspectionCases holds the codes about searches and what they cover, which package icms produces.
func inspectionCases() map[filing.Code]codeCase {
	return saidElsewhere(map[filing.Code][]string{
		filing.SearchEmpty:      nil,
		filing.SearchName:       {"name"},
		filing.SearchDates:      {"from", "until"},
		filing.SearchBefore:     {"from", "until"},
		filing.SearchLimited:    {"from"},
		filing.SearchReference:  {"reference", "asked"},
		filing.SearchFee:        {"court", "date"},
		filing.SearchUnpaid:     {"search", "amount"},
		filing.SearchRefunded:   {"search", "at"},
		filing.CoverageNone:     {"court", "date", "service"},
		filing.CoverageType:     {"court", "type", "types"},
		filing.CoverageExcluded: {"date", "type", "service"},
		filing.CoverageUnknown:  {"date", "type", "service"},
	})
}

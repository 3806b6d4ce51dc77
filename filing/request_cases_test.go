package filing_test

import "courts.example/eservices/filing"

// requestCases holds the codes about any request, which package icms produces.
func requestCases() map[filing.Code]codeCase {
	return saidElsewhere(map[filing.Code][]string{
		filing.RequestOvertaken: {"what", "tries"},
		filing.RequestTag:       {"what", "tag"},
	})
}

package filing_test

import (
	"testing"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// submissionCases holds the codes about papers in a case, whose checks are made by package icms: there each is produced by what a party
// does. Here their sentences are held to the values that they are given.
func submissionCases() map[filing.Code]codeCase {
	values := func(names ...string) []law.Value {
		out := make([]law.Value, len(names))
		for i, n := range names {
			out[i] = law.V(n, "sample")
		}
		return out
	}
	all := make(map[filing.Code]codeCase)
	for code, v := range map[filing.Code][]law.Value{
		filing.SubmissionKind:       values("kind", "kinds"),
		filing.SubmissionParty:      values("case", "party"),
		filing.SubmissionSide:       values("kind", "side"),
		filing.SubmissionOnPaper:    values("kind"),
		filing.SubmissionConcluded:  values("case", "kind"),
		filing.SubmissionTitle:      values("limit"),
		filing.SubmissionNoFiles:    nil,
		filing.SubmissionManyFiles:  values("files", "limit"),
		filing.SubmissionRepeated:   values("document"),
		filing.SubmissionCorrects:   values("serial"),
		filing.SubmissionReference:  values("reference", "received"),
		filing.SubmissionFeeUnknown: values("kind", "date"),
		filing.SubmissionFeeEnding:  values("serial"),
		filing.SubmissionSingle:     values("court"),
		filing.SubmissionClaimant:   values("claimant"),
		filing.SubmissionCalled:     values("claimant", "name", "given"),
		filing.SubmissionDecided:    values("serial", "state"),
		filing.SubmissionNoReason:   nil,
		filing.ServiceAgain:         values("party", "at"),
		filing.ServiceRecordNone:    values("serial", "party"),
		filing.SubmissionNoEvent:    values("kind", "event", "case"),
		filing.SubmissionAgainst:    values("serial", "kind"),
		filing.SubmissionLate:       values("kind", "last", "days", "event", "day", "deemed"),
		filing.SubmissionUndecided:  values("kind"),
		filing.TimeNotGiven:         values("court"),
		filing.TimeNeedless:         values("kind"),
		filing.TimeInstant:          nil,
		filing.TimeNotAllowed:       values("request"),
		filing.TimeDecided:          values("request", "officer", "decided"),
	} {
		all[code] = func(*testing.T) []filing.Finding {
			return []filing.Finding{filing.NewFinding(code, "", law.Provision{}, v...)}
		}
	}
	return all
}

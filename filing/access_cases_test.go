package filing_test

import (
	"courts.example/eservices/filing"
)

// accessCases holds the codes about who asks, which package icms produces, and those of package icms/members.
func accessCases() map[filing.Code]codeCase {
	return saidElsewhere(map[filing.Code][]string{
		filing.AccessDenied:        {"action"},
		filing.AccessRegister:      {"action"},
		filing.AccessUnidentified:  {"action"},
		filing.AccessPending:       {"account"},
		filing.AccessRefused:       {"account"},
		filing.AccessSuspended:     {"account"},
		filing.AccessClosed:        {"account"},
		filing.AccessAdministrator: {"action"},
		filing.AccessNotParty:      {"case", "action"},
		filing.AccessPosting:       {"action", "posts", "courts"},
		filing.AccessUnbound:       {"claimant"},
		filing.ClaimantReserved:    {"id"},
		filing.ClaimantRegistered:  {"claimant", "court"},
		filing.AccessSecondPerson:  {"action"},
		filing.AccessCourt:         {"court", "action"},
		filing.AccessNotThere:      {"name", "kind"},
		filing.AccessEnded:         {"search", "until"},
		filing.CourtUnknown:        {"court", "courts"},
		"member.field.missing":     {"field"},
		"member.id.form":           {"field", "id"},
		"member.id.taken":          {"id"},
		"member.subject.taken":     {"account"},
		"member.unknown":           {"id"},
		"member.kind.not-eligible": {"kind"},
		"member.proof.missing":     {"kind"},
		"member.proof.form":        {"proof"},
		"member.status":            {"id", "status", "step"},
		"member.primary.only":      {"organisation"},
		"member.primary.successor": {"account", "organisation"},
		"member.branch.unknown":    {"branch", "organisation"},
		"member.branch.taken":      {"branch"},
		"member.branch.in-use":     {"branch", "accounts"},
		"member.link.user":         {"account", "organisation"},
		"member.post.unknown":      {"post"},
		"member.account.kind":      {"kind"},
	})
}

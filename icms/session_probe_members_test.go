package icms_test

import (
	"context"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/rollout"
)

func (w *town) serviceProbes() []probe {
	everybody := func(method string, global bool, call func(ctx context.Context, x *icms.Session) error) probe {
		return probe{method: method, state: is(access.Any), global: global, open: true, call: func(ctx context.Context, x *icms.Session, _ string) error { return call(ctx, x) }}
	}
	return []probe{
		everybody("Me", true, func(ctx context.Context, x *icms.Session) error { _, err := x.Me(ctx); return err }),
		everybody("Status", false, func(ctx context.Context, x *icms.Session) error { _, err := x.Status(ctx, "SCT"); return err }),
		everybody("Coverage", true, func(ctx context.Context, x *icms.Session) error {
			_, err := x.Coverage(ctx, "SCT", "SCTC", rollout.Filing, civilDate("2026-03-02"))
			return err
		}),
		everybody("Mandate", true, func(ctx context.Context, x *icms.Session) error {
			_, err := x.Mandate(ctx, rollout.Question{Court: "SCT", Type: "SCTC", Date: civilDate("2026-03-02")})
			return err
		}),
		everybody("Claimants", false, func(ctx context.Context, x *icms.Session) error { _, err := x.Claimants(ctx, "SCT"); return err }),
		everybody("ApproveClaimant", false, func(ctx context.Context, x *icms.Session) error { return x.ApproveClaimant(ctx, "SCT", sample) }),
		everybody("BindClaimant", false, func(ctx context.Context, x *icms.Session) error { return x.BindClaimant(ctx, "SCT", "", "") }),
		everybody("ApplyIndividual", true, func(ctx context.Context, x *icms.Session) error {
			_, err := x.ApplyIndividual(ctx, members.ApplyIndividual{ID: "a b"}, icms.Proofs{})
			return err
		}),
		everybody("ApplyOrganisation", true, func(ctx context.Context, x *icms.Session) error {
			_, err := x.ApplyOrganisation(ctx, members.ApplyOrganisation{ID: "a b"}, icms.Proofs{})
			return err
		}),
		everybody("SearchMembers", true, func(ctx context.Context, x *icms.Session) error {
			_, _, err := x.SearchMembers(ctx, "dora", "", 10)
			return err
		}),
		everybody("OrganisationsIn", true, func(ctx context.Context, x *icms.Session) error {
			_, _, err := x.OrganisationsIn(ctx, members.Active, "", 10)
			return err
		}),
		everybody("IndividualsIn", true, func(ctx context.Context, x *icms.Session) error {
			_, _, err := x.IndividualsIn(ctx, members.Active, "", 10)
			return err
		}),
		everybody("CauseBookDay", false, func(ctx context.Context, x *icms.Session) error {
			_, _, err := x.CauseBookDay(ctx, "SCT", civilDate("2026-02-27"), "", 10)
			return err
		}),
		everybody("CauseBookEntry", false, func(ctx context.Context, x *icms.Session) error {
			_, err := x.CauseBookEntry(ctx, "SCT", number(1))
			return err
		}),
		everybody("CauseBookFind", false, func(ctx context.Context, x *icms.Session) error {
			_, _, err := x.CauseBookFind(ctx, icms.BookQuery{Court: "SCT", Party: "Defendant"})
			return err
		}),
		everybody("Register", false, func(ctx context.Context, x *icms.Session) error {
			return drain(x.Register(ctx, icms.RegisterQuery{Court: "SCT", Year: 2026}))
		}),
		everybody("ClosedHearings", false, func(ctx context.Context, x *icms.Session) error {
			_, _, err := x.ClosedHearings(ctx, "SCT", "storm", "", 10)
			return err
		}),
		everybody("Hearings", false, func(ctx context.Context, x *icms.Session) error {
			_, _, err := x.Hearings(ctx, "SCT", civilDate("2026-03-20"), "", 10)
			return err
		}),
		everybody("AnnounceClosure", false, func(ctx context.Context, x *icms.Session) error {
			_, err := x.AnnounceClosure(ctx, "SCT", "cellar", calendar.Closure{})
			return err
		}),
		everybody("AnnounceWarning", false, func(ctx context.Context, x *icms.Session) error {
			_, err := x.AnnounceWarning(ctx, "SCT", calendar.Warning{})
			return err
		}),
		everybody("PublishMaintenance", false, func(ctx context.Context, x *icms.Session) error {
			return x.PublishMaintenance(ctx, "SCT", calendar.Maintenance{})
		}),
		everybody("Health", true, func(ctx context.Context, x *icms.Session) error { _, err := x.Health(ctx); return err }),
		everybody("VerifyAudit", false, func(ctx context.Context, x *icms.Session) error { return x.VerifyAudit(ctx, "SCT", 2026) }),
		everybody("VerifyAccounts", true, func(ctx context.Context, x *icms.Session) error { return x.VerifyAccounts(ctx, 2026) }),
		everybody("VerifyMembers", true, func(ctx context.Context, x *icms.Session) error { return x.VerifyMembers(ctx, 2026) }),
		everybody("AuditLinks", false, func(ctx context.Context, x *icms.Session) error {
			_, err := x.AuditLinks(ctx, "SCT", 2026, 0, 10)
			return err
		}),
	}
}

func (w *town) memberProbes() []probe {
	var out []probe
	for _, id := range []string{"dora", "util-1", "applicant"} {
		out = append(out, probe{method: "Account", name: id, state: self(id), global: true, call: func(ctx context.Context, x *icms.Session, name string) error {
			_, err := x.Account(ctx, name)
			return err
		}})
	}
	for _, id := range []string{"dora", "firm"} {
		out = append(out,
			probe{method: "DecideApplication", name: id, state: of(id), global: true, call: func(ctx context.Context, x *icms.Session, name string) error {
				return x.DecideApplication(ctx, name, false, nil)
			}},
			probe{method: "OpenProof", name: id, state: of(id), global: true, call: func(ctx context.Context, x *icms.Session, name string) error {
				_, err := x.OpenProof(ctx, name, 0)
				return err
			}},
			probe{method: "MoveMember", name: id, state: of(id), global: true, call: func(ctx context.Context, x *icms.Session, name string) error {
				return x.MoveMember(ctx, name, "promote", nil)
			}})
	}
	return out
}

func (w *town) houseProbes() []probe {
	house := func(method string, call func(ctx context.Context, x *icms.Session, id string) error) probe {
		return probe{method: method, name: "sample-utilities", state: of("sample-utilities"), global: true, call: call}
	}
	user := func(method, id string, call func(ctx context.Context, x *icms.Session, id string) error) probe {
		p := house(method, call)
		p.name = id
		return p
	}
	bad := members.Person{ID: "a b"}
	return []probe{
		house("Organisation", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.Organisation(ctx, id)
			return err
		}),
		house("Accounts", func(ctx context.Context, x *icms.Session, id string) error {
			_, _, err := x.Accounts(ctx, id, "", 10)
			return err
		}),
		house("OpenUser", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.OpenUser(ctx, members.OpenAccount{Person: bad, Organisation: id})
			return err
		}),
		house("OpenAdministrator", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.OpenAdministrator(ctx, members.OpenAccount{Person: bad, Organisation: id})
			return err
		}),
		user("MoveUser", "util-2", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.MoveUser(ctx, id, "promote", nil)
			return err
		}),
		user("MoveAdministrator", "util-sa", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.MoveAdministrator(ctx, id, "promote", nil)
			return err
		}),
		house("HandOver", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.HandOver(ctx, id, "nobody")
			return err
		}),
		house("OpenBranch", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.OpenBranch(ctx, members.OpenBranch{Organisation: id, Code: "a b"})
			return err
		}),
		house("CloseBranch", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.CloseBranch(ctx, id, "none")
			return err
		}),
		house("LinkCase", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.LinkCase(ctx, members.LinkCase{Organisation: id, Court: "SCT", Case: number(1), User: "nobody"})
			return err
		}),
		house("UnlinkCase", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.UnlinkCase(ctx, members.UnlinkCase{Organisation: id, Court: "SCT", Case: number(1), User: "nobody"})
			return err
		}),
		house("ShareCase", func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.ShareCase(ctx, members.ShareCase{Organisation: id, Court: "SCT", Case: number(1)})
			return err
		}),
		house("Links", func(ctx context.Context, x *icms.Session, id string) error {
			_, _, err := x.Links(ctx, id, "", 10)
			return err
		}),
		house("CloseOrganisation", func(ctx context.Context, x *icms.Session, id string) error {
			return x.CloseOrganisation(ctx, id, law.Text{"en": " "})
		}),
	}
}

func (w *town) staffProbes() []probe {
	var out []probe
	for _, id := range []string{"clerk", "operator"} {
		out = append(out,
			probe{method: "AppointStaff", name: id, state: self(id), global: true, open: true, call: func(ctx context.Context, x *icms.Session, name string) error {
				_, err := x.AppointStaff(ctx, members.AppointStaff{Person: members.Person{ID: name}})
				return err
			}},
			probe{method: "ChangePosts", name: id, state: self(id), global: true, open: true, call: func(ctx context.Context, x *icms.Session, name string) error {
				_, err := x.ChangePosts(ctx, members.ChangePosts{ID: name})
				return err
			}},
			probe{method: "MoveStaff", name: id, state: self(id), global: true, open: true, call: func(ctx context.Context, x *icms.Session, name string) error {
				_, err := x.MoveStaff(ctx, name, "promote", nil)
				return err
			}})
	}
	return append(out, probe{method: "Staff", state: is(access.Foreign), global: true, open: true, call: func(ctx context.Context, x *icms.Session, _ string) error {
		_, _, err := x.Staff(ctx, "", "", 10)
		return err
	}})
}

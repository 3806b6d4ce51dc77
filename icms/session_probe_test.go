package icms_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// probe is a way to knock at a door: a call of a method about one object.
type probe struct {
	method string
	// name is the object's name, "" where a call names none; call makes the call about an object of that name.
	name string
	call func(ctx context.Context, x *icms.Session, name string) error
	// state is what the object is to a person, relation the roles that the person has to it; nil for none.
	state    func(person) access.State
	relation func(person) []access.Role
	// global says that the object belongs to no court, where posts at single courts count for nothing.
	global bool
	// open says that it is no secret that the object exists.
	open bool
	// absent calls for a thing that is not there, whose name in the answer replaces named; nil calls for one of the name madeUp.
	absent func(ctx context.Context, x *icms.Session) error
	named  [2]string
}

func is(s access.State) func(person) access.State { return func(person) access.State { return s } }

// of says whose an object of a registered user is.
func of(member string) func(person) access.State {
	return func(p person) access.State {
		if p.member == member {
			return access.Own
		}
		return access.Foreign
	}
}

// self says whose an object is that belongs to one person.
func self(name string) func(person) access.State {
	return func(p person) access.State {
		if p.name == name {
			return access.Own
		}
		return access.Foreign
	}
}

// drain reads a stream to its end.
func drain[T any](all iter.Seq2[T, error]) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// inCases makes a probe for each of three cases: the open one, the restricted one and the sealed one, from the first on.
func inCases(method string, first int, call func(ctx context.Context, x *icms.Session, number string) error) []probe {
	var out []probe
	for i, state := range []access.State{access.Open, access.Restricted, access.Sealed} {
		n := first + i
		out = append(out, probe{
			method: method, name: number(n), call: call, state: is(state), relation: func(p person) []access.Role { return p.relation(n) },
		})
	}
	return out
}

// inPapers makes a probe for each kind of paper of each case.
func inPapers(method string, first int, call func(ctx context.Context, x *icms.Session, number string, serial int) error) []probe {
	var out []probe
	for i, state := range []access.State{access.Open, access.Restricted, access.Sealed} {
		n := first + i
		for _, serial := range []int{noticeSerial, defenceSerial, refusedSerial} {
			of := is(state)
			if serial == refusedSerial && state != access.Sealed {
				of = func(p person) access.State {
					if p.member == "dora" {
						return access.Own
					}
					return access.Withheld
				}
			}
			p := probe{
				method: method, name: number(n), state: of, relation: func(p person) []access.Role { return p.relation(n) },
				call: func(ctx context.Context, x *icms.Session, name string) error { return call(ctx, x, name, serial) },
			}
			if state != access.Sealed { // that there is such a case is no secret
				p.named = [2]string{fmt.Sprintf("/%06d", serial), "/000009"}
				p.absent = func(ctx context.Context, x *icms.Session) error { return call(ctx, x, number(n), 9) }
			}
			out = append(out, p)
		}
	}
	return out
}

var why = law.T("Because.", "理由。")

func (w *town) probes() []probe {
	var all []probe
	for _, part := range [][]probe{
		w.serviceProbes(), w.memberProbes(), w.houseProbes(), w.staffProbes(), w.batchProbes(), w.caseProbes(), w.courtProbes(), w.moneyProbes(),
		w.searchProbes(),
	} {
		all = append(all, part...)
	}
	return all
}

func (w *town) serviceProbes() []probe {
	everybody := func(method string, global bool, call func(ctx context.Context, x *icms.Session) error) probe {
		return probe{method: method, state: is(access.Any), global: global, open: true, call: func(ctx context.Context, x *icms.Session, _ string) error { return call(ctx, x) }}
	}
	return []probe{
		everybody("Me", true, func(ctx context.Context, x *icms.Session) error { _, err := x.Me(ctx); return err }),
		everybody("Status", false, func(ctx context.Context, x *icms.Session) error { _, err := x.Status(ctx, "SCT"); return err }),
		everybody("Claimants", false, func(ctx context.Context, x *icms.Session) error { _, err := x.Claimants(ctx, "SCT"); return err }),
		everybody("ApproveClaimant", false, func(ctx context.Context, x *icms.Session) error { return x.ApproveClaimant(ctx, "SCT", sample) }),
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

func (w *town) batchProbes() []probe {
	var out []probe
	in := batch(claims(1, "X"))
	in.Reference = "only looked at"
	for method, file := range map[string]func(*icms.Session, context.Context, icms.Batch) (icms.Result, error){
		"Preflight": (*icms.Session).Preflight, "File": (*icms.Session).File,
	} {
		state := func(p person) access.State { // nobody else files for the claimant
			if p.member == "sample-utilities" {
				return access.Own
			}
			return access.Foreign
		}
		out = append(out, probe{method: method, state: state, open: true, call: func(ctx context.Context, x *icms.Session, _ string) error {
			bad := in
			bad.Format = nil
			_, err := file(x, ctx, bad)
			return err
		}})
	}
	for method, file := range map[string]func(*icms.Session, context.Context, icms.SingleClaim) (icms.Result, error){
		"PreflightClaim": (*icms.Session).PreflightClaim, "FileClaim": (*icms.Session).FileClaim,
	} {
		out = append(out, probe{method: method, state: is(access.Own), open: true, call: func(ctx context.Context, x *icms.Session, _ string) error {
			_, err := file(x, ctx, icms.SingleClaim{Court: "SCT"})
			return err
		}})
	}
	kept := func(method string, call func(ctx context.Context, x *icms.Session, id string) error) {
		out = append(out, probe{method: method, name: w.batch, state: of("sample-utilities"), call: call})
	}
	kept("Batch", func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Batch(ctx, id); return err })
	kept("BatchLines", func(ctx context.Context, x *icms.Session, id string) error { return drain(x.BatchLines(ctx, id)) })
	kept("DecideBatch", func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.DecideBatch(ctx, id, false, nil)
		return err
	})
	kept("FixSitting", func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.FixSitting(ctx, id, icms.Appointment{})
		return err
	})
	kept("VacateSitting", func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.VacateSitting(ctx, id, why)
		return err
	})
	return append(out, probe{method: "Waiting", state: is(access.Foreign), open: true, call: func(ctx context.Context, x *icms.Session, _ string) error {
		_, _, err := x.Waiting(ctx, "SCT", "", 10)
		return err
	}})
}

func (w *town) caseProbes() []probe {
	var out []probe
	add := func(p []probe) { out = append(out, p...) }
	add(inCases("Case", 1, func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.Case(ctx, "SCT", n)
		return err
	}))
	add(inCases("LimitOf", 1, func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.LimitOf(ctx, icms.LimitQuestion{Court: "SCT", Case: n, Party: "defendant-1", Kind: "none"})
		return err
	}))
	add(inCases("JoinCase", 1, func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.JoinCase(ctx, icms.Link{Court: "SCT", Case: n, Party: "defendant-1", Code: "WRONG"})
		return err
	}))
	add(inCases("LeaveCase", 1, func(ctx context.Context, x *icms.Session, n string) error {
		return x.LeaveCase(ctx, "SCT", n, "defendant-9")
	}))
	for method, send := range map[string]func(*icms.Session, context.Context, icms.Submission) (icms.Submitted, error){
		"Submit": (*icms.Session).Submit, "PreflightSubmission": (*icms.Session).PreflightSubmission,
	} {
		add(inCases(method, 1, func(ctx context.Context, x *icms.Session, n string) error {
			_, err := send(x, ctx, icms.Submission{Court: "SCT", Case: n, Party: "defendant-1", Kind: icmshk.Defence, Against: -1})
			return err
		}))
	}
	add(inCases("RequestTime", 1, func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.RequestTime(ctx, icms.TimeRequest{Court: "SCT", Case: n, Party: "defendant-1"})
		return err
	}))
	add(inCases("TimeRequestsIn", 1, func(ctx context.Context, x *icms.Session, n string) error {
		_, _, err := x.TimeRequestsIn(ctx, "SCT", n, "", 10)
		return err
	}))
	add(inCases("Papers", 1, func(ctx context.Context, x *icms.Session, n string) error {
		_, _, err := x.Papers(ctx, "SCT", n, "", 10)
		return err
	}))
	add(inPapers("Paper", 1, func(ctx context.Context, x *icms.Session, n string, serial int) error {
		_, err := x.Paper(ctx, "SCT", n, serial)
		return err
	}))
	add(inPapers("PaperFile", 1, func(ctx context.Context, x *icms.Session, n string, serial int) error {
		_, err := x.PaperFile(ctx, "SCT", n, serial, 9)
		return err
	}))
	users := func(p person) access.State {
		if p.member == "" || p.name == "util-pa" || p.name == "util-sa" || p.name == "firm-pa" {
			return access.Foreign
		}
		return access.Own
	}
	own := func(method string, state func(person) access.State, call func(ctx context.Context, x *icms.Session) error) {
		out = append(out, probe{method: method, state: state, open: true, call: func(ctx context.Context, x *icms.Session, _ string) error { return call(ctx, x) }})
	}
	own("Inbox", users, func(ctx context.Context, x *icms.Session) error { _, _, err := x.Inbox(ctx, "", 10); return err })
	own("Unread", users, func(ctx context.Context, x *icms.Session) error { _, _, err := x.Unread(ctx, "", 10); return err })
	for method, open := range map[string]func(ctx context.Context, x *icms.Session, id string) error{
		"OpenMessage": func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.OpenMessage(ctx, id)
			return err
		},
		"MessagePaper": func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.MessagePaper(ctx, id)
			return err
		},
		"MessageFile": func(ctx context.Context, x *icms.Session, id string) error {
			_, err := x.MessageFile(ctx, id, 9)
			return err
		},
	} {
		out = append(out, probe{method: method, name: w.told, state: of("dora"), call: open},
			probe{method: method, name: w.sealed, state: is(access.Foreign), call: open}) // of a sealed case nobody has messages
	}
	return out
}

func (w *town) courtProbes() []probe {
	var out []probe
	add := func(method string, call func(ctx context.Context, x *icms.Session, n string) error) {
		out = append(out, inCases(method, 4, call)...)
	}
	act := func(n string) icms.CaseAct { return icms.CaseAct{Court: "SCT", Case: n, Reason: why} }
	add("IssueNotice", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.IssueNotice(ctx, icms.Issue{Court: "SCT", Case: n, Kind: icms.PaperNotice})
		return err
	})
	add("IssueOrder", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.IssueOrder(ctx, icms.Issue{Court: "SCT", Case: n, Kind: "none"})
		return err
	})
	add("FixHearing", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.FixHearing(ctx, "SCT", n, icms.Appointment{})
		return err
	})
	add("VacateHearing", func(ctx context.Context, x *icms.Session, n string) error { return x.VacateHearing(ctx, act(n)) })
	add("RecordService", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.RecordService(ctx, icms.ServedPaper{Court: "SCT", Case: n})
		return err
	})
	add("LinkParty", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.LinkParty(ctx, icms.Link{Court: "SCT", Case: n})
		return err
	})
	add("UnlinkParty", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.UnlinkParty(ctx, icms.Unlink{Court: "SCT", Case: n, Party: "none", Member: "none"})
		return err
	})
	add("LinkCode", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.LinkCode(ctx, "SCT", n, "none", time.Time{})
		return err
	})
	add("Conclude", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.Conclude(ctx, act(n))
		return err
	})
	add("Reopen", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.Reopen(ctx, act(n))
		return err
	})
	add("SetAccess", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.SetAccess(ctx, act(n), "none")
		return err
	})
	out = append(out, inPapers("RefuseDocument", 4, func(ctx context.Context, x *icms.Session, n string, serial int) error {
		_, err := x.RefuseDocument(ctx, "SCT", n, serial, nil)
		return err
	})...)
	out = append(out, probe{method: "TimeRequests", state: is(access.Sealed), open: true, call: func(ctx context.Context, x *icms.Session, _ string) error {
		_, _, err := x.TimeRequests(ctx, "SCT", "", 10)
		return err
	}})
	return out
}

func (w *town) moneyProbes() []probe {
	var out []probe
	order := func(method string, call func(ctx context.Context, x *icms.Session, id string) error) {
		out = append(out, probe{method: method, name: w.owed, state: of("dora"), call: call},
			probe{method: method, name: w.fine, state: self("stranger"), call: call})
	}
	order("Order", func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Order(ctx, id); return err })
	order("Receipt", func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Receipt(ctx, id); return err })
	order("Attempts", func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Attempts(ctx, id); return err })
	order("Pay", func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.Pay(ctx, payment.StartRequest{Order: id, Gateway: "none"})
		return err
	})
	order("Collect", func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.Collect(ctx, id, "")
		return err
	})
	order("WithdrawCharge", func(ctx context.Context, x *icms.Session, id string) error { return x.WithdrawCharge(ctx, id, "") })
	order("ProposeRefund", func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.ProposeRefund(ctx, payment.Proposal{Order: id})
		return err
	})
	one := func(method, name string, state func(person) access.State, call func(ctx context.Context, x *icms.Session, id string) error) {
		out = append(out, probe{method: method, name: name, state: state, call: call})
	}
	one("PayFromAccount", w.order, of("sample-utilities"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.PayFromAccount(ctx, id, mainAccount)
		return err
	})
	one("Attempt", w.attempt, of("dora"), func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Attempt(ctx, id); return err })
	one("CheckAttempt", w.attempt, of("dora"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.CheckAttempt(ctx, id)
		return err
	})
	one("ProposeResolution", w.attempt, of("dora"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.ProposeResolution(ctx, payment.Resolution{Attempt: id})
		return err
	})
	one("ConfirmResolution", w.resolution, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.ConfirmResolution(ctx, id)
		return err
	})
	one("RejectResolution", w.resolution, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.RejectResolution(ctx, id)
		return err
	})
	one("Refund", w.refund, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Refund(ctx, id); return err })
	one("ApproveRefund", w.refund, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.ApproveRefund(ctx, id)
		return err
	})
	one("DeclineRefund", w.refund, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.DeclineRefund(ctx, id, "no")
		return err
	})
	free := func(method string, state access.State, call func(ctx context.Context, x *icms.Session) error) {
		out = append(out, probe{method: method, state: is(state), open: true, call: func(ctx context.Context, x *icms.Session, _ string) error { return call(ctx, x) }})
	}
	free("Charge", access.Foreign, func(ctx context.Context, x *icms.Session) error {
		_, err := x.Charge(ctx, icms.Charge{Court: "SCT", Payer: "someone"})
		return err
	})
	free("AttemptsIn", access.Foreign, func(ctx context.Context, x *icms.Session) error {
		_, _, err := x.AttemptsIn(ctx, payment.AttemptUnknown, "", 10)
		return err
	})
	out = append(out, w.depositProbes()...)
	return out
}

func (w *town) depositProbes() []probe {
	var out []probe
	deposit := func(method string, call func(ctx context.Context, x *icms.Session, a ledger.AccountID) error) {
		out = append(out, probe{method: method, name: account, state: of("sample-utilities"), global: true, call: func(ctx context.Context, x *icms.Session, name string) error {
			return call(ctx, x, ledger.AccountID(name))
		}})
	}
	deposit("Deposit", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.Deposit(ctx, a)
		return err
	})
	deposit("Statement", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.Statement(ctx, ledger.StatementQuery{Account: a})
		return err
	})
	deposit("Transfer", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.Transfer(ctx, ledger.Transfer{From: a, To: a})
		return err
	})
	deposit("TopUp", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.TopUp(ctx, ledger.TopUp{Account: a})
		return err
	})
	deposit("MoveDeposit", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.MoveDeposit(ctx, a, "promote", "")
		return err
	})
	users := func(p person) access.State {
		if p.member == "" {
			return access.Foreign
		}
		return access.Own
	}
	return append(out, probe{method: "OpenDeposit", state: users, global: true, open: true, call: func(ctx context.Context, x *icms.Session, _ string) error {
		_, err := x.OpenDeposit(ctx, "none", money.Currency{})
		return err
	}})
}

// civilDate reads a civil date; of a text that is none it is the zero Date.
func civilDate(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

func (w *town) searchProbes() []probe {
	identified := func(p person) access.State { // nobody in particular has no searches
		if p.name == "" {
			return access.Foreign
		}
		return access.Own
	}
	var out []probe
	for method, call := range map[string]func(ctx context.Context, x *icms.Session) error{
		"Search": func(ctx context.Context, x *icms.Session) error {
			_, err := x.Search(ctx, icms.Search{Court: "SCT"})
			return err
		},
		"Searches": func(ctx context.Context, x *icms.Session) error { _, _, err := x.Searches(ctx, "", 10); return err },
	} {
		out = append(out, probe{method: method, state: identified, open: true, call: func(ctx context.Context, x *icms.Session, _ string) error { return call(ctx, x) }})
	}
	results := func(ctx context.Context, x *icms.Session, id string) error {
		_, _, err := x.Results(ctx, id, "", 10)
		return err
	}
	ended := func(p person) access.State {
		if p.member == "dora" {
			return access.Ended
		}
		return access.Foreign
	}
	out = append(out, probe{method: "Results", name: w.found, state: of("dora"), call: results},
		probe{method: "Results", name: w.foundBy, state: self("stranger"), call: results},
		probe{method: "Results", name: w.over, state: ended, call: results})
	for method, look := range map[string]func(ctx context.Context, x *icms.Session, search, number string) error{
		"InspectCase": func(ctx context.Context, x *icms.Session, s, n string) error {
			_, err := x.InspectCase(ctx, s, n)
			return err
		},
		"InspectPapers": func(ctx context.Context, x *icms.Session, s, n string) error {
			_, _, err := x.InspectPapers(ctx, s, n, "", 10)
			return err
		},
		"InspectFile": func(ctx context.Context, x *icms.Session, s, n string) error {
			_, err := x.InspectFile(ctx, s, n, 1, 9)
			return err
		},
	} {
		// Each person looks by a search of its own: what decides is the case.
		out = append(out, inCases(method, 1, func(ctx context.Context, x *icms.Session, n string) error {
			return look(ctx, x, w.own(x, n), n)
		})...)
	}
	return out
}

// own gives a search of a person's own for a case, paid for.
func (w *town) own(x *icms.Session, n string) string {
	me, err := x.Me(w.t.Context())
	if err != nil || me.Subject == "" {
		return madeUp
	}
	owner := me.Registered()
	if owner == "" {
		owner = "public:" + me.Subject
	}
	return w.searchedFor(owner, icms.Search{Reference: "own " + strings.TrimSuffix(n, "/2026"), Number: n})
}

package icms_test

import (
	"context"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	icmshk "courts.example/eservices/icms/hk"
)

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
	kept("Sitting", func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Sitting(ctx, id); return err })
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
	add("TakeBackService", func(ctx context.Context, x *icms.Session, n string) error {
		_, err := x.TakeBackService(ctx, icms.TakenBack{Court: "SCT", Case: n})
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
	add("LiftCode", func(ctx context.Context, x *icms.Session, n string) error { return x.LiftCode(ctx, "SCT", n, "none") })
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

package icms

import (
	"context"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// isNotice reports whether a paper of the court decides nothing: a notice, or the record of something that happened at the registry or in
// a hearing. All others are orders.
func (in *Issue) isNotice() bool {
	return (in.Kind == PaperNotice || in.Kind == PaperRecord) && (in.Event == "" || in.Event == HearingHeld)
}

// IssueNotice issues a notice, or records something that happened; see [Registry.Issue]. By is set here. It issues nothing that decides.
func (x *Session) IssueNotice(ctx context.Context, in Issue) (Issued, error) {
	if !in.isNotice() {
		return Issued{}, invalid("a paper of the kind %.60q, or with the event %.60q, is no notice: issue it as an order", in.Kind, in.Event)
	}
	return x.issue(ctx, "IssueNotice", in)
}

// IssueOrder issues any paper of the court: an award, an order, reasons; see [Registry.Issue]. By is set here.
func (x *Session) IssueOrder(ctx context.Context, in Issue) (Issued, error) {
	return x.issue(ctx, "IssueOrder", in)
}

func (x *Session) issue(ctx context.Context, method string, in Issue) (Issued, error) {
	g, _, err := x.enterCase(ctx, method, in.Court, in.Case)
	if err != nil {
		return Issued{}, err
	}
	in.By = g.by()
	return x.s.Registry().Issue(ctx, in)
}

// FixHearing fixes or moves the hearing of a case; see [Registry.FixHearing]. By is set here.
func (x *Session) FixHearing(ctx context.Context, court, number string, a Appointment) (Hearing, error) {
	g, _, err := x.enterCase(ctx, "FixHearing", court, number)
	if err != nil {
		return Hearing{}, err
	}
	a.By = g.by()
	return x.s.Registry().FixHearing(ctx, court, number, a)
}

// VacateHearing takes the hearing of a case back; By is set here.
func (x *Session) VacateHearing(ctx context.Context, act CaseAct) error {
	g, _, err := x.enterCase(ctx, "VacateHearing", act.Court, act.Case)
	if err != nil {
		return err
	}
	act.By = g.by()
	return x.s.Registry().VacateHearing(ctx, act)
}

// Hearings gives a page of the hearings of a court on one civil day; see [Registry.Hearings].
func (x *Session) Hearings(ctx context.Context, court string, day calendar.Date, after string, limit int) ([]Listed, string, error) {
	if _, err := x.atCourt(ctx, "Hearings", court); err != nil {
		return nil, "", err
	}
	return x.s.Registry().Hearings(ctx, court, day, after, limit)
}

// ClosedHearings gives a page of the hearings of a court that fall into a closure and are to be fixed anew; see [Registry.ClosedHearings].
func (x *Session) ClosedHearings(ctx context.Context, court, closure, after string, limit int) ([]Listed, string, error) {
	if _, err := x.atCourt(ctx, "ClosedHearings", court); err != nil {
		return nil, "", err
	}
	return x.s.Registry().ClosedHearings(ctx, court, closure, after, limit)
}

// FixSitting fixes or moves the sitting at which the cases of a batch are heard; see [Registry.FixSitting]. By is set here.
func (x *Session) FixSitting(ctx context.Context, batch string, a Appointment) (Sitting, error) {
	g, _, err := x.batch(ctx, "FixSitting", batch)
	if err != nil {
		return Sitting{}, err
	}
	a.By = g.by()
	return x.s.Registry().FixSitting(ctx, batch, a)
}

// VacateSitting takes the sitting of a batch back.
func (x *Session) VacateSitting(ctx context.Context, batch string, reason law.Text) (Sitting, error) {
	g, _, err := x.batch(ctx, "VacateSitting", batch)
	if err != nil {
		return Sitting{}, err
	}
	return x.s.Registry().VacateSitting(ctx, batch, reason, g.by())
}

// RecordService records that the claim or a paper was served; see [Registry.RecordService]. By is set here.
func (x *Session) RecordService(ctx context.Context, in ServedPaper) (CaseFile, error) {
	g, _, err := x.enterCase(ctx, "RecordService", in.Court, in.Case)
	if err != nil {
		return CaseFile{}, err
	}
	in.By = g.by()
	return x.s.Registry().RecordService(ctx, in)
}

// TakeBackService takes a record of service back; see [Registry.TakeBackService]. By is set here.
func (x *Session) TakeBackService(ctx context.Context, in TakenBack) (CaseFile, error) {
	g, _, err := x.enterCase(ctx, "TakeBackService", in.Court, in.Case)
	if err != nil {
		return CaseFile{}, err
	}
	in.By = g.by()
	return x.s.Registry().TakeBackService(ctx, in)
}

// LinkParty links a registered user to a party by a proof that the officer has seen; see [Registry.LinkParty]. By is set here.
func (x *Session) LinkParty(ctx context.Context, in Link) (CaseFile, error) {
	g, _, err := x.enterCase(ctx, "LinkParty", in.Court, in.Case)
	if err != nil {
		return CaseFile{}, err
	}
	in.By, in.Code = g.by(), ""
	return x.s.Registry().LinkParty(ctx, in)
}

// UnlinkParty ends the link of a registered user to a party; see [Registry.UnlinkParty]. By is set here.
func (x *Session) UnlinkParty(ctx context.Context, in Unlink) (CaseFile, error) {
	g, _, err := x.enterCase(ctx, "UnlinkParty", in.Court, in.Case)
	if err != nil {
		return CaseFile{}, err
	}
	in.By, in.Ceases = g.by(), false
	return x.s.Registry().UnlinkParty(ctx, in)
}

// LinkCode makes a code by which a party links itself; see [Registry.LinkCode].
func (x *Session) LinkCode(ctx context.Context, court, number, party string, until time.Time) (string, error) {
	g, _, err := x.enterCase(ctx, "LinkCode", court, number)
	if err != nil {
		return "", err
	}
	return x.s.Registry().LinkCode(ctx, court, number, party, until, g.by())
}

// LiftCode lets the code of a party serve again that rests after too many wrong tries; see [Registry.LiftCode].
func (x *Session) LiftCode(ctx context.Context, court, number, party string) error {
	g, _, err := x.enterCase(ctx, "LiftCode", court, number)
	if err != nil {
		return err
	}
	return x.s.Registry().LiftCode(ctx, court, number, party, g.by())
}

// Conclude ends a case; By is set here.
func (x *Session) Conclude(ctx context.Context, act CaseAct) (CaseFile, error) {
	g, _, err := x.enterCase(ctx, "Conclude", act.Court, act.Case)
	if err != nil {
		return CaseFile{}, err
	}
	act.By = g.by()
	return x.s.Registry().Conclude(ctx, act)
}

// Reopen lets a concluded case go on; By is set here.
func (x *Session) Reopen(ctx context.Context, act CaseAct) (CaseFile, error) {
	g, _, err := x.enterCase(ctx, "Reopen", act.Court, act.Case)
	if err != nil {
		return CaseFile{}, err
	}
	act.By = g.by()
	return x.s.Registry().Reopen(ctx, act)
}

// SetAccess opens, restricts or seals a case; By is set here.
func (x *Session) SetAccess(ctx context.Context, act CaseAct, to CaseAccess) (CaseFile, error) {
	g, _, err := x.enterCase(ctx, "SetAccess", act.Court, act.Case)
	if err != nil {
		return CaseFile{}, err
	}
	act.By = g.by()
	return x.s.Registry().SetAccess(ctx, act, to)
}

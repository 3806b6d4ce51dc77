package icms

import (
	"context"
	"fmt"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// AnnounceClosure keeps a closure of an office, its reopening or its correction; see [Registry.Announce].
func (x *Session) AnnounceClosure(ctx context.Context, court string, o Office, c calendar.Closure) (Announced, error) {
	g, err := x.atCourt(ctx, "AnnounceClosure", court)
	if err != nil {
		return Announced{}, err
	}
	return x.s.Registry().Announce(ctx, court, o, c, g.by())
}

// AnnounceWarning keeps a warning that stretches time limits; see [Registry.AnnounceWarning].
func (x *Session) AnnounceWarning(ctx context.Context, court string, w calendar.Warning) (Announced, error) {
	g, err := x.atCourt(ctx, "AnnounceWarning", court)
	if err != nil {
		return Announced{}, err
	}
	return x.s.Registry().AnnounceWarning(ctx, court, w, g.by())
}

// PublishMaintenance keeps a notice that the service of a court will be down; see [Service.PublishMaintenance].
func (x *Session) PublishMaintenance(ctx context.Context, court string, m calendar.Maintenance) error {
	g, err := x.atCourt(ctx, "PublishMaintenance", court)
	if err != nil {
		return err
	}
	return x.s.PublishMaintenance(ctx, court, m, g.by())
}

// ApproveClaimant lets a claimant file in bulk at a court; see [Registry.ApproveClaimant].
func (x *Session) ApproveClaimant(ctx context.Context, court string, a filing.Approval) error {
	g, err := x.atCourt(ctx, "ApproveClaimant", court)
	if err != nil {
		return err
	}
	return x.s.Registry().ApproveClaimant(ctx, court, a, g.by())
}

// Health says how payments do, for those who look after the system.
func (x *Session) Health(ctx context.Context) (payment.Status, error) {
	if _, err := x.enterAny(ctx, "Health"); err != nil {
		return payment.Status{}, err
	}
	return x.s.cashier.Status(ctx)
}

// VerifyAudit verifies the audit chain of a court and year; see [Audit.Verify].
func (x *Session) VerifyAudit(ctx context.Context, court string, year int) error {
	if _, err := x.atCourt(ctx, "VerifyAudit", court); err != nil {
		return err
	}
	return x.s.Audit().Verify(ctx, court, year)
}

// VerifyAccounts verifies the audit chain of the deposit accounts of a year (UTC); see [Audit.VerifyAccounts].
func (x *Session) VerifyAccounts(ctx context.Context, year int) error {
	if _, err := x.enterAny(ctx, "VerifyAccounts"); err != nil {
		return err
	}
	return x.s.Audit().VerifyAccounts(ctx, year)
}

// VerifyMembers verifies the audit chain of the register of members of a year (UTC); see [Audit.VerifyMembers].
func (x *Session) VerifyMembers(ctx context.Context, year int) error {
	if _, err := x.enterAny(ctx, "VerifyMembers"); err != nil {
		return err
	}
	return x.s.Audit().VerifyMembers(ctx, year)
}

// AuditLinks reads up to n links of the audit chain of a court and year after a sequence number; see [Audit.Links].
func (x *Session) AuditLinks(ctx context.Context, court string, year int, after int64, n int) ([]store.Link, error) {
	if _, err := x.atCourt(ctx, "AuditLinks", court); err != nil {
		return nil, err
	}
	return x.s.Audit().Links(ctx, court, year, after, n)
}

// VerifyMembers does the same as Verify for what was done to members in a year (UTC): applications, decisions, accounts, links of cases.
func (a Audit) VerifyMembers(ctx context.Context, year int) error {
	if err := store.Verify(ctx, a.s.store, fmt.Sprintf("members/%d", year)); err != nil {
		return fmt.Errorf("icms: audit of the members %d: %w", year, err)
	}
	return nil
}

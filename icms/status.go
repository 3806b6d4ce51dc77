package icms

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/calendar"
)

// Status is the plain answer to what a filer asks first: is the service up, is the office open, when would a filing sent now count?
type Status struct {
	// At is the instant of the answer, in the court's zone.
	At time.Time
	// Up reports whether the service is outside every announced maintenance; Maintenance is the window it is in, when not. Next is
	// the next one announced, its From zero when there is none. Maintenance never moves a receipt.
	Up                bool
	Maintenance, Next calendar.Maintenance
	// RegistryOpen and AccountsOpen tell about the offices.
	RegistryOpen, AccountsOpen bool
	// Receipt says when a filing sent and paid at once would count.
	Receipt Deeming
}

// Status answers for a court as of now.
func (s *Service) Status(ctx context.Context, court string) (Status, error) {
	d, err := s.court(court)
	if err != nil {
		return Status{}, err
	}
	open, err := s.offices(ctx, d)
	if err != nil {
		return Status{}, err
	}
	at := s.now().In(d.court.Zone())
	out := Status{At: at}
	if out.RegistryOpen, err = open.registry.IsOpen(at); err == nil {
		out.AccountsOpen, err = open.accounts.IsOpen(at)
	}
	if err == nil {
		out.Receipt, err = d.court.deem(open, at, at, time.Time{})
	}
	if err != nil {
		return out, fmt.Errorf("icms: status of %s: %w", court, err)
	}
	announced, err := s.maintenance(ctx, d.court)
	if err != nil {
		return out, err
	}
	window, down := announced.At(at)
	out.Up, out.Maintenance = !down, window
	out.Next, _ = announced.Next(at)
	return out, nil
}

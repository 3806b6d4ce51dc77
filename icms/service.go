package icms

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// Options configure a Service.
type Options struct {
	// Store keeps the records, Blobs the bytes of batches and documents. Both are required; the caller closes them.
	Store store.Store
	Blobs blob.Store
	// Courts are the courts served, at least one, each with its own code.
	Courts []Court
	// Payments say how orders are paid at gateways.
	Payments Payments
	// Members are the rules of registration and Access says who may do what; a nil Access is the library's policy. Both are needed for
	// sessions alone: without kinds of members there are none.
	Members members.Rules
	Access  *access.Table
	// Clock tells the time; nil is the machine's clock.
	Clock func() time.Time
	// Log receives what operators should know; nil discards it. Nothing personal is logged.
	Log *slog.Logger
	// Deliver receives events in Run, at least once, in order per subject; nil leaves them in the outbox unless there are Subscribers. An
	// error keeps the event, and it comes again.
	Deliver func(context.Context, Event) error
	// Subscribers receive events beside Deliver, each those that it wants.
	Subscribers []Subscriber
	// Lease is how long a node may take to finish work it claimed before another takes over; 0 means 5 minutes.
	Lease time.Duration
}

// Service is the counter of one or more courts. It is safe for concurrent use and starts nothing by itself.
type Service struct {
	store   store.Store
	blobs   blob.Store
	ledger  *ledger.Ledger
	orders  *payment.Orders
	cashier *payment.Cashier
	means   *payment.MeansPolicy // nil refuses nothing
	members *members.Members     // nil without rules of registration
	access  *access.Table
	courts  map[string]*desk
	clock   func() time.Time
	log     *slog.Logger
	readers *readers
	lease   time.Duration
}

// New makes a Service. It does no I/O. Its error says everything that is wrong with the options at once.
func New(o Options) (*Service, error) {
	var errs []error
	if o.Store == nil {
		errs = append(errs, invalid("Options.Store is nil: open one, for instance with icms/store/sqlite"))
	}
	if o.Blobs == nil {
		errs = append(errs, invalid("Options.Blobs is nil: open one, for instance with blob.OpenFolder"))
	}
	if len(o.Courts) == 0 {
		errs = append(errs, invalid("Options.Courts is empty: give at least one, for instance the court of icms/hk"))
	}
	s := &Service{store: o.Store, blobs: o.Blobs, courts: map[string]*desk{}, clock: o.Clock, log: o.Log, lease: o.Lease, access: o.Access}
	for i := range o.Courts {
		c := o.Courts[i]
		if err := c.Check(); err != nil {
			errs = append(errs, err)
			continue
		}
		if s.courts[c.Code] != nil {
			errs = append(errs, invalid("two courts have the code %q", c.Code))
		}
		s.courts[c.Code] = &desk{court: &c}
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.lease <= 0 {
		s.lease = 5 * time.Minute
	}
	var err error
	if s.readers, err = newReaders(o); err != nil {
		errs = append(errs, err)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if err = s.openMembers(o); err != nil {
		return nil, err
	}
	if s.ledger, err = ledger.New(ledger.Options{Store: o.Store, Chain: accountsChain}); err != nil {
		return nil, fmt.Errorf("icms: %w", err)
	}
	if s.orders, err = payment.New(payment.Options{Store: o.Store, Ledger: s.ledger}); err != nil {
		return nil, fmt.Errorf("icms: %w", err)
	}
	if s.cashier, err = s.newCashier(o.Payments, o); err != nil {
		return nil, fmt.Errorf("icms: %w", err)
	}
	return s, nil
}

// chainOf names the audit chain and the series of receipts of a court by its code.
func (s *Service) chainOf(court string, at time.Time) string {
	if d := s.courts[court]; d != nil {
		return chain(d.court, at)
	}
	return accountsChain(at)
}

// Courts lists the codes of the courts served, sorted.
func (s *Service) Courts() []string { return slices.Sorted(maps.Keys(s.courts)) }

// Registry is where batches are checked, filed and completed.
func (s *Service) Registry() Registry { return Registry{s} }

// AccountsOffice is where deposit accounts, orders and receipts are kept.
func (s *Service) AccountsOffice() AccountsOffice { return AccountsOffice{s} }

// CauseBook lists what was registered.
func (s *Service) CauseBook() CauseBook { return CauseBook{s} }

// Messages are the message boxes.
func (s *Service) Messages() Messages { return Messages{s} }

// Audit verifies the audit chains.
func (s *Service) Audit() Audit { return Audit{s} }

// Registry groups what a registry does. The zero value is not usable: take it from a Service.
type Registry struct{ s *Service }

// AccountsOffice groups what an accounts office does.
type AccountsOffice struct{ s *Service }

// CauseBook groups the questions about registered cases.
type CauseBook struct{ s *Service }

// Messages groups the message boxes.
type Messages struct{ s *Service }

// Audit groups what an auditor asks.
type Audit struct{ s *Service }

// now is the clock's time to the microsecond, which is what every store keeps.
func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

// court finds the desk of a court.
func (s *Service) court(code string) (*desk, error) {
	d := s.courts[code]
	if d == nil {
		return nil, fmt.Errorf("%w: %q is not among %v", ErrUnknownCourt, code, s.Courts())
	}
	return d, nil
}

// accountsChain names the audit chain of the deposit accounts, which belong to no court: one for each year (UTC).
func accountsChain(at time.Time) string { return fmt.Sprintf("accounts/%d", at.UTC().Year()) }

// chain names the audit chain of a court and year: the year of the change in the court's zone.
func chain(c *Court, at time.Time) string {
	return fmt.Sprintf("%s/%d", c.Code, at.In(c.Zone()).Year())
}

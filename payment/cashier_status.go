package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

// Status says how the Cashier does, for those who look after a system.
type Status struct {
	// At is when it was read.
	At time.Time
	// Active are the attempts that may still take money, by state: those that are unknown for long need a person.
	Active map[AttemptState]Tally
	// Flagged are the attempts that carry a flag.
	Flagged map[Flag]Tally
	// Unallocated is the money that is nobody's, by the books, one amount for each currency that came in so; Held counts payments on their way to
	// their receipt, which takes moments.
	Unallocated []money.Amount
	Held        Tally
	// Refunds are those that wait for a person or a gateway, by stage ([Refund.Stage]), and RefundsFlagged those that carry a flag. Disputes are
	// those that are open, Inbox the events that are not done, by state.
	Refunds        map[string]Tally
	RefundsFlagged map[Flag]Tally
	Disputes       Tally
	Inbox          map[InboxState]Tally
	// Gateways are the gateways in the order of the options.
	Gateways []GatewayStatus
	// Limits are what nobody knows about the limits of means.
	Limits []UnknownLimit
}

// Tally counts things and says since when the oldest is there.
type Tally struct {
	Count  int
	Oldest time.Time
	// More says that there are more: only the first thousand are counted.
	More bool
}

// GatewayStatus says how a gateway does.
type GatewayStatus struct {
	ID string
	// Asked says that the gateway can be asked; Health is the answer, Err why there is none.
	Asked  bool
	Health Health
	Err    error
	// Rejected counts the messages that this Cashier has turned away.
	Rejected map[RejectReason]int64
}

// Status reads how the Cashier does, and asks the gateways. A gateway that gives no answer is no error of Status.
func (c *Cashier) Status(ctx context.Context) (Status, error) {
	s := Status{At: c.now(), Active: make(map[AttemptState]Tally), Flagged: make(map[Flag]Tally)}
	err := errors.Join(c.tallyAttempts(ctx, &s), c.tallyMoney(ctx, &s), c.tallyBack(ctx, &s))
	for _, g := range c.CashierOptions.Gateways {
		s.Gateways = append(s.Gateways, c.probe(ctx, g))
	}
	if c.Means != nil {
		s.Limits = c.Means.Unknown(s.At)
	}
	return s, err
}

// maxTally bounds what is counted.
const maxTally = 1000

func (c *Cashier) tallyAttempts(ctx context.Context, s *Status) error {
	for _, state := range AttemptStates() {
		if !state.Active() {
			continue
		}
		attempts, next, err := c.InState(ctx, state, "", maxTally)
		if err != nil {
			return err
		}
		if len(attempts) > 0 {
			s.Active[state] = Tally{len(attempts), attempts[0].StartedAt, next != ""}
		}
	}
	for _, f := range Flags() {
		attempts, next, err := c.Flagged(ctx, f, "", maxTally)
		if err != nil {
			return err
		}
		if len(attempts) > 0 {
			s.Flagged[f] = Tally{len(attempts), attempts[0].StartedAt, next != ""}
		}
	}
	return nil
}

func (c *Cashier) tallyMoney(ctx context.Context, s *Status) error {
	held, next, err := c.Takings(ctx, TakingsQuery{Use: UseHeld, Limit: maxTally})
	if err != nil {
		return err
	}
	if len(held) > 0 {
		s.Held = Tally{len(held), held[0].RecordedAt, next != ""}
	}
	seen := make(map[money.Currency]bool)
	for after := ""; ; {
		excess, next, err := c.Unallocated(ctx, after, maxTally)
		if err != nil {
			return err
		}
		for _, t := range excess {
			currency := t.Amount.Currency()
			if seen[currency] {
				continue
			}
			seen[currency] = true
			if err := c.standing(ctx, s, currency); err != nil {
				return err
			}
		}
		if after = next; next == "" {
			return nil
		}
	}
}

// standing adds what stands in the books as nobody's in a currency.
func (c *Cashier) standing(ctx context.Context, s *Status, currency money.Currency) error {
	posted, err := c.Ledger.Posted(ctx, ledger.Unallocated, currency)
	if err != nil {
		return fmt.Errorf("payment: money that is nobody's: %w", err)
	}
	if !posted.IsZero() {
		s.Unallocated = append(s.Unallocated, posted)
	}
	return nil
}

// probe asks a gateway how it does.
func (c *Cashier) probe(ctx context.Context, g Gateway) GatewayStatus {
	s := GatewayStatus{ID: g.Describe().ID}
	s.Rejected = c.Rejected(s.ID)
	prober, ok := g.(Prober)
	if !ok {
		return s
	}
	s.Asked = true
	if s.Health, s.Err = call(ctx, c.Terms.Ask, prober.Health); s.Err == nil {
		s.Health.Detail = Scrub(s.Health.Detail)
	}
	return s
}

package payment

import "context"

// tallyBack counts what is going back, what is contested, and what gateways told.
func (c *Cashier) tallyBack(ctx context.Context, s *Status) error {
	s.Refunds, s.RefundsFlagged, s.Inbox = make(map[string]Tally), make(map[Flag]Tally), make(map[InboxState]Tally)
	for _, stage := range []string{StageProposed, string(OperationUnknown), string(OperationPending), string(OperationReview)} {
		tally, err := c.tallyRefunds(ctx, RefundQuery{Stage: stage, Limit: maxTally})
		if err != nil {
			return err
		}
		if tally.Count > 0 {
			s.Refunds[stage] = tally
		}
	}
	for _, f := range append(Flags(), FlagUnrequested) {
		tally, err := c.tallyRefunds(ctx, RefundQuery{Flag: f, Limit: maxTally})
		if err != nil {
			return err
		}
		if tally.Count > 0 {
			s.RefundsFlagged[f] = tally
		}
	}
	disputes, next, err := c.Disputes(ctx, DisputeQuery{State: DisputeOpen, Limit: maxTally})
	if err != nil {
		return err
	}
	if len(disputes) > 0 {
		s.Disputes = Tally{len(disputes), disputes[0].OpenedAt, next != ""}
	}
	return c.tallyInbox(ctx, s)
}

func (c *Cashier) tallyRefunds(ctx context.Context, q RefundQuery) (Tally, error) {
	refunds, next, err := c.Refunds(ctx, q)
	if err != nil || len(refunds) == 0 {
		return Tally{}, err
	}
	return Tally{len(refunds), refunds[0].ProposedAt, next != ""}, nil
}

func (c *Cashier) tallyInbox(ctx context.Context, s *Status) error {
	for _, state := range InboxStates() {
		if state == InboxDone {
			continue
		}
		events, next, err := c.Inbox(ctx, InboxQuery{State: state, Limit: maxTally})
		if err != nil {
			return err
		}
		if len(events) > 0 {
			s.Inbox[state] = Tally{len(events), events[0].ReceivedAt, next != ""}
		}
	}
	return nil
}

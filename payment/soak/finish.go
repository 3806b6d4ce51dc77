package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// The bounds of what is done when all payers are through.
const (
	maxRounds = 20
	// stride is how far the clock moves at a time; maxStill is after how many days without a change nobody waits any longer.
	maxStill = 5
	stride   = 4 * time.Hour
)

// finish brings all to its end. Nobody is killed any more, and the company behaves. The clock runs until nothing is under way; clerks
// give back the money that is nobody's; two persons decide what the company can't tell any more; and so on until there is none. Then days go by until all is settled.
func (s *soak) finish(ctx context.Context, front *http.Server) error {
	s.desk.mercy()
	if err := s.company.behave(ctx); err != nil {
		return err
	}
	for range maxRounds {
		if err := s.quieten(ctx); err != nil {
			return err
		}
		decided, err := s.decide(ctx)
		if err != nil {
			return err
		}
		given, err := s.giveBack(ctx)
		if err != nil {
			return err
		}
		if decided+given == 0 {
			break
		}
	}
	if err := s.days(ctx, 3); err != nil {
		return err
	}
	if err := front.Close(); err != nil {
		return err
	}
	if _, err := s.desk.ask(ctx, ask{Do: doWork}); err != nil {
		return err
	}
	_, err := s.desk.ask(ctx, ask{Do: doSweep})
	return err
}

// quieten has the clock run until nothing is under way, and then a day more.
func (s *soak) quieten(ctx context.Context) error {
	for still, before := 0, -1; still < maxStill; still++ {
		if err := s.days(ctx, 1); err != nil {
			return err
		}
		left, err := s.desk.ask(ctx, ask{Do: doLeft})
		if err != nil || left.Count == 0 {
			return err
		}
		s.progress.say("%s: %d attempts, refunds, disputes or messages are under way", s.hands.now().Format(dateForm), left.Count)
		if left.Count != before {
			still, before = 0, left.Count
		}
	}
	return nil // the audit tells what it is
}

// days has days go by.
func (s *soak) days(ctx context.Context, n int) error {
	for end := s.hands.now().Add(time.Duration(n) * 24 * time.Hour); s.hands.now().Before(end); {
		if err := s.advance(ctx, stride, true); err != nil {
			return err
		}
	}
	return nil
}

// decide has two persons decide about what the company doesn't know and what may not be sent any more, by the company's statement. It gives how
// much that was. What the statement has is left alone, for the audit to complain about: the company would have told.
func (s *soak) decide(ctx context.Context) (int, error) {
	t, err := s.desk.ask(ctx, ask{Do: doLost})
	if err != nil || len(t.Lost.Refunds)+len(t.Lost.Attempts) == 0 {
		return 0, err
	}
	stated, err := s.settled.references(ctx, s)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range t.Lost.Refunds {
		if !stated[id] {
			_, err = s.desk.ask(ctx, ask{Do: doResolve, Refund: id})
			n++
		}
		if err != nil {
			return n, err
		}
	}
	for _, id := range t.Lost.Attempts {
		if !stated[id] {
			_, err = s.desk.ask(ctx, ask{Do: doResolve, Attempt: id})
			n++
		}
		if err != nil {
			return n, err
		}
	}
	s.decided += n
	return n, nil
}

// giveBack has clerks give back the money that is nobody's. It gives how many payments that was about.
func (s *soak) giveBack(ctx context.Context) (given int, err error) {
	excess, err := s.desk.ask(ctx, ask{Do: doExcess})
	if err != nil {
		return 0, err
	}
	for _, t := range excess.Takings {
		key := fmt.Sprintf("excess at %d", s.hands.now().Unix())
		r, err := s.desk.ask(ctx, ask{Do: doRefund, Payment: t.ID, Amount: t.Amount, Key: key})
		if err != nil {
			return 0, err
		}
		if r.Refused == "" {
			given++
		}
	}
	return given, nil
}

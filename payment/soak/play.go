package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// The bounds of the clock's moves: while everybody rests, at most the first and, by lot, up to the second though somebody would wake
// before; while somebody is busy; and how late a notification may be.
const (
	maxLeap  = time.Hour
	maxLate  = 10 * time.Minute
	maxNudge = time.Minute
	maxDelay = 10 * time.Minute
	// maxUnquiet is how far the clock may be moved without waiting for the court's program to do what is due.
	maxUnquiet = 30 * time.Minute
)

// nudgeEvery is after how many payers the clock moves while others are busy.
const nudgeEvery = 5

// play has all payers play their plots, so many at a time, while the clock is moved.
func (s *soak) play(ctx context.Context, cancel context.CancelCauseFunc) error {
	if err := s.company.misbehave(ctx, s.o.faults); err != nil {
		return err
	}
	next := make(chan int)
	go func() {
		defer close(next)
		for n := range s.o.attempts {
			select {
			case next <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	cards := deck(s.o.seed)
	var players sync.WaitGroup
	for range min(s.o.atOnce, s.o.attempts) {
		s.hands.begin()
		players.Go(func() {
			defer s.hands.end()
			for n := range next {
				if err := s.one(ctx, n, cards[n%len(cards)]); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	over := make(chan struct{})
	go func() { players.Wait(); close(over) }()
	err := s.turn(ctx, over)
	if err != nil {
		cancel(err)
	}
	<-over
	return err
}

// deck deals a hundred plots, each as often as its share, shuffled.
func deck(seed uint64) (cards []plot) {
	for _, p := range plots() {
		for range p.share {
			cards = append(cards, p)
		}
	}
	rand.New(rand.NewPCG(seed, 3<<40)).Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
	return cards
}

// one has one payer play.
func (s *soak) one(ctx context.Context, n int, plot plot) error {
	p := s.payer(ctx, n, plot)
	p.open()
	plot.play(p)
	s.mu.Lock()
	s.tales = append(s.tales, p.tale)
	s.mu.Unlock()
	done := s.done.Add(1)
	if done%nudgeEvery == 0 {
		select {
		case s.nudge <- struct{}{}:
		default:
		}
	}
	return errors.Join(p.err, s.progress.step(ctx, s, int(done)))
}

// trouble keeps something that should not have been, and goes on.
func (s *soak) trouble(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.troubles = append(s.troubles, err)
}

// turn moves the clock until all payers are through: far while everybody rests, a little while somebody is busy.
func (s *soak) turn(ctx context.Context, over <-chan struct{}) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-over:
			return nil
		case <-s.nudge:
			if err := s.advance(ctx, time.Duration(s.lots.Int64N(int64(maxNudge))), false); err != nil {
				return err
			}
		case <-s.hands.idle:
			for {
				d, ok := s.hands.next()
				if !ok {
					break
				}
				if err := s.company.PlanRefunds(ctx, s.refundPlan()); err != nil {
					return err
				}
				d = max(d, time.Duration(s.lots.Int64N(int64(maxLate))))
				if err := s.advance(ctx, min(d, maxLeap), true); err != nil {
					return err
				}
			}
		}
	}
}

// advance moves the clock of both sides, one before the other as the lot falls, and does what a court does then: it reads the settlements
// of days that are over, and with quiet, once the clock was moved far enough, it waits until all that is due is done.
func (s *soak) advance(ctx context.Context, d time.Duration, quiet bool) error {
	if d > 0 {
		company := func() error { _, err := s.company.Advance(ctx, d); return err }
		court := func() error {
			s.hands.move(d)
			_, err := s.desk.ask(ctx, ask{Do: doClock, Ahead: s.hands.ahead()})
			return err
		}
		moves := []func() error{company, court}
		s.lots.Shuffle(len(moves), func(i, j int) { moves[i], moves[j] = moves[j], moves[i] })
		for _, move := range moves {
			if err := move(); err != nil {
				return err
			}
		}
	}
	if s.unquiet += d; quiet && s.unquiet >= maxUnquiet {
		s.unquiet = 0
		if _, err := s.desk.ask(ctx, ask{Do: doWork}); err != nil {
			return err
		}
	}
	if err := s.settled.read(ctx, s); err != nil {
		return err
	}
	s.hands.wake()
	return nil
}

// refundPlan draws what becomes of the next refunds.
func (s *soak) refundPlan() simpay.RefundPlan {
	soon := time.Duration(s.lots.Int64N(int64(2 * time.Hour)))
	return []simpay.RefundPlan{
		{},
		{First: payment.OperationPending, Then: payment.OperationSucceeded, After: soon},
		{First: payment.OperationPending, Then: payment.OperationFailed, After: soon},
		{First: payment.OperationReview, Then: payment.OperationSucceeded, After: soon},
		{Then: payment.OperationFailed, After: soon},
	}[s.lots.IntN(5)]
}

package sqlite

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"courts.example/eservices/icms/store"
)

// waiting is a change that waits to be applied together with others, and then its answer.
type waiting struct {
	ctx    context.Context
	until  time.Time
	change store.Change
	// answered is closed when answer and err stand.
	answered chan struct{}
	answer   store.Applied
	err      error
}

// errLeft is the answer of all when the goroutine that wrote for them did not come to an end.
var errLeft = errors.New("the goroutine that wrote this change panicked or left, so whether it counted is unknown: apply it again")

// queue holds the changes that wait, in the order in which they came.
type queue struct {
	mu   sync.Mutex
	list []*waiting
}

func (q *queue) add(w *waiting) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = append(q.list, w)
}

// take gives all that wait.
func (q *queue) take() []*waiting {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := q.list
	q.list = nil
	return all
}

// withdraw takes one out, and says whether it was still there: one that was taken before gets an answer.
func (q *queue) withdraw(w *waiting) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.list, w)
	if i < 0 {
		return false
	}
	q.list = slices.Delete(q.list, i, i+1)
	return true
}

// applyTogether applies the change together with all that wait: one commit, one sync of the file, an answer for each. Whoever gets
// the turn to write does it for all; the others wait for the turn or the answer, whichever comes first.
func (s *Store) applyTogether(ctx context.Context, c store.Change) (store.Applied, error) {
	w := &waiting{ctx: ctx, until: s.deadline(), change: c, answered: make(chan struct{})}
	s.queue.add(w)
	mine, err := s.takeTurn(ctx, w.until, w.answered)
	if mine {
		err = s.lead(w)
	}
	if err != nil && s.queue.withdraw(w) {
		return store.Applied{}, err
	}
	<-w.answered // no wait is bounded better: whoever took the change writes already
	return w.answer, w.err
}

// lead applies all that wait, with the turn to write, which it ends. An error concerns w alone: nothing was taken out of the
// queue, and the next to get the turn tries for the others.
func (s *Store) lead(w *waiting) error {
	defer s.endTurn()
	select {
	case <-w.answered:
		return nil // both had come, and the turn was chosen
	default:
	}
	var group []*waiting
	ended := false
	defer func() {
		for _, w := range group {
			if !ended {
				w.answer, w.err = store.Applied{}, errLeft
			}
			close(w.answered)
		}
	}()
	err := s.transact(w.ctx, w.until, func(_ context.Context, q *session) error {
		group = s.queue.take()
		return applyAll(q, group)
	})
	switch {
	case group == nil:
		return err
	case errors.Is(err, errLost): // nothing of the group was committed, and one of its changes may be why
		for _, w := range group {
			w.answer, w.err = s.applyAlone(w.ctx, w.until, w.change)
		}
	case err != nil: // also for a change that was refused: what it was judged by may not be there
		for _, w := range group {
			w.answer, w.err = store.Applied{}, err
		}
	}
	ended = true
	return nil
}

// applyAll applies the changes in their order, each in a savepoint and under its caller's context, so that one that fails undoes
// itself alone. A single one needs no savepoint: its failure ends the transaction.
func applyAll(q *session, group []*waiting) error {
	if len(group) == 1 {
		w := group[0]
		w.answer, w.err = apply(unhurried{w.ctx}, q, w.change)
		return w.err
	}
	for _, w := range group {
		w.answer, w.err = applyWithin(unhurried{w.ctx}, q, w.change)
		if errors.Is(w.err, errLost) {
			return w.err
		}
	}
	return nil
}

// applyInTurn waits for the turn and applies the change in a transaction of its own.
func (s *Store) applyInTurn(ctx context.Context, c store.Change) (store.Applied, error) {
	until := s.deadline()
	if _, err := s.takeTurn(ctx, until, nil); err != nil {
		return store.Applied{}, err
	}
	defer s.endTurn()
	return s.applyAlone(ctx, until, c)
}

// applyAlone applies the change in a transaction of its own, with the turn to write.
func (s *Store) applyAlone(ctx context.Context, until time.Time, c store.Change) (a store.Applied, err error) {
	err = s.transact(ctx, until, func(ctx context.Context, q *session) (err error) {
		a, err = apply(ctx, q, c)
		return err
	})
	if err != nil {
		return store.Applied{}, err
	}
	return a, nil
}

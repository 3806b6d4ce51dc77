package simpay

import (
	"container/heap"
	"strconv"
	"time"

	"courts.example/eservices/payment"
)

// What can come due.
const (
	dueExpiry  = "expiry"
	dueLapse   = "lapse"
	dueProcess = "process"
	dueRefund  = "refund"
	dueFlight  = "flight"
	dueDay     = "day"
	dueKey     = "key"
)

// due is something to look at, at an instant in nanoseconds: whether there still is something to do shows then.
type due struct {
	at   int64
	what string
	id   string
}

// dueQueue is a queue by instant; what is queued already is not queued again.
type dueQueue struct {
	items  []due
	queued map[due]bool
}

func (q *dueQueue) Len() int { return len(q.items) }
func (q *dueQueue) Less(i, j int) bool {
	a, b := q.items[i], q.items[j]
	if a.at != b.at {
		return a.at < b.at
	}
	if a.what != b.what {
		return a.what < b.what
	}
	return a.id < b.id
}
func (q *dueQueue) Swap(i, j int) { q.items[i], q.items[j] = q.items[j], q.items[i] }
func (q *dueQueue) Push(x any)    { q.items = append(q.items, x.(due)) }
func (q *dueQueue) Pop() any {
	last := q.items[len(q.items)-1]
	q.items = q.items[:len(q.items)-1]
	return last
}

// add queues something for an instant; the zero instant is never.
func (q *dueQueue) add(at time.Time, what, id string) {
	if at.IsZero() {
		return
	}
	d := due{at.UnixNano(), what, id}
	if !q.queued[d] {
		q.queued[d] = true
		heap.Push(q, d)
	}
}

// session queues what comes due of a session in its state.
func (q *dueQueue) session(x *session) {
	switch x.State {
	case payment.AttemptPending:
		q.add(x.ExpiresAt, dueExpiry, x.ID)
	case payment.AttemptAuthorised:
		q.add(x.LapsesAt, dueLapse, x.ID)
	case payment.AttemptProcessing:
		q.add(x.ProcessedAt, dueProcess, x.ID)
	}
}

// next takes out the first that is due at an instant.
func (q *dueQueue) next(now time.Time) (due, bool) {
	if len(q.items) == 0 || q.items[0].at > now.UnixNano() {
		return due{}, false
	}
	d := heap.Pop(q).(due)
	delete(q.queued, d)
	return d, true
}

// tick does all that is due, in its order and as of its own instant; the lock is held.
func (s *Sim) tick(now time.Time) {
	for {
		d, ok := s.books.due.next(now)
		if !ok {
			return
		}
		at := time.Unix(0, d.at).UTC()
		switch d.what {
		case dueExpiry:
			s.expire(s.books.sessions[d.id], at)
		case dueLapse:
			s.lapse(s.books.sessions[d.id], at)
		case dueProcess:
			s.processed(s.books.sessions[d.id], at)
		case dueRefund:
			s.endRefund(s.books.refunds[d.id], at)
		case dueFlight:
			n, _ := strconv.Atoi(d.id)
			s.land(s.books.flights[n], at)
		case dueDay:
			s.closeDay(d.id)
		case dueKey:
			if k := s.books.keys[d.id]; k != nil && !at.Before(k.Until) {
				delete(s.books.keys, d.id)
			}
		}
	}
}

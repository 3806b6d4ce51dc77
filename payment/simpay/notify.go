package simpay

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"courts.example/eservices/payment"
)

// NotifyPlan says what happens to notifications on their way. The zero plan sends each once, at once, in order.
type NotifyPlan struct {
	// Drop and Double are the shares, from 0 to 1, that are never sent and that are sent twice.
	Drop   float64 `json:"drop,omitempty"`
	Double float64 `json:"double,omitempty"`
	// Delay is how long one may be held back at most; each waits a time of its own.
	Delay time.Duration `json:"delay,omitempty"`
	// Shuffle sends those that wait in any order.
	Shuffle bool `json:"shuffle,omitempty"`
	// Batch is how many events one message may hold; 0 means 1.
	Batch int `json:"batch,omitempty"`
}

// PlanNotifications sets the plan for notifications. One that can't be kept is refused with ErrOptions.
func (s *Sim) PlanNotifications(p NotifyPlan) error {
	if !share(p.Drop) || !share(p.Double) || p.Delay < 0 || p.Batch < 0 {
		return fmt.Errorf("%w: shares are from 0 to 1, delays and batches not negative: %+v", ErrOptions, p)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notify = p
	return nil
}

func share(f float64) bool { return f >= 0 && f <= 1 }

// tell queues the notification of an event, as the plan says; the lock is held.
func (s *Sim) tell(kind string, x *session, at time.Time) {
	if x.NotifyURL == "" || s.chance(s.notify.Drop) {
		return
	}
	n, _ := s.books.number("notice")
	event := notice{N: n, ID: idOf("event", n), Type: kind, Time: at, Reference: x.Reference, Session: s.snapshot(x, at), URL: x.NotifyURL}
	event.Due = s.later(at)
	s.queue(&event)
	if s.chance(s.notify.Double) {
		again := event
		again.N, _ = s.books.number("notice")
		again.Due = s.later(at)
		s.queue(&again)
	}
}

// queue puts a notice into the queue and wakes Run.
func (s *Sim) queue(n *notice) {
	s.books.put(n)
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// later is an instant within the plan's delay.
func (s *Sim) later(at time.Time) time.Time {
	if s.notify.Delay > 0 {
		at = at.Add(time.Duration(s.random.Int64N(int64(s.notify.Delay) + 1)))
	}
	return at
}

// chance draws a lot; a share of nothing draws none, so that the sequence does not depend on faults that are off.
func (s *Sim) chance(f float64) bool { return f > 0 && s.random.Float64() < f }

// Announce queues a notification of any type about any reference, as a company may that has more to say than its merchant understands.
// It tells of the reference's session if there is one.
func (s *Sim) Announce(kind, reference, notifyURL string) error {
	return s.do(func(now time.Time) error {
		n, _ := s.books.number("notice")
		event := &notice{N: n, ID: idOf("event", n), Type: kind, Time: now, Reference: reference, URL: notifyURL, Due: now}
		if x := s.books.byReference[reference]; x != nil {
			event.Session = s.snapshot(x, now)
		}
		s.queue(event)
		return nil
	})
}

// message is the body of a notification.
type message struct {
	Events []eventBody `json:"events"`
}

// eventBody is one event of a notification.
type eventBody struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Time      time.Time `json:"time"`
	Reference string    `json:"reference"`
	Session   *snapshot `json:"session,omitempty"`
}

// parcel is one message that is to be sent, and the notices in it.
type parcel struct {
	url     string
	body    []byte
	signed  string
	at      time.Time
	notices []*notice
}

// waiting gives the notices that are due, as the plan orders them; the lock is held.
func (s *Sim) waiting(now time.Time) []*notice {
	var all []*notice
	for _, n := range s.books.notices {
		if !n.Due.After(now) {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(a, b *notice) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.N, b.N)) })
	if s.notify.Shuffle {
		s.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
	return all
}

// pack makes signed messages of what is waiting; the lock is held.
func (s *Sim) pack(now time.Time) ([]parcel, error) {
	var all []parcel
	for _, n := range s.waiting(now) {
		last := len(all) - 1
		if last < 0 || all[last].url != n.URL || len(all[last].notices) >= max(s.notify.Batch, 1) {
			all = append(all, parcel{url: n.URL, at: now})
			last++
		}
		all[last].notices = append(all[last].notices, n)
	}
	for i := range all {
		var m message
		for _, n := range all[i].notices {
			m.Events = append(m.Events, eventBody{n.ID, n.Type, n.Time, n.Reference, n.Session})
		}
		body, err := json.Marshal(m)
		if err != nil {
			return nil, err
		}
		all[i].body, all[i].signed = body, sign(s.secrets, now, body)
	}
	return all, nil
}

// Messages takes the notifications that are due out of the queue and gives them as a merchant's server would get them, for tests that
// carry them by hand: late, twice, in another order, or not at all.
func (s *Sim) Messages() (all []payment.Message, err error) {
	err = s.do(func(now time.Time) error {
		parcels, err := s.pack(now)
		if err != nil {
			return err
		}
		for _, p := range parcels {
			for _, n := range p.notices {
				n.Done = true
				s.books.put(n)
			}
			m, err := p.message()
			if err != nil {
				return err
			}
			all = append(all, m)
		}
		return nil
	})
	return all, err
}

// message gives a parcel as it comes in.
func (p parcel) message() (payment.Message, error) {
	u, err := url.Parse(p.url)
	if err != nil {
		return payment.Message{}, err
	}
	header := http.Header{"Content-Type": {"application/json"}}
	header.Set(headerSignature, p.signed)
	return payment.Message{Method: http.MethodPost, Path: u.RequestURI(), Header: header, Body: p.body, Received: p.at}, nil
}

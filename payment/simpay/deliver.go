package simpay

import (
	"bytes"
	"context"
	"net/http"
	"time"
)

// deliveryTimeout bounds the delivery of one message.
const deliveryTimeout = 10 * time.Second

// maxTries is how often a message is sent, that is for about three days.
const maxTries = 77

// deliverer makes the HTTP client for notifications: it follows no redirects.
func deliverer(transport http.RoundTripper) *http.Client {
	if transport == nil {
		transport = newTransport()
	}
	return &http.Client{
		Transport: transport, Timeout: deliveryTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// backOff is how long to wait after so many tries.
func backOff(tries int) time.Duration {
	steps := []time.Duration{5 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute}
	if tries <= len(steps) {
		return steps[tries-1]
	}
	return time.Hour
}

// Deliver posts the notifications that are due to their addresses. What is not answered with a status of 200 to 299 stays in the queue
// and is due again later. It gives how many messages were taken; its error is the context's or the journal's.
func (s *Sim) Deliver(ctx context.Context) (taken int, err error) {
	var parcels []parcel
	err = s.do(func(now time.Time) error {
		parcels, err = s.pack(now)
		return err
	})
	for _, p := range parcels {
		if err != nil || ctx.Err() != nil {
			break
		}
		ok := s.post(ctx, p)
		if ok {
			taken++
		}
		err = s.do(func(now time.Time) error {
			for _, n := range p.notices {
				n.Tries++
				n.Done = n.Done || ok || n.Tries >= maxTries
				n.Due = now.Add(backOff(n.Tries))
				s.books.put(n)
			}
			return nil
		})
	}
	if err == nil {
		err = ctx.Err()
	}
	return taken, err
}

// post sends one message and reports whether it was taken.
func (s *Sim) post(ctx context.Context, p parcel) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, bytes.NewReader(p.body))
	if err != nil {
		return false
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(headerSignature, p.signed)
	answer, err := s.deliver.Do(r)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode >= 200 && answer.StatusCode <= 299
}

// beat is how often Run looks whether something has come due.
const beat = 100 * time.Millisecond

// Run does what comes due and delivers notifications until the context ends, and then returns nil; otherwise the journal's error.
func (s *Sim) Run(ctx context.Context) error {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		if _, err := s.Deliver(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-s.news:
		case <-ticker.C:
		}
	}
}

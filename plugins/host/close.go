package host

import (
	"context"
	"fmt"
)

// reset lets the plugin out of quarantine, and ends the pause before a start.
func (s *supervisor) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.record = record{}
	switch {
	case s.state == Backoff && s.starting != nil:
		s.state = Starting
		close(s.starting.hurry)
	case s.state == Quarantined, s.state == Backoff:
		s.state = Stopped
	}
}

// refuse takes no more calls and starts.
func (s *supervisor) refuse() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = Draining
}

// close waits for the calls that run, and ends the process. It comes after refuse and the end of s.ctx.
func (s *supervisor) close(ctx context.Context) error {
	s.mu.Lock()
	starting := s.starting
	s.mu.Unlock()
	err := s.drain(ctx)
	if starting != nil {
		<-starting.done
	}
	if p := s.live.Load(); p != nil {
		p.stop(ctx, s.limits)
	}
	s.mu.Lock()
	s.state = Closed
	s.mu.Unlock()
	return err
}

// drain waits until no call runs, by taking every place.
func (s *supervisor) drain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.limits.Drain)
	defer cancel()
	for range cap(s.slots) {
		select {
		case s.slots <- struct{}{}:
			continue
		default:
		}
		select {
		case s.slots <- struct{}{}:
		case <-ctx.Done():
			return fmt.Errorf("plugin %s %s: calls still ran when it was stopped, and may have happened: %w", s.plugin.Name, s.plugin.Version, ctx.Err())
		}
	}
	return nil
}

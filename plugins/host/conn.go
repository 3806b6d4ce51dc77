package host

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"courts.example/eservices/plugins/internal/wire"
)

var _ grpc.ClientConnInterface = (*supervisor)(nil)

// Invoke makes one call. An error wraps ErrNotSent when nothing of it has left the host; otherwise it may have happened.
func (s *supervisor) Invoke(ctx context.Context, method string, args, reply any, opts ...grpc.CallOption) error {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(s.plugin.Timeout))
	defer cancel()
	ctx, end := s.meters.call(ctx, method)
	err := s.invoke(ctx, method, args, reply, opts...)
	end(err)
	return err
}

func (s *supervisor) invoke(ctx context.Context, method string, args, reply any, opts ...grpc.CallOption) error {
	p, err := s.admit(ctx, method)
	if err != nil {
		return err
	}
	defer s.leave()
	if err := p.conn.Invoke(ctx, method, args, reply, opts...); err != nil {
		return s.explain(ctx, p, method, args, err)
	}
	p.cleanAnswer(reply)
	return nil
}

// admit waits for a place and a process. After it, leave.
func (s *supervisor) admit(ctx context.Context, method string) (*process, error) {
	if err := s.enterQueue(ctx, s.slots); err != nil {
		err.Doing = method
		return nil, err
	}
	p, err := s.ready(ctx)
	if err != nil {
		s.leave()
		return nil, err
	}
	return p, nil
}

// enterQueue takes one of the places, and waits for it within the bound on those that wait.
func (s *supervisor) enterQueue(ctx context.Context, places chan struct{}) *Error {
	if s.ctx.Err() != nil {
		return s.wrap(0, &failure{kind: ErrClosed, remedy: "nothing runs after Close"})
	}
	if ctx.Err() != nil {
		return s.wrap(0, &failure{kind: ErrBusy, cause: ctx.Err(), remedy: "the call's time was over before it began"})
	}
	select {
	case places <- struct{}{}:
		return nil
	default:
	}
	if s.waiting.Add(1) > int64(s.limits.Queue) {
		s.waiting.Add(-1)
		return s.wrap(0, &failure{kind: ErrBusy, cause: fmt.Errorf("%d calls run and %d wait", cap(places), s.limits.Queue),
			remedy: "send fewer at once, or raise concurrency in the manifest"})
	}
	defer s.waiting.Add(-1)
	select {
	case places <- struct{}{}:
		return nil
	case <-s.ctx.Done():
		return s.wrap(0, &failure{kind: ErrClosed, remedy: "nothing runs after Close"})
	case <-ctx.Done():
		return s.wrap(0, &failure{kind: ErrBusy, cause: fmt.Errorf("no place came free among %d: %w", cap(places), ctx.Err()),
			remedy: "send fewer at once, or raise concurrency in the manifest"})
	}
}

func (s *supervisor) leave() { <-s.slots }

// explain puts names and remedy to the error of a call that was sent.
func (s *supervisor) explain(ctx context.Context, p *process, method string, args any, err error) error {
	st := status.Convert(err)
	e := &Error{Plugin: s.plugin.Name, Version: s.plugin.Version, Incarnation: p.number, Doing: method, Status: st,
		Err: errors.New(bounded(p.clean(st.Message())))}
	switch st.Code() {
	case codes.Unavailable, codes.Canceled:
		if ctx.Err() != nil {
			e.Err = fmt.Errorf("given up: %w", ctx.Err())
			e.Remedy = "it may have happened"
		} else if cause := s.lostWith(p); cause != nil {
			e.Err, e.Status = &failure{kind: ErrDied, cause: cause}, status.New(codes.Unavailable, "")
			e.Remedy = "it may have happened: ask before you send it again; the plugin is started for the next call"
		}
	case codes.DeadlineExceeded:
		e.Err = fmt.Errorf("no answer in time: %w", context.DeadlineExceeded)
		e.Remedy = "it may have happened: ask before you send it again"
	case codes.ResourceExhausted:
		if m, ok := args.(proto.Message); ok && proto.Size(m) > wire.MaxMessage {
			e.Err = notSent{e.Err}
		}
		e.Remedy = fmt.Sprintf("a message has at most %d bytes", wire.MaxMessage)
	case codes.Internal:
		e.Remedy = "it may have happened; the mistake is the plugin's: tell its author"
	}
	return e
}

// newsOfProcess is how long the news of the end of a process may come after that of its connection.
const newsOfProcess = 250 * time.Millisecond

// lostWith says why the process or its connection ended, nil when both stand. Whoever a connection fails learns it after the connection has: there is
// no news to wait for, and what a plugin answers with such a status of its own is no end.
func (s *supervisor) lostWith(p *process) error {
	if !p.dead() && !p.broken.Load() {
		return nil
	}
	if !p.endsSoon() {
		p.fail(errors.New("it closed the connection"))
	}
	return p.end()
}

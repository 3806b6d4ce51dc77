package host

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// errIdle ends a stream on which nothing moves.
var errIdle = errors.New("nothing moved on the stream in time")

// NewStream opens a stream. Limits.Stream bounds the whole; while a message is waited for, something must move within the plugin's timeout.
func (s *supervisor) NewStream(ctx context.Context, desc *grpc.StreamDesc, method string, opts ...grpc.CallOption) (grpc.ClientStream, error) {
	ctx, stop := context.WithTimeout(ctx, s.limits.Stream)
	ctx, cancel := context.WithCancelCause(ctx)
	ctx, end := s.meters.call(ctx, method)
	t := &stream{s: s, method: method, desc: desc, ctx: ctx}
	t.over = func(err error) { cancel(nil); stop(); end(err) }
	t.idle = time.AfterFunc(time.Duration(s.plugin.Timeout), func() { cancel(errIdle) })
	t.idle.Stop()
	if err := t.open(opts); err != nil {
		t.over(err)
		return nil, err
	}
	// Whoever gives a stream up by its context gives its place back too.
	context.AfterFunc(ctx, func() { t.finish(ctx.Err()) })
	return t, nil
}

// stream holds a place until it has ended, whoever ended it.
type stream struct {
	grpc.ClientStream
	s      *supervisor
	p      *process
	desc   *grpc.StreamDesc
	method string
	ctx    context.Context
	over   func(error)
	once   sync.Once

	mu sync.Mutex
	// moving counts the messages that are waited for.
	moving int
	idle   *time.Timer
}

func (t *stream) open(opts []grpc.CallOption) error {
	ctx, cancel := context.WithTimeout(t.ctx, time.Duration(t.s.plugin.Timeout))
	defer cancel()
	err := t.s.hold(ctx, t.method)
	if err != nil {
		return err
	}
	if t.p, err = t.s.admit(ctx, t.method); err != nil {
		t.s.release(t.method)
		return err
	}
	if t.ClientStream, err = t.p.conn.NewStream(t.ctx, t.desc, t.method, opts...); err != nil {
		t.s.leave()
		t.s.release(t.method)
		return t.s.explain(t.ctx, t.p, t.method, nil, err)
	}
	return nil
}

// finish gives the place back, once.
func (t *stream) finish(err error) {
	t.once.Do(func() {
		t.s.leave()
		t.s.release(t.method)
		t.over(err)
	})
}

// begin and done stand around every message: the clock of the stream runs while one is waited for, and starts anew when one has moved.
func (t *stream) begin() { t.count(1) }
func (t *stream) done()  { t.count(-1) }

func (t *stream) count(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.moving += n
	if t.moving == 0 {
		t.idle.Stop()
	} else {
		t.idle.Reset(time.Duration(t.s.plugin.Timeout))
	}
}

// SendMsg sends a message. io.EOF says that the stream has ended, and RecvMsg why.
func (t *stream) SendMsg(m any) error {
	t.begin()
	err := t.ClientStream.SendMsg(m)
	t.done()
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	return t.fail(err)
}

// RecvMsg receives a message. After an error, io.EOF among them, the stream has ended.
func (t *stream) RecvMsg(m any) error {
	t.begin()
	err := t.ClientStream.RecvMsg(m)
	t.done()
	if err == nil {
		t.p.cleanAnswer(m)
	}
	switch {
	case errors.Is(err, io.EOF):
		t.finish(nil)
		return io.EOF
	case err != nil:
		return t.fail(err)
	case !t.desc.ServerStreams:
		t.finish(nil)
	}
	return nil
}

// fail ends the stream and explains why.
func (t *stream) fail(err error) error {
	if errors.Is(context.Cause(t.ctx), errIdle) {
		err = status.Error(codes.DeadlineExceeded, errIdle.Error())
	}
	err = t.s.explain(t.ctx, t.p, t.method, nil, err)
	t.finish(err)
	return err
}

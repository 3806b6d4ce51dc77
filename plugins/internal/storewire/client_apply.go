package storewire

import (
	"context"
	"errors"
	"fmt"
	"io"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

type applyStream interface {
	Send(*storev1.ApplyRequest) error
	Recv() (*storev1.ApplyResponse, error)
	CloseSend() error
}

// errUnknown is part of every error of Apply that leaves open whether the change was committed.
var errUnknown = errors.New("whether it was committed is unknown: apply the same id again")

// Apply sends the change, and its parts when the plugin asks for them. It runs Parts once at most, with no transaction open.
func (c *client) Apply(ctx context.Context, change store.Change) (store.Applied, error) {
	applied, err := c.apply(ctx, &change)
	if err == nil {
		return applied, nil
	}
	err = failed(ctx, "apply "+change.ID, err)
	var own *partsError
	if !store.Decided(err) && !errors.As(err, &own) {
		err = fmt.Errorf("%w; %w", err, errUnknown)
	}
	return store.Applied{}, err
}

// partsError is an error of the caller's Parts. The plugin was not told that the parts had ended, and has committed nothing.
type partsError struct{ error }

func (e *partsError) Unwrap() error { return e.error }

func (c *client) apply(ctx context.Context, change *store.Change) (store.Applied, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends a stream that was left
	stream, err := c.rpc.Apply(ctx)
	if err != nil {
		return store.Applied{}, err
	}
	a := &applying{stream: stream, change: change}
	if err := a.sendChange(); err != nil {
		return store.Applied{}, err
	}
	m, err := a.receive()
	if err == nil && m.GetWantParts() != nil {
		if err = a.sendParts(); err == nil {
			m, err = a.receive()
		}
	}
	if err != nil {
		return store.Applied{}, err
	}
	applied, err := a.answer(m)
	_, _ = stream.Recv() // nothing that follows the answer changes it
	return applied, err
}

// applying is one call of Apply.
type applying struct {
	stream applyStream
	change *store.Change
	// large says what of the change could not be sent as it is; asked that the parts were asked for, whole that all was sent.
	large        error
	asked, whole bool
}

func (a *applying) sendChange() error {
	many, large, err := sendChange(a.change, func(m *storev1.Change) error {
		return a.send(&storev1.ApplyRequest{Message: &storev1.ApplyRequest_Change{Change: m}})
	})
	a.large = large
	if err == nil && many {
		err = a.send(&storev1.ApplyRequest{Message: &storev1.ApplyRequest_End{End: &storev1.End{}}})
	}
	if err == nil && a.change.Parts == nil {
		a.whole = true
		err = a.stream.CloseSend()
	}
	return unlessEnded(err)
}

// sendParts runs the caller's Parts.
func (a *applying) sendParts() error {
	if a.change.Parts == nil || a.asked {
		return wire.Nonsense("it asks for parts that were sent, or that the change has not")
	}
	a.asked = true
	sender := &partSender{send: func(m *storev1.Puts) error {
		return a.send(&storev1.ApplyRequest{Message: &storev1.ApplyRequest_Puts{Puts: m}})
	}}
	for part, err := range a.change.Parts {
		if err != nil {
			return &partsError{err}
		}
		if err := sender.add(part); err != nil {
			return unlessEnded(err)
		}
	}
	if err := sender.flush(); err != nil {
		return unlessEnded(err)
	}
	a.whole = true
	err := a.send(&storev1.ApplyRequest{Message: &storev1.ApplyRequest_End{End: &storev1.End{}}})
	if err == nil {
		err = a.stream.CloseSend()
	}
	return unlessEnded(err)
}

func (a *applying) send(m *storev1.ApplyRequest) error { return a.stream.Send(m) }

// unlessEnded passes over io.EOF, by which Send says that the plugin has ended the stream: what it said stands in what is received.
func unlessEnded(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// receive gives the next message of the plugin that says more than that it lives.
func (a *applying) receive() (*storev1.ApplyResponse, error) {
	for {
		m, err := a.stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil, wire.Nonsense("it ends the stream without an answer")
		}
		if err != nil || m.GetWorking() == nil {
			return m, err
		}
	}
}

// answer reads the last message.
func (a *applying) answer(m *storev1.ApplyResponse) (store.Applied, error) {
	switch m := m.GetMessage().(type) {
	case *storev1.ApplyResponse_Applied:
		applied, err := appliedIn(m.Applied)
		if err != nil {
			return store.Applied{}, err
		}
		return applied, a.check(applied)
	case *storev1.ApplyResponse_Error:
		err := refusalIn(m.Error)
		if a.large != nil && errors.Is(err, store.ErrInvalid) {
			err = a.large
		}
		return store.Applied{}, err
	}
	return store.Applied{}, wire.Nonsense("it neither applies nor refuses the change")
}

// check compares the answer with the change. That of a change which was committed before may be anything.
func (a *applying) check(applied store.Applied) error {
	c := a.change
	switch {
	case applied.Replayed:
		return nil
	case c.Parts != nil && !a.whole:
		return wire.Nonsense("it says that it has applied a change whose parts it has not")
	case a.large != nil:
		return wire.Nonsense("it says that it has applied a change that is invalid")
	case len(applied.First) != len(c.Draw):
		return wire.Nonsense("the change draws %d times, it answers %d", len(c.Draw), len(applied.First))
	case applied.Link.Chain != c.Chain:
		return wire.Nonsense("the link is of chain %q, the change of chain %q", applied.Link.Chain, c.Chain)
	}
	return nil
}

func appliedIn(m *storev1.Applied) (store.Applied, error) {
	a := store.Applied{Seq: m.GetSeq(), First: m.GetFirst(), Replayed: m.GetReplayed()}
	if m.GetLink() == nil {
		return a, nil
	}
	var err error
	a.Link, err = linkIn(m.GetLink())
	return a, err
}

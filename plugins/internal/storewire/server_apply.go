package storewire

import (
	"errors"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type applyServer = grpc.BidiStreamingServer[storev1.ApplyRequest, storev1.ApplyResponse]

// errWanted is the error by which the parts end that are not there yet.
var errWanted = errors.New("the parts are with the host")

// Apply applies a change with parts twice at most: first with parts that end at once, which shows whether it was committed before or is
// refused without them, then with the parts that the host has sent. No transaction is open while it waits for the host.
func (s *server) Apply(to applyServer) error {
	c, parts, err := receiveChange(to)
	if err != nil {
		return err
	}
	wanted := false
	if parts {
		c.Parts = func(yield func([]store.Put, error) bool) {
			wanted = true
			yield(nil, errWanted)
		}
	}
	applied, err := s.work(to, c)
	if !wanted {
		return answerApply(to, applied, err)
	}
	if err == nil {
		return status.Errorf(codes.Internal, "the store has committed change %q although its parts ended with an error", c.ID)
	}
	return s.applyParts(to, c)
}

func (s *server) applyParts(to applyServer, c store.Change) error {
	if err := to.Send(&storev1.ApplyResponse{Message: &storev1.ApplyResponse_WantParts{WantParts: &storev1.WantParts{}}}); err != nil {
		return err
	}
	parts := &spool{memory: s.memory}
	defer parts.close()
	kept, err := receiveParts(to, parts)
	if err != nil {
		return err
	}
	if kept != nil {
		return answerApply(to, store.Applied{}, kept)
	}
	c.Parts = parts.all()
	applied, err := s.work(to, c)
	return answerApply(to, applied, err)
}

// receiveChange receives a change without its parts, and says whether it has some.
func receiveChange(from applyServer) (c store.Change, parts bool, err error) {
	m, err := from.Recv()
	if err != nil {
		return c, false, err
	}
	head := m.GetChange()
	if head == nil {
		return c, false, status.Error(codes.InvalidArgument, "apply: the first message holds no change")
	}
	c = changeIn(head)
	for more := head.GetMore(); more; {
		if m, err = from.Recv(); err != nil {
			return c, false, endedEarly(err)
		}
		switch m := m.GetMessage().(type) {
		case *storev1.ApplyRequest_Change:
			addLists(&c, m.Change)
		case *storev1.ApplyRequest_End:
			more = false
		default:
			return c, false, status.Error(codes.InvalidArgument, "apply: the change is not at its end, and what follows is none of it")
		}
	}
	return c, head.GetParts(), nil
}

// receiveParts receives parts until their end. The first error is one of keeping them, the second of the call.
func receiveParts(from applyServer, to *spool) (kept, err error) {
	for {
		m, err := from.Recv()
		if err != nil {
			return nil, endedEarly(err)
		}
		switch m := m.GetMessage().(type) {
		case *storev1.ApplyRequest_Puts:
			if err := to.add(m.Puts); err != nil {
				return err, nil
			}
		case *storev1.ApplyRequest_End:
			return to.finish(), nil
		default:
			return nil, status.Error(codes.InvalidArgument, "apply: the parts are not at their end, and what follows is none of them")
		}
	}
}

// endedEarly is the error of a host that has gone before it had sent all.
func endedEarly(err error) error {
	if status.Code(err) != codes.Unknown {
		return err
	}
	return status.Errorf(codes.Aborted, "apply: the host ended the change before it was whole, so nothing of it was committed: %v", err)
}

func answerApply(to applyServer, a store.Applied, err error) error {
	m := &storev1.ApplyResponse{}
	if err != nil {
		e, err := refused(to.Context(), err)
		if err != nil {
			return err
		}
		m.Message = &storev1.ApplyResponse_Error{Error: e}
		return to.Send(m)
	}
	out := &storev1.Applied{Seq: a.Seq, First: a.First, Replayed: a.Replayed}
	if a.Link.Seq != 0 {
		out.Link = linkOut(&a.Link)
	}
	m.Message = &storev1.ApplyResponse_Applied{Applied: out}
	return to.Send(m)
}

package storewire

import (
	"crypto/sha256"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
)

// Changed holds one message at a time.
func (s *server) Changed(m *storev1.ChangedRequest, to grpc.ServerStreamingServer[storev1.ChangedResponse]) error {
	var held []*storev1.Record
	size := 0
	flush := func() error {
		if len(held) == 0 {
			return nil
		}
		out := &storev1.ChangedResponse{Records: held}
		held, size = nil, 0
		return to.Send(out)
	}
	for r, err := range s.store.Changed(to.Context(), linkAsked(m.GetLink())) {
		n := recordSize(&r)
		if err == nil {
			err = fits(n, "%s %q", r.Kind, r.ID)
		}
		if err != nil {
			return s.endChanged(to, flush, err)
		}
		if size > 0 && size+n > goodMessage {
			if err := flush(); err != nil {
				return err
			}
		}
		held, size = append(held, recordOut(&r)), size+n
	}
	return flush()
}

// endChanged sends what came before the error, and the error.
func (s *server) endChanged(to grpc.ServerStreamingServer[storev1.ChangedResponse], flush func() error, cause error) error {
	if err := flush(); err != nil {
		return err
	}
	e, err := refused(to.Context(), cause)
	if err != nil {
		return err
	}
	return to.Send(&storev1.ChangedResponse{Error: e})
}

// linkAsked reads the link of a request, of which a store may use any field. A digest of a wrong length is none.
func linkAsked(l *storev1.Link) store.Link {
	digest := func(b []byte) (d [sha256.Size]byte) {
		if len(b) == len(d) {
			copy(d[:], b)
		}
		return d
	}
	return store.Link{
		Chain: l.GetChain(), Seq: l.GetSeq(), ChangeID: l.GetChangeId(), ChangeSeq: l.GetChangeSeq(), At: instantIn(l.GetAt()), Note: l.GetNote(),
		Records: l.GetRecords(), Content: digest(l.GetContent()), Before: digest(l.GetBefore()), Hash: digest(l.GetHash()),
	}
}

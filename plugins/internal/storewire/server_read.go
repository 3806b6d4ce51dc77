package storewire

import (
	"errors"
	"io"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// answer sends things in messages of a good size; when the store or a thing of them says no, it sends that.
func answer[T any, M any](to grpc.ServerStreamingServer[M], all []T, err error, size func(*T) int, message func([]T) *M, refuse func(*storev1.StoreError) *M) error {
	for i := range all {
		if err == nil {
			err = fits(size(&all[i]), "number %d of the answer", i+1)
		}
	}
	if err != nil {
		e, err := refused(to.Context(), err)
		if err != nil {
			return err
		}
		return to.Send(refuse(e))
	}
	return cut(len(all), func(i int) int { return size(&all[i]) }, func(from, until int) error { return to.Send(message(all[from:until])) })
}

// each converts all things of a message.
func each[T, M any](all []T, convert func(*T) *M) []*M {
	out := make([]*M, len(all))
	for i := range all {
		out[i] = convert(&all[i])
	}
	return out
}

func (s *server) List(m *storev1.ListRequest, to grpc.ServerStreamingServer[storev1.ListResponse]) error {
	page, err := s.store.List(to.Context(), queryIn(m))
	last := func() *storev1.ListResponse { return &storev1.ListResponse{Last: true, Next: []byte(page.Next)} }
	left := len(page.Records)
	if err == nil && left == 0 {
		return to.Send(last())
	}
	return answer(to, page.Records, err, recordSize, func(some []store.Record) *storev1.ListResponse {
		out := &storev1.ListResponse{}
		if left -= len(some); left == 0 {
			out = last()
		}
		out.Records = each(some, recordOut)
		return out
	}, func(e *storev1.StoreError) *storev1.ListResponse { return &storev1.ListResponse{Error: e} })
}

func (s *server) Match(to grpc.BidiStreamingServer[storev1.MatchRequest, storev1.MatchResponse]) error {
	var index string
	var keys []string
	for first := true; ; first = false {
		m, err := to.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if !first && m.GetIndex() != index {
			return status.Errorf(codes.InvalidArgument, "match: the keys are of index %q and of index %q", index, m.GetIndex())
		}
		index, keys = m.GetIndex(), append(keys, m.GetKeys()...)
	}
	hits, err := s.store.Match(to.Context(), index, keys)
	return answer(to, hits, err, hitSize, func(some []store.Hit) *storev1.MatchResponse {
		return &storev1.MatchResponse{Hits: each(some, func(h *store.Hit) *storev1.Hit {
			return &storev1.Hit{Key: h.Key, Record: recordOut(&h.Record)}
		})}
	}, func(e *storev1.StoreError) *storev1.MatchResponse { return &storev1.MatchResponse{Error: e} })
}

func (s *server) ClaimWork(m *storev1.ClaimWorkRequest, to grpc.ServerStreamingServer[storev1.ClaimWorkResponse]) error {
	all, err := s.store.ClaimWork(to.Context(), claimIn(m.GetClaim()))
	return answer(to, all, err, workSize, func(some []store.Work) *storev1.ClaimWorkResponse {
		return &storev1.ClaimWorkResponse{Work: each(some, workOut)}
	}, func(e *storev1.StoreError) *storev1.ClaimWorkResponse { return &storev1.ClaimWorkResponse{Error: e} })
}

func (s *server) ClaimEvents(m *storev1.ClaimEventsRequest, to grpc.ServerStreamingServer[storev1.ClaimEventsResponse]) error {
	all, err := s.store.ClaimEvents(to.Context(), claimIn(m.GetClaim()))
	return answer(to, all, err, eventSize, func(some []store.Event) *storev1.ClaimEventsResponse {
		return &storev1.ClaimEventsResponse{Events: each(some, eventOut)}
	}, func(e *storev1.StoreError) *storev1.ClaimEventsResponse {
		return &storev1.ClaimEventsResponse{Error: e}
	})
}

func (s *server) Links(m *storev1.LinksRequest, to grpc.ServerStreamingServer[storev1.LinksResponse]) error {
	all, err := s.store.Links(to.Context(), m.GetChain(), m.GetAfter(), int(m.GetN()))
	return answer(to, all, err, linkSize, func(some []store.Link) *storev1.LinksResponse {
		return &storev1.LinksResponse{Links: each(some, linkOut)}
	}, func(e *storev1.StoreError) *storev1.LinksResponse { return &storev1.LinksResponse{Error: e} })
}

package storewire_test

import (
	"context"
	"math"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/internal/storewire"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// liar gives the answers that a test has set.
type liar struct {
	storev1.UnimplementedStoreServiceServer
	apply   []*storev1.ApplyResponse
	get     *storev1.GetResponse
	list    []*storev1.ListResponse
	match   []*storev1.MatchResponse
	sums    *storev1.SumsResponse
	work    []*storev1.ClaimWorkResponse
	events  []*storev1.ClaimEventsResponse
	links   []*storev1.LinksResponse
	changed []*storev1.ChangedResponse
	// endless repeats the last message until the client leaves.
	endless bool
}

func say[M any](l *liar, to grpc.ServerStreamingServer[M], all []*M) error {
	for _, m := range all {
		if err := to.Send(m); err != nil {
			return err
		}
	}
	for l.endless {
		if err := to.Send(all[len(all)-1]); err != nil {
			return err
		}
	}
	return nil
}

func (l *liar) Apply(to grpc.BidiStreamingServer[storev1.ApplyRequest, storev1.ApplyResponse]) error {
	return say(l, to, l.apply)
}
func (l *liar) Get(context.Context, *storev1.GetRequest) (*storev1.GetResponse, error) {
	return l.get, nil
}
func (l *liar) Sums(context.Context, *storev1.SumsRequest) (*storev1.SumsResponse, error) {
	return l.sums, nil
}
func (l *liar) List(_ *storev1.ListRequest, to grpc.ServerStreamingServer[storev1.ListResponse]) error {
	return say(l, to, l.list)
}
func (l *liar) Match(to grpc.BidiStreamingServer[storev1.MatchRequest, storev1.MatchResponse]) error {
	return say(l, to, l.match)
}
func (l *liar) ClaimWork(_ *storev1.ClaimWorkRequest, to grpc.ServerStreamingServer[storev1.ClaimWorkResponse]) error {
	return say(l, to, l.work)
}
func (l *liar) ClaimEvents(_ *storev1.ClaimEventsRequest, to grpc.ServerStreamingServer[storev1.ClaimEventsResponse]) error {
	return say(l, to, l.events)
}
func (l *liar) Links(_ *storev1.LinksRequest, to grpc.ServerStreamingServer[storev1.LinksResponse]) error {
	return say(l, to, l.links)
}
func (l *liar) Changed(_ *storev1.ChangedRequest, to grpc.ServerStreamingServer[storev1.ChangedResponse]) error {
	return say(l, to, l.changed)
}

func told(t *testing.T, l *liar) store.Store {
	return storewire.Client(connect(storetest.Go(t), l))
}

// answers are the messages of Apply.
func answers(all ...any) []*storev1.ApplyResponse {
	var out []*storev1.ApplyResponse
	for _, a := range all {
		m := &storev1.ApplyResponse{}
		switch a := a.(type) {
		case *storev1.Applied:
			m.Message = &storev1.ApplyResponse_Applied{Applied: a}
		case *storev1.WantParts:
			m.Message = &storev1.ApplyResponse_WantParts{WantParts: a}
		case *storev1.StoreError:
			m.Message = &storev1.ApplyResponse_Error{Error: a}
		}
		out = append(out, m)
	}
	return out
}

var outOfAge = &timestamppb.Timestamp{Seconds: math.MaxInt64, Nanos: -1}

func goodLink() *storev1.Link {
	return &storev1.Link{Chain: "c", Seq: 1, ChangeId: "1", ChangeSeq: 1, Content: make([]byte, 32), Before: make([]byte, 32), Hash: make([]byte, 32)}
}

// Whatever a plugin answers to a change that is no answer, the caller does not know whether it was committed.
func TestJunkInTheAnswerOfApply(t *testing.T) {
	ok := &storev1.Applied{Seq: 1, First: []int64{1}, Link: goodLink()}
	short, early := goodLink(), goodLink()
	short.Hash, early.At = short.Hash[:31], outOfAge
	for name, l := range map[string]*liar{
		"nothing":                {},
		"a message of nothing":   {apply: answers(nil)},
		"parts of no parts":      {apply: answers(&storev1.WantParts{}, ok)},
		"a short hash":           {apply: answers(&storev1.Applied{First: []int64{1}, Link: short})},
		"an instant out of age":  {apply: answers(&storev1.Applied{First: []int64{1}, Link: early})},
		"no link":                {apply: answers(&storev1.Applied{First: []int64{1}})},
		"too few numbers":        {apply: answers(&storev1.Applied{Link: goodLink()})},
		"an error without kind":  {apply: answers(&storev1.StoreError{Text: "the disk burns"})},
		"an error of a new kind": {apply: answers(&storev1.StoreError{Kind: 99, Text: "the disk burns"})},
	} {
		_, err := told(t, l).Apply(t.Context(), store.Change{ID: "1", Chain: "c", Draw: []store.Draw{{Sequence: "q", Count: 1}}})
		require.Error(t, err, name)
		require.False(t, store.Decided(err), "%s: %v", name, err)
		require.ErrorContains(t, err, "apply the same id again", name)
	}
	a, err := told(t, &liar{apply: answers(ok)}).Apply(t.Context(), store.Change{ID: "1", Chain: "c", Draw: []store.Draw{{Sequence: "q", Count: 1}}})
	require.NoError(t, err)
	require.Equal(t, int64(1), a.First[0])
}

// A plugin that applies before it has the parts, or asks for them twice, is not believed.
func TestJunkAroundTheParts(t *testing.T) {
	want, ok := &storev1.WantParts{}, &storev1.Applied{Seq: 1}
	for name, l := range map[string]*liar{
		"applied without the parts": {apply: answers(ok)},
		"asked twice":               {apply: answers(want, want, ok)},
		"asked and left":            {apply: answers(want)},
	} {
		_, err := told(t, l).Apply(t.Context(), store.Change{ID: "1", Parts: one(listed(2000, 2000))})
		require.ErrorIs(t, err, wire.ErrNonsense, name)
		require.False(t, store.Decided(err), name)
	}
	_, err := told(t, &liar{apply: answers(want, &storev1.StoreError{Kind: storev1.ErrorKind_ERROR_KIND_FULL, Text: "full"})}).
		Apply(t.Context(), store.Change{ID: "1", Parts: one(listed(20_000, 2000))})
	require.ErrorIs(t, err, store.ErrFull, "a refusal amid the parts is told")
}

func TestJunkInReads(t *testing.T) {
	record := &storev1.Record{Kind: "k", Id: "2"}
	for name, l := range map[string]*liar{
		"get":    {get: &storev1.GetResponse{}},
		"get 2":  {get: &storev1.GetResponse{Record: record}},
		"sums":   {sums: &storev1.SumsResponse{Sums: []int64{1, 2}}},
		"sums 2": {sums: &storev1.SumsResponse{}},
		"list":   {list: []*storev1.ListResponse{{Records: []*storev1.Record{record}}}},
		"list 2": {list: []*storev1.ListResponse{{Last: true}, {Last: true}}},
		"list 3": {list: []*storev1.ListResponse{{}, {Last: true}}},
		"list 4": {list: []*storev1.ListResponse{{Last: true, Records: []*storev1.Record{record, record, record}}}},
		"match":  {match: []*storev1.MatchResponse{{Hits: []*storev1.Hit{{Key: "c", Record: record}}}}},
		"match 2": {match: []*storev1.MatchResponse{{Hits: []*storev1.Hit{
			{Key: "b", Record: record}, {Key: "a", Record: record}}}}},
		"work":    {work: []*storev1.ClaimWorkResponse{{Work: []*storev1.Work{{Due: outOfAge}}}}},
		"work 2":  {work: []*storev1.ClaimWorkResponse{{Work: make([]*storev1.Work, 3)}}},
		"events":  {events: []*storev1.ClaimEventsResponse{{Events: []*storev1.Event{{At: outOfAge}}}}},
		"links":   {links: []*storev1.LinksResponse{{Links: []*storev1.Link{{}}}}},
		"links 2": {links: []*storev1.LinksResponse{{Links: []*storev1.Link{goodLink(), goodLink(), goodLink()}}}},
		"changed": {changed: []*storev1.ChangedResponse{{}}},
	} {
		kind := name[:min(len(name), len("changed"))]
		if i := len(name) - 2; name[i] == ' ' {
			kind = name[:i]
		}
		require.ErrorIs(t, read(t, told(t, l), kind), wire.ErrNonsense, name)
	}
}

// read makes one call, of two things at most.
func read(t *testing.T, s store.Store, call string) (err error) {
	ctx := t.Context()
	claim := store.Claim{Now: noon, Lease: time.Minute, Max: 2}
	switch call {
	case "get":
		_, err = s.Get(ctx, "k", "1")
	case "sums":
		_, err = s.Sums(ctx, "a")
	case "list":
		_, err = s.List(ctx, store.Query{Index: "i", Limit: 2})
	case "match":
		_, err = s.Match(ctx, "i", []string{"a", "b"})
	case "work":
		_, err = s.ClaimWork(ctx, claim)
	case "events":
		_, err = s.ClaimEvents(ctx, claim)
	case "links":
		_, err = s.Links(ctx, "c", 0, 2)
	case "changed":
		for _, e := range s.Changed(ctx, store.Link{ChangeSeq: 1}) {
			err = e
		}
	default:
		t.Fatalf("no call %s", call)
	}
	return err
}

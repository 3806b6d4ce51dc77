package storewire_test

import (
	"context"
	"io"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/internal/storewire"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
)

// A plugin whose lists have no end is left, whether its messages hold much, little or nothing.
func TestListsWithoutEndAreLeft(t *testing.T) {
	record := &storev1.Record{Kind: "k", Id: "1", Body: body(1000)}
	hit := &storev1.Hit{Key: "a", Record: record}
	for name, l := range map[string]*liar{
		"list":    {list: []*storev1.ListResponse{{Records: []*storev1.Record{record}}}},
		"match":   {match: []*storev1.MatchResponse{{Hits: []*storev1.Hit{hit}}}},
		"work":    {work: []*storev1.ClaimWorkResponse{{Work: []*storev1.Work{{}}}}},
		"events":  {events: []*storev1.ClaimEventsResponse{{Events: []*storev1.Event{{}}}}},
		"links":   {links: []*storev1.LinksResponse{{Links: []*storev1.Link{goodLink()}}}},
		"changed": {changed: []*storev1.ChangedResponse{{}}},
	} {
		l.endless = true
		s, left := storewire.ClientWithin(connect(storetest.Go(t), l), 1<<20, 2<<20)
		want := wire.ErrNonsense
		if name == "match" {
			want = storewire.ErrLong // nobody knows how many records carry a key
		}
		require.ErrorIs(t, read(t, s, name), want, name)
		require.Equal(t, int64(2<<20), left(), "%s: the memory was given back", name)
	}
	for name, l := range map[string]*liar{
		"list": {list: []*storev1.ListResponse{{}}}, "match": {match: []*storev1.MatchResponse{{}}}, "work": {work: []*storev1.ClaimWorkResponse{{}}},
		"events": {events: []*storev1.ClaimEventsResponse{{}}}, "links": {links: []*storev1.LinksResponse{{}}},
	} {
		l.endless = true
		require.ErrorIs(t, read(t, told(t, l), name), wire.ErrNonsense, name)
	}
}

// A link says how many records its change wrote; one more is given, so that a verifier can tell, and no other.
func TestChangedWithoutEndIsLeft(t *testing.T) {
	l := &liar{endless: true, changed: []*storev1.ChangedResponse{{Records: []*storev1.Record{{Kind: "k", Id: "1"}}}}}
	n := 0
	for _, err := range told(t, l).Changed(t.Context(), store.Link{ChangeSeq: 1, Records: 10}) {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, 11, n)
}

// One answer may be large, but not larger than the bound, and a page of a thousand large records is held to its bytes too.
func TestAnAnswerIsBoundedInBytes(t *testing.T) {
	large := &storev1.Record{Kind: "k", Id: "1", Body: body(100_000)}
	l := &liar{endless: true, list: []*storev1.ListResponse{{Records: []*storev1.Record{large}}}}
	s, _ := storewire.ClientWithin(connect(storetest.Go(t), l), 1<<20, 2<<20)
	_, err := s.List(t.Context(), store.Query{Index: "i", Limit: 1000})
	require.ErrorIs(t, err, storewire.ErrLong)
	require.ErrorContains(t, err, "more than 1048576 bytes")
	require.ErrorContains(t, err, "ask for fewer")
}

// Nobody is given more than a page, nor anything for asking for less than nothing: the store was to refuse that.
func TestWrongLimitsAreNoWayAroundTheBounds(t *testing.T) {
	record := &storev1.Record{Kind: "k", Id: "1"}
	l := &liar{list: []*storev1.ListResponse{{Last: true, Records: make([]*storev1.Record, store.MaxPage+1)}}}
	for i := range l.list[0].Records {
		l.list[0].Records[i] = record
	}
	_, err := told(t, l).List(t.Context(), store.Query{Index: "i", Limit: 1 << 20})
	require.ErrorContains(t, err, "more than the 1000 that were asked for")
	_, err = told(t, l).List(t.Context(), store.Query{Index: "i", Limit: -1})
	require.ErrorContains(t, err, "more than the 1 that were asked for")
	l = &liar{work: []*storev1.ClaimWorkResponse{{Work: make([]*storev1.Work, 2)}}}
	_, err = told(t, l).ClaimWork(t.Context(), store.Claim{Max: -1})
	require.ErrorContains(t, err, "more than the 1 that were asked for")
}

// paused is a connection to a store whose pages have two messages with a large record each. Asked for the second, by when the first was taken, it
// tells and waits.
type paused struct {
	grpc.ClientConnInterface
	asked, goOn chan struct{}
}

func (p paused) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return &page{paused: p}, nil
}

type page struct {
	grpc.ClientStream
	paused paused
	given  int
}

func (s *page) SendMsg(any) error { return nil }
func (s *page) CloseSend() error  { return nil }
func (s *page) RecvMsg(m any) error {
	switch s.given++; s.given {
	case 1:
	case 2:
		s.paused.asked <- struct{}{}
		<-s.paused.goOn
	default:
		return io.EOF
	}
	proto.Merge(m.(proto.Message), &storev1.ListResponse{
		Records: []*storev1.Record{{Kind: "k", Id: "1", Body: body(100_000)}}, Last: s.given == 2,
	})
	return nil
}

// What all answers hold while they are received is bounded too, however many there are. One that finds no room says that the store is busy, and is
// given when there is room again.
func TestAllAnswersTogetherAreBounded(t *testing.T) {
	p := paused{asked: make(chan struct{}, 2), goOn: make(chan struct{})}
	const room = 250_000 // two records of a hundred kilobytes, not three
	s, left := storewire.ClientWithin(p, 1<<20, room)
	list := func() error {
		_, err := s.List(t.Context(), store.Query{Index: "i", Limit: 2})
		return err
	}
	ended := make(chan error)
	for range 2 {
		go func() { ended <- list() }()
		<-p.asked
	}
	go func() { ended <- list() }()
	select {
	case err := <-ended:
		require.ErrorIs(t, err, store.ErrBusy)
	case <-p.asked:
		t.Fatal("two answers wait with a record each, and a third one found room")
	}
	p.goOn <- struct{}{}
	require.ErrorIs(t, <-ended, store.ErrBusy, "there is no room for a third record")
	p.goOn <- struct{}{}
	require.NoError(t, <-ended, "the other has given its memory back")
	close(p.goOn)
	require.NoError(t, list())
	require.Equal(t, int64(room), left())
}

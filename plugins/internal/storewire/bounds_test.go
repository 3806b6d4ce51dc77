package storewire_test

import (
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/internal/storewire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"github.com/stretchr/testify/require"
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
		s := storewire.ClientWithin(connect(storetest.Go(t), l), 1<<20)
		require.ErrorIs(t, read(t, s, name), storewire.ErrNonsense, name)
	}
	for name, l := range map[string]*liar{
		"list": {list: []*storev1.ListResponse{{}}}, "match": {match: []*storev1.MatchResponse{{}}}, "work": {work: []*storev1.ClaimWorkResponse{{}}},
		"events": {events: []*storev1.ClaimEventsResponse{{}}}, "links": {links: []*storev1.LinksResponse{{}}},
	} {
		l.endless = true
		require.ErrorIs(t, read(t, told(t, l), name), storewire.ErrNonsense, name)
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
	s := storewire.ClientWithin(connect(storetest.Go(t), l), 1<<20)
	_, err := s.List(t.Context(), store.Query{Index: "i", Limit: 1000})
	require.ErrorIs(t, err, storewire.ErrNonsense)
	require.ErrorContains(t, err, "longer than 1048576 bytes")
}

package storewire_test

import (
	"context"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/storewire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
)

// FuzzChange reads any message as a change: what the store would then refuse or take comes out of a second journey the same.
func FuzzChange(f *testing.F) {
	messages, _ := storewire.ChangeOut(store.Change{
		ID: "1", At: noon, Puts: listed(2, 10), Deletes: []store.Key{{Kind: "k", ID: "1", Expect: 1}}, Sums: []store.Sum{{Name: "s", HasFloor: true}},
		Draw: []store.Draw{{Sequence: "q", Count: 1}}, Events: []store.Event{{ID: "1", Type: "t"}}, Work: []store.Work{{Kind: "w", ID: "1", Due: noon}},
	})
	b, err := proto.Marshal(messages[0])
	require.NoError(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		var m storev1.Change
		if proto.Unmarshal(b, &m) != nil {
			return
		}
		c := storewire.ChangeIn([]*storev1.Change{&m})
		out, large := storewire.ChangeOut(c)
		require.NoError(t, large)
		again := storewire.ChangeIn(travel(t, out))
		first, second := c.Check(), again.Check()
		require.Equal(t, first == nil, second == nil, "%v, %v", first, second)
	})
}

// FuzzAnswers gives the client any answer: it takes it or it says what is wrong, and it is never sure of what it was not told.
func FuzzAnswers(f *testing.F) {
	b, err := proto.Marshal(answers(&storev1.Applied{Seq: 1, First: []int64{1}, Link: goodLink()})[0])
	require.NoError(f, err)
	f.Add(b)
	b, err = proto.Marshal(&storev1.ListResponse{Last: true, Records: []*storev1.Record{{Kind: "k", Id: "1"}}})
	require.NoError(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		s := storewire.Client(parrot{b})
		a, err := s.Apply(t.Context(), store.Change{ID: "1", Chain: "c", Draw: []store.Draw{{Sequence: "q", Count: 1}}})
		if err == nil && !a.Replayed {
			require.Len(t, a.First, 1)
			require.Equal(t, "c", a.Link.Chain)
		}
		_ = everyCall(t.Context(), s)
	})
}

// parrot is a connection that answers every call with the same bytes, a stream with eight times the same.
type parrot struct{ answer []byte }

func (p parrot) Invoke(_ context.Context, _ string, _, reply any, _ ...grpc.CallOption) error {
	return proto.Unmarshal(p.answer, reply.(proto.Message))
}

func (p parrot) NewStream(ctx context.Context, _ *grpc.StreamDesc, _ string, _ ...grpc.CallOption) (grpc.ClientStream, error) {
	return &parrotStream{parrot: p, ctx: ctx}, nil
}

package storewire_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/storewire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"
)

// travel carries messages through their bytes.
func travel(t require.TestingT, messages []*storev1.Change) []*storev1.Change {
	for i, m := range messages {
		b, err := proto.Marshal(m)
		require.NoError(t, err)
		require.Less(t, len(b), 600<<10)
		messages[i] = &storev1.Change{}
		require.NoError(t, proto.Unmarshal(b, messages[i]))
	}
	return messages
}

func changes() *rapid.Generator[store.Change] {
	words := rapid.StringMatching(`[a-z甲/ ]{1,9}`)
	number := rapid.Int64()
	instant := rapid.Custom(func(t *rapid.T) time.Time { return time.Unix(0, number.Draw(t, "instant")).UTC() })
	text := rapid.Custom(func(t *rapid.T) []byte {
		return []byte(strings.Repeat(words.Draw(t, "body"), rapid.SampledFrom([]int{1, 2, 5000}).Draw(t, "times")))
	})
	key := rapid.Custom(func(t *rapid.T) store.Key {
		return store.Key{Kind: words.Draw(t, "kind"), ID: words.Draw(t, "id"), Expect: number.Draw(t, "n")}
	})
	work := rapid.Custom(func(t *rapid.T) store.Work {
		return store.Work{Kind: words.Draw(t, "kind"), ID: words.Draw(t, "id"), Due: instant.Draw(t, "due"), Body: text.Draw(t, "body"), Attempt: 3, Token: number.Draw(t, "n")}
	})
	entries := rapid.SliceOf(rapid.Custom(func(t *rapid.T) store.Entry {
		return store.Entry{Index: words.Draw(t, "index"), Key: words.Draw(t, "key")}
	}))
	return rapid.Custom(func(t *rapid.T) store.Change {
		c := store.Change{ID: words.Draw(t, "id"), At: instant.Draw(t, "at"), Chain: words.Draw(t, "chain"), Note: text.Draw(t, "note")}
		c.Puts = rapid.SliceOf(rapid.Custom(func(t *rapid.T) store.Put {
			return store.Put{Kind: words.Draw(t, "kind"), ID: words.Draw(t, "id"), Body: text.Draw(t, "body"), Expect: number.Draw(t, "n"),
				Index: entries.Draw(t, "index"), Unique: entries.Draw(t, "unique")}
		})).Draw(t, "puts")
		c.Deletes, c.Require = rapid.SliceOf(key).Draw(t, "deletes"), rapid.SliceOf(key).Draw(t, "require")
		c.Work, c.Done = rapid.SliceOf(work).Draw(t, "work"), rapid.SliceOf(work).Draw(t, "done")
		c.Sums = rapid.SliceOf(rapid.Custom(func(t *rapid.T) store.Sum {
			s := store.Sum{Name: words.Draw(t, "sum"), Delta: number.Draw(t, "n"), HasFloor: rapid.Bool().Draw(t, "has")}
			if s.HasFloor {
				s.Floor = number.Draw(t, "floor")
			}
			return s
		})).Draw(t, "sums")
		c.Draw = rapid.SliceOf(rapid.Custom(func(t *rapid.T) store.Draw {
			return store.Draw{Sequence: words.Draw(t, "sequence"), Count: number.Draw(t, "n")}
		})).Draw(t, "draw")
		c.Events = rapid.SliceOf(rapid.Custom(func(t *rapid.T) store.Event {
			return store.Event{ID: words.Draw(t, "id"), Seq: number.Draw(t, "n"), Stream: words.Draw(t, "stream"), Type: words.Draw(t, "type"), Data: text.Draw(t, "data"), At: instant.Draw(t, "at"), Token: 9}
		})).Draw(t, "events")
		return c
	})
}

// Every change comes out as it went in, however many messages it takes.
func TestAChangeTravelsAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := changes().Draw(t, "change")
		messages, large := storewire.ChangeOut(c)
		require.NoError(t, large)
		got := storewire.ChangeIn(travel(t, messages))
		require.Equal(t, fmt.Sprintf("%+v", c), fmt.Sprintf("%+v", got))
	})
}

// An instant that nothing can keep, and a text that is no UTF-8, are refused by the store as they would be without a wire.
func TestWhatCantTravelStaysInvalid(t *testing.T) {
	bad := "a\xff"
	for name, c := range map[string]store.Change{
		"at":       {ID: "1", At: time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)},
		"before":   {ID: "1", At: time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)},
		"id":       {ID: bad},
		"due":      {ID: "1", Work: []store.Work{{Kind: "w", ID: "1", Due: time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)}}},
		"kind":     {ID: "1", Puts: []store.Put{{Kind: bad, ID: "1", Body: []byte("1")}}},
		"key":      {ID: "1", Puts: []store.Put{{Kind: "k", ID: "1", Body: []byte("1"), Unique: []store.Entry{{Index: "i", Key: bad}}}}},
		"stream":   {ID: "1", Events: []store.Event{{ID: "1", Type: "t", Stream: bad}}},
		"sequence": {ID: "1", Draw: []store.Draw{{Sequence: bad, Count: 1}}},
		"chain":    {ID: "1", Chain: bad},
	} {
		require.ErrorIs(t, c.Check(), store.ErrInvalid, name)
		messages, large := storewire.ChangeOut(c)
		require.NoError(t, large, name)
		require.ErrorIs(t, storewire.ChangeIn(travel(t, messages)).Check(), store.ErrInvalid, name)
	}
}

// Every refusal comes out as the same typed error, with the words of the store.
func TestARefusalTravelsAsItIs(t *testing.T) {
	for _, err := range []error{
		&store.VersionError{Kind: "k", ID: "1", Expected: 2, Found: 3}, &store.TakenError{Index: "i", Key: "a", Kind: "k", ID: "1"},
		&store.ShortError{Name: "s", Have: -1, Delta: -2, Floor: 3},
		store.ErrNotFound, store.ErrLease, store.ErrInvalid, store.ErrBusy, store.ErrFull, store.ErrCorrupt, store.ErrClosed,
	} {
		wrapped := fmt.Errorf("sqlite: apply 1: %w", err)
		got := storewire.RefusalIn(storewire.RefusalOut(wrapped))
		require.Equal(t, wrapped.Error(), got.Error())
		require.Equal(t, err, errors.Unwrap(got))
		require.True(t, store.Decided(got))
	}
	got := storewire.RefusalIn(storewire.RefusalOut(errors.New(strings.Repeat("x", 10_000) + "\xff")))
	require.False(t, store.Decided(got))
	require.Less(t, len(got.Error()), 5000)
	require.Equal(t, "store: busy", storewire.RefusalIn(&storev1.StoreError{Kind: storev1.ErrorKind_ERROR_KIND_BUSY}).Error())
}

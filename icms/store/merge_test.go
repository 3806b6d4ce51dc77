package store_test

import (
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
)

func TestMergeKeepsTheOrderAndTheNameOfTheWhole(t *testing.T) {
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	whole := store.Change{
		ID: "whole", At: at, Chain: "c", Note: []byte(`{}`),
		Puts:    []store.Put{{Kind: "a", ID: "1"}},
		Require: []store.Key{{Kind: "acc", ID: "x", Expect: 1}},
		Draw:    []store.Draw{{Sequence: "case", Count: 10}},
	}
	part := store.Change{
		ID: "part", At: at.Add(time.Hour), Chain: "d", Note: []byte(`[]`),
		Puts:    []store.Put{{Kind: "b", ID: "1"}},
		Deletes: []store.Key{{Kind: "z", ID: "1", Expect: 2}},
		Require: []store.Key{{Kind: "acc", ID: "x", Expect: 1}, {Kind: "acc", ID: "y", Expect: 3}},
		Sums:    []store.Sum{{Name: "s", Delta: 1}},
		Draw:    []store.Draw{{Sequence: "receipt", Count: 1}},
		Events:  []store.Event{{ID: "e"}},
		Work:    []store.Work{{Kind: "w", ID: "1"}},
		Done:    []store.Work{{Kind: "w", ID: "2"}},
	}
	whole.Merge(part)

	require.Equal(t, "whole", whole.ID)
	require.Equal(t, at, whole.At)
	require.Equal(t, "c", whole.Chain)
	require.Equal(t, `{}`, string(whole.Note))
	require.Equal(t, []store.Put{{Kind: "a", ID: "1"}, {Kind: "b", ID: "1"}}, whole.Puts)
	require.Equal(t, part.Require, whole.Require, "the shared requirement stands once")
	require.Equal(t, []store.Draw{{Sequence: "case", Count: 10}, {Sequence: "receipt", Count: 1}}, whole.Draw)
	require.Equal(t, part.Deletes, whole.Deletes)
	require.Equal(t, part.Sums, whole.Sums)
	require.Equal(t, part.Events, whole.Events)
	require.Equal(t, part.Work, whole.Work)
	require.Equal(t, part.Done, whole.Done)
	require.Nil(t, whole.Parts)
}

func TestMergeTakesWhatTheWholeLacks(t *testing.T) {
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	var whole store.Change
	whole.Merge(store.Change{ID: "part", At: at, Chain: "d", Note: []byte(`[]`)})
	require.Equal(t, store.Change{ID: "part", At: at, Chain: "d", Note: []byte(`[]`)}, whole)
}

func TestMergeDoesNotShareMemory(t *testing.T) {
	backing := make([]store.Key, 1, 8)
	backing[0] = store.Key{Kind: "k", ID: "1"}
	part := store.Change{Require: backing, Puts: make([]store.Put, 0, 8)}
	var one, two store.Change
	one.Merge(part)
	two.Merge(part)
	one.Merge(store.Change{Require: []store.Key{{Kind: "k", ID: "one"}}, Puts: []store.Put{{ID: "one"}}})
	two.Merge(store.Change{Require: []store.Key{{Kind: "k", ID: "two"}}, Puts: []store.Put{{ID: "two"}}})
	require.Equal(t, "one", one.Require[1].ID)
	require.Equal(t, "one", one.Puts[0].ID)
	require.Equal(t, "two", two.Require[1].ID)
}

func TestMergeJoinsParts(t *testing.T) {
	parts := func(err error, ids ...string) iter.Seq2[[]store.Put, error] {
		return func(yield func([]store.Put, error) bool) {
			for _, id := range ids {
				if !yield([]store.Put{{ID: id}}, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, err)
			}
		}
	}
	read := func(c store.Change, most int) (ids []string, failed error) {
		for puts, err := range c.Parts {
			if err != nil {
				return ids, err
			}
			ids = append(ids, puts[0].ID)
			if len(ids) == most {
				break
			}
		}
		return ids, nil
	}
	broken := errors.New("broken")
	for name, tt := range map[string]struct {
		a, b iter.Seq2[[]store.Put, error]
		most int
		want []string
		err  error
	}{
		"both":          {a: parts(nil, "1", "2"), b: parts(nil, "3"), want: []string{"1", "2", "3"}},
		"first only":    {a: parts(nil, "1"), want: []string{"1"}},
		"second only":   {b: parts(nil, "1"), want: []string{"1"}},
		"error ends it": {a: parts(broken, "1"), b: parts(nil, "2"), want: []string{"1"}, err: broken},
		"reader stops":  {a: parts(nil, "1", "2"), b: parts(nil, "3"), most: 1, want: []string{"1"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := store.Change{Parts: tt.a}
			c.Merge(store.Change{Parts: tt.b})
			for range 2 { // parts may be run again
				ids, err := read(c, tt.most)
				require.Equal(t, tt.want, ids)
				require.ErrorIs(t, err, tt.err)
			}
		})
	}
}

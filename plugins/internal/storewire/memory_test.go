package storewire_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"runtime"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/internal/storewire"
	"github.com/stretchr/testify/require"
)

// million is a store with a change of a million records, which it makes as they are read.
type million struct{ store.Store }

func (million) Changed(context.Context, store.Link) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		for i := range int64(1_000_000) {
			if !yield(store.Record{Kind: "k", ID: fmt.Sprint(i), Version: 1, Seq: i, Body: body(100)}, nil) {
				return
			}
		}
	}
}

// live gives the live bytes of the heap.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// A million records of one change pass through both ends in a few messages' memory.
func TestAMillionRecordsStreamInFlatMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	s := overWire(storetest.Go(t), million{})
	before, most := live(), int64(0)
	n := int64(0)
	for r, err := range s.Changed(t.Context(), store.Link{ChangeSeq: 1, Records: 1_000_000}) {
		require.NoError(t, err)
		require.Equal(t, n, r.Seq)
		if n++; n%100_000 == 0 {
			most = max(most, live()-before)
		}
	}
	require.Equal(t, int64(1_000_000), n)
	t.Logf("at most %.1f MiB more than before", float64(most)/(1<<20))
	require.Less(t, most, int64(16<<20))
}

// A million records in parts wait in a file when they are more than the memory of the server, whatever they are together.
func TestAMillionRecordsInPartsWaitInFlatMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Setenv("TMPDIR", t.TempDir())
	inside := &sink{}
	server, left := storewire.ServerWithin(inside, 8<<20)
	s := storewire.Client(connect(storetest.Go(t), server))
	before, most, files := live(), int64(0), 0
	inside.each = func() {
		if inside.parts%100 == 0 {
			most = max(most, live()-before)
			names, err := os.ReadDir(os.TempDir())
			require.NoError(t, err)
			files += len(names)
		}
	}
	_, err := s.Apply(t.Context(), store.Change{ID: "1", Parts: func(yield func([]store.Put, error) bool) {
		part := make([]store.Put, 500)
		for i := range 2000 {
			for k := range part {
				part[k] = store.Put{Kind: "k", ID: fmt.Sprint(i*500 + k), Body: body(100), Index: []store.Entry{{Index: "i", Key: "a"}}}
			}
			if i%200 == 0 {
				most = max(most, live()-before)
			}
			if !yield(part, nil) {
				return
			}
		}
	}})
	require.NoError(t, err)
	require.Equal(t, 1_000_000, inside.records)
	require.Equal(t, "999999", inside.last.ID)
	require.Equal(t, int64(8<<20), left())
	if runtime.GOOS != "windows" {
		require.Zero(t, files, "the file has no name")
	}
	t.Logf("at most %.1f MiB more than before", float64(most)/(1<<20))
	require.Less(t, most, int64(40<<20))
}

package storewire_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/internal/storewire"
	"github.com/stretchr/testify/require"
)

// twice is a store that runs the parts twice, as a store may, and reads them again after half of them.
type twice struct {
	sink
	seen [2][]string
}

func (s *twice) run(c store.Change, n int) error {
	for part, err := range c.Parts {
		if err != nil {
			return err
		}
		for _, p := range part {
			s.seen[n] = append(s.seen[n], p.ID+string(p.Body)+p.Index[0].Key)
		}
	}
	return nil
}

// Parts that waited in memory, in a file, or in both come in their order, as often as the store wants them.
func TestPartsWaitInOrder(t *testing.T) {
	puts := listed(5000, 1000)
	for _, memory := range []int64{0, 2 << 20, 64 << 20} {
		s := &twice{}
		server, left := storewire.ServerWithin(applyFunc(func(c store.Change) error {
			if err := s.run(c, 0); err != nil {
				return err
			}
			return s.run(c, 1)
		}), memory)
		_, err := storewire.Client(connect(storetest.Go(t), server)).Apply(t.Context(), store.Change{ID: "1", Parts: one(puts)})
		require.NoError(t, err)
		require.Equal(t, s.seen[0], s.seen[1])
		require.Len(t, s.seen[0], len(puts))
		for i, p := range puts {
			require.Equal(t, p.ID+string(p.Body)+p.ID, s.seen[0][i])
		}
		require.Equal(t, memory, left())
	}
}

// Two changes share the memory; what is left of it decides where the parts of the second wait.
func TestChangesShareTheMemory(t *testing.T) {
	server, left := storewire.ServerWithin(openSQLite(storetest.Go(t)), 1<<20)
	s := storewire.Client(connect(storetest.Go(t), server))
	errs := make(chan error)
	for i := range 8 {
		go func() {
			puts := listed(500, 1000)
			for k := range puts {
				puts[k].ID = fmt.Sprint(i, "/", k)
			}
			_, err := s.Apply(t.Context(), store.Change{ID: fmt.Sprint(i), Parts: one(puts)})
			errs <- err
		}()
	}
	for range 8 {
		require.NoError(t, <-errs)
	}
	require.Equal(t, int64(1<<20), left())
	p, err := s.List(t.Context(), store.Query{Index: "i", From: "000499"})
	require.NoError(t, err)
	require.Len(t, p.Records, 8)
}

// No folder for the parts is an error in words, and nothing is committed.
func TestPartsWithoutAPlaceToWait(t *testing.T) {
	inside := openSQLite(storetest.Go(t))
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	t.Setenv("TMP", filepath.Join(t.TempDir(), "missing"))
	server, _ := storewire.ServerWithin(inside, 0)
	s := storewire.Client(connect(storetest.Go(t), server))
	_, err := s.Apply(t.Context(), store.Change{ID: "1", Parts: one(listed(20_000, 1000))})
	require.ErrorContains(t, err, "keeping the parts of the change in a temporary file")
	require.False(t, store.Decided(err))
	unused(t, inside, "1", "000000")
}

package blob_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"courts.example/eservices/icms/blob"
	"github.com/stretchr/testify/require"
)

var (
	long  = time.Date(2031, time.May, 1, 0, 0, 0, 0, time.UTC)
	limit = long.Add(time.Hour)
)

// age makes every file of the folder old.
func age(t testing.TB, root string) {
	for _, path := range files(t, root) {
		require.NoError(t, os.Chtimes(path, long, long))
	}
}

// young makes one file as young as a sweep's limit.
func young(t testing.TB, path string) { require.NoError(t, os.Chtimes(path, limit, limit)) }

func TestSweepRemovesWhatNobodyNeeds(t *testing.T) {
	f, root := open(t)
	needed, orphan := keep(t, f, "needed"), keep(t, f, "orphan")
	_, err := f.Stage(ctx, strings.NewReader("left by a crash"), 0)
	require.NoError(t, err)
	age(t, root)
	fresh, err := f.Stage(ctx, strings.NewReader("on its way"), 0)
	require.NoError(t, err)
	for _, path := range files(t, root) {
		if info, err := os.Stat(path); err == nil && info.Size() == fresh.Size() {
			young(t, path)
		}
	}

	n, err := f.Sweep(ctx, limit, nil)
	require.NoError(t, err)
	require.Equal(t, 1, n, "without a question only the leftovers go")
	n, err = f.Sweep(ctx, limit, func(hash string) (bool, error) { return hash == needed, nil })
	require.NoError(t, err)
	require.Equal(t, 1, n)
	_, err = f.Open(ctx, orphan)
	require.ErrorIs(t, err, blob.ErrNotFound)
	require.Equal(t, "needed", read(t, f, needed))
	require.NoError(t, fresh.Keep(ctx))
	require.Equal(t, "on its way", read(t, f, fresh.Hash()))
}

func TestSweepSparesWhatIsKeptAgain(t *testing.T) {
	f, root := open(t)
	hash := keep(t, f, "orphan")
	age(t, root)
	n, err := f.Sweep(ctx, limit, func(string) (bool, error) {
		keep(t, f, "orphan") // by somebody else, while the sweep asks
		young(t, files(t, root)[0])
		return false, nil
	})
	require.NoError(t, err)
	require.Zero(t, n)
	require.Equal(t, "orphan", read(t, f, hash))
}

func TestSweepEndsAtAnError(t *testing.T) {
	f, root := open(t)
	keep(t, f, "1")
	keep(t, f, "2")
	age(t, root)
	broken := errors.New("the records can't be read")
	n, err := f.Sweep(ctx, limit, func(string) (bool, error) { return false, broken })
	require.ErrorIs(t, err, broken)
	require.Zero(t, n)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = f.Sweep(ended, limit, func(string) (bool, error) { return false, nil })
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, files(t, root), 2)
}

func TestASweptStagingCanStillBeDropped(t *testing.T) {
	f, root := open(t)
	s, err := f.Stage(ctx, strings.NewReader("slow"), 0)
	require.NoError(t, err)
	age(t, root)
	_, err = f.Sweep(ctx, limit, nil)
	require.NoError(t, err)
	require.Error(t, s.Keep(ctx), "what was swept can't be kept")
	require.NoError(t, s.Drop())
}

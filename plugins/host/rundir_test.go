//go:build unix

package host_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

// private gives a folder as hosts share one; a test's own has too long a name.
func private(t *testing.T) string {
	t.Helper()
	base, err := os.MkdirTemp("", "run")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(base) })
	return base
}

// Another host starts in the moment in which a folder has a lock that nobody holds: the folder is lost, and another is made.
func TestAFolderThatIsSweptBeforeItsLockIsTaken(t *testing.T) {
	for name, sweep := range map[string]func(t *testing.T, base, lock string){
		"it has let go": func(t *testing.T, base, lock string) {
			host.Sweep(base)
			require.NoDirExists(t, filepath.Dir(lock))
		},
		"it is about to remove": func(t *testing.T, _, lock string) {
			other, err := os.OpenFile(lock, os.O_RDWR, 0)
			require.NoError(t, err)
			t.Cleanup(func() { _ = other.Close() })
			require.True(t, host.TryLock(other))
		},
	} {
		t.Run(name, func(t *testing.T) {
			base, swept := private(t), []string{}
			path, closed, err := host.MakeRunDir(base, func(lock string) {
				if len(swept) < 3 {
					swept = append(swept, filepath.Dir(lock))
					sweep(t, base, lock)
				}
			})
			require.NoError(t, err)
			require.Len(t, swept, 3)
			require.NotContains(t, swept, path)
			for _, lost := range swept {
				require.NoDirExists(t, lost)
			}
			host.Sweep(base)
			require.DirExists(t, path, "its lock is held")
			require.NoError(t, closed())
			left, err := os.ReadDir(base)
			require.NoError(t, err)
			require.Empty(t, left)
		})
	}
}

// A host that always loses says so, and leaves nothing.
func TestAFolderThatIsSweptEveryTime(t *testing.T) {
	base, tries := private(t), 0
	_, _, err := host.MakeRunDir(base, func(string) { tries++; host.Sweep(base) })
	require.ErrorIs(t, err, host.ErrSwept)
	require.Equal(t, 6, tries)
	left, err := os.ReadDir(base)
	require.NoError(t, err)
	require.Empty(t, left)
}

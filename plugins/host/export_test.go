package host

import (
	"context"
	"os"

	"google.golang.org/grpc"
)

// Conn gives the supervised connection itself.
func (h *Host) Conn(ctx context.Context, name string, kind Kind) (grpc.ClientConnInterface, error) {
	s, err := h.open(ctx, name, kind)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// MakeRunDir makes the folder of a host below base. Each time that its lock is made and not taken yet, unlocked is called with its name.
func MakeRunDir(base string, unlocked func(lock string)) (path string, closed func() error, err error) {
	d := &runDir{base: base, unlocked: unlocked}
	_, err = d.make(1)
	return d.path, d.close, err
}

// Sweep removes what dead hosts left below base, as a host does that starts.
func Sweep(base string) { sweep(base) }

// TryLock takes a lock.
func TryLock(f *os.File) bool { return tryLock(f) }

// ErrSwept says that another host has swept a new folder, again and again.
var ErrSwept = errSwept

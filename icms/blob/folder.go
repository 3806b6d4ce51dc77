package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// ErrInvalid says that a string is no hash: 64 digits of lower-case hex.
var ErrInvalid = errors.New("blob: not a hash")

const (
	stagingName = "staging"
	lockName    = "lock"
	ownerOnly   = 0o700
)

// Folder is a Store in a folder of a local disk. Several processes may use one folder at a time.
type Folder struct {
	root string
	// mu keeps sweeping apart from keeping in this process; the lock file does so among processes, where the system can.
	mu sync.RWMutex
	// step is called before and after each durable step, when a test has set it.
	step func(name string) error
}

var _ Store = (*Folder)(nil)

// OpenFolder opens the folder at path, or makes it where its parent exists. It holds nothing open.
func OpenFolder(path string) (*Folder, error) {
	root, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	f := &Folder{root: root}
	if err := f.makeDir(root); err != nil {
		return nil, fail("open the folder", err)
	}
	if err := f.makeDir(filepath.Join(root, stagingName)); err != nil {
		return nil, fail("open the folder", err)
	}
	lock, err := os.OpenFile(filepath.Join(root, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fail("open the folder", err)
	}
	return f, fail("open the folder", lock.Close())
}

// Stage takes content in; see Store.
func (f *Folder) Stage(ctx context.Context, r io.Reader, max int64) (_ Staged, err error) {
	if max < 0 {
		return nil, fmt.Errorf("blob: stage: at most %d bytes is not a bound", max)
	}
	file, err := os.CreateTemp(filepath.Join(f.root, stagingName), "in-")
	if err != nil {
		return nil, fail("stage", err)
	}
	s := &stagedFile{folder: f, file: file, path: file.Name()}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Drop())
		}
	}()
	if err := f.at("staged"); err != nil {
		return nil, err
	}
	h := sha256.New()
	s.size, err = io.Copy(io.MultiWriter(h, file), &bounded{ctx: ctx, r: r, most: max, left: max})
	if err != nil {
		return nil, fail("stage", err)
	}
	s.hash = hex.EncodeToString(h.Sum(nil))
	return s, nil
}

// bounded reads at most so many bytes (0: no bound), and ends with its context.
type bounded struct {
	ctx        context.Context
	r          io.Reader
	most, left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	if b.most == 0 {
		return b.r.Read(p)
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if int64(n) > b.left {
		return 0, fmt.Errorf("%w: it has more than %d bytes", ErrTooLarge, b.most)
	}
	b.left -= int64(n)
	return n, err
}

// Open opens kept content; see Store. The whole content is read and compared with its hash before the first byte is given.
func (f *Folder) Open(ctx context.Context, hash string) (_ File, err error) {
	path, err := f.path(hash)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrNotFound, hash)
	}
	if err != nil {
		return nil, fail("open "+hash, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close())
		}
	}()
	h := sha256.New()
	size, err := io.Copy(h, &bounded{ctx: ctx, r: file})
	if err != nil {
		return nil, fail("open "+hash, err)
	}
	if found := hex.EncodeToString(h.Sum(nil)); found != hash {
		return nil, fmt.Errorf("%w: %s holds %d bytes with the hash %s: restore the file from a backup", ErrCorrupt, path, size, found)
	}
	return &keptFile{file, size}, nil
}

// keptFile is kept content that was compared with its hash.
type keptFile struct {
	*os.File
	size int64
}

func (k *keptFile) Size() int64 { return k.size }

// Has reports whether content is kept; see Store. It does not read the content.
func (f *Folder) Has(ctx context.Context, hash string) (bool, error) {
	path, err := f.path(hash)
	if err != nil {
		return false, err
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	info, err := os.Lstat(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil && info.Mode().IsRegular(), fail("look for "+hash, err)
}

// path is where content is kept. Only a hash leads to a path: no other string reaches the file system.
func (f *Folder) path(hash string) (string, error) {
	if !isHash(hash) {
		if len(hash) > 2*sha256.Size {
			hash = hash[:2*sha256.Size] + "..."
		}
		return "", fmt.Errorf("%w: %q", ErrInvalid, hash)
	}
	return filepath.Join(f.root, hash[:2], hash), nil
}

func isHash(s string) bool {
	if len(s) != 2*sha256.Size {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// makeDir makes a folder unless it is there, and makes its name durable.
func (f *Folder) makeDir(path string) error {
	err := os.Mkdir(path, ownerOnly)
	if errors.Is(err, os.ErrExist) {
		info, err := os.Stat(path)
		if err == nil && !info.IsDir() {
			err = fmt.Errorf("%s is not a folder", path)
		}
		return err
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// at is a place where a test may end the process.
func (f *Folder) at(name string) error {
	if f.step == nil {
		return nil
	}
	return f.step(name)
}

// fail gives an error of the file system its place and its sentinel.
func fail(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("blob: %s: %w: %w", doing, ErrFull, err)
	}
	return fmt.Errorf("blob: %s: %w", doing, err)
}

package host

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

const (
	// folderPrefix begins the name of a host's own folder below Options.Run, lockName is the file in it that the host keeps locked.
	folderPrefix = "h"
	lockName     = "lock"
	// maxSocket is the longest name of a socket that every system takes; below a plugin's own folder, go-plugin takes 38 bytes of it.
	maxSocket    = 103
	belowProcess = len("/plugin-dir1234567890/plugin1234567890") + len("/p1234567890")
)

// runDir is the folder of one host below Options.Run. It is made when it is first needed.
type runDir struct {
	base string
	mu   sync.Mutex
	path string
	lock *os.File
	// unlocked is called while a lock is made and not taken, when another host can sweep; nil but in tests.
	unlocked func(lock string)
}

// make gives the folder of the process number n of a plugin. The first call sweeps what dead hosts left.
func (d *runDir) make(n uint64) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.path == "" {
		if err := d.open(); err != nil {
			return "", err
		}
	}
	path := filepath.Join(d.path, "p"+strconv.FormatUint(n, 10))
	if err := os.Mkdir(path, 0o700); err != nil {
		return "", err
	}
	return path, os.Mkdir(filepath.Join(path, "tmp"), 0o700)
}

func (d *runDir) open() error {
	base, err := d.openBase()
	if err != nil {
		return err
	}
	sweep(base)
	// Another host may sweep the new folder in the moment before its lock is taken.
	for tries := 0; ; tries++ {
		if err = d.openIn(base); !errors.Is(err, errSwept) || tries == 5 {
			return err
		}
	}
}

var errSwept = errors.New("the lock of a new folder is taken")

func (d *runDir) openIn(base string) error {
	path, err := os.MkdirTemp(base, folderPrefix)
	if err != nil {
		return err
	}
	if runtime.GOOS != "windows" && len(path)+belowProcess > maxSocket {
		_ = os.Remove(path)
		return fmt.Errorf("the name of the folder %s is too long by %d bytes for sockets in it", base, len(path)+belowProcess-maxSocket)
	}
	lock, err := os.OpenFile(filepath.Join(path, lockName), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil && d.unlocked != nil {
		d.unlocked(lock.Name())
	}
	if err == nil && (!tryLock(lock) || !isThere(lock.Name())) {
		err = errSwept
	}
	if err != nil {
		_ = lock.Close()
		return errors.Join(err, os.RemoveAll(path))
	}
	d.path, d.lock = path, lock
	return nil
}

// isThere tells a lock from one that was had only after another host had removed the folder and let go.
func isThere(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// openBase makes the folder that hosts share, and refuses one that others can write.
func (d *runDir) openBase() (string, error) {
	base, err := d.name()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(base, 0o700); err != nil {
		return "", err
	}
	info, err := os.Lstat(base)
	if err != nil {
		return "", err
	}
	if !info.IsDir() || !isPrivate(info) {
		return "", fmt.Errorf("the folder %s must be this user's and closed to others (mode 0700)", base)
	}
	return base, nil
}

// name is the whole name of the folder that hosts share.
func (d *runDir) name() (string, error) {
	if d.base != "" {
		return filepath.Abs(d.base)
	}
	// Not the folder for temporary files: what others put into a parent of the copies, an interpreter may load.
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("this user has no folder for caches, and Options.Run is empty: %w", err)
	}
	return filepath.Join(cache, "icms"), nil
}

// guarded refuses a folder that has a parent in which others can write. An interpreter looks for modules and settings in the parents of a script
// too, which no digest covers.
func (d *runDir) guarded() error {
	base, err := filepath.EvalSymlinks(filepath.Dir(d.path))
	if err != nil {
		return err
	}
	for parent := filepath.Dir(base); ; parent = filepath.Dir(parent) {
		info, err := os.Lstat(parent)
		if err != nil {
			return err
		}
		if !isGuarded(info) {
			return fmt.Errorf("others can write in %s, above the folder %s, and interpreters look for code there", parent, base)
		}
		if parent == filepath.Dir(parent) {
			return nil
		}
	}
}

// close removes the folder.
func (d *runDir) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.path == "" {
		return nil
	}
	err := errors.Join(d.lock.Close(), os.RemoveAll(d.path))
	d.path = ""
	return err
}

// sweep removes the folders of hosts that are dead, and ends what their plugins had started: those whose lock can be had. A folder without a lock is one that a host is just making, or
// whose host died in that moment; it is empty and stays.
func sweep(base string) {
	entries, err := os.ReadDir(base)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), folderPrefix) {
			continue
		}
		lock, err := os.OpenFile(filepath.Join(base, e.Name(), lockName), os.O_RDWR, 0)
		if err != nil {
			continue
		}
		if tryLock(lock) {
			killOrphans(filepath.Join(base, e.Name()))
			_ = os.RemoveAll(filepath.Join(base, e.Name()))
		}
		_ = lock.Close()
	}
}

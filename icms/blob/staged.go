package blob

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// stagedFile is a file on its way into a folder. It holds a file open until it is dropped.
type stagedFile struct {
	folder *Folder
	hash   string
	size   int64

	mu sync.RWMutex
	// file is open at path, which is in the staging folder until the content is kept.
	file          *os.File
	path          string
	kept, dropped bool
}

func (s *stagedFile) Hash() string { return s.hash }
func (s *stagedFile) Size() int64  { return s.size }

// ReadAt reads the content, kept or not.
func (s *stagedFile) ReadAt(p []byte, off int64) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.file == nil {
		return 0, fail("read staged content", fs.ErrClosed)
	}
	return s.file.ReadAt(p, off)
}

// Keep makes the content durable and visible: the bytes first, then the name. Content that is kept already is replaced by itself, which
// makes it young again for a sweep.
func (s *stagedFile) Keep(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.kept:
		return nil
	case s.dropped:
		return fail("keep "+s.hash, fs.ErrClosed)
	case ctx.Err() != nil:
		return ctx.Err()
	}
	if err := s.file.Sync(); err != nil {
		return fail("keep "+s.hash, err)
	}
	if err := s.folder.at("synced"); err != nil {
		return err
	}
	return fail("keep "+s.hash, s.publish())
}

// publish gives the file its name under the shared lock, so that no sweep comes in between.
func (s *stagedFile) publish() error {
	path, err := s.folder.path(s.hash)
	if err != nil {
		return err
	}
	unlock, err := s.folder.lock(false)
	if err != nil {
		return err
	}
	defer unlock()
	if err := s.folder.makeDir(filepath.Dir(path)); err != nil {
		return err
	}
	// Not every system renames an open file.
	if err := s.file.Close(); err != nil {
		return err
	}
	s.file = nil
	if err := os.Rename(s.path, path); err != nil {
		return errors.Join(err, s.reopen(s.path))
	}
	if err := s.folder.at("renamed"); err != nil {
		return err
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return errors.Join(err, s.reopen(path))
	}
	s.kept = true
	return s.reopen(path)
}

func (s *stagedFile) reopen(path string) (err error) {
	s.path = path
	s.file, err = os.Open(path)
	return err
}

// Drop lets go of the content; see Staged.
func (s *stagedFile) Drop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dropped {
		return nil
	}
	s.dropped = true
	var err error
	if s.file != nil {
		err = s.file.Close()
		s.file = nil
	}
	if !s.kept && filepath.Dir(s.path) == filepath.Join(s.folder.root, stagingName) {
		if gone := os.Remove(s.path); !errors.Is(gone, fs.ErrNotExist) { // a sweep may have been quicker
			err = errors.Join(err, gone)
		}
	}
	return fail("drop staged content", err)
}

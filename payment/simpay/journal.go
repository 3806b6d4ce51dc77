package simpay

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

// Journal keeps what a Sim has to know after its program was killed. One Sim at a time writes to it.
type Journal interface {
	// Entries gives all entries in the order in which they were appended. It is read once, before anything is appended.
	Entries() iter.Seq2[[]byte, error]
	// Append adds an entry. It is called by one goroutine at a time.
	Append(entry []byte) error
	// Sync returns when every entry that was appended before the call will be there after a crash. Many may call it at once.
	Sync() error
}

// FileJournal is a journal in a file: a line for each entry, with a checksum before it.
type FileJournal struct {
	f *os.File
	// written and synced count the entries that were appended, and those of them that are certain.
	mu      sync.Mutex
	written int64

	syncing sync.Mutex
	synced  int64
}

// OpenJournal opens or makes the file of a journal. An entry at its end that was not written whole, as a kill leaves it, is removed: nobody
// was told of it. Anything else that is damaged is an error that names the place. The file is locked, so that another program can't have it at
// the same time, where the system can do that.
func OpenJournal(path string) (*FileJournal, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrJournal, err)
	}
	j := &FileJournal{f: f}
	if err := lock(f); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s is in use by another program: %w", ErrJournal, path, err), f.Close())
	}
	if err := j.mend(); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrJournal, path, err), f.Close())
	}
	return j, nil
}

// mend finds the end of the last whole entry and cuts off what follows.
func (j *FileJournal) mend() error {
	end := int64(0)
	for entry, err := range j.Entries() {
		if err != nil {
			return err
		}
		end += framed(entry)
	}
	if err := j.f.Truncate(end); err != nil {
		return err
	}
	if _, err := j.f.Seek(end, io.SeekStart); err != nil {
		return err
	}
	if err := j.f.Sync(); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(j.f.Name()))
}

// Entries gives the entries of the file.
func (j *FileJournal) Entries() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		in := bufio.NewReaderSize(io.NewSectionReader(j.f, 0, 1<<62), 1<<16)
		for at := int64(0); ; {
			text, err := in.ReadBytes('\n')
			if errors.Is(err, io.EOF) {
				return // what is left has no end: it was never whole
			}
			if err != nil {
				yield(nil, err)
				return
			}
			entry, ok := unframe(text)
			if !ok {
				yield(nil, fmt.Errorf("the entry at byte %d is damaged: restore the file", at))
				return
			}
			if !yield(entry, nil) {
				return
			}
			at += int64(len(text))
		}
	}
}

// frame puts the checksum before an entry and an end after it.
func frame(entry []byte) []byte {
	line := fmt.Appendf(make([]byte, 0, framed(entry)), "%08x ", crc32.ChecksumIEEE(entry))
	return append(append(line, entry...), '\n')
}

// framed is how long an entry is in the file.
func framed(entry []byte) int64 { return int64(len(entry)) + 10 }

// unframe undoes frame.
func unframe(line []byte) ([]byte, bool) {
	sum, entry, ok := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
	if !ok || len(sum) != 8 {
		return nil, false
	}
	want, err := strconv.ParseUint(string(sum), 16, 32)
	return entry, err == nil && uint32(want) == crc32.ChecksumIEEE(entry)
}

// Append writes an entry behind the last. It is kept by the system at once, and by the disk after Sync. An entry has no line ends.
func (j *FileJournal) Append(entry []byte) error {
	if bytes.IndexByte(entry, '\n') >= 0 {
		return errors.New("an entry has a line end")
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := j.f.Write(frame(entry)); err != nil {
		return err
	}
	j.written++
	return nil
}

// Sync has the disk keep what was appended. Those who call at the same time share one wait.
func (j *FileJournal) Sync() error {
	j.mu.Lock()
	want := j.written
	j.mu.Unlock()
	j.syncing.Lock()
	defer j.syncing.Unlock()
	if j.synced >= want {
		return nil
	}
	j.mu.Lock()
	all := j.written
	j.mu.Unlock()
	if err := j.f.Sync(); err != nil {
		return err
	}
	j.synced = all
	return nil
}

// Close closes the file. Nothing may be appended after it.
func (j *FileJournal) Close() error { return j.f.Close() }

package storewire

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"syscall"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/protobuf/proto"
)

// spool keeps the parts of one change until they are applied: in memory while there is some, then in a temporary file that has no name
// where the system allows it and is readable by its owner alone.
type spool struct {
	memory *budget
	held   int64
	parts  [][]store.Put
	file   *os.File
	// name is the name that the file still has.
	name   string
	out    *bufio.Writer
	buffer []byte
	size   int64
}

// add keeps a message.
func (s *spool) add(m *storev1.Puts) error {
	n := int64(proto.Size(m))
	if s.file == nil && s.memory.take(n) {
		s.held += n
		s.parts = append(s.parts, putsIn(m.GetPuts()))
		return nil
	}
	return spoolTrouble(s.write(m))
}

// write adds a message to the file, after its length.
func (s *spool) write(m *storev1.Puts) (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "icms-parts-"); err != nil {
			return err
		}
		if os.Remove(s.file.Name()) != nil {
			s.name = s.file.Name() // some systems keep the name of a file that is open
		}
		s.out = bufio.NewWriterSize(s.file, goodMessage)
	}
	if s.buffer, err = (proto.MarshalOptions{}).MarshalAppend(append(s.buffer[:0], 0, 0, 0, 0), m); err != nil {
		return err
	}
	binary.BigEndian.PutUint32(s.buffer, uint32(len(s.buffer)-4))
	s.size += int64(len(s.buffer))
	_, err = s.out.Write(s.buffer)
	return err
}

// finish ends the adding.
func (s *spool) finish() error {
	if s.out == nil {
		return nil
	}
	err := s.out.Flush()
	s.out, s.buffer = nil, nil
	return spoolTrouble(err)
}

// all gives the parts, as often as they are asked for.
func (s *spool) all() iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		for _, part := range s.parts {
			if !yield(part, nil) {
				return
			}
		}
		if s.file == nil {
			return
		}
		r := bufio.NewReaderSize(io.NewSectionReader(s.file, 0, s.size), goodMessage)
		var buffer []byte
		for {
			part, err := nextPart(r, &buffer)
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(part, spoolTrouble(err)) || err != nil {
				return
			}
		}
	}
}

func nextPart(r io.Reader, buffer *[]byte) ([]store.Put, error) {
	var length [4]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return nil, err
	}
	if n := int(binary.BigEndian.Uint32(length[:])); n > cap(*buffer) {
		*buffer = make([]byte, n)
	} else {
		*buffer = (*buffer)[:n]
	}
	if _, err := io.ReadFull(r, *buffer); err != nil {
		return nil, fmt.Errorf("it ends within a part: %v", err) // no io.EOF, which would end the parts in good order
	}
	var m storev1.Puts
	if err := proto.Unmarshal(*buffer, &m); err != nil {
		return nil, err
	}
	return putsIn(m.GetPuts()), nil
}

// close gives back memory and file.
func (s *spool) close() {
	s.memory.give(s.held)
	s.held, s.parts = 0, nil
	if s.file == nil {
		return
	}
	_ = s.file.Close()
	if s.name != "" {
		_ = os.Remove(s.name)
	}
	s.file = nil
}

// spoolTrouble gives an error of the temporary file its place. Nothing was committed.
func spoolTrouble(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: the temporary folder %s, where parts wait: %w", store.ErrFull, os.TempDir(), err)
	}
	return fmt.Errorf("keeping the parts of the change in a temporary file: %w", err)
}

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"courts.example/eservices/icms/store"
)

// Store is a store.Store in a SQLite database. It is safe for any number of goroutines, and for several processes on one file.
type Store struct {
	options Options
	writer  *sql.DB
	reader  *sql.DB
	// own says that the pools are ours: to be closed, and the writer's one connection kept.
	own    bool
	closed atomic.Bool
	// turn holds one token while a goroutine writes.
	turn chan struct{}
	// queue holds the changes that wait to be applied together.
	queue queue
	// kept is the writer's connection between two writes, guarded by turn.
	kept *lent
	// reads are the statements of the reader, by their text.
	reads map[string]*sql.Stmt
	// step is called before each statement of a write, when a test has set it.
	step func(query string) error
}

var _ store.Store = (*Store)(nil)

// Open opens or makes the database file at o.Path and brings its tables up to date. It starts no goroutine of its own; Close ends
// it. Errors: store.ErrCorrupt for a file that is no database or a damaged one, ErrNewer, store.ErrBusy, store.ErrFull.
func Open(ctx context.Context, o Options) (*Store, error) {
	o, err := o.check()
	if err != nil {
		return nil, err
	}
	write, err := o.dsn(writerWait, "cache_size(-65536)")
	if err != nil {
		return nil, err
	}
	read, err := o.dsn(o.Wait, "cache_size(-8192)", "query_only(1)")
	if err != nil {
		return nil, err
	}
	if err := touch(o.Path); err != nil {
		return nil, fail("open "+o.Path, err)
	}
	s := &Store{options: o, own: true}
	if s.writer, err = sql.Open("sqlite", write); err != nil {
		return nil, fail("open "+o.Path, err)
	}
	s.writer.SetMaxOpenConns(1)
	if s.reader, err = sql.Open("sqlite", read); err != nil {
		return nil, errors.Join(fail("open "+o.Path, err), s.writer.Close())
	}
	s.reader.SetMaxOpenConns(o.Readers)
	s.reader.SetMaxIdleConns(o.Readers)
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", o.Path, err), s.Close())
	}
	return s, nil
}

// New keeps a store in the embedder's own database, beside the embedder's tables, and brings its tables (all named icms_...) up to
// date. Both pools must be of the driver "sqlite" of modernc.org/sqlite; [DSN] gives the name to open them with. A nil reader
// means the writer's pool, which must then allow more than one connection, for [store.Change.Parts] may read while a change is
// being written. The pools stay the embedder's: Close leaves them open.
func New(ctx context.Context, writer, reader *sql.DB, o Options) (*Store, error) {
	o, err := o.check()
	if err != nil {
		return nil, err
	}
	if writer == nil {
		return nil, errors.New("sqlite: New needs the embedder's *sql.DB")
	}
	if reader == nil {
		if writer.Stats().MaxOpenConnections == 1 {
			return nil, errors.New("sqlite: the pool allows one connection only: allow more, or give a second pool to read from")
		}
		reader = writer
	}
	s := &Store{options: o, writer: writer, reader: reader}
	if err := s.checkSettings(ctx); err != nil {
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// start brings the tables up to date and prepares what is read.
func (s *Store) start(ctx context.Context) error {
	s.turn = make(chan struct{}, 1)
	if err := s.migrate(ctx); err != nil {
		return err
	}
	s.reads = map[string]*sql.Stmt{}
	for _, query := range readQueries() {
		stmt, err := s.reader.PrepareContext(ctx, query)
		if err != nil {
			return fail("prepare to read", err)
		}
		s.reads[query] = stmt
	}
	return nil
}

// Close ends the store: it waits for the write that is under way, and every later call fails with store.ErrClosed. Closing again
// does nothing.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	if s.turn != nil {
		s.turn <- struct{}{}
		defer s.endTurn()
	}
	var all error
	for _, stmt := range s.reads {
		all = errors.Join(all, stmt.Close())
	}
	if !s.own {
		return all
	}
	if s.kept != nil {
		all = errors.Join(all, s.kept.close(false))
		s.kept = nil
	}
	return errors.Join(all, s.reader.Close(), s.writer.Close())
}

// checkSettings refuses a pool that could not keep the promises.
func (s *Store) checkSettings(ctx context.Context) error {
	var mode string
	var synchronous int
	if err := s.writer.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return fail("read the settings of the pool", err)
	}
	if err := s.writer.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous); err != nil {
		return fail("read the settings of the pool", err)
	}
	least := 2 // FULL
	if s.options.Durability == Process {
		least = 1 // NORMAL
	}
	if mode != "wal" || synchronous < least {
		return fmt.Errorf("sqlite: the pool has journal_mode %s and synchronous %d, needed are wal and %d or more: open it with DSN", mode, synchronous, least)
	}
	return nil
}

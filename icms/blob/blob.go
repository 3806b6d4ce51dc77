package blob

import (
	"context"
	"errors"
	"io"
)

// The kinds of failure; test with errors.Is.
var (
	// ErrNotFound says that no content of that hash is kept.
	ErrNotFound = errors.New("blob: not found")
	// ErrCorrupt says that what is kept under a hash has another one: stop and restore.
	ErrCorrupt = errors.New("blob: content does not match its hash")
	// ErrFull says that the disk or quota is full. Nothing was kept.
	ErrFull = errors.New("blob: storage is full")
	// ErrTooLarge says that content is longer than the caller allowed.
	ErrTooLarge = errors.New("blob: content is too large")
)

// Store keeps bytes under the SHA-256 of their content, in lower-case hex. Content is never changed; keeping the same content twice
// keeps it once. Every method is safe for concurrent use, by several processes too.
type Store interface {
	// Stage takes in everything that r gives, up to max bytes (0: no bound), and computes its hash. Nothing is visible to others until
	// Keep; Drop takes it back. An error leaves nothing, or what a sweep takes away.
	Stage(ctx context.Context, r io.Reader, max int64) (Staged, error)
	// Open opens kept content for reading. Bytes that no longer match the hash give ErrCorrupt, at the latest when the last one is read.
	Open(ctx context.Context, hash string) (File, error)
	// Has reports whether content is kept.
	Has(ctx context.Context, hash string) (bool, error)
}

// Staged is content that was taken in and is not kept yet. It can be read at any place until Drop, and also after Keep until the
// caller drops it, which then only lets go of it.
type Staged interface {
	io.ReaderAt
	// Hash is the content's SHA-256 in lower-case hex, Size its length in bytes.
	Hash() string
	Size() int64
	// Keep makes the content durable and visible; when it returns nil, a crash can't lose it. Keeping twice does nothing more.
	Keep(ctx context.Context) error
	// Drop lets go of the content: what was not kept is gone. Dropping twice does nothing more.
	Drop() error
}

// File is kept content, open for reading at any place.
type File interface {
	io.ReaderAt
	io.Closer
	// Size is the length in bytes.
	Size() int64
}

package store

import (
	"errors"
	"fmt"
)

// The kinds of failure; test with errors.Is.
var (
	// ErrNotFound says that there is no such record.
	ErrNotFound = errors.New("store: not found")
	// ErrVersion says that a record is not at the expected version; it is wrapped by a *VersionError.
	ErrVersion = errors.New("store: the record has changed")
	// ErrTaken says that another record carries a unique key; it is wrapped by a *TakenError.
	ErrTaken = errors.New("store: key taken")
	// ErrShort says that a sum would fall below its floor; it is wrapped by a *ShortError.
	ErrShort = errors.New("store: sum below its floor")
	// ErrLease says that a lease had passed to another claimer.
	ErrLease = errors.New("store: lease lost")
	// ErrInvalid says that a change or a query breaks a rule of this package: an empty id, a key too long.
	ErrInvalid = errors.New("store: invalid")
	// ErrBusy says that the storage was locked by others for longer than it waits. Nothing was committed; try again.
	ErrBusy = errors.New("store: busy")
	// ErrFull says that the disk or quota is full. Nothing was committed.
	ErrFull = errors.New("store: storage is full")
	// ErrCorrupt says that what is kept can't be trusted: stop and restore.
	ErrCorrupt = errors.New("store: storage is corrupt")
	// ErrClosed says that the store was closed.
	ErrClosed = errors.New("store: closed")
)

// VersionError is an ErrVersion with its place.
type VersionError struct {
	Kind, ID string
	// Expected and Found are versions; 0 stands for "no such record".
	Expected, Found int64
}

// Error names the record and both versions.
func (e *VersionError) Error() string {
	return fmt.Sprintf("%v: %s %q is at version %d, expected %d", ErrVersion, e.Kind, e.ID, e.Found, e.Expected)
}

// Unwrap gives ErrVersion.
func (e *VersionError) Unwrap() error { return ErrVersion }

// TakenError is an ErrTaken with the key and the record that holds it.
type TakenError struct {
	Index, Key string
	// Kind and ID name the holder.
	Kind, ID string
}

// Error names the key and its holder.
func (e *TakenError) Error() string {
	return fmt.Sprintf("%v: %q in %s belongs to %s %q", ErrTaken, e.Key, e.Index, e.Kind, e.ID)
}

// Unwrap gives ErrTaken.
func (e *TakenError) Unwrap() error { return ErrTaken }

// ShortError is an ErrShort with its numbers.
type ShortError struct {
	Name string
	// Have is the sum before the change, Delta what was to be added, Floor the least it may be.
	Have, Delta, Floor int64
}

// Error names the sum and what was missing.
func (e *ShortError) Error() string {
	return fmt.Sprintf("%v: %s has %d, a change of %d would pass the floor %d", ErrShort, e.Name, e.Have, e.Delta, e.Floor)
}

// Unwrap gives ErrShort.
func (e *ShortError) Unwrap() error { return ErrShort }

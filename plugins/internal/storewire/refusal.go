package storewire

import (
	"errors"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// kinds pairs the sentinels with their numbers on the wire. The first that fits counts.
var kinds = [...]struct {
	kind storev1.ErrorKind
	err  error
}{
	{storev1.ErrorKind_ERROR_KIND_VERSION, store.ErrVersion},
	{storev1.ErrorKind_ERROR_KIND_TAKEN, store.ErrTaken},
	{storev1.ErrorKind_ERROR_KIND_SHORT, store.ErrShort},
	{storev1.ErrorKind_ERROR_KIND_LEASE, store.ErrLease},
	{storev1.ErrorKind_ERROR_KIND_INVALID, store.ErrInvalid},
	{storev1.ErrorKind_ERROR_KIND_BUSY, store.ErrBusy},
	{storev1.ErrorKind_ERROR_KIND_FULL, store.ErrFull},
	{storev1.ErrorKind_ERROR_KIND_CORRUPT, store.ErrCorrupt},
	{storev1.ErrorKind_ERROR_KIND_CLOSED, store.ErrClosed},
	{storev1.ErrorKind_ERROR_KIND_NOT_FOUND, store.ErrNotFound},
}

// refusal is an error of the store behind the wire: its own words, and the error of package store that it was.
type refusal struct {
	words string
	cause error
}

func (r *refusal) Error() string { return r.words }
func (r *refusal) Unwrap() error { return r.cause }

// errUnsaid is an error of the store that is none of package store.
var errUnsaid = errors.New("the store behind the wire has failed")

// refusalOut writes an error for the wire.
func refusalOut(err error) *storev1.StoreError {
	e := &storev1.StoreError{Text: wire.Clean(err.Error())}
	for _, k := range kinds {
		if errors.Is(err, k.err) {
			e.Kind = k.kind
			break
		}
	}
	var version *store.VersionError
	var taken *store.TakenError
	var floor *store.ShortError
	switch {
	case errors.As(err, &version):
		e.RecordKind, e.RecordId, e.Expected, e.Found = text(version.Kind), text(version.ID), version.Expected, version.Found
	case errors.As(err, &taken):
		e.Index, e.Key, e.RecordKind, e.RecordId = text(taken.Index), text(taken.Key), text(taken.Kind), text(taken.ID)
	case errors.As(err, &floor):
		e.Sum, e.Have, e.Delta, e.Floor = text(floor.Name), floor.Have, floor.Delta, floor.Floor
	}
	return e
}

// refusalIn reads an error from the wire. A kind that is not known is told as a failure of which nothing is known.
func refusalIn(e *storev1.StoreError) error {
	r := &refusal{words: wire.Clean(e.GetText()), cause: errUnsaid}
	switch e.GetKind() {
	case storev1.ErrorKind_ERROR_KIND_VERSION:
		r.cause = &store.VersionError{Kind: e.RecordKind, ID: e.RecordId, Expected: e.Expected, Found: e.Found}
	case storev1.ErrorKind_ERROR_KIND_TAKEN:
		r.cause = &store.TakenError{Index: e.Index, Key: e.Key, Kind: e.RecordKind, ID: e.RecordId}
	case storev1.ErrorKind_ERROR_KIND_SHORT:
		r.cause = &store.ShortError{Name: e.Sum, Have: e.Have, Delta: e.Delta, Floor: e.Floor}
	default:
		for _, k := range kinds {
			if k.kind == e.GetKind() {
				r.cause = k.err
			}
		}
	}
	if r.words == "" {
		r.words = r.cause.Error()
	}
	return r
}

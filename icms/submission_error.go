package icms

import (
	"errors"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// ErrRefused says that the court's rules do not let something be done; it is wrapped by a *RefusalError.
var ErrRefused = errors.New("icms: refused")

// RefusalError is an ErrRefused with the finding that says why, by a code of the catalogue and in every language of it.
type RefusalError struct {
	Finding filing.Finding
}

// Error is the finding in English.
func (e *RefusalError) Error() string { return ErrRefused.Error() + ": " + e.Finding.String() }

// Text is the sentence of the finding in every language.
func (e *RefusalError) Text() law.Text { return e.Finding.Text() }

// Unwrap gives ErrRefused.
func (e *RefusalError) Unwrap() error { return ErrRefused }

func refuse(f filing.Finding) error { return &RefusalError{Finding: f} }

func isNotFound(err error) bool { return errors.Is(err, ErrNotFound) }

package icms

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/blob"
)

// Delivery is the proof that a paper of the court was delivered to a box, and whether it was read.
type Delivery struct {
	// Message is the message that brought it, To whose box it is, For the parties for whom.
	Message string
	To      string
	For     []string
	// At is the instant of delivery, Digest that of what was delivered; it is proven by the audit chain like every record.
	At     time.Time
	Digest string
	// Read says who opened it first, and when; nil while nobody has.
	Read *Reading
}

// Deliveries gives the deliveries of a paper of the court, in the order of the boxes, for the court itself: also of a sealed case. A party of
// Document.To that is in none of them has no box. A message that is no longer what was delivered is store.ErrCorrupt.
func (r Registry) Deliveries(ctx context.Context, court, number string, serial int) ([]Delivery, error) {
	s := r.s
	if _, err := s.court(court); err != nil {
		return nil, err
	}
	if _, err := s.document(ctx, court, number, serial); err != nil {
		return nil, err
	}
	var out []Delivery
	for m, err := range s.messagesAbout(ctx, court, number) {
		if err != nil {
			return nil, err
		}
		if m.Document == serial {
			out = append(out, Delivery{Message: m.ID, To: m.To, For: m.For, At: m.At, Digest: m.Digest, Read: m.Read})
		}
	}
	return out, nil
}

// Paper gives the paper of the court that a message brings, and counts as opening it. A message that brings none is ErrNotFound.
func (m Messages) Paper(ctx context.Context, id string, by Filer) (Document, error) {
	d, err := m.paper(ctx, id, by)
	if err != nil {
		return Document{}, err
	}
	return *d, nil
}

// File opens a file, counted from 0, of the paper of the court that a message brings, and counts as opening the message. The caller closes
// the file.
func (m Messages) File(ctx context.Context, id string, by Filer, file int) (blob.File, error) {
	d, err := m.paper(ctx, id, by)
	if err != nil {
		return nil, err
	}
	return m.s.openFile(ctx, d, file)
}

func (m Messages) paper(ctx context.Context, id string, by Filer) (*Document, error) {
	opened, err := m.Open(ctx, id, by)
	if err != nil {
		return nil, err
	}
	if opened.Document == 0 {
		return nil, fmt.Errorf("%w: message %s brings no paper", ErrNotFound, id)
	}
	return m.s.document(ctx, opened.Court, opened.About, opened.Document)
}

package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
)

// Open gives a message to somebody of the registered user to whom it was sent. The first opening is kept, with its instant; later ones
// change nothing. One that is another's, or about a case that is sealed, is not there.
func (m Messages) Open(ctx context.Context, id string, by Filer) (Message, error) {
	s := m.s
	for range maxTries {
		kept, err := s.message(ctx, id, by)
		if err != nil || kept.Read != nil {
			return kept.Message, err
		}
		d, err := s.court(kept.Court)
		if err != nil {
			return Message{}, err
		}
		at := s.now()
		kept.Read = &Reading{By: by, At: at.In(d.court.Zone())}
		put, err := kept.put()
		if err != nil {
			return Message{}, err
		}
		change := "read/" + id
		_, err = s.apply(ctx, store.Change{
			ID: change, At: at, Puts: []store.Put{put}, Chain: chain(d.court, at), Note: note("message read", by, "message", id),
			Events: []store.Event{event(at, kept.stream(), change, EventMessageRead,
				map[string]any{"court": kept.Court, "message": id, "about": kept.About, "to": kept.To})},
		})
		switch {
		case err == nil || errors.Is(err, store.ErrVersion):
			continue // as it is kept now
		default:
			return Message{}, fmt.Errorf("icms: opening message %s: %w", id, err)
		}
	}
	return Message{}, overtaken("the opening of message " + id)
}

// stream is the stream of the events of a message: that of the case of whose papers it brings one, else that of the box.
func (m *keptMessage) stream() string {
	if m.Document > 0 {
		return caseStream(m.Court, m.About)
	}
	return "box/" + m.To
}

// message reads a message for somebody of the registered user to whom it was sent.
func (s *Service) message(ctx context.Context, id string, by Filer) (*keptMessage, error) {
	none := new(keptMessage)
	rec, err := s.store.Get(ctx, kindMessage, id)
	if err != nil {
		return none, notFound(err, "message %s", id)
	}
	kept, err := readMessage(rec)
	if err != nil {
		return none, err
	}
	if kept.Withheld || kept.To != by.Organisation {
		return none, fmt.Errorf("%w: message %s", ErrNotFound, id)
	}
	return kept, nil
}

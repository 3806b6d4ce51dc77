package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// Message is a message in the box of a registered user. It is put there by the very change that does what it tells of: that it is kept is
// the proof that it was delivered, at the instant At.
type Message struct {
	ID      string    `json:"id"`
	Court   string    `json:"court"`
	To      string    `json:"to"`
	At      time.Time `json:"at"`
	Subject law.Text  `json:"subject"`
	Body    law.Text  `json:"body"`
	// About names the acknowledgement, batch or case that the message is about.
	About string `json:"about,omitempty"`
	// Document is the serial of the paper of the court that it brings, 0 for none; Content is the SHA-256 of that paper, in hex. For are the
	// parties as whose member or representative the registered user gets it.
	Document int      `json:"document,omitempty"`
	Content  string   `json:"content,omitempty"`
	For      []string `json:"for,omitempty"`
	// Digest is the SHA-256 in hex of the JSON of all fields before it: what was delivered.
	Digest string `json:"digest,omitempty"`
	// Read says who opened it first, and when; nil while nobody has.
	Read *Reading `json:"read,omitempty"`
}

// Reading is the first opening of a message.
type Reading struct {
	By Filer     `json:"by"`
	At time.Time `json:"at"`
}

// Head is the message without what it says: what a box shows of a message that is not open.
func (m Message) Head() Message {
	m.Body = nil
	return m
}

// sealed gives the message with its digest.
func (m Message) sealed() (Message, error) {
	read := m.Read
	m.Digest, m.Read = "", nil
	b, err := json.Marshal(m)
	if err != nil {
		return m, fmt.Errorf("icms: message %s: %w", m.ID, err)
	}
	sum := sha256.Sum256(b)
	m.Digest, m.Read = hex.EncodeToString(sum[:]), read
	return m, nil
}

// keptMessage is a message as it is kept.
type keptMessage struct {
	Message
	// Withheld says that it is about a case that is sealed: it is in no box until the case is opened again.
	Withheld bool `json:"withheld,omitempty"`

	version int64
}

// EventMessageRead is the type of event of the first opening of a message.
const EventMessageRead = "icms.message.read"

// The indexes of messages, beside indexInbox.
const (
	indexUnread = "inbox.unread"  // registered user
	indexAbout  = "message.about" // court, what it is about
)

// messagePut makes the store.Put of a new message.
func messagePut(m Message) (store.Put, error) {
	m, err := m.sealed()
	if err != nil {
		return store.Put{}, err
	}
	return (&keptMessage{Message: m}).put()
}

// put makes the store.Put that moves the message on from the version it was read at.
func (m *keptMessage) put() (store.Put, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return store.Put{}, fmt.Errorf("icms: message %s: %w", m.ID, err)
	}
	p := store.Put{Kind: kindMessage, ID: m.ID, Body: body, Expect: m.version}
	if m.About != "" {
		p.Index = append(p.Index, store.Entry{Index: indexAbout, Key: clip(key(m.Court, m.About))})
	}
	if m.Withheld {
		return p, nil
	}
	p.Index = append(p.Index, store.Entry{Index: indexInbox, Key: m.To})
	if m.Read == nil {
		p.Index = append(p.Index, store.Entry{Index: indexUnread, Key: m.To})
	}
	return p, nil
}

// readMessage reads a kept message and holds it against its digest.
func readMessage(r store.Record) (*keptMessage, error) {
	m := &keptMessage{version: r.Version}
	if err := json.Unmarshal(r.Body, m); err != nil {
		return nil, fmt.Errorf("icms: message %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	again, err := m.sealed()
	if err == nil && again.Digest != m.Digest {
		err = fmt.Errorf("icms: message %s: %w: its digest is %.12s, what it says gives %.12s", r.ID, store.ErrCorrupt, m.Digest, again.Digest)
	}
	return m, err
}

// Inbox gives a page of the messages to a registered user, newest first, with the cursor of the next page ("" at the end). Looking at the
// list is no reading: show users the [Message.Head] of what is not read, and let [Messages.Open] give the rest.
func (m Messages) Inbox(ctx context.Context, organisation, after string, limit int) ([]Message, string, error) {
	return m.s.box(ctx, indexInbox, organisation, after, limit)
}

// Unread gives a page of the messages that nobody has opened, newest first, with the cursor of the next page.
func (m Messages) Unread(ctx context.Context, organisation, after string, limit int) ([]Message, string, error) {
	return m.s.box(ctx, indexUnread, organisation, after, limit)
}

func (s *Service) box(ctx context.Context, index, member, after string, limit int) ([]Message, string, error) {
	page, err := s.store.List(ctx, store.Query{
		Index: index, Kind: kindMessage, From: member, Until: member + "\x00", After: after, Limit: limit, Descending: true,
	})
	if err != nil {
		return nil, "", fmt.Errorf("icms: messages: %w", err)
	}
	out := make([]Message, len(page.Records))
	for i, r := range page.Records {
		kept, err := readMessage(r)
		if err != nil {
			return nil, "", err
		}
		out[i] = kept.Message
	}
	return out, page.Next, nil
}

// Open gives a message to somebody of the registered user to whom it was sent. The first opening is kept, with its instant; later ones
// change nothing. One that is another's, or about a case that is sealed, is not there.
func (m Messages) Open(ctx context.Context, id string, by Filer) (Message, error) {
	s := m.s
	for {
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
}

// messagesAbout streams the messages about a case, those withheld too, oldest first.
func (s *Service) messagesAbout(ctx context.Context, court, number string) iter.Seq2[*keptMessage, error] {
	return func(yield func(*keptMessage, error) bool) {
		about := clip(key(court, number))
		q := store.Query{Index: indexAbout, Kind: kindMessage, From: about, Until: about + "\x00"}
		for {
			page, err := s.store.List(ctx, q)
			if err != nil {
				yield(nil, fmt.Errorf("icms: messages about case %s: %w", number, err))
				return
			}
			for _, r := range page.Records {
				m, err := readMessage(r)
				if !yield(m, err) || err != nil {
					return
				}
			}
			if q.After = page.Next; q.After == "" {
				return
			}
		}
	}
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

package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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

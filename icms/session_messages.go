package icms

import (
	"context"
	"errors"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/store"
)

// messageState is whose a message is: the person's registered user's; and of an organisation's messages in a case, only for users who see it.
func (g *guard) messageState(m *Message) (access.State, error) {
	if g.member == "" || m.To != g.member {
		return access.Foreign, nil
	}
	inCase, err := g.inCase(m)
	if err != nil || !inCase {
		return access.Own, err
	}
	sees, err := g.s.members.Sees(g.ctx, g.actor, m.Court, m.About)
	if err != nil || !sees {
		return access.Foreign, err
	}
	return access.Own, nil
}

// inCase reports whether a message came in a case; others are about batches, or about the member itself.
func (g *guard) inCase(m *Message) (bool, error) {
	if len(m.For) > 0 || m.About == "" {
		return len(m.For) > 0, nil
	}
	_, err := g.s.store.Get(g.ctx, kindCase, caseID(m.Court, m.About))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Inbox gives a page of the messages to the person's registered user, newest first, with the cursor of the next page. Those in cases that
// the person does not see are left out, so a page may be short. Looking at the list is no reading: of a message that is not read it gives
// the head.
func (x *Session) Inbox(ctx context.Context, after string, limit int) ([]Message, string, error) {
	return x.box(ctx, "Inbox", indexInbox, after, limit)
}

// Unread gives a page of those that nobody has opened.
func (x *Session) Unread(ctx context.Context, after string, limit int) ([]Message, string, error) {
	return x.box(ctx, "Unread", indexUnread, after, limit)
}

func (x *Session) box(ctx context.Context, method, index, after string, limit int) ([]Message, string, error) {
	g, err := x.enter(ctx, method)
	if err == nil {
		err = g.on(object{state: access.Own})
	}
	if err != nil {
		return nil, "", err
	}
	page, next, err := x.s.box(ctx, index, g.member, after, limit)
	if err != nil {
		return nil, "", err
	}
	var out []Message
	for _, m := range page {
		state, err := g.messageState(&m)
		if err != nil {
			return nil, "", err
		}
		if g.on(object{court: m.Court, state: state}) != nil {
			continue
		}
		if m.Read == nil {
			m = m.Head()
		}
		out = append(out, m)
	}
	return out, next, nil
}

// OpenMessage gives a message and counts as its reading, when it is the first.
func (x *Session) OpenMessage(ctx context.Context, id string) (Message, error) {
	g, err := x.message(ctx, "OpenMessage", id)
	if err != nil {
		return Message{}, err
	}
	m, err := x.s.Messages().Open(ctx, id, g.by())
	return m, g.lookedUp(err, id)
}

// MessagePaper gives the paper of the court that a message brings, and counts as opening it.
func (x *Session) MessagePaper(ctx context.Context, id string) (Document, error) {
	g, err := x.message(ctx, "MessagePaper", id)
	if err != nil {
		return Document{}, err
	}
	d, err := x.s.Messages().Paper(ctx, id, g.by())
	return d, g.lookedUp(err, id)
}

// MessageFile opens a file, counted from 0, of the paper of the court that a message brings. The caller closes it.
func (x *Session) MessageFile(ctx context.Context, id string, file int) (blob.File, error) {
	g, err := x.message(ctx, "MessageFile", id)
	if err != nil {
		return nil, err
	}
	f, err := x.s.Messages().File(ctx, id, g.by(), file)
	return f, g.lookedUp(err, id)
}

// message enters a method about a message.
func (x *Session) message(ctx context.Context, method, id string) (*guard, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, err
	}
	m, err := x.s.message(ctx, id, g.by())
	if err != nil {
		return nil, g.lookedUp(err, id)
	}
	state, err := g.messageState(&m.Message)
	if err != nil {
		return nil, err
	}
	return g, g.on(object{court: m.Court, state: state, name: id})
}

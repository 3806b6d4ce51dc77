package icms

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// Message is a message in the box of a registered user.
type Message struct {
	ID      string    `json:"id"`
	Court   string    `json:"court"`
	To      string    `json:"to"`
	At      time.Time `json:"at"`
	Subject law.Text  `json:"subject"`
	Body    law.Text  `json:"body"`
	// About names the acknowledgement or case that the message is about.
	About string `json:"about,omitempty"`
}

// messagePut makes the store.Put of a new message.
func messagePut(m Message) (store.Put, error) {
	body, err := json.Marshal(m)
	return store.Put{Kind: kindMessage, ID: m.ID, Body: body, Index: []store.Entry{{Index: indexInbox, Key: m.To}}}, err
}

// Inbox gives a page of the messages to a registered user, newest first, with the cursor of the next page ("" at the end).
func (m Messages) Inbox(ctx context.Context, organisation, after string, limit int) ([]Message, string, error) {
	page, err := m.s.store.List(ctx, store.Query{
		Index: indexInbox, From: organisation, Until: organisation + "\x00", After: after, Limit: limit, Descending: true,
	})
	if err != nil {
		return nil, "", fmt.Errorf("icms: messages: %w", err)
	}
	out := make([]Message, len(page.Records))
	for i, r := range page.Records {
		if err := json.Unmarshal(r.Body, &out[i]); err != nil {
			return nil, "", fmt.Errorf("icms: message %s: %w: %w", r.ID, store.ErrCorrupt, err)
		}
	}
	return out, page.Next, nil
}

// acknowledged writes the message that goes with an acknowledgement.
func acknowledged(c *Court, a *Acknowledgement, at time.Time) Message {
	m := Message{ID: a.Number, Court: c.Code, At: at.In(c.Zone()), To: a.By.Organisation, About: a.Number}
	values := []law.Value{
		law.V("court", c.Name.In(law.English)), law.V("reference", a.Reference), law.V("claims", a.Claims), law.V("first", a.FirstCase),
		law.V("last", a.LastCase), law.V("received", civil(c, a.Received)), law.V("deemed", civil(c, a.Deemed)), law.V("number", a.Number),
	}
	if a.Pending {
		m.Subject, m.Body = pendingSubject.Fill(values...), pendingBody.Fill(values...)
		return m
	}
	m.Subject, m.Body = registeredSubject.Fill(values...), registeredBody.Fill(values...)
	return m
}

// civil writes an instant as people of the court read it.
func civil(c *Court, t time.Time) string { return t.In(c.Zone()).Format("2006-01-02 15:04:05") }

var (
	registeredSubject = law.T("Batch {reference}: {claims} claims registered", "批次 {reference}：已登記 {claims} 宗申索")
	registeredBody    = law.T(
		"Your batch {reference} was submitted on {received} and counts as received on {deemed}. Case numbers {first} to {last}. Acknowledgement {number}.",
		"你的批次 {reference} 於 {received} 提交，視為於 {deemed} 收到。案件編號由 {first} 至 {last}。認收編號 {number}。")
	pendingSubject = law.T("Batch {reference}: received, waiting for the reopening", "批次 {reference}：已收到，等候重新開放")
	pendingBody    = law.T(
		"Your batch {reference} of {claims} claims was submitted on {received} while the office is closed and its reopening is not announced. "+
			"It will count as received at the reopening; a second notice with the case numbers follows. Acknowledgement {number}.",
		"你的批次 {reference}（{claims} 宗申索）於 {received} 提交，當時辦事處關閉而重新開放時間尚未公布。批次將視為於重新開放時收到，其後會另發通知載明案件編號。認收編號 {number}。")
)

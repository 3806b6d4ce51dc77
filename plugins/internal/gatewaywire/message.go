package gatewaywire

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/wire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// maxCarried is the longest body of a message that is carried. It is far over what the port allows, so that the gateway itself says what it
// does with one that is too long.
const maxCarried = 3 << 20

func messageTo(m payment.Message) (*gatewayv1.HTTPMessage, error) {
	out := &gatewayv1.HTTPMessage{Method: escaped(m.Method), Path: escaped(m.Path), Body: m.Body, Received: wire.Timestamp(m.Received)}
	for _, name := range slices.Sorted(maps.Keys(m.Header)) {
		values := slices.DeleteFunc(slices.Clone(m.Header[name]), func(v string) bool { return !utf8.ValidString(v) })
		if utf8.ValidString(name) && len(values) > 0 {
			out.Header = append(out.Header, &gatewayv1.HeaderField{Name: name, Values: values})
		}
	}
	return out, sendableTime("received", m.Received)
}

// escaped writes bytes that are not UTF-8 as an address does: "%ff".
func escaped(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)) {
			fmt.Fprintf(&b, "%%%02x", s[i])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func messageFrom(m *gatewayv1.HTTPMessage) (payment.Message, error) {
	at, err := timeFrom("received", m.GetReceived())
	out := payment.Message{Method: m.GetMethod(), Path: m.GetPath(), Body: m.GetBody(), Received: at}
	for _, f := range m.GetHeader() {
		if out.Header == nil {
			out.Header = map[string][]string{}
		}
		out.Header[f.GetName()] = append(out.Header[f.GetName()], f.GetValues()...)
	}
	return out, in("message", err)
}

func notificationTo(n payment.NotificationReply) *gatewayv1.NotificationResponse {
	m := &gatewayv1.NotificationResponse{
		Verified: n.Verified, Reject: numberOf(rejects(), n.Reject),
		Ack: &gatewayv1.Ack{Status: small(n.Ack.Status), ContentType: n.Ack.ContentType, Body: n.Ack.Body},
	}
	for _, e := range n.Events {
		m.Events = append(m.Events, &gatewayv1.Event{
			Id: e.ID, Time: wire.Timestamp(e.Time), Reference: e.Reference, Snapshot: snapshotTo(e.Snapshot),
		})
	}
	return m
}

// notificationFrom reads what a message says. A message that is not verified says nothing, whatever came with it.
func notificationFrom(m *gatewayv1.NotificationResponse) (payment.NotificationReply, error) {
	ack := m.GetAck()
	if s := ack.GetStatus(); s != 0 && (s < 200 || s > 599) {
		return payment.NotificationReply{}, junk("ack.status", "%d is no status of an answer", s)
	}
	n := payment.NotificationReply{
		Verified: m.GetVerified(), Reject: wordOf(rejects(), m.GetReject(), ""),
		Ack: payment.Ack{Status: int(ack.GetStatus()), ContentType: ack.GetContentType(), Body: ack.GetBody()},
	}
	if !n.Verified {
		return n, nil
	}
	for i, e := range m.GetEvents() {
		at, err := timeFrom("time", e.GetTime())
		q, err1 := snapshotFrom(e.GetSnapshot())
		if err = first(err, err1); err != nil {
			return payment.NotificationReply{}, inList("events", i, err)
		}
		n.Events = append(n.Events, payment.GatewayEvent{ID: e.GetId(), Time: at, Reference: e.GetReference(), Snapshot: q})
	}
	return n, nil
}

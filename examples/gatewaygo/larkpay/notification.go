package larkpay

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"courts.example/eservices/payment"
)

// Notification makes sure that a message is the company's and fresh, and reads it only then. Whatever is wrong with one, the answer is the same.
func (g *Gateway) Notification(_ context.Context, m payment.Message) (payment.NotificationReply, error) {
	if len(m.Body) > 256<<10 {
		return rejected(payment.RejectTooLarge), nil
	}
	if why := g.verify(m); why != "" {
		return rejected(why), nil
	}
	var body struct {
		Events []struct {
			ID        string    `json:"id"`
			Time      time.Time `json:"time"`
			Type      string    `json:"type"`
			Reference string    `json:"reference"`
			Session   *session  `json:"session"`
		} `json:"events"`
	}
	if !utf8.Valid(m.Body) || json.Unmarshal(m.Body, &body) != nil || len(body.Events) == 0 {
		return rejected(payment.RejectMalformed), nil
	}
	reply := payment.NotificationReply{Verified: true, Ack: payment.Ack{Status: http.StatusOK, ContentType: "text/plain", Body: []byte("ok")}}
	for _, e := range body.Events {
		if e.Session == nil {
			continue // of a kind that this version does not know: taken, and it says nothing
		}
		if e.ID == "" || e.Time.IsZero() || e.Reference == "" || e.Session.Reference != e.Reference {
			return rejected(payment.RejectMalformed), nil
		}
		reply.Events = append(reply.Events, payment.GatewayEvent{ID: e.ID, Time: e.Time, Reference: e.Reference, Snapshot: g.snapshot(e.Session)})
	}
	return reply, nil
}

func rejected(why payment.RejectReason) payment.NotificationReply {
	return payment.NotificationReply{Reject: why, Ack: payment.Ack{Status: http.StatusBadRequest, ContentType: "text/plain", Body: []byte("no")}}
}

// verify checks the one signature header, "t=<unix second>,v1=<hex>[,v1=<hex>]", with every secret in force. It gives "" for one that holds.
func (g *Gateway) verify(m payment.Message) payment.RejectReason {
	values := http.Header(m.Header).Values("Simpay-Signature")
	if len(values) != 1 {
		return payment.RejectUnsigned
	}
	var stamp string
	var signatures [][]byte
	for field := range strings.SplitSeq(values[0], ",") {
		name, text, _ := strings.Cut(strings.TrimSpace(field), "=")
		switch name {
		case "t":
			if stamp != "" {
				return payment.RejectUnsigned
			}
			stamp = text
		case "v1":
			signature, err := hex.DecodeString(text)
			if err != nil || len(signatures) == 8 {
				return payment.RejectUnsigned
			}
			signatures = append(signatures, signature)
		}
	}
	if stamp == "" || len(signatures) == 0 {
		return payment.RejectUnsigned
	}
	if !g.signed(stamp+"."+string(m.Body), signatures) {
		return payment.RejectForged
	}
	second, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return payment.RejectMalformed
	}
	at := m.Received
	if at.IsZero() {
		at = g.Now()
	}
	switch now, limit := at.Unix(), int64(tolerance/time.Second); {
	case second < now-limit:
		return payment.RejectStale
	case second > now+limit:
		return payment.RejectFuture
	}
	return ""
}

// signed compares in a time that tells nothing: hmac.Equal, and no early end.
func (g *Gateway) signed(text string, signatures [][]byte) bool {
	ok := false
	for _, secret := range g.config.Secrets {
		want := mac(secret, text)
		for _, have := range signatures {
			if hmac.Equal(want, have) {
				ok = true
			}
		}
	}
	return ok
}

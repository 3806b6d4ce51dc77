package simbox

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/simpay"
)

// Signature is the header that carries a message's signature.
const Signature = "Simpay-Signature"

// Form says how messages are signed.
func (s *Sandbox) Form() gatewaytest.Form {
	return gatewaytest.Form{Signature: Signature, Stamp: Signature, Age: simpay.Tolerance}
}

// Takes reports whether the company takes an answer.
func (s *Sandbox) Takes(a payment.Ack) bool { return a.Status >= 200 && a.Status <= 299 }

// Sent gives the messages about an attempt.
func (s *Sandbox) Sent(reference string) ([]payment.Message, error) {
	fresh, err := s.sim.Messages()
	if err != nil {
		return nil, err
	}
	s.messages = append(s.messages, fresh...)
	return slices.DeleteFunc(slices.Clone(s.messages), func(m payment.Message) bool {
		return !bytes.Contains(m.Body, []byte(strconv.Quote(reference)))
	}), nil
}

// Rotate has the company sign with a new secret.
func (s *Sandbox) Rotate() error {
	s.secrets = []simpay.Secret{s.o.Secrets.Second, s.o.Secrets.First}
	return s.sim.SetSecrets(s.o.Secrets.Second)
}

// Retire takes the old secret away from adapters.
func (s *Sandbox) Retire() error {
	if !s.forgetful {
		s.secrets = []simpay.Secret{s.o.Secrets.Second}
	}
	return nil
}

// Write signs by what the Sim documents, not by its code.
func (s *Sandbox) Write(l gatewaytest.Letter) (payment.Message, error) {
	body := l.Body
	if l.Type != "" || len(l.Events) > 0 {
		text, err := json.Marshal(map[string]any{"events": events(l)})
		if err != nil {
			return payment.Message{}, err
		}
		body = text
	}
	secret := s.secrets[0]
	if l.Stranger {
		secret = s.o.Secrets.Strange
	}
	stamp := l.Stamp
	if stamp == "" {
		stamp = strconv.FormatInt(l.At.Unix(), 10)
	}
	return payment.Message{
		Method: http.MethodPost, Path: "/notify", Body: body, Received: l.At,
		Header: map[string][]string{"Content-Type": {"application/json"}, Signature: {signed(secret, stamp, body)}},
	}, nil
}

// signed is a signature over a body.
func signed(secret simpay.Secret, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	return "t=" + stamp + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

func events(l gatewaytest.Letter) []any {
	if l.Type != "" {
		return []any{map[string]any{"id": "event-of-a-strange-type", "type": l.Type, "time": l.At, "reference": "x"}}
	}
	var all []any
	for _, e := range l.Events {
		q := e.Snapshot
		all = append(all, map[string]any{
			"id": e.ID, "type": "session.paid", "time": e.Time.Format(time.RFC3339), "reference": e.Reference,
			"session": map[string]any{
				"reference": e.Reference, "id": q.GatewayRef, "state": q.State, "payments": q.Payments, "refunds": q.Refunds,
				"disputes": q.Disputes, "final": q.Final, "expiresAt": q.Expires,
			},
		})
	}
	return all
}

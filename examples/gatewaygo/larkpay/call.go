package larkpay

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"courts.example/eservices/payment"
)

// maxAnswer bounds an answer in bytes.
const maxAnswer = 1 << 20

// newClient makes a client that follows no redirect: an answer from elsewhere is none of the company's.
func newClient(t http.RoundTripper) *http.Client {
	if t == nil {
		t = &http.Transport{
			DialContext: (&net.Dialer{Timeout: 5 * time.Second}).DialContext, TLSHandshakeTimeout: 5 * time.Second,
			MaxIdleConnsPerHost: 32, IdleConnTimeout: 30 * time.Second,
		}
	}
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// post asks for something that changes the company's books, under a key. Replay says that the company had done it before.
func (g *Gateway) post(ctx context.Context, path, key string, body, into any) (replay bool, err error) {
	if key == "" || len(key) > 64 {
		return false, invalid("a key has 1 to 64 characters")
	}
	text, err := json.Marshal(body)
	if err != nil {
		return false, invalid("the request can't be written")
	}
	header, err := g.call(ctx, http.MethodPost, path, key, text, into)
	return header.Get("Simpay-Replay") == "true", err
}

// get asks for something that the company knows.
func (g *Gateway) get(ctx context.Context, path string, query url.Values, into any) error {
	_, err := g.call(ctx, http.MethodGet, path+"?"+query.Encode(), "", nil, into)
	return err
}

// call sends one request, once. The context has a deadline: the host gives every call one.
func (g *Gateway) call(ctx context.Context, method, path, key string, body []byte, into any) (http.Header, error) {
	if err := ctx.Err(); err != nil {
		return nil, unsent("the call was over before it began", err)
	}
	r, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(g.base.String(), "/")+path, bytes.NewReader(body))
	if err != nil {
		return nil, invalid("the request can't be made")
	}
	r.Header.Set("Authorization", "Bearer "+hex.EncodeToString(mac(g.config.Secrets[0], "simpay.api")))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Simpay-Key", key)
	}
	reply, err := g.http.Do(r)
	if err != nil {
		return nil, noAnswer(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(io.LimitReader(reply.Body, maxAnswer+1))
	if err != nil || len(text) > maxAnswer {
		return nil, unclear("the answer did not come whole", err)
	}
	return reply.Header, read(reply, text, into)
}

// noAnswer sorts the failures of a request. Only where not a byte can have left is it certain that nothing was sent.
func noAnswer(err error) error {
	var op *net.OpError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &op) && op.Op == "dial", errors.As(err, &name):
		return unsent("no connection could be made", err)
	case errors.As(err, &certificate), errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return unsent("no secure connection could be made", err)
	}
	return unclear("no answer came", err)
}

// read reads an answer: a success into what was asked for, or a refusal.
func read(reply *http.Response, text []byte, into any) error {
	isJSON := strings.HasPrefix(reply.Header.Get("Content-Type"), "application/json")
	switch {
	case reply.StatusCode == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(reply.Header.Get("Retry-After"))
		return &payment.GatewayError{
			Class: payment.Throttled, Detail: "too many requests", RetryAfter: time.Duration(min(max(seconds, 0), 86400)) * time.Second, Sent: true,
		}
	case reply.StatusCode == http.StatusOK && isJSON:
		if err := json.Unmarshal(text, into); err != nil {
			return unclear("the answer can't be read", err)
		}
		return nil
	case reply.StatusCode >= 400 && reply.StatusCode < 500 && isJSON:
		return refusal(text)
	}
	return unclear(fmt.Sprintf("the answer has the status %d", reply.StatusCode), nil)
}

// mac is the company's keyed digest.
func mac(secret, text string) []byte {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(text))
	return m.Sum(nil)
}

func invalid(why string) error {
	return &payment.GatewayError{Class: payment.Invalid, Detail: why}
}

func unsent(why string, cause error) error {
	return &payment.GatewayError{Class: payment.Unavailable, Detail: why, Cause: cause}
}

// unclear is every case in which it may have happened.
func unclear(why string, cause error) error {
	return &payment.GatewayError{Class: payment.Unknown, Detail: why, Sent: true, Cause: cause}
}

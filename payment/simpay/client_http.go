package simpay

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"courts.example/eservices/payment"
)

// maxReply bounds the body of an answer.
const maxReply = 1 << 20

// post asks for something that changes the Sim; replay says that the key was used before.
func (c *Client) post(ctx context.Context, path, key string, body, into any) (replay bool, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return false, invalid("the request can't be written: %v", err)
	}
	header, err := c.call(ctx, http.MethodPost, path, key, text, into)
	return header.Get(headerReplay) == "true", err
}

// get asks for something that the Sim knows.
func (c *Client) get(ctx context.Context, path string, query url.Values, into any) error {
	for name, values := range query {
		if values[0] == "" {
			query.Del(name)
		}
	}
	_, err := c.call(ctx, http.MethodGet, path+"?"+query.Encode(), "", nil, into)
	return err
}

// call sends one request, once, and reads its answer. Every error is a *payment.GatewayError.
func (c *Client) call(ctx context.Context, method, path, key string, body []byte, into any) (http.Header, error) {
	if _, bounded := ctx.Deadline(); !bounded {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.o.Timeout)
		defer cancel()
	}
	if err := ctx.Err(); err != nil {
		return nil, unsent("the call was over before it began", err)
	}
	r, err := http.NewRequestWithContext(ctx, method, c.base.String()+path, bytes.NewReader(body))
	if err != nil {
		return nil, invalid("the request can't be made: %v", err)
	}
	r.Header.Set("Authorization", c.o.Secrets[0].bearer())
	r.Header.Set("Accept", "application/json")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set(headerKey, key)
	}
	reply, err := c.http.Do(r)
	if err != nil {
		return nil, broken(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(io.LimitReader(reply.Body, maxReply+1))
	if err != nil {
		return nil, broken(err)
	}
	return reply.Header, read(reply, text, into)
}

// read reads an answer.
func read(reply *http.Response, text []byte, into any) error {
	if len(text) > maxReply {
		return unknown("the answer is longer than %d bytes", maxReply)
	}
	if reply.StatusCode == http.StatusTooManyRequests {
		return throttled(reply) // also a proxy's, which says it in its own words
	}
	if kind, _, _ := mime.ParseMediaType(reply.Header.Get("Content-Type")); kind != "application/json" {
		return unknown("the answer with status %d is not JSON", reply.StatusCode)
	}
	if reply.StatusCode != http.StatusOK {
		return readError(reply, text)
	}
	if err := json.Unmarshal(text, into); err != nil {
		e := unknown("the answer can't be read")
		e.Cause = err
		return e
	}
	return nil
}

// classes says what the Sim's codes mean to the host. A code that is not here is Unknown.
var classes = [...]struct {
	code  string
	class payment.ErrorClass
}{
	{codeInvalid, payment.Invalid},
	{codeMeans, payment.Invalid},
	{codeCurrency, payment.Invalid},
	{codeUnauthorised, payment.Config},
	{codeDeclined, payment.Declined},
	{codeKeyReused, payment.Conflict},
	{codeReference, payment.NotAllowed},
	{codeState, payment.NotAllowed},
	{codeOverCapture, payment.NotAllowed},
	{codeOverRefund, payment.NotAllowed},
	{codeRefundable, payment.NotAllowed},
	{codeDisputed, payment.NotAllowed},
	{codeWindow, payment.NotAllowed},
	{codeMaxRefunds, payment.NotAllowed},
	{codeNotFound, payment.NotAllowed},
}

// readError reads a refusal. A status of 500 or more is Unknown, whatever it says.
func readError(reply *http.Response, text []byte) error {
	e := unknown("the answer has the status %d", reply.StatusCode)
	var a errorAnswer
	if reply.StatusCode < 400 || reply.StatusCode > 499 || json.Unmarshal(text, &a) != nil {
		return e
	}
	e.Code, e.Detail = shorten(a.Error.Code, maxCode), shorten(a.Error.Detail, maxDetail)
	for _, c := range classes {
		if c.code == a.Error.Code {
			e.Class = c.class
		}
	}
	if e.Class == payment.Declined {
		e.Decline = declineOf(a.Error.Decline)
		if e.Decline == "" {
			e.Decline = payment.DeclineOther
		}
	}
	return e
}

// throttled reads how long to wait, in seconds.
func throttled(reply *http.Response) error {
	e := &payment.GatewayError{Class: payment.Throttled, Code: codeThrottled, Detail: "too many requests", Sent: true}
	if n, err := strconv.Atoi(reply.Header.Get("Retry-After")); err == nil && n > 0 {
		e.RetryAfter = time.Duration(min(n, int(maxRetry/time.Second))) * time.Second
	}
	return e
}

// The bounds of what is passed on of a refusal.
const (
	maxCode   = 40
	maxDetail = 200
	maxRetry  = 24 * time.Hour
)

// shorten cuts a text to so many bytes, at a character.
func shorten(s string, limit int) string {
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "")
	}
	return s
}

// isNotFound reports whether the Sim said that there is no such thing.
func isNotFound(err error) bool {
	var e *payment.GatewayError
	return errors.As(err, &e) && e.Code == codeNotFound && e.Class == payment.NotAllowed
}

// broken is the error of a request that got no answer: Unavailable when it is certain that nothing was sent, otherwise Unknown.
func broken(err error) error {
	var dial *net.OpError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &dial) && dial.Op == "dial", errors.As(err, &name):
		return unsent("no connection could be made", err)
	case errors.As(err, &certificate), errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return unsent("no secure connection could be made", err)
	}
	e := unknown("no whole answer came")
	e.Cause = err
	return e
}

func unsent(detail string, cause error) *payment.GatewayError {
	return &payment.GatewayError{Class: payment.Unavailable, Detail: detail, Cause: cause}
}

func unknown(format string, args ...any) *payment.GatewayError {
	return &payment.GatewayError{Class: payment.Unknown, Detail: fmt.Sprintf(format, args...), Sent: true}
}

func invalid(format string, args ...any) *payment.GatewayError {
	return &payment.GatewayError{Class: payment.Invalid, Detail: fmt.Sprintf(format, args...)}
}

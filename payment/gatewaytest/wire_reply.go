package gatewaytest

import (
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// broken is the error of a connection that breaks after the request was sent.
func broken() error { return &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET} }

// take reads a request's body out and closes it, as every http.RoundTripper must.
func take(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

// drain reads a reply out.
func drain(reply *http.Response) (string, error) {
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	return string(text), err
}

// answer makes a reply.
func answer(r *http.Request, status int, contentType, body string) *http.Response {
	return &http.Response{
		Status: http.StatusText(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {contentType}}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1, Request: r,
	}
}

// failing is the end of a reply that was cut short.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// dripping is a reply that does not end before the fault is healed or the caller has gone; even then it does not end well.
type dripping struct {
	t *trouble
	r *http.Request
}

func (d dripping) Read([]byte) (int, error) {
	if err := d.t.hold(d.r); err != nil {
		return 0, err
	}
	return 0, io.ErrUnexpectedEOF
}

package simpay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// newTransport makes a transport that waits for nothing without end and asks no proxy.
func newTransport() *http.Transport {
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		TLSHandshakeTimeout:    5 * time.Second,
		IdleConnTimeout:        30 * time.Second,
		MaxIdleConnsPerHost:    32,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true,
	}
}

// RoundTripper gives a transport that reaches the Sim without a network, whatever the address. Faults look as they do on a network:
// a refused connection is a dial error, a lost reply an unexpected end.
func (s *Sim) RoundTripper() http.RoundTripper { return inside{s.Handler()} }

// inside has a handler answer requests in process.
type inside struct{ handler http.Handler }

// insideKey marks the context of a request that came by RoundTripper.
type insideKey struct{}

// errRefused is what the handler panics with to refuse a connection; it stays within this package.
var errRefused = errors.New("connection refused by simpay")

// hangUp has a connection be refused where that can be done, and cut where there is one already.
func hangUp(r *http.Request) {
	if r.Context().Value(insideKey{}) != nil {
		panic(errRefused)
	}
	panic(http.ErrAbortHandler)
}

// RoundTrip runs the handler and returns when the header of its answer is there, or the request's context has ended.
func (t inside) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(context.WithValue(r.Context(), insideKey{}, true))
	in := r.Clone(ctx)
	in.RequestURI = r.URL.RequestURI()
	if in.Body == nil {
		in.Body = http.NoBody
	}
	body, pipe := io.Pipe()
	x := &exchange{header: http.Header{}, pipe: pipe, ready: make(chan struct{})}
	done := make(chan error, 1)
	go func() { done <- x.run(t.handler, in) }()
	var err error
	select {
	case <-x.ready:
	case err = <-done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	select {
	case <-x.ready:
		return &http.Response{
			Status: http.StatusText(x.status), StatusCode: x.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
			Header: x.sent, Body: inward{r.Context(), body, cancel}, ContentLength: -1, Request: r,
		}, nil
	default:
		cancel()
		return nil, err
	}
}

// exchange is the answer of a handler on its way.
type exchange struct {
	header http.Header
	pipe   *io.PipeWriter
	// status and sent are written before ready is closed.
	status int
	sent   http.Header
	ready  chan struct{}
}

// Header, WriteHeader, Write and Flush make an exchange an http.ResponseWriter.
func (x *exchange) Header() http.Header { return x.header }

func (x *exchange) WriteHeader(status int) {
	if x.sent == nil {
		x.status, x.sent = status, x.header.Clone()
		close(x.ready)
	}
}

func (x *exchange) Write(b []byte) (int, error) {
	x.WriteHeader(http.StatusOK)
	return x.pipe.Write(b)
}

func (x *exchange) Flush() { x.WriteHeader(http.StatusOK) }

// run has the handler answer, and ends the answer as a server would: whole, or cut off.
func (x *exchange) run(h http.Handler, r *http.Request) (err error) {
	defer func() {
		r.Body.Close()
		switch v := recover(); v {
		case nil:
			x.WriteHeader(http.StatusOK)
			x.pipe.Close()
		case http.ErrAbortHandler:
			err = io.ErrUnexpectedEOF
			x.pipe.CloseWithError(err)
		case errRefused:
			err = &net.OpError{Op: "dial", Net: "tcp", Err: errRefused}
			x.pipe.CloseWithError(err)
		default:
			err = fmt.Errorf("simpay: the handler failed: %v", v)
			x.pipe.CloseWithError(err)
		}
	}()
	h.ServeHTTP(x, r)
	return nil
}

// inward is the body of an answer; closing it tells the handler that nobody reads on.
type inward struct {
	ctx context.Context
	*io.PipeReader
	cancel context.CancelFunc
}

// Read reads on; what was cut because the caller's context ended fails with the context's error.
func (b inward) Read(p []byte) (int, error) {
	n, err := b.PipeReader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) && b.ctx.Err() != nil {
		err = b.ctx.Err()
	}
	return n, err
}

// Close ends the reading.
func (b inward) Close() error {
	b.cancel()
	return b.PipeReader.Close()
}

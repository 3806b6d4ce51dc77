package conformance

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// line is the connection between plugin processes and a company: an HTTP server on loopback that hands requests on, and can be cut.
type line struct {
	address string
	next    func() http.RoundTripper
	// to is where requests go on; empty for a company in this process.
	to *url.URL
	// tls has the line speak TLS with a certificate that nobody trusts.
	tls *tls.Config

	mu     sync.Mutex
	server *http.Server
	// waits are the times that the company took, the newest last.
	waits []time.Duration
	// held is what is done to requests; nil for nothing.
	held *hold
}

// openLine opens a line on a free port.
func openLine(t T, to *url.URL, secure *tls.Config, next func() http.RoundTripper) *line {
	t.Helper()
	l := &line{address: "127.0.0.1:0", next: next, to: to, tls: secure}
	if err := l.join(); err != nil {
		t.Fatalf("no connection on loopback for the company: %v", err)
	}
	t.Cleanup(l.cut)
	return l
}

// url is the company's address for a plugin.
func (l *line) url() string {
	if l.tls != nil {
		return "https://" + l.address
	}
	return "http://" + l.address
}

// join opens the port, the same as before.
func (l *line) join() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.server != nil {
		return nil
	}
	listener, err := net.Listen("tcp", l.address)
	if err != nil {
		return err
	}
	l.address = listener.Addr().String()
	if l.tls != nil {
		listener = tls.NewListener(listener, l.tls)
	}
	l.server = &http.Server{Handler: l, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	l.server.SetKeepAlivesEnabled(false) // so that a cut line has no connection left on which something could be sent
	go func(s *http.Server) { _ = s.Serve(listener) }(l.server)
	return nil
}

// cut closes the port and every connection.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.server != nil {
		_ = l.server.Close()
		l.server = nil
	}
}

// took gives the times that the company took since it was asked last.
func (l *line) took() []time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.waits
	l.waits = nil
	return all
}

// ServeHTTP hands a request on. A connection that breaks on the far side breaks on the near one.
func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	out := r.Clone(r.Context())
	out.RequestURI, out.Close = "", false
	if l.to != nil {
		out.URL.Scheme, out.URL.Host, out.Host = l.to.Scheme, l.to.Host, l.to.Host
		out.URL.Path = strings.TrimSuffix(l.to.Path, "/") + r.URL.Path
	}
	if !l.at(arrived, r) {
		panic(http.ErrAbortHandler)
	}
	reply, err := l.next().RoundTrip(out)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer func() { _ = reply.Body.Close() }()
	l.at(done, r)
	if redirect := reply.Header.Get("Location"); redirect != "" && reply.StatusCode == http.StatusTemporaryRedirect {
		reply.Header.Set("Location", r.URL.RequestURI())
	}
	for name, values := range reply.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(reply.StatusCode)
	err = l.forward(w, r, reply.Body)
	l.mu.Lock()
	l.waits = append(l.waits, time.Since(began))
	l.mu.Unlock()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
}

// forward hands on what comes, when it comes.
func (l *line) forward(w http.ResponseWriter, r *http.Request, body io.Reader) error {
	b := make([]byte, 16<<10)
	for {
		n, err := body.Read(b)
		if n > 0 {
			for _, part := range [][]byte{b[:n/2], b[n/2 : n]} {
				if _, err := w.Write(part); err != nil {
					return err
				}
				_ = http.NewResponseController(w).Flush()
				l.at(half, r)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// reach waits for a condition that comes about by itself, looking often.
func reach(ctx context.Context, met func() bool) bool {
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !met() {
		select {
		case <-ctx.Done():
			return met()
		case <-tick.C:
		}
	}
	return true
}

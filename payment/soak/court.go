package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"courts.example/eservices/payment"
)

// court is the court's program: a system with its server. It may die at any moment.
type court struct {
	*system
	log *slog.Logger
	// working is held by those who do work that is due, and by who waits until none is under way.
	working sync.RWMutex
}

// serveCourt runs the court's program until its standard input ends. Its first line of output is its address.
func serveCourt(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	o, err := parseCourt(args)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	o.log = log
	s, err := open(ctx, o)
	if err != nil {
		return err
	}
	c := &court{system: s, log: log}
	return errors.Join(c.serve(ctx, stdin, stdout), s.close())
}

func parseCourt(args []string) (systemOptions, error) {
	o := systemOptions{clock: new(ahead)}
	var by time.Duration
	var secret string
	f := flag.NewFlagSet(roleCourt, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.path, "db", "", "")
	f.StringVar(&o.company, "company", "", "")
	f.StringVar(&o.front, "front", "", "")
	f.StringVar(&secret, "secret", "", "")
	f.DurationVar(&by, "ahead", 0, "")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	o.clock.set(by)
	text, err := os.ReadFile(secret)
	o.secret = strings.TrimSpace(string(text))
	return o, err
}

// serve answers until the context or the standard input ends.
func (c *court) serve(ctx context.Context, stdin io.Reader, stdout io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: c.handler(), ReadHeaderTimeout: 10 * time.Second}
	var all sync.WaitGroup
	for range nodes {
		all.Go(func() { c.work(ctx) })
	}
	all.Go(func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			c.log.Error("the server ended", "error", err)
		}
	})
	go func() {
		_, _ = io.Copy(io.Discard, stdin)
		cancel()
	}()
	fmt.Fprintf(stdout, "http://%s\n", listener.Addr())
	<-ctx.Done()
	err = server.Shutdown(context.WithoutCancel(ctx))
	all.Wait()
	return err
}

// nodes is how many look for work at the same time, as several nodes of a court would, and beat how often each does when there was none.
const (
	nodes = 4
	beat  = 100 * time.Millisecond
)

// work does what is due until the context ends.
func (c *court) work(ctx context.Context) {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for ctx.Err() == nil {
		c.working.RLock()
		n, err := c.cashier.Work(ctx)
		c.working.RUnlock()
		if err != nil && ctx.Err() == nil {
			c.log.Error("work failed", "error", err)
		}
		if n > 0 {
			continue
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}

// workAll does all work that is due, and returns when none is under way either.
func (c *court) workAll(ctx context.Context) error {
	c.working.Lock()
	defer c.working.Unlock()
	var errs [nodes]error
	var all sync.WaitGroup
	for i := range nodes {
		all.Go(func() {
			for n := 1; n > 0 && errs[i] == nil; {
				n, errs[i] = c.cashier.Work(ctx)
			}
		})
	}
	all.Wait()
	return errors.Join(errs[:]...)
}

// handler serves those who ask, the company's notifications, and the browsers that come back from its page.
func (c *court) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /ask", c.answer)
	mux.HandleFunc("POST /notify/{gateway}", c.notify)
	mux.HandleFunc("GET /return/{token}", c.comeBack)
	return mux
}

// answer does one deed.
func (c *court) answer(w http.ResponseWriter, r *http.Request) {
	var a ask
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	t, err := c.do(r.Context(), a)
	switch {
	case r.Context().Err() != nil: // nobody waits for the answer, and the error is that
	case err != nil:
		t.Error = err.Error()
		c.log.Error("a deed failed", "deed", string(a.Do), "order", a.Order, "attempt", a.Attempt, "error", err)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(t)
}

// notify takes a message from the company.
func (c *court) notify(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, payment.MaxMessage+1))
	if err != nil {
		return // it was cut short, and nobody waits for an answer
	}
	ack, err := c.cashier.Notify(r.Context(), r.PathValue("gateway"), c.message(r, body))
	if err != nil && r.Context().Err() == nil {
		c.log.Error("a notification could not be taken", "error", err)
	}
	if ack.ContentType != "" {
		w.Header().Set("Content-Type", ack.ContentType)
	}
	w.WriteHeader(ack.Status)
	_, _ = w.Write(ack.Body)
}

// comeBack takes a payer's browser.
func (c *court) comeBack(w http.ResponseWriter, r *http.Request) {
	id, err := c.cashier.AttemptOf(r.PathValue("token"))
	if err == nil {
		_, err = c.cashier.Return(r.Context(), gateway, c.message(r, nil))
	}
	if err != nil && r.Context().Err() == nil {
		c.log.Error("a browser could not come back", "attempt", id, "error", err)
		http.Error(w, "not here", http.StatusNotFound)
	}
}

func (c *court) message(r *http.Request, body []byte) payment.Message {
	return payment.Message{Method: r.Method, Path: r.URL.RequestURI(), Header: r.Header, Body: body, Received: c.clock.now()}
}

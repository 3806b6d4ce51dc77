package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"courts.example/eservices/payment/simpay"
)

// stopTime is how long requests may take to end when the program stops.
const stopTime = 3 * time.Second

// serve has a Sim serve until the context ends. Its first line of output is the address.
func serve(ctx context.Context, o options, stdout io.Writer) error {
	if o.journal != "" {
		j, err := simpay.OpenJournal(o.journal)
		if err != nil {
			return err
		}
		defer j.Close()
		o.sim.Journal = j
	}
	o.sim.HTTP = homeOnly()
	sim, err := simpay.NewSim(o.sim)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.listen)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(stdout, "http://%s\n", listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	return operate(ctx, sim, listener)
}

// operate runs the server and the Sim until the context ends or one of them fails.
func operate(ctx context.Context, sim *simpay.Sim, listener net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := &http.Server{
		Handler:           sim.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0),
		BaseContext:       func(net.Listener) context.Context { return ctx }, // replies that hang end with the program
	}
	ended := make(chan error, 2)
	go func() { ended <- sim.Run(ctx) }()
	go func() { ended <- server.Serve(listener) }()
	var errs [2]error
	n := 0
	select {
	case <-ctx.Done():
	case errs[0] = <-ended:
		n = 1
	}
	cancel()
	stopping, stop := context.WithTimeout(context.Background(), stopTime)
	defer stop()
	if server.Shutdown(stopping) != nil {
		_ = server.Close() // what does not end in time is cut off, which callers must be ready for at any time
	}
	for ; n < len(errs); n++ {
		errs[n] = <-ended
	}
	for _, err := range errs {
		if err != nil && !errors.Is(err, http.ErrServerClosed) {
			return err
		}
	}
	return nil
}

// homeOnly is a transport that reaches this machine alone, whatever a merchant asks for.
func homeOnly() *http.Transport {
	dialer := &net.Dialer{
		Timeout: 5 * time.Second,
		Control: func(_, address string, _ syscall.RawConn) error {
			if at, err := netip.ParseAddrPort(address); err != nil || !at.Addr().IsLoopback() {
				return fmt.Errorf("%s is not on this machine", address)
			}
			return nil
		},
	}
	return &http.Transport{DialContext: dialer.DialContext, IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: 5 * time.Second}
}

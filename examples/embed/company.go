package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"courts.example/eservices/icms/web"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// companySecret is shared with the company. It protects invented money only.
const companySecret = "embed-example-company-secret"

// card is how the example pays.
const card = payment.Visa

// company is the simulated payment company, and beside it the court's own addresses: for its messages, and for payers who come back. In life these
// are two machines.
type company struct {
	listener net.Listener
	sim      *simpay.Sim
	server   *http.Server
	stop     context.CancelFunc
	done     chan error
}

// openCompany has the company listen on this machine.
func openCompany() (*company, error) {
	sim, err := simpay.NewSim(simpay.Options{
		Secrets: []simpay.Secret{companySecret}, Clock: time.Now,
		Terms: simpay.Terms{Currencies: []string{"HKD"}, Means: []payment.Means{card}},
	})
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	return &company{listener: l, sim: sim, done: make(chan error, 2)}, err
}

func (c *company) url(path string) string { return "http://" + c.listener.Addr().String() + path }

// serve opens the pages, and has the company send its messages.
func (c *company) serve(cashier *payment.Cashier, log *slog.Logger) {
	mux := http.NewServeMux()
	mux.Handle("/court/", http.StripPrefix("/court", web.Payments(cashier, log)))
	mux.Handle("/", c.sim.Handler())
	c.server = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute}
	ctx, stop := context.WithCancel(context.Background())
	c.stop = stop
	go func() { c.done <- c.server.Serve(c.listener) }()
	go func() { c.done <- c.sim.Run(ctx) }()
}

// Close ends what was opened.
func (c *company) Close() error {
	if c.server == nil {
		return c.listener.Close()
	}
	c.stop()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	errs := []error{c.server.Shutdown(ctx)}
	for range 2 {
		if err := <-c.done; !errors.Is(err, http.ErrServerClosed) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

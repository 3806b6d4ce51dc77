package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/web"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// hosted is the invented payment company of -pay simpay, with its page at an address of this machine, and the court's own addresses
// for the company's messages and for payers who come back.
type hosted struct {
	listener net.Listener
	journal  *simpay.FileJournal
	sim      *simpay.Sim
	client   *simpay.Client
	server   *http.Server
	stop     context.CancelFunc
	done     chan error
}

// card is how the example pays: the first means that the court takes and the company offers.
const card = payment.Visa

// The example's secrets protect invented money only.
const (
	companySecret = "bulkclaims-example-company"
	returnSecret  = "bulkclaims-example-return-address"
)

// openHosted opens the company on a port of the loopback interface. What it knows is kept beside the database, so that a run that was
// killed finds its payments again.
func openHosted(path string, clock func() time.Time) (_ *hosted, err error) {
	h := &hosted{done: make(chan error, 2)}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("-pay simpay: %w", err), h.Close())
		}
	}()
	if h.journal, err = simpay.OpenJournal(path); err != nil {
		return nil, err
	}
	if h.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	secrets := []simpay.Secret{companySecret}
	terms := simpay.Terms{
		Currencies: []string{"HKD"}, Means: []payment.Means{card, payment.MasterCard, payment.UnionPay, payment.JCB},
		Late: time.Hour, // a company that takes money it should not take any more
	}
	if h.sim, err = simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: clock, Journal: h.journal}); err != nil {
		return nil, err
	}
	h.client, err = simpay.NewClient(simpay.ClientOptions{URL: h.url(""), Secrets: secrets, Terms: terms, Clock: clock})
	return h, err
}

// url is an address of this machine.
func (h *hosted) url(path string) string { return "http://" + h.listener.Addr().String() + path }

// payments tells the service about the company.
func (h *hosted) payments() icms.Payments {
	back := func(token string) string { return h.url("/court/return/" + token) }
	return icms.Payments{
		Gateways: []payment.Gateway{h.client}, Name: "bulkclaims", Secret: []byte(returnSecret),
		ReturnURL: back, CancelURL: back, NotifyURL: func(gateway string) string { return h.url("/court/notify/" + gateway) },
		Describe: func(o payment.Order, locale string) string {
			if strings.HasPrefix(locale, "zh") {
				return "法院費用"
			}
			return "Court fees"
		},
	}
}

// serve opens the pages and has the company send its messages.
func (h *hosted) serve(cashier *payment.Cashier) {
	mux := http.NewServeMux()
	mux.Handle("/court/", http.StripPrefix("/court", web.Payments(cashier, nil)))
	mux.Handle("/", h.sim.Handler())
	h.server = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute}
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	go func() { h.done <- h.server.Serve(h.listener) }()
	go func() { h.done <- h.sim.Run(ctx) }()
}

// Close ends what was opened.
func (h *hosted) Close() error {
	var errs []error
	switch {
	case h.server != nil:
		h.stop()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		errs = append(errs, h.server.Shutdown(ctx))
		for range 2 {
			if err := <-h.done; !errors.Is(err, http.ErrServerClosed) {
				errs = append(errs, err)
			}
		}
	case h.listener != nil:
		errs = append(errs, h.listener.Close())
	}
	if h.journal != nil {
		errs = append(errs, h.journal.Close())
	}
	return errors.Join(errs...)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
	"courts.example/eservices/payment/simpay"
)

// What both sides have agreed on. The company's program is started with the same.
const (
	gateway  = "simpay"
	feeRate  = "0.019"
	inFlight = time.Minute
	window   = 24 * time.Hour
	late     = 2 * time.Hour
)

// courts are the invented courts, each with receipts of its own.
func courts() []string { return []string{"east", "west", "north"} }

func means() []payment.Means { return []payment.Means{payment.Visa, payment.MasterCard} }

// bank is where the company pays out to.
func bank() ledger.AccountID { return ledger.Bank("treasury") }

func terms() simpay.Terms {
	return simpay.Terms{Currencies: []string{"HKD"}, Means: means(), Window: window, InFlight: inFlight, Late: late, PayTwice: true}
}

// ahead is a clock that can be moved ahead of the machine's.
type ahead struct{ by atomic.Int64 }

func (a *ahead) now() time.Time       { return time.Now().Add(time.Duration(a.by.Load())) }
func (a *ahead) set(by time.Duration) { a.by.Store(int64(by)) }

// system is the court's program without its server: what a court has to run to be paid.
type system struct {
	store      *sqlite.Store
	books      *ledger.Ledger
	orders     *payment.Orders
	cashier    *payment.Cashier
	reconciler *reconcile.Reconciler
	transport  *http.Transport
	clock      *ahead
}

// systemOptions say where a system's things are.
type systemOptions struct {
	path, company, front, secret string
	clock                        *ahead
	log                          *slog.Logger
}

// open opens a system. It starts nothing.
func open(ctx context.Context, o systemOptions) (*system, error) {
	db, err := sqlite.Open(ctx, sqlite.Options{Path: o.path})
	if err != nil {
		return nil, err
	}
	s := &system{store: db, clock: o.clock, transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	if err := s.fill(o); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *system) fill(o systemOptions) error {
	client, err := simpay.NewClient(simpay.ClientOptions{
		URL: o.company, HTTP: s.transport, Secrets: []simpay.Secret{simpay.Secret(o.secret)}, Terms: terms(), Clock: s.clock.now,
	})
	if err != nil {
		return err
	}
	if s.books, err = ledger.New(ledger.Options{Store: s.store}); err != nil {
		return err
	}
	if s.orders, err = payment.New(payment.Options{Store: s.store, Ledger: s.books}); err != nil {
		return err
	}
	s.cashier, err = payment.NewCashier(payment.CashierOptions{
		Store: s.store, Orders: s.orders, Ledger: s.books, Gateways: []payment.Gateway{client}, Clock: s.clock.now, Log: o.log,
		Name: "soak", Secret: []byte(strings.Repeat(o.secret, 2)),
		ReturnURL: func(token string) string { return o.front + "/return/" + token },
		CancelURL: func(token string) string { return o.front + "/return/" + token },
		NotifyURL: func(gateway string) string { return o.front + "/notify/" + gateway },
		Series:    series, Chain: chain, Follow: s.follow,
		// A call that hangs costs so long; a piece of work that died with its process is taken up again after the lease;
		// banks send refunds back within two days.
		Terms: payment.Terms{Send: time.Second / 2, Ask: time.Second / 4, Back: time.Second / 2, Lease: 5 * time.Second, Returns: 72 * time.Hour},
	})
	if err != nil {
		return err
	}
	fee, err := money.ParseRate(feeRate)
	if err != nil {
		return err
	}
	s.reconciler, err = reconcile.New(reconcile.Options{
		Store: s.store, Orders: s.orders, Ledger: s.books, Cashier: s.cashier, Clock: s.clock.now,
		Chain: func(at time.Time) string { return chain("settlement", at) },
		Gateways: []reconcile.Gateway{{
			ID: gateway, Bank: bank(), Currencies: []money.Currency{hkd()}, Zone: time.UTC, Days: 1,
			Fee: func(t payment.Taken) (money.Amount, bool) {
				kept, err := t.Amount.Rate(fee, money.Rounding{Mode: money.HalfUp})
				return kept, err == nil
			},
		}},
	})
	return err
}

func (s *system) close() error {
	s.transport.CloseIdleConnections()
	return s.store.Close()
}

func hkd() money.Currency { return money.MustCurrency("HKD") }

func series(court string, at time.Time) string { return fmt.Sprintf("%s/%d", court, at.Year()) }
func chain(court string, at time.Time) string  { return fmt.Sprintf("payments/%s/%d", court, at.Year()) }

package payment_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

// till is a program that has orders paid at one gateway, the simulated company, with a clock that is moved by hand.
type till struct {
	at      time.Time
	orders  *payment.Orders
	books   *ledger.Ledger
	cashier *payment.Cashier
	company *simpay.Sim
	close   func()
}

func openTill(ctx context.Context, at time.Time) (*till, error) {
	dir, err := os.MkdirTemp("", "payment")
	if err != nil {
		return nil, err
	}
	s, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(dir, "court.db")})
	if err != nil {
		return nil, err
	}
	t := &till{at: at, close: func() { _ = errors.Join(s.Close(), os.RemoveAll(dir)) }}
	clock := func() time.Time { return t.at }
	if t.books, err = ledger.New(ledger.Options{Store: s}); err != nil {
		return nil, err
	}
	if t.orders, err = payment.New(payment.Options{Store: s, Ledger: t.books}); err != nil {
		return nil, err
	}
	secrets, terms := []simpay.Secret{"a secret that both know"}, simpay.Terms{Currencies: []string{"HKD"}, Means: []payment.Means{payment.Visa}}
	if t.company, err = simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: clock}); err != nil {
		return nil, err
	}
	gateway, err := simpay.NewClient(simpay.ClientOptions{
		URL: "http://127.0.0.1", HTTP: t.company.RoundTripper(), Secrets: secrets, Terms: terms, Clock: clock,
	})
	if err != nil {
		return nil, err
	}
	t.cashier, err = payment.NewCashier(payment.CashierOptions{
		Store: s, Orders: t.orders, Ledger: t.books, Gateways: []payment.Gateway{gateway}, Clock: clock,
		Name: "example", Secret: []byte(strings.Repeat("k", 32)), // a program reads its secret from where secrets are kept
		ReturnURL: func(token string) string { return "https://court.example/back/" + token },
		CancelURL: func(token string) string { return "https://court.example/cancelled/" + token },
		NotifyURL: func(gateway string) string { return "https://court.example/notify/" + gateway },
		Series:    func(court string, _ time.Time) string { return court + "/2026" },
	})
	return t, err
}

// order opens an order of HKD 42.00.
func (t *till) order(ctx context.Context, id string) error {
	hkd := money.MustCurrency("HKD")
	order, err := payment.NewOrder(payment.Order{
		ID: id, Court: "court", Payer: "acme", Purpose: "filing", For: payment.Subject{Kind: "batch", ID: id},
		Lines: []payment.Line{{
			Item: "filing", Description: law.T("Filing a claim", ""), Count: 3, Each: money.New(1400, hkd), Amount: money.New(4200, hkd),
		}},
		PricedAt: t.at, CreatedAt: t.at,
	})
	if err != nil {
		return err
	}
	step, err := t.orders.Open(order)
	if err != nil {
		return err
	}
	_, err = t.orders.Apply(ctx, step.Change)
	return err
}

// An order is paid at a gateway whose first answer gets lost. The attempt was written down before anything was sent, so nobody can pay a
// second time; the Cashier asks, sends the payer to the gateway, and finds the money when it has come.
func ExampleCashier() {
	ctx := context.Background()
	till, err := openTill(ctx, time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer till.close()
	if err := till.order(ctx, "order-7"); err != nil {
		fmt.Println(err)
		return
	}

	if err := till.company.Fail(simpay.Fault{Op: simpay.OpCreate, Mode: simpay.ReplyLost}); err != nil {
		fmt.Println(err)
		return
	}
	request := payment.StartRequest{Order: "order-7", Gateway: "simpay", Means: payment.Visa, Locale: "en", By: "acme"}
	attempt, err := till.cashier.Start(ctx, request)
	fmt.Println("started:", attempt.State, err)

	_, err = till.cashier.Start(ctx, request)
	var active *payment.ActiveError
	fmt.Println("again:", errors.As(err, &active))

	attempt, err = till.cashier.Check(ctx, attempt.ID)
	fmt.Println("checked:", attempt.State, attempt.Next.Flow, err)

	// The payer pays on the gateway's page; nobody tells us. A program calls Work every few seconds.
	if _, err := till.company.Pay(attempt.ID); err != nil {
		fmt.Println(err)
		return
	}
	till.at = till.at.Add(time.Minute)
	if _, err := till.cashier.Work(ctx); err != nil {
		fmt.Println(err)
		return
	}
	order, err := till.orders.Get(ctx, "order-7")
	fmt.Println("order:", order.State, order.Receipt, err)
	earned, err := till.books.Posted(ctx, ledger.Revenue("court", "filing"), money.MustCurrency("HKD"))
	fmt.Println("earned:", earned, err)
	// Output:
	// started: unknown <nil>
	// again: true
	// checked: pending redirect <nil>
	// order: paid court/2026/000001 <nil>
	// earned: HKD 42.00 <nil>
}

// Money came that no order needs. Two persons have it pay another order.
func ExampleCashier_Allocate() {
	ctx := context.Background()
	till, err := openTill(ctx, time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer till.close()
	if err := till.order(ctx, "order-8"); err != nil {
		fmt.Println(err)
		return
	}

	// A settlement shows a payment that nobody can tell what for.
	taken, err := till.cashier.Record(ctx, "simpay", "", payment.GatewayPayment{
		ID: "charge-99", Amount: money.New(4200, money.MustCurrency("HKD")), PaidAt: till.at,
	}, payment.FromSettlement)
	fmt.Println(taken.Use, err)

	allocation := payment.Allocation{
		Order: "order-8", Takings: []payment.TakingID{{Gateway: "simpay", Payment: "charge-99"}}, By: "officer 1", ApprovedBy: "officer 1",
	}
	_, err = till.cashier.Allocate(ctx, allocation)
	fmt.Println(errors.Is(err, payment.ErrFourEyes))
	allocation.ApprovedBy = "officer 2"
	order, err := till.cashier.Allocate(ctx, allocation)
	fmt.Println(order.State, order.Receipt, err)
	// Output:
	// excess <nil>
	// true
	// paid court/2026/000001 <nil>
}

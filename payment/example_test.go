package payment_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// open sets up a store in a folder of its own with one funded deposit account. A program keeps one of each for its whole life.
func open(ctx context.Context, at time.Time) (*payment.Orders, *ledger.Ledger, func(), error) {
	dir, err := os.MkdirTemp("", "payment")
	if err != nil {
		return nil, nil, nil, err
	}
	s, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(dir, "court.db")})
	if err != nil {
		return nil, nil, nil, err
	}
	done := func() { _ = errors.Join(s.Close(), os.RemoveAll(dir)) }
	books, err := ledger.New(ledger.Options{Store: s})
	if err != nil {
		return nil, nil, done, err
	}
	orders, err := payment.New(payment.Options{Store: s, Ledger: books})
	if err != nil {
		return nil, nil, done, err
	}
	hkd, main := money.MustCurrency("HKD"), ledger.Deposit("acme", ledger.Main)
	for _, r := range []ledger.Request{
		ledger.OpenAccount{Account: main, Currency: hkd, At: at},
		ledger.TopUp{From: ledger.Bank("treasury"), Reference: "FT-1", Account: main, Amount: money.New(10000, hkd), At: at},
	} {
		if _, err := books.Do(ctx, r); err != nil {
			return nil, nil, done, err
		}
	}
	return orders, books, done, nil
}

// A batch is accepted and its money held in one commit, then registered, paid and receipted in another.
func Example() {
	ctx, at := context.Background(), time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	orders, books, done, err := open(ctx, at)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer done()

	hkd, account := money.MustCurrency("HKD"), ledger.Deposit("acme", ledger.Main)
	order, err := payment.NewOrder(payment.Order{
		ID: "order-7", Court: "court", Payer: "acme", Purpose: "filing", For: payment.Subject{Kind: "batch", ID: "batch-7"},
		Lines: []payment.Line{{
			Item: "filing", Description: law.T("Filing a claim", ""), Count: 3, Each: money.New(1400, hkd), Amount: money.New(4200, hkd),
		}},
		PricedAt: at, CreatedAt: at,
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	// 1. Accept: the batch, its order, the hold and the receipt's number, all or nothing.
	accept := store.Change{
		ID: "accept batch-7", At: at,
		Puts: []store.Put{{Kind: "example.batch", ID: "batch-7", Body: []byte(`{"state":"accepted"}`)}},
	}
	reserve, err := orders.Reserve(ctx, order, account, at)
	if err != nil {
		fmt.Println(err)
		return
	}
	accept.Merge(reserve.Change)
	draw, err := payment.DrawReceipt("court/2026")
	if err != nil {
		fmt.Println(err)
		return
	}
	accept.Draw = append(accept.Draw, draw)
	accepted, err := orders.Apply(ctx, accept)
	if err != nil {
		fmt.Println(err)
		return
	}
	number := payment.Number{Series: "court/2026", N: accepted.First[0]}

	// 2. Finish: the registration, the payment and the receipt. A program that died before this line applies step 1 again, gets
	// the same number, and comes here.
	finish := store.Change{
		ID: "register batch-7", At: at,
		Puts: []store.Put{{Kind: "example.case", ID: "SC 1/2026", Body: []byte(`{}`)}},
	}
	capture, err := orders.Capture(ctx, reserve.Order, number, at)
	if err != nil {
		fmt.Println(err)
		return
	}
	finish.Merge(capture.Change)
	if _, err := orders.Apply(ctx, finish); err != nil {
		fmt.Println(err)
		return
	}

	balance, err := books.Balance(ctx, account)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(capture.Order.ID, capture.Order.State, capture.Receipt.Number, capture.Receipt.Amount)
	fmt.Println(balance.Posted, "left,", balance.Available, "available")
	// Output:
	// order-7 paid court/2026/000001 HKD 42.00
	// HKD 58.00 left, HKD 58.00 available
}

// Everything at once: the order is made, paid and receipted in the commit of the filing itself. If the account has too little,
// nothing of it happens.
func ExampleOrders_Debit() {
	ctx, at := context.Background(), time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	orders, books, done, err := open(ctx, at)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer done()

	hkd, account := money.MustCurrency("HKD"), ledger.Deposit("acme", ledger.Main)
	file := func(id string, claims int64) error {
		order, err := payment.NewOrder(payment.Order{
			ID: id, Court: "court", Payer: "acme", Purpose: "filing", For: payment.Subject{Kind: "batch", ID: id},
			Lines: []payment.Line{{
				Item: "filing", Description: law.T("Filing a claim", ""), Count: claims, Amount: money.New(claims*1400, hkd),
			}},
			PricedAt: at, CreatedAt: at,
		})
		if err != nil {
			return err
		}
		debit, err := orders.Debit(ctx, order, account, payment.Number{Series: "court/2026", N: claims}, at)
		if err != nil {
			return err
		}
		whole := store.Change{
			ID: "file " + id, At: at, Chain: "court/2026",
			Puts: []store.Put{{Kind: "example.batch", ID: id, Body: []byte(`{"state":"filed"}`)}},
		}
		whole.Merge(debit.Change)
		_, err = orders.Apply(ctx, whole)
		return err
	}

	fmt.Println(file("batch-1", 5))
	err = file("batch-2", 3)
	fmt.Println(errors.Is(err, ledger.ErrInsufficient), err)
	balance, err := books.Balance(ctx, account)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Available)
	// Output:
	// <nil>
	// true ledger: insufficient funds: deposit:acme/main has HKD 30.00 available, HKD 42.00 is needed
	// HKD 30.00
}

package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
)

// exampleBooks opens a ledger on a store in a folder of its own; a program keeps one for its whole life.
func exampleBooks(ctx context.Context) (*ledger.Ledger, store.Store, func(), error) {
	dir, err := os.MkdirTemp("", "ledger")
	if err != nil {
		return nil, nil, nil, err
	}
	s, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(dir, "books.db")})
	if err != nil {
		return nil, nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	books, err := ledger.New(ledger.Options{Store: s})
	return books, s, func() { _ = errors.Join(s.Close(), os.RemoveAll(dir)) }, err
}

// doAll does requests one after the other.
func doAll(ctx context.Context, books *ledger.Ledger, requests ...ledger.Request) error {
	for _, r := range requests {
		if _, err := books.Do(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// An organisation tops up its main account, funds a branch, and the branch pays. Doing it again changes nothing.
func Example() {
	ctx, at := context.Background(), time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	books, _, done, err := exampleBooks(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer done()

	hkd := money.MustCurrency("HKD")
	main, branch := ledger.Deposit("acme", ledger.Main), ledger.Deposit("acme", "north")
	for range 2 {
		err := doAll(ctx, books,
			ledger.OpenAccount{Account: main, Currency: hkd, At: at},
			ledger.OpenAccount{Account: branch, Currency: hkd, At: at},
			ledger.TopUp{From: ledger.Bank("treasury"), Reference: "FT-26061-7", Account: main, Amount: money.New(100000, hkd), At: at},
			ledger.Transfer{ID: "transfer-1", From: main, To: branch, Amount: money.New(30000, hkd), At: at},
			ledger.Debit{ID: "order-1", Account: branch, At: at, To: []ledger.Posting{
				{Account: ledger.Revenue("court", "filing"), Amount: money.New(4200, hkd)},
			}},
		)
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	statement, err := books.Statement(ctx, ledger.StatementQuery{Account: branch})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range statement.Lines {
		fmt.Println(line.Kind, line.Entry, line.Amount, line.Balance)
	}
	proofs, err := books.Prove(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(proofs[0].OK(), proofs[0].Debits, proofs[0].Credits)
	// Output:
	// transfer transfer-1 HKD 300.00 HKD 300.00
	// debit order-1 HKD -42.00 HKD 258.00
	// true HKD -1000.00 HKD 1000.00
}

// A debit commits with the thing it pays for, or neither happens.
func ExampleLedger_Change() {
	ctx, at := context.Background(), time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	books, s, done, err := exampleBooks(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer done()

	hkd, account := money.MustCurrency("HKD"), ledger.Deposit("acme", ledger.Main)
	err = doAll(ctx, books,
		ledger.OpenAccount{Account: account, Currency: hkd, At: at},
		ledger.TopUp{From: ledger.Bank("treasury"), Reference: "1", Account: account, Amount: money.New(5000, hkd), At: at},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	file := func(id string) error {
		debit, err := books.Change(ctx, ledger.Debit{ID: id, Account: account, At: at, To: []ledger.Posting{
			{Account: ledger.Revenue("court", "filing"), Amount: money.New(4200, hkd)},
		}})
		if err != nil {
			return err
		}
		filing := store.Change{ID: "file " + id, At: at, Puts: []store.Put{{Kind: "example.filing", ID: id, Body: []byte(`{}`)}}}
		filing.Merge(debit)
		_, err = s.Apply(ctx, filing)
		return books.Explain(ctx, filing, err)
	}
	fmt.Println(file("batch-1"))
	fmt.Println(file("batch-2"))
	_, err = s.Get(ctx, "example.filing", "batch-2")
	fmt.Println(errors.Is(err, store.ErrNotFound))
	// Output:
	// <nil>
	// ledger: insufficient funds: deposit:acme/main has HKD 8.00 available, HKD 42.00 is needed
	// true
}

// Where an officer decides, the money is held first, then captured in part, and the rest is available again.
func ExampleCapture() {
	ctx, at := context.Background(), time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	books, _, done, err := exampleBooks(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer done()

	hkd, account := money.MustCurrency("HKD"), ledger.Deposit("acme", ledger.Main)
	show := func(when string) {
		b, err := books.Balance(ctx, account)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: posted %s, held %s, available %s\n", when, b.Posted, b.Held, b.Available)
	}
	err = doAll(ctx, books,
		ledger.OpenAccount{Account: account, Currency: hkd, At: at},
		ledger.TopUp{From: ledger.Bank("treasury"), Reference: "1", Account: account, Amount: money.New(10000, hkd), At: at},
		ledger.Place{ID: "order-1", Account: account, Amount: money.New(7000, hkd), At: at},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	show("held")
	_, err = books.Do(ctx, ledger.Capture{Hold: "order-1", At: at, To: []ledger.Posting{
		{Account: ledger.Revenue("court", "filing"), Amount: money.New(5600, hkd)},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	show("captured")
	_, err = books.Do(ctx, ledger.Release{Hold: "order-1", At: at})
	fmt.Println(err)
	// Output:
	// held: posted HKD 100.00, held HKD 70.00, available HKD 30.00
	// captured: posted HKD 44.00, held HKD 0.00, available HKD 44.00
	// ledger: hold not open: hold "order-1" is captured
}

package web_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/icms/web"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

func ExamplePayments() {
	cashier, done, err := exampleCashier()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer done()
	mux := http.NewServeMux()
	mux.Handle("/court/", http.StripPrefix("/court", web.Payments(cashier, slog.Default())))

	answer := httptest.NewRecorder()
	mux.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/court/return/made-up", nil))
	fmt.Println(answer.Code, answer.Header().Get("Referrer-Policy"))
	// Output: 404 no-referrer
}

// exampleCashier is a Cashier without gateways, on a store in a folder of its own.
func exampleCashier() (_ *payment.Cashier, done func(), err error) {
	dir, err := os.MkdirTemp("", "court")
	if err != nil {
		return nil, nil, err
	}
	db, err := sqlite.Open(context.Background(), sqlite.Options{Path: filepath.Join(dir, "court.db")})
	if err != nil {
		return nil, nil, err
	}
	done = func() {
		db.Close()
		os.RemoveAll(dir)
	}
	books, err := ledger.New(ledger.Options{Store: db})
	if err != nil {
		return nil, done, err
	}
	orders, err := payment.New(payment.Options{Store: db, Ledger: books})
	if err != nil {
		return nil, done, err
	}
	cashier, err := payment.NewCashier(payment.CashierOptions{
		Store: db, Orders: orders, Ledger: books, Clock: time.Now, Series: func(court string, _ time.Time) string { return court },
	})
	return cashier, done, err
}

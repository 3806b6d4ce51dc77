package icms_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
)

// A batch of two claims is checked and filed at the Small Claims Tribunal, after hours.
func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "counter")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)

	// What the host brings: a store, a place for bytes, a court, a clock.
	db, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(folder, "court.db")})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	blobs, err := blob.OpenFolder(filepath.Join(folder, "blobs"))
	if err != nil {
		log.Fatal(err)
	}
	court, err := icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{{
		Claimant:  filing.Claimant{ID: "sample-utilities", Name: law.T("Sample Utilities Limited", "範例公用事業有限公司")},
		Provision: law.Provision{Instrument: "invented for this example", Status: law.Assumed},
	}}})
	if err != nil {
		log.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 3, 6, 18, 0, 0, 0, calendarhk.Zone()) }
	svc, err := icms.New(icms.Options{Store: db, Blobs: blobs, Courts: []icms.Court{court}, Clock: now})
	if err != nil {
		log.Fatal(err)
	}

	// A deposit account with money on it.
	hkd, account := money.MustCurrency("HKD"), ledger.Deposit("sample-utilities", "main")
	accounts := svc.AccountsOffice().Ledger()
	for _, request := range []ledger.Request{
		ledger.OpenAccount{Account: account, Currency: hkd, At: now()},
		ledger.TopUp{From: ledger.Bank("example"), Reference: "2026-03-06/1", Account: account, Amount: money.New(500_00, hkd), At: now()},
	} {
		if _, err := accounts.Do(ctx, request); err != nil {
			log.Fatal(err)
		}
	}

	csv := "reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation\n" +
		"INV-1,other,5000,Defendant 0001,\"Flat 1, Sample House\",services,Unpaid charges of 2025,Sum of 12 invoices\n" +
		"INV-2,other,5000.01,Defendant 0002,\"Flat 2, Sample House\",services,Unpaid charges of 2025,Sum of 12 invoices\n"
	batch := icms.Batch{
		Court: "SCT", Claimant: "Sample Utilities Limited", By: icms.Filer{Organisation: "sample-utilities", User: "clerk-1"},
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(csv), Size: int64(len(csv))}, Format: filing.CSV{},
		Account: string(account),
	}
	checked, err := svc.Registry().Preflight(ctx, batch)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(checked.State, checked.Quote.Total.Payable, len(checked.Findings), "findings")
	filed, err := svc.Registry().File(ctx, batch)
	if err != nil {
		log.Fatal(err)
	}
	ack := filed.Acknowledgement
	fmt.Println(filed.State, ack.FirstCase, "to", ack.LastCase)
	fmt.Println("submitted", ack.Received.Format(time.DateTime), "counts on", ack.Deemed.Format(time.DateTime))
	again, err := svc.Registry().File(ctx, batch)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("again:", again.Replayed, again.Acknowledgement.Number == ack.Number)
	// Output:
	// ready HKD 48.00 0 findings
	// registered SCTC000001/2026 to SCTC000002/2026
	// submitted 2026-03-06 18:00:00 counts on 2026-03-09 08:45:00
	// again: true true
}

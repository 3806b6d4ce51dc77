package icms_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"testing/fstest"
	"time"

	"courts.example/eservices/calendar"
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

// A defendant links itself to its case by the code of a letter, a hearing is fixed, an award is issued, and the court proves that it was
// read.
func ExampleRegistry_Issue() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "counter")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	today := time.Date(2026, 3, 2, 10, 0, 0, 0, calendarhk.Zone())
	svc, number := issuingCase(ctx, folder, func() time.Time { return today })
	court, officer := svc.Registry(), icms.Filer{Organisation: "registry", User: "officer-1"}

	code, err := court.LinkCode(ctx, "SCT", number, "defendant-1", today.AddDate(0, 1, 0), officer)
	if err != nil {
		log.Fatal(err)
	}
	defendant := icms.Filer{Organisation: "defendant-0001"}
	if _, err := court.LinkParty(ctx, icms.Link{
		Court: "SCT", Case: number, Party: "defendant-1", Member: "defendant-0001", Code: code, By: defendant,
	}); err != nil {
		log.Fatal(err)
	}

	tomorrow := icms.Appointment{At: today.AddDate(0, 0, 1), Place: "Court 1", By: officer}
	_, err = court.FixHearing(ctx, "SCT", number, tomorrow)
	fmt.Println(err)
	hearing, err := court.FixHearing(ctx, "SCT", number, icms.Appointment{At: today.AddDate(0, 0, 14), Place: "Court 1", By: officer})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("hearing on", hearing.At.Format(time.DateTime))

	today = today.AddDate(0, 0, 15)
	day, err := calendar.ParseDate("2026-03-16")
	if err != nil {
		log.Fatal(err)
	}
	issued, err := court.Issue(ctx, icms.Issue{
		Court: "SCT", Case: number, Kind: icms.PaperAward, Day: day, Words: law.T("The defendant pays HKD 5,000.00.", "被告人須支付港幣 5,000.00 元。"),
		Files: fstest.MapFS{"award.pdf": {Data: []byte(goodPDF)}}, Names: []string{"award.pdf"}, By: officer,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(issued.Document.Title.In(law.English), "of", issued.Document.EventDay, "is paper", issued.Document.Serial)

	unread, _, err := svc.Messages().Unread(ctx, "defendant-0001", "", 1)
	if err != nil {
		log.Fatal(err)
	}
	message, err := svc.Messages().Open(ctx, unread[0].ID, defendant)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(message.Body.In(law.English))
	deliveries, err := court.Deliveries(ctx, "SCT", number, issued.Document.Serial)
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range deliveries {
		fmt.Println("to", d.To, "for", d.For, "read:", d.Read != nil)
	}
	// Output:
	// icms: refused: field /at: court.hearing.early (refusal): The first hearing on 2026-03-03 is too early: it may be on 2026-03-12 or later, unless the parties agree. [Cap. 338 s. 14(1)(a), secondary]
	// hearing on 2026-03-16 10:00:00
	// Award of 2026-03-16 is paper 2
	// The court issued Award in case SCTC000001/2026 on 2026-03-17 10:00:00. It is paper 2 of the case, with 1 files. The defendant pays HKD 5,000.00.
	// to defendant-0001 for [defendant-1] read: true
	// to sample-utilities for [claimant-1] read: false
}

// issuingCase opens a counter with one registered claim, and gives its case number.
func issuingCase(ctx context.Context, folder string, now func() time.Time) (*icms.Service, string) {
	db, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(folder, "court.db")})
	if err != nil {
		log.Fatal(err)
	}
	blobs, err := blob.OpenFolder(filepath.Join(folder, "blobs"))
	if err != nil {
		log.Fatal(err)
	}
	court, err := icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{sample}})
	if err != nil {
		log.Fatal(err)
	}
	svc, err := icms.New(icms.Options{Store: db, Blobs: blobs, Courts: []icms.Court{court}, Clock: now})
	if err != nil {
		log.Fatal(err)
	}
	hkd, from := money.MustCurrency("HKD"), ledger.Deposit("sample-utilities", "main")
	for _, request := range []ledger.Request{
		ledger.OpenAccount{Account: from, Currency: hkd, At: now()},
		ledger.TopUp{From: ledger.Bank("example"), Reference: "1", Account: from, Amount: money.New(500_00, hkd), At: now()},
	} {
		if _, err := svc.AccountsOffice().Ledger().Do(ctx, request); err != nil {
			log.Fatal(err)
		}
	}
	filed, err := svc.Registry().File(ctx, batch(claims(1, "INV", "5000")))
	if err != nil {
		log.Fatal(err)
	}
	return svc, filed.Acknowledgement.FirstCase
}

package icms_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/fees"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store/sqlite"
)

// An award is issued; the defendant sends an application for review on the evening of the last day, which is too late, is allowed time, and
// sends it again.
func ExampleRegistry_Submit() {
	ctx := context.Background()
	clock := time.Date(2026, 3, 2, 10, 0, 0, 0, calendarhk.Zone())
	svc, number, done := exampleCase(ctx, &clock)
	defer done()
	registry, officer := svc.Registry(), icms.Filer{Organisation: "registry", User: "officer-1"}
	if _, err := registry.Issue(ctx, icms.Issue{
		Court: "SCT", Case: number, Kind: icms.PaperAward, Words: law.T("The defendant pays.", "被告人須付款。"), By: officer,
	}); err != nil {
		log.Fatal(err)
	}
	limit, err := registry.LimitOf(ctx, icms.LimitQuestion{Court: "SCT", Case: number, Party: "defendant-1", Kind: icmshk.Review})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("last day:", limit.Last)

	clock = time.Date(2026, 3, 11, 18, 0, 0, 0, calendarhk.Zone())
	paper := icms.Submission{
		Court: "SCT", Case: number, Party: "defendant-1", Kind: icmshk.Review, By: icms.Filer{Organisation: "defendant-0001"},
		Files: fstest.MapFS{"form-8c.pdf": {Data: []byte(goodPDF)}}, Names: []string{"form-8c.pdf"},
	}
	sent, err := registry.Submit(ctx, paper)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("kept:", !sent.Refused(), sent.Findings[0].Code)

	asked, err := registry.RequestTime(ctx, icms.TimeRequest{
		Court: "SCT", Case: number, Party: "defendant-1", Kind: icmshk.Review, By: paper.By,
		AsOf: time.Date(2026, 3, 11, 17, 0, 0, 0, calendarhk.Zone()), Reason: law.T("My connection failed at five o'clock.", "本人的網絡於五時中斷。"),
	})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := registry.AllowTime(ctx, asked.ID, true, nil, officer); err != nil {
		log.Fatal(err)
	}
	paper.Time = asked.ID
	if sent, err = registry.Submit(ctx, paper); err != nil {
		log.Fatal(err)
	}
	fmt.Println("kept:", !sent.Refused(), "received", sent.Acknowledgement.Received.Format(time.DateTime), "counts on", sent.Acknowledgement.Deemed.Format(time.DateTime))
	// Output:
	// last day: 2026-03-11
	// kept: false submission.late
	// kept: true received 2026-03-11 18:00:00 counts on 2026-03-11 17:00:00
}

// exampleCase is a counter of the Small Claims Tribunal with one registered claim.
func exampleCase(ctx context.Context, clock *time.Time) (svc *icms.Service, number string, done func()) {
	folder, err := os.MkdirTemp("", "counter")
	if err != nil {
		log.Fatal(err)
	}
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
	court.Fees, err = fees.Load([]byte(`{"format":"fees/1","name":"free","version":"1","title":{"en":"Nothing to pay"},"currency":"HKD",
		"zone":"Asia/Hong_Kong","provisions":{"gift":{"instrument":"invented for this example","status":"assumed"}},
		"items":[{"name":"claim","title":{"en":"Filing"},"editions":[{"provision":"gift","flat":"0"}]}],"electronic":{"others":"gift"}}`))
	if err != nil {
		log.Fatal(err)
	}
	court.FilingFee = "claim"
	svc, err = icms.New(icms.Options{Store: db, Blobs: blobs, Courts: []icms.Court{court}, Clock: func() time.Time { return *clock }})
	if err != nil {
		log.Fatal(err)
	}
	csv := claims(1, "A")
	filed, err := svc.Registry().File(ctx, icms.Batch{
		Court: "SCT", Claimant: "Sample Utilities Limited", By: icms.Filer{Organisation: "sample-utilities"}, Format: filing.CSV{},
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(csv), Size: int64(len(csv))},
	})
	if err != nil {
		log.Fatal(err)
	}
	return svc, filed.Acknowledgement.FirstCase, func() {
		db.Close()
		os.RemoveAll(folder)
	}
}

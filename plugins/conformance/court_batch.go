package conformance

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/store/sqlite"
)

// sameBatch has a service with the court look at a batch, and another with another process.
func sameBatch(b *bench) {
	first := b.preflight()
	if again := b.preflight(); again != first {
		b.Errorf("the same batch gives %.600s, and gave %.600s", again, first)
	}
}

// preflight gives all that a service finds about a sample batch, twice: neither the court nor the day need admit it, but both times must say the same.
func (b *bench) preflight() string {
	b.Helper()
	court := b.hostedCourt(b.T, b.config())
	dir := b.TempDir()
	db, err := sqlite.Open(b.ctx, sqlite.Options{Path: filepath.Join(dir, "court.db")})
	if err != nil {
		b.Fatalf("a store for the service: %v", err)
	}
	b.Cleanup(func() { _ = db.Close() })
	blobs, err := blob.OpenFolder(dir)
	if err != nil {
		b.Fatalf("a folder for the service: %v", err)
	}
	at := time.Date(2026, time.March, 2, 2, 0, 0, 0, time.UTC)
	service, err := icms.New(icms.Options{Store: db, Blobs: blobs, Courts: []icms.Court{court}, Clock: func() time.Time { return at }})
	if err != nil {
		b.Fatalf("no service can be made with the court: %v", err)
	}
	texts := [2]string{}
	for i := range texts {
		result, err := service.Registry().Preflight(b.ctx, sampleBatch(court))
		text, wrong := json.Marshal(result)
		if wrong != nil {
			b.Fatalf("Preflight: %v", wrong)
		}
		texts[i] = fmt.Sprintf("%s, error %v", text, err)
	}
	if texts[0] != texts[1] {
		b.Errorf("the same batch looked at twice gives %.600s, then %.600s", texts[0], texts[1])
	}
	return texts[0]
}

// sampleBatch is a batch by the court's own first bulk claimant, if it has one.
func sampleBatch(c icms.Court) icms.Batch {
	claimant := "sample"
	for _, a := range c.Filing.Approvals {
		claimant = a.Claimant.ID
		break
	}
	var csv strings.Builder
	csv.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on\n")
	for i := range 50 {
		fmt.Fprintf(&csv, "SAMPLE-%05d,services,%d.00,Defendant %05d,\"Flat %d, Sample House\",services,Unpaid charges,Sum of invoices,2026-01-%02d\n", i+1, 100+i, i+1, i+1, i%28+1)
	}
	return icms.Batch{
		Court: c.Code, Claimant: claimant, By: icms.Filer{Organisation: claimant, User: "clerk-1"},
		Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(csv.String()), Size: int64(csv.Len())}, Format: filing.CSV{},
	}
}

package icms_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// Somebody without an account searches the register for a party, pays at the counter, and looks at what is found. A registered user looks
// a name up in the cause book while typing it.
func ExampleInspection() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "icms-search")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	svc, _ := issuingCase(ctx, folder, func() time.Time { return hk("2026-03-02 10:00:00") })

	search, err := svc.Inspection().Search(ctx, icms.Search{
		Court: "SCT", By: icms.Filer{Organisation: "public:visitor-7"}, Reference: "my first search", Party: "Defendant 00001",
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(search.State, search.Fee, search.Findings[0].Text().In(law.English))
	clerk := icms.Filer{Organisation: "accounts", User: "clerk-1"}
	if _, err := svc.AccountsOffice().Collect(ctx, search.Order, "slip-1", clerk); err != nil {
		log.Fatal(err)
	}
	page, _, err := svc.Inspection().Results(ctx, search.ID, "", 10)
	if err != nil {
		log.Fatal(err)
	}
	for _, found := range page {
		seen, err := svc.Inspection().Case(ctx, search.ID, found.Number)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(seen.Number, "of", seen.Commenced, seen.Claimant.In(law.English), "v", seen.Defendants, seen.Claim.Amount)
	}
	search, err = svc.Inspection().Asked(ctx, search.ID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("receipt", search.Receipt, "open until", search.Ends.In(hk("2026-03-02 10:00:00").Location()).Format(time.DateTime))

	book, _, err := svc.CauseBook().Find(ctx, icms.BookQuery{Court: "SCT", Party: "sample util", Typing: true})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(book), book[0].ClaimantName.In(law.TraditionalChinese))
	// Output:
	// asked HKD 14.00 The search finds only cases commenced on or after 2024-10-31.
	// SCTC000001/2026 of 2026-03-02 Sample Utilities Limited v [Defendant 00001] HKD 5000.00
	// receipt SCT/2026/000002 open until 2026-03-03 10:00:00
	// 1 範例公用事業有限公司
}

package hk_test

import (
	"fmt"
	"log"

	calendarhk "courts.example/eservices/calendar/hk"
	icmshk "courts.example/eservices/icms/hk"
)

func ExampleSmallClaims() {
	court, err := icmshk.SmallClaims(icmshk.Options{Reading: calendarhk.Statutory})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(court.Code, court.Name.In("zh-Hant"))
	fmt.Println(court.Registry.ReadingName(), court.Numbers.Number(2026, 12))
	fmt.Println(court.Policies.Receipt.Choice, "-", court.Policies.Receipt.Provision.Status)
	// Output:
	// SCT 小額錢債審裁處
	// statutory SCTC000012/2026
	// later of documents and money - assumed
}

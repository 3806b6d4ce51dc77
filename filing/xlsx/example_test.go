package xlsx_test

import (
	"bytes"
	"context"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/filing/xlsx"
	"courts.example/eservices/icms/money"
)

// Write a workbook of claims, and read it.
func Example() {
	var book bytes.Buffer
	w, err := (xlsx.Format{}).NewWriter(&book, filing.WriteOptions{Languages: []string{"en"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	claim := filing.Claim{
		Reference: "0012", Category: "medical_charges", Amount: money.New(12000, money.MustCurrency("HKD")),
		Defendants: []filing.Party{{Name: "Defendant 0001", Address: "1 Example Road"}},
	}
	if err := w.Write(claim); err != nil {
		fmt.Println(err)
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}

	file := filing.File{Name: "claims.xlsx", Bytes: bytes.NewReader(book.Bytes()), Size: int64(book.Len())}
	for row, err := range (xlsx.Format{}).Read(context.Background(), file, filing.ReadOptions{Currency: "HKD"}) {
		fmt.Println(row.Line, row.Claim.Reference, row.Claim.Amount, err)
	}
	// Output: 2 0012 HKD 120.00 <nil>
}

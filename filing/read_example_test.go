package filing_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"courts.example/eservices/filing"
)

// Read a batch from a spreadsheet saved as CSV. Each row comes with all that is wrong in it.
func ExampleCSV() {
	text := `Reference,Category,Amount claimed,Defendant name,Defendant address,Particulars of claim,Calculation of amount,Date cause of action arose
A-1,medical_charges,"1,234.50",Defendant 0001,1 Example Road,Charges for services,12 days,2026-03-02
A-2,medical_charges,"1.234,50",Defendant 0002,2 Example Road,Charges for services,12 days,03/04/2026
`
	file := filing.File{Name: "claims.csv", Bytes: strings.NewReader(text), Size: int64(len(text))}
	options := filing.ReadOptions{Currency: "HKD"}
	for row, err := range (filing.CSV{}).Read(context.Background(), file, options) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(row.Line, row.Claim.Reference, row.Claim.Amount)
		for _, f := range row.Findings {
			fmt.Println(" ", f)
		}
	}
	// Output:
	// 2 A-1 HKD 1234.50
	// 3 A-2 0
	//   line 3, column Amount claimed, reference "A-2": cell.amount.ambiguous (refusal): This can mean more than one amount: 1.234,50
	//   line 3, column Date cause of action arose, reference "A-2": cell.date.ambiguous (refusal): This can mean two dates, with the day or the month first: 03/04/2026
}

// A file that was cut short on the way is noticed when its header states how many claims it holds.
func ExampleReadOptions() {
	text := "#claims,2\n#total,HKD 20.00\nreference,amount\nA-1,10.00\n"
	file := filing.File{Name: "claims.csv", Bytes: strings.NewReader(text), Size: int64(len(text))}
	var stated filing.Control
	options := filing.ReadOptions{Currency: "HKD", Header: func(c filing.Control, _ []filing.Finding) { stated = c }}
	claims := 0
	for range (filing.CSV{}).Read(context.Background(), file, options) {
		claims++
	}
	fmt.Println("stated:", stated.Claims, stated.Total, "found:", claims)
	// Output: stated: 2 HKD 20.00 found: 1
}

// Read JSON lines. A member that no claim has is a finding, and so is one that stands twice.
func ExampleJSONLines() {
	text := `{"reference":"A-1","amount":"HKD 120.00","colour":"red"}`
	file := filing.File{Name: "claims.jsonl", Bytes: strings.NewReader(text), Size: int64(len(text))}
	for row, err := range (filing.JSONLines{}).Read(context.Background(), file, filing.ReadOptions{}) {
		fmt.Println(row.Claim.Reference, row.Claim.Amount, err)
		fmt.Println(row.Findings[0])
	}
	// Output:
	// A-1 HKD 120.00 <nil>
	// line 1, field /colour, reference "A-1": json.member.unknown (refusal): There is no member colour here.
}

// Read claims from a source that this package knows nothing of, such as the rows of a database.
func ExampleTable() {
	headings := filing.TableRow{Line: 1, Cells: []filing.Cell{{Text: "reference"}, {Text: "amount"}}}
	table, _, err := filing.NewTable(headings, filing.ReadOptions{Currency: "HKD"})
	if err != nil {
		fmt.Println(err)
		return
	}
	row, _ := table.Read(filing.TableRow{Line: 2, Cells: []filing.Cell{{Text: "A-1"}, {Kind: filing.NumberCell, Text: "120.5"}}})
	fmt.Println(row.Claim.Reference, row.Claim.Amount)
	// Output: A-1 HKD 120.50
}

// Write back what became of each claim. A reference that a spreadsheet would run as a formula is shown and not run.
func ExampleResultWriter() {
	var file bytes.Buffer
	w, err := filing.NewResultWriter(&file)
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = w.Write(filing.Outcome{Line: 2, Reference: "A-1", Status: "filed", CaseNumber: "1/2026"})
	_ = w.Write(filing.Outcome{Line: 3, Reference: "=HYPERLINK(A1)", Status: "refused"})
	if err := w.Flush(); err != nil {
		fmt.Println(err)
	}
	fmt.Print(strings.TrimPrefix(file.String(), "\ufeff"))
	// Output:
	// line,reference,status,case_number,fee,codes,findings,findings_zh
	// 2,A-1,filed,1/2026,,,,
	// 3,'=HYPERLINK(A1),refused,,,,,
}

// Print the headings that a claimant fills in under.
func ExampleHeadings() {
	fmt.Fprintln(os.Stdout, strings.Join(filing.Headings(1, "zh-Hant")[:4], " "))
	// Output: 檔案編號 申索類別 申索款額 放棄款額
}

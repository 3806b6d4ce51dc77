package filing_test

import (
	"context"
	"fmt"
	"log"
	"strings"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// exampleCourt loads the tables of an invented court.
func exampleCourt() filing.Policy {
	zone, err := time.LoadLocation("America/St_Johns")
	if err != nil {
		log.Fatal(err)
	}
	policy, err := filing.LoadPolicy(harbourTables, zone)
	if err != nil {
		log.Fatal(err)
	}
	return policy
}

// A bulk file is read and checked in one pass; every mistake comes out.
func ExampleCheck() {
	const file = `reference,category,amount,defendant_name,defendant_address,particulars,calculation
INV-1,power,120.50,Defendant 0001,1 Pier Road,Electricity in March,300 kWh at 40 cents and 50 cents of interest
inv-1,power,80.00,Defendant 0002,2 Pier Road,Electricity in April,200 kWh at 40 cents
INV-3,gas,2000.01,Defendant 0003,,Gas in April,
`
	policy, ctx := exampleCourt(), context.Background()
	check, err := policy.NewCheck(filing.Batch{Claimant: "Harbour Power", At: time.Date(2025, 10, 1, 12, 0, 0, 0, policy.Zone)})
	if err != nil {
		log.Fatal(err)
	}
	rows := filing.CSV{}.Read(ctx, filing.File{Name: "claims.csv", Bytes: strings.NewReader(file), Size: int64(len(file))},
		filing.ReadOptions{Currency: policy.Currency.Code(), Header: check.Header})
	for row, err := range check.Rows(ctx, rows) {
		if err != nil {
			log.Fatal(err)
		}
		for _, f := range row.Findings {
			fmt.Printf("%d %s %s\n", f.Path.Line, f.Path.Column, f.Code)
		}
	}
	result := check.Result()
	fmt.Println(result.Claims, "claims,", result.Refused, "refused,", result.Claimed, "can be filed")
	// Output:
	// 3 reference claim.duplicate.reference
	// 4 category claim.category.unknown
	// 4 amount claim.amount.over-limit
	// 4 calculation claim.calculation.missing
	// 4 defendant_address claim.defendant.address.missing
	// 3 claims, 2 refused, CAD 120.50 can be filed
}

// A single claim is assessed without a file, with the reason.
func ExamplePolicy_Assess() {
	policy := exampleCourt()
	amount := money.New(150000, policy.Currency)
	answer := policy.Assess("Town Water", "water", amount, time.Date(2025, 3, 1, 12, 0, 0, 0, policy.Zone))
	fmt.Println(answer.Eligible())
	for _, step := range answer.Reason.Steps {
		fmt.Println("-", step.Text().In(law.English), "("+step.Provision.Cite()+")")
	}
	// Output:
	// false
	// - Proceedings of type bulk can be filed electronically. (Harbour Gazette 7)
	// - Town Water is approved to file in bulk for water. (Harbour register)
	// - The limit is CAD 1000.00. (Harbour Act s. 5)
	// - The amount claimed is CAD 1500.00, CAD 500.00 over the limit of CAD 1000.00. (Harbour Act s. 5)
}

// A court adds a rule of its own with its own code, and drops one of the standard rules.
func ExamplePolicy() {
	policy := exampleCourt()
	const code = "harbour.amount.cents"
	policy.Codes = append(policy.Codes, filing.Entry{
		Code: code, Severity: filing.Warning,
		Text: law.Text{"en": "{amount} is no whole sum.", "fr": "{amount} n'est pas un montant entier."},
	})
	policy.Rules = append(policy.Rules, filing.Rule{
		Name: "whole dollars", Codes: []filing.Code{code},
		Check: func(c *filing.Context, claim *filing.Claim) {
			if claim.Amount.Minor()%100 != 0 {
				c.Report(code, "/amount", law.Provision{Instrument: "Harbour Rules", Section: "r. 9", Status: law.Confirmed},
					law.V("amount", claim.Amount))
			}
		},
	})
	if err := policy.ReplaceRule("limitation"); err != nil {
		log.Fatal(err)
	}

	claim := goodClaim(1)
	check, err := policy.NewCheck(filing.Batch{Claimant: "harbour-power", At: time.Date(2025, 10, 1, 12, 0, 0, 0, policy.Zone)})
	if err != nil {
		log.Fatal(err)
	}
	for row, err := range check.Rows(context.Background(), rows(claim)) {
		if err != nil {
			log.Fatal(err)
		}
		for _, f := range row.Findings {
			fmt.Println(f)
			fmt.Println(f.Text().In("fr"))
		}
	}
	// Output:
	// line 2, column Amount claimed, reference "INV-0000001": harbour.amount.cents (warning): CAD 120.50 is no whole sum. [Harbour Rules r. 9, confirmed]
	// CAD 120.50 n'est pas un montant entier.
}

// A document is what its content is.
func ExampleInspect() {
	policy := exampleCourt()
	content := "%PDF-1.7\n1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Type/Page>>endobj trailer<</Root 1 0 R>>\n%%EOF\n"
	file := filing.File{Name: "invoice.png", Bytes: strings.NewReader(content), Size: int64(len(content))}
	document, findings, err := filing.Inspect(context.Background(), file, policy.Documents)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(document.MediaType, document.Size, document.SHA256[:8], document.Pages)
	for _, f := range findings {
		fmt.Println(f)
	}
	// Output:
	// application/pdf 126 adb2bfaa 1
	// document.type.mismatch (warning): The document invoice.png is application/pdf by its content, which its name does not say.
}

func ExampleFold() {
	fmt.Println(filing.Fold("  ＨＡＲＢＯＵＲ   Power ") == filing.Fold("Harbour Power"))
	// Output: true
}

func ExampleDescribe() {
	entry, _ := filing.Describe("claim.amount.over-limit")
	fmt.Println(entry.Severity, "-", entry.Rule)
	fmt.Println(entry.Remedy.In(law.TraditionalChinese))
	// Output:
	// refusal - The sum claimed is within the limit of the court's jurisdiction on the day.
	// 請放棄超出的款額：申索款額填上限，其餘填為放棄款額；否則請向較高級法院提出申索。
}

package main

import (
	_ "embed"
	"fmt"
	"iter"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/money"
)

// bundled is the sample that is filed when no file is named: what "-generate 1000" writes. A test holds the two together.
//
//go:embed testdata/sample.csv
var bundled []byte

const (
	bundledName   = "sample.csv"
	bundledClaims = 1000
	// mostClaims is the most that -generate writes.
	mostClaims = 1_000_000
)

// sampleClaims invents n claims: the same ones every time, the first ones the same for every n. Nobody in them exists. They are
// spread over all fee bands. They don't say in their own column when they arose: the period of limitation of their category is
// open, so a date would be in the future or a warning, depending on the day on which somebody tries the sample.
func sampleClaims(n int) iter.Seq[filing.Claim] {
	return func(yield func(filing.Claim) bool) {
		for i := 1; i <= n; i++ {
			if !yield(sampleClaim(i)) {
				return
			}
		}
	}
}

// sampleClaim invents the claim of a number. Every fifth is made in Chinese.
func sampleClaim(i int) filing.Claim {
	amount := sampleAmount(i)
	paid := hkd(int64(i%12) * 250_00)
	billed := hkd(amount.Minor() + paid.Minor())
	due := firstDay().AddDays(i % 270)
	account := fmt.Sprintf("SU-%06d", i)
	c := filing.Claim{
		Reference: account,
		Category:  "other",
		Amount:    amount,
		Nature:    "services",
		Language:  "en",
		Defendants: []filing.Party{{
			Name: fmt.Sprintf("Defendant %04d", i), Kind: filing.Person,
			Address: fmt.Sprintf("Flat %d, Sample House %d, Example Road, Kowloon", i%8+1, i),
		}},
		Particulars: fmt.Sprintf("Services supplied on account %s and billed; payment fell due on %s and is outstanding.", account, due),
		Calculation: fmt.Sprintf("Billed %s, paid %s, outstanding %s.", show(billed), show(paid), show(amount)),
	}
	if i%5 == 0 {
		c.Language = "zh-Hant"
		c.Defendants[0].Chinese = fmt.Sprintf("被告人%04d", i)
		c.Defendants[0].Address = fmt.Sprintf("九龍範例道範例大廈%d座%d室", i, i%8+1)
		c.Particulars = fmt.Sprintf("帳戶%s已獲提供服務並已發出帳單，款項於%s到期，至今未付。", account, due)
		c.Calculation = fmt.Sprintf("帳單款額%s，已付%s，尚欠%s。", show(billed), show(paid), show(amount))
	}
	return c
}

// boundaries are the amounts at which bands begin and end, in cents, and the smallest and largest of the sample.
var boundaries = [...]int64{5_000_00, 5_000_01, 25_000_00, 25_000_01, 50_000_00, 50_000_01, 75_000_00, 100_00}

// sampleAmount gives the boundaries first and again every hundred claims, and amounts spread over all bands in between: of ten
// claims seven are small, as in real life.
func sampleAmount(i int) money.Amount {
	if at := (i - 1) % 100; at < len(boundaries) {
		return hkd(boundaries[at])
	}
	spread := int64(uint32(i) * 2654435761 >> 4) // Knuth's multiplier scatters neighbours
	switch i % 10 {
	case 0:
		return hkd(25_000_00 + spread%25_000_00)
	case 1, 2:
		return hkd(50_000_00 + spread%25_000_00)
	case 3, 4, 5:
		return hkd(5_000_00 + spread%20_000_00)
	}
	return hkd(100_00 + spread%4_900_00)
}

// firstDay is the first day on which a payment of the sample fell due.
func firstDay() calendar.Date {
	return calendar.DateOf(time.Date(2024, time.January, 2, 0, 0, 0, 0, time.UTC), time.UTC)
}

func hkd(cents int64) money.Amount { return money.New(cents, money.MustCurrency("HKD")) }

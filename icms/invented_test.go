package icms_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rickar/cal/v2/ie"
	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/fees"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

// ballymore is a court invented by tables alone: a zone with daylight saving, another country's holidays, another currency, a fee
// by percentage, other limits, categories and claimants.
func ballymore(t testing.TB) icms.Court {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Dublin")
	require.NoError(t, err)
	confirmed := func(what string) law.Provision { return law.Provision{Instrument: what, Status: law.Confirmed} }
	holidays, err := calendar.FromCal(ie.Holidays, calendar.CalOptions{
		Version: "ie", From: 2020, Until: 2026, ProjectedUntil: 2030, Provision: confirmed("Ballymore Holidays Act"),
	})
	require.NoError(t, err)
	day := []calendar.Session{{Opens: calendar.MustClock("10:00"), Closes: calendar.MustClock("16:00")}}
	week := calendar.Week{time.Monday: day, time.Tuesday: day, time.Wednesday: day, time.Thursday: day, time.Friday: day}
	office, err := calendar.NewOffice(calendar.OfficeOptions{
		Name: law.Text{"en": "Ballymore Court Office"}, Version: "ballymore-hours.1", Zone: zone, Holidays: holidays,
		Readings: []calendar.Reading{{Name: "plain", Hours: []calendar.Hours{{Week: week, Provision: confirmed("Ballymore Notice")}}}},
		Grounds:  calendar.Grounds{Rule: confirmed("Ballymore Rules r. 9")},
	})
	require.NoError(t, err)
	tariff, err := os.ReadFile("testdata/ballymore-fees.json")
	require.NoError(t, err)
	schedule, err := fees.Load(tariff)
	require.NoError(t, err)
	rules, err := os.ReadFile("testdata/ballymore-filing.json")
	require.NoError(t, err)
	policy, err := filing.LoadPolicy(rules, zone)
	require.NoError(t, err)
	return icms.Court{
		Code: "BMC", Name: policy.Name, Registry: office, Accounts: office, Fees: schedule, FilingFee: "debt-claim", Filing: policy,
		Numbers: icms.Numbering{Prefix: "D-", Digits: 4, Provision: confirmed("Ballymore Practice Note")},
		Policies: icms.Policies{
			Fee:     icms.FeePolicy{Choice: icms.PriceAtSubmission, Provision: confirmed("Ballymore Fees Order 2026")},
			Receipt: icms.ReceiptPolicy{Choice: icms.DocumentsAlone, Provision: confirmed("Ballymore Rules r. 9")},
		},
	}
}

func TestACourtInventedByTablesAlone(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 0)
	c.court = ballymore(t)
	// Friday evening before the clocks go forward: the next opening is on Monday, in summer time.
	c.at = time.Date(2026, 3, 27, 17, 0, 0, 0, time.UTC)
	c.open()
	deposit := ledger.Deposit("gaelic-gas", "main")
	eur := money.MustCurrency("EUR")
	l := c.AccountsOffice().Ledger()
	_, err := l.Do(t.Context(), ledger.OpenAccount{Account: deposit, Currency: eur, At: c.at})
	require.NoError(t, err)
	_, err = l.Do(t.Context(), ledger.TopUp{From: ledger.Bank("test"), Reference: "1", Account: deposit, Amount: money.New(20_000, eur), At: c.at})
	require.NoError(t, err)

	csv := strings.ReplaceAll(claims(3, "GAS", "100.00", "1000.10", "2000.00"), ",other,", ",supply,")
	in := batch(csv)
	in.Court, in.Claimant, in.Account = "BMC", "Gaelic Gas Sample plc", string(deposit)
	in.By = icms.Filer{Organisation: "gaelic-gas"}
	r, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
	require.Equal(t, "EUR 110.00", r.Payment.Amount.String(), "15.00, 35.00 and 60.00")
	require.Equal(t, "2026-03-30T10:00:00+01:00", r.Acknowledgement.Deemed.Format(time.RFC3339))
	require.Equal(t, "D-0001/2026", r.Acknowledgement.FirstCase)
	require.NoError(t, c.Audit().Verify(t.Context(), "BMC", 2026))

	over := batch(strings.ReplaceAll(claims(1, "BIG", "2000.01"), ",other,", ",supply,"))
	over.Court, over.Claimant, over.By, over.Account = in.Court, in.Claimant, in.By, in.Account
	refused, err := c.Registry().Preflight(t.Context(), over)
	require.NoError(t, err)
	require.Equal(t, icms.Refused, refused.State)
	require.Len(t, refused.Findings, 1, "%v", refused.Findings)
	require.Equal(t, "Ballymore Courts Act s. 4", refused.Findings[0].Provision.Cite())
}

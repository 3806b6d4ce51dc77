package hk_test

import (
	"testing"
	"time"

	"courts.example/eservices/fees"
	"courts.example/eservices/fees/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"github.com/stretchr/testify/require"
)

func tribunal(t testing.TB) *fees.Schedule {
	t.Helper()
	s, err := hk.SmallClaims()
	require.NoError(t, err)
	return s
}

func hkd(t testing.TB, text string) money.Amount {
	t.Helper()
	a, err := money.Parse(text, money.MustCurrency("HKD"))
	require.NoError(t, err)
	return a
}

// hkt reads an instant in Hong Kong time.
func hkt(t testing.TB, text string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04:05", text, time.FixedZone("HKT", 8*3600))
	require.NoError(t, err)
	return v
}

func price(t *testing.T, item string, mode fees.Mode, when, amount string) (fees.Line, error) {
	t.Helper()
	p, err := tribunal(t).Pricer(item, mode, hkt(t, when))
	if err != nil {
		return fees.Line{}, err
	}
	if amount == "" {
		return p.Flat()
	}
	return p.Line(hkd(t, amount))
}

// TestBands prices the edges of the bands on the first and the last day of the concession, the day after, and on paper.
// Sources: Cap. 338B bands since 3 Dec 2018 as two law firms report them; 80 % is the Judiciary's press release of 31 Oct 2024.
func TestBands(t *testing.T) {
	for _, c := range []struct{ amount, paper, conceded string }{
		{"0.01", "20", "16"},
		{"5000", "20", "16"},
		{"5000.01", "40", "32"},
		{"25000", "40", "32"},
		{"25000.01", "70", "56"},
		{"50000", "70", "56"},
		{"50000.01", "120", "96"},
		{"75000", "120", "96"},
	} {
		for when, want := range map[string]struct{ paper, electronic string }{
			"2018-12-03 00:00:00": {c.paper, ""},
			"2024-10-30 23:59:59": {c.paper, ""},
			"2024-10-31 00:00:00": {c.paper, c.conceded},
			"2027-10-30 23:59:59": {c.paper, c.conceded},
			"2027-10-31 00:00:00": {c.paper, c.paper},
		} {
			l, err := price(t, hk.Filing, fees.Paper, when, c.amount)
			require.NoError(t, err)
			require.Equal(t, want.paper, l.Payable.Short(), "%s on paper at %s", c.amount, when)
			require.Equal(t, law.Secondary, l.Status())
			l, err = price(t, hk.Filing, fees.Electronic, when, c.amount)
			if want.electronic == "" {
				require.ErrorIs(t, err, fees.ErrNotElectronic)
				require.ErrorContains(t, err, "begins on 2024-10-31")
				continue
			}
			require.NoError(t, err)
			require.Equal(t, want.electronic, l.Payable.Short(), "%s electronically at %s", c.amount, when)
			require.Equal(t, want.paper, l.Base.Short())
			require.Equal(t, law.Inferred, l.Status())
		}
	}
}

func TestOverTheLimit(t *testing.T) {
	for _, mode := range []fees.Mode{fees.Paper, fees.Electronic} {
		_, err := price(t, hk.Filing, mode, "2025-01-02 10:00:00", "75000.01")
		require.ErrorIs(t, err, fees.ErrAmount)
		require.ErrorContains(t, err, "the bands go from HKD 0.00 to HKD 75000.00")
	}
}

// TestEarlierEdition has the tariff before 3 Dec 2018 as far as it is dated; before that the fee is unknown.
func TestEarlierEdition(t *testing.T) {
	for _, c := range []struct{ amount, fee string }{
		{"3000", "20"}, {"3000.01", "40"}, {"17000", "40"}, {"17000.01", "70"}, {"33000", "70"}, {"33000.01", "120"}, {"50000", "120"},
	} {
		for _, when := range []string{"2018-07-06 00:00:00", "2018-12-02 23:59:59"} {
			l, err := price(t, hk.Filing, fees.Paper, when, c.amount)
			require.NoError(t, err)
			require.Equal(t, c.fee, l.Payable.Short(), c.amount)
			require.Equal(t, law.Inferred, l.Status(), "the bounds are secondary, the amounts inferred")
		}
		l, err := price(t, hk.Filing, fees.Paper, "2018-07-05 23:59:59", c.amount)
		require.NoError(t, err)
		require.True(t, l.Unknown)
		require.Contains(t, l.Reason().String(), "no source says when")
	}
	_, err := price(t, hk.Filing, fees.Paper, "2018-12-02 23:59:59", "50000.01")
	require.ErrorIs(t, err, fees.ErrAmount)
}

// TestSearch has the published 18 -> 14.
func TestSearch(t *testing.T) {
	for _, c := range []struct {
		mode   fees.Mode
		when   string
		fee    string
		status law.Status
	}{
		{fees.Paper, "2024-10-31 00:00:00", "18", law.Inferred},
		{fees.Paper, "2027-10-31 00:00:00", "18", law.Inferred},
		{fees.Electronic, "2024-10-31 00:00:00", "14", law.Assumed},
		{fees.Electronic, "2027-10-30 23:59:59", "14", law.Assumed},
		{fees.Electronic, "2027-10-31 00:00:00", "18", law.Inferred},
	} {
		l, err := price(t, hk.Search, c.mode, c.when, "")
		require.NoError(t, err)
		require.Equal(t, c.fee, l.Payable.Short())
		require.Equal(t, c.status, l.Status())
	}
	_, err := price(t, hk.Search, fees.Electronic, "2024-10-30 23:59:59", "")
	require.ErrorIs(t, err, fees.ErrNotElectronic)
	l, err := price(t, hk.Search, fees.Paper, "2024-10-30 23:59:59", "")
	require.NoError(t, err)
	require.True(t, l.Unknown)
}

// TestLastWeekendOfTheConcession has a claim of 60,000 around the last day, a Saturday. Which instant decides (the submission, or
// the deemed receipt on Monday) is the caller's question; both answers are here.
func TestLastWeekendOfTheConcession(t *testing.T) {
	for when, want := range map[string]string{
		"2027-10-29 10:00:00": "96",  // Friday, open
		"2027-10-30 10:00:00": "96",  // Saturday, by the submission
		"2027-11-01 08:45:00": "120", // the same, by the deemed receipt
		"2027-10-31 10:00:00": "120", // Sunday
	} {
		l, err := price(t, hk.Filing, fees.Electronic, when, "60000")
		require.NoError(t, err)
		require.Equal(t, want, l.Payable.Short(), when)
	}
}

// TestBatch is three claims of 1,000 and two of 30,000: each claim has its own band, the batch is their sum.
func TestBatch(t *testing.T) {
	s := tribunal(t)
	for mode, want := range map[fees.Mode]string{fees.Electronic: "HKD 160.00", fees.Paper: "HKD 200.00"} {
		request := fees.Request{At: hkt(t, "2025-01-02 10:00:00")}
		for _, text := range []string{"1000", "30000", "1000", "1000", "30000"} {
			request.Asks = append(request.Asks, fees.Ask{Item: hk.Filing, Mode: mode, Amount: hkd(t, text)})
		}
		q, err := s.Quote(request)
		require.NoError(t, err)
		require.Equal(t, want, q.Total.String())
		require.Equal(t, "HKD 200.00", q.Total.Base.String())
	}
}

// TestOnlyWhatIsKnown holds that no item slips in that nobody could confirm.
func TestOnlyWhatIsKnown(t *testing.T) {
	var names []string
	for _, it := range tribunal(t).Items() {
		names = append(names, it.Name)
	}
	require.Equal(t, []string{hk.Filing, hk.Search}, names)
}

// TestReason has both reasons that a reader of a bill asks for.
func TestReason(t *testing.T) {
	l, err := price(t, hk.Search, fees.Electronic, "2025-01-02 10:00:00", "")
	require.NoError(t, err)
	require.Equal(t, "Search, for each register search: the edition in force since 2024-10-31 (Cap. 338B, inferred); "+
		"used electronically it costs the paper fee less any concession (Cap. 638I, inferred); the fee is HKD 18.00; "+
		"a concession is in force from 2024-10-31 until before 2027-10-31 (Cap. 638I, inferred); "+
		"80 % of HKD 18.00 is HKD 14.40 (Judiciary press release of 31 Oct 2024, confirmed); "+
		"rounded down to a multiple of HKD 1.00 it is HKD 14.00 (Policy of this library, assumed)", l.Reason().String())
	require.Equal(t, "hk.sct@2026-11-01", l.Reason().Data)

	l, err = price(t, hk.Filing, fees.Electronic, "2025-01-02 10:00:00", "5000.01")
	require.NoError(t, err)
	require.NotContains(t, l.Reason().String(), "rounded", "32 is exact: nothing rests on the rounding")
	require.Contains(t, l.Reason().Line(law.TraditionalChinese), "HKD 40.00 的 80 % 為 HKD 32.00")
}

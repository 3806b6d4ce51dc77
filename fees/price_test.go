package fees_test

import (
	"math"
	"testing"

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"github.com/stretchr/testify/require"
)

// TestPercentageRoundsDown has the published cases of a percentage that rounds down to the minor unit. An amount finer than the minor
// unit does not exist here: reading it fails, so it can't fall between two bands.
func TestPercentageRoundsDown(t *testing.T) {
	s := load(t, file(bands(`
		{"upTo": "300", "percentage": {"rate": "0.05", "rounding": {"mode": "down", "step": "0.01", "provision": "p"}}},
		{"over": "300", "upTo": "1000", "percentage": {"rate": "0.1", "rounding": {"mode": "down", "step": "0.01", "provision": "p"}}},
		{"over": "1000", "percentage": {"rate": "0.2", "rounding": {"mode": "down", "step": "0.01", "provision": "p"}}}`)))
	p := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00")
	for text, want := range map[string]string{
		"299.99": "14.99", "300": "15.00", "299.95": "14.99", "299.96": "14.99", "300.01": "30.00", "500": "50.00", "20000": "4000.00", "0": "0.00",
	} {
		l, err := p.Line(amount(t, s, text))
		require.NoError(t, err)
		require.Equal(t, want, l.Payable.Plain(), text)
	}
	for _, text := range []string{"300.005", "299.951", "299.98971"} {
		_, err := money.Parse(text, s.Currency())
		require.ErrorIs(t, err, money.ErrSyntax)
	}
}

func TestSmallPercentage(t *testing.T) {
	s := load(t, file(item(`{"provision": "p", "percentage": {"rate": "0.0001", "rounding": {"mode": "down", "step": "0.01", "provision": "p"}}}`)))
	l, err := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00").Line(amount(t, s, "10505096"))
	require.NoError(t, err)
	require.Equal(t, "1050.50", l.Payable.Plain())
	require.Empty(t, l.Band())
}

func TestPercentageWithinLimits(t *testing.T) {
	s := load(t, file(item(`{"provision": "p", "percentage": {"rate": "0.1", "minimum": "5", "maximum": "50",
		"rounding": {"mode": "half-up", "step": "1", "provision": "p"}}}`)))
	p := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00")
	for text, want := range map[string]string{
		"0": "5.00", "44": "5.00", "55": "6.00", "54.99": "5.00", "500": "50.00", "505": "50.00", "92233720368547758.07": "50.00",
	} {
		l, err := p.Line(amount(t, s, text))
		require.NoError(t, err)
		require.Equal(t, want, l.Payable.Plain(), text)
	}
}

func TestBandEdges(t *testing.T) {
	s := load(t, file(bands(`{"upTo": "50000", "flat": "3500"}, {"over": "50000", "upTo": "999999", "flat": "6000"}`)))
	p := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00")
	for text, want := range map[string]string{"50000": "3500.00", "50000.01": "6000.00", "50001": "6000.00", "999999": "6000.00"} {
		l, err := p.Line(amount(t, s, text))
		require.NoError(t, err)
		require.Equal(t, want, l.Payable.Plain(), text)
	}
	_, err := p.Line(amount(t, s, "999999999"))
	require.ErrorIs(t, err, fees.ErrAmount)
	require.EqualError(t, err, `fees: amount outside the bands: HKD 999999999.00 for item "x"; the bands go from HKD 0.00 to HKD 999999.00`)
	_, err = p.Line(amount(t, s, "-0.01"))
	require.ErrorIs(t, err, fees.ErrAmount)
	_, err = p.Line(money.Amount{})
	require.ErrorIs(t, err, fees.ErrAmount, "the item needs an amount")
	_, err = p.Line(money.New(1, money.MustCurrency("USD")))
	require.ErrorIs(t, err, money.ErrCurrency)
	_, err = p.Flat()
	require.ErrorIs(t, err, fees.ErrAmount)
	_, err = p.Units(1)
	require.ErrorIs(t, err, fees.ErrKind)
}

func TestBandsThatBeginAboveZero(t *testing.T) {
	s := load(t, file(bands(`{"over": "0", "upTo": "10", "flat": "1"}, {"over": "10", "flat": "2"}`)))
	p := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00")
	_, err := p.Line(amount(t, s, "0"))
	require.EqualError(t, err, `fees: amount outside the bands: HKD 0.00 for item "x"; the bands begin at HKD 0.01`)
	l, err := p.Line(money.New(1, s.Currency()))
	require.NoError(t, err)
	require.Equal(t, "0.01-10.00", l.Band())
	l, err = p.Line(money.New(math.MaxInt64, s.Currency()))
	require.NoError(t, err)
	require.Equal(t, "10.01-", l.Band())
}

// TestFlatTakesAnyAmount shows that a court with a flat filing fee is priced by the same calls as one with bands.
func TestFlatTakesAnyAmount(t *testing.T) {
	s := load(t, file(item(`{"provision": "p", "flat": "12.50"}`)))
	p := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00")
	for _, a := range []money.Amount{{}, amount(t, s, "0"), money.New(math.MaxInt64, s.Currency())} {
		l, err := p.Line(a)
		require.NoError(t, err)
		require.Equal(t, "12.50", l.Payable.Plain())
		require.Equal(t, a, l.Amount)
	}
	_, err := p.Line(money.New(1, money.MustCurrency("USD")))
	require.ErrorIs(t, err, money.ErrCurrency)
	_, err = p.Units(2)
	require.ErrorIs(t, err, fees.ErrKind)
}

func TestUnits(t *testing.T) {
	s := load(t, file(item(`{"provision": "p", "perUnit": {"fee": "255.55", "unit": {"en": "page"}}}`)))
	p := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00")
	l, err := p.Units(4001)
	require.NoError(t, err)
	require.Equal(t, "1022455.55", l.Payable.Plain())
	require.EqualValues(t, 4001, l.Units)
	for _, n := range []int64{0, -1} {
		_, err = p.Units(n)
		require.ErrorIs(t, err, fees.ErrKind)
	}
	_, err = p.Units(math.MaxInt64)
	require.ErrorIs(t, err, money.ErrOverflow)
	_, err = p.Flat()
	require.ErrorIs(t, err, fees.ErrKind)
	_, err = p.Line(amount(t, s, "1"))
	require.ErrorIs(t, err, fees.ErrKind)
}

func TestUnknown(t *testing.T) {
	s := load(t, file(item(`{"until": "2026-01-01", "provision": "p", "unknown": {"en": "nobody has read it"}}, {"from": "2026-01-01", "provision": "p", "flat": "1"}`)))
	p := pricer(t, s, "x", fees.Paper, "2025-12-31T23:59:59")
	for _, price := range []func() (fees.Line, error){
		p.Flat,
		func() (fees.Line, error) { return p.Units(3) },
		func() (fees.Line, error) { return p.Line(amount(t, s, "5")) },
	} {
		l, err := price()
		require.NoError(t, err)
		require.True(t, l.Unknown)
		require.Equal(t, money.Amount{}, l.Payable, "an unknown fee is not a fee of nothing")
		require.Contains(t, l.Reason().String(), "nobody has read it")
	}
	l, err := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00").Flat()
	require.NoError(t, err)
	require.False(t, l.Unknown)
}

func TestOutsideTheEditions(t *testing.T) {
	s := load(t, file(item(`{"from": "2025-01-01", "until": "2026-01-01", "provision": "p", "flat": "1"}`)))
	_, err := s.Pricer("x", fees.Paper, at(t, "2024-12-31T23:59:59"))
	require.ErrorIs(t, err, fees.ErrNoFee)
	require.EqualError(t, err, `fees: no fee at that instant: item "x" begins on 2025-01-01, asked for 2024-12-31T23:59:59+08:00`)
	_, err = s.Pricer("x", fees.Paper, at(t, "2026-01-01T00:00:00"))
	require.EqualError(t, err, `fees: no fee at that instant: item "x" ended before 2026-01-01, asked for 2026-01-01`)
	_, err = s.Pricer("y", fees.Paper, at(t, "2025-06-01T00:00:00"))
	require.ErrorIs(t, err, fees.ErrItem)
	require.EqualError(t, err, `fees: unknown item: "y"; the schedule test lists x`)
	_, err = s.Pricer("x", 0, at(t, "2025-06-01T00:00:00"))
	require.ErrorIs(t, err, fees.ErrMode)
}

// TestBandProvision shows that a fee may be less certain than the bounds of its band.
func TestBandProvision(t *testing.T) {
	data := file(bands(`{"upTo": "10", "flat": "1", "provision": "q"}, {"over": "10", "flat": "2"}`))
	s := load(t, replace(t, data, `"provisions": {`, `"provisions": {"q": {"instrument": "A note", "status": "inferred"}, `))
	p := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00")
	l, err := p.Line(amount(t, s, "10"))
	require.NoError(t, err)
	require.Equal(t, law.Inferred, l.Status())
	require.Equal(t, "A note", l.Provision().Cite())
	l, err = p.Line(amount(t, s, "10.01"))
	require.NoError(t, err)
	require.Equal(t, law.Confirmed, l.Status())
	require.Equal(t, "Test Act", l.Provision().Cite())
}

func TestPercentageNeverWraps(t *testing.T) {
	s := load(t, file(item(`{"provision": "p", "percentage": {"rate": "3", "rounding": {"mode": "down", "step": "0.01", "provision": "p"}}}`)))
	p := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00")
	_, err := p.Line(money.New(math.MaxInt64, s.Currency()))
	require.ErrorIs(t, err, money.ErrOverflow)
	_, err = p.Flat()
	require.ErrorIs(t, err, fees.ErrAmount)
	require.Equal(t, "x", p.Item())
	require.Equal(t, "X", p.Title().In("en"))
}

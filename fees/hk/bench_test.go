package hk_test

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"courts.example/eservices/fees"
	"courts.example/eservices/fees/hk"
	"courts.example/eservices/icms/money"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// plain is what one would write without this library: the bands as decimals, parsed once.
type plain struct {
	upTo []decimal.Decimal
	fee  []decimal.Decimal
	rate decimal.Decimal
}

func newPlain() plain {
	var p plain
	for _, row := range [][2]string{{"5000", "20"}, {"25000", "40"}, {"50000", "70"}, {"75000", "120"}} {
		p.upTo = append(p.upTo, decimal.RequireFromString(row[0]))
		p.fee = append(p.fee, decimal.RequireFromString(row[1]))
	}
	p.rate = decimal.RequireFromString("0.8")
	return p
}

// price is the chain: LessThanOrEqual until the band is found, Mul, Floor.
func (p *plain) price(amount decimal.Decimal) decimal.Decimal {
	return p.base(amount).Mul(p.rate).Floor()
}

func (p *plain) base(amount decimal.Decimal) decimal.Decimal {
	switch {
	case amount.LessThanOrEqual(p.upTo[0]):
		return p.fee[0]
	case amount.LessThanOrEqual(p.upTo[1]):
		return p.fee[1]
	case amount.LessThanOrEqual(p.upTo[2]):
		return p.fee[2]
	case amount.LessThanOrEqual(p.upTo[3]):
		return p.fee[3]
	}
	return decimal.Zero
}

// claims are amounts as the tribunal's docket of 2024 has them: 69 % up to 25,000, 14 % up to 50,000, the rest up to 75,000.
func claims(n int) ([]money.Amount, []decimal.Decimal) {
	amounts, decimals := make([]money.Amount, n), make([]decimal.Decimal, n)
	c := money.MustCurrency("HKD")
	for i := range n {
		minor := int64(i) * 7919 % 2_500_000
		switch bucket := i * 37 % 100; {
		case bucket >= 83:
			minor += 5_000_000
		case bucket >= 69:
			minor += 2_500_000
		}
		amounts[i] = money.New(minor, c)
		decimals[i] = amounts[i].Decimal()
	}
	return amounts, decimals
}

func electronic(t testing.TB) *fees.Pricer {
	t.Helper()
	p, err := tribunal(t).Pricer(hk.Filing, fees.Electronic, hkt(t, "2025-01-02 10:00:00"))
	require.NoError(t, err)
	return p
}

func TestPlainChainAgrees(t *testing.T) {
	amounts, decimals := claims(10_000)
	pricer, chain := electronic(t), newPlain()
	for i := range amounts {
		l, err := pricer.Line(amounts[i])
		require.NoError(t, err)
		if want := chain.price(decimals[i]); !want.Equal(l.Payable.Decimal()) {
			t.Fatalf("%s: the chain says %s, the schedule %s", amounts[i], want, l.Payable)
		}
	}
}

func TestLineAllocatesNothing(t *testing.T) {
	amounts, _ := claims(100)
	pricer := electronic(t)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for _, a := range amounts {
			if l, err := pricer.Line(a); err != nil || l.Payable.IsZero() {
				panic("unreachable")
			}
		}
	}))
}

// BenchmarkLineAgainstDecimal prices 10,000 claims with a Pricer and with the plain chain, turn about, and reports the median
// of the ratios.
func BenchmarkLineAgainstDecimal(b *testing.B) {
	amounts, decimals := claims(10_000)
	pricer, chain := electronic(b), newPlain()
	pairs(b, func() {
		for _, a := range amounts {
			l, err := pricer.Line(a)
			if err != nil || l.Unknown {
				b.Fatal(err)
			}
		}
	}, func() {
		for _, d := range decimals {
			if chain.price(d).IsZero() {
				b.Fatal("no band")
			}
		}
	})
}

// plainQuote has what a Quote has, as decimals: base, concession and payable of each line and of all together.
type plainQuote struct {
	lines []plainLine
	total plainLine
}

type plainLine struct{ base, concession, payable decimal.Decimal }

func (p *plain) line(amount decimal.Decimal) plainLine {
	base := p.base(amount)
	payable := base.Mul(p.rate).Floor()
	return plainLine{base, base.Sub(payable), payable}
}

func (t *plainLine) add(l plainLine) {
	t.base = t.base.Add(l.base)
	t.concession = t.concession.Add(l.concession)
	t.payable = t.payable.Add(l.payable)
}

func (p *plain) quote(amounts []decimal.Decimal) plainQuote {
	q := plainQuote{lines: make([]plainLine, len(amounts))}
	for i, amount := range amounts {
		q.lines[i] = p.line(amount)
		q.total.add(q.lines[i])
	}
	return q
}

// BenchmarkQuoteAgainstDecimal is the same for a whole Quote of 10,000 claims, against a loop that gives the same amounts.
func BenchmarkQuoteAgainstDecimal(b *testing.B) {
	amounts, decimals := claims(10_000)
	s, chain := tribunal(b), newPlain()
	request := fees.Request{At: hkt(b, "2025-01-02 10:00:00")}
	for _, a := range amounts {
		request.Asks = append(request.Asks, fees.Ask{Item: hk.Filing, Mode: fees.Electronic, Amount: a})
	}
	pairs(b, func() {
		if _, err := s.Quote(request); err != nil {
			b.Fatal(err)
		}
	}, func() {
		if chain.quote(decimals).total.payable.IsZero() {
			b.Fatal("no total")
		}
	})
}

// BenchmarkTallyAgainstDecimal prices a batch as the counter does, each line into the rows of its order of payment, against
// the loop that keeps only the three totals.
func BenchmarkTallyAgainstDecimal(b *testing.B) {
	amounts, decimals := claims(10_000)
	pricer, chain := electronic(b), newPlain()
	pairs(b, func() {
		var tally fees.Tally
		for _, a := range amounts {
			l, err := pricer.Line(a)
			if err == nil {
				err = tally.Add(l)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}, func() {
		var total plainLine
		for _, amount := range decimals {
			total.add(chain.line(amount))
		}
		if total.payable.IsZero() {
			b.Fatal("no total")
		}
	})
}

// pairs times ours and theirs alternately and reports theirs/ours: the median, and per claim in nanoseconds.
func pairs(b *testing.B, ours, theirs func()) {
	var ratios, nanos []float64
	ours() // warm
	theirs()
	b.ReportAllocs()
	for b.Loop() {
		o, p := timed(b, ours), timed(b, theirs)
		ratios = append(ratios, float64(p)/float64(o))
		nanos = append(nanos, float64(o)/10_000)
	}
	slices.Sort(ratios)
	slices.Sort(nanos)
	b.ReportMetric(ratios[len(ratios)/2], "times-faster")
	b.ReportMetric(nanos[len(nanos)/2], "ns/claim")
}

// timed times so many runs of f that the garbage it makes is collected within its own time, and none of the other side's.
func timed(b *testing.B, f func()) time.Duration {
	const runs = 20
	runtime.GC()
	before := b.Elapsed()
	for range runs {
		f()
	}
	return (b.Elapsed() - before) / runs
}

func BenchmarkLine(b *testing.B) {
	pricer, amount := electronic(b), hkd(b, "30000")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pricer.Line(amount); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReason(b *testing.B) {
	l, err := electronic(b).Line(hkd(b, "30000"))
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_ = l.Reason().String()
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := hk.SmallClaims(); err != nil {
			b.Fatal(err)
		}
	}
}

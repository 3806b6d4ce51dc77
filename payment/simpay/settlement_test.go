package simpay_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

func (b *bench) lines(date string) []payment.SettlementLine {
	b.Helper()
	lines, err := b.client.Settlement(b.Context(), payment.SettlementDay{Date: date})
	require.NoError(b, err)
	same, err := b.sim.Settlement(date)
	require.NoError(b, err)
	require.Equal(b, same, lines)
	return lines
}

// nets gives the Net of lines by kind, in the order of the lines.
func nets(lines []payment.SettlementLine) (all []string) {
	for _, l := range lines {
		all = append(all, fmt.Sprint(l.Kind, " ", l.Net.Plain()))
	}
	return all
}

func TestADayIsPaidOut(t *testing.T) {
	b := newBench(t, func(o *simpay.Options) { o.Fees = simpay.Fees{Rate: money.MustRate("0.019"), Fixed: 2} })
	first, second := b.paid("A-1"), b.paid("A-2")
	_, err := b.client.Refund(t.Context(), refundOf("R-1", first, eur(250), eur(1250)))
	require.NoError(t, err)
	require.NoError(t, b.sim.EndDispute(b.dispute(second), false))
	b.paid("A-3")
	b.paid("A-4")
	require.NoError(t, b.sim.ChargeFee(eur(10)))
	want := []string{"payment 12.24", "payment 12.24", "refund -2.50", "dispute -12.50", "payment 12.24", "payment 12.24", "fee -0.10"}
	open := b.lines("2031-05-06")
	require.Equal(t, want, nets(open))
	require.Equal(t, eur(26), open[0].Fee, "23.75 rounded half up, and 2")

	b.clock.add(12 * time.Hour)
	closed := b.lines("2031-05-06")
	require.Equal(t, append(want, "payout 33.86"), nets(closed))
	for _, l := range closed {
		require.Equal(t, closed[7].Batch, l.Batch)
		require.Equal(t, l.Net.Minor(), l.Gross.Minor()-l.Fee.Minor())
		require.Equal(t, "2031-05-06", l.ValueDate)
	}
	b.paid("A-5")
	require.Equal(t, closed, b.lines("2031-05-06"), "a day that is over changes no more")
	require.Equal(t, []string{"payment 12.24"}, nets(b.lines("2031-05-07")))
}

func TestWhatIsOwedToTheCompanyWaits(t *testing.T) {
	b := newBench(t)
	id := b.paid("A-1")
	b.clock.add(24 * time.Hour)
	_, err := b.client.Refund(t.Context(), refundOf("R-1", id, eur(1250), eur(1250)))
	require.NoError(t, err)
	b.clock.add(24 * time.Hour)
	require.Equal(t, []string{"refund -12.50"}, nets(b.lines("2031-05-07")), "nothing to pay out")
	b.paid("A-2")
	b.paid("A-3", func(r *payment.CreateRequest) { r.Amount = money.New(900, money.MustCurrency("JPY")) })
	b.clock.add(24 * time.Hour)
	require.Equal(t, []string{"payment 12.50", "payment 900", "payout 900"}, nets(b.lines("2031-05-08")), "each currency by itself")
	b.paid("A-4")
	b.clock.add(24 * time.Hour)
	lines := b.lines("2031-05-09")
	require.Equal(t, []string{"payment 12.50", "payout 12.50"}, nets(lines))
	require.Equal(t, lines[0].Batch, b.lines("2031-05-07")[0].Batch)
	totals, err := b.sim.Totals(euro)
	require.NoError(t, err)
	require.Equal(t, eur(0), totals.Owed)
	require.Equal(t, eur(2500), totals.PaidOut)
}

func TestLinesThatComeLate(t *testing.T) {
	b := newBench(t)
	b.paid("A-1")
	require.NoError(t, b.sim.HoldLines(true))
	b.paid("A-2")
	b.clock.add(24 * time.Hour)
	require.Equal(t, []string{"payment 12.50", "payout 12.50"}, nets(b.lines("2031-05-06")))
	require.NoError(t, b.sim.HoldLines(false))
	lines := b.lines("2031-05-06")
	require.Equal(t, []string{"payment 12.50", "payment 12.50", "payout 12.50"}, nets(lines), "the line is on its own date")
	require.Empty(t, lines[1].Batch)
	b.clock.add(24 * time.Hour)
	payout := b.lines("2031-05-07")
	require.Equal(t, []string{"payout 12.50"}, nets(payout))
	require.Equal(t, payout[0].Batch, b.lines("2031-05-06")[1].Batch)
}

func TestValueDates(t *testing.T) {
	zone := time.FixedZone("East", 8*3600)
	holidays := map[string]bool{"2031-05-10": true, "2031-05-11": true, "2032-02-29": true}
	b := newBench(t, func(o *simpay.Options) {
		o.Days = simpay.Days{Zone: zone, CutOff: 19 * time.Hour, Holiday: func(date string) bool { return holidays[date] }}
	})
	at := func(m time.Month, day, h, min, s int) time.Time { return time.Date(2031, m, day, h, min, s, 0, zone) }
	for i, c := range []struct {
		paid time.Time
		date string
	}{
		{at(5, 7, 0, 0, 0), "2031-05-07"},
		{at(5, 7, 18, 59, 59), "2031-05-07"},
		{at(5, 7, 19, 0, 0), "2031-05-08"},
		{at(5, 9, 18, 59, 59), "2031-05-09"},
		{at(5, 9, 19, 0, 0), "2031-05-12"},
		{at(5, 11, 12, 0, 0), "2031-05-12"},
		{at(12, 31, 19, 0, 0), "2032-01-01"},
		{at(14, 28, 19, 0, 0), "2032-03-01"},
	} {
		b.clock.add(c.paid.Sub(b.clock.now()))
		ref := fmt.Sprint("A-", i)
		id := b.paid(ref)
		lines := b.lines(c.date)
		require.NotEmpty(t, lines, "%v", c.paid)
		require.Equal(t, id, lines[len(lines)-1].PaymentID)
	}
}

// A day that is an hour longer or shorter ends by the clock on the wall.
func TestValueDatesWhereClocksChange(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	b := newBench(t, func(o *simpay.Options) { o.Days = simpay.Days{Zone: zone, CutOff: 19 * time.Hour} })
	for i, paid := range []time.Time{time.Date(2031, 10, 26, 18, 59, 59, 0, zone), time.Date(2032, 3, 28, 18, 59, 59, 0, zone)} {
		b.clock.add(paid.Sub(b.clock.now()))
		b.paid(fmt.Sprint("A-", i))
		require.Len(t, b.lines(paid.Format(time.DateOnly)), 1)
		b.clock.add(time.Second)
		b.paid(fmt.Sprint("B-", i))
		require.Len(t, b.lines(paid.AddDate(0, 0, 1).Format(time.DateOnly)), 1)
	}
}

func TestALongDayComesInPages(t *testing.T) {
	b := newBench(t)
	for i := range 1203 {
		b.paid(fmt.Sprint("A-", i))
	}
	require.Len(t, b.lines("2031-05-06"), 1203)
	require.Equal(t, 3, b.effects().Requests[simpay.OpSettlement])
	for _, bad := range []string{"", "6 May", "2031-05-06T", "2031-13-01"} {
		_, err := b.client.Settlement(t.Context(), payment.SettlementDay{Date: bad})
		b.class(err, payment.Invalid)
	}
}

func TestTheFile(t *testing.T) {
	b := newBench(t, func(o *simpay.Options) { o.Fees.Fixed = 5 })
	id := b.paid("A-1")
	_, err := b.client.Refund(t.Context(), refundOf("R-1", id, eur(1), eur(1250)))
	require.NoError(t, err)
	b.clock.add(12 * time.Hour)
	var file bytes.Buffer
	require.NoError(t, b.sim.WriteSettlement(&file, "2031-05-06"))
	require.Equal(t, `id,kind,payment,reference,currency,gross,fee,net,value_date,batch
line-000001,payment,charge-000001,A-1,EUR,12.50,0.05,12.45,2031-05-06,payout-000003
line-000002,refund,charge-000001,R-1,EUR,-0.01,0.00,-0.01,2031-05-06,payout-000003
line-000003,payout,,,EUR,12.44,0.00,12.44,2031-05-06,payout-000003
`, file.String())
}

func TestAFeeTakesNoMoreThanThereIs(t *testing.T) {
	b := newBench(t, func(o *simpay.Options) { o.Fees = simpay.Fees{Rate: money.MustRate("0.5"), Fixed: 100} })
	b.paid("A-1", func(r *payment.CreateRequest) { r.Amount = eur(30) })
	require.Equal(t, []string{"payment 0.00"}, nets(b.lines("2031-05-06")))
	require.ErrorIs(t, b.sim.ChargeFee(eur(0)), simpay.ErrState)
}

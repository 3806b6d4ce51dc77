package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

func TestHands(t *testing.T) {
	h := newHands()
	woken := make(chan string, 3)
	for range 3 { // before anybody rests, so that nobody is idle in between
		h.begin()
	}
	for name, rests := range map[string]time.Duration{"first": time.Hour, "second": 2 * time.Hour, "third": 2 * time.Hour} {
		go func() {
			if h.until(t.Context(), h.now().Add(rests)) == nil {
				woken <- name
			}
		}()
	}
	<-h.idle
	d, ok := h.next()
	require.True(t, ok)
	require.InDelta(t, time.Hour, d, float64(time.Minute))
	h.wake()
	require.Empty(t, woken, "nobody's time has come")
	h.move(d + time.Minute)
	h.wake()
	require.Equal(t, "first", <-woken)
	_, ok = h.next()
	require.False(t, ok, "somebody is busy")
	h.end()
	<-h.idle
	d, ok = h.next()
	require.True(t, ok)
	h.move(d + time.Minute)
	h.wake()
	require.ElementsMatch(t, []string{"second", "third"}, []string{<-woken, <-woken})
	h.end()
	h.end()
	_, ok = h.next()
	require.False(t, ok, "nobody rests")
	require.InDelta(t, 2*time.Hour, h.ahead(), float64(5*time.Minute))
}

// TestSettlementsOfDaysWithoutAPayout: a day on which more goes back than comes in is in no payout, and is read again with the day whose
// payout it is in.
func TestSettlementsOfDaysWithoutAPayout(t *testing.T) {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	now := day.Add(10 * time.Hour)
	clock := func() time.Time { return now }
	sim, err := simpay.NewSim(simpay.Options{Secrets: []simpay.Secret{sharedSecret}, Control: controlSecret, Terms: terms(), Clock: clock})
	require.NoError(t, err)
	remote, err := simpay.NewRemote("http://simpay.test", controlSecret, sim.RoundTripper())
	require.NoError(t, err)
	client, err := simpay.NewClient(simpay.ClientOptions{
		URL: "http://simpay.test", HTTP: sim.RoundTripper(), Secrets: []simpay.Secret{sharedSecret}, Terms: terms(), Clock: clock,
	})
	require.NoError(t, err)
	pay := func(reference string, minor int64) (id string) {
		_, err := client.Create(t.Context(), payment.CreateRequest{Reference: reference, Key: reference, Amount: money.New(minor, hkd()), Flow: payment.QR})
		require.NoError(t, err)
		id, err = sim.Pay(reference)
		require.NoError(t, err)
		return id
	}
	s := newSettlements(day)
	read := func() (lines int, paid bool) {
		require.NoError(t, sim.Tick())
		file, paid, err := s.file(t.Context(), &company{Remote: remote})
		require.NoError(t, err)
		require.Equal(t, min(1, len(file)), strings.Count(file, "value_date"))
		if s.next = s.next.Add(24 * time.Hour); paid {
			s.first = s.next
		}
		return max(0, strings.Count(file, "\n")-1), paid
	}
	first := pay("R-1", 1000)
	now = now.Add(24 * time.Hour)
	lines, paid := read()
	require.Equal(t, 2, lines, "the payment and the payout")
	require.True(t, paid)

	_, err = client.Refund(t.Context(), payment.RefundRequest{
		Reference: "R-2", Key: "R-2", Attempt: "R-1", PaymentID: first, Amount: money.New(600, hkd()), Reason: "test",
	})
	require.NoError(t, err)
	now = now.Add(24 * time.Hour)
	lines, paid = read()
	require.Equal(t, 1, lines, "the refund, which nobody pays out")
	require.False(t, paid)

	pay("R-3", 5000)
	now = now.Add(24 * time.Hour)
	lines, paid = read()
	require.Equal(t, 3, lines, "the refund of the day before, the payment and the payout of both")
	require.True(t, paid)

	now = now.Add(24 * time.Hour)
	lines, paid = read()
	require.Zero(t, lines)
	require.True(t, paid)
}

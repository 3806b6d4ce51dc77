package simpay_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

var (
	noon   = time.Date(2031, time.May, 6, 12, 0, 0, 0, time.UTC)
	euro   = money.MustCurrency("EUR")
	secret = simpay.Secret("a secret of the tests")
)

func eur(minor int64) money.Amount { return money.New(minor, euro) }

// clock is a time that only the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// bench is a Sim with a Client on it, in process.
type bench struct {
	*testing.T
	clock  *clock
	sim    *simpay.Sim
	client *simpay.Client
	terms  simpay.Terms
}

const address = "http://simpay.test"

func newBench(t *testing.T, change ...func(*simpay.Options)) *bench {
	t.Helper()
	b := &bench{T: t, clock: &clock{at: noon}}
	o := simpay.Options{
		Secrets: []simpay.Secret{secret}, Clock: b.clock.now, Seed: 1,
		Terms: simpay.Terms{Currencies: []string{"EUR", "JPY"}, Means: []payment.Means{"card", "wallet"}},
	}
	for _, c := range change {
		c(&o)
	}
	var err error
	b.terms = o.Terms
	b.sim, err = simpay.NewSim(o)
	require.NoError(t, err)
	b.client = b.newClient(b.sim.RoundTripper(), o.Secrets...)
	return b
}

func (b *bench) newClient(transport http.RoundTripper, secrets ...simpay.Secret) *simpay.Client {
	b.Helper()
	c, err := simpay.NewClient(simpay.ClientOptions{URL: address, HTTP: transport, Secrets: secrets, Terms: b.terms, Clock: b.clock.now})
	require.NoError(b, err)
	return c
}

// request is a usual request for a session.
func (b *bench) request(reference string) payment.CreateRequest {
	return payment.CreateRequest{
		Reference: reference, Key: reference + ":create:1", Amount: eur(1250), Flow: payment.Redirect, Description: "A fee",
		ReturnURL: "https://court.test/back?token=t1", CancelURL: "https://court.test/cancelled", NotifyURL: "https://court.test/notify/simpay",
		ExpiresAt: b.sim.Now().Add(30 * time.Minute), Locale: "en", FirstSent: b.clock.now(), SendNo: 1,
	}
}

// create opens a session.
func (b *bench) create(reference string, change ...func(*payment.CreateRequest)) payment.AttemptReply {
	b.Helper()
	r := b.request(reference)
	for _, c := range change {
		c(&r)
	}
	a, err := b.client.Create(b.Context(), r)
	require.NoError(b, err)
	return a
}

// paid opens a session and pays it.
func (b *bench) paid(reference string, change ...func(*payment.CreateRequest)) (paymentID string) {
	b.Helper()
	b.create(reference, change...)
	id, err := b.sim.Pay(reference)
	require.NoError(b, err)
	return id
}

func (b *bench) query(reference string) payment.QueryReply {
	b.Helper()
	q, err := b.client.Query(b.Context(), payment.QueryRequest{Reference: reference})
	require.NoError(b, err)
	return q
}

// events carries all notifications that are due to the client and gives what they say.
func (b *bench) events() (all []payment.GatewayEvent) {
	b.Helper()
	messages, err := b.sim.Messages()
	require.NoError(b, err)
	for _, m := range messages {
		r, err := b.client.Notification(b.Context(), m)
		require.NoError(b, err)
		require.True(b, r.Verified, "%s", r.Reject)
		all = append(all, r.Events...)
	}
	return all
}

// class requires an error of a class.
func (b *bench) class(err error, class payment.ErrorClass) *payment.GatewayError {
	b.Helper()
	var e *payment.GatewayError
	require.ErrorAs(b, err, &e)
	require.Equal(b, class, e.Class, "%v", err)
	return e
}

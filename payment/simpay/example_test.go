package simpay_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// A company and a merchant's adapter to it, in one process and without a network: a payment from its start to the notification.
func Example() {
	ctx := context.Background()
	now := func() time.Time { return time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC) }
	secrets := []simpay.Secret{"a secret that both know"}
	terms := simpay.Terms{Currencies: []string{"EUR"}}
	sim, err := simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: now})
	if err != nil {
		fmt.Println(err)
		return
	}
	client, err := simpay.NewClient(simpay.ClientOptions{
		URL: "http://simpay.test", HTTP: sim.RoundTripper(), Secrets: secrets, Terms: terms, Clock: now,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	started, err := client.Create(ctx, payment.CreateRequest{
		Reference: "P-1", Key: "P-1:create:1", Amount: money.New(1250, money.MustCurrency("EUR")), Flow: payment.Redirect,
		ReturnURL: "https://court.test/back", NotifyURL: "https://court.test/notify", ExpiresAt: now().Add(time.Hour),
	})
	fmt.Println(started.State, err)

	// The payer presses a button on the page; here a method does.
	if _, err := sim.Pay("P-1"); err != nil {
		fmt.Println(err)
	}
	messages, err := sim.Messages()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range messages {
		said, err := client.Notification(ctx, m)
		fmt.Println(said.Verified, said.Events[0].Reference, said.Events[0].Snapshot.State, err)
	}
	// Output:
	// pending <nil>
	// true P-1 succeeded <nil>
}

// A reply that is lost after the company has done what it was asked: the question has the answer, and the same key has no second effect.
func ExampleSim_Fail() {
	ctx := context.Background()
	now := func() time.Time { return time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC) }
	secrets := []simpay.Secret{"a secret that both know"}
	terms := simpay.Terms{Currencies: []string{"EUR"}}
	sim, _ := simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: now})
	client, _ := simpay.NewClient(simpay.ClientOptions{
		URL: "http://simpay.test", HTTP: sim.RoundTripper(), Secrets: secrets, Terms: terms, Clock: now,
	})
	if err := sim.Fail(simpay.Fault{Op: simpay.OpCreate, Mode: simpay.ReplyLost}); err != nil {
		fmt.Println(err)
	}
	request := payment.CreateRequest{
		Reference: "P-1", Key: "P-1:create:1", Amount: money.New(1250, money.MustCurrency("EUR")), Flow: payment.Redirect,
	}
	_, err := client.Create(ctx, request)
	fmt.Println(err)
	q, _ := client.Query(ctx, payment.QueryRequest{Reference: "P-1"})
	fmt.Println(q.Found, q.State)
	again, err := client.Create(ctx, request)
	fmt.Println(again.Replay, err)
	// Output:
	// payment: gateway: unknown: no whole answer came
	// true pending
	// true <nil>
}

// A day's settlement, with what the company kept and paid out.
func ExampleSim_WriteSettlement() {
	at := time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC)
	secrets := []simpay.Secret{"a secret that both know"}
	terms := simpay.Terms{Currencies: []string{"EUR"}}
	sim, _ := simpay.NewSim(simpay.Options{
		Secrets: secrets, Terms: terms, Clock: func() time.Time { return at }, Fees: simpay.Fees{Rate: money.MustRate("0.02")},
	})
	client, _ := simpay.NewClient(simpay.ClientOptions{
		URL: "http://simpay.test", HTTP: sim.RoundTripper(), Secrets: secrets, Terms: terms, Clock: func() time.Time { return at },
	})
	_, err := client.Create(context.Background(), payment.CreateRequest{
		Reference: "P-1", Key: "P-1:create:1", Amount: money.New(1250, money.MustCurrency("EUR")), Flow: payment.Redirect,
	})
	if err != nil {
		fmt.Println(err)
	}
	if _, err := sim.Pay("P-1"); err != nil {
		fmt.Println(err)
	}
	if err := sim.Advance(24 * time.Hour); err != nil {
		fmt.Println(err)
	}
	if err := sim.WriteSettlement(os.Stdout, "2031-05-06"); err != nil {
		fmt.Println(err)
	}
	// Output:
	// id,kind,payment,reference,currency,gross,fee,net,value_date,batch
	// line-000001,payment,charge-000001,P-1,EUR,12.50,0.25,12.25,2031-05-06,payout-000002
	// line-000002,payout,,,EUR,12.25,0.00,12.25,2031-05-06,payout-000002
}
